//! TFTP over real sockets.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

mod far_side;

use std::net::SocketAddr;
use std::time::Duration;

use deskset_tftp::{ErrorCode, Packet, Rules, Sender};
use deskset_transport::{FetchAsk, FetchKind, Progress, Protocol, TransferLimits};
use far_side::{ask, gist, impatient, limits, transport, unheard};
use tokio::net::UdpSocket;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

/// Serves one read with our own sender on a port of its own; gives the file name asked for and whether all was
/// acknowledged.
async fn server(file: Vec<u8>) -> (SocketAddr, JoinHandle<(String, bool)>) {
    let listener = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let served = tokio::spawn(async move {
        let mut buffer = vec![0; 2048];
        let (length, client) = listener.recv_from(&mut buffer).await.unwrap();
        let Ok(Packet::Rrq(request)) = Packet::parse(&buffer[..length]) else { panic!("no read request") };
        let name = request.file.clone().into_owned();
        let start = Instant::now();
        let mut sender = Sender::serve(Duration::ZERO, client, &request, Rules::with_size_limit(0), file);
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        while sender.outcome().is_none() {
            while let Some(out) = sender.poll_transmit() {
                socket.send_to(&out.datagram, out.to).await.unwrap();
            }
            match timeout_at(start + sender.deadline().unwrap(), socket.recv_from(&mut buffer)).await {
                Ok(got) => {
                    let (length, from) = got.unwrap();
                    sender.handle(start.elapsed(), from, &buffer[..length]);
                }
                Err(_) => sender.handle_timeout(start.elapsed()),
            }
        }
        (name, matches!(sender.outcome(), Some(deskset_tftp::Outcome::Done { .. })))
    });
    (at, served)
}

/// Answers each request from the listening port with `answers`, in order, and counts the requests.
async fn answering(answers: Vec<Vec<u8>>) -> (SocketAddr, JoinHandle<()>) {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let at = socket.local_addr().unwrap();
    let served = tokio::spawn(async move {
        let mut buffer = vec![0; 2048];
        for answer in answers {
            let (_, client) = socket.recv_from(&mut buffer).await.unwrap();
            socket.send_to(&answer, client).await.unwrap();
        }
        std::future::pending::<()>().await;
    });
    (at, served)
}

fn error(code: ErrorCode) -> Vec<u8> {
    Packet::Error { code, message: "as it is".into() }.encode()
}

// req: FS-1, FS-7, FS-14
#[tokio::test]
async fn a_file_comes_and_the_server_knows_that_it_was_complete() {
    let file: Vec<u8> = (0..5_000_u32).map(|i| i as u8).collect();
    let (at, served) = server(file.clone()).await;
    let mut heard = Vec::new();
    let fetched = transport(limits(), None).fetch(&ask(Protocol::Tftp, at), |p| heard.push(p)).await.unwrap();
    assert_eq!(fetched.bytes, file);
    assert_eq!(served.await.unwrap(), ("/phones/a.scr".to_owned(), true));
    let steps = [1428, 2856, 4284, 5000].map(Progress::Received);
    assert_eq!(heard, [[Progress::Attempt(1)].as_slice(), &steps].concat());
}

#[tokio::test]
async fn an_old_server_without_options_is_understood() {
    let (at, _served) = answering(vec![Packet::Data { block: 1, payload: b"old" }.encode()]).await;
    assert_eq!(gist(transport(limits(), None).fetch(&ask(Protocol::Tftp, at), unheard).await), Ok(b"old".to_vec()));
}

#[tokio::test]
async fn errors_are_told_apart() {
    for (code, kind) in [
        (ErrorCode::NotFound, FetchKind::NotFound),
        (ErrorCode::Denied, FetchKind::Denied),
        (ErrorCode::DiskFull, FetchKind::Protocol),
    ] {
        let (at, _served) = answering(vec![error(code)]).await;
        assert_eq!(gist(transport(limits(), None).fetch(&ask(Protocol::Tftp, at), unheard).await), Err(kind));
    }
}

