//! `cargo xtask …`, also installable as `deskset`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let arguments = xtask::Arguments::parse();
    match std::panic::catch_unwind(|| xtask::run(arguments)) {
        Ok(exit) => exit.into(),
        // The panic hook has printed where; nothing that a user does may lead here.
        Err(_) => {
            eprintln!("deskset: this is a defect of Deskset; please report it with the lines above");
            xtask::Exit::Defect.into()
        }
    }
}
