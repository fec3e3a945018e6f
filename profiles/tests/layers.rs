//! Which layer wins.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use std::{path::PathBuf, time::Duration};

use common::{Folder, pairs, variables};
use deskset_models::{Extension, Secret, Signaling};
use deskset_profiles::{Application, Choice, Limits, Phones, Plugins, Profile, PushListen, Servers, known};

fn extension(digits: &str) -> Extension {
    digits.parse().unwrap()
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

// req: DC-1
#[test]
fn the_embedded_defaults_need_no_file() {
    let folder = Folder::new();
    let profile = Profile::load(&folder.choice("default")).unwrap();
    let expected = Profile {
        plugins: Plugins { folders: vec![] },
        servers: Servers {
            bind: "127.0.0.1".parse().unwrap(),
            root: None,
            tftp: Some(0),
            http: Some(0),
            https: Some(0),
            ftp: Some(0),
            ftp_passive_ports: None,
            ftp_versions: 3,
            ftp_sync: true,
            connections_per_address: 2048,
            tftp_writable: false,
            tftp_rollover: deskset_profiles::TftpRollover::Zero,
            anonymous_ftp: true,
            ftp_users: [].into(),
            vendor_ca: None,
        },
        phones: Phones {
            model: "4620SW".to_owned(),
            signaling: Signaling::H323,
            first_mac: 0x0200_0000_0001,
            group: 0,
            boot_release: None,
            boot_rounds: 1,
            error_shown: seconds(30),
            prompt: seconds(60),
            push_listen: PushListen::Own { port: 5080 },
            page_bytes: 32 * 1024,
            picture_bytes: 32 * 1024,
            record_audio: false,
            strict_tps: false,
            subscribe_with_plus: false,
        },
        site: Default::default(),
        manual: Default::default(),
        extensions: [].into(),
        applications: vec![],
        limits: Limits {
            connect: seconds(10),
            reply: seconds(10),
            file: seconds(120),
            backup: seconds(30),
            whole_command: seconds(300),
            transfers_at_once: None,
        },
        state: None,
    };
    assert_eq!(profile, expected);
}

#[test]
fn the_lab_profile_differs_in_what_a_lab_needs() {
    let folder = Folder::new();
    let mut lab = Profile::load(&folder.choice("lab")).unwrap();
    let logins: Vec<(String, String)> =
        lab.extensions.iter().map(|(who, password)| (who.to_string(), password.reveal().to_owned())).collect();
    let expected: Vec<(String, String)> = (4711..=4720).map(|who| (who.to_string(), format!("90{who}"))).collect();
    assert_eq!(logins, expected);

    let usual = Profile::load(&folder.choice("default")).unwrap();
    assert_eq!((lab.phones.error_shown, lab.phones.prompt), (seconds(2), seconds(10)));
    assert_eq!(lab.limits.whole_command, seconds(120));
    lab.phones = usual.phones.clone();
    lab.limits = usual.limits;
    lab.extensions.clear();
    assert_eq!(lab, usual);
}

// req: DC-1
#[test]
fn defaults_yield_to_the_file_the_file_to_variables_and_variables_to_the_command_line() {
    let folder = Folder::new().with("office.toml", "[phones]\ngroup = 1\nmodel = \"4610SW\"\nboot_rounds = 2\n");
    let mut choice = folder.choice("office");
    let seen = |choice: &Choice| {
        let phones = Profile::load(choice).unwrap().phones;
        (phones.prompt, phones.boot_rounds, phones.model, phones.group)
    };
    assert_eq!(seen(&choice), (seconds(60), 2, "4610SW".to_owned(), 1));
    choice.environment = variables(&[("DESKSET_PHONES__GROUP", "2"), ("DESKSET_PHONES__MODEL", "4622SW")]);
    assert_eq!(seen(&choice), (seconds(60), 2, "4622SW".to_owned(), 2));
    choice.overrides = pairs(&[("phones.group", "3"), ("phones.group", "4")]);
    assert_eq!(seen(&choice), (seconds(60), 2, "4622SW".to_owned(), 4));
}

// req: DC-1
#[test]
fn a_variable_takes_its_type_from_the_key_and_not_from_its_looks() {
    let folder = Folder::new();
    let choice = Choice {
        environment: variables(&[
            ("DESKSET_PLUGINS", "/opt/a:/opt/b"),
            ("DESKSET_SERVERS__TFTP", "false"),
            ("DESKSET_SERVERS__HTTP_PORT", "8080"),
            ("DESKSET_SERVERS__FTP_PASSIVE_PORTS", "50000-50100"),
            ("DESKSET_SERVERS__FTP_USERS__Bob", "true"),
            ("DESKSET_PHONES__BOOT_RELEASE", "2.2"),
            ("DESKSET_PHONES__MAC", "00:04:0d:ff:ff:ff"),
            ("DESKSET_EXTENSIONS__0815", "0012"),
            ("DESKSET_SITE__HTTPSRVR", "10.0.0.5"),
            ("DESKSET_LOG", "debug"),
            ("DESKSET_UPDATE", "1"),
            ("PATH", "/bin"),
        ]),
        overrides: pairs(&[
            ("applications.i20d01a2_2.bin.release", "2.2"),
            ("applications.\"i20d01a2_2.bin\".sha256", &"AB".repeat(32)),
            ("manual.SIG", "2"),
        ]),
        ..folder.choice("default")
    };
    let profile = Profile::load(&choice).unwrap();
    assert_eq!(profile.plugins.folders, [PathBuf::from("/opt/a"), PathBuf::from("/opt/b")]);
    assert_eq!((profile.servers.tftp, profile.servers.http), (None, Some(8080)));
    assert_eq!(profile.servers.ftp_passive_ports, Some(50_000..=50_100));
    assert_eq!(profile.servers.ftp_users, [("Bob".to_owned(), Secret::new("true"))].into());
    assert_eq!(profile.phones.boot_release, Some("2.2".parse().unwrap()));
    assert_eq!((profile.phones.mac(0), profile.phones.mac(1)), ("00040dffffff".into(), "00040e000000".into()));
    assert_eq!(profile.extensions, [(extension("0815"), Secret::new("0012"))].into());
    assert_eq!(profile.manual.pairs(), pairs(&[("SIG", "2")]));
    let application = Application {
        name: "i20d01a2_2.bin".parse().unwrap(),
        release: "2.2".parse().unwrap(),
        sha256: Some("ab".repeat(32)),
    };
    assert_eq!(profile.applications, [application]);
    assert_eq!(profile.site.pairs(), pairs(&[("HTTPSRVR", "10.0.0.5")]));
}

#[test]
fn a_profile_is_chosen_by_name_or_by_path_and_the_first_folder_wins() {
    let near = Folder::new().with("lab.toml", "[phones]\ngroup = 7\n");
    let far = Folder::new().with("lab.toml", "[phones]\ngroup = 8\n").with("far.toml", "[phones]\ngroup = 9\n");
    let search = vec![near.path(), far.path()];
    let group = |profile: String| {
        let choice = Choice { profile, search: search.clone(), ..near.choice("") };
        Profile::load(&choice).unwrap().phones.group
    };
    assert_eq!(group("lab".to_owned()), 7);
    assert_eq!(group("far".to_owned()), 9);
    assert_eq!(group(far.path().join("lab.toml").display().to_string()), 8);
    assert_eq!(group("default".to_owned()), 0);
    assert_eq!(known(&search), ["default", "far", "lab"]);
}

#[test]
fn tables_of_two_layers_are_joined() {
    let folder = Folder::new().with("more.toml", "[extensions]\n\"100\" = \"1\"\n\"200\" = \"2\"\n");
    let mut choice = folder.choice("more");
    choice.environment = variables(&[("DESKSET_EXTENSIONS__200", "3"), ("DESKSET_EXTENSIONS__300", "4")]);
    let expected = [("100", "1"), ("200", "3"), ("300", "4")].map(|(who, word)| (extension(who), Secret::new(word)));
    assert_eq!(Profile::load(&choice).unwrap().extensions, expected.into());
}
