//! Every limit of the terminal.

/// Lines of events that are remembered for the pane beside the phone.
pub const EVENTS_SHOWN_MAX: usize = 500;

/// Characters of one paste that are typed.
pub const PASTE_CHARS_MAX: usize = 1_000;
