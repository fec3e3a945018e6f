//! The checks that an implementation of backup and retrieval has to pass, by way of a foreign FTP server. The same
//! checks in the simulator: `core/sim/tests/reference_checks.rs`.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::{collections::BTreeMap, fs};

use common::{Bench, catalog, dial, name, option, own_folder, peer, profile, tale, told, use_it};
use deskset_models::Signaling;
use deskset_phone::{Command, Login, Memory, Protocol, RECTANGLE, View};
use deskset_runtime::{Desk, PhoneChoice};
use tempfile::TempDir;

const USER: &str = "21045";
const H323: &str = "21045_4620data.txt";
const COLOURS: &str = "Phone Application Background Color=2\r\nSpeed Dial Application Background Color=3\r\n\
    Call Log Application Background Color=4\r\nOptions Application Background Color=5\r\n";

/// What must hold after a check.
type Holds = fn(&After) -> bool;

/// A phone, and how its file is named.
type Named = ((&'static str, Signaling), Holds);

/// A check: the phone, what is administered, the file on the server before, what is done, what must hold then.
struct Check {
    number: u8,
    phone: (&'static str, Signaling),
    administered: &'static [(&'static str, &'static str)],
    before: &'static [u8],
    holds: Holds,
}

/// What a check looks at.
struct After<'a> {
    desk: &'a Desk,
    /// Files on the foreign server, by their path below the administered folder.
    files: BTreeMap<String, String>,
    /// What was retrieved, before the Save.
    retrieved: BTreeMap<String, String>,
}

impl After<'_> {
    /// The retrieved option.
    fn option(&self, name: &str) -> Option<&str> {
        self.retrieved.get(name).map(String::as_str)
    }

    /// The retrieved label of speed dial 2; the check itself makes number 1.
    fn label(&self) -> Option<&str> {
        self.option("label 2")
    }

    fn file(&self) -> &str {
        self.files.get(H323).map_or("", String::as_str)
    }

    fn names(&self) -> Vec<&str> {
        self.files.keys().map(String::as_str).collect()
    }

    fn transfers(&self) -> usize {
        let lines = [tale(self.desk, "save"), tale(self.desk, "retrieve")].concat();
        lines.iter().filter(|line| line.contains(&peer("PEER_FTP_VSFTPD"))).count()
    }
}

const fn h323(model: &'static str) -> (&'static str, Signaling) {
    (model, Signaling::H323)
}

const DIAL: &[u8] = b"Contrast=11\r\nABKNAME002=Ann\r\nABKNUMBER002=1\r\n";

fn checks() -> Vec<Check> {
    let plain = Check { number: 1, phone: h323("4621SW"), administered: &[], before: b"", holds: |_| false };
    let names: [Named; 5] = [
        (h323("4625SW"), |after| after.names() == ["21045_4620data.txt"]),
        (("4625SW", Signaling::Sip), |after| after.names() == ["21045_4620data_sip.txt"]),
        (h323("4620"), |after| after.names() == ["21045_4620data.txt"]),
        (h323("4610SW"), |after| after.names() == ["21045_4610data.txt"]),
        (("4610SW", Signaling::Sip), |after| after.names() == ["21045_4610data_sip.txt"]),
    ];
    let mut checks: Vec<Check> = names.into_iter().map(|(phone, holds)| Check { phone, holds, ..plain }).collect();
    checks.extend([
        Check {
            number: 2,
            before: "\u{FEFF}Contrast=11\r\nRedial=0\r\n".as_bytes(),
            holds: |after| after.option("Contrast") == Some("11"),
            ..plain
        },
        Check {
            number: 3,
            before: b"ABKNAME002=Caf\xE9\r\nABKNUMBER002=1\r\n",
            holds: |after| after.label() == Some("Café") && after.file().contains("ABKNAME002=Café\r\n"),
            ..plain
        },
        Check {
            number: 4,
            administered: &[("OPSTAT", "000")],
            before: DIAL,
            holds: |after| after.retrieved.is_empty() && tale(after.desk, "retrieve").is_empty(),
            ..plain
        },
        Check {
            number: 4,
            administered: &[("OPSTAT", "011")],
            before: DIAL,
            holds: |after| after.option("Contrast").is_none() && after.label() == Some("Ann"),
            ..plain
        },
        Check {
            number: 5,
            administered: &[("APPSTAT", "3")],
            before: DIAL,
            holds: |after| after.option("Contrast") == Some("11") && after.label().is_none(),
            ..plain
        },
        Check {
            number: 6,
            administered: &[("FTPUSERSTAT", "2")],
            before: b"FTP Server IP Address=ftp.invalid\r\nFTP Directory Path={folder}/mine\r\n",
            // Retrieved where the administrator says; saved in the user's directory on the administrator's server.
            holds: |after| after.names() == [H323, "mine/21045_4620data.txt"],
            ..plain
        },
        Check {
            number: 7,
            phone: h323("4620"),
            before: "ABKNAME002=Ирина\r\nABKNUMBER002=1\r\n".as_bytes(),
            holds: |after| {
                let screen = after.desk.screen().to_string();
                screen.contains(&RECTANGLE.to_string().repeat(5)) && after.file().contains("ABKNAME002=Ирина\r\n")
            },
            ..plain
        },
        Check {
            number: 8,
            before: COLOURS.as_bytes(),
            holds: |after| after.file().contains(COLOURS) && after.file().contains("ABKNAME001=Own"),
            ..plain
        },
        Check {
            number: 9,
            before: b"Contrast=16\r\nRedial=0\r\n",
            holds: |after| {
                let last = after.desk.report().last_retrieval.unwrap();
                after.option("Contrast").is_none() && after.option("Redial") == Some("0") && last.reason.is_none()
            },
            ..plain
        },
        Check { number: 10, before: DIAL, holds: |after| after.transfers() == 0, ..plain },
        Check {
            number: 11,
            before: b"Automatic Backup=0\r\n",
            holds: |after| {
                // The retrieval, and no more; the file is as it was.
                after.transfers() == 1 && after.file() == "Automatic Backup=0\r\n"
            },
            ..plain
        },
    ]);
    checks
}

/// What is kept of the user, as name and value.
fn owned(desk: &Desk) -> BTreeMap<String, String> {
    let Some(user) = desk.phone().memory().users.get(&USER.parse().unwrap()) else { return BTreeMap::new() };
    let dials = user.data.speed_dials.iter().map(|(position, dial)| (format!("label {position}"), dial.label.clone()));
    user.data.options.clone().into_iter().chain(dials).collect()
}

fn files_in(folder: &TempDir, prefix: &str) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder.path().join(prefix)).unwrap().map(|entry| entry.unwrap());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|entry| entry.file_type().unwrap().is_dir());
    let mut found: BTreeMap<_, _> = files
        .iter()
        .map(|file| {
            let text = String::from_utf8_lossy(&fs::read(file.path()).unwrap()).into_owned();
            (format!("{prefix}{}", file.file_name().into_string().unwrap()), text)
        })
        .collect();
    for inner in folders {
        found.extend(files_in(folder, &format!("{prefix}{}/", inner.file_name().into_string().unwrap())));
    }
    found
}

