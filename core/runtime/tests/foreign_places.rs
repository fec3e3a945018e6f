//! Backup files on servers of other makers: nginx over HTTP and HTTPS, and what may go wrong there.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::fs;

use common::{Bench, dial, dials, model, name, own_folder, peer, ready, told, up_to_date, use_it};
use deskset_phone::{Command, Protocol};
use deskset_runtime::{Carrier, Desk, StateFolder};
use tempfile::TempDir;

const BACKUP: &str = "4711_4620data.txt";

/// A lab whose settings file sends backups to this place.
async fn bench(place: &str) -> (Bench, Carrier) {
    let bench = Bench::new().await;
    fs::write(bench.served("46xxsettings.txt"), format!("SET RESTORESTAT 1\r\nSET BRURI {place}\r\n")).unwrap();
    let ca = fs::read_to_string(peer("PEER_CA")).unwrap();
    let carrier = bench.carrier_with(&ca, StateFolder::Nowhere);
    (bench, carrier)
}

async fn boot(bench: &Bench, carrier: &Carrier, model_name: &str) -> Desk {
    let choice = bench.phone(model_name, "4711", &[Protocol::Http]);
    bench.boot(carrier, &choice, up_to_date(&model(model_name))).await
}

// req: BR-3, BR-4, BR-6, AR-1, AR-2, AR-3, AR-4, BD-13
#[tokio::test(flavor = "multi_thread")]
async fn a_user_moves_by_way_of_nginx_over_http_and_https() {
    for (scheme, server) in [("http", "PEER_HTTP"), ("https", "PEER_HTTPS")] {
        let folder = own_folder(peer("PEER_PUT"));
        let (bench, carrier) = bench(&format!("{scheme}://{}/put/{}", peer(server), name(&folder))).await;
        let mut from = boot(&bench, &carrier, "4620SW").await;
        use_it(&mut from, [dial(1, "Ирина", "9120"), Command::Save]).await;
        assert_eq!(from.report().outcome, "ready", "{:#?}", told(&from));
        let file = fs::read_to_string(folder.path().join(BACKUP)).unwrap();
        assert!(file.starts_with("\r\n") && file.contains("Ирина"), "{file}");
        use_it(&mut from, [Command::LogOff]).await;

        let mut to = boot(&bench, &carrier, "4625SW").await;
        assert_eq!(to.phone().state(), ready("4711"), "{:#?}", told(&to));
        assert_eq!(dials(&to, "4711"), [(1, "Ирина".to_owned(), "9120".to_owned())]);
        assert!(to.report().files.iter().any(|file| (file.name.as_str(), file.protocol) == (BACKUP, scheme)));
        use_it(&mut to, [dial(2, "總機", "0"), Command::Save]).await;
        let file = fs::read_to_string(folder.path().join(BACKUP)).unwrap();
        assert!(file.contains("總機") && file.contains("Ирина"), "stored by itself: {file}");
    }
}

/// What is wrong, server, path on it, and the reason codes of a save and of a retrieval. `{}` is a folder that is there.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static str);

const ROWS: [Row; 10] = [
    (
        "the folder is not there, which nginx calls its own fault",
        "PEER_HTTP",
        "/put-strict/{}/none",
        "connect",
        "no-file",
    ),
    ("the file is too large for it", "PEER_HTTP", "/put-small/{}", "denied", "no-file"),
    ("nobody may", "PEER_HTTP", "/closed/{}", "denied", "denied"),
    ("it takes no files there", "PEER_HTTP", "/{}", "denied", "no-file"),
    ("it is elsewhere", "PEER_HTTP", "/moved", "connect", "connect"),
    ("it cannot now", "PEER_HTTP", "/unavailable", "connect", "connect"),
    ("it hangs up", "PEER_HTTP", "/hangs-up", "data", "data"),
    ("its certificate is another's", "PEER_HTTPS_WRONGNAME", "/put/{}", "connect", "connect"),
    ("its certificate is too old", "PEER_HTTPS_EXPIRED", "/put/{}", "connect", "connect"),
    ("its TLS is too old", "PEER_HTTPS_OLDTLS", "/put/{}", "connect", "connect"),
];

// req: BR-3, FS-4, BD-13
#[tokio::test(flavor = "multi_thread")]
async fn what_nginx_refuses_has_its_reason_and_leaves_nothing_there() {
    for (what, server, path, save, retrieval) in ROWS {
        let folder: TempDir = own_folder(peer("PEER_PUT"));
        let scheme = if server == "PEER_HTTP" { "http" } else { "https" };
        let place = format!("{scheme}://{}{}", peer(server), path.replace("{}", &name(&folder)));
        let (bench, carrier) = bench(&place).await;
        let mut desk = boot(&bench, &carrier, "4620SW").await;
        use_it(&mut desk, [dial(1, "Ann", "1"), Command::Save]).await;
        let report = desk.report();
        let reasons = [report.last_backup, report.last_retrieval].map(|last| last.unwrap().reason);
        assert_eq!(reasons, [Some(save), Some(retrieval)], "{what}: {:#?}", told(&desk));
        assert_eq!(dials(&desk, "4711"), [(1, "Ann".to_owned(), "1".to_owned())], "{what}: it is on the phone");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{what}");
    }
}
