//! Servers and phones of one profile, put together.

use std::{
    collections::BTreeSet,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};

use deskset_files::{
    site::Site,
    tree::{FileTree as _, TreeError},
};
use deskset_host::Catalog;
use deskset_models::{Extension, FilePath, Model, Secret};
use deskset_phone::{Login, Memory, Protocol, Registrar, names};
use deskset_profiles::{Profile, PushListen, TftpRollover};
use deskset_server::{
    Addresses, AnonymousFtp, BackupNames, Directory, DiskTree, FileServer, FtpSettings, FtpUser, HttpsSettings, Kept,
    LabCa, Names, PushSite, Recorder, Rollover, ServerError, ServerSettings, TftpSettings,
};
use deskset_transport::{TransferLimits, Transport, TransportSettings};

use crate::{Carrier, Desk, PhoneChoice, PushSettings, RuntimeError, StateFolder, Watcher, floor::Floor};

/// Bytes of software in the application files a lab makes.
const LAB_APPLICATION_BYTES: usize = 256 * 1024;

/// The control port that phones take for FTP.
const FTP_PORT: u16 = 21;

/// Where in a state folder the lab's CA is.
pub const CA_FOLDER: &str = "ca";

/// Where in a state folder the phones are that have subscribed.
pub const SUBSCRIPTIONS_FOLDER: &str = "subscriptions";

/// The port that phones take for pushes.
const PUSH_PORT: u16 = 80;

/// The servers of a profile on one folder.
#[derive(Debug)]
pub struct Servers {
    server: FileServer,
    tree: DiskTree,
    ca_certificate: String,
    /// What phones are told in place of an address that stands for all of this machine's.
    told: Option<IpAddr>,
    ftp_folder: Option<PathBuf>,
    directory: Directory,
    /// The folder that keeps it.
    kept: Option<(PathBuf, Kept)>,
}

impl Servers {
    /// Starts what the profile switches on. `state`: the folder in which the lab's CA and the phones that have subscribed
    /// are kept; without one the CA is made anew, and phones are forgotten with the servers.
    /// `told`: the address that phones are told, where the ports are open on all of the machine's.
    pub async fn start(
        profile: &Profile,
        catalog: &Catalog,
        root: &Path,
        state: Option<&Path>,
        told: Option<IpAddr>,
        recorder: Recorder,
    ) -> Result<Servers, RuntimeError> {
        let wanted = &profile.servers;
        let ca = match state {
            Some(state) => LabCa::load_or_create(&state.join(CA_FOLDER))?,
            None => LabCa::create()?,
        };
        let mut settings = ServerSettings::new(root, wanted.bind);
        settings.per_address = wanted.connections_per_address;
        settings.tftp_port = wanted.tftp;
        settings.tftp = TftpSettings {
            writable: wanted.tftp_writable,
            rollover: match wanted.tftp_rollover {
                TftpRollover::Zero => Rollover::ToZero,
                TftpRollover::One => Rollover::ToOne,
                TftpRollover::Refused => Rollover::Refuse,
            },
        };
        settings.http_port = wanted.http;
        if let Some(port) = wanted.https {
            let addresses = told.iter().chain([&wanted.bind]).map(IpAddr::to_string);
            let names: BTreeSet<String> = addresses.chain(["127.0.0.1".to_owned(), "localhost".to_owned()]).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            settings.https = Some(HttpsSettings { port, identity: ca.issue(&names)? });
        }
        settings.ftp = wanted.ftp.map(|port| ftp(profile, catalog, port));
        // Phones do not tell on which port they take pushes: it is the profile's.
        let directory = Directory::new(profile.phones.push_listen.port().unwrap_or(PUSH_PORT));
        settings.push = Some(PushSite { shelf: None, directory: Some(directory.clone()) });
        let keep = |folder: PathBuf| directory.keep(&folder).map(|kept| (folder, kept));
        let kept = state.map(|state| keep(state.join(SUBSCRIPTIONS_FOLDER))).transpose()?;
        let ftp_folder = settings.ftp.as_ref().map(|ftp| root.join(&ftp.folder));
        let server = FileServer::start(settings, recorder).await?;
        let tree = DiskTree::open(root, Names::AnyCase).map_err(TreeError::from)?;
        let ca_certificate = ca.certificate().to_owned();
        Ok(Servers { server, tree, ca_certificate, told, ftp_folder, directory, kept })
    }

