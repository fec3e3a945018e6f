//! The directory on disk: what survives a restart, and files that are no directory.
#![allow(missing_docs, clippy::unwrap_used)]

use std::{
    error::Error as _,
    fs,
    net::IpAddr,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::Path,
    time::{Duration, SystemTime},
};

use deskset_server::{
    Directory, KeptError, ServerError,
    limits::{SUBSCRIPTION_AGE_MAX, SUBSCRIPTIONS_FILE_BYTES_MAX, SUBSCRIPTIONS_MAX},
};

const FROM: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

fn subscribe(directory: &Directory, number: u8, extension: &str) {
    let query = format!("MAC=0200000000{number:02x}&Extn={extension}&ip=127.1.2.{number}&SetID=4620D01B");
    directory.subscribe(&query, FROM, SystemTime::now()).unwrap();
}

/// Who is known, by extension and place.
fn known(directory: &Directory) -> Vec<String> {
    let of = |phone: deskset_server::Subscription| format!("{} {} {}", phone.extension, phone.set_id, phone.push);
    directory.list(SystemTime::now()).into_iter().map(of).collect()
}

// req: PU-1
#[tokio::test]
async fn who_has_subscribed_is_known_after_a_restart_and_the_port_is_the_new_runs() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("state/subscriptions");
    let before = Directory::new(80);
    let kept = before.keep(&place).unwrap();
    subscribe(&before, 1, "4711");
    subscribe(&before, 2, "");
    kept.stop().await;
    assert_eq!(fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o700);
    let after = Directory::new(5080);
    let kept = after.keep(&place).unwrap();
    let expected = ["4711 4620D01B http://127.1.2.1:5080/forms/push", " 4620D01B http://127.1.2.2:5080/forms/push"];
    assert_eq!(known(&after), expected);
    // The user has moved: the newer phone is believed, in the next run too.
    subscribe(&after, 3, "4711");
    kept.stop().await;
    let last = Directory::new(80);
    let kept = last.keep(&place).unwrap();
    assert_eq!(known(&last), [" 4620D01B http://127.1.2.2/forms/push", "4711 4620D01B http://127.1.2.3/forms/push"]);
    kept.stop().await;
    // What an own program wrote is all there is: nothing half-written is left.
    let names: Vec<_> = fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["known.json"]);
}

#[tokio::test(start_paused = true)]
async fn a_change_is_written_without_anybody_stopping() {
    let folder = tempfile::tempdir().unwrap();
    let directory = Directory::new(80);
    let kept = directory.keep(folder.path()).unwrap();
    subscribe(&directory, 1, "4711");
    let file = folder.path().join("known.json");
    while !file.exists() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    // As if the process had been killed now.
    let other = Directory::new(80);
    other.recall(&fs::read(&file).unwrap(), SystemTime::now()).unwrap();
    assert_eq!(known(&other), known(&directory));
    kept.stop().await;
}

#[tokio::test]
async fn age_goes_on_while_nobody_serves_and_a_clock_that_went_back_makes_nobody_younger() {
    let now = SystemTime::now();
    let directory = Directory::new(80);
    let subscribe = |mac: &str, extension: &str, at| {
        let query = format!("MAC={mac}&Extn={extension}&ip=10.0.0.{extension}&SetID=a");
        directory.subscribe(&query, FROM, at).unwrap();
    };
    subscribe("020000000001", "1", now - SUBSCRIPTION_AGE_MAX + Duration::from_secs(60));
    subscribe("020000000002", "2", now - Duration::from_secs(3600));
    subscribe("020000000003", "3", now + Duration::from_secs(3600));
    let after = Directory::new(80);
    after.recall(&directory.record(), now).unwrap();
    let ages = |at| {
        let of = |phone: deskset_server::Subscription| (phone.extension, phone.age_seconds);
        after.list(at).into_iter().map(of).collect::<Vec<_>>()
    };
    let age = |extension: &str, seconds| (extension.to_owned(), seconds);
    let oldest = SUBSCRIPTION_AGE_MAX.as_secs() - 60;
    // Whole seconds are kept.
    let rounded: Vec<_> = ages(now).into_iter().map(|(extension, age)| (extension, age / 60 * 60)).collect();
    assert_eq!(rounded, [age("1", oldest / 60 * 60), age("2", 3600), age("3", 0)]);
    assert_eq!(ages(now + Duration::from_secs(120)).len(), 2);
}

