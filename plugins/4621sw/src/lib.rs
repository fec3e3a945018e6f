//! The 4621SW: a 4620SW with a lit screen.

use deskset_abi::{export_plugin, v1::PluginModel};
use deskset_models::{Description, Release};
use family_46xx::{Capability, H323, Member, Panel, Script, Sip};

const MEMBER: Member = Member {
    name: "4621SW",
    set_id: "4621D01A",
    panel: Panel::Large,
    scripts: Script::ALL,
    h323: H323 { first: Release::new(2, 2), http: Release::new(2, 2), push: Release::new(2, 2) },
    sip: Some(Sip { first: Release::new(2, 2) }),
    capabilities: &[Capability::PcPort, Capability::Backlight],
    speaker_talks: true,
    wml: "1.3",
};

struct M4621Sw;

impl PluginModel for M4621Sw {
    fn describe(&self) -> Description {
        MEMBER.describe()
    }
}

export_plugin! {
    id: "deskset-4621sw",
    version: env!("CARGO_PKG_VERSION"),
    vendor: "Deskset",
    models: [M4621Sw],
}