#[tokio::test]
async fn a_silent_server_is_asked_as_often_as_set() {
    let (at, _served) = answering(vec![]).await;
    let mut heard = Vec::new();
    let outcome = transport(impatient(), None).fetch(&ask(Protocol::Tftp, at), |p| heard.push(p)).await;
    assert_eq!(
        outcome.unwrap_err().to_string(),
        format!(
            "TFTP /phones/a.scr from {at}: the server did not answer 3 requests; check the address, the port and \
             the firewalls between"
        )
    );
    assert_eq!(heard, [1, 2, 3].map(Progress::Attempt));
}

// req: FS-12
#[tokio::test]
async fn a_server_that_dies_in_mid_file_has_lost_it() {
    let first = Packet::Data { block: 1, payload: &[b'x'; 512] }.encode();
    let (at, _served) = answering(vec![first.clone()]).await;
    assert_eq!(gist(transport(impatient(), None).fetch(&ask(Protocol::Tftp, at), unheard).await), Err(FetchKind::Lost));
    // An ERROR in mid-file.
    let (at, _served) = answering(vec![first, error(ErrorCode::NotDefined)]).await;
    assert_eq!(gist(transport(impatient(), None).fetch(&ask(Protocol::Tftp, at), unheard).await), Err(FetchKind::Lost));
}

#[tokio::test]
async fn a_transfer_has_a_whole_time_limit_and_a_size_limit() {
    let (at, _served) = answering(vec![]).await;
    let hurried = TransferLimits { file: Duration::from_millis(10), ..limits() };
    assert_eq!(gist(transport(hurried, None).fetch(&ask(Protocol::Tftp, at), unheard).await), Err(FetchKind::Silent));

    let (at, served) = server(vec![b'x'; 10_001]).await;
    let outcome = transport(limits(), None).fetch(&ask(Protocol::Tftp, at), unheard).await;
    assert_eq!((gist(outcome), served.await.unwrap().1), (Err(FetchKind::TooLarge), false));
}

#[tokio::test]
async fn a_name_that_fits_into_no_request_is_our_own_fault() {
    let (at, _served) = answering(vec![]).await;
    let long = FetchAsk { path: "x".repeat(600), ..ask(Protocol::Tftp, at) };
    assert_eq!(gist(transport(limits(), None).fetch(&long, unheard).await), Err(FetchKind::Local));
}

// req: FS-14
#[tokio::test]
async fn a_repeat_of_the_last_block_is_answered_after_the_fetch() {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let at = socket.local_addr().unwrap();
    let served = tokio::spawn(async move {
        let mut buffer = vec![0; 2048];
        let (_, client) = socket.recv_from(&mut buffer).await.unwrap();
        let mut acknowledgements = Vec::new();
        for _ in 0..2 {
            // As if the first acknowledgement had been lost.
            socket.send_to(&Packet::Data { block: 1, payload: b"all" }.encode(), client).await.unwrap();
            let (length, _) = socket.recv_from(&mut buffer).await.unwrap();
            acknowledgements.push(buffer[..length].to_vec());
        }
        acknowledgements
    });
    assert_eq!(gist(transport(limits(), None).fetch(&ask(Protocol::Tftp, at), unheard).await), Ok(b"all".to_vec()));
    let one = Packet::Ack { block: 1 }.encode();
    assert_eq!(served.await.unwrap(), [one.clone(), one]);
}

#[tokio::test]
async fn each_file_has_a_local_port_of_its_own() {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let at = socket.local_addr().unwrap();
    let served = tokio::spawn(async move {
        let (mut buffer, mut clients) = (vec![0; 2048], std::collections::BTreeSet::new());
        // Each socket lingers, so that the next file cannot have the port of the one before.
        while clients.len() < 3 {
            let (length, client) = socket.recv_from(&mut buffer).await.unwrap();
            if let Ok(Packet::Rrq(_)) = Packet::parse(&buffer[..length]) {
                clients.insert(client.port());
                socket.send_to(&Packet::Data { block: 1, payload: b"all" }.encode(), client).await.unwrap();
            }
        }
    });
    let transport = transport(limits(), None);
    for _ in 0..3 {
        assert_eq!(gist(transport.fetch(&ask(Protocol::Tftp, at), unheard).await), Ok(b"all".to_vec()));
    }
    served.await.unwrap();
}
