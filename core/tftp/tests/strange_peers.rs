//! Peers that are slow, wrong, hostile or not the peer at all.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

mod link;

use std::net::SocketAddr;
use std::time::Duration;

use deskset_tftp::{ErrorCode, Mode, Offer, OptionPair, Outcome, Packet, Receiver, Request, Sender, TftpError};
use link::{ZERO, client, file, rules, sent, server, transfer};
use proptest::prelude::*;

const PHONE: Offer = Offer { block_size: Some(1428), size: Some(0), timeout: None, window: None };

fn reader(offer: Offer) -> Receiver {
    let mut receiver = Receiver::read(ZERO, server(), "a.scr", Mode::Octet, offer, rules()).unwrap();
    assert!(receiver.poll_transmit().is_some());
    receiver
}

fn data(block: u16, payload: &[u8]) -> Vec<u8> {
    Packet::Data { block, payload }.encode()
}

fn ack(block: u16) -> Vec<u8> {
    Packet::Ack { block }.encode()
}

fn error(code: ErrorCode, message: &str) -> Vec<u8> {
    Packet::Error { code, message: message.into() }.encode()
}

#[test]
fn a_silent_server_is_asked_five_times_in_fifteen_seconds() {
    let mut receiver = Receiver::read(ZERO, server(), "a.scr", Mode::Octet, Offer::NONE, rules()).unwrap();
    let mut asked_at = Vec::new();
    let mut now = ZERO;
    while receiver.outcome().is_none() {
        asked_at.extend(std::iter::from_fn(|| receiver.poll_transmit()).map(|out| (now.as_secs(), out.to)));
        now = receiver.deadline().unwrap();
        receiver.handle_timeout(now);
    }
    assert_eq!(asked_at, [0, 1, 3, 7, 11].map(|at| (at, server())));
    assert_eq!(receiver.outcome(), Some(&Outcome::Failed(TftpError::NoAnswer { tries: 5 })));
    assert_eq!((now.as_secs(), receiver.requests(), receiver.is_closed()), (15, 5, true));
}

// req: FS-12
#[test]
fn a_server_that_falls_silent_in_mid_file_is_lost() {
    let mut receiver = reader(Offer::NONE);
    receiver.handle(ZERO, transfer(), &data(1, &file(512)));
    while let Some(deadline) = receiver.deadline() {
        receiver.handle_timeout(deadline);
    }
    assert_eq!(receiver.outcome(), Some(&Outcome::Failed(TftpError::Lost { bytes: 512, tries: 5 })));
}

// req: FS-14
#[test]
fn a_phone_that_vanishes_leaves_an_aborted_transfer_with_the_bytes_it_had() {
    let bytes = file(2_000);
    let request = Request { file: "a.scr".into(), mode: Mode::Octet, options: vec![] };
    let mut sender = Sender::serve(ZERO, client(), &request, rules(), bytes.as_slice());
    for block in 1..=3 {
        assert!(sender.poll_transmit().is_some());
        sender.handle(ZERO, client(), &ack(block));
    }
    // The last block, of 464 bytes, is sent but never acknowledged.
    while let Some(deadline) = sender.deadline() {
        assert!(sender.poll_transmit().is_some());
        sender.handle_timeout(deadline);
    }
    assert_eq!(sender.outcome(), Some(&Outcome::Failed(TftpError::Lost { bytes: 1_536, tries: 5 })));
}

#[test]
fn a_stray_is_told_and_the_transfer_goes_on() {
    let mut receiver = reader(Offer::NONE);
    receiver.handle(ZERO, transfer(), &data(1, &file(512)));
    let stray = SocketAddr::new(transfer().ip(), 40_070);
    let other_host = SocketAddr::from(([192, 0, 2, 9], transfer().port()));
    for (from, datagram) in
        [(stray, data(2, b"stray")), (other_host, data(2, b"stray")), (stray, error(ErrorCode::NotFound, "stray"))]
    {
        receiver.handle(ZERO, from, &datagram);
    }
    receiver.handle(ZERO, transfer(), &data(2, b"end"));
    let unknown = r#"Error { code: UnknownTransfer, message: "unknown transfer id" }"#.to_owned();
    assert_eq!(
        sent(|| receiver.poll_transmit()),
        [
            (transfer(), "Ack { block: 1 }".to_owned()),
            (stray, unknown.clone()),
            (other_host, unknown),
            (transfer(), "Ack { block: 2 }".to_owned()),
        ]
    );
    assert_eq!(receiver.outcome(), Some(&Outcome::Done { bytes: 515 }));
}

