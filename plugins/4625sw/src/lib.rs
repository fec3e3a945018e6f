//! The 4625SW: the colour screen.

use deskset_abi::{export_plugin, v1::PluginModel};
use deskset_models::{Description, Release};
use family_46xx::{Capability, H323, Member, Panel, Script, Sip};

const MEMBER: Member = Member {
    name: "4625SW",
    set_id: "4625D01A",
    panel: Panel::Colour,
    scripts: Script::ALL,
    // Not among the HTTP models of August 2006 (LAN Administrator Guide Issue 4).
    h323: H323 { first: Release::new(2, 5), http: Release::new(2, 7), push: Release::new(2, 5) },
    sip: Some(Sip { first: Release { major: 2, minor: 2, patch: 2 } }),
    capabilities: &[Capability::PcPort, Capability::Backlight],
    speaker_talks: true,
    wml: "1.3",
};

struct M4625Sw;

impl PluginModel for M4625Sw {
    fn describe(&self) -> Description {
        MEMBER.describe()
    }
}

export_plugin! {
    id: "deskset-4625sw",
    version: env!("CARGO_PKG_VERSION"),
    vendor: "Deskset",
    models: [M4625Sw],
}
