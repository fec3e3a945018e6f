//! FTP: backup files to be stored and retrieved.
//!
//! The dialogue is libunftp's; its tree, its users and its ports are ours. Connections are accepted here; each speaks
//! with the library by way of an inside link, on which every line and every data connection is looked at first.
//! Decision 0012 says why.

mod control;
mod data;
mod guests;
mod inside;
mod line;
mod parameter;
mod passive;
mod paths;
mod refusals;
mod storage;
mod store;

use std::{
    io,
    net::{IpAddr, SocketAddr},
    ops::RangeInclusive,
    sync::Arc,
};

use libunftp::{ServerBuilder, options::ActivePassiveMode};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::{
    DiskTree, Protocol, Recorder,
    crowd::Crowd,
    limits::{CONNECTIONS_MAX, FTP_IDLE, FTP_LOGIN_TIME, FTP_TRANSFERS_MAX, STOP_GRACE},
    listen,
    running::{Running, StopSign, wind_up},
    settings::{AnonymousFtp, FtpSettings, FtpUser},
};
use control::Control;
use guests::{Doorkeeper, Entry, Guests};
use inside::Inside;
use passive::PassivePorts;
use refusals::Refusals;
use storage::Storage;

/// Greets every client.
const GREETING: &str = "Deskset FTP server ready";

/// Greets a client whose address has all the sessions it may have (RFC 959, section 4.2.1).
const CROWDED: &[u8] = b"421 Too many sessions from your address\r\n";

/// Said to a client that takes too long, or says too much.
const OVERSTAYED: &[u8] = b"421 Closing this session\r\n";

/// What all sessions share.
pub(crate) struct Store {
    tree: Arc<DiskTree>,
    recorder: Recorder,
    users: Vec<FtpUser>,
    anonymous: AnonymousFtp,
    passive: Option<RangeInclusive<u16>>,
    crowd: Crowd,
    refusals: Refusals,
    /// One place for each transfer under way.
    transfers: Arc<Semaphore>,
}

impl Store {
    pub(crate) fn new(tree: Arc<DiskTree>, recorder: Recorder, settings: &FtpSettings, crowd: Crowd) -> Self {
        Store {
            tree,
            recorder,
            users: settings.users.clone(),
            anonymous: settings.anonymous.clone(),
            passive: settings.passive_ports.clone(),
            crowd,
            refusals: Refusals::default(),
            transfers: Arc::new(Semaphore::new(FTP_TRANSFERS_MAX)),
        }
    }

    /// Removes what killed servers left behind, unless the folder is inside `cleaned`.
    pub(crate) fn remove_leftovers(&self, cleaned: &DiskTree) {
        if !self.tree.root().starts_with(cleaned.root()) {
            self.tree.remove_leftovers();
        }
    }
}

pub(crate) fn start(listener: TcpListener, address: SocketAddr, store: Store) -> Running {
    Running::spawn(address, |stop| serve(listener, Arc::new(store), stop))
}

async fn serve(listener: TcpListener, store: Arc<Store>, mut stop: StopSign) {
    let inside = match Inside::open().await {
        Ok(inside) => Arc::new(inside),
        Err(error) => {
            tracing::error!(%error, "FTP is not served: no port could be opened on the loopback interface");
            return;
        }
    };
    let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut sessions = JoinSet::new();
    loop {
        let (place, (stream, peer)) = tokio::select! {
            () = stop.shown() => break,
            next = async {
                let place = room.clone().acquire_owned().await;
                (place, listen::accept(Protocol::Ftp, &listener).await)
            } => next,
        };
        while sessions.try_join_next().is_some() {}
        let Some(seat) = store.crowd.seat(peer.ip()) else {
            tracing::warn!(%peer, "too many FTP sessions of one address: closed");
            // A fresh connection takes one line at once; if not, its end says enough.
            drop(stream.try_write(CROWDED));
            continue;
        };
        let (store, inside, stop) = (store.clone(), inside.clone(), stop.clone());
        sessions.spawn(async move {
            if let Err(error) = session(stream, peer, store, &inside, stop).await {
                tracing::warn!(%peer, %error, "an FTP session could not be held");
            }
            drop((place, seat));
        });
    }
    drop(listener);
    wind_up(sessions).await;
    // libunftp moves files in tasks of its own. They see that their sessions are over, and give up their places.
    let all = u32::try_from(FTP_TRANSFERS_MAX).unwrap_or(u32::MAX);
    if timeout(STOP_GRACE, store.transfers.acquire_many(all)).await.is_err() {
        tracing::warn!("FTP transfers are still under way after the server was stopped");
    }
}

async fn session(
    stream: TcpStream,
    peer: SocketAddr,
    store: Arc<Store>,
    inside: &Inside,
    mut stop: StopSign,
) -> io::Result<()> {
    let control = Arc::new(Control::new(stream, peer)?);
    let entry = Arc::new(Entry::default());
    let storage = Storage::new(store.clone(), control.clone(), peer);
    let mut server = ServerBuilder::with_user_detail_provider(Box::new(move || storage.clone()), Arc::new(Guests))
        .authenticator(Arc::new(Doorkeeper {
            store: store.clone(),
            control: control.clone(),
            peer,
            entry: entry.clone(),
        }))
        .active_passive_mode(ActivePassiveMode::ActiveAndPassive)
        .binder(PassivePorts::new(store.passive.clone(), control.clone()))
        .greeting(GREETING)
        .idle_session_timeout(FTP_IDLE.as_secs());
    if let IpAddr::V4(local) = control.local() {
        server = server.passive_host(local);
    }
    let server = server.build().map_err(io::Error::other)?;
    let (near, far) = inside.pair().await?;
    let (replies, commands) = near.into_split();
    tracing::debug!(%peer, local = %control.local(), "FTP session begins");
    let dialogue = async {
        let (served, ()) = tokio::join!(server.service(far), control.replies(replies));
        served.map_err(io::Error::other)
    };
    let closing = async {
        tokio::select! {
            why = too_long(control.commands(commands, &entry)) => why,
            why = no_login(&entry) => why,
        }
    };
    let ended = tokio::select! {
        ended = dialogue => ended,
        () = stop.shown() => Ok(()),
        why = closing => {
            tracing::warn!(%peer, why, "an FTP session is closed");
            control.dismiss(OVERSTAYED);
            Ok(())
        }
    };
    control.end();
    ended
}

/// Returns only if the session is to be closed; else the library says when it is over.
async fn too_long(commands: impl Future<Output = Result<(), &'static str>>) -> &'static str {
    match commands.await {
        Ok(()) => std::future::pending().await,
        Err(why) => why,
    }
}

/// Returns if nobody logged in in time.
async fn no_login(entry: &Entry) -> &'static str {
    sleep(FTP_LOGIN_TIME).await;
    if entry.logged_in() { std::future::pending().await } else { "nobody logged in" }
}
