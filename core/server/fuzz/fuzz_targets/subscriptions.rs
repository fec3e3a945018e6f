//! Any bytes are a subscription, a directory's file, or neither; what is known is written and read again.
#![no_main]

use std::{
    net::{IpAddr, Ipv4Addr},
    time::{Duration, SystemTime},
};

use deskset_server::Directory;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let from = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let asked = Directory::new(80);
    let query = String::from_utf8_lossy(bytes);
    // Several in a row: phones that take each other's place.
    for query in query.split('\n') {
        let known = asked.list(now).len();
        match asked.subscribe(query, from, now) {
            Ok(mac) => assert!(asked.list(now).iter().any(|phone| phone.mac == mac)),
            Err(_) => assert_eq!(asked.list(now).len(), known),
        }
    }
    let read = Directory::new(80);
    if read.recall(bytes, now).is_err() {
        assert!(read.list(now).is_empty());
    }
    for directory in [asked, read] {
        let again = Directory::new(80);
        again.recall(&directory.record(), now).expect("what was written can be read");
        assert_eq!(again.list(now), directory.list(now));
        assert_eq!(again.record(), directory.record());
    }
});
