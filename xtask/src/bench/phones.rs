//! Many phones in one process, with the servers in it: how fast they boot, beside clients that only move the same bytes,
//! and how much memory one takes that is in use.
//!
//! What the clients ask for is what one phone was heard to ask for, so that both do the same. All runs on as many
//! threads as the machine has processors.

mod bare;

use std::{fs, net::SocketAddr, sync::Arc, time::Instant};

use deskset_files::{
    application::Fingerprint,
    site::{application_name, newest_release},
};
use deskset_host::Catalog;
use deskset_models::{Extension, Model, Secret, Signaling};
use deskset_phone::{Checked, EventKind, Memory, Protocol, State, StoredApplication};
use deskset_profiles::{Choice, Profile};
use deskset_runtime::{Carrier, Desk, PhoneChoice, StateFolder, lab};
use tokio::{sync::mpsc, task::JoinSet};

use super::{Better, Figure, Pace, Round, Side, cpu};
use bare::Errands;

const MODEL: &str = "4620SW";

/// So many are under way at once, on both sides: with more, both are slower.
const AT_ONCE: usize = 200;

/// What boots a second are to be, beside the bare clients'.
const SPEED: f64 = 0.5;

/// What a phone in use may take, in bytes, beyond what all share.
const SIZE: f64 = 2560.0;

/// The first extension.
const FIRST: u32 = 100_000;

pub(super) fn run(pace: &Pace, catalog: &Catalog, tell: &dyn Fn(&str)) -> Result<Vec<Figure>, String> {
    let mut figures = Vec::new();
    for (words, keeps_backups) in [("over HTTP", false), ("over HTTP, and a retrieval over FTP", true)] {
        tell(&format!("{} phones boot {words}", pace.phones));
        let measured = || {
            let runtime = tokio::runtime::Runtime::new().map_err(|why| format!("no threads for the phones: {why}"))?;
            runtime.block_on(measured(pace, catalog, words, keeps_backups))
        };
        // The phones use all processors; the runtime around this has one, and nothing else to do.
        let measured = std::thread::scope(|scope| scope.spawn(measured).join());
        figures.extend(measured.map_err(|_| "the phones' thread ended in a panic".to_owned())??);
    }
    Ok(figures)
}

async fn measured(pace: &Pace, catalog: &Catalog, words: &str, keeps_backups: bool) -> Result<Vec<Figure>, String> {
    let fleet = Fleet::new(pace, catalog, keeps_backups).await?;
    let errands = Arc::new(fleet.errands().await?);
    let name = |what: &str| ("phones", format!("{} phones {words}: {what}", pace.phones));
    // What these boots take and give back is used again by the next ones: what is more then is the phones'.
    let mut in_use = vec![fleet.boot(0).await?.1];
    let mut figures = Vec::new();
    if !keeps_backups {
        let mut sizes = Vec::new();
        for number in 0..pace.rounds {
            let before = memory()?;
            in_use.push(fleet.boot(number + 1).await?.1);
            let value = (memory()? - before).max(0.0) / f64::from(pace.phones);
            let side = Side { name: "deskset".to_owned(), value, server_cores: None, generator_cores: None };
            sizes.push(Round::new(Better::Less, side, Vec::new()));
        }
        figures.push(Figure::of(name("memory of one in use"), ("bytes", Better::Less), Some(SIZE), sizes, 0));
    }
    for mut phones in in_use {
        phones.shutdown().await;
    }
    let mut speeds = Vec::new();
    for number in 0..pace.rounds {
        let bare_first = if number % 2 == 1 { Some(bare_clients(pace, &errands).await?) } else { None };
        let (ours, mut phones) = fleet.boot(0).await?;
        phones.shutdown().await;
        let bare = match bare_first {
            Some(bare) => bare,
            None => bare_clients(pace, &errands).await?,
        };
        speeds.push(Round::new(Better::More, ours, vec![bare]));
    }
    figures.push(Figure::of(name("boots a second"), ("phones", Better::More), Some(SPEED), speeds, 0));
    fleet.lab.stop().await;
    Ok(figures)
}

/// Phones that are to boot from servers in this process.
struct Fleet {
    count: u32,
    lab: lab::Lab,
    profile: Profile,
    carrier: Carrier,
    model: Model,
    memory: Memory,
    _folder: tempfile::TempDir,
}

impl Fleet {
    async fn new(pace: &Pace, catalog: &Catalog, keeps_backups: bool) -> Result<Self, String> {
        let count = pace.phones;
        let folder = tempfile::tempdir().map_err(|why| format!("no folder for the phones' files: {why}"))?;
        let mut profile = Profile::load(&Choice::new("lab")).map_err(|why| why.to_string())?;
        profile.limits.transfers_at_once = Some(AT_ONCE);
        profile.servers.connections_per_address = AT_ONCE * 4;
        // As many fleets are in use at once.
        for index in 0..(pace.rounds + 1) * count {
            profile.extensions.insert(extension(index)?, Secret::new(index.to_string()));
        }
        let said = |why: deskset_runtime::RuntimeError| why.to_string();
        let lab = lab::Lab::start(&profile, catalog, folder.path(), StateFolder::Nowhere, None).await.map_err(said)?;
        let model = catalog.model(MODEL).map_err(|why| why.to_string())?.clone();
        lab.write_site([&model]).map_err(said)?;
        if !keeps_backups {
            without_backups(folder.path()).map_err(|why| format!("the phones' settings file: {why}"))?;
        }
        let carrier = lab::carrier_beside(lab.servers(), &profile, StateFolder::Nowhere).map_err(said)?;
        let carrier = carrier.keeping_events(0);
        let memory = running_the_newest(&model)?;
        Ok(Fleet { count, lab, profile, carrier, model, memory, _folder: folder })
    }

