use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr},
    ops::RangeInclusive,
    path::PathBuf,
    str::FromStr,
    time::Duration,
};

use deskset_models::{Extension, FileName, Release, Secret, Signaling};

use crate::{
    Administered, BadValue, Choice, ProfileError, PushListen, RawApplication, RawLimits, RawPhones, RawProfile,
    RawServers, layers,
    limits::{KILOBYTES_MAX, SECONDS_MAX},
};

/// The most a GROUP can be (LAN Administrator Guide 555-233-507, parameter GROUP).
const GROUP_MAX: u16 = 999;

/// More older versions of a file than anybody looks through.
const VERSIONS_MAX: u32 = 99;

/// A hardware address has 48 bits.
const MAC_BITS: u64 = (1 << 48) - 1;

/// What the owner wants: read, laid over each other, and checked. Paths are relative to the current folder.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    /// Where the plugins are.
    pub plugins: Plugins,
    /// The servers that commands start.
    pub servers: Servers,
    /// The phones that commands make.
    pub phones: Phones,
    /// The site option's values of a DHCP server.
    pub site: Administered,
    /// What is entered at the phone.
    pub manual: Administered,
    /// The registrar's extensions and their passwords.
    pub extensions: BTreeMap<Extension, Secret>,
    /// What is known of application files that do not say it themselves.
    pub applications: Vec<Application>,
    /// How long things may take, and how many may run.
    pub limits: Limits,
    /// Where phones keep their memory; none: in a folder that ends with the command.
    pub state: Option<PathBuf>,
}

/// Where the plugins are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plugins {
    /// Searched in this order; empty: the command's own place.
    pub folders: Vec<PathBuf>,
}

/// The servers that commands start.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Servers {
    /// The address that all ports are opened on.
    pub bind: IpAddr,
    /// The folder served; none: the command decides.
    pub root: Option<PathBuf>,
    /// Connections, or TFTP transfers, of one address at once, for each protocol; at least 1.
    pub connections_per_address: usize,
    /// Whether TFTP clients may store files.
    pub tftp_writable: bool,
    /// What number the TFTP block after 65535 has.
    pub tftp_rollover: TftpRollover,
    /// TFTP port, 0 for any free one; none: switched off.
    pub tftp: Option<u16>,
    /// HTTP port, 0 for any free one; none: switched off.
    pub http: Option<u16>,
    /// HTTPS port, 0 for any free one; none: switched off.
    pub https: Option<u16>,
    /// FTP port, 0 for any free one; none: switched off.
    pub ftp: Option<u16>,
    /// Ports for FTP's passive data connections; none: any free ones.
    pub ftp_passive_ports: Option<RangeInclusive<u16>>,
    /// Older versions of a stored file that FTP keeps, at most 99.
    pub ftp_versions: usize,
    /// Whether a stored file is safe from a loss of power before its client hears of it.
    pub ftp_sync: bool,
    /// Whether FTP takes visitors without a name.
    pub anonymous_ftp: bool,
    /// FTP users and their passwords.
    pub ftp_users: BTreeMap<String, Secret>,
    /// PEM file of the vendor's CA that phones trust; none: a lab CA is made for the command.
    pub vendor_ca: Option<PathBuf>,
}

/// What number the TFTP block after number 65535 has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TftpRollover {
    /// 0.
    Zero,
    /// 1.
    One,
    /// None: a file of more blocks is refused.
    Refused,
}

impl FromStr for TftpRollover {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "0" => Ok(TftpRollover::Zero),
            "1" => Ok(TftpRollover::One),
            "none" => Ok(TftpRollover::Refused),
            other => Err(format!("\"{other}\" is no number to go on with: write 0, 1 or none")),
        }
    }
}

/// The phones that commands make.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phones {
    /// The model's name as its plugin spells it; whether it exists is the catalog's to say.
    pub model: String,
    /// H.323 or SIP.
    pub signaling: Signaling,
    /// The first phone's hardware address, 48 bits.
    pub first_mac: u64,
    /// GROUP, 0 to 999.
    pub group: u16,
    /// The software a new phone is delivered with; none: the model's newest.
    pub boot_release: Option<Release>,
    /// How often a boot that found no file server is begun, at least 1.
    pub boot_rounds: u8,
    /// How long an error message stays.
    pub error_shown: Duration,
    /// How long the extension prompt waits.
    pub prompt: Duration,
    /// Where phones take pushes.
    pub push_listen: PushListen,
    /// A name in TPSLIST matches whole parts of a host's name only.
    pub strict_tps: bool,
    /// The items a subscription server is told have `+` between them instead of `&`.
    pub subscribe_with_plus: bool,
    /// The largest page that phones take, in bytes.
    pub page_bytes: usize,
    /// The largest picture on a page, in bytes.
    pub picture_bytes: usize,
    /// Whether phones write down what they hear of pushed audio.
    pub record_audio: bool,
}

