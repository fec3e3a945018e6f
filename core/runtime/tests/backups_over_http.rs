//! Users whose backup files lie on an HTTP server (BRURI): phones and servers on real sockets.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Bench, dial, dials, flash, model, option, option_of, ready, rest, tale, told, up_to_date, use_it};
use deskset_phone::{Command, Protocol, State};
use deskset_runtime::{Carrier, Desk, StateFolder};
use deskset_server::LabCa;

const BACKUP: &str = "4711_4620data.txt";

/// A lab whose settings file names this place for backups.
async fn bench(place: impl Fn(&Bench) -> String) -> Bench {
    let bench = Bench::new().await;
    let settings = format!("SET RESTORESTAT 1\r\nSET BRURI {}\r\n", place(&bench));
    std::fs::write(bench.served("46xxsettings.txt"), settings).unwrap();
    bench
}

fn own_server(bench: &Bench, protocol: Protocol, path: &str) -> String {
    let addresses = bench.servers.addresses();
    let address = if protocol == Protocol::Https { addresses.https } else { addresses.http };
    format!("{}://{}{path}", protocol.key(), address.unwrap())
}

async fn boot(bench: &Bench, carrier: &Carrier, model_name: &str) -> Desk {
    let choice = bench.phone(model_name, "4711", &[Protocol::Http]);
    bench.boot(carrier, &choice, up_to_date(&model(model_name))).await
}

/// Result and reason of the last backup and retrieval, as the report has them.
fn status(desk: &Desk) -> [Option<(&'static str, Option<&'static str>)>; 2] {
    let report = desk.report();
    [report.last_backup, report.last_retrieval].map(|last| last.map(|last| (last.result, last.reason)))
}

// req: BR-3, BR-4, BR-6, AR-1, AR-2, AR-3, AR-4, FS-14, BD-13, BD-10
#[tokio::test(flavor = "multi_thread")]
async fn a_user_saves_by_put_and_finds_it_by_get_on_another_model() {
    for protocol in [Protocol::Http, Protocol::Https] {
        let bench = bench(|bench| own_server(bench, protocol, "/backups")).await;
        let carrier = bench.carrier();
        let mut from = boot(&bench, &carrier, "4620SW").await;
        assert_eq!(status(&from), [None, Some(("no file", Some("no-file")))]);
        use_it(&mut from, [dial(1, "Ирина", "9120"), option("Contrast", "3"), Command::Save]).await;
        assert_eq!(from.report().outcome, "ready", "{:#?}", told(&from));
        assert_eq!(status(&from), [Some(("successful", None)), Some(("no file", Some("no-file")))]);
        let file = bench.backup(BACKUP).unwrap();
        assert!(file.starts_with("\r\n") && file.contains("Ирина") && file.contains("\r\nContrast=3\r\n"), "{file}");
        use_it(&mut from, [Command::LogOff]).await;
        assert_eq!(dials(&from, "4711"), [], "the next login finds it on the server");

        let mut to = boot(&bench, &carrier, "4621SW").await;
        assert_eq!(to.phone().state(), ready("4711"), "{:#?}", told(&to));
        assert_eq!(dials(&to, "4711"), [(1, "Ирина".to_owned(), "9120".to_owned())]);
        assert_eq!(option_of(&to, "4711", "Contrast"), Some("3".to_owned()));
        assert_eq!(status(&to), [None, Some(("successful", None))]);
        use_it(&mut to, [dial(2, "總機", "0"), Command::Save]).await;
        assert!(bench.backup(BACKUP).unwrap().contains("總機"), "stored by itself: {:#?}", told(&to));

        let files = to.report().files;
        let [.., retrieved, saved] = &files[..] else { panic!("{files:#?}") };
        for file in [retrieved, saved] {
            assert_eq!((file.name.as_str(), file.protocol), (BACKUP, protocol.key()));
        }
        let named: Vec<_> = [retrieved, saved].iter().map(|file| file.transfer.clone()).collect();
        // One boot of three files each, two transfers by each phone; a file that was not there counts.
        let served = bench.transfers_named(10).await;
        let of_server: Vec<_> = served.into_iter().filter(|(file, _)| file.ends_with(BACKUP)).collect();
        let of_server: Vec<_> = of_server.into_iter().map(|(_, transfer)| transfer).collect();
        assert_eq!(of_server[of_server.len() - 2..], named, "the server was told the same ids");
        assert!(named.iter().all(Option::is_some));
    }
}

// req: BR-3
#[tokio::test(flavor = "multi_thread")]
async fn software_before_2_8_knows_no_http_server_for_backups() {
    let bench = bench(|bench| own_server(bench, Protocol::Http, "/backups")).await;
    let ftp = bench.servers.addresses().ftp.unwrap();
    let settings = std::fs::read_to_string(bench.served("46xxsettings.txt")).unwrap();
    std::fs::write(bench.served("46xxsettings.txt"), format!("{settings}SET FTPSRVR {ftp}\r\n")).unwrap();
    std::fs::write(bench.served("46xxupgrade.scr"), "GET 46xxsettings.txt\r\n").unwrap();
    for (release, protocol) in [("2.7", "ftp"), ("2.8", "http")] {
        let choice = bench.phone("4620SW", "4711", &[Protocol::Http]);
        let mut desk = bench.boot(&bench.carrier(), &choice, flash("old.bin", release)).await;
        use_it(&mut desk, [dial(1, "Ann", "1"), Command::Save]).await;
        let saved = desk.report().files.pop().unwrap();
        assert_eq!((saved.name.as_str(), saved.protocol), (BACKUP, protocol), "{:#?}", told(&desk));
    }
}

