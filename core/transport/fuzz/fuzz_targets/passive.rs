//! Any answer to PASV or EPSV gives a port or none; what RFC 959 and RFC 2428 write gives the port written.
#![no_main]

use deskset_transport::fuzzing::passive_port;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    // As the client does it: the answer's bytes are read as text.
    let text = String::from_utf8_lossy(input);
    assert_ne!(passive_port(&text), Some(0));
    let [high, low, words @ ..] = input else { return };
    let port = u16::from_be_bytes([*high, *low]);
    let expected = (port > 0).then_some(port);
    // Words without a digit or a bar may stand around the port in any way.
    let words: String =
        String::from_utf8_lossy(words).chars().filter(|c| !c.is_ascii_digit() && !"|,\r\n".contains(*c)).collect();
    assert_eq!(passive_port(&format!("227 {words}(192,0,2,1,{high},{low}){words}")), expected);
    assert_eq!(passive_port(&format!("229 {words}(|||{port}|){words}")), expected);
});
