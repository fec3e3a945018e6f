//! The terminal taken over, and given back whatever happens.

use std::{
    io::{self, IsTerminal as _},
    panic,
    sync::{
        Once,
        atomic::{AtomicBool, Ordering},
    },
};

use crossterm::{
    cursor::{Hide, Show},
    event::{DisableBracketedPaste, EnableBracketedPaste},
    execute,
    terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
};

use crate::TerminalError;

/// Whether the terminal is ours at the moment.
static OURS: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

/// Whether both standard input and standard output are a terminal.
pub fn is_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// The terminal while it is ours: raw, on its alternate screen, without a cursor. Dropping it gives it back; so does a
/// panic anywhere in the program, before it is reported.
#[derive(Debug)]
pub struct Tty(());

impl Tty {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// There is none, or it cannot be switched.
    pub fn take() -> Result<Tty, TerminalError> {
        if !is_terminal() {
            return Err(TerminalError::NoTerminal);
        }
        HOOK.call_once(|| {
            let report = panic::take_hook();
            panic::set_hook(Box::new(move |why| {
                give_back();
                report(why);
            }));
        });
        // From here on dropping gives back what was taken so far.
        OURS.store(true, Ordering::SeqCst);
        let tty = Tty(());
        enable_raw_mode()?;
        execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, Hide)?;
        Ok(tty)
    }

    /// Whether it is still ours: a panic gives it back.
    pub fn is_ours(&self) -> bool {
        OURS.load(Ordering::SeqCst)
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        give_back();
    }
}

fn give_back() {
    if OURS.swap(false, Ordering::SeqCst) {
        // A terminal that is gone needs nothing any more.
        let _ = execute!(io::stdout(), DisableBracketedPaste, LeaveAlternateScreen, Show);
        let _ = disable_raw_mode();
    }
}