/// A place for backups, and how a save and a retrieval from it end.
type Row = (&'static str, Protocol, &'static str, &'static str, &'static str);

const ROWS: [Row; 5] = [
    ("outside the folder for backups", Protocol::Http, "/phones", "denied", "no-file"),
    ("not below the served folder", Protocol::Http, "/backups/../..", "denied", "denied"),
    ("a folder that the server makes", Protocol::Http, "/backups/none", "", "no-file"),
    ("a folder that is a file", Protocol::Http, "/backups/4712_4620data.txt", "dir", "no-file"),
    ("a good one", Protocol::Https, "/backups/", "", "no-file"),
];

// req: BR-3, BD-13
#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_refuses_has_its_reason() {
    for (what, protocol, path, save, retrieval) in ROWS {
        let bench = bench(|bench| own_server(bench, protocol, path)).await;
        std::fs::create_dir_all(bench.served("backups")).unwrap();
        std::fs::write(bench.served("backups/4712_4620data.txt"), "").unwrap();
        let mut desk = boot(&bench, &bench.carrier(), "4620SW").await;
        use_it(&mut desk, [dial(1, "Ann", "1"), Command::Save]).await;
        let [backup, retrieved] = status(&desk);
        let reason = |last: Option<(_, Option<&'static str>)>| last.unwrap().1.unwrap_or_default();
        assert_eq!((reason(backup), reason(retrieved)), (save, retrieval), "{what}: {:#?}", told(&desk));
        assert_eq!(dials(&desk, "4711"), [(1, "Ann".to_owned(), "1".to_owned())], "{what}: it is on the phone");
        let outcome = desk.report().outcome;
        assert_eq!(outcome == "ready", save.is_empty(), "{what}: {outcome}");
    }
}

// req: BR-3, FS-4
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_another_authority_vouches_for_gets_no_backup() {
    let bench = bench(|bench| own_server(bench, Protocol::Https, "/backups")).await;
    let other = LabCa::create().unwrap();
    let mut desk = boot(&bench, &bench.carrier_with(other.certificate(), StateFolder::Nowhere), "4620SW").await;
    use_it(&mut desk, [dial(1, "Ann", "1"), Command::Save]).await;
    let failed = Some(("failed", Some("connect")));
    assert_eq!(status(&desk), [failed, failed]);
    for step in ["retrieve", "save"] {
        let last = tale(&desk, step).pop().unwrap();
        assert!(last.starts_with("connect: ") && last.contains("certificate"), "{last}");
    }
    assert_eq!(bench.backup(BACKUP), None);
}

// req: BR-3
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_down_or_has_no_name_has_its_reason_and_the_next_save_tries_again() {
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let places = [(format!("http://{gone}/backups"), "connect"), ("http://backups.invalid/".to_owned(), "no-server")];
    for (place, reason) in places {
        let bench = bench(|_| place.clone()).await;
        let mut desk = boot(&bench, &bench.carrier(), "4620SW").await;
        use_it(&mut desk, [dial(1, "Ann", "1"), Command::Save]).await;
        let failed = Some(("failed", Some(reason)));
        assert_eq!(status(&desk), [failed, failed], "{:#?}", told(&desk));
        use_it(&mut desk, [Command::LogOff]).await;
        assert_eq!(desk.phone().state(), State::LoggedOff);
        let stored = &tale(&desk, "save");
        let tries = stored.iter().filter(|line| line.contains(": ") && line.contains(reason)).count();
        assert_eq!(tries, 2, "once more at logoff: {stored:#?}");
        assert_eq!(dials(&desk, "4711"), [(1, "Ann".to_owned(), "1".to_owned())], "kept for who comes back");
    }
}

// req: AR-2, BD-7, BD-9
#[tokio::test(flavor = "multi_thread")]
async fn the_phone_can_be_used_while_the_data_come_and_edits_wait_for_them() {
    // Accepts, and answers nobody until the test lets it.
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let place = format!("http://{}/backups", silent.local_addr().unwrap());
    let bench = bench(|_| place.clone()).await;
    let choice = bench.phone("4620SW", "4711", &[Protocol::Http]);
    let setup = choice.setup(&bench.profile, model("4620SW")).unwrap();
    let mut desk = bench.carrier().desk_with(setup, up_to_date(&model("4620SW"))).unwrap();
    desk.power_on();
    desk.until(|phone| matches!(phone.state(), State::Ready { .. })).await;
    let extension = Some("4711".parse().unwrap());
    assert_eq!(desk.phone().state(), State::Ready { extension, settled: false });
    assert!(desk.screen().to_string().contains("Retrieving data"), "{}", desk.screen());
    desk.command(dial(1, "Ann", "1"));
    desk.command(Command::Save);
    let refused = tale(&desk, "use");
    assert_eq!(refused.len(), 2, "{refused:#?}");
    assert!(refused.iter().all(|line| line.contains("data are being retrieved")), "{refused:#?}");
    assert!(desk.report().outcome.starts_with("failed: "), "not through yet");
    drop(silent);
    rest(&mut desk).await;
    assert_eq!(status(&desk)[1].unwrap().0, "failed");
    use_it(&mut desk, [dial(1, "Ann", "1"), Command::Save]).await;
    assert_eq!(dials(&desk, "4711"), [(1, "Ann".to_owned(), "1".to_owned())]);
}