    /// How a phone is told of a server: without the port that it takes anyway. `None` if no address is known that a
    /// phone could use.
    fn for_phones(&self, address: SocketAddr, usual_port: u16) -> Option<String> {
        let ip = self.told.or(Some(address.ip()).filter(|ip| !ip.is_unspecified()))?;
        Some(match address.port() {
            port if port == usual_port => ip.to_string(),
            port => SocketAddr::new(ip, port).to_string(),
        })
    }

    /// Where each protocol is served.
    pub fn addresses(&self) -> &Addresses {
        self.server.addresses()
    }

    /// The folder that FTP stores into, if it is served.
    pub fn ftp_folder(&self) -> Option<&Path> {
        self.ftp_folder.as_deref()
    }

    /// Tries whether this process, which may have become another user's since, can store what FTP takes and keep what
    /// phones told.
    ///
    /// # Errors
    /// The folder, and why not.
    pub fn check_writable(&self) -> Result<(), RuntimeError> {
        for folder in self.ftp_folder.iter().chain(self.kept.iter().map(|(folder, _)| folder)) {
            let tried = DiskTree::open(folder, Names::AnyCase).and_then(|tree| tree.check_writable());
            tried.map_err(|source| ServerError::FolderReadOnly { folder: folder.clone(), source })?;
        }
        Ok(())
    }

    /// The certificate that phones are to trust.
    pub fn ca_certificate(&self) -> &str {
        &self.ca_certificate
    }

    /// The phones that have subscribed with these servers.
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// What phones have to be told to take pushes from this machine, and to subscribe here. Nothing if HTTP is not
    /// served, or no address is known that a phone could use.
    pub fn push_settings(&self) -> Vec<(String, String)> {
        let http = Protocol::Http.usual_port();
        let Some(server) = self.addresses().http.and_then(|address| self.for_phones(address, http)) else {
            return Vec::new();
        };
        let host = server.split(':').next().unwrap_or_default().to_owned();
        vec![
            (names::TPSLIST.to_owned(), host),
            (names::SUBSCRIBELIST.to_owned(), format!("http://{server}/push/subscribe")),
        ]
    }

    /// Puts upgrade script, settings file and application files for `models` into the folder.
    pub fn write_site<'m>(&self, models: impl IntoIterator<Item = &'m Model>) -> Result<(), RuntimeError> {
        self.write_site_with(models, Vec::new())
    }

    /// The same, with more in the settings file.
    pub fn write_site_with<'m>(
        &self,
        models: impl IntoIterator<Item = &'m Model>,
        mut settings: Vec<(String, String)>,
    ) -> Result<(), RuntimeError> {
        if let Some(ftp) = self.addresses().ftp.and_then(|address| self.for_phones(address, FTP_PORT)) {
            settings.push((names::FTPSRVR.to_owned(), ftp));
        }
        // Users of a lab do not move the server: its port changes with every run.
        settings.push((names::FTPUSERSTAT.to_owned(), "0".to_owned()));
        settings.push((names::RESTORESTAT.to_owned(), "1".to_owned()));
        let site = Site { settings, payload_bytes: LAB_APPLICATION_BYTES };
        for (path, bytes) in site.files(models)? {
            self.tree.store(&path, &bytes)?;
        }
        Ok(())
    }

    /// What DHCP would have to say for phones to find these servers: those of one protocol, or of all.
    pub fn site_for(&self, only: Option<Protocol>) -> Vec<(String, String)> {
        self.site(only, |address, usual_port| self.for_phones(address, usual_port))
    }

    fn site(&self, only: Option<Protocol>, words: impl Fn(SocketAddr, u16) -> Option<String>) -> Vec<(String, String)> {
        let addresses = self.addresses();
        let servers = [
            (Protocol::Https, names::TLSSRVR, addresses.https),
            (Protocol::Http, names::HTTPSRVR, addresses.http),
            (Protocol::Tftp, names::TFTPSRVR, addresses.tftp),
        ];
        servers
            .into_iter()
            .filter(|(protocol, ..)| only.is_none_or(|only| only == *protocol))
            .filter_map(|(protocol, name, address)| Some((name.to_owned(), words(address?, protocol.usual_port())?)))
            .collect()
    }

    /// The same for phones of this machine, which reach the servers wherever they are open.
    pub fn site_here(&self) -> Vec<(String, String)> {
        let here = |address: SocketAddr| match address.ip() {
            ip if ip.is_unspecified() => SocketAddr::new(Ipv4Addr::LOCALHOST.into(), address.port()),
            _ => address,
        };
        self.site(None, |address, _| Some(here(address).to_string()))
    }

    /// Ends all transfers and closes all ports.
    pub async fn stop(self) {
        self.server.stop().await;
        if let Some((_, kept)) = self.kept {
            kept.stop().await;
        }
    }
}

