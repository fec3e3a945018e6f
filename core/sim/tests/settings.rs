//! What scripts and settings files do to a phone.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Bench, FILES, failed, flash, h323, ready, setup, site};
use deskset_models::Signaling;
use deskset_phone::{Protocol, Setup, Step};
use deskset_sim::PhoneId;

/// Boots a phone that has its application, so that only the script matters.
fn run(bench: &mut Bench, setup: Setup, script: &str) -> PhoneId {
    bench.write("46xxupgrade.scr", script.as_bytes());
    bench.boot_with(setup, flash("app.bin", "2.9.2"))
}

/// The values of these parameters after that script.
fn values<const N: usize>(script: &str, names: [&str; N]) -> [String; N] {
    let mut bench = Bench::new();
    let phone = run(&mut bench, h323("4620SW"), script);
    assert_eq!(bench.state(phone), ready("4711"), "{}", bench.lab.story());
    names.map(|name| bench.lab.at(phone).parameters().value(name).to_owned())
}

// req: FS-13
#[test]
fn the_script_leads_to_the_settings_file_and_its_values_hold() {
    let mut bench = Bench::with_settings(&[("APPSTAT", "3"), ("FTPDIR", "phones"), ("NVCONTRAST", "11")]);
    let phone = bench.boot(h323("4620SW"));
    let parameters = bench.lab.at(phone).parameters();
    let value = |name| (parameters.value(name), parameters.get(name).map(|set| set.origin.to_string()));
    let from = |line| Some(format!("46xxsettings.txt:{line}"));
    assert_eq!(value("FTPSRVR"), ("ftp.lab", from(2)));
    assert_eq!(value("APPSTAT"), ("3", from(4)));
    assert_eq!(value("FTPDIR"), ("phones", from(5)));
    assert_eq!(value("NVCONTRAST"), ("11", from(6)));
    assert_eq!(value("OPSTAT"), ("111", None), "what nobody set has the table's default");
    assert_eq!(bench.tale("settings").last().unwrap(), "46xxsettings.txt: 5 values taken");
}

// req: FS-13
#[test]
fn settings_apply_to_all_phones_or_to_chosen_ones() {
    let script = "\
        SET FTPDIR all\r\n\
        IF $GROUP SEQ 7 GOTO callcenter\r\n\
        IF $MODEL4 SEQ 4621 GOTO backlit\r\n\
        IF $MODEL SEQ 4620D01B GOTO usual\r\n\
        GOTO end\r\n\
        # callcenter\r\nSET FTPDIR callcenter\r\nGOTO end\r\n\
        # backlit\r\nIF $SIG SEQ 2 GOTO sip\r\nSET FTPDIR backlit\r\nGOTO end\r\n\
        # sip\r\nSET FTPDIR sip\r\nGOTO end\r\n\
        # usual\r\nIF $BOOTNAME SEQ 46xxcommon.v03 GOTO known\r\nGOTO end\r\n\
        # known\r\nIF $MACADDR SEQ 00040D000001 GOTO mine\r\nGOTO end\r\n\
        # mine\r\nSET FTPDIR mine\r\n\
        # end\r\nSET FTPSRVR ftp.lab\r\n";
    let phones = [
        (h323("4622SW"), "all"),
        (Setup { group: 7, ..h323("4622SW") }, "callcenter"),
        (h323("4621SW"), "backlit"),
        (setup("4621SW", Signaling::Sip), "sip"),
        (h323("4620SW"), "mine"),
    ];
    for (setup, directory) in phones {
        let mut bench = Bench::new();
        let phone = run(&mut bench, setup, script);
        let parameters = bench.lab.at(phone).parameters();
        assert_eq!((parameters.value("FTPDIR"), parameters.value("FTPSRVR")), (directory, "ftp.lab"));
    }
}

// req: FS-13
#[test]
fn a_get_that_fails_goes_on_from_release_2_2_and_ends_the_script_before() {
    let script = "SET APPNAME app.bin\nSET FTPDIR before\nGET missing.scr\nSET FTPDIR after\nGET 46xxsettings.txt\n";
    for (release, directory, server) in [("2.2", "after", "ftp.lab"), ("2.1", "before", "")] {
        let mut bench = Bench::new();
        bench.write("46xxupgrade.scr", script.as_bytes());
        let phone = bench.boot_with(site(h323("4620SW"), &[("TFTPSRVR", FILES)]), flash("app.bin", release));
        assert_eq!(bench.state(phone), ready("4711"));
        let parameters = bench.lab.at(phone).parameters();
        assert_eq!((parameters.value("FTPDIR"), parameters.value("FTPSRVR")), (directory, server), "{release}");
    }
}

