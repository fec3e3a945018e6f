//! Any bytes are a push message, push content, or neither; what was read is written and read again.
#![no_main]

use deskset_browser::push::{Content, PushMessage};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for read in [PushMessage::parse(bytes, |_| true), PushMessage::from_form(bytes, |_| true)] {
        match read {
            // What is written may have more bytes than a message may have: quotes become entities.
            Ok(message) => match PushMessage::parse(message.to_xml().as_bytes(), |_| true) {
                Ok(again) => assert_eq!(again, message),
                Err(why) => assert!(why.to_string().contains("more than"), "{why}"),
            },
            Err(why) => assert!(!why.to_string().is_empty()),
        }
    }
    match Content::parse(bytes, None) {
        Ok(content) => match Content::parse(content.to_xml().as_bytes(), None) {
            Ok(again) => assert_eq!(again, content),
            Err(why) => assert!(why.to_string().contains("more than"), "{why}"),
        },
        Err(why) => assert!(!why.to_string().is_empty()),
    }
});
