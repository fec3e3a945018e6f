//! Text on its way.
#![allow(missing_docs)]

use deskset_tftp::netascii::{decode, encode};
use proptest::prelude::*;

#[test]
fn line_ends_travel_as_cr_lf_and_come_out_as_lf() {
    let cases: [(&[u8], &[u8], &[u8]); 8] = [
        (b"", b"", b""),
        (b"SET A 1\nSET B 2\n", b"SET A 1\r\nSET B 2\r\n", b"SET A 1\nSET B 2\n"),
        // A file that has them already.
        (b"SET A 1\r\n", b"SET A 1\r\n", b"SET A 1\n"),
        (b"a\rb", b"a\r\0b", b"a\rb"),
        (b"a\r", b"a\r\0", b"a\r"),
        (b"a\r\r\n", b"a\r\0\r\n", b"a\r\n"),
        (b"\n\n", b"\r\n\r\n", b"\n\n"),
        (b"a\0b\xff", b"a\0b\xff", b"a\0b\xff"),
    ];
    for (file, wire, back) in cases {
        assert_eq!((encode(file), decode(wire)), (wire.to_vec(), back.to_vec()), "{file:?}");
    }
}

#[test]
fn what_a_careless_sender_leaves_bare_is_kept() {
    assert_eq!(decode(b"a\rb\nc\r"), b"a\rb\nc\r");
}

/// Bytes in which line ends are frequent.
fn text() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), Just(0), any::<u8>()], 0..200)
}

fn with_lf(bytes: &[u8]) -> Vec<u8> {
    let mut file = bytes.to_vec();
    while let Some(at) = file.windows(2).position(|pair| pair == b"\r\n") {
        file.remove(at);
    }
    file
}

proptest! {
    #[test]
    fn a_text_with_lf_line_ends_comes_out_as_it_went_in(bytes in text()) {
        let file = with_lf(&bytes);
        prop_assert_eq!(decode(&encode(&file)), file);
    }

    #[test]
    fn what_travels_has_no_bare_line_end(bytes in text()) {
        let wire = encode(&bytes);
        for (at, byte) in wire.iter().enumerate() {
            if *byte == b'\r' {
                prop_assert!(matches!(wire.get(at + 1), Some(b'\n' | 0)));
            }
            if *byte == b'\n' {
                prop_assert!(at > 0 && wire[at - 1] == b'\r');
            }
        }
    }

    #[test]
    fn any_bytes_decode_to_no_more_than_they_were(bytes in text()) {
        prop_assert!(decode(&bytes).len() <= bytes.len());
    }
}
