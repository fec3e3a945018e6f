//! Any bytes are a script, every run of it ends, and its one form says the same.
#![no_main]

use deskset_files::{
    format::format,
    script::{Position, Script, Stop, Variables},
};
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
    if let Ok(formatted) = format("fuzz.scr", bytes) {
        let again = Script::parse("fuzz.scr", &formatted).expect("the form of a script is a script");
        assert!(again.statements().eq(script.statements()));
        assert_eq!(format("fuzz.scr", &formatted).as_deref(), Ok(formatted.as_slice()));
    }
});