/// An application file of somebody else's making.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Application {
    /// The file's name.
    pub name: FileName,
    /// The release it holds.
    pub release: Release,
    /// Its SHA-256, 64 lower-case hexadecimal digits, where known.
    pub sha256: Option<String>,
}

/// How long things may take, and how many may run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Looking a name up, and opening a connection: each.
    pub connect: Duration,
    /// Until the next piece of an answer comes.
    pub reply: Duration,
    /// A whole file.
    pub file: Duration,
    /// A whole FTP save or retrieval.
    pub backup: Duration,
    /// A whole command.
    pub whole_command: Duration,
    /// Transfers at once; none: as many as the limit on open files allows.
    pub transfers_at_once: Option<usize>,
}

impl Profile {
    /// The profile of `choice`, with everything laid over it.
    ///
    /// # Errors
    /// [`ProfileError`], naming where the mistake was written. A value that a later layer replaces is checked too.
    pub fn load(choice: &Choice) -> Result<Profile, ProfileError> {
        layers::load(choice)
    }
}

impl Phones {
    /// The hardware address of phone number `index`, counted from 0: 12 lower-case hexadecimal digits.
    pub fn mac(&self, index: u64) -> String {
        format!("{:012x}", self.first_mac.wrapping_add(index) & MAC_BITS)
    }
}

impl TryFrom<RawProfile> for Profile {
    type Error = BadValue;

    fn try_from(raw: RawProfile) -> Result<Profile, BadValue> {
        Ok(Profile {
            plugins: Plugins { folders: raw.plugins.folders.iter().filter_map(|text| path(text)).collect() },
            servers: servers(raw.servers)?,
            phones: phones(raw.phones)?,
            site: Administered::check("site", raw.site)?,
            manual: Administered::check("manual", raw.manual)?,
            extensions: extensions(raw.extensions)?,
            applications: raw.applications.into_iter().map(application).collect::<Result<_, _>>()?,
            limits: limits(&raw.limits)?,
            state: path(&raw.state.folder),
        })
    }
}

fn servers(raw: RawServers) -> Result<Servers, BadValue> {
    // Phones are told IPv4 addresses only.
    let bind = raw.bind.parse::<Ipv4Addr>().map_err(|_| {
        let words = format!("\"{}\" is no IPv4 address: write one such as 127.0.0.1, or 0.0.0.0 for all", raw.bind);
        bad("servers.bind", words)
    })?;
    for name in raw.ftp_users.keys() {
        if name.is_empty() || name.chars().any(|c| c.is_control() || c == ' ') {
            return Err(bad("servers.ftp_users", "a user name is empty or holds a blank; rename the user"));
        }
    }
    if raw.connections_per_address == 0 {
        return Err(bad("servers.connections_per_address", "every client would be turned away: write 1 or more"));
    }
    if raw.ftp_versions > VERSIONS_MAX {
        let words = format!("{} versions cannot be meant: write 0 to {VERSIONS_MAX}", raw.ftp_versions);
        return Err(bad("servers.ftp_versions", words));
    }
    Ok(Servers {
        bind: bind.into(),
        connections_per_address: raw.connections_per_address as usize,
        tftp_writable: raw.tftp_writable,
        tftp_rollover: parsed("servers.tftp_rollover".to_owned(), &raw.tftp_rollover)?,
        ftp_versions: raw.ftp_versions as usize,
        ftp_sync: raw.ftp_sync,
        root: path(&raw.root),
        tftp: raw.tftp.then_some(raw.tftp_port),
        http: raw.http.then_some(raw.http_port),
        https: raw.https.then_some(raw.https_port),
        ftp: raw.ftp.then_some(raw.ftp_port),
        ftp_passive_ports: ports("servers.ftp_passive_ports", &raw.ftp_passive_ports)?,
        anonymous_ftp: raw.anonymous_ftp,
        ftp_users: raw.ftp_users,
        vendor_ca: path(&raw.vendor_ca),
    })
}