// req: FS-13
#[test]
fn a_get_that_succeeds_never_comes_back() {
    let script = "SET FTPDIR before\nGET empty.txt\nSET FTPDIR after\nGET 46xxsettings.txt\n";
    let mut bench = Bench::new();
    bench.write("empty.txt", b"");
    let phone = run(&mut bench, h323("4620SW"), script);
    assert_eq!(bench.lab.at(phone).parameters().value("FTPDIR"), "before");
    assert_eq!(bench.asked(Protocol::Http), ["46xxupgrade.scr", "empty.txt"]);
}

// req: FS-13
#[test]
fn scripts_that_get_each_other_end() {
    let mut bench = Bench::new();
    bench.write("a.txt", b"GET b.txt\n");
    bench.write("b.txt", b"GET a.txt\n");
    let phone = run(&mut bench, h323("4620SW"), "GET a.txt\n");
    assert_eq!(bench.state(phone), ready("4711"));
    assert_eq!(bench.asked(Protocol::Http).len(), 9, "the upgrade script and eight more");
    let ignored = "b.txt: the rest is ignored: GET a.txt: more than 8 scripts deep, or more than 256 GETs";
    assert_eq!(bench.tale("script").last().unwrap(), ignored);
}

// req: FS-13
#[test]
fn a_script_that_tries_names_without_end_ends() {
    let mut bench = Bench::new();
    let script: String = (0..1000).map(|number| format!("GET missing{number}.txt\n")).collect();
    let phone = run(&mut bench, h323("4620SW"), &script);
    assert_eq!(bench.state(phone), ready("4711"));
    assert_eq!(bench.asked(Protocol::Http).len(), 257);
}

// req: FS-13
#[test]
fn names_that_are_none_and_files_that_are_too_large_count_as_not_there() {
    let mut bench = Bench::new();
    bench.write("large.txt", &vec![b'#'; 4 * 1024 * 1024 + 1]);
    let phone = run(&mut bench, h323("4620SW"), "GET ../up.txt\nGET large.txt\nGET 46xxsettings.txt\n");
    assert_eq!(bench.lab.at(phone).parameters().value("FTPSRVR"), "ftp.lab");
    assert_eq!(bench.asked(Protocol::Http), ["46xxupgrade.scr", "large.txt", "46xxsettings.txt"]);
}

// req: FS-13
#[test]
fn sig_group_and_the_phones_own_values_are_not_set_from_files() {
    let mut bench = Bench::new();
    let script = "SET SIG 2\nSET GROUP 7\nSET MODEL 4625D01A\nSET IPADD 192.0.2.1\nSET FTPDIR taken\n";
    let phone = run(&mut bench, h323("4620SW"), script);
    let ignored = |line, name| format!("46xxupgrade.scr:{line}: {name} ignored: it is set only at the phone");
    assert_eq!(
        bench.tale("settings"),
        [
            ignored(1, "SIG"),
            ignored(2, "GROUP"),
            ignored(3, "MODEL"),
            ignored(4, "IPADD"),
            "46xxupgrade.scr: 1 values taken".to_owned(),
        ]
    );
    assert_eq!(bench.lab.at(phone).parameters().get("SIG"), None);
}

// req: FS-13
#[test]
fn an_invalid_value_leaves_the_one_before_it() {
    let script = "SET OPSTAT 011\nSET OPSTAT 7\nSET OPSTAT \"\"\nSET NVCONTRAST 16\nSET FTPSRVR \"not a name\"\n";
    assert_eq!(values(script, ["OPSTAT", "NVCONTRAST", "FTPSRVR"]), ["011", "8", ""]);
}

// req: FS-13
#[test]
fn the_last_value_wins_and_the_null_value_empties() {
    let script = "set ftpdir one\nSET FTPDIR two\nSET FTPSRVR ftp.lab\nSET FTPSRVR \"\"\n";
    assert_eq!(values(script, ["FTPDIR", "FTPSRVR"]), ["two", ""]);
}

