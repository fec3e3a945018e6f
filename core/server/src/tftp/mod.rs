//! TFTP: files to be read, and stored if allowed, every transfer from a port of its own.

mod letterbox;
mod line;
mod ports;
mod shelf;
mod store;
mod transfer;

use std::{
    collections::HashSet,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{net::UdpSocket, sync::Semaphore, task::JoinSet};

use crate::{
    DiskTree, Recorder,
    crowd::Crowd,
    limits::{DATAGRAM_MAX, TFTP_STORES_MAX, TFTP_TRANSFERS_MAX},
    running::{Running, StopSign, wind_up},
    settings::TftpSettings,
};
use letterbox::{Letter, Letterbox};
use ports::Ports;
use shelf::Shelf;

/// What all transfers share.
pub(crate) struct Desk {
    tree: Arc<DiskTree>,
    recorder: Recorder,
    settings: TftpSettings,
    shelf: Shelf,
    ports: Ports,
    crowd: Crowd,
    /// One place for each file that is being stored.
    stores: Semaphore,
    /// Clients being served. One that repeats its request hears from the transfer it has.
    clients: Mutex<HashSet<SocketAddr>>,
}

impl Desk {
    pub(crate) fn new(tree: Arc<DiskTree>, recorder: Recorder, settings: TftpSettings, crowd: Crowd) -> Self {
        Desk {
            stores: Semaphore::new(TFTP_STORES_MAX),
            tree,
            recorder,
            settings,
            shelf: Shelf::default(),
            ports: Ports::default(),
            crowd,
            clients: Mutex::default(),
        }
    }
}

/// A client's place at the desk, given up when dropped.
struct Turn {
    desk: Arc<Desk>,
    client: SocketAddr,
}

impl Turn {
    fn take(desk: &Arc<Desk>, client: SocketAddr) -> Option<Self> {
        let fresh = desk.clients.lock().unwrap_or_else(PoisonError::into_inner).insert(client);
        fresh.then(|| Turn { desk: desk.clone(), client })
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.desk.clients.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.client);
    }
}

pub(crate) fn start(socket: UdpSocket, address: SocketAddr, desk: Desk) -> Running {
    Running::spawn(address, |stop| serve(Letterbox::new(socket, address.ip()), Arc::new(desk), stop))
}

async fn serve(letterbox: Letterbox, desk: Arc<Desk>, mut stop: StopSign) {
    let room = Arc::new(Semaphore::new(TFTP_TRANSFERS_MAX));
    let mut transfers = JoinSet::new();
    let mut datagram = vec![0; DATAGRAM_MAX];
    loop {
        let received = tokio::select! {
            () = stop.shown() => break,
            received = letterbox.next(&mut datagram) => received,
        };
        let Letter { size, client, local } = match received {
            Ok(Some(letter)) => letter,
            Ok(None) => continue,
            Err(error) => {
                tracing::warn!(%error, "a TFTP request was not received");
                continue;
            }
        };
        while transfers.try_join_next().is_some() {}
        let Ok(place) = room.clone().try_acquire_owned() else {
            tracing::warn!(%client, "too many TFTP transfers: a request is dropped, the client will repeat it");
            continue;
        };
        let Some(turn) = Turn::take(&desk, client) else { continue };
        let Some(seat) = desk.crowd.seat(client.ip()) else {
            tracing::warn!(%client, "too many TFTP transfers of one address: a request is dropped");
            continue;
        };
        let (request, stop) = (datagram[..size].to_vec(), stop.clone());
        transfers.spawn(async move {
            transfer::run(turn, local, request, stop).await;
            drop((place, seat));
        });
    }
    drop(letterbox);
    wind_up(transfers).await;
}
