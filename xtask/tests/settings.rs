//! `settings` as lab automation uses it: exit codes, reports, and files that are changed in place.
#![allow(missing_docs, clippy::unwrap_used)]

mod running;
#[path = "running/schema.rs"]
mod schema;

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use running::Program;
use serde_json::{Value, json};

const NONE: [&str; 0] = [];

const UPGRADE: &str = "IF $SIG SEQ 2 GOTO SIP\r\nSET APPNAME h.bin\r\nGOTO ON\r\n# SIP\r\nSET APPNAME s.bin\r\n# ON\r\n\
                       GET 46xxsettings.scr\r\nGET 46xxsettings.txt\r\nSET OPSTAT 000\r\n";
const SETTINGS: &str = "SET OPSTAT 111\r\nSET PROCPSWD 47110815\r\nSET PROCPSWD 4711\r\nSET OPSTAT 101\r\n\
                        SET DSCPAUD 99\r\nIF $GROUP SEQ 5 GOTO FIVE\r\nGOTO END\r\n# FIVE\r\nSET OPSTAT 110\r\n# END\r\n";

/// The two files in the program's folder, the second under a name in capitals.
fn site() -> Program {
    let program = Program::new();
    fs::write(program.path("46xxupgrade.scr"), UPGRADE).unwrap();
    fs::write(program.path("46XXSETTINGS.TXT"), SETTINGS).unwrap();
    program
}

fn assert_schema(name: &str, value: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(format!("docs/schema/{name}.json"));
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(schema::faults(&schema, value), NONE);
}

// req: DC-6, FS-13
#[test]
fn eval_prints_what_the_files_set_and_where() {
    let program = site();
    let ran = program.run(&["settings", "eval", "46xxupgrade.scr", "--model", "4621sw"]);
    ran.fine();
    let file = "46XXSETTINGS.TXT";
    let expected = json!({
        "schema": "deskset-settings-1",
        "model": "4621SW",
        "signaling": "h323",
        "release": "2.9.2",
        "group": 0,
        "parameters": {
            "APPNAME": { "value": "h.bin", "file": "46xxupgrade.scr", "line": 2 },
            "OPSTAT": { "value": "101", "file": file, "line": 4 },
            "PROCPSWD": { "value": "***", "file": file, "line": 3 },
        },
    });
    assert_eq!(ran.json(), expected);
    assert_schema("settings-1", &ran.json());

    let ran =
        program.run(&["settings", "eval", "46xxupgrade.scr", "--signaling", "sip", "--group", "5", "--show-secrets"]);
    let parameters = &ran.json()["parameters"];
    let value = |name: &str| parameters[name]["value"].as_str().unwrap().to_owned();
    assert_eq!([value("APPNAME"), value("OPSTAT"), value("PROCPSWD")], ["s.bin", "110", "4711"]);

    let all = program.run(&["settings", "eval", "46xxupgrade.scr", "--all-models"]).json();
    assert_schema("settings-1", &all);
    assert_eq!(all["phones"].as_array().unwrap().len(), 10);
    let old = program.run(&["settings", "eval", "46xxupgrade.scr", "--all-models", "--release", "2.1"]).json();
    let phones = old["phones"].as_array().unwrap();
    assert!(phones.iter().all(|phone| phone["release"] == "2.1" && phone["model"] != "4625SW"), "{old:#}");
}

// req: DC-6, FS-13
#[test]
fn files_elsewhere_are_named_and_take_the_place_of_those_beside_the_first() {
    let program = site();
    fs::create_dir(program.path("other")).unwrap();
    fs::write(program.path("other/46xxSettings.txt"), "SET OPSTAT 100\n").unwrap();
    let ran = program.run(&["settings", "eval", "46xxupgrade.scr", "other/46xxSettings.txt"]);
    assert_eq!(
        ran.json()["parameters"]["OPSTAT"],
        json!({ "value": "100", "file": "other/46xxSettings.txt", "line": 1 })
    );
}

