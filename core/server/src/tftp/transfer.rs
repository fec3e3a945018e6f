//! One transfer, from the request to the acknowledgement of the last block.

use std::{io, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use bytes::Bytes;

use deskset_files::tree::{TreeError, requested_path};
use deskset_tftp::{ErrorCode, Mode, Outcome, Packet, Receiver, Rules, Sender, netascii};
use tokio::time::Instant;

use super::{
    Desk, Turn,
    line::{Alarm, Line},
    store,
};
use crate::{
    Action, DiskError, Protocol,
    limits::{DATAGRAM_MAX, TFTP_STORE_MAX},
    record::Transfer,
    running::StopSign,
};

/// Largest packet that a reading client sends: an acknowledgement, or an error with its text.
const ANSWER_MAX: usize = 1024;

pub(super) async fn run(turn: Turn, local: SocketAddr, datagram: Vec<u8>, stop: StopSign) {
    let (request, action) = match Packet::parse(&datagram) {
        Ok(Packet::Rrq(request)) => (request, Action::Fetch),
        Ok(Packet::Wrq(request)) => (request, Action::Store),
        // RFC 1350 lets nothing else begin a transfer; answering strays could go on for ever.
        _ => return,
    };
    let (desk, client) = (&turn.desk, turn.client);
    let mut record = desk.recorder.begin(Protocol::Tftp, action, client, &request.file);
    let port = match desk.ports.take(local) {
        Ok(port) => port,
        Err(error) => return record.refused(format_args!("no port for the transfer: {error}")),
    };
    let line = &port.line;
    let file = match (action, request.mode) {
        (Action::Store, _) if !desk.settings.writable => Err(Refusal::new(ErrorCode::Denied, "files can be read only")),
        (_, Mode::Mail) => Err(Refusal::new(ErrorCode::Illegal, "mail mode is obsolete")),
        (Action::Store, _) => {
            let rules = Rules { rollover: desk.settings.rollover, ..Rules::with_size_limit(TFTP_STORE_MAX) };
            let receiver = Receiver::accept(Duration::ZERO, client, &request, rules);
            return store::receive(desk, receiver, &request, line, stop, record).await;
        }
        (_, mode) => open(desk.clone(), request.file.to_string(), mode).await,
    };
    match file {
        Ok((served, bytes)) => {
            record.serving(&served);
            let begin = Instant::now();
            let rules = Rules { rollover: desk.settings.rollover, ..Rules::with_size_limit(u64::MAX) };
            let sender = Sender::serve(Duration::ZERO, client, &request, rules, bytes);
            if send(sender, line, begin, stop, record).await {
                desk.ports.give_back(port);
            }
        }
        Err(refusal) => refuse(refusal, line, client, record).await,
    }
}

pub(super) async fn refuse(refusal: Refusal, line: &Line, client: SocketAddr, record: Transfer) {
    let Refusal { code, words } = refusal;
    let error = Packet::Error { code, message: words.as_str().into() }.encode();
    if let Err(error) = line.send(&error, client).await {
        tracing::debug!(%client, %error, "a refusal could not be sent");
    }
    record.refused(words);
}

/// Why nothing is sent or stored, for the client and for the record.
pub(super) struct Refusal {
    code: ErrorCode,
    words: String,
}

impl Refusal {
    pub(super) fn new(code: ErrorCode, words: impl ToString) -> Self {
        Refusal { code, words: words.to_string() }
    }
}

impl From<DiskError> for Refusal {
    fn from(error: DiskError) -> Self {
        let code = match &error {
            DiskError::Tree(TreeError::NotFound(_)) => ErrorCode::NotFound,
            DiskError::Tree(_) => ErrorCode::Denied,
            DiskError::Io { .. } => ErrorCode::NotDefined,
        };
        Refusal::new(code, error)
    }
}

async fn open(desk: Arc<Desk>, asked: String, mode: Mode) -> Result<(String, Bytes), Refusal> {
    let path = requested_path(&asked).map_err(DiskError::from)?;
    let encoded = move |bytes: Bytes| if mode == Mode::Netascii { netascii::encode(&bytes).into() } else { bytes };
    if let Some(file) = desk.tree.kept(&path) {
        return Ok((file.about().served.to_owned(), encoded(file.bytes.clone())));
    }
    let open = move || {
        let mut opened = desk.tree.open_file(&path)?;
        let served = opened.served.clone();
        let io = |source| DiskError::Io { path: path.to_string(), source };
        let bytes = match desk.tree.keep(&path, &mut opened).map_err(io)? {
            Some(file) => file.bytes.clone(),
            None => Bytes::from_owner(desk.shelf.take(opened).map_err(io)?),
        };
        Ok((served, encoded(bytes)))
    };
    match tokio::task::spawn_blocking(open).await {
        Ok(opened) => opened,
        Err(_) => Err(Refusal::new(ErrorCode::NotDefined, "the server is stopping")),
    }
}

/// Whether all of it arrived.
async fn send(
    mut sender: Sender<Bytes>,
    line: &Line,
    begin: Instant,
    mut stop: StopSign,
    mut record: Transfer,
) -> bool {
    // An ICMP message about an earlier datagram shows as an error here; the sender's own patience decides.
    let mut answer = vec![0; ANSWER_MAX];
    let mut alarm = Alarm::new(begin, sender.deadline().unwrap_or_default());
    let mut stopped = pin!(stop.shown());
    while flush(&mut sender, line).await.is_ok() && !sender.is_closed() {
        let Some(deadline) = sender.deadline() else { break };
        tokio::select! {
            received = line.receive(&mut answer) => match received {
                Ok((size, from)) => sender.handle(begin.elapsed(), from, &answer[..size]),
                Err(error) => tracing::debug!(%error, "a TFTP answer was not received"),
            },
            () = &mut stopped => sender.abort("the server is stopping"),
            () = alarm.rings(deadline) => sender.handle_timeout(begin.elapsed()),
        }
    }
    record.moved(sender.acknowledged());
    let outcome = sender.outcome();
    match outcome {
        Some(Outcome::Done { .. }) => record.complete(),
        Some(Outcome::Failed(error)) => record.aborted(error),
        None => record.aborted("the network did not take a datagram"),
    }
    matches!(outcome, Some(Outcome::Done { .. }))
}

async fn flush(sender: &mut Sender<Bytes>, line: &Line) -> io::Result<()> {
    while let Some(transmit) = sender.poll_transmit() {
        debug_assert!(transmit.datagram.len() <= DATAGRAM_MAX);
        line.send(&transmit.datagram, transmit.to).await?;
    }
    Ok(())
}