    fn desk(&self, carrier: &Carrier, index: u32) -> Result<Desk, String> {
        let mut choice = PhoneChoice::new(&format!("phone-{index}"), MODEL, Signaling::H323);
        choice.index = index.into();
        let extension = extension(index)?;
        let password = self.profile.extensions.get(&extension).cloned().ok_or("an extension is missing")?;
        choice.login = Some(deskset_phone::Login { extension, password });
        choice.site = self.lab.site_for(Protocol::Http);
        let setup = choice.setup(&self.profile, self.model.clone()).map_err(|why| why.to_string())?;
        carrier.desk_with(setup, self.memory.clone()).map_err(|why| why.to_string())
    }

    /// Boots the `number`th of as many phones; they stay in use until they are dropped.
    async fn boot(&self, number: u32) -> Result<(Side, JoinSet<()>), String> {
        let (send, mut rested) = mpsc::unbounded_channel();
        let mut phones = JoinSet::new();
        let (begin, used) = (Instant::now(), cpu::own());
        for index in 0..self.count {
            let mut desk = self.desk(&self.carrier, number * self.count + index)?;
            let send = send.clone();
            phones.spawn(async move {
                desk.power_on();
                // Nobody listens any more where another phone has failed.
                let _ = send.send(desk.rest().await);
                drop(send);
                loop {
                    desk.step().await;
                }
            });
        }
        drop(send);
        while let Some(state) = rested.recv().await {
            if !matches!(state, State::Ready { .. }) {
                return Err(format!("a phone ended as {state:?}"));
            }
        }
        let seconds = begin.elapsed().as_secs_f64();
        let cores = Some((cpu::own() - used) / seconds);
        let value = f64::from(self.count) / seconds;
        Ok((Side { name: "deskset".to_owned(), value, server_cores: None, generator_cores: cores }, phones))
    }

    /// What one phone asks for.
    async fn errands(&self) -> Result<Errands, String> {
        let carrier = lab::carrier_beside(self.lab.servers(), &self.profile, StateFolder::Nowhere);
        let mut desk = self.desk(&carrier.map_err(|why| why.to_string())?, 0)?;
        desk.power_on();
        desk.rest().await;
        let addresses = self.lab.servers().addresses();
        let address = |known: Option<SocketAddr>| known.ok_or("the lab has not all its servers");
        let mut errands = Errands {
            http: address(addresses.http)?,
            files: Vec::new(),
            ftp: address(addresses.ftp)?,
            backups: Vec::new(),
        };
        for event in desk.events() {
            match &event.kind {
                EventKind::Asking { file, .. } => errands.files.push(file.to_string()),
                EventKind::Retrieving { file, .. } => errands.backups.push(file.to_string()),
                _ => {}
            }
        }
        if errands.files.is_empty() {
            return Err("a phone asked for nothing".to_owned());
        }
        Ok(errands)
    }
}

/// As many clients as phones, no more at once than the phones' transfers.
async fn bare_clients(pace: &Pace, errands: &Arc<Errands>) -> Result<Side, String> {
    let (begin, used) = (Instant::now(), cpu::own());
    let slots = Arc::new(tokio::sync::Semaphore::new(AT_ONCE));
    let mut clients = JoinSet::new();
    for _ in 0..pace.phones {
        let (errands, slots) = (errands.clone(), slots.clone());
        clients.spawn(async move {
            // Never closed.
            let _slot = slots.acquire().await;
            errands.run().await
        });
    }
    while let Some(ended) = clients.join_next().await {
        let ran = ended.map_err(|why| why.to_string())?;
        ran.map_err(|why| format!("a bare client: {why}"))?;
    }
    let seconds = begin.elapsed().as_secs_f64();
    let cores = Some((cpu::own() - used) / seconds);
    let value = f64::from(pace.phones) / seconds;
    Ok(Side { name: "bare clients".to_owned(), value, server_cores: None, generator_cores: cores })
}

/// A phone that need not download its software.
fn running_the_newest(model: &Model) -> Result<Memory, String> {
    let release = newest_release(model, Signaling::H323).ok_or("the model has no software")?;
    let name = application_name(model, Signaling::H323, release).map_err(|why| why.to_string())?.to_string();
    let sha256 = Fingerprint::of(name.as_bytes());
    let (signaling, bytes, checked) = (Signaling::H323, 0, Checked::Container);
    let application = Some(Arc::new(StoredApplication { name, release, signaling, sha256, bytes, checked }));
    Ok(Memory { application, ..Memory::default() })
}

/// Takes the line out of the settings that names the backup server.
fn without_backups(folder: &std::path::Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "txt") {
            let text = fs::read_to_string(&path)?;
            let kept: Vec<&str> = text.lines().filter(|line| !line.contains("FTPSRVR")).collect();
            fs::write(&path, kept.join("\n") + "\n")?;
        }
    }
    Ok(())
}

fn extension(index: u32) -> Result<Extension, String> {
    (FIRST + index).to_string().parse().map_err(|_| "an extension is no extension".to_owned())
}

/// What this process has in memory, in bytes (proc(5), `/proc/PID/status`).
fn memory() -> Result<f64, String> {
    let status = fs::read_to_string("/proc/self/status").map_err(|why| format!("/proc/self/status: {why}"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok());
    kilobytes.map(|kilobytes| kilobytes * 1024.0).ok_or("/proc/self/status says nothing of memory".to_owned())
}
