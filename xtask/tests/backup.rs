//! `backup` as administrators use it: exit codes, reports, files that are written whole, and an FTP server.
#![allow(missing_docs, clippy::unwrap_used)]

mod running;
#[path = "running/schema.rs"]
mod schema;

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use running::{Program, Ran, serving::Serving};
use serde_json::{Value, json};

const FILE: &str = "21045_4620data.txt";

const CARELESS: &str = "PHNREDIAL=0\ncontrast=16\nPhone Application Background Color=3\nCall Appearance Width=1\n\
    ABKNAME001=Front desk on floor 2\nABKNUMBER001=21000\nABKNAME060=Ирина\nABKNUMBER060=912025550123\n\
    FTP Password=open-sesame\nPHNLABEL05=Send calls";

const MENDED: &str = "\r\nRedial=0\r\nCall Appearance Width=1\r\nPhone Application Background Color=3\r\n\
    ABKNAME001=Front desk on\r\nABKNUMBER001=21000\r\nABKNAME060=Ирина\r\nABKNUMBER060=912025550123\r\n\
    PHNLABEL05=Send calls\r\n";

/// A program beside this file.
fn beside(text: impl AsRef<[u8]>) -> Program {
    let program = Program::new();
    program.hand_in(FILE, text);
    program
}