fn phones(raw: RawPhones) -> Result<Phones, BadValue> {
    if raw.model.trim().is_empty() {
        return Err(bad("phones.model", "no model is named; `plugin list` shows those there are"));
    }
    if raw.group > GROUP_MAX {
        return Err(bad("phones.group", format!("{} is no group: write 0 to {GROUP_MAX}", raw.group)));
    }
    if raw.boot_rounds == 0 {
        return Err(bad("phones.boot_rounds", "a phone boots at least once: write 1 or more"));
    }
    let boot_release = if raw.boot_release.is_empty() {
        None
    } else {
        Some(parsed("phones.boot_release".to_owned(), &raw.boot_release)?)
    };
    Ok(Phones {
        model: raw.model,
        signaling: parsed("phones.signaling".to_owned(), &raw.signaling)?,
        first_mac: mac("phones.mac", &raw.mac)?,
        group: raw.group,
        boot_release,
        boot_rounds: raw.boot_rounds,
        error_shown: seconds("phones.error_shown_seconds", raw.error_shown_seconds, 0)?,
        prompt: seconds("phones.prompt_seconds", raw.prompt_seconds, 0)?,
        push_listen: parsed("phones.push_listen".to_owned(), &raw.push_listen)?,
        strict_tps: raw.strict_tps,
        subscribe_with_plus: match raw.subscribe_separator.as_str() {
            "&" => false,
            "+" => true,
            other => return Err(bad("phones.subscribe_separator", format!("{other:?} is none: write & or +"))),
        },
        page_bytes: kilobytes("phones.page_kilobytes", raw.page_kilobytes)?,
        picture_bytes: kilobytes("phones.picture_kilobytes", raw.picture_kilobytes)?,
        record_audio: raw.record_audio,
    })
}

fn kilobytes(key: &'static str, value: u16) -> Result<usize, BadValue> {
    if (1..=KILOBYTES_MAX).contains(&value) {
        return Ok(usize::from(value) * 1024);
    }
    Err(bad(key, format!("{value} kilobytes cannot be meant: write 1 to {KILOBYTES_MAX}")))
}

fn extensions(raw: BTreeMap<String, Secret>) -> Result<BTreeMap<Extension, Secret>, BadValue> {
    raw.into_iter().map(|(digits, password)| Ok((parsed(format!("extensions.{digits}"), &digits)?, password))).collect()
}

fn application((name, raw): (String, RawApplication)) -> Result<Application, BadValue> {
    let key = format!("applications.\"{name}\"");
    let sha256 = raw.sha256.to_ascii_lowercase();
    if !sha256.is_empty() && (sha256.len() != 64 || !sha256.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        return Err(bad(format!("{key}.sha256"), "a SHA-256 has 64 hexadecimal digits; leave it out if unknown"));
    }
    Ok(Application {
        name: parsed(key.clone(), &name)?,
        release: parsed(format!("{key}.release"), &raw.release)?,
        sha256: Some(sha256).filter(|digits| !digits.is_empty()),
    })
}

fn limits(raw: &RawLimits) -> Result<Limits, BadValue> {
    Ok(Limits {
        connect: seconds("limits.connect_seconds", raw.connect_seconds, 1)?,
        reply: seconds("limits.reply_seconds", raw.reply_seconds, 1)?,
        file: seconds("limits.file_seconds", raw.file_seconds, 1)?,
        backup: seconds("limits.backup_seconds", raw.backup_seconds, 1)?,
        whole_command: seconds("limits.whole_command_seconds", raw.whole_command_seconds, 1)?,
        transfers_at_once: usize::try_from(raw.transfers_at_once).ok().filter(|count| *count > 0),
    })
}

fn path(text: &str) -> Option<PathBuf> {
    (!text.is_empty()).then(|| PathBuf::from(text))
}

fn seconds(key: &str, value: u32, least: u32) -> Result<Duration, BadValue> {
    if (least..=SECONDS_MAX).contains(&value) {
        Ok(Duration::from_secs(value.into()))
    } else {
        Err(bad(key, format!("{value} seconds cannot be meant: write {least} to {SECONDS_MAX}")))
    }
}

fn ports(key: &str, text: &str) -> Result<Option<RangeInclusive<u16>>, BadValue> {
    if text.is_empty() {
        return Ok(None);
    }
    let ends =
        text.split_once('-').and_then(|(first, last)| Some((first.trim().parse().ok()?, last.trim().parse().ok()?)));
    match ends {
        Some((first, last)) if 0 < first && first <= last => Ok(Some(first..=last)),
        _ => Err(bad(key, format!("\"{text}\" is no range of ports: write it like 50000-50100"))),
    }
}

fn mac(key: &str, text: &str) -> Result<u64, BadValue> {
    let digits: String = text.chars().filter(|c| !matches!(c, ':' | '-')).collect();
    let address = u64::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 12 && !digits.starts_with('+'));
    address.ok_or_else(|| bad(key, format!("\"{text}\" is no hardware address: write 12 hexadecimal digits")))
}

fn parsed<T: FromStr<Err: ToString>>(key: String, text: &str) -> Result<T, BadValue> {
    text.parse().map_err(|wrong: T::Err| bad(key, wrong.to_string()))
}

fn bad(key: impl Into<String>, reason: impl Into<String>) -> BadValue {
    BadValue { key: key.into(), reason: reason.into() }
}
