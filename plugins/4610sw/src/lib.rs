//! The 4610SW: the smallest screen of the series.

use deskset_abi::{export_plugin, v1::PluginModel};
use deskset_models::{Description, Release};
use family_46xx::{Capability, H323, Member, Panel, Script, Sip};

const MEMBER: Member = Member {
    name: "4610SW",
    set_id: "4610D01A",
    panel: Panel::Small,
    scripts: Script::ALL,
    h323: H323 { first: Release::new(2, 0), http: Release::new(2, 2), push: Release::new(2, 1) },
    sip: Some(Sip { first: Release::new(2, 2) }),
    capabilities: &[Capability::PcPort, Capability::Infrared],
    speaker_talks: true,
    wml: "1.3",
};

struct M4610Sw;

impl PluginModel for M4610Sw {
    fn describe(&self) -> Description {
        MEMBER.describe()
    }
}

export_plugin! {
    id: "deskset-4610sw",
    version: env!("CARGO_PKG_VERSION"),
    vendor: "Deskset",
    models: [M4610Sw],
}