fn ftp(profile: &Profile, catalog: &Catalog, port: u16) -> FtpSettings {
    let wanted = &profile.servers;
    let models: Vec<Model> = catalog.models().cloned().collect();
    let is_backup_file = move |name: &str| models.iter().any(|model| model.tables().files.is_backup_file(name));
    let mut settings = FtpSettings::new(port);
    settings.users = wanted
        .ftp_users
        .iter()
        .map(|(name, password)| FtpUser { name: name.clone(), password: password.clone() })
        .collect();
    if wanted.anonymous_ftp {
        settings.anonymous = AnonymousFtp::MayStore(BackupNames::new(is_backup_file));
    }
    settings.versions = wanted.ftp_versions;
    settings.sync = wanted.ftp_sync;
    settings.passive_ports.clone_from(&wanted.ftp_passive_ports);
    settings
}

/// A carrier for phones of `profile`, trusting this CA, with the profile's extensions.
pub fn carrier(
    profile: &Profile,
    vendor_ca: Option<(&str, Vec<u8>)>,
    registrar: Registrar,
    state: StateFolder,
) -> Result<Carrier, RuntimeError> {
    let limits = &profile.limits;
    let (file, vendor_ca_pem) = vendor_ca.map_or((String::new(), None), |(file, pem)| (file.to_owned(), Some(pem)));
    let settings = TransportSettings {
        vendor_ca_pem,
        slots: limits.transfers_at_once,
        limits: TransferLimits {
            connect: limits.connect,
            reply: limits.reply,
            file: limits.file,
            ftp: limits.backup,
            ..TransferLimits::default()
        },
        ..TransportSettings::default()
    };
    let transport = Transport::new(settings).map_err(|source| RuntimeError::VendorCa { file, source })?;
    let port = match profile.phones.push_listen {
        PushListen::Nowhere => None,
        listen => Some(listen.port().unwrap_or(0)),
    };
    Ok(Carrier::new(transport, registrar, state).pushed(PushSettings { port, records: profile.phones.record_audio }))
}

/// The same for phones beside `servers`: they trust the profile's CA, else the one of the servers.
pub fn carrier_beside(servers: &Servers, profile: &Profile, state: StateFolder) -> Result<Carrier, RuntimeError> {
    let (file, pem) = match vendor_ca(profile)? {
        Some((path, pem)) => (path.display().to_string(), pem),
        None => ("the lab's CA".to_owned(), servers.ca_certificate().as_bytes().to_vec()),
    };
    carrier(profile, Some((&file, pem)), registrar(profile), state)
}

/// The registrar of a profile.
pub fn registrar(profile: &Profile) -> Registrar {
    let mut registrar = Registrar::new();
    for (extension, password) in &profile.extensions {
        registrar.allow(extension.clone(), password.clone());
    }
    registrar
}

