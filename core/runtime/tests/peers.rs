//! Phones and foreign servers: nginx, dnsmasq, vsftpd and others, installed by `cargo xtask test --peers`.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::{fs, os::unix::fs::PermissionsExt as _, path::PathBuf, time::Duration};

use common::{
    catalog, dial, dials, flash, model, name, option, option_of, own_folder, peer, profile, ready, rest, tale, told,
    up_to_date, use_it,
};
use deskset_files::site::Site;
use deskset_models::{Secret, Signaling};
use deskset_phone::{Command, EventKind, FetchReason, Login, Memory, Protocol, State, Step};
use deskset_runtime::{Carrier, Desk, PhoneChoice, StateFolder, lab};
use tempfile::TempDir;

const APPLICATION: &str = "lab-4620d01b-h323-2_9_2.bin";

/// The lab's files for the six models, in a folder that HTTP and TFTP serve.
fn site() -> TempDir {
    let folder = own_folder(peer("PEER_FILES"));
    let site = Site { settings: vec![("OPSTAT".to_owned(), "111".to_owned())], payload_bytes: 200_000 };
    for (path, bytes) in site.files(catalog().models()).unwrap() {
        let file = folder.path().join(path.to_string());
        fs::write(&file, bytes).unwrap();
        fs::set_permissions(file, fs::Permissions::from_mode(0o644)).unwrap();
    }
    folder
}

fn carrier(vendor_ca: Option<&str>, state: StateFolder) -> Carrier {
    let ca = vendor_ca.map(|variable| (variable, fs::read(peer(variable)).unwrap()));
    lab::carrier(&profile(), ca, lab::registrar(&profile()), state).unwrap()
}

/// A phone that DHCP tells these values.
fn phone(model: &str, extension: &str, site: &[(&str, &str)]) -> PhoneChoice {
    let mut choice = PhoneChoice::new("phone", model, Signaling::H323);
    let password = profile().extensions[&extension.parse().unwrap()].clone();
    choice.login = Some(Login { extension: extension.parse().unwrap(), password });
    choice.site = site.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    choice
}

async fn boot(carrier: &Carrier, choice: &PhoneChoice, memory: Memory) -> Desk {
    let setup = choice.setup(&profile(), model(&choice.model)).unwrap();
    let mut desk = carrier.desk_with(setup, memory).unwrap();
    desk.power_on();
    rest(&mut desk).await;
    desk
}

/// A new phone finds everything on a foreign server, and starts from it a second time without a download.
async fn boots_from(protocol: Protocol, server: &str) {
    let site = site();
    let (parameter, folder) = match protocol {
        Protocol::Https => ("TLSSRVR", "HTTPDIR"),
        Protocol::Http => ("HTTPSRVR", "HTTPDIR"),
        Protocol::Tftp => ("TFTPSRVR", "TFTPDIR"),
    };
    let state = TempDir::new().unwrap();
    let carrier = carrier(Some("PEER_CA"), StateFolder::In(state.path().to_owned()));
    let choice = phone("4620SW", "4711", &[(parameter, &peer(server)), (folder, &name(&site))]);
    let desk = boot(&carrier, &choice, Memory::default()).await;
    assert_eq!(desk.phone().state(), ready("4711"), "{:#?}", told(&desk));
    let report = desk.report();
    let files: Vec<&str> = report.files.iter().map(|file| file.name.rsplit('/').next().unwrap()).collect();
    assert_eq!(files, ["46xxupgrade.scr", APPLICATION, "46xxupgrade.scr", "46xxsettings.txt"]);
    assert!(report.files.iter().all(|file| file.protocol == protocol.key()));
    assert_eq!(desk.phone().parameters().value("OPSTAT"), "111");
    let kept = fs::read(state.path().join("phone/application.bin")).unwrap();
    assert_eq!(kept, fs::read(site.path().join(APPLICATION)).unwrap());
    drop(desk);

    let desk = boot(&carrier, &choice, Memory::default()).await;
    assert_eq!(desk.phone().state(), ready("4711"), "{:#?}", told(&desk));
    assert_eq!(desk.report().files.len(), 2, "no download the second time");

    // The end of the file is missing now, and another phone wants it.
    fs::write(site.path().join(APPLICATION), &kept[..150_000]).unwrap();
    let mut choice = choice;
    choice.name = "other".to_owned();
    choice.login = Some(phone("4620SW", "4712", &[]).login.unwrap());
    let desk = boot(&carrier, &choice, flash("old.bin", "2.8")).await;
    assert_eq!(desk.phone().state(), ready("4712"), "{:#?}", told(&desk));
    assert_eq!(desk.phone().release(), "2.8".parse().unwrap(), "the old one goes on");
    assert!(!state.path().join("other/application.bin").exists());
}

