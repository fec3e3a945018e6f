//! Boots many phones in this process and pushes a text to all of them: `pushes COUNT`. Prints how long it took, what they
//! answered, and how many files were open; fails if one answer is missing.
#![allow(clippy::print_stdout)]

use std::{
    collections::BTreeMap,
    error::Error,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use deskset_files::{
    application::Fingerprint,
    site::{application_name, newest_release},
};
use deskset_models::Signaling;
use deskset_phone::{
    Checked, Memory, StoredApplication,
    browser::push::{Alert, Mode},
};
use deskset_profiles::{Choice, Profile};
use deskset_runtime::{
    PhoneChoice, StateFolder,
    initiator::{self, Campaign, Content, Message, Target},
    lab::Lab,
};
use deskset_transport::{Transport, TransportSettings};
use tokio::sync::mpsc;

const MODEL: &str = "4620SW";

fn open_files() -> Result<usize, std::io::Error> {
    Ok(std::fs::read_dir("/proc/self/fd")?.count())
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let count: u64 = std::env::args().nth(1).as_deref().unwrap_or("2000").parse()?;
    let catalog = deskset_host::from_environment()?;
    let profile = Profile::load(&Choice::new("lab"))?;
    let folder: PathBuf = std::env::temp_dir().join(format!("deskset-pushes-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let mut lab = Lab::start(&profile, &catalog, &folder, StateFolder::Nowhere, None).await?;
    lab.write_site(catalog.models())?;

    let model = catalog.model(MODEL)?;
    let release = newest_release(model, Signaling::H323).ok_or("the model has no software")?;
    let name = application_name(model, Signaling::H323, release)?.to_string();
    let sha256 = Fingerprint::of(name.as_bytes());
    let application = Some(Arc::new(StoredApplication {
        name,
        release,
        signaling: Signaling::H323,
        sha256,
        bytes: 0,
        checked: Checked::Container,
    }));
    let memory = Memory { application, ..Memory::default() };

    let before = open_files()?;
    let began = Instant::now();
    let (send, mut ready) = mpsc::unbounded_channel();
    for index in 0..count {
        let mut choice = PhoneChoice::new(&format!("phone-{index}"), MODEL, Signaling::H323);
        choice.index = index;
        choice.login = Some(lab.extension(&(100_000 + index).to_string().parse()?));
        choice.site = lab.servers().site_for(Some(deskset_phone::Protocol::Http));
        choice.site.extend(lab.servers().push_settings());
        let mut desk = lab.desk(&choice, model.clone(), memory.clone())?;
        let send = send.clone();
        tokio::spawn(async move {
            desk.power_on();
            desk.rest().await;
            while desk.awaits_web() {
                desk.step().await;
            }
            let _ = send.send(desk.push_url());
            loop {
                desk.step().await;
            }
        });
    }
    drop(send);
    let mut listening = 0;
    for _ in 0..count {
        listening += u64::from(ready.recv().await.flatten().is_some());
    }
    println!("{count} phones in use after {:.2} s, {listening} of them listen", began.elapsed().as_secs_f64());
    // What the boots opened closes in its own time.
    tokio::time::sleep(Duration::from_secs(6)).await;
    println!("{} files open more than before, at rest", open_files()? - before);

    let known = lab.servers().directory().list(std::time::SystemTime::now());
    println!("{} phones in the directory", known.len());
    let transport = Transport::new(TransportSettings::default())?;
    for run in 1..=5 {
        let targets: Vec<Target> = known.iter().filter_map(Target::subscribed).collect();
        let content = Content::Topline(format!("Lunch is ready, {run}"));
        let messages = vec![Message { mode: Mode::Barge, alert: Alert::default(), content }];
        let campaign = Campaign { targets, messages, address: None, port: 0, pace: None };
        let began = Instant::now();
        let outcomes = initiator::push(&transport, campaign, |_| ()).await?;
        let took = began.elapsed();
        let mut answers = BTreeMap::new();
        for outcome in &outcomes {
            let words = outcome.trouble.clone().or(outcome.status().map(|status| status.to_string()));
            *answers.entry((words, outcome.fetched)).or_insert(0_u64) += 1;
        }
        println!("run {run}: {:.2} s, {answers:?}", took.as_secs_f64());
        let fine = outcomes.iter().filter(|outcome| outcome.is_fine()).count() as u64;
        if fine != count {
            return Err(format!("{fine} of {count} phones took it").into());
        }
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}
