//! Which server serves a boot.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Bench, FILES, failed, flash, h323, login, ready, site};
use deskset_phone::{Policy, Protocol, Step};
use deskset_sim::Behaviour;

const APPLICATION: &str = "lab-4620d01b-h323-2_9_2.bin";
const SCRIPT: &str = "46xxupgrade.scr";
/// What a new 4620SW asks for, in order.
const WHOLE_BOOT: [&str; 5] = [SCRIPT, APPLICATION, SCRIPT, "46xxsettings.scr", "46xxsettings.txt"];
/// The same with the application already in flash.
const SECOND_BOOT: [&str; 3] = [SCRIPT, "46xxsettings.scr", "46xxsettings.txt"];
const NOTHING: [&str; 0] = [];

const ALL: [(&str, &str); 3] = [("TLSSRVR", FILES), ("HTTPSRVR", FILES), ("TFTPSRVR", FILES)];

/// A 4620SW that runs the newest release already.
fn installed(bench: &mut Bench, values: &[(&str, &str)]) -> deskset_sim::PhoneId {
    bench.boot_with(site(h323("4620SW"), values), flash(APPLICATION, "2.9.2"))
}

// req: FS-1, FS-7, FS-8
#[test]
fn each_kind_of_server_alone_brings_script_application_and_settings() {
    let kinds = [("TLSSRVR", Protocol::Https), ("HTTPSRVR", Protocol::Http), ("TFTPSRVR", Protocol::Tftp)];
    for (list, protocol) in kinds {
        let mut bench = Bench::new();
        let phone = bench.boot(site(h323("4620SW"), &[(list, FILES)]));
        assert_eq!(bench.state(phone), ready("4711"));
        assert_eq!(bench.asked(protocol), WHOLE_BOOT, "{list}");
        for (_, other) in kinds.into_iter().filter(|(other, _)| *other != list) {
            assert_eq!(bench.asked(other), NOTHING, "{list} alone is set");
        }
    }
}

// req: FS-2
#[test]
fn phones_of_one_network_get_the_same_files_from_different_kinds_of_server() {
    let mut bench = Bench::new();
    bench.lab.extension(&"4713".parse().unwrap(), common::PASSWORD);
    let kinds = [("TLSSRVR", "4711"), ("HTTPSRVR", "4712"), ("TFTPSRVR", "4713")];
    let phones = kinds.map(|(list, extension)| {
        let mut setup = site(h323("4620SW"), &[(list, FILES)]);
        setup.name = extension.into();
        setup.login = login(extension);
        bench.boot(setup)
    });
    for ((_, extension), phone) in kinds.into_iter().zip(phones) {
        assert_eq!(bench.state(phone), ready(extension));
        assert_eq!(bench.lab.kept(phone).application, bench.lab.kept(phones[0]).application);
        assert_eq!(bench.lab.at(phone).parameters().value("FTPSRVR"), common::FTP);
    }
}

// req: FS-3
#[test]
fn software_before_http_asks_tftp_only_and_the_new_software_asks_http() {
    for (model, old, application) in [("4620SW", "2.1", APPLICATION), ("4625SW", "2.6", "lab-4625d01a-h323-2_9_2.bin")]
    {
        let mut bench = Bench::new();
        let mut setup = site(h323(model), &ALL[1..]);
        setup.boot_release = old.parse().unwrap();
        let phone = bench.boot(setup);
        assert_eq!(bench.state(phone), ready("4711"));
        assert_eq!(bench.asked(Protocol::Tftp), [SCRIPT, application]);
        assert_eq!(bench.asked(Protocol::Http), SECOND_BOOT);
    }
}

// req: FS-3
#[test]
fn software_before_http_is_stuck_without_a_tftp_server() {
    let mut bench = Bench::new();
    let mut setup = site(h323("4620SW"), &ALL[..2]);
    setup.boot_release = "2.1".parse().unwrap();
    let phone = bench.boot(setup);
    let reason = "no file server is administered that this release can use; set TFTPSRVR, HTTPSRVR or TLSSRVR";
    assert_eq!(bench.state(phone), failed(Step::Script, reason));
    assert_eq!(bench.asked(Protocol::Http), NOTHING);
}