// req: FS-1, FS-2, FS-7, FS-8, FS-9, FS-10, FS-11, FS-12, FS-13
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_boots_from_nginx_over_http() {
    boots_from(Protocol::Http, "PEER_HTTP").await;
}

// req: FS-1, FS-2, FS-4, FS-7, FS-8, FS-9, FS-10, FS-11, FS-12, FS-13
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_boots_from_nginx_over_https() {
    boots_from(Protocol::Https, "PEER_HTTPS").await;
}

// req: FS-1, FS-2, FS-7, FS-8, FS-9, FS-10, FS-11, FS-12, FS-13
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_boots_from_dnsmasq() {
    boots_from(Protocol::Tftp, "PEER_TFTP_DNSMASQ").await;
}

// req: FS-1, FS-2, FS-7, FS-8, FS-9, FS-10, FS-11, FS-12, FS-13
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_boots_from_tftpd_hpa() {
    boots_from(Protocol::Tftp, "PEER_TFTP_HPA").await;
}

// req: FS-1, FS-2, FS-7, FS-8, FS-9, FS-10, FS-11, FS-12, FS-13
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_boots_from_atftpd() {
    boots_from(Protocol::Tftp, "PEER_TFTP_ATFTPD").await;
}

// req: FS-4
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_takes_nothing_from_an_https_server_that_does_not_prove_who_it_is() {
    let site = site();
    let servers = [
        ("PEER_HTTPS", Some("PEER_CA_OTHER")),
        ("PEER_HTTPS", None),
        ("PEER_HTTPS_WRONGNAME", Some("PEER_CA")),
        ("PEER_HTTPS_EXPIRED", Some("PEER_CA")),
        ("PEER_HTTPS_OLDTLS", Some("PEER_CA")),
    ];
    for (server, ca) in servers {
        let choice = phone("4620SW", "4711", &[("TLSSRVR", &peer(server)), ("HTTPDIR", &name(&site))]);
        let desk = boot(&carrier(ca, StateFolder::Nowhere), &choice, Memory::default()).await;
        let State::Failed { step, .. } = desk.phone().state() else { panic!("{server} {ca:?}: {:#?}", told(&desk)) };
        let reasons = desk.events().iter().filter_map(|event| match &event.kind {
            EventKind::NotArrived { reason, .. } => Some(*reason),
            _ => None,
        });
        assert_eq!((step, reasons.collect()), (Step::Script, vec![FetchReason::Tls]), "{server} {ca:?}");
    }
}

// req: FS-5, FS-6
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_goes_on_from_a_foreign_server_it_cannot_trust_to_the_next_kind() {
    let site = site();
    let servers = [("TLSSRVR", peer("PEER_HTTPS_EXPIRED")), ("HTTPSRVR", peer("PEER_HTTP"))];
    let all = [("TFTPSRVR", peer("PEER_TFTP_HPA")), ("HTTPDIR", name(&site)), ("TFTPDIR", name(&site))];
    let values: Vec<(&str, &str)> = servers.iter().chain(&all).map(|(name, value)| (*name, value.as_str())).collect();
    let carrier = carrier(Some("PEER_CA"), StateFolder::Nowhere);
    let desk = boot(&carrier, &phone("4620SW", "4711", &values), up_to_date(&model("4620SW"))).await;
    assert_eq!(desk.phone().state(), ready("4711"), "{:#?}", told(&desk));
    assert!(desk.report().files.iter().all(|file| file.protocol == "http"));
}

