//! Files as administrators have them.

use deskset_files::{
    lint::{Severity, SourceFile, check},
    settings::Target,
    site::Site,
};

use crate::lab;

// req: FS-13
#[test]
fn what_a_lab_serves_is_without_errors_and_warnings() {
    let targets = lab::all();
    let settings =
        [("MCIPADD", "192.0.2.1"), ("FTPSRVR", "192.0.2.2"), ("OPSTAT", "110"), ("TPSLIST", ".push.example.com")];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let site = Site { settings, payload_bytes: 10 };
    let mut models: Vec<_> = targets.iter().map(|target| target.model).collect();
    models.dedup_by_key(|model| model.name());
    let served = site.files(models).unwrap();
    let mut files: Vec<SourceFile> = Vec::new();
    for name in ["46xxupgrade.scr", "46xxsettings.txt"] {
        let (_, bytes) = served.iter().find(|(path, _)| path.to_string() == name).unwrap();
        files.push(SourceFile::read(name, bytes.clone()).unwrap());
    }
    let mut found = check(&files, &targets);
    found.retain(|finding| finding.rule.severity != Severity::Hint);
    assert_eq!(lab::told(&files, &found), [""; 0]);
}

/// The layout that the guide prints for groups.
const GROUPS: &str = "\
IF $GROUP SEQ 1 goto CALLCENTER
IF $GROUP SEQ 2 goto HOTDESK
SET OPSTAT 110
goto END
# CALLCENTER
SET OPSTAT 010
goto END
# HOTDESK
SET OPSTAT 101
# END
SET L2QVLAN 20
";

// req: FS-13
#[test]
fn the_guides_sample_for_groups_is_fine_but_for_its_small_letters() {
    let small = |line: u32| format!("{line} lower-case-keyword \"goto\"");
    assert_eq!(lab::findings(GROUPS, &lab::all()), [1, 2, 4, 7].map(small));
}

// req: FS-13
#[test]
fn what_holds_for_some_phones_names_them() {
    let targets = lab::targets("4620SW h323 2.2,4620SW h323,4625SW h323 2.5");
    let found = lab::findings("SET BRURI http://192.0.2.1/backup\nSET HTTPSRVR 192.0.2.1\n", &targets);
    assert_eq!(
        found,
        [
            "1 newer-release \"BRURI\" for 4620SW H.323 2.2, 4625SW H.323",
            "2 http-unsupported \"HTTPSRVR\" for 4625SW H.323",
        ]
    );
    let groups: Vec<Target<'_>> = [0, 1].map(|group| Target { group, ..lab::one("4620SW h323") }).to_vec();
    let found = lab::findings("IF $GROUP SEQ 1 GOTO one\nGOTO end\n# one\nSET OPTSTAT 110\n# end\n", &groups);
    assert_eq!(found, ["4 unknown-parameter \"OPTSTAT\" for 4620SW H.323 group 1"]);
}

// req: FS-13
#[test]
fn what_some_phones_of_a_shared_file_have_no_use_for_is_no_mistake() {
    let text = "SET SIPPORT 5061\nSET MCPORT 1720\nSET BAKLIGHTOFF 60\nSET IRSTAT 0\n";
    assert_eq!(lab::findings(text, &lab::all()), [""; 0]);
    assert_eq!(
        lab::findings(text, &lab::targets("4622SW h323")),
        ["1 other-signaling \"SIPPORT\"", "3 no-capability \"BAKLIGHTOFF\"", "4 no-capability \"IRSTAT\""]
    );
}

// req: FS-13
#[test]
fn a_finding_says_what_is_wrong_and_what_to_do() {
    let text = "SET OPTSTAT 110\nSET DSCPAUD 64\nIF $GROUP SEQ 1 GOTO EDN\nSET L2QVLAN 20\n# END\n";
    let files = lab::files(lab::USUAL, text);
    let found = check(&files, &lab::all());
    let said: Vec<String> =
        found.iter().map(|finding| format!("{}: {}; {}", finding.line, finding.what, finding.remedy)).collect();
    assert_eq!(
        said,
        [
            "1: no phone of the series knows OPTSTAT; did you mean `OPSTAT`?",
            "2: `64` is not within 0 to 63: phones ignore it; DSCPAUD is a whole number from 0 to 63",
            "3: there is no tag `EDN`: the rest of the file is ignored; did you mean `END`?",
            "5: nothing jumps to `END`; take it out, or write `##` for a comment",
        ]
    );
}

// req: FS-13
#[test]
fn no_finding_repeats_a_password() {
    let text =
        "SET PROCPSWD 27238738\nSET PROCPSWD 271\nSET SNMPSTRING verysecret\nSET WMLHOME http://a:verysecret@b.c/\n";
    let files = lab::files(lab::USUAL, text);
    for finding in check(&files, &lab::all()) {
        let said = format!("{} {}", finding.what, finding.remedy);
        assert!(!["verysecret", "27238738", "271"].iter().any(|secret| said.contains(secret)), "{said}");
    }
}

// req: FS-13
#[test]
fn comments_silence_rules_on_the_next_line_or_in_the_file() {
    let found = |text: &str| lab::findings(text, &lab::all());
    assert_eq!(found("# deskset: allow opstat-no-retrieval\nSET OPSTAT 000\n"), [""; 0]);
    assert_eq!(found("## deskset: allow tab, opstat-no-retrieval\nSET OPSTAT\t000\n"), [""; 0]);
    assert_eq!(found("# deskset: allow tab\n# deskset: allow opstat-no-retrieval\nSET OPSTAT\t000\n"), [""; 0]);
    assert_eq!(found("# deskset: allow-file tab\nSET OPSTAT\t110\nSET L2QVLAN\t20\n"), [""; 0]);
    assert_eq!(
        found("# deskset: allow tab\nSET OPSTAT 110\nSET L2QVLAN\t20\n"),
        ["1 useless-allow \"# deskset: allow tab\"", "3 tab \"\\t\""]
    );
    assert_eq!(found("# deskset: allow tabs\n"), ["1 useless-allow \"# deskset: allow tabs\""]);
    let late = "##\n".repeat(10) + "# deskset: allow-file tab\nSET L2QVLAN 20\nSET OPSTAT\t110\n";
    assert_eq!(found(&late), ["11 useless-allow \"# deskset: allow-file tab\"", "13 tab \"\\t\""]);
}

// req: FS-13
#[test]
fn files_find_each_other_in_any_case_and_the_rest_stands_alone() {
    let text = "=== 46xxupgrade.scr\nSET APPNAME lab.bin\nGET 46XXSETTINGS.TXT\n=== 46xxsettings.txt\nSET FTPDIR lab\n\
                === other.txt\nSET FTPDIR other\n";
    let found = lab::findings(text, &lab::targets("4620SW h323"));
    assert_eq!(
        found,
        [
            "46xxsettings.txt:1 ftp-directory-without-server \"SET FTPDIR lab\"",
            "other.txt:1 ftp-directory-without-server \"SET FTPDIR other\"",
        ]
    );
}

// req: FS-13
#[test]
fn one_mistake_is_told_once_for_a_large_file_and_all_models() {
    let text: String = (0..10_000).map(|line| format!("SET NOPE{line} {line}\nSET L2QVLAN 5000\n")).collect();
    let found = lab::findings(&text, &lab::all());
    assert_eq!(found.len(), 20_000);
}
