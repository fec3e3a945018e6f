//! Phones and servers on real sockets: from the first file to a user's data on another desk.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{
    Bench, SIX, catalog, dial, dials, flash, model, option, option_of, passwords, profile, ready, tale, told,
    up_to_date, use_it,
};
use deskset_models::Secret;
use deskset_phone::{
    Checked, Command, Memory, Protocol,
    Protocol::{Http, Https, Tftp},
    State, Step, View,
};
use deskset_profiles::Profile;
use deskset_runtime::StateFolder;
use deskset_server::LabCa;

const APPLICATION: &str = "lab-4620d01b-h323-2_9_2.bin";
const BACKUP: &str = "4711_4620data.txt";
const DIALS: [(u16, &str, &str); 5] =
    [(1, "Front desk", "21000"), (2, "Ирина", "9120255"), (3, "總機", "0"), (4, "かおる", "7"), (24, "החזרה", "1")];

/// Files of a boot as a server records them, each with the protocol in front.
fn over(protocol: Protocol, files: &[&str]) -> Vec<String> {
    files.iter().map(|file| format!("{} {file}", protocol.key().to_uppercase())).collect()
}

/// A boot of a phone that has its application.
const BOOT: [&str; 3] = ["46xxupgrade.scr complete", "46xxsettings.scr refused", "46xxsettings.txt complete"];

// req: FS-1, FS-2, FS-7, FS-8, FS-9, FS-10, FS-11, FS-13
#[tokio::test(flavor = "multi_thread")]
async fn a_new_phone_boots_the_same_way_over_each_protocol_and_keeps_what_it_got() {
    for protocol in [Http, Tftp, Https] {
        let bench = Bench::new().await;
        let carrier = bench.carrier_with(bench.servers.ca_certificate(), bench.state());
        let choice = bench.phone("4620SW", "4711", &[protocol]);
        let desk = bench.boot(&carrier, &choice, Memory::default()).await;
        assert_eq!(desk.phone().state(), ready("4711"), "{protocol:?}");
        let first = ["46xxupgrade.scr complete", "lab-4620d01b-h323-2_9_2.bin complete"];
        assert_eq!(bench.files_asked(5).await, over(protocol, &[&first[..], &BOOT].concat()));
        let stored = desk.phone().memory().application.clone().unwrap();
        assert_eq!((stored.name.as_str(), stored.checked), (APPLICATION, Checked::Container));
        assert_eq!(desk.phone().parameters().value("RESTORESTAT"), "1", "the settings file is in force");
        let kept = bench.folder.path().join("state/phone/application.bin");
        assert_eq!(std::fs::read(&kept).unwrap(), std::fs::read(bench.served(APPLICATION)).unwrap());
        drop(desk);

        bench.forget();
        let desk = bench.boot(&carrier, &choice, Memory::default()).await;
        assert_eq!(desk.phone().state(), ready("4711"), "{protocol:?}");
        assert_eq!(tale(&desk, "application"), [format!("{APPLICATION} is the one it runs")]);
        assert_eq!(bench.files_asked(3).await, over(protocol, &BOOT), "no download the second time");
    }
}

// req: FS-2, FS-5, FS-6
#[tokio::test(flavor = "multi_thread")]
async fn of_several_servers_the_first_kind_serves_and_the_others_hear_nothing() {
    let bench = Bench::new().await;
    let carrier = bench.carrier();
    for (administered, used) in [(&[Tftp, Http][..], Http), (&[Tftp, Http, Https], Https), (&[Tftp], Tftp)] {
        bench.forget();
        let memory = up_to_date(&model("4622SW"));
        let desk = bench.boot(&carrier, &bench.phone("4622SW", "4712", administered), memory).await;
        assert_eq!(desk.phone().state(), ready("4712"));
        assert_eq!(bench.files_asked(3).await, over(used, &BOOT), "{administered:?}");
    }
}

// req: FS-5, FS-6, FS-7
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_down_gives_way_to_the_next_kind() {
    let bench = Bench::new().await;
    let mut choice = bench.phone("4620SW", "4711", &[Tftp]);
    // A port that nobody has any more.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    choice.site.push(("TLSSRVR".to_owned(), gone.to_string()));
    choice.site.push(("HTTPSRVR".to_owned(), gone.to_string()));
    let desk = bench.boot(&bench.carrier(), &choice, up_to_date(&model("4620SW"))).await;
    assert_eq!(desk.phone().state(), ready("4711"));
    let asked: Vec<String> = tale(&desk, "script").into_iter().filter(|line| line.starts_with("asks")).collect();
    let kinds: Vec<&str> = asked.iter().map(|line| line[5..].split(':').next().unwrap()).collect();
    assert_eq!(kinds, ["https", "http", "tftp"]);
    assert_eq!(bench.files_asked(3).await, over(Tftp, &BOOT));
}

