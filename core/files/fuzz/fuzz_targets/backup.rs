//! Any bytes are read or refused, and what was read is written once and for all.
#![no_main]

mod common;

use common::MODEL;
use deskset_files::backup::{BackupFile, UserData, write};
use deskset_models::Signaling;
use libfuzzer_sys::fuzz_target;

fn written(data: &UserData, signaling: Signaling) -> Vec<u8> {
    write(data, &MODEL, signaling, |name| {
        let row = MODEL.tables().options.find(name).map(|(_, row)| row.default.clone());
        data.options.get(name).cloned().or(row).unwrap_or_default()
    })
}

fuzz_target!(|bytes: &[u8]| {
    for signaling in Signaling::ALL {
        let Ok(file) = BackupFile::read(bytes, &MODEL, signaling) else { continue };
        assert!(file.dropped.is_sorted_by_key(|dropped| dropped.line));
        let once = written(&file.data, signaling);
        let again = BackupFile::read(&once, &MODEL, signaling).expect("what was written is read");
        assert_eq!(again.dropped, []);
        assert_eq!(written(&again.data, signaling), once);
    }
});
