//! The 4620SW: the 4620's successor with multi-byte fonts.

use deskset_abi::{export_plugin, v1::PluginModel};
use deskset_models::{Description, Release};
use family_46xx::{Capability, H323, Member, Panel, Script, Sip};

const MEMBER: Member = Member {
    name: "4620SW",
    set_id: "4620D01B",
    panel: Panel::Large,
    scripts: Script::ALL,
    h323: H323 { first: Release::new(2, 0), http: Release::new(2, 2), push: Release::new(2, 1) },
    sip: Some(Sip { first: Release::new(2, 2) }),
    capabilities: &[Capability::PcPort, Capability::Infrared],
    speaker_talks: true,
    wml: "1.3",
};

struct M4620Sw;

impl PluginModel for M4620Sw {
    fn describe(&self) -> Description {
        MEMBER.describe()
    }
}

export_plugin! {
    id: "deskset-4620sw",
    version: env!("CARGO_PKG_VERSION"),
    vendor: "Deskset",
    models: [M4620Sw],
}