// req: FS-4
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_takes_nothing_from_an_https_server_that_another_authority_vouches_for() {
    let bench = Bench::new().await;
    let choice = bench.phone("4620SW", "4711", &[Https]);
    let other = LabCa::create().unwrap();
    let carrier = bench.carrier_with(other.certificate(), StateFolder::Nowhere);
    let desk = bench.boot(&carrier, &choice, Memory::default()).await;
    let State::Failed { step: Step::Script, .. } = desk.phone().state() else { panic!("{:?}", desk.phone().state()) };
    let refused = tale(&desk, "script").into_iter().find(|line| line.contains("not from https://")).unwrap();
    assert!(refused.contains("certificate"), "{refused}");
    assert_eq!(bench.files_asked(0).await, Vec::<String>::new(), "the server was asked for nothing");

    let trusting = bench.carrier();
    let desk = bench.boot(&trusting, &choice, Memory::default()).await;
    assert_eq!(desk.phone().state(), ready("4711"));
}

// req: FS-3
#[tokio::test(flavor = "multi_thread")]
async fn software_before_2_2_uses_tftp_only_and_what_it_loads_uses_http() {
    let bench = Bench::new().await;
    let mut choice = bench.phone("4620SW", "4711", &[Http, Tftp]);
    choice.boot_release = Some("2.1".parse().unwrap());
    let desk = bench.boot(&bench.carrier(), &choice, Memory::default()).await;
    assert_eq!(desk.phone().state(), ready("4711"));
    let first = over(Tftp, &["46xxupgrade.scr complete", "lab-4620d01b-h323-2_9_2.bin complete"]);
    assert_eq!(bench.files_asked(5).await, [first, over(Http, &BOOT)].concat());
}

// req: FS-10, FS-12
#[tokio::test(flavor = "multi_thread")]
async fn a_truncated_or_damaged_application_is_never_installed_and_the_old_one_goes_on() {
    for (protocol, name) in [(Http, "phone-h"), (Https, "phone-s"), (Tftp, "phone-t")] {
        let bench = Bench::new().await;
        let whole = std::fs::read(bench.served(APPLICATION)).unwrap();
        let mut damaged = whole.clone();
        damaged[200_000] ^= 1;
        let carrier = bench.carrier_with(bench.servers.ca_certificate(), bench.state());
        let mut choice = bench.phone("4620SW", "4711", &[protocol]);
        choice.name = name.to_owned();
        for harmed in [&whole[..100_000], &damaged] {
            std::fs::write(bench.served(APPLICATION), harmed).unwrap();
            let desk = bench.boot(&carrier, &choice, flash("old.bin", "2.8")).await;
            assert_eq!(desk.phone().state(), ready("4711"), "{protocol:?}");
            assert_eq!(desk.phone().release(), "2.8".parse().unwrap());
            let told = tale(&desk, "application");
            assert_eq!(told.last().unwrap(), &format!("{APPLICATION} did not come; old.bin stays in use"));
            assert!(!bench.folder.path().join("state").join(name).join("application.bin").exists());
        }
    }
}

/// Speed dials as they are told of.
fn five() -> Vec<(u16, String, String)> {
    DIALS.map(|(position, label, number)| (position, label.to_owned(), number.to_owned())).to_vec()
}

// req: BR-3, BR-4, BR-6, BR-9, BR-11, BR-12, AR-1, AR-2, AR-3, AR-4
#[tokio::test(flavor = "multi_thread")]
async fn a_user_saves_on_one_phone_and_finds_and_changes_it_all_on_another_model() {
    let bench = Bench::new().await;
    let carrier = bench.carrier();
    let from = bench.phone("4620SW", "4711", &[Http]);
    let mut from = bench.boot(&carrier, &from, up_to_date(&model("4620SW"))).await;
    assert_eq!(tale(&from, "retrieve").last().unwrap(), "4711_4620data.txt: no such file yet");
    let edits = DIALS.map(|(position, label, number)| dial(position, label, number));
    use_it(&mut from, edits.into_iter().chain([option("Contrast", "3"), Command::Save])).await;
    let file = bench.backup(BACKUP).unwrap();
    assert!(file.starts_with("\r\n"), "{file:?}");
    for (_, label, number) in DIALS {
        assert!(file.contains(label) && file.contains(number), "{label} {number}: {file}");
    }
    assert!(file.contains("\r\nContrast=3\r\n"), "{file}");
    use_it(&mut from, [Command::LogOff]).await;

    let mut to = bench.phone("4621SW", "4711", &[Tftp]);
    to.name = "other".to_owned();
    let mut to = bench.boot(&carrier, &to, up_to_date(&model("4621SW"))).await;
    assert_eq!(to.phone().state(), ready("4711"));
    assert_eq!((dials(&to, "4711"), option_of(&to, "4711", "Contrast")), (five(), Some("3".to_owned())));
    use_it(&mut to, [Command::Show(View::SpeedDial { page: 0 })]).await;
    let shown = to.screen().to_string();
    assert!(["Front desk", "Ирина", "總機", "かおる"].iter().all(|label| shown.contains(label)), "{shown}");

    use_it(&mut to, [dial(2, "Irina", "9120255"), Command::Save]).await;
    let file = bench.backup(BACKUP).unwrap();
    assert!(file.contains("Irina") && !file.contains("Ирина"), "stored by itself: {file}");
    let folder = std::fs::read_dir(bench.served("backups")).unwrap();
    let mut names: Vec<_> = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, [BACKUP.to_owned(), format!("{BACKUP}.~1~")], "one name, and the version before");
}

