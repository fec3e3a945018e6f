//! What a phone's folder holds, and what is said when it cannot be used.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::{fs, path::Path};

use common::{Bench, dial, dials, model, option, option_of, ready, tale, use_it};
use deskset_phone::{Command, Memory, Protocol::Http, State};
use deskset_runtime::{RuntimeError, StateFolder};

const APPLICATION: &str = "lab-4620d01b-h323-2_9_2.bin";

/// What is wrong with putting a phone on a desk whose memory is in `state`.
async fn refused(bench: &Bench, state: &Path) -> RuntimeError {
    let carrier = bench.carrier_with(bench.servers.ca_certificate(), StateFolder::In(state.to_owned()));
    let setup = bench.phone("4620SW", "4711", &[Http]).setup(&bench.profile, model("4620SW")).unwrap();
    carrier.desk(setup).unwrap_err()
}

// req: FS-10, FS-11, BR-3
#[tokio::test(flavor = "multi_thread")]
async fn application_login_and_user_data_outlive_the_desk() {
    let bench = Bench::new().await;
    let choice = bench.phone("4620SW", "4711", &[Http]);
    let carrier = bench.carrier_with(bench.servers.ca_certificate(), bench.state());
    let mut desk = bench.boot(&carrier, &choice, Memory::default()).await;
    use_it(&mut desk, [dial(1, "Ирина", "0"), option("Contrast", "5"), Command::Save]).await;
    let remembered = desk.phone().memory().clone();
    drop((desk, carrier));

    // Nobody logs in this time, and there is no backup: what is there was remembered.
    fs::remove_file(bench.served("backups/4711_4620data.txt")).unwrap();
    let carrier = bench.carrier_with(bench.servers.ca_certificate(), bench.state());
    let mut unattended = choice.clone();
    unattended.login = None;
    let desk = bench.boot(&carrier, &unattended, Memory::default()).await;
    assert_eq!(desk.phone().state(), ready("4711"));
    assert_eq!(desk.phone().memory(), &remembered);
    assert_eq!(dials(&desk, "4711"), [(1, "Ирина".to_owned(), "0".to_owned())]);
    assert_eq!(option_of(&desk, "4711", "Contrast"), Some("5".to_owned()));
    assert_eq!(tale(&desk, "application"), [format!("{APPLICATION} is the one it runs")]);
}

