//! The commands. Each file parses nothing and decides nothing: it calls one library function and prints.
#![allow(clippy::print_stderr)]

/// `println!` for a reader that may go away: `| head` is no defect.
macro_rules! say {
    ($($words:tt)*) => { crate::show::line(format_args!($($words)*)) };
}

mod arguments;
pub mod bench;
mod commands;
mod dhcp;
mod exit;
pub mod interop;
mod logging;
pub mod passwords;
mod plugins;
pub mod requirements;
mod show;
pub mod structure;
mod user;

pub use arguments::Arguments;
pub use exit::{CommandError, Exit};

/// Runs one command and says how it ended.
pub fn run(arguments: Arguments) -> Exit {
    logging::start();
    match commands::run(arguments) {
        Ok(exit) => exit,
        Err(error) => {
            eprintln!("deskset: {error}");
            error.exit()
        }
    }
}