/// A user saves on one phone and finds it at once on another, without a name on the server.
async fn carries_a_user_anonymously(server: &str, root: &str, above: &str) {
    let (site, backups) = (site(), own_folder(peer(root)));
    let directory = format!("{above}{}", name(&backups));
    let (server, http, files) = (peer(server), peer("PEER_HTTP"), name(&site));
    let values = [("HTTPSRVR", http.as_str()), ("HTTPDIR", &files), ("FTPSRVR", &server), ("FTPDIR", &directory)];
    let carrier = carrier(None, StateFolder::Nowhere);
    let mut from = boot(&carrier, &phone("4620SW", "4711", &values), up_to_date(&model("4620SW"))).await;
    assert_eq!(tale(&from, "retrieve").last().unwrap(), "4711_4620data.txt: no such file yet");
    use_it(&mut from, [dial(1, "Ирина", "9120"), option("Contrast", "3"), Command::Save]).await;
    assert_eq!(from.report().outcome, "ready", "{:#?}", told(&from));
    use_it(&mut from, [Command::LogOff]).await;

    let mut to = boot(&carrier, &phone("4621SW", "4711", &values), up_to_date(&model("4621SW"))).await;
    found(&to, &backups);
    use_it(&mut to, [dial(2, "總機", "0"), Command::Save]).await;
    assert!(stored(&backups).contains("總機"), "stored by itself: {:#?}", told(&to));
}

/// The phone has the data that was saved, and the server holds it.
fn found(desk: &Desk, backups: &TempDir) {
    assert_eq!(desk.phone().state(), ready("4711"), "{:#?}", told(desk));
    assert_eq!(dials(desk, "4711"), [(1, "Ирина".to_owned(), "9120".to_owned())], "{:#?}", told(desk));
    assert_eq!(option_of(desk, "4711", "Contrast"), Some("3".to_owned()));
    assert!(stored(backups).starts_with("\r\n") && stored(backups).contains("Ирина"));
}

fn stored(backups: &TempDir) -> String {
    let files: Vec<PathBuf> = fs::read_dir(backups).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files, [backups.path().join("4711_4620data.txt")]);
    fs::read_to_string(&files[0]).unwrap()
}

// req: BR-3, BR-4, BR-6, BR-7, AR-1, AR-2, AR-3, AR-4
#[tokio::test(flavor = "multi_thread")]
async fn a_user_moves_by_way_of_vsftpd_anonymously() {
    carries_a_user_anonymously("PEER_FTP_VSFTPD", "PEER_FTP_ROOT_VSFTPD_ANONYMOUS", "incoming/").await;
}

// req: BR-3, BR-4, BR-6, BR-7, AR-1, AR-2, AR-3, AR-4
#[tokio::test(flavor = "multi_thread")]
async fn a_user_moves_by_way_of_proftpd_anonymously() {
    carries_a_user_anonymously("PEER_FTP_PROFTPD", "PEER_FTP_ROOT_PROFTPD", "").await;
}