// req: DC-6, FS-13
#[test]
fn explain_tells_who_tried_who_won_and_the_way() {
    let program = site();
    let ran = program.run(&["settings", "explain", "opstat", "46xxupgrade.scr"]);
    ran.fine();
    let expected = "\
4620SW H.323, release 2.9.2, group 0
OPSTAT = 101  46XXSETTINGS.TXT:4
  46XXSETTINGS.TXT:1  111  overridden by 46XXSETTINGS.TXT:4
  46XXSETTINGS.TXT:4  101  holds
way
  46xxupgrade.scr:1   IF $SIG SEQ 2 GOTO SIP     $SIG is 1: on with the next line
  46xxupgrade.scr:3   GOTO ON                    on after line 6
  46xxupgrade.scr:7   GET 46xxsettings.scr       not found: on with the next line
  46xxupgrade.scr:8   GET 46xxsettings.txt       found: 46xxsettings.txt is run instead of the rest
  46XXSETTINGS.TXT:6  IF $GROUP SEQ 5 GOTO FIVE  $GROUP is 0: on with the next line
  46XXSETTINGS.TXT:7  GOTO END                   on after line 10
";
    assert_eq!(ran.out, expected);

    let ran = program.run(&["settings", "explain", "--all", "46xxupgrade.scr", "--all-models", "--json"]);
    ran.fine();
    let report = ran.json();
    assert_schema("explain-1", &report);
    assert_eq!(report["phones"].as_array().unwrap().len(), 10);
    let rows = report["phones"][0]["parameters"].as_array().unwrap();
    let outcome = |name: &str| rows.iter().find(|row| row["name"] == name).unwrap()["attempts"][0]["outcome"].clone();
    assert_eq!(outcome("DSCPAUD"), "ignored: the value is not a whole number from 0 to 63");
    assert_eq!(outcome("PROCPSWD"), "ignored: the value is not 0 to 7 digits");
    assert!(!ran.out.contains("4711") && ran.out.contains("***"), "{}", ran.out);
    let shown = program.run(&["settings", "explain", "PROCPSWD", "46xxupgrade.scr", "--show-secrets"]);
    assert!(shown.out.contains("PROCPSWD = 4711"), "{}", shown.out);
}

// req: DC-6, FS-13
#[test]
fn what_was_entered_at_the_phone_and_what_dhcp_says_come_from_the_profile() {
    let program = site();
    let profile = "[manual]\nSTATIC = \"1\"\nHTTPSRVR = \"192.0.2.1\"\n[site]\nDOMAIN = \"lab.example\"\n";
    fs::write(program.path("own.toml"), profile).unwrap();
    fs::write(program.path("a.txt"), "SET HTTPSRVR 192.0.2.9\nSET DOMAIN example.com\n").unwrap();
    let ran = program.run(&["settings", "explain", "--all", "a.txt", "--profile", "./own.toml"]);
    let told = [
        "HTTPSRVR = 192.0.2.1  entered at the phone",
        "a.txt:1               192.0.2.9  kept out: STATIC keeps what was entered at the phone",
        "DHCP     lab.example  overridden by a.txt:2",
    ];
    assert!(told.iter().all(|line| ran.out.contains(line)), "{}", ran.out);
    let set = program.run(&["settings", "eval", "a.txt", "--profile", "./own.toml"]).json();
    assert_eq!(set["parameters"], json!({ "DOMAIN": { "value": "example.com", "file": "a.txt", "line": 2 } }));
}

// req: DC-6, FS-13
#[test]
fn diff_tells_what_changes_for_whom() {
    let program = site();
    fs::create_dir(program.path("new")).unwrap();
    fs::write(program.path("new/46XXUPGRADE.SCR"), UPGRADE.replace("s.bin", "t.bin")).unwrap();
    fs::write(program.path("new/46xxsettings.txt"), SETTINGS.replace("101", "111").replace("4711\r", "4712\r"))
        .unwrap();
    let ran = program.run(&["settings", "diff", ".", "new"]);
    let expected = "\
APPNAME   s.bin → t.bin  4610SW SIP, 4620SW SIP, 4621SW SIP, 4625SW SIP
OPSTAT    101   → 111    all 10
PROCPSWD  ***   → ***    all 10
";
    assert_eq!((ran.code, ran.out.as_str()), (1, expected), "{}", ran.err);

    let ran = program.run(&["settings", "diff", "46xxupgrade.scr", "new", "--json", "--signaling", "h323"]);
    assert_eq!(ran.code, 1);
    assert_schema("settings-diff-1", &ran.json());
    assert_eq!((&ran.json()["asked"], ran.json()["changes"].as_array().unwrap().len()), (&json!(6), 2));

    let same = program.run(&["settings", "diff", ".", "46xxupgrade.scr"]);
    same.fine();
    assert_eq!(same.out, "nothing changes for 10 kinds of phone\n");
    fs::create_dir(program.path("empty")).unwrap();
    program
        .run(&["settings", "diff", "empty", "new"])
        .failed(2, "folder empty has no upgrade script; phones ask for 46xxupgrade.scr");
}

