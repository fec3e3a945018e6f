//! The 4622SW: the call centre phone, whose speaker only listens.

use deskset_abi::{export_plugin, v1::PluginModel};
use deskset_models::{Description, Release};
use family_46xx::{Capability, H323, Member, Panel, Script};

const MEMBER: Member = Member {
    name: "4622SW",
    set_id: "4622D01A",
    panel: Panel::Large,
    scripts: Script::ALL,
    h323: H323 { first: Release::new(2, 2), http: Release::new(2, 2), push: Release::new(2, 2) },
    sip: None,
    capabilities: &[Capability::PcPort],
    // 4622SW User Guide 16-300297.
    speaker_talks: false,
    wml: "1.3",
};

struct M4622Sw;

impl PluginModel for M4622Sw {
    fn describe(&self) -> Description {
        MEMBER.describe()
    }
}

export_plugin! {
    id: "deskset-4622sw",
    version: env!("CARGO_PKG_VERSION"),
    vendor: "Deskset",
    models: [M4622Sw],
}