// req: FS-5
#[test]
fn where_http_serves_the_boot_tftp_hears_nothing() {
    for model in ["4610SW", "4620", "4620SW", "4621SW", "4622SW", "4625SW"] {
        let mut bench = Bench::new();
        let phone = bench.boot(site(h323(model), &ALL[1..]));
        assert_eq!(bench.state(phone), ready("4711"));
        assert_eq!(bench.asked(Protocol::Http).len(), WHOLE_BOOT.len(), "{model}");
        assert_eq!(bench.asked(Protocol::Tftp), NOTHING, "{model}");
    }
}

// req: FS-6
#[test]
fn where_tls_is_administered_it_is_asked_before_any_other() {
    let mut bench = Bench::new();
    installed(&mut bench, &ALL);
    assert_eq!(bench.asked(Protocol::Https), SECOND_BOOT);
    assert_eq!((bench.asked(Protocol::Http), bench.asked(Protocol::Tftp)), (vec![], vec![]));

    let mut bench = Bench::new();
    bench.behave(Protocol::Https, Behaviour::Empty);
    installed(&mut bench, &ALL);
    assert_eq!(
        bench.tale("script"),
        [
            "asks https://files.lab:411 for 46xxupgrade.scr",
            "46xxupgrade.scr: not from https://files.lab:411: no such file",
            "asks http://files.lab:80 for 46xxupgrade.scr",
            "46xxupgrade.scr: 1303 bytes from http://files.lab:80",
        ]
    );
}

// req: FS-4, FS-5, FS-6
#[test]
fn whatever_keeps_the_script_from_coming_the_next_server_is_asked() {
    let behaviours = [
        (Behaviour::Refuses, "nobody listens there"),
        (Behaviour::Silent, "no answer in time"),
        (Behaviour::Empty, "no such file"),
        (Behaviour::Breaks, "the connection broke in the middle"),
        (Behaviour::Untrusted, "its certificate is not the vendor's"),
    ];
    for (behaviour, words) in behaviours {
        let mut bench = Bench::new();
        bench.behave(Protocol::Https, behaviour);
        bench.behave(Protocol::Http, behaviour);
        let phone = installed(&mut bench, &ALL);
        assert_eq!(bench.state(phone), ready("4711"));
        assert_eq!(
            bench.tale("script"),
            [
                "asks https://files.lab:411 for 46xxupgrade.scr".to_owned(),
                format!("46xxupgrade.scr: not from https://files.lab:411: {words}"),
                "asks http://files.lab:80 for 46xxupgrade.scr".to_owned(),
                format!("46xxupgrade.scr: not from http://files.lab:80: {words}"),
                "asks tftp://files.lab:69 for 46xxupgrade.scr".to_owned(),
                "46xxupgrade.scr: 1303 bytes from tftp://files.lab:69".to_owned(),
            ]
        );
        assert_eq!(bench.asked(Protocol::Tftp), SECOND_BOOT, "{behaviour:?}");
    }
}

// req: FS-5
#[test]
fn a_settings_file_lost_over_http_is_never_asked_for_over_tftp() {
    let mut bench = Bench::new();
    let phone = bench.lab.phone_with(site(h323("4620SW"), &ALL[1..]), flash(APPLICATION, "2.9.2"));
    bench.lab.power_on(phone);
    bench.until("is the one it runs");
    bench.behave(Protocol::Http, Behaviour::Breaks);
    bench.lab.settle();
    assert_eq!(bench.state(phone), ready("4711"));
    assert_eq!(
        bench.tale("settings")[1..],
        [
            "asks http://files.lab:80 for 46xxsettings.scr",
            "46xxsettings.scr: not from http://files.lab:80: the connection broke in the middle",
            "asks http://files.lab:80 for 46xxsettings.txt",
            "46xxsettings.txt: not from http://files.lab:80: the connection broke in the middle",
        ]
    );
    assert_eq!(bench.asked(Protocol::Tftp), NOTHING);
}