// req: BR-4, BR-5, BR-6, DC-4
#[tokio::test(flavor = "multi_thread")]
async fn every_model_and_signaling_saves_under_the_name_its_plugin_gives() {
    let bench = Bench::new().await;
    let carrier = bench.carrier();
    let mut stored = Vec::new();
    let mut extensions = 4711..;
    for name in SIX {
        for signaling in model(name).tables().signaling.keys() {
            let extension = extensions.next().unwrap().to_string();
            let mut choice = bench.phone(name, &extension, &[Http]);
            choice.signaling = *signaling;
            let mut desk = bench.boot(&carrier, &choice, Memory::default()).await;
            let state = use_it(&mut desk, [dial(1, "Front desk", "0"), Command::Save]).await;
            assert_eq!(state, ready(&extension), "{name} {signaling}");
            let file = desk.report().backup_file.unwrap();
            assert!(bench.backup(&file).unwrap().contains("Front desk"), "{file}");
            stored.push(format!("{name} {signaling} {}", file.replace(&extension, "EXT")));
        }
    }
    assert_eq!(
        stored,
        [
            "4610SW H.323 EXT_4610data.txt",
            "4610SW SIP EXT_4610data_sip.txt",
            "4620 H.323 EXT_4620data.txt",
            "4620SW H.323 EXT_4620data.txt",
            "4620SW SIP EXT_4620data_sip.txt",
            "4621SW H.323 EXT_4620data.txt",
            "4621SW SIP EXT_4620data_sip.txt",
            "4622SW H.323 EXT_4620data.txt",
            "4625SW H.323 EXT_4620data.txt",
            "4625SW SIP EXT_4620data_sip.txt",
        ]
    );
}

// req: BR-8, BR-10
#[tokio::test(flavor = "multi_thread")]
async fn a_user_names_a_server_and_directory_of_their_own() {
    let bench = Bench::new().await;
    let own = bench.served("backups").join("own");
    std::fs::create_dir_all(&own).unwrap();
    let settings = bench.served("46xxsettings.txt");
    std::fs::write(&settings, "SET FTPUSERSTAT 1\r\nSET FTPSRVR ftp.invalid\r\n").unwrap();
    let choice = bench.phone("4620SW", "4711", &[Http]);
    let mut desk = bench.boot(&bench.carrier(), &choice, up_to_date(&model("4620SW"))).await;
    let server = bench.servers.addresses().ftp.unwrap().to_string();
    let set = [option("FTP Server IP Address", &server), option("FTP Directory Path", "own"), Command::Save];
    use_it(&mut desk, set).await;
    assert!(bench.backup("own/4711_4620data.txt").unwrap().contains("FTP Directory Path=own"));
}

// req: BR-19
#[tokio::test(flavor = "multi_thread")]
async fn no_password_is_in_a_backup_an_event_a_report_or_a_screen() {
    let bench = Bench::with(with_ftp_user(), catalog()).await;
    let choice = bench.phone("4620SW", "4711", &[Http]);
    let mut desk = bench.boot(&bench.carrier(), &choice, up_to_date(&model("4620SW"))).await;
    let named = [option("FTP User Name", "ann"), Command::FtpPassword(Secret::new(FTP_PASSWORD)), Command::Save];
    assert_eq!(use_it(&mut desk, named).await, ready("4711"));
    let report = desk.report();
    assert_eq!(report.outcome, "ready", "{:#?}", told(&desk));
    let everything = format!("{report:?} {:?} {} {}", desk.events(), desk.screen(), bench.backup(BACKUP).unwrap());
    assert!(everything.contains("FTP User Name=ann"));
    assert!(passwords::all().contains(&"904711") && passwords::all().contains(&FTP_PASSWORD));
    assert_eq!(passwords::in_bytes(everything.as_bytes(), std::path::Path::new("everything")), []);
}

const FTP_PASSWORD: &str = "correct-horse";

/// Anonymous visitors are refused; Ann is not.
fn with_ftp_user() -> Profile {
    let mut profile = profile();
    profile.servers.anonymous_ftp = false;
    profile.servers.ftp_users.insert("ann".to_owned(), Secret::new(FTP_PASSWORD));
    profile
}