/// A user with a name of their own on the server saves on one phone and retrieves by hand on another.
async fn carries_a_named_user(server: &str, root: &str) {
    let (site, backups) = (site(), own_folder(peer(root)));
    let (server, http, files, directory) = (peer(server), peer("PEER_HTTP"), name(&site), name(&backups));
    let values = [("HTTPSRVR", http.as_str()), ("HTTPDIR", &files), ("FTPSRVR", &server), ("FTPDIR", &directory)];
    let carrier = carrier(None, StateFolder::Nowhere);
    let named = |password: &str| {
        [option("FTP User Name", &peer("PEER_FTP_USER")), Command::FtpPassword(Secret::new(password)), Command::Save]
    };
    let mut from = boot(&carrier, &phone("4620SW", "4711", &values), up_to_date(&model("4620SW"))).await;
    use_it(&mut from, named("not-the-password")).await;
    let refused = from.report().outcome;
    assert!(refused.starts_with("failed: save: login: ") && !refused.contains("not-the-password"), "{refused}");
    use_it(&mut from, named(&peer("PEER_FTP_PASSWORD"))).await;
    use_it(&mut from, [dial(1, "Ирина", "9120"), option("Contrast", "3"), Command::Save]).await;
    assert_eq!(from.report().outcome, "ready", "{:#?}", told(&from));
    assert!(!stored(&backups).contains(&peer("PEER_FTP_PASSWORD")));
    use_it(&mut from, [Command::LogOff]).await;

    // Nothing goes by itself here: nobody has typed the password yet.
    let values = [&values[..], &[("RESTORESTAT", "0")]].concat();
    let mut to = boot(&carrier, &phone("4625SW", "4711", &values), up_to_date(&model("4625SW"))).await;
    use_it(&mut to, named(&peer("PEER_FTP_PASSWORD"))).await;
    use_it(&mut to, [Command::Retrieve]).await;
    assert_eq!(to.report().outcome, "ready", "{:#?}", told(&to));
    found(&to, &backups);
}

// req: BR-3, BR-4, BR-10, BR-19, AR-1, AR-3
#[tokio::test(flavor = "multi_thread")]
async fn a_user_with_a_name_moves_by_way_of_vsftpd() {
    carries_a_named_user("PEER_FTP_VSFTPD", "PEER_FTP_ROOT_VSFTPD").await;
}

// req: BR-3, BR-4, BR-10, BR-19, AR-1, AR-3
#[tokio::test(flavor = "multi_thread")]
async fn a_user_with_a_name_moves_by_way_of_pyftpdlib() {
    carries_a_named_user("PEER_FTP_PYFTPDLIB", "PEER_FTP_ROOT_PYFTPDLIB").await;
}

// req: BR-3, BR-4, BR-10, BR-19, AR-1, AR-3
#[tokio::test(flavor = "multi_thread")]
async fn a_user_with_a_name_moves_by_way_of_pure_ftpd() {
    carries_a_named_user("PEER_FTP_PUREFTPD", "PEER_FTP_ROOT_PUREFTPD").await;
}

// req: BR-3, BR-4, BR-10, BR-19, AR-1, AR-3
#[tokio::test(flavor = "multi_thread")]
async fn a_user_with_a_name_moves_by_way_of_proftpd() {
    carries_a_named_user("PEER_FTP_PROFTPD", "PEER_FTP_ROOT_PROFTPD").await;
}

/// The lines that a server's log has of a folder and that `is_wanted`, as soon as there are `count`: a server writes
/// them a moment after its client has the file.
async fn logged(log: &str, folder: &TempDir, is_wanted: impl Fn(&str) -> bool, count: usize) -> Vec<String> {
    let folder = format!("/{}/", name(folder));
    let read = || -> Vec<String> {
        let text = fs::read_to_string(peer(log)).unwrap();
        text.lines().filter(|line| line.contains(&folder) && is_wanted(line)).map(str::to_owned).collect()
    };
    let enough = async {
        while read().len() < count {
            tokio::task::yield_now().await;
        }
    };
    // What is missing is seen by whoever compares.
    let _ = tokio::time::timeout(Duration::from_secs(20), enough).await;
    read()
}

/// File and bytes of the phone's report, in its order.
fn reported(desk: &Desk, protocol: &str) -> Vec<(String, u64)> {
    let files = desk.report().files.into_iter().filter(|file| file.protocol == protocol);
    files.map(|file| (file.name.rsplit('/').next().unwrap().to_owned(), file.bytes)).collect()
}