// req: FS-5
#[test]
fn a_settings_file_lost_over_http_is_asked_for_at_the_next_http_server() {
    let mut bench = Bench::new();
    let files = bench.files.clone();
    bench.lab.serve(Protocol::Http, "other.lab", 80, &files, Behaviour::Sound);
    let setup = site(h323("4620SW"), &[("HTTPSRVR", "files.lab,other.lab"), ("TFTPSRVR", FILES)]);
    let phone = bench.lab.phone_with(setup, flash(APPLICATION, "2.9.2"));
    bench.lab.power_on(phone);
    bench.until("is the one it runs");
    bench.behave(Protocol::Http, Behaviour::Breaks);
    bench.lab.settle();
    assert_eq!(bench.lab.asked(Protocol::Http, "other.lab"), ["46xxsettings.scr", "46xxsettings.txt"]);
    assert_eq!(bench.lab.at(phone).parameters().value("FTPSRVR"), common::FTP);
    assert_eq!(bench.asked(Protocol::Tftp), NOTHING);
}

// req: FS-5
#[test]
fn a_file_that_the_serving_server_does_not_have_is_not_looked_for_elsewhere() {
    let mut bench = Bench::new();
    let files = bench.files.clone();
    bench.lab.serve(Protocol::Http, "other.lab", 80, &files, Behaviour::Sound);
    installed(&mut bench, &[("HTTPSRVR", "files.lab,other.lab")]);
    assert_eq!(bench.asked(Protocol::Http), SECOND_BOOT);
    assert_eq!(bench.lab.asked(Protocol::Http, "other.lab"), NOTHING);
}

// req: FS-7
#[test]
fn servers_of_a_list_are_asked_in_order_with_their_own_ports_and_the_domain() {
    let mut bench = Bench::new();
    let files = bench.files.clone();
    bench.lab.serve(Protocol::Http, "fourth.lab", 8081, &files, Behaviour::Sound);
    let values = [("HTTPSRVR", "first,second.lab:8080,192.0.2.3,fourth:8081"), ("HTTPPORT", "81"), ("DOMAIN", "lab")];
    let phone = installed(&mut bench, &values);
    assert_eq!(bench.state(phone), ready("4711"));
    let asked: Vec<String> = bench.tale("script").into_iter().filter(|line| line.starts_with("asks")).collect();
    assert_eq!(
        asked,
        [
            "asks http://first.lab:81 for 46xxupgrade.scr",
            "asks http://second.lab:8080 for 46xxupgrade.scr",
            "asks http://192.0.2.3:81 for 46xxupgrade.scr",
            "asks http://fourth.lab:8081 for 46xxupgrade.scr",
        ]
    );
}

// req: FS-7
#[test]
fn directory_and_name_are_joined_with_one_slash() {
    let spelled = [("", SCRIPT), ("/", SCRIPT), ("phones", "phones/46xxupgrade.scr")];
    let more = ["/phones", "phones/", "//phones//", " phones "].map(|spelling| (spelling, "phones/46xxupgrade.scr"));
    for (directory, path) in spelled.into_iter().chain(more) {
        for (list, parameter, protocol) in [
            ("TLSSRVR", "HTTPDIR", Protocol::Https),
            ("HTTPSRVR", "HTTPDIR", Protocol::Http),
            ("TFTPSRVR", "TFTPDIR", Protocol::Tftp),
        ] {
            let mut bench = Bench::new();
            installed(&mut bench, &[(list, FILES), (parameter, directory)]);
            assert_eq!(bench.asked(protocol)[0], path, "{parameter}={directory:?}");
        }
    }
}

