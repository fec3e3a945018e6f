//! A phone's open port for pushes.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use deskset_phone::{Input, PushId, PushRequest, PushStatus};
use deskset_transport::{PushListenError, PushListener, PushReply, PushVerdict, Transport, limits::PUSH_IDLE};
use tokio::task::{AbortHandle, JoinSet};

use crate::mailbox::Slot;

/// The port that real phones take, and that profiles may put elsewhere.
const USUAL_PORT: u16 = 80;

/// Open while it lives.
#[derive(Debug)]
pub(crate) struct Door {
    address: SocketAddr,
    awaited: Awaited,
    task: AbortHandle,
}

/// Initiators that wait for the phone's word; in fact one at most.
#[derive(Clone, Debug, Default)]
struct Awaited(Arc<Mutex<BTreeMap<PushId, PushReply>>>);

impl Door {
    /// Opens the phone's port. `instead`: where a phone listens that wants the usual one.
    pub(crate) fn open(
        transport: &Transport,
        address: Option<Ipv4Addr>,
        wanted: u16,
        instead: u16,
        tasks: &mut JoinSet<()>,
        inputs: Slot,
    ) -> Result<Self, PushListenError> {
        let address = address.unwrap_or(Ipv4Addr::LOCALHOST);
        let listener = listen(transport, address, if wanted == USUAL_PORT { instead } else { wanted })?;
        let (address, awaited) = (listener.address(), Awaited::default());
        let waiting = awaited.clone();
        let last = AtomicU64::new(0);
        let task = tasks.spawn(listener.serve(move |request| {
            let id = PushId(last.fetch_add(1, Ordering::Relaxed) + 1);
            waiting.now().insert(id, request.answer);
            let request = PushRequest { id, peer: request.from.ip().to_canonical(), body: Arc::from(&*request.form) };
            inputs.put(Input::PushRequest(request));
        }));
        Ok(Door { address, awaited, task })
    }

    /// Where it is.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Passes on what the phone says.
    pub(crate) fn answer(&self, id: PushId, status: PushStatus) {
        if let Some(reply) = self.awaited.now().remove(&id) {
            reply.give(PushVerdict { http: status.http_status(), status: status.code() });
        }
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Awaited {
    fn now(&self) -> MutexGuard<'_, BTreeMap<PushId, PushReply>> {
        // A plain table: a panicking holder leaves nothing half-done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// On loopback another process may have the port, and nobody minds another one.
fn listen(transport: &Transport, address: Ipv4Addr, port: u16) -> Result<PushListener, PushListenError> {
    let place = |port| SocketAddr::new(IpAddr::V4(address), port);
    match transport.listen_for_push(place(port), PUSH_IDLE) {
        Err(why) if address.is_loopback() && why.source.kind() == std::io::ErrorKind::AddrInUse => {
            transport.listen_for_push(place(0), PUSH_IDLE)
        }
        opened => opened,
    }
}
