//! The commands
fn main() {}