// req: FS-13
#[tokio::test(flavor = "multi_thread")]
async fn what_was_entered_at_the_phone_outlives_the_desk_and_older_files_hold_none_of_it() {
    let bench = Bench::new().await;
    let choice = bench.phone("4620SW", "4711", &[Http]);
    let file = bench.folder.path().join("state/phone/memory.json");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, r#"{ "schema": 1 }"#).unwrap();
    let carrier = bench.carrier_with(bench.servers.ca_certificate(), bench.state());
    let desk = bench.boot(&carrier, &choice, Memory::default()).await;
    assert_eq!((&desk.phone().memory().entered, desk.phone().setup().group), (&[].into(), 0));
    drop(desk);

    fs::remove_file(&file).unwrap();
    let entered = Memory { entered: [("GROUP".to_owned(), "7".to_owned())].into(), ..Memory::default() };
    drop(bench.boot(&carrier, &choice, entered).await);
    let desk = bench.boot(&carrier, &choice, Memory::default()).await;
    let group = desk.phone().parameters().get("GROUP").unwrap();
    assert_eq!((desk.phone().setup().group, group.origin.to_string().as_str()), (7, "entered at the phone"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_edited_but_not_saved_is_gone_after_a_power_cut() {
    let bench = Bench::new().await;
    let choice = bench.phone("4620SW", "4711", &[Http]);
    let carrier = bench.carrier_with(bench.servers.ca_certificate(), bench.state());
    let mut desk = bench.boot(&carrier, &choice, Memory::default()).await;
    use_it(&mut desk, [dial(1, "Kept", "1"), Command::Save, dial(2, "Lost", "2")]).await;
    drop(desk);
    let desk = bench.boot(&carrier, &choice, Memory::default()).await;
    assert_eq!(dials(&desk, "4711"), [(1, "Kept".to_owned(), "1".to_owned())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn phones_of_one_folder_do_not_share_a_memory() {
    let bench = Bench::new().await;
    let carrier = bench.carrier_with(bench.servers.ca_certificate(), bench.state());
    let (one, mut other) = (bench.phone("4620SW", "4711", &[Http]), bench.phone("4621SW", "4712", &[Http]));
    other.name = "other".to_owned();
    let one = bench.boot(&carrier, &one, Memory::default()).await;
    let other = bench.boot(&carrier, &other, Memory::default()).await;
    let name = |desk: &deskset_runtime::Desk| desk.phone().memory().application.as_ref().unwrap().name.clone();
    assert_eq!([name(&one).as_str(), &name(&other)], [APPLICATION, "lab-4621d01a-h323-2_9_2.bin"]);
    assert!(bench.folder.path().join("state/other/memory.json").exists());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_the_owner_can_look_into_a_phones_folder() {
    use std::os::unix::fs::PermissionsExt as _;
    let bench = Bench::new().await;
    let carrier = bench.carrier_with(bench.servers.ca_certificate(), bench.state());
    bench.boot(&carrier, &bench.phone("4620SW", "4711", &[Http]), Memory::default()).await;
    let mode = |path: &str| fs::metadata(bench.folder.path().join(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("state/phone"), 0o700, "logins are in it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_memory_is_named_with_what_is_wrong_and_what_to_do() {
    let bench = Bench::new().await;
    let state = bench.folder.path().join("state");
    let file = state.join("phone/memory.json");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let remedy = "; delete the phone's folder to begin with an empty memory";
    let damages = [
        ("{ \"schema\": 1, \"users\": {", "EOF while parsing an object at line 1 column 25"),
        ("{ \"schema\": 1, }", "trailing comma at line 1 column 16"),
        ("{ \"schema\": 2 }", "its form is version 2, this program knows 1"),
        ("", "EOF while parsing a value at line 1 column 0"),
    ];
    for (text, why) in damages {
        fs::write(&file, text).unwrap();
        let wrong = refused(&bench, &state).await;
        assert_eq!(wrong.to_string(), format!("{}: {why}{remedy}", file.display()));
        assert!(!wrong.is_environment(), "a bad input file");
        assert_eq!(fs::read_to_string(&file).unwrap(), text, "it is left as it is");
    }
}

// req: BR-19
#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_memory_tells_no_password() {
    let bench = Bench::new().await;
    let state = bench.folder.path().join("state");
    let file = state.join("phone/memory.json");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, r#"{ "schema": 1, "login": { "extension": "4711", "password": 904711 } }"#).unwrap();
    let wrong = refused(&bench, &state).await.to_string();
    let why = "a value of another kind than this program writes at line 1 column 65";
    let remedy = "delete the phone's folder to begin with an empty memory";
    assert_eq!(wrong, format!("{}: {why}; {remedy}", file.display()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_memory_that_another_run_uses_is_refused_until_that_run_ends() {
    let bench = Bench::new().await;
    let state = bench.folder.path().join("state");
    let choice = bench.phone("4620SW", "4711", &[Http]);
    let carrier = bench.carrier_with(bench.servers.ca_certificate(), bench.state());
    let desk = bench.boot(&carrier, &choice, Memory::default()).await;
    let wrong = refused(&bench, &state).await;
    let folder = state.join("phone");
    assert_eq!(
        wrong.to_string(),
        format!(
            "{}: another run uses this phone's memory; wait for it, or choose another --state folder",
            folder.display()
        )
    );
    assert!(wrong.is_environment());
    drop(desk);
    let desk = bench.boot(&carrier, &choice, Memory::default()).await;
    assert_eq!(desk.phone().state(), ready("4711"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_cannot_be_made_is_named() {
    let bench = Bench::new().await;
    let file = bench.folder.path().join("a file");
    fs::write(&file, "").unwrap();
    let wrong = refused(&bench, &file.join("state")).await;
    let folder = file.join("state/phone");
    assert_eq!(
        wrong.to_string(),
        format!(
            "{}: making the phone's memory folder: Not a directory (os error 20); check the folder and its permissions",
            folder.display()
        )
    );
    assert!(wrong.is_environment());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_that_cannot_be_kept_is_a_failure_with_its_reason() {
    let bench = Bench::new().await;
    let carrier = bench.carrier_with(bench.servers.ca_certificate(), bench.state());
    let choice = bench.phone("4620SW", "4711", &[Http]);
    // A folder stands where the file is to be.
    fs::create_dir_all(bench.folder.path().join("state/phone/application.bin/x")).unwrap();
    let desk = bench.boot(&carrier, &choice, Memory::default()).await;
    let State::Failed { reason, .. } = desk.phone().state() else { panic!("{:?}", desk.phone().state()) };
    assert!(reason.contains("application.bin"), "{reason}");
    assert_eq!(desk.phone().memory().application, None);
}
