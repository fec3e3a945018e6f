//! Only what was packed is a container: each has one way to be written, payload and all.
#![no_main]

use deskset_files::application::{Application, ApplicationFile};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match ApplicationFile::read(bytes) {
        Ok(ApplicationFile::Lab(read)) => {
            let payload = &bytes[bytes.len() - read.length..];
            assert_eq!(Application::pack(&read.name, &read.model, read.signaling, read.release, payload), bytes);
        }
        Ok(ApplicationFile::Foreign { .. }) => assert!(!bytes.starts_with(b"DESKSET APPLICATION 1\n")),
        Err(why) => assert!(!why.to_string().is_empty()),
    }
    // The bytes as payload, and one of them damaged.
    let mut packed = Application::pack("x100.bin", "X100", deskset_models::Signaling::H323, Default::default(), bytes);
    assert!(matches!(ApplicationFile::read(&packed), Ok(ApplicationFile::Lab(_))));
    if let Some(first) = bytes.first() {
        let at = 22 + usize::from(*first) % (packed.len() - 22);
        packed[at] ^= 1;
        assert!(ApplicationFile::read(&packed).is_err());
    }
});
