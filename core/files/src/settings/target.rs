use deskset_models::{Model, Release, Signaling, since};

use super::names;
use crate::{script::Variables, site::newest_release};

/// A kind of phone that files are judged for.
#[derive(Clone, Copy, Debug)]
pub struct Target<'m> {
    /// The model.
    pub model: &'m Model,
    /// What SIG stands at.
    pub signaling: Signaling,
    /// The software it runs.
    pub release: Release,
    /// What GROUP stands at, 0 to 999.
    pub group: u16,
}

impl<'m> Target<'m> {
    /// A phone with the newest release, in group 0; `None` if the model has no software for that signaling.
    pub fn newest(model: &'m Model, signaling: Signaling) -> Option<Self> {
        Some(Target { model, signaling, release: newest_release(model, signaling)?, group: 0 })
    }

    /// Whether its software has an ability of [`deskset_models::since`].
    pub fn has(&self, ability: &str) -> bool {
        self.model.under(self.signaling).is_some_and(|rules| rules.has(ability, self.release))
    }

    /// What scripts may ask it. It stands for all phones of its kind, so that its hardware address is no one's.
    pub fn variables(&self) -> Variables {
        let tables = self.model.tables();
        let sig = self.model.under(self.signaling).map_or(0, |rules| rules.sig);
        Variables::new()
            .with("BOOTNAME", tables.boot_name.clone())
            .with(names::GROUP, self.group.to_string())
            .with(names::SIG, sig.to_string())
            .with("MODEL", tables.model_id.clone())
            .with("MODEL4", tables.model4.clone())
            .with("MACADDR", "")
    }

    /// Whether a failed GET goes on with the next line.
    pub fn get_continues(&self) -> bool {
        self.has(since::GET_CONTINUES)
    }

    /// The model and signaling, as in `X100 H.323`.
    pub fn kind(&self) -> String {
        format!("{} {}", self.model.name(), self.signaling)
    }
}