/// The vendor CA that a profile names, read from its file.
pub fn vendor_ca(profile: &Profile) -> Result<Option<(PathBuf, Vec<u8>)>, RuntimeError> {
    let Some(path) = profile.servers.vendor_ca.clone() else { return Ok(None) };
    match std::fs::read(&path) {
        Ok(pem) => Ok(Some((path, pem))),
        Err(source) => Err(RuntimeError::Folder { path, doing: "reading the vendor CA", source }),
    }
}

/// Servers on loopback and phones that know them: what a demo or a quick test needs.
#[derive(Debug)]
pub struct Lab {
    profile: Profile,
    servers: Servers,
    carrier: Carrier,
}

impl Lab {
    /// Starts the servers on `root` and makes a carrier that trusts them.
    pub async fn start(
        profile: &Profile,
        catalog: &Catalog,
        root: &Path,
        state: StateFolder,
        watcher: Option<Watcher>,
    ) -> Result<Lab, RuntimeError> {
        // Phones in this process reach the servers wherever they are open.
        let told = profile.servers.bind.is_unspecified().then_some(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let servers = Servers::start(profile, catalog, root, None, told, Recorder::log_only()).await?;
        let carrier = carrier_beside(&servers, profile, state)?;
        let carrier = match watcher {
            Some(watcher) => carrier.watched(watcher),
            None => carrier,
        };
        Ok(Lab { profile: profile.clone(), servers, carrier })
    }

    /// The same; whatever its phones hear of streams is recorded below `folder`, in a folder for each.
    pub fn recording(mut self, folder: &Path) -> Self {
        self.carrier = self.carrier.recording(folder.to_owned());
        self
    }

    /// What initiators in this process use.
    pub(crate) fn transport(&self) -> &Transport {
        self.carrier.transport()
    }

    /// Whether the profile lets phones take pushes.
    pub(crate) fn takes_pushes(&self) -> bool {
        self.profile.phones.push_listen != PushListen::Nowhere
    }

    /// The servers.
    pub fn servers(&self) -> &Servers {
        &self.servers
    }

    /// See [`Servers::write_site`].
    pub fn write_site<'m>(&self, models: impl IntoIterator<Item = &'m Model>) -> Result<(), RuntimeError> {
        self.servers.write_site(models)
    }

    /// Takes a file away from the servers.
    pub fn remove(&self, path: &FilePath) -> Result<(), RuntimeError> {
        Ok(self.servers.tree.remove(path).map_err(TreeError::from)?)
    }

    /// The login of an extension; one that the profile does not have is let in with a password of its own.
    pub fn extension(&mut self, extension: &Extension) -> Login {
        let password = match self.profile.extensions.get(extension) {
            Some(password) => password.clone(),
            None => {
                let password = Secret::new(format!("lab-{extension}"));
                self.carrier.registrar().allow(extension.clone(), password.clone());
                self.profile.extensions.insert(extension.clone(), password.clone());
                password
            }
        };
        Login { extension: extension.clone(), password }
    }

    /// What DHCP says to a phone that is to use one protocol.
    pub fn site_for(&self, protocol: Protocol) -> Vec<(String, String)> {
        self.servers.site_for(Some(protocol))
    }

    /// Puts a phone on a desk. What it remembers comes from its state folder, else from `memory`.
    pub fn desk(&self, choice: &PhoneChoice, model: Model, memory: Memory) -> Result<Desk, RuntimeError> {
        self.carrier.desk_with(choice.setup(&self.profile, model)?, memory)
    }

    /// A floor whose phones use these servers.
    pub fn floor(&self) -> Floor {
        Floor::new(self.carrier.clone())
    }

    /// How long one part of a story may take.
    pub fn patience(&self) -> Duration {
        self.profile.limits.whole_command
    }

    /// The FTP server stops; the others go on.
    pub async fn stop_ftp(&mut self) {
        self.servers.server.stop_ftp().await;
    }

    /// Ends it all.
    pub async fn stop(self) {
        self.servers.stop().await;
    }
}
