//! Packets as bytes and as values.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

use std::borrow::Cow;

use deskset_tftp::{BadPacket, ErrorCode, Mode, Offer, OptionPair, Packet, Request, Terms, TftpError};
use proptest::prelude::*;

#[test]
fn a_read_request_is_read_as_it_was_sent() {
    let datagram = b"\x00\x01dir/a.scr\x00OCTET\x00BLKSIZE\x001428\x00tsize\x000\x00";
    let options = vec![OptionPair::new("BLKSIZE", "1428"), OptionPair::new("tsize", "0")];
    let request = Request { file: "dir/a.scr".into(), mode: Mode::Octet, options };
    assert_eq!(Packet::parse(datagram), Ok(Packet::Rrq(request.clone())));
    let asked = Offer { block_size: Some(1428), size: Some(0), ..Offer::NONE };
    assert_eq!(Offer::asked(&request.options), asked);
}

#[test]
fn what_is_no_packet_is_named() {
    let cases: [(&[u8], BadPacket); 12] = [
        (b"", BadPacket::Short),
        (b"\x00", BadPacket::Short),
        (b"\x00\x03\x00", BadPacket::Short),
        (b"\x00\x04\x01", BadPacket::Short),
        (b"\x00\x05", BadPacket::Short),
        (b"\x00\x07abc", BadPacket::Operation(7)),
        (b"\x00\x01abc", BadPacket::Unterminated),
        (b"\x00\x01abc\x00octet", BadPacket::Unterminated),
        (b"\x00\x01\x00octet\x00", BadPacket::NoFile),
        (b"\x00\x01abc\x00image\x00", BadPacket::Mode),
        (b"\x00\x02\xff\xfe\x00octet\x00", BadPacket::NotText),
        (b"\x00\x06blksize\x00", BadPacket::Unterminated),
    ];
    for (datagram, bad) in cases {
        assert_eq!(Packet::parse(datagram), Err(bad), "{datagram:?}");
    }
    let long = [b"\x00\x01".as_slice(), &[b'a'; 600], b"\x00octet\x00"].concat();
    assert_eq!(Packet::parse(&long), Err(BadPacket::Long));
}

#[test]
fn an_error_without_its_zero_or_with_control_characters_is_still_read() {
    let message = |datagram| match Packet::parse(datagram) {
        Ok(Packet::Error { code, message }) => (code, message.into_owned()),
        other => panic!("{other:?}"),
    };
    assert_eq!(message(b"\x00\x05\x00\x01File not found"), (ErrorCode::NotFound, "File not found".into()));
    assert_eq!(message(b"\x00\x05\x00\x63a\x1b[1mb\n\x00"), (ErrorCode::Other(99), "a[1mb".into()));
    assert_eq!(message(b"\x00\x05\x00\x00"), (ErrorCode::NotDefined, String::new()));
    let long = [b"\x00\x05\x00\x00".as_slice(), &[b'x'; 900]].concat();
    assert_eq!(message(&long).1.len(), 200);
}

#[test]
fn an_answer_with_the_oddities_of_real_servers_is_borne() {
    let offer = Offer { block_size: Some(1428), size: Some(0), timeout: Some(3), window: None };
    let settle = |offer: Offer, pairs: &[(&'static str, &'static str)]| {
        offer.settle(&pairs.iter().map(|(name, value)| OptionPair::new(name, *value)).collect::<Vec<_>>())
    };
    // Unasked blksize 512; a timeout that is no integer; names in capitals; a size that is no number.
    assert_eq!(settle(Offer { block_size: None, ..offer }, &[("blksize", "512")]), Ok(Terms::PLAIN));
    assert_eq!(settle(offer, &[("timeout", "3.0")]), Ok(Terms::PLAIN));
    assert_eq!(
        settle(offer, &[("BLKSIZE", "1428"), ("TSIZE", "77")]),
        Ok(Terms { block_size: 1428, size: Some(77), ..Terms::PLAIN })
    );
    assert_eq!(settle(offer, &[("tsize", "many"), ("utimeout", "9"), ("rollover", "0")]), Ok(Terms::PLAIN));
    let refused = |name: &str, value: &str| Err(TftpError::Option { name: name.into(), value: value.into() });
    for (name, value) in [
        ("blksize", "1429"),
        ("blksize", "7"),
        ("blksize", "0"),
        ("blksize", "-1"),
        ("windowsize", "2"),
        ("windowsize", "0"),
    ] {
        assert_eq!(settle(offer, &[(name, value)]), refused(name, value));
    }
    assert_eq!(settle(Offer::NONE, &[("blksize", "1428")]), refused("blksize", "1428"));
    assert_eq!(settle(offer, &[("blksize", "1024"), ("BLKSIZE", "512")]), refused("BLKSIZE", "512"));
}

#[test]
fn a_server_leaves_out_what_it_cannot_grant() {
    let asked = |pairs: &[(&'static str, &'static str)]| {
        Offer::asked(&pairs.iter().map(|(name, value)| OptionPair::new(name, *value)).collect::<Vec<_>>())
    };
    assert_eq!(asked(&[("blksize", "7"), ("timeout", "0"), ("windowsize", "0"), ("multicast", "")]), Offer::NONE);
    assert_eq!(asked(&[("blksize", "70000")]).block_size, Some(65_464));
    assert_eq!(asked(&[("blksize", "512"), ("blksize", "8")]).block_size, Some(512));
    assert_eq!(asked(&[("windowsize", "9999")]).window, Some(64));
    let answer = Offer::answer(&asked(&[("blksize", "9000"), ("tsize", "0")]), 1428, Some(12));
    assert_eq!(answer, Offer { block_size: Some(1428), size: Some(12), ..Offer::NONE });
}

fn text() -> impl Strategy<Value = Cow<'static, str>> {
    "[^\\x00]{1,20}".prop_map(Cow::Owned)
}

fn pairs() -> impl Strategy<Value = Vec<OptionPair<'static>>> {
    prop::collection::vec((text(), text()).prop_map(|(name, value)| OptionPair { name, value }), 0..3)
}

fn requests() -> impl Strategy<Value = Request<'static>> {
    let mode = prop::sample::select(vec![Mode::Octet, Mode::Netascii, Mode::Mail]);
    (text(), mode, pairs()).prop_map(|(file, mode, options)| Request { file, mode, options })
}

fn packets() -> impl Strategy<Value = Packet<'static>> {
    prop_oneof![
        requests().prop_map(Packet::Rrq),
        requests().prop_map(Packet::Wrq),
        any::<u16>().prop_map(|block| Packet::Ack { block }),
        any::<u16>().prop_map(|block| Packet::Data { block, payload: b"the same in every case" }),
        (any::<u16>(), "[ -~]{0,60}").prop_map(|(code, message)| Packet::Error {
            code: ErrorCode::from_number(code),
            message: Cow::Owned(message),
        }),
        pairs().prop_map(Packet::Oack),
    ]
}

proptest! {
    #[test]
    fn a_packet_comes_out_as_it_went_in(packet in packets()) {
        let datagram = packet.encode();
        // 5 texts of 20 characters of up to 4 bytes stay below the limit of a request.
        prop_assert_eq!(Packet::parse(&datagram), Ok(packet));
    }

    #[test]
    fn any_bytes_are_a_packet_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..700), operation in 0_u8..8) {
        let _ = Packet::parse(&bytes);
        let likely = [&[0, operation], bytes.as_slice()].concat();
        if let Ok(packet) = Packet::parse(&likely) {
            let again = packet.encode();
            prop_assert_eq!(Packet::parse(&again), Ok(packet));
        }
    }
}
