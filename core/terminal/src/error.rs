use std::io;

use deskset_runtime::floor::Gone;
use deskset_screen::ScreenError;

/// Why a phone is not, or no longer, in a terminal.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// Standard input or output leads elsewhere.
    #[error(
        "a phone can be drawn in a terminal only, and standard input or output is none; run it in a terminal, or leave \
         --tui out"
    )]
    NoTerminal,
    /// The terminal does not do as told.
    #[error("the terminal cannot be used: {0}; try another one, or leave --tui out")]
    Terminal(#[from] io::Error),
    /// The display of the model.
    #[error(transparent)]
    Display(#[from] ScreenError),
    /// The phone was taken away.
    #[error(transparent)]
    Gone(#[from] Gone),
    /// A part of the program panicked; it has said so.
    #[error("a part of the program broke down; see above")]
    Broken,
}