fn files(program: &Program) -> Vec<String> {
    let names = fs::read_dir(program.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

/// The report, which is as its schema says.
fn report(ran: &Ran) -> Value {
    let value = ran.json();
    let name = value["schema"].as_str().unwrap().strip_prefix("deskset-").unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../docs/schema/{name}.json"));
    let described: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(schema::faults(&described, &value), [""; 0]);
    value
}

fn rules(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["rule"].as_str().unwrap()).collect()
}

// req: BR-6, BR-14, BR-15
#[test]
fn show_says_what_a_file_holds_as_the_model_shows_it() {
    let program = beside(CARELESS);
    let ran = program.run(&["backup", "show", FILE]);
    ran.fine();
    let expected = "\
21045_4620data.txt: extension 21045, read by a 4625SW H.323, UTF-8
options
  Redial                              0         One number
  Call Appearance Width               1         Half
  Phone Application Background Color  3         Light blue
speed dials
    1  Front desk on  21000
   60  Ирина          912025550123
feature buttons
    5  Send calls
dropped
  line 2    contrast: the value is not among the row's values
  line 9    FTP Password: no phone knows the name
";
    assert_eq!(ran.out, expected);

    let old = report(&program.run(&["backup", "show", FILE, "--model", "4620", "--json"]));
    assert_eq!(
        (&old["model"], &old["signaling"], &old["extension"]),
        (&json!("4620"), &json!("h323"), &json!("21045"))
    );
    let dial = json!({ "position": 60, "label": "Ирина", "shown": "▯▯▯▯▯", "number": "912025550123" });
    assert_eq!(old["speed_dials"][1], dial);
    assert_eq!(old["carried"][0]["name"], "Phone Application Background Color");
    program.hand_in("mine.txt", CARELESS);
    let sentence = "mine.txt: the name does not tell which phone reads the file; give --model";
    program.run(&["backup", "show", "mine.txt"]).failed(2, sentence);
    program.run(&["backup", "show", "mine.txt", "--model", "4610SW", "--signaling", "sip"]).fine();
    fs::write(program.path("9_4610data_sip.txt"), "\n").unwrap();
    let sentence =
        "9_4610data_sip.txt: the backup file holds no line that this phone can use; `backup check` tells more";
    program.run(&["backup", "show", "9_4610data_sip.txt"]).failed(2, sentence);
    program
        .run(&["backup", "show", FILE, "--model", "4620", "--signaling", "sip"])
        .failed(2, "the 4620 has no SIP software; choose another signaling or model");
}

// req: BR-13, BR-14, BR-19
#[test]
fn check_tells_line_reason_and_remedy() {
    let program = beside(CARELESS);
    let ran = program.run(&["backup", "check", FILE]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert!(ran.out.contains("error[bad-value]: `16` is not a whole number from 0 to 15"), "{}", ran.out);
    assert!(ran.out.contains("9 | FTP Password=***\n"), "{}", ran.out);
    assert!(ran.out.ends_with("errors: 2, warnings: 3, hints: 2, files: 1\n"), "{}", ran.out);

    let found = report(&program.run(&["backup", "check", FILE, "--json"]));
    assert_eq!(found["files"][0]["phones"].as_array().unwrap().len(), 5, "all that share the file");
    let rows = found["diagnostics"].as_array().unwrap();
    let not_shown = rows.iter().find(|row| row["rule"] == "not-shown").unwrap();
    assert_eq!((&not_shown["only_for"], &not_shown["line"]), (&json!(["4620 H.323"]), &json!(7)));
    let one = report(&program.run(&["backup", "check", FILE, "--json", "--model", "4621SW"]));
    assert_eq!(
        rules(&one["diagnostics"]),
        ["alias", "no-blank-first-line", "bad-value", "other-model", "label-cut", "password", "no-line-end-at-end"]
    );

    let log = program.run(&["backup", "check", FILE, "--sarif"]).json();
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!((&log["version"], results.len()), (&json!("2.1.0"), rows.len()));
    assert!(results.iter().all(|found| found["ruleIndex"].is_u64()));

    fs::write(program.path(FILE), "Redial=1\n").unwrap();
    program.run(&["backup", "check", FILE]).fine();
    fs::write(program.path(FILE), vec![b'\n'; 70_000]).unwrap();
    let large = report(&program.run(&["backup", "check", FILE, "--json"]));
    assert_eq!(rules(&large["diagnostics"]), ["too-large"]);
    let missing = program.run(&["backup", "check", "none.txt"]);
    assert_eq!(missing.code, 2);
    assert!(missing.err.starts_with("deskset: none.txt cannot be read"), "{}", missing.err);
}

// req: BR-12, BR-13, BR-19
#[test]
fn fix_mends_in_place_and_keeps_the_old_file() {
    let program = beside(CARELESS);
    fs::set_permissions(program.path(FILE), fs::Permissions::from_mode(0o640)).unwrap();
    fs::write(program.path("21045_4620data.txt.old"), "older").unwrap();
    let fixed = report(&program.run(&["backup", "fix", FILE, "--json"]));
    let file = &fixed["files"][0];
    assert_eq!(file["kept"], "21045_4620data.txt.old.2");
    assert_eq!(
        rules(&file["mended"]),
        ["alias", "no-blank-first-line", "bad-value", "label-cut", "password", "no-line-end-at-end"]
    );
    assert_eq!(fs::read_to_string(program.path(FILE)).unwrap(), MENDED);
    assert_eq!(fs::metadata(program.path(FILE)).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_to_string(program.path("21045_4620data.txt.old")).unwrap(), "older");
    assert_eq!(fs::read_to_string(program.path("21045_4620data.txt.old.2")).unwrap(), CARELESS);
    assert_eq!(files(&program).len(), 3, "nothing else is left");

    let again = program.run(&["backup", "fix", FILE]);
    again.fine();
    assert_eq!(again.out, "21045_4620data.txt: nothing to mend\n");
    program.run(&["backup", "check", FILE]).fine();
    assert_eq!(files(&program).len(), 3);

    fs::write(program.path("1_4610data.txt"), "nothing\n").unwrap();
    fs::write(program.path(FILE), CARELESS).unwrap();
    let ran = program.run(&["backup", "fix", FILE, "1_4610data.txt"]);
    assert_eq!((ran.code, fs::read_to_string(program.path(FILE)).unwrap().as_str()), (2, CARELESS), "all or none");
}

// req: BR-1
#[test]
fn diff_compares_what_files_mean() {
    let program = beside(CARELESS);
    program.run(&["backup", "fix", FILE]).fine();
    let same = program.run(&["backup", "diff", FILE, "21045_4620data.txt.old"]);
    same.fine();
    assert_eq!(same.out, "the files mean the same\n");
    fs::write(
        program.path("2_4620data.txt"),
        MENDED.replace("Redial=0", "Redial=1").replace("ABKNAME060", "ABKNAME061"),
    )
    .unwrap();
    let ran = program.run(&["backup", "diff", FILE, "2_4620data.txt"]);
    let expected = "\
Redial         0 → 1
Speed Dial 60  Ирина = 912025550123 → 912025550123 = 912025550123
";
    assert_eq!((ran.code, ran.out.as_str()), (1, expected));
    let found = report(&program.run(&["backup", "diff", FILE, "2_4620data.txt", "--json"]));
    assert_eq!(found["differences"][0], json!({ "what": "Redial", "old": "0", "new": "1" }));
}

// req: BR-4, BR-5, BR-17, BR-18
#[test]
fn convert_names_the_new_file_and_says_what_does_not_carry_over() {
    let program = beside(MENDED);
    let ran = program.run(&["backup", "convert", FILE, "--to", "4621SW", "--signaling", "sip"]);
    ran.fine();
    let expected = "\
21045_4620data_sip.txt: for a 4621SW SIP, from a 4625SW H.323
  changed   Call Appearance Width (1): is called Session Appearance Width under SIP
  left out  Phone Application Background Color (3): the 4621SW has no such option
";
    assert_eq!(ran.out, expected);
    let text = fs::read_to_string(program.path("21045_4620data_sip.txt")).unwrap();
    assert!(text.contains("\r\nSession Appearance Width=1\r\n") && !text.contains("Color"), "{text}");
    program.run(&["backup", "check", "21045_4620data_sip.txt"]).fine();

    let smaller = ["backup", "convert", FILE, "--to", "4610SW", "--signaling", "h323"];
    let done = report(&program.run(&[&smaller[..], &["--extension", "5", "--json"]].concat()));
    assert_eq!(done["written"], "5_4610data.txt");
    assert_eq!(done["left_out"][2]["why"], "the 4610SW has 48 positions");
    program
        .run(&[&smaller[..], &["--extension", "5"]].concat())
        .failed(2, "5_4610data.txt is there already; give --replace, or write elsewhere");
    let replaced = report(&program.run(&[&smaller[..], &["--extension", "5", "--replace", "--json"]].concat()));
    assert_eq!(replaced["kept"], "5_4610data.txt.old");
    program.run(&[&smaller[..], &["--output", "x.txt"]].concat()).fine();
    fs::copy(program.path(FILE), program.path("mine")).unwrap();
    let ran = ["backup", "convert", "mine", "--from", "4620SW", "--to", "4610SW", "--signaling", "h323"];
    program.run(&ran).failed(2, "mine: the name tells no extension; give --extension or --output");
}

// req: BR-1, BR-4, BR-12
#[test]
fn new_makes_files_for_many_users_or_none() {
    let program = Program::new();
    fs::write(program.path("dials.csv"), "extension,label,number\n4711,Front desk,21000\n4712,Ирина,1\n4712,B,2\n")
        .unwrap();
    let new = ["backup", "new", "--from", "dials.csv", "--model", "4620SW", "--signaling", "sip", "-o", "made"];
    let made =
        report(&program.run(&[&new[..], &["--option", "Redial=0", "--option", "Transfer Type=1", "--json"]].concat()));
    assert_eq!(
        made["files"][1],
        json!({ "extension": "4712", "file": "made/4712_4620data_sip.txt", "speed_dials": 2, "kept": null })
    );
    let text = fs::read_to_string(program.path("made/4711_4620data_sip.txt")).unwrap();
    assert_eq!(text, "\r\nRedial=0\r\nTransfer Type=1\r\nABKNAME001=Front desk\r\nABKNUMBER001=21000\r\n");
    program.run(&["backup", "check", "made/4711_4620data_sip.txt", "made/4712_4620data_sip.txt"]).fine();

    let again = program.run(&new);
    again.failed(2, "made/4711_4620data_sip.txt is there already; give --replace, or write elsewhere");
    fs::write(program.path("dials.csv"), "extension,label,number\n4713,A,1\n4714,B,x\n47-15,C,1\n").unwrap();
    let wrong = program.run(&new);
    let said = "deskset: dials.csv: line 3: `x` cannot be dialed; write only characters of 0123456789*#,\n\
        deskset: dials.csv: line 4: \"47-15\" is no extension: write 1 to 13 digits; correct the cell\n";
    assert_eq!((wrong.code, wrong.err.as_str()), (2, said));
    assert!(!Path::new(&program.path("made/4713_4620data_sip.txt")).exists(), "nothing half-written");
}

// req: BR-4, BR-19, AR-1
#[test]
fn put_stores_and_get_fetches_each_users_file() {
    let program = Program::new().with("DESKSET_SERVERS__FTP_USERS__admin", "open-sesame");
    let serving = Serving::start(&program);
    let server = serving.address("ftp").to_string();
    fs::create_dir(program.path("here")).unwrap();
    fs::write(program.path("here/4711_4620data.txt"), MENDED).unwrap();
    program.hand_in("here/4712_4620data.txt", CARELESS);
    fs::write(program.path("list"), "4711\n4712 # Ann\n\n4713\n").unwrap();
    program.hand_in("password", "open-sesame\n");
    let phone = ["--model", "4620SW", "--signaling", "h323", "--server", &server];
    let put = [&["backup", "put", "--folder", "here", "--all-from", "list"], &phone[..]].concat();
    let login = ["--user", "admin", "--password-file", "password", "--json"];

    let ran = program.run(&[&put[..], &login].concat());
    assert_eq!(ran.code, 1, "{}", ran.err);
    let stored = report(&ran);
    let outcomes = |report: &Value| -> Vec<String> {
        let rows = report["transfers"].as_array().unwrap().iter();
        rows.map(|row| row["outcome"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(outcomes(&stored), ["stored", "failed", "failed"]);
    assert!(stored["transfers"][1]["why"].as_str().unwrap().contains("there seems to be a password in it"));
    assert_eq!(fs::read_to_string(program.path("site/backups/4711_4620data.txt")).unwrap(), MENDED);

    let get = [&["backup", "get", "--folder", "kept", "--extension", "4711", "--json"], &phone[..]].concat();
    let fetched = program.run(&get);
    fetched.fine();
    assert_eq!(outcomes(&report(&fetched)), ["retrieved"], "a visitor without a name may read");
    assert_eq!(fs::read_to_string(program.path("kept/4711_4620data.txt")).unwrap(), MENDED);
    assert_eq!(outcomes(&report(&program.run(&get))), ["unchanged"]);
    fs::write(program.path("kept/4711_4620data.txt"), "older").unwrap();
    let again = report(&program.run(&get));
    assert_eq!(again["transfers"][0]["kept"], "kept/4711_4620data.txt.old");
    let missing = program.run(&[&get[..], &["--extension", "4799"]].concat());
    assert_eq!((missing.code, outcomes(&report(&missing))), (1, vec!["unchanged".to_owned(), "failed".to_owned()]));
}

// req: BR-19
#[test]
fn without_a_session_with_the_server_the_exit_code_is_3() {
    let program = Program::new();
    let serving = Serving::start(&program);
    let server = serving.address("ftp").to_string();
    let phone = ["backup", "get", "--model", "4620SW", "--signaling", "h323", "--extension", "1", "--extension", "2"];
    program.hand_in("password", "mistyped");
    let wrong = [&phone[..], &["--server", &server, "--user", "ann", "--password-file", "password", "--json"]].concat();
    let ran = program.run(&wrong);
    assert_eq!((ran.code, &report(&ran)["failed"]), (3, &json!(2)));
    program
        .run(&[&phone[..], &["--server", &server, "--user", "ann"]].concat())
        .failed(2, "--user needs a password; give --password-file, or set FTP_PASSWORD");
    let by_variable = Program::new().with("FTP_PASSWORD", "mistyped");
    let ran = by_variable.run(&[&phone[..], &["--server", &server, "--user", "ann", "--json"]].concat());
    assert_eq!((ran.code, &report(&ran)["transfers"][1]["outcome"]), (3, &json!("failed")));
    drop(serving);
    let gone = program.run(&[&phone[..], &["--server", &server]].concat());
    assert_eq!(gone.code, 3, "{}", gone.out);
    let odd = program.run(&[&phone[..], &["--server", "ann:mistyped@host"]].concat());
    assert_eq!(odd.code, 2);
}