// req: FS-7
#[test]
fn a_directory_that_is_none_moves_on_to_the_other_protocol() {
    let mut bench = Bench::new();
    let phone = installed(&mut bench, &[("HTTPSRVR", FILES), ("TFTPSRVR", FILES), ("HTTPDIR", "..")]);
    assert_eq!(bench.state(phone), ready("4711"));
    assert_eq!(bench.asked(Protocol::Http), NOTHING);
    assert_eq!(bench.asked(Protocol::Tftp), SECOND_BOOT);
}

// req: FS-4
#[test]
fn with_auth_1_scripts_come_over_tls_or_not_at_all() {
    let values = [ALL[0], ALL[1], ALL[2], ("AUTH", "1")];
    let mut bench = Bench::new();
    let phone = bench.boot(site(h323("4620SW"), &values));
    assert_eq!(bench.state(phone), ready("4711"));
    assert_eq!(bench.asked(Protocol::Https), WHOLE_BOOT);

    let mut bench = Bench::new();
    bench.behave(Protocol::Https, Behaviour::Untrusted);
    let phone = bench.boot(site(h323("4620SW"), &values));
    let reason = "no file server gave the upgrade script, and the phone has no application file";
    assert_eq!(bench.state(phone), failed(Step::Script, reason));
    assert_eq!((bench.asked(Protocol::Http), bench.asked(Protocol::Tftp)), (vec![], vec![]));
}

// req: FS-9
#[test]
fn with_no_server_administered_a_new_phone_fails_with_a_sentence() {
    let mut bench = Bench::new();
    let phone = bench.boot(site(h323("4620SW"), &[]));
    let reason = "no file server is administered that this release can use; set TFTPSRVR, HTTPSRVR or TLSSRVR";
    assert_eq!(bench.state(phone), failed(Step::Script, reason));
    assert_eq!(bench.tale("failed"), [format!("script: {reason}")]);
}

// req: FS-9
#[test]
fn a_new_phone_that_finds_no_server_begins_again_as_often_as_the_lab_says() {
    let mut bench = Bench::new();
    bench.behave(Protocol::Http, Behaviour::Silent);
    let mut setup = h323("4620SW");
    setup.policy = Policy { boot_rounds: 3, ..Policy::default() };
    let phone = bench.boot(setup);
    let reason = "no file server gave the upgrade script, and the phone has no application file";
    assert_eq!(bench.state(phone), failed(Step::Script, reason));
    assert_eq!(bench.asked(Protocol::Http), [SCRIPT; 3]);
    assert_eq!(bench.tale("script").iter().filter(|line| *line == "\"TFTP Error: Timed Out\"").count(), 3);
}

// req: FS-11, FS-12
#[test]
fn a_phone_with_an_application_goes_on_without_any_server() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    bench.behave(Protocol::Http, Behaviour::Refuses);
    bench.lab.power_cut(phone);
    bench.lab.settle();
    assert_eq!(bench.state(phone), ready("4711"));
    assert_eq!(bench.lab.at(phone).release(), "2.9.2".parse().unwrap());
    assert_eq!(
        bench.tale("script")[4..],
        [
            "asks http://files.lab:80 for 46xxupgrade.scr",
            "46xxupgrade.scr: not from http://files.lab:80: nobody listens there",
            "the file server did not give the upgrade script",
            "\"TFTP Error: Timed Out\"",
        ]
    );
}

// req: FS-7
#[test]
fn static_keeps_the_servers_entered_at_the_phone() {
    for (kept, asked) in [("0", "dhcp.lab"), ("1", "hand.lab"), ("2", "dhcp.lab"), ("3", "hand.lab")] {
        let mut bench = Bench::new();
        let mut setup = site(h323("4620SW"), &[("HTTPSRVR", "dhcp.lab")]);
        let entered = [("HTTPSRVR", "hand.lab"), ("STATIC", kept)];
        setup.manual = entered.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        bench.boot(setup);
        assert_eq!(bench.tale("script")[0], format!("asks http://{asked}:80 for 46xxupgrade.scr"), "STATIC={kept}");
    }
}
