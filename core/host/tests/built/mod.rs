//! Builds the plugins below `tests/fixtures` once per test program, offline, with the workspace's own versions.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

/// The library of the fixture `name`.
pub fn library(name: &str) -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(build).join(format!("lib{name}.so"))
}

fn build() -> PathBuf {
    let host = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = host.join("tests/fixtures");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
    // What was fetched for the workspace is enough only if the same versions are chosen.
    std::fs::copy(host.join("../../Cargo.lock"), fixtures.join("Cargo.lock")).unwrap();
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        command.args(arguments).current_dir(&fixtures).env("CARGO_TARGET_DIR", &target);
        let done = command.output().unwrap();
        assert!(done.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&done.stderr));
    };
    cargo(&["build", "--offline", "--examples"]);
    cargo(&["rustc", "--offline", "--features", "aborting", "--example", "aborting", "--", "-C", "panic=abort"]);
    target.join("debug/examples")
}