// req: FS-14
#[tokio::test(flavor = "multi_thread")]
async fn what_a_phone_reports_of_its_files_is_what_nginx_has_in_its_log() {
    let site = site();
    let choice = phone("4620SW", "4711", &[("HTTPSRVR", &peer("PEER_HTTP")), ("HTTPDIR", &name(&site))]);
    let desk = boot(&carrier(None, StateFolder::Nowhere), &choice, Memory::default()).await;
    assert_eq!(desk.phone().state(), ready("4711"), "{:#?}", told(&desk));
    // ADDRESS - - [TIME] "GET PATH HTTP/1.1" 200 BYTES "-" "-"
    let lines = logged("PEER_HTTP_LOG", &site, |line| line.contains("\" 200 "), 4).await;
    let of_nginx = lines.iter().map(|line| {
        let path = line.split('"').nth(1).unwrap().split(' ').nth(1).unwrap();
        let bytes = line.split('"').nth(2).unwrap().split_whitespace().nth(1).unwrap();
        (path.rsplit('/').next().unwrap().to_owned(), bytes.parse().unwrap())
    });
    let of_nginx: Vec<(String, u64)> = of_nginx.collect();
    assert_eq!(of_nginx, reported(&desk, "http"));
    assert_eq!(of_nginx[1], (APPLICATION.to_owned(), fs::metadata(site.path().join(APPLICATION)).unwrap().len()));
}

// req: FS-14, AR-1
#[tokio::test(flavor = "multi_thread")]
async fn what_a_phone_reports_of_its_backup_is_what_vsftpd_has_in_its_log() {
    let (site, backups) = (site(), own_folder(peer("PEER_FTP_ROOT_VSFTPD_ANONYMOUS")));
    let (server, http, files) = (peer("PEER_FTP_VSFTPD"), peer("PEER_HTTP"), name(&site));
    let directory = format!("incoming/{}", name(&backups));
    let values = [("HTTPSRVR", http.as_str()), ("HTTPDIR", &files), ("FTPSRVR", &server), ("FTPDIR", &directory)];
    let carrier = carrier(None, StateFolder::Nowhere);
    let mut from = boot(&carrier, &phone("4620SW", "4711", &values), up_to_date(&model("4620SW"))).await;
    use_it(&mut from, [dial(1, "Ирина", "9120"), Command::Save]).await;
    let to = boot(&carrier, &phone("4621SW", "4711", &values), up_to_date(&model("4621SW"))).await;
    assert_eq!(dials(&to, "4711"), [(1, "Ирина".to_owned(), "9120".to_owned())], "{:#?}", told(&to));
    // TIME [pid N] [ftp] OK UPLOAD: Client "ADDRESS", "PATH", BYTES bytes, RATE
    let lines = logged("PEER_FTP_LOG_VSFTPD", &backups, |line| line.contains("LOAD: "), 3).await;
    let of_vsftpd = lines.iter().map(|line| {
        let how = line.split(": Client").next().unwrap().rsplit("] ").next().unwrap();
        let path = line.split('"').nth(3).unwrap();
        let bytes = line.split('"').nth(4).unwrap().trim_start_matches(", ").split(' ').next().unwrap();
        (how, path.rsplit('/').next().unwrap().to_owned(), bytes.parse().unwrap_or_default())
    });
    let of_vsftpd: Vec<(&str, String, u64)> = of_vsftpd.collect();
    let [saved] = &reported(&from, "ftp")[..] else { panic!("{:#?}", told(&from)) };
    let [retrieved] = &reported(&to, "ftp")[..] else { panic!("{:#?}", told(&to)) };
    let line = |how, (name, bytes): &(String, u64)| (how, name.clone(), *bytes);
    let expected =
        [line("FAIL DOWNLOAD", &(saved.0.clone(), 0)), line("OK UPLOAD", saved), line("OK DOWNLOAD", retrieved)];
    assert_eq!(of_vsftpd, expected, "{lines:#?}");
    assert_eq!(saved.1, stored(&backups).len() as u64);
}
