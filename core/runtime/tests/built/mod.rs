//! Builds the plugins below `tests/fixtures`, offline, with the workspace's own versions: what another vendor does.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

/// The library of the fixture `name`.
pub fn library(name: &str) -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(build).join(format!("lib{}.so", name.replace('-', "_")))
}

fn build() -> PathBuf {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = runtime.join("tests/fixtures");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("vendors");
    // What was fetched for the workspace is enough only if the same versions are chosen.
    std::fs::copy(runtime.join("../../Cargo.lock"), fixtures.join("Cargo.lock")).unwrap();
    let mut command = Command::new(env!("CARGO"));
    command.args(["build", "--offline"]).current_dir(&fixtures).env("CARGO_TARGET_DIR", &target);
    let done = command.output().unwrap();
    assert!(done.status.success(), "{command:?}\n{}", String::from_utf8_lossy(&done.stderr));
    target.join("debug")
}