fn phone(mac: &str, extension: &str, address: &str, at: &str) -> String {
    format!(
        "{{\"mac\":\"{mac}\",\"extension\":\"{extension}\",\"address\":\"{address}\",\"set_id\":\"a\",\"at\":{at}}}"
    )
}

fn file(phones: &[String]) -> Vec<u8> {
    format!("{{\"schema\":\"deskset-directory-1\",\"phones\":[{}]}}", phones.join(",")).into_bytes()
}

#[test]
fn a_file_that_is_no_directory_is_refused_whole_and_says_where() {
    let good = || phone("020000000001", "4711", "10.0.0.1", "1");
    let many = file(&vec![good(); SUBSCRIPTIONS_MAX + 1]);
    let deep = format!("{{\"schema\":\"deskset-directory-1\",\"phones\":{}", "[".repeat(100_000));
    let rows: [(Vec<u8>, &str); 12] = [
        (b"".to_vec(), "EOF while parsing a value at line 1 column 0"),
        (b"\xff\xfe\0".to_vec(), "expected value at line 1 column 1"),
        (file(&[good()])[..60].to_vec(), "EOF while parsing a string at line 1 column 60"),
        (deep.into_bytes(), "invalid type: sequence"),
        (b"{\"schema\":\"deskset-directory-2\",\"phones\":[]}".to_vec(), "its form is \"deskset-directory-2\""),
        (b"[]".to_vec(), "invalid length 0"),
        (b"{\"schema\":\"deskset-directory-1\"}".to_vec(), "missing field `phones`"),
        (file(&[good(), phone("0200", "1", "10.0.0.1", "1")]), "phone 2: the subscription's MAC cannot be read"),
        (file(&[phone("020000000001", "1\\n2", "10.0.0.1", "1")]), "phone 1: the subscription's Extn cannot be read"),
        (file(&[phone("020000000001", "1", "lab", "1")]), "phone 1: the subscription's ip cannot be read"),
        (file(&[phone("020000000001", "1", "10.0.0.1", "-1")]), "invalid value: integer `-1`"),
        (many, "100001 phones are more than the 100000 that are known at once"),
    ];
    for (bytes, words) in rows {
        let directory = Directory::new(80);
        subscribe(&directory, 9, "4719");
        let why = directory.recall(&bytes, SystemTime::now()).unwrap_err().to_string();
        assert!(why.contains(words), "{why}, not {words}");
        assert_eq!(known(&directory), ["4719 4620D01B http://127.1.2.9/forms/push"], "{words}");
    }
    // A time that no clock has is now.
    let directory = Directory::new(80);
    let future = phone("020000000001", "4711", "10.0.0.1", &u64::MAX.to_string());
    directory.recall(&file(&[future]), SystemTime::now()).unwrap();
    assert_eq!(directory.list(SystemTime::now())[0].age_seconds, 0);
}

fn refused(place: &Path) -> (ServerError, String) {
    let why = Directory::new(80).keep(place).unwrap_err();
    let cause = why.source().map(ToString::to_string).unwrap_or_default();
    (why, cause)
}

#[tokio::test]
async fn a_file_or_folder_that_cannot_be_used_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("known.json");
    fs::write(&file, "{").unwrap();
    let (why, _) = refused(folder.path());
    assert_eq!(
        why.to_string(),
        format!(
            "{}: the subscriptions kept here cannot be read: EOF while parsing an object at line 1 column 1; move the file \
             away, and phones subscribe again when they register",
            file.display()
        )
    );
    assert!(why.is_environment());
    // The broken file is left for its owner to look at.
    assert_eq!(fs::read(&file).unwrap(), b"{");

    fs::File::create(&file).unwrap().set_len(SUBSCRIPTIONS_FILE_BYTES_MAX + 1).unwrap();
    let (why, cause) = refused(folder.path());
    let ServerError::Subscriptions { why, .. } = why else { panic!("{why}") };
    assert!(matches!(*why, KeptError::TooLarge(size) if size == SUBSCRIPTIONS_FILE_BYTES_MAX + 1), "{cause}");

    fs::remove_file(&file).unwrap();
    symlink("/dev/zero", &file).unwrap();
    let (why, cause) = refused(folder.path());
    assert!(matches!(why, ServerError::Subscriptions { .. }), "{why}: {cause}");

    let (why, _) = refused(Path::new("/dev/null/subscriptions"));
    assert!(matches!(why, ServerError::Folder { .. }), "{why}");
}
