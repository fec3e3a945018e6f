//! Any bytes are a script, and every run of it ends.
#![no_main]

use deskset_files::script::{Position, Script, Stop, Variables};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(script) = Script::parse("fuzz.scr", bytes) else { return };
    let variables = Variables::new().with("BOOTNAME", "boot.v03").with("GROUP", "1").with("SIG", "2");
    let mut from = Position::default();
    let mut sets = 0;
    while let Stop::Get { file, next, .. } = script.run(from, &variables, |_| sets += 1) {
        assert!(next > from, "a run always goes on");
        assert!(!file.is_empty());
        from = next;
    }
    assert!(sets <= script.statements().count());
});
