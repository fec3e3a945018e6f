//! Any bytes are checked, mended for good without a change of meaning, and converted without loss.
#![no_main]

mod common;

use common::MODEL;
use deskset_files::backup::{
    BackupCheck, BackupFile, BackupPhone, convert, decode, difference, fix, is_mended, is_password_line,
    write_what_is_set,
};
use deskset_models::{Repertoire, Signaling};
use libfuzzer_sys::fuzz_target;

fn can_show(repertoire: &Repertoire, c: char) -> bool {
    repertoire.ranges.iter().any(|(first, last)| (*first..=*last).contains(&u32::from(c)))
}

fuzz_target!(|bytes: &[u8]| {
    let phones = Signaling::ALL.map(|signaling| BackupPhone { model: &MODEL, signaling });
    let all = BackupCheck { phones: &phones, known: &phones, can_show };
    let (text, _) = decode(bytes);
    for found in all.findings("4711_data.txt", bytes) {
        assert!(bytes.len() > 64 * 1024 || text.get(found.place.range()).is_some());
    }
    let has_password = text.split(['\r', '\n']).any(is_password_line);
    for phone in phones {
        let check = BackupCheck { phones: &[phone], known: &phones, can_show };
        let Ok(once) = fix(&check, "4711_data.txt", bytes) else { continue };
        assert!(once.left.iter().all(|found| !is_mended(found.rule)));
        let again = fix(&check, "4711_data.txt", &once.bytes).expect("what was mended can be read");
        assert_eq!((&again.bytes, again.mended), (&once.bytes, Vec::new()));
        let read = |bytes: &[u8]| BackupFile::read(bytes, phone.model, phone.signaling).map(|file| file.data);
        assert!(has_password || read(bytes) == read(&once.bytes));
        for to in phones {
            let moved = convert(bytes, &phone, &to, can_show).expect("what can be mended can be converted");
            let written = write_what_is_set(&moved.data, to.model, to.signaling);
            let data = BackupFile::read(&written, to.model, to.signaling).map(|file| file.data).unwrap_or_default();
            assert_eq!(difference(&moved.data, &data), []);
        }
    }
});