// req: FS-13
#[test]
fn parameters_that_no_table_knows_are_kept_within_their_limits() {
    let long = "x".repeat(255);
    let script = format!(
        "SET FUTURE1 yes\nSET FUTURE2 {long}\nSET FUTURE3 {long}x\nSET DIALPLAN {}\nSET DIALPLAN {}\n",
        "1".repeat(1000),
        "2".repeat(1001)
    );
    let names = ["FUTURE1", "FUTURE2", "FUTURE3", "DIALPLAN"];
    assert_eq!(values(&script, names), ["yes".to_owned(), long, String::new(), "1".repeat(1000)]);
}

// req: FS-13
#[test]
fn a_comparison_with_a_name_that_stands_for_nothing_is_ignored() {
    let script = "IF $VLAN SEQ 1 GOTO end\nIF $FTPDIR SEQ x GOTO end\nSET FTPDIR taken\n# end\n";
    assert_eq!(values(script, ["FTPDIR"]), ["taken"]);
}

// req: BR-7, FS-13
#[test]
fn files_go_before_dhcp_and_dhcp_before_what_was_entered_at_the_phone() {
    let script = "SET FTPSRVR file.lab\n";
    let mut bench = Bench::new();
    let names = ["FTPSRVR", "FTPDIR", "MCIPADD"];
    let mut setup = site(h323("4620SW"), &[("HTTPSRVR", FILES), ("FTPSRVR", "dhcp.lab"), ("FTPDIR", "dhcp")]);
    setup.manual = names.map(|name| (name.to_owned(), "hand".to_owned())).into();
    let phone = run(&mut bench, setup, script);
    let parameters = bench.lab.at(phone).parameters();
    let origin = |name| {
        let set = parameters.get(name).unwrap();
        (set.value.as_str(), set.origin.to_string())
    };
    assert_eq!(
        names.map(origin),
        [
            ("file.lab", "46xxupgrade.scr:1".to_owned()),
            ("dhcp", "DHCP".to_owned()),
            ("hand", "entered at the phone".to_owned()),
        ]
    );
}

// req: FS-13
#[test]
fn values_of_an_earlier_boot_are_forgotten() {
    let mut bench = Bench::with_settings(&[("APPSTAT", "0")]);
    let phone = bench.boot(h323("4620SW"));
    assert_eq!(bench.lab.at(phone).parameters().value("APPSTAT"), "0");
    bench.write("46xxsettings.txt", b"");
    bench.lab.power_cut(phone);
    bench.lab.settle();
    assert_eq!(bench.lab.at(phone).parameters().value("APPSTAT"), "1");
}

// req: BR-19
#[test]
fn a_value_that_is_not_taken_is_not_told_because_it_may_be_a_password() {
    let mut bench = Bench::new();
    let script = format!("SET PROCPSWD hunter2\nSET PROCPSWD 7654321\nSET SNMPSTRING {}\n", "hunter2".repeat(40));
    let phone = run(&mut bench, h323("4620SW"), &script);
    assert_eq!(bench.lab.at(phone).parameters().value("PROCPSWD"), "7654321");
    let ignored = bench.tale("settings");
    assert_eq!(ignored[0], "46xxupgrade.scr:1: PROCPSWD ignored: the value is not 0 to 7 digits");
    let told = bench.lab.story().to_string();
    assert!(!told.contains("hunter2") && !told.contains("7654321"), "{told}");
}

// req: FS-13
#[test]
fn a_missing_settings_file_leaves_a_phone_on_defaults() {
    let mut bench = Bench::new();
    let phone = run(&mut bench, h323("4620SW"), "GET missing.scr\nGET missing.txt\n");
    assert_eq!(bench.state(phone), ready("4711"));
    assert_eq!(bench.lab.at(phone).parameters().value("OPSTAT"), "111");
}

// req: FS-8
#[test]
fn an_empty_script_is_a_script() {
    let mut bench = Bench::new();
    let phone = run(&mut bench, h323("4620SW"), "");
    assert_eq!(bench.state(phone), ready("4711"));
    bench.log_off(phone);
    bench.write("46xxupgrade.scr", b"");
    let new = bench.boot(h323("4621SW"));
    let reason = "the script names no application file (SET APPNAME), and the phone has none";
    assert_eq!(bench.state(new), failed(Step::Application, reason));
}
