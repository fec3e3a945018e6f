use std::{collections::BTreeSet, sync::Arc};

use deskset_models::{Model, ParameterRow, Release};

use super::{Layer, Origin, Parameter};

/// The parameters that phones themselves act on, as the guides spell them. All others are only kept.
#[expect(missing_docs, reason = "the parameter tables of the models say what each means")]
pub mod names {
    pub const APPNAME: &str = "APPNAME";
    pub const APPSTAT: &str = "APPSTAT";
    pub const AUDASYS: &str = "AUDASYS";
    pub const AUTH: &str = "AUTH";
    pub const BAKLIGHTOFF: &str = "BAKLIGHTOFF";
    pub const BRURI: &str = "BRURI";
    pub const DNSSRVR: &str = "DNSSRVR";
    pub const DOMAIN: &str = "DOMAIN";
    pub const FTPDIR: &str = "FTPDIR";
    pub const FTPSRVR: &str = "FTPSRVR";
    pub const FTPUSERSTAT: &str = "FTPUSERSTAT";
    pub const GROUP: &str = "GROUP";
    pub const HTTPDIR: &str = "HTTPDIR";
    pub const HTTPPORT: &str = "HTTPPORT";
    pub const HTTPSRVR: &str = "HTTPSRVR";
    pub const IPADD: &str = "IPADD";
    pub const L2Q: &str = "L2Q";
    pub const L2QVLAN: &str = "L2QVLAN";
    pub const MCIPADD: &str = "MCIPADD";
    pub const NVALERT: &str = "NVALERT";
    pub const NVCONTRAST: &str = "NVCONTRAST";
    pub const OPSTAT: &str = "OPSTAT";
    pub const PHY2VLAN: &str = "PHY2VLAN";
    pub const PROCPSWD: &str = "PROCPSWD";
    pub const PROCSTAT: &str = "PROCSTAT";
    pub const PUSHCAP: &str = "PUSHCAP";
    pub const PUSHPORT: &str = "PUSHPORT";
    pub const RESTORESTAT: &str = "RESTORESTAT";
    pub const SIG: &str = "SIG";
    pub const SIPREGISTRAR: &str = "SIPREGISTRAR";
    pub const STATIC: &str = "STATIC";
    pub const SUBSCRIBELIST: &str = "SUBSCRIBELIST";
    pub const TFTPDIR: &str = "TFTPDIR";
    pub const TFTPSRVR: &str = "TFTPSRVR";
    pub const TLSSRVR: &str = "TLSSRVR";
    pub const TPSLIST: &str = "TPSLIST";
    pub const UNNAMEDSTAT: &str = "UNNAMEDSTAT";
    pub const WMLEXCEPT: &str = "WMLEXCEPT";
    pub const WMLHOME: &str = "WMLHOME";
    pub const WMLIDLETIME: &str = "WMLIDLETIME";
    pub const WMLIDLEURI: &str = "WMLIDLEURI";
    pub const WMLPORT: &str = "WMLPORT";
    pub const WMLPROXY: &str = "WMLPROXY";
}

/// A phone's parameters: layers of what was set, the later over the earlier, over the defaults of the model's table.
///
/// Layers are shared: a hundred thousand phones with the same files and variables hold the same ones.
#[derive(Clone, Debug)]
pub struct Parameters {
    model: Model,
    layers: Vec<Arc<Layer>>,
}

impl Parameters {
    /// Nothing set yet.
    pub fn new(model: &Model) -> Self {
        Parameters { model: model.clone(), layers: Vec::new() }
    }

    /// Puts a layer on top.
    pub fn push(&mut self, layer: Arc<Layer>) {
        if !layer.is_empty() {
            self.layers.push(layer);
        }
    }

    /// The value in force under a name spelled in capitals: what was set, else the default, else nothing.
    pub fn value(&self, name: &str) -> &str {
        match self.get(name) {
            Some(parameter) => &parameter.value,
            None => self.model.parameter(name).map_or("", |row| row.default.as_str()),
        }
    }

    /// The same where the model has the parameter and software of `release` knows it; nothing where not.
    pub fn value_under(&self, name: &str, release: Release) -> &str {
        let known = |row: &ParameterRow| row.since.is_none_or(|since| release >= since);
        if self.model.parameter(name).is_some_and(known) { self.value(name) } else { "" }
    }

    /// What holds of all that was set under a name spelled in capitals.
    ///
    /// Two exceptions to "the last one wins": STATIC keeps an address that was entered at the phone, and LLDP is the
    /// authority on VLANs.
    pub fn get(&self, name: &str) -> Option<&Parameter> {
        let authority = if VLANS.contains(&name) {
            self.from(name, &Origin::Lldp)
        } else if self.is_static(name) {
            self.from(name, &Origin::Manual)
        } else {
            None
        };
        authority.or_else(|| self.top(name))
    }

    fn top(&self, name: &str) -> Option<&Parameter> {
        self.layers.iter().rev().find_map(|layer| layer.get(name))
    }

    fn from(&self, name: &str, origin: &Origin) -> Option<&Parameter> {
        self.layers.iter().rev().filter_map(|layer| layer.get(name)).find(|parameter| parameter.origin == *origin)
    }

    /// Source: the series' MIB, `endptSTATIC`; the values: the vendor's settings template.
    fn is_static(&self, name: &str) -> bool {
        let (file_servers, call_servers) = (FILE_SERVERS.contains(&name), CALL_SERVERS.contains(&name));
        if !file_servers && !call_servers {
            return false;
        }
        match self.top(names::STATIC).map(|parameter| parameter.value.as_str()) {
            Some("1") => file_servers,
            Some("2") => call_servers,
            Some("3") => true,
            _ => false,
        }
    }

    /// Everything that was set and holds, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Parameter)> {
        let names: BTreeSet<&str> = self.layers.iter().flat_map(|layer| layer.iter().map(|(name, _)| name)).collect();
        names.into_iter().filter_map(|name| Some((name, self.get(name)?)))
    }

    /// The layers, lowest first.
    pub fn layers(&self) -> &[Arc<Layer>] {
        &self.layers
    }
}

const FILE_SERVERS: [&str; 3] = [names::TFTPSRVR, names::HTTPSRVR, names::TLSSRVR];
const CALL_SERVERS: [&str; 2] = [names::MCIPADD, names::SIPREGISTRAR];
const VLANS: [&str; 3] = [names::L2Q, names::L2QVLAN, names::PHY2VLAN];