// req: BR-2, BR-3, BR-4, BR-5, BR-6, BR-8, BR-11, BR-13, BR-14, BR-15, BR-16, BR-20, BD-1, BD-2, BD-3, BD-5, BD-6
#[tokio::test(flavor = "multi_thread")]
async fn the_checks_hold_by_way_of_vsftpd() {
    for check in checks() {
        let folder = own_folder(peer("PEER_FTP_ROOT_VSFTPD_ANONYMOUS"));
        let directory = format!("incoming/{}", name(&folder));
        let mine = folder.path().join("mine");
        if check.number == 6 {
            fs::create_dir(&mine).unwrap();
            fs::set_permissions(&mine, fs::metadata(folder.path()).unwrap().permissions()).unwrap();
        }
        if !check.before.is_empty() {
            let path = folder.path().join(H323);
            let filled = String::from_utf8(check.before.to_vec()).map(|text| text.replace("{folder}", &directory));
            fs::write(&path, filled.map_or_else(|_| check.before.to_vec(), String::into_bytes)).unwrap();
            // The server may run as somebody else, who is to overwrite it.
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
        }
        let mut profile = profile();
        let password = profile.extensions[&"4711".parse().unwrap()].clone();
        profile.extensions.insert(USER.parse().unwrap(), password);
        let bench = Bench::with(profile, catalog()).await;
        let own = [("RESTORESTAT", "1"), ("FTPSRVR", &peer("PEER_FTP_VSFTPD")), ("FTPDIR", &directory)];
        let lines = own.iter().chain(check.administered).map(|(name, value)| format!("SET {name} {value}\r\n"));
        fs::write(bench.served("46xxsettings.txt"), lines.collect::<String>()).unwrap();

        let (model, signaling) = check.phone;
        let mut choice: PhoneChoice = bench.phone(model, USER, &[Protocol::Http]);
        choice.signaling = signaling;
        if check.number == 10 {
            choice.login = None::<Login>;
        }
        let mut desk = bench.boot(&bench.carrier(), &choice, Memory::default()).await;
        if check.number == 10 {
            use_it(&mut desk, [Command::LogIn(None)]).await;
        }
        let retrieved = owned(&desk);
        let save = [dial(1, "Own", "1"), option("Call Timer", "1"), Command::Save];
        use_it(&mut desk, save.into_iter().chain([Command::Show(View::SpeedDial { page: 0 })])).await;
        let after = After { desk: &desk, files: files_in(&folder, ""), retrieved };
        assert!(
            (check.holds)(&after),
            "check {}: {:#?} {:#?} {:#?}",
            check.number,
            after.files,
            after.retrieved,
            told(&desk)
        );
        if check.number == 10 {
            assert_eq!(after.file().as_bytes(), DIAL);
        }
    }
}
