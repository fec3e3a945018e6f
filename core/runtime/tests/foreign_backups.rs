//! Programs of other makers and phones share backup files on our server.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::{
    fs,
    path::Path,
    process::{Command as Process, Output},
};

use common::{Bench, dial, dials, model, option, option_of, peer, ready, told, up_to_date, use_it};
use deskset_phone::{Command, Memory, Protocol::Http};

const BACKUP: &str = "4711_4620data.txt";

/// A program, how it fetches the backup file into `got`, and how it stores `new` in its place.
type Row = (&'static str, &'static [&'static str], &'static [&'static str]);

/// `{ftp}` and `{port}` stand for the server's address and port.
const ROWS: [Row; 5] = [
    (
        "CURL",
        &["-sS", "ftp://{ftp}/4711_4620data.txt", "-o", "got"],
        &["-sS", "-T", "new", "ftp://{ftp}/4711_4620data.txt"],
    ),
    // Active.
    (
        "CURL",
        &["-sS", "-P", "-", "ftp://{ftp}/4711_4620data.txt", "-o", "got"],
        &["-sS", "-P", "-", "-T", "new", "ftp://{ftp}/4711_4620data.txt"],
    ),
    (
        "LFTP",
        &["-c", "open ftp://{ftp}; get 4711_4620data.txt -o got"],
        &["-c", "open ftp://{ftp}; put new -o 4711_4620data.txt"],
    ),
    (
        "PYTHON3",
        &["-c", FETCH, "{port}", "RETR 4711_4620data.txt", "got"],
        &["-c", STORE, "{port}", "STOR 4711_4620data.txt", "new"],
    ),
    ("WGET", &["-nv", "-t1", "ftp://{ftp}/4711_4620data.txt", "-O", "got"], &[]),
];

const FETCH: &str = "import ftplib, sys
ftp = ftplib.FTP()
ftp.connect('127.0.0.1', int(sys.argv[1]), timeout=30)
ftp.login()
with open(sys.argv[3], 'wb') as file:
    ftp.retrbinary(sys.argv[2], file.write)
ftp.quit()";

const STORE: &str = "import ftplib, sys
ftp = ftplib.FTP()
ftp.connect('127.0.0.1', int(sys.argv[1]), timeout=30)
ftp.login()
with open(sys.argv[3], 'rb') as file:
    ftp.storbinary(sys.argv[2], file)
ftp.quit()";

async fn run(bench: &Bench, here: &Path, program: &str, arguments: &[&str]) {
    let ftp = bench.servers.addresses().ftp.unwrap();
    let filled = |text: &&str| text.replace("{ftp}", &ftp.to_string()).replace("{port}", &ftp.port().to_string());
    let mut process = Process::new(peer(&format!("PEER_PROGRAM_{program}")));
    process.args(arguments.iter().map(filled)).current_dir(here);
    process.env_clear().env("HOME", here).env("LC_ALL", "C.UTF-8").env("PATH", "/usr/bin:/bin");
    let ran: Output = tokio::task::spawn_blocking(move || process.output().unwrap()).await.unwrap();
    assert!(ran.status.success(), "{program} {arguments:?}: {ran:?}");
}

// req: AR-1, AR-3, BR-4, FS-14
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_goes_from_a_phone_to_a_foreign_client_and_back_to_another_phone() {
    for (program, fetch, store) in ROWS {
        let bench = Bench::new().await;
        let carrier = bench.carrier();
        let here = bench.folder.path().join("here");
        fs::create_dir(&here).unwrap();
        let choice = bench.phone("4620SW", "4711", &[Http]);
        let mut from = bench.boot(&carrier, &choice, up_to_date(&model("4620SW"))).await;
        use_it(&mut from, [dial(1, "Ирина", "9120"), option("Contrast", "3"), Command::Save]).await;
        assert_eq!(from.report().outcome, "ready", "{:#?}", told(&from));
        let saved = from.report().files.pop().unwrap();
        use_it(&mut from, [Command::LogOff]).await;

        run(&bench, &here, program, fetch).await;
        let got = fs::read_to_string(here.join("got")).unwrap();
        assert_eq!(Some(&got), bench.backup(BACKUP).as_ref(), "{program}");
        assert_eq!((saved.name.as_str(), saved.protocol, saved.bytes), (BACKUP, "ftp", got.len() as u64), "{program}");
        assert!(got.starts_with("\r\n") && got.contains("Ирина") && got.contains("\r\nContrast=3\r\n"), "{got}");
        if store.is_empty() {
            continue;
        }

        let new = got.replace("Ирина", "總機").replace("Contrast=3", "Contrast=5");
        fs::write(here.join("new"), &new).unwrap();
        run(&bench, &here, program, store).await;
        assert_eq!(bench.backup(BACKUP), Some(new), "{program}");
        assert_eq!(bench.backup(&format!("{BACKUP}.~1~")), Some(got), "the version before: {program}");
        let choice = bench.phone("4621SW", "4711", &[Http]);
        let to = bench.boot(&carrier, &choice, up_to_date(&model("4621SW"))).await;
        assert_eq!(to.phone().state(), ready("4711"), "{program}: {:#?}", told(&to));
        assert_eq!(dials(&to, "4711"), [(1, "總機".to_owned(), "9120".to_owned())], "{program}");
        assert_eq!(option_of(&to, "4711", "Contrast"), Some("5".to_owned()), "{program}");
    }
}

// req: AR-1, AR-2, AR-3
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_only_a_foreign_client_ever_stored_is_the_user_s_data_on_a_new_phone() {
    let bench = Bench::new().await;
    let carrier = bench.carrier();
    // A phone elsewhere made it.
    let elsewhere = Bench::new().await;
    let choice = elsewhere.phone("4610SW", "4712", &[Http]);
    let mut from = elsewhere.boot(&elsewhere.carrier(), &choice, Memory::default()).await;
    use_it(&mut from, [dial(2, "かおる", "7"), Command::Save]).await;
    let here = elsewhere.served("backups");
    run(&bench, &here, "CURL", &["-sS", "-T", "4712_4610data.txt", "ftp://{ftp}/"]).await;
    let to = bench.boot(&carrier, &bench.phone("4610SW", "4712", &[Http]), Memory::default()).await;
    assert_eq!(to.phone().state(), ready("4712"), "{:#?}", told(&to));
    assert_eq!(dials(&to, "4712"), [(2, "かおる".to_owned(), "7".to_owned())]);
    assert_eq!(
        fs::read(here.join("4712_4610data.txt")).unwrap(),
        fs::read(bench.served("backups/4712_4610data.txt")).unwrap()
    );
}
