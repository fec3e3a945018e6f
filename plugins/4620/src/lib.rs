//! The 4620: the first of the larger screens, without multi-byte fonts.

use deskset_abi::{export_plugin, v1::PluginModel};
use deskset_models::{Description, Release};
use family_46xx::{Capability, H323, Member, Panel};

const MEMBER: Member = Member {
    name: "4620",
    set_id: "4620D01A",
    panel: Panel::Large,
    // No Cyrillic, Hebrew, Han or Hiragana (LAN Administrator Guide R2.7, Backup/Restore).
    scripts: &[],
    h323: H323 { first: Release::new(2, 0), http: Release::new(2, 2), push: Release::new(2, 1) },
    sip: None,
    capabilities: &[Capability::PcPort, Capability::Infrared],
    speaker_talks: true,
    wml: "1.2",
};

struct M4620;

impl PluginModel for M4620 {
    fn describe(&self) -> Description {
        MEMBER.describe()
    }
}

export_plugin! {
    id: "deskset-4620",
    version: env!("CARGO_PKG_VERSION"),
    vendor: "Deskset",
    models: [M4620],
}