#[test]
fn a_repeated_block_is_acknowledged_again_and_a_repeated_ack_calls_up_nothing() {
    let mut receiver = reader(Offer::NONE);
    for block in [1, 1, 3, 0, 65_535] {
        receiver.handle(ZERO, transfer(), &data(block, &file(512)));
    }
    let one = (transfer(), "Ack { block: 1 }".to_owned());
    assert_eq!(sent(|| receiver.poll_transmit()), [one.clone(), one]);

    let bytes = file(2_000);
    let request = Request { file: "a.scr".into(), mode: Mode::Octet, options: vec![] };
    let mut sender = Sender::serve(ZERO, client(), &request, rules(), bytes.as_slice());
    assert_eq!(sent(|| sender.poll_transmit()).len(), 1);
    for block in [1, 1, 1, 0, 7] {
        sender.handle(ZERO, client(), &ack(block));
    }
    assert_eq!(sent(|| sender.poll_transmit()).len(), 1);
    assert_eq!(sender.acknowledged(), 512);
}

#[test]
fn the_last_ack_is_repeated_while_lingering() {
    let mut receiver = reader(Offer::NONE);
    receiver.handle(ZERO, transfer(), &data(1, b"all"));
    receiver.handle(Duration::from_secs(1), transfer(), &data(1, b"all"));
    let one = (transfer(), "Ack { block: 1 }".to_owned());
    assert_eq!(sent(|| receiver.poll_transmit()), [one.clone(), one]);
    assert!(!receiver.is_closed());
    receiver.handle_timeout(receiver.deadline().unwrap());
    receiver.handle(Duration::from_secs(3), transfer(), &data(1, b"all"));
    assert_eq!((receiver.is_closed(), sent(|| receiver.poll_transmit())), (true, vec![]));
    assert_eq!(receiver.take_bytes(), b"all");
}

#[test]
fn a_server_that_knows_no_options_is_asked_again_without_them() {
    for code in [ErrorCode::BadOption, ErrorCode::Illegal, ErrorCode::NotDefined] {
        let mut receiver = reader(PHONE);
        receiver.handle(ZERO, transfer(), &error(code, "Server error"));
        let plain = r#"Rrq(Request { file: "a.scr", mode: Octet, options: [] })"#.to_owned();
        assert_eq!(sent(|| receiver.poll_transmit()), [(server(), plain)]);
        // From its listening port, as some do.
        receiver.handle(ZERO, server(), &data(1, b"all"));
        assert_eq!((receiver.outcome(), receiver.requests()), (Some(&Outcome::Done { bytes: 3 }), 2));
        assert_eq!(receiver.take_bytes(), b"all");
    }
}

#[test]
fn a_server_that_ignores_options_is_understood() {
    let mut receiver = reader(PHONE);
    receiver.handle(ZERO, transfer(), &data(1, &file(512)));
    receiver.handle(ZERO, transfer(), &data(2, b""));
    assert_eq!(receiver.outcome(), Some(&Outcome::Done { bytes: 512 }));
}