// req: DC-6, FS-13
#[test]
fn check_shows_the_line_the_place_the_reason_and_a_remedy() {
    let program = site();
    let ran = program.run(&["settings", "check", "46xxupgrade.scr"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert!(!ran.out.contains("47110815") && !ran.out.contains("\u{1b}"), "{}", ran.out);
    let lines: Vec<&str> = ran.out.lines().collect();
    let at = lines.iter().position(|line| line.contains("46XXSETTINGS.TXT:5:13")).unwrap();
    assert!(lines[at - 1].starts_with("error[out-of-range]: "), "{}", ran.out);
    assert_eq!(&lines[at + 1..at + 4], ["  |", "5 | SET DSCPAUD 99", "  |             ^^"]);
    assert!(lines[at + 5].starts_with("  = note: ") && lines[at + 6].starts_with("  = help: "), "{}", ran.out);
    assert!(lines.last().unwrap().ends_with(" in 2 files, read for 10 kinds of phone"), "{}", ran.out);
}

// req: DC-6, FS-13
#[test]
fn check_reports_for_programs() {
    let program = site();
    let report = program.run(&["settings", "check", "46xxupgrade.scr", "--json", "--model", "4622SW"]).json();
    assert_schema("diagnostics-1", &report);
    let rows = report["diagnostics"].as_array().unwrap();
    let found = rows.iter().find(|row| row["rule"] == "out-of-range" && row["line"] == 5).unwrap();
    assert_eq!(
        (&found["severity"], &found["file"], &found["column"]),
        (&json!("error"), &json!("46XXSETTINGS.TXT"), &json!(13))
    );
    let errors = rows.iter().filter(|row| row["severity"] == "error").count();
    assert_eq!((&report["errors"], report["phones"].as_array().unwrap().len()), (&json!(errors), 1));

    let log = program.run(&["settings", "check", "46xxupgrade.scr", "--sarif"]).json();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), rows.len());
    for result in results {
        let rule = &run["tool"]["driver"]["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!((&rule["id"], &rule["defaultConfiguration"]["level"]), (&result["ruleId"], &result["level"]));
        let region = &result["locations"][0]["physicalLocation"]["region"];
        assert!(region["startColumn"].as_u64().unwrap() <= region["endColumn"].as_u64().unwrap(), "{result:#}");
    }
}

// req: DC-6, FS-13
#[test]
fn a_file_with_warnings_only_is_fine() {
    let program = Program::new();
    fs::write(program.path("a.txt"), "SET PROCPSWD 4711\r\n").unwrap();
    program.run(&["settings", "check", "a.txt"]).fine();
}

// req: DC-6, FS-13
#[test]
fn fmt_changes_files_in_place_and_only_if_they_need_it() {
    let program = site();
    let (path, name) = (program.path("a.txt"), "a.txt");
    fs::write(&path, "set  OPSTAT\t101 \r\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let checked = program.run(&["settings", "fmt", "--check", name, "46xxupgrade.scr"]);
    assert_eq!((checked.code, checked.out.as_str()), (1, "would change a.txt\n"));
    assert_eq!(fs::read_to_string(&path).unwrap(), "set  OPSTAT\t101 \r\n");

    let ran = program.run(&["settings", "fmt", name, "46xxupgrade.scr", "--json"]);
    ran.fine();
    assert_eq!(ran.json(), json!({ "schema": "deskset-fmt-1", "files": 2, "changed": [name] }));
    assert_schema("fmt-1", &ran.json());
    assert_eq!(fs::read_to_string(&path).unwrap(), "SET OPSTAT 101\r\n");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(program.folder.path()).unwrap().count(), 3, "nothing is left behind");
    let again = program.run(&["settings", "fmt", name]);
    again.fine();
    assert_eq!(again.out, "");
}

// req: DC-6
#[test]
fn a_file_that_cannot_be_read_is_exit_code_2_and_nothing_is_written() {
    let program = Program::new();
    fs::write(program.path("a.txt"), "set A 1\n").unwrap();
    fs::write(program.path("big.txt"), vec![b'x'; 4 * 1024 * 1024 + 1]).unwrap();
    let missing = "gone.txt cannot be read: No such file or directory (os error 2); check the path and the rights";
    let large = "big.txt: 4194305 bytes are too much for a script or settings file; the limit is 4194304";
    for command in [&["check"][..], &["eval"], &["explain", "A"], &["fmt", "a.txt"]] {
        let ask = |file| program.run(&[&["settings"], command, &[file]].concat());
        ask("gone.txt").failed(2, missing);
        ask("big.txt").failed(2, large);
    }
    program.run(&["settings", "diff", "gone.txt", "a.txt"]).failed(2, missing);
    assert_eq!(fs::read_to_string(program.path("a.txt")).unwrap(), "set A 1\n");
    let unknown = "none of these phones has a parameter OPPSTAT, and nothing sets it; check the spelling";
    program.run(&["settings", "explain", "OPPSTAT", "a.txt"]).failed(1, unknown);
    program.run(&["settings", "explain", "a.txt"]).failed(2, "name a parameter and a file, or --all and a file");
    program
        .run(&["settings", "eval", "a.txt", "--model", "4625SW", "--release", "2.2"])
        .failed(2, "the 4625SW has no H.323 software of release 2.2; the first one is 2.5");
    program
        .run(&["settings", "check", "a.txt", "--model", "4620", "--signaling", "sip"])
        .failed(2, "the 4620 has no SIP software; choose another signaling or model");
}
