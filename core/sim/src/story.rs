use std::fmt;

use deskset_files::application::Fingerprint;
use deskset_phone::Event;

/// What happened, one event per line.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Story {
    lines: Vec<String>,
}

impl Story {
    pub(crate) fn tell(&mut self, phone: &str, event: &Event) {
        self.lines.push(format!("{}  {phone:<8} {:<11}  {}", event.at, event.kind.step(), event.kind));
    }

    /// The lines so far.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The SHA-256 of the lines: the same seed gives the same.
    pub fn digest(&self) -> Fingerprint {
        Fingerprint::of(self.to_string().as_bytes())
    }
}

impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