#[test]
fn not_found_is_final_and_carries_the_servers_words() {
    let mut receiver = reader(PHONE);
    receiver.handle(ZERO, transfer(), &error(ErrorCode::NotFound, "File not found"));
    let refused = TftpError::Refused { code: ErrorCode::NotFound, message: "File not found".into() };
    assert_eq!(refused.to_string(), r#"the other end ended the transfer with ERROR 1 "File not found""#);
    assert_eq!(receiver.outcome(), Some(&Outcome::Failed(refused)));
    assert_eq!(sent(|| receiver.poll_transmit()), []);
}

#[test]
fn an_answer_that_cuts_the_file_differently_is_refused_with_error_8() {
    let mut receiver = reader(PHONE);
    receiver.handle(ZERO, transfer(), &Packet::Oack(vec![OptionPair::new("blksize", "9000")]).encode());
    let failed = TftpError::Option { name: "blksize".into(), value: "9000".into() };
    assert_eq!(receiver.outcome(), Some(&Outcome::Failed(failed.clone())));
    let told = format!("{:?}", Packet::Error { code: ErrorCode::BadOption, message: failed.to_string().into() });
    assert_eq!(sent(|| receiver.poll_transmit()), [(transfer(), told)]);
}

#[test]
fn an_error_ends_either_end_of_either_transfer_in_mid_file() {
    let full = || error(ErrorCode::DiskFull, "disk full");
    let refused = Outcome::Failed(TftpError::Refused { code: ErrorCode::DiskFull, message: "disk full".into() });
    let request = Request { file: "a".into(), mode: Mode::Octet, options: vec![] };
    let bytes = file(2_000);

    let mut reads = reader(Offer::NONE);
    reads.handle(ZERO, transfer(), &data(1, &file(512)));
    reads.handle(ZERO, transfer(), &full());
    let mut takes = Receiver::accept(ZERO, client(), &request, rules());
    takes.handle(ZERO, client(), &data(1, &file(512)));
    takes.handle(ZERO, client(), &full());
    let mut serves = Sender::serve(ZERO, client(), &request, rules(), bytes.as_slice());
    assert!(serves.poll_transmit().is_some());
    serves.handle(ZERO, client(), &ack(1));
    serves.handle(ZERO, client(), &full());
    let mut writes = Sender::write(ZERO, server(), "a", Mode::Octet, Offer::NONE, rules(), bytes.as_slice()).unwrap();
    for block in 0..=1 {
        assert!(writes.poll_transmit().is_some());
        writes.handle(ZERO, transfer(), &ack(block));
    }
    writes.handle(ZERO, transfer(), &full());

    let outcomes = [reads.outcome(), takes.outcome(), serves.outcome(), writes.outcome()];
    assert_eq!(outcomes, [Some(&refused); 4]);
    // An ERROR is never answered: what is sent are the acknowledgements, and nothing more of the file.
    let told = [sent(|| reads.poll_transmit()), sent(|| takes.poll_transmit())];
    assert!(told.iter().flatten().all(|(_, packet)| packet.starts_with("Ack")), "{told:?}");
    assert_eq!((serves.poll_transmit(), writes.poll_transmit()), (None, None));
}

#[test]
fn a_window_with_a_hole_is_sent_again_from_the_hole_once() {
    let bytes = file(512 * 12);
    let request = Request { file: "a".into(), mode: Mode::Octet, options: vec![OptionPair::new("windowsize", "4")] };
    let mut sender = Sender::serve(ZERO, client(), &request, rules(), bytes.as_slice());
    assert!(sender.poll_transmit().is_some());
    sender.handle(ZERO, client(), &ack(0));
    let blocks = |sender: &mut Sender<&[u8]>| -> Vec<String> {
        let numbers = sent(|| sender.poll_transmit());
        numbers.iter().map(|(_, packet)| packet.chars().skip(14).take_while(char::is_ascii_digit).collect()).collect()
    };
    assert_eq!(blocks(&mut sender), ["1", "2", "3", "4"]);
    // Block 3 was lost: the receiver acknowledges 2, and once more for each block behind the hole.
    sender.handle(ZERO, client(), &ack(2));
    assert_eq!(blocks(&mut sender), ["3", "4", "5", "6"]);
    for _ in 0..3 {
        sender.handle(ZERO, client(), &ack(2));
    }
    assert_eq!(blocks(&mut sender), ["3", "4", "5", "6"]);
    sender.handle(ZERO, client(), &ack(6));
    assert_eq!(blocks(&mut sender), ["7", "8", "9", "10"]);
}

// req: FS-12
#[test]
fn a_file_that_ends_before_its_announced_size_is_short() {
    let mut receiver = reader(PHONE);
    let oack = Packet::Oack(vec![OptionPair::new("tsize", "2000"), OptionPair::new("blksize", "1428")]);
    receiver.handle(ZERO, transfer(), &oack.encode());
    receiver.handle(ZERO, transfer(), &data(1, &file(1_000)));
    assert_eq!(receiver.outcome(), Some(&Outcome::Failed(TftpError::Short { announced: 2_000, received: 1_000 })));
}

#[test]
fn a_size_of_zero_is_taken_for_unknown() {
    let mut receiver = reader(PHONE);
    receiver.handle(ZERO, transfer(), &Packet::Oack(vec![OptionPair::new("tsize", "0")]).encode());
    receiver.handle(ZERO, transfer(), &data(1, b"all"));
    assert_eq!(receiver.outcome(), Some(&Outcome::Done { bytes: 3 }));
}

#[test]
fn a_block_larger_than_agreed_ends_the_transfer() {
    let mut receiver = reader(Offer::NONE);
    receiver.handle(ZERO, transfer(), &data(1, &file(513)));
    assert_eq!(receiver.outcome(), Some(&Outcome::Failed(TftpError::Block { length: 513, agreed: 512 })));
}

#[test]
fn a_write_that_announces_too_much_is_refused_at_once() {
    let options = vec![OptionPair::new("tsize", "99999999999")];
    let request = Request { file: "a.txt".into(), mode: Mode::Octet, options };
    let mut receiver = Receiver::accept(ZERO, client(), &request, rules());
    assert_eq!(receiver.outcome(), Some(&Outcome::Failed(TftpError::TooLarge { limit: link::LIMIT })));
    assert!(sent(|| receiver.poll_transmit())[0].1.starts_with("Error { code: DiskFull"));
}

#[test]
fn an_aborted_transfer_tells_the_other_end() {
    let mut receiver = reader(Offer::NONE);
    receiver.handle(ZERO, transfer(), &data(1, &file(512)));
    receiver.abort("the phone was switched off");
    let why = TftpError::Aborted { bytes: 512, why: "the phone was switched off".into() };
    assert_eq!(receiver.outcome(), Some(&Outcome::Failed(why)));
    assert_eq!(sent(|| receiver.poll_transmit()).len(), 2);
}

#[test]
fn a_name_that_fits_into_no_request_is_an_error() {
    for name in ["", "a\0b", &"a".repeat(600)] {
        let outcome = Receiver::read(ZERO, server(), name, Mode::Octet, PHONE, rules());
        assert_eq!(outcome.err(), Some(TftpError::Name(name.to_owned())));
    }
}

#[test]
fn an_agreed_timeout_sets_the_time_between_repeats() {
    let offer = Offer { timeout: Some(7), ..Offer::NONE };
    let mut receiver = reader(offer);
    receiver.handle(ZERO, transfer(), &Packet::Oack(vec![OptionPair::new("timeout", "7")]).encode());
    assert_eq!(receiver.deadline(), Some(Duration::from_secs(7)));
}

#[derive(Debug, Clone)]
enum Blow {
    Bytes(Vec<u8>),
    Data(u16, usize),
    Ack(u16),
    Oack(u16, u16),
    Wait,
}

fn blows() -> impl Strategy<Value = Vec<(bool, Blow)>> {
    let blow = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..40).prop_map(Blow::Bytes),
        (0_u16..6, 0_usize..600).prop_map(|(block, size)| Blow::Data(block, size)),
        (0_u16..6).prop_map(Blow::Ack),
        any::<u16>().prop_map(Blow::Ack),
        (any::<u16>(), 0_u16..9).prop_map(|(block, window)| Blow::Oack(block, window)),
        Just(Blow::Wait),
    ];
    prop::collection::vec((any::<bool>(), blow), 0..60)
}

