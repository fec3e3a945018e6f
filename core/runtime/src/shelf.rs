//! What many phones were given alike, kept once for all of them.

use deskset_files::settings::Shared;
use deskset_phone::{KnownApplication, Memory, Setup, StoredApplication};

/// What the last phones were set up with. Those of one site have the same.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    pairs: Shared<[(String, String)]>,
    applications: Shared<[KnownApplication]>,
    stored: Shared<StoredApplication>,
}

impl Shelf {
    /// The same setup, with the lists of an earlier one where they are equal.
    pub(crate) fn shared(&self, setup: Setup) -> Setup {
        let (manual, site) = (self.pairs.shared(setup.manual), self.pairs.shared(setup.site));
        Setup { manual, site, applications: self.applications.shared(setup.applications), ..setup }
    }

    /// The same memory, with the application of an earlier one where they are equal.
    pub(crate) fn shared_memory(&self, memory: Memory) -> Memory {
        let application = memory.application.map(|stored| self.stored.shared(stored));
        Memory { application, ..memory }
    }
}