fn datagram(blow: &Blow) -> Vec<u8> {
    match blow {
        Blow::Bytes(bytes) => bytes.clone(),
        Blow::Data(block, size) => data(*block, &file(*size)),
        Blow::Ack(block) => ack(*block),
        Blow::Oack(block, window) => Packet::Oack(vec![
            OptionPair::new("blksize", block.to_string()),
            OptionPair::new("windowsize", window.to_string()),
        ])
        .encode(),
        Blow::Wait => vec![],
    }
}

proptest! {
    #[test]
    fn a_hostile_peer_can_end_a_transfer_but_not_the_program(blows in blows()) {
        let offer = Offer { window: Some(4), ..PHONE };
        let mut receiver = reader(offer);
        let bytes = file(3_000);
        let mut writer = Sender::write(ZERO, server(), "a", Mode::Octet, offer, rules(), bytes.as_slice()).unwrap();
        let mut now = ZERO;
        for (right, blow) in blows {
            let from = if right { transfer() } else { SocketAddr::new(transfer().ip(), 9) };
            if matches!(blow, Blow::Wait) {
                now += Duration::from_secs(2);
                receiver.handle_timeout(now);
                writer.handle_timeout(now);
            } else {
                receiver.handle(now, from, &datagram(&blow));
                writer.handle(now, from, &datagram(&blow));
            }
            // One blow calls up no more than a window.
            prop_assert!(sent(|| receiver.poll_transmit()).len() <= 2);
            prop_assert!(sent(|| writer.poll_transmit()).len() <= 5);
            prop_assert!(writer.acknowledged() <= 3_000);
        }
    }
}
