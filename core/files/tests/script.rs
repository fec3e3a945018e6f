//! The language of scripts.
#![allow(missing_docs, clippy::unwrap_used)]

use deskset_files::{
    limits::SCRIPT_BYTES_MAX,
    script::{Position, Script, ScriptError, Statement, Step, Stop, Variables},
};
use proptest::prelude::*;

fn variables() -> Variables {
    Variables::new().with("BOOTNAME", "boot.v03").with("group", "1").with("SIG", "2")
}

/// What a script sets, in order, and the files it GETs when none of them arrives.
fn run(script: &[u8]) -> Vec<String> {
    let script = Script::parse("test.scr", script).unwrap();
    let mut told = Vec::new();
    let mut from = Position::default();
    loop {
        let stop = script.run(from, &variables(), |step| {
            if let Step::Set(set) = step {
                told.push(format!("{}={} @{}", set.name, set.value, set.line));
            }
        });
        match stop {
            Stop::End => return told,
            Stop::Get { file, line, next } => {
                told.push(format!("GET {file} @{line}"));
                assert!(next > from, "a run always goes on");
                from = next;
            }
        }
    }
}

/// What one line sets, if anything.
fn one(line: &str) -> Option<String> {
    run(line.as_bytes()).into_iter().next()
}

// req: FS-13
#[test]
fn a_set_takes_a_name_and_a_value() {
    let table = [
        ("SET OPSTAT 111", Some("OPSTAT=111")),
        ("set opstat 111", Some("opstat=111")),
        ("SeT OPSTAT 111", Some("OPSTAT=111")),
        ("SET \t OPSTAT\t\t 111  ", Some("OPSTAT=111")),
        ("SET OPSTAT \"111\"", Some("OPSTAT=111")),
        ("SET WMLHOME \"http://a/b c\"", Some("WMLHOME=http://a/b c")),
        ("SET WMLHOME \"\"", Some("WMLHOME=")),
        ("SET WMLHOME \"say \"hello\" now\"", Some("WMLHOME=say \"hello\" now")),
        ("SET MCIPADD 192.0.2.1,192.0.2.2 trailing words", Some("MCIPADD=192.0.2.1,192.0.2.2")),
        ("SET WMLHOME \"never closed", None),
        ("SET WMLHOME \"", None),
        ("SET OPSTAT", None),
        ("SET OPSTAT   ", None),
        ("SET", None),
        ("SETOPSTAT 111", None),
    ];
    for (line, sets) in table {
        assert_eq!(one(line), sets.map(|sets| format!("{sets} @1")), "{line}");
    }
}

// req: FS-13
#[test]
fn every_other_line_is_a_comment() {
    let lines = [
        "",
        " ",
        "#",
        "##",
        "# ",
        "#  two",
        "# two words",
        "#tag",
        " SET A 1",
        "\tSET A 1",
        "REM SET A 1",
        "// SET A 1",
        "SET",
        "IF",
        "GOTO",
        "GET",
        "GET ",
        "GET \"\"",
        "IF $A",
        "IF A SEQ 1 GOTO b",
        "IF $ SEQ 1 GOTO b",
        "IF $A EQ 1 GOTO b",
        "IF $A SEQ 1 b",
        "IF $A SEQ \"1 GOTO b",
        "IF $A SEQ 1 GOTO",
        "\u{A0}SET A 1",
    ];
    for line in lines {
        let script = Script::parse("test.scr", line.as_bytes()).unwrap();
        assert_eq!(script.statements().count(), 0, "{line:?}");
    }
}

// req: FS-13
#[test]
fn a_tag_has_exactly_one_blank_and_no_other() {
    for (line, tag) in [("# end", "end"), ("# end  ", "end"), ("# END\t", "END"), ("# a-b_c.1", "a-b_c.1")] {
        let script = Script::parse("test.scr", line.as_bytes()).unwrap();
        let statements: Vec<_> = script.statements().collect();
        assert_eq!(statements, [(1, Statement::Tag { name: tag })], "{line:?}");
    }
}

// req: FS-13
#[test]
fn an_if_compares_ignoring_case_and_needs_a_known_name() {
    let table = [
        ("IF $BOOTNAME SEQ boot.v03 GOTO t", true),
        ("IF $BOOTNAME SEQ BOOT.V03 GOTO t", true),
        ("if $bootname seq boot.v03 goto T", true),
        ("IF  $GROUP\tSEQ  \"1\"  GOTO  t  ", true),
        ("IF $GROUP SEQ 1 GOTO t trailing", true),
        ("IF $GROUP SEQ 2 GOTO t", false),
        ("IF $GROUP SEQ \"\" GOTO t", false),
        ("IF $UNKNOWN SEQ \"\" GOTO t", false),
        ("IF $UNKNOWN SEQ 1 GOTO missing", false),
        ("if $GROUP SEQ 1 then goto t", false),
    ];
    for (line, jumps) in table {
        let told = run(format!("{line}\nSET A passed\n# t\nSET B end\n").as_bytes());
        let expected = if jumps { &["B=end @4"][..] } else { &["A=passed @2", "B=end @4"] };
        assert_eq!(told, expected, "{line}");
    }
}

// req: FS-13
#[test]
fn jumps_go_forward_to_the_next_such_tag() {
    let table: [(&str, &[&str]); 6] = [
        ("GOTO t\nSET A 1\n# t\nSET B 1", &["B=1 @4"]),
        ("# t\nSET A 1\nGOTO t\nSET B 1\n", &["A=1 @2"]),
        ("SET A 1\nGOTO missing\nSET B 1\n# other\nSET C 1", &["A=1 @1"]),
        ("GOTO t\n# t\nSET A 1\n# t\nSET B 1", &["A=1 @3", "B=1 @5"]),
        ("GOTO T\nSET A 1\n# t\nSET B 1", &["B=1 @4"]),
        ("IF $GROUP SEQ 1 GOTO missing\nSET A 1", &[]),
    ];
    for (script, sets) in table {
        assert_eq!(run(script.as_bytes()), sets, "{script}");
    }
}

// req: FS-13
#[test]
fn a_get_that_fails_goes_on_with_the_next_line() {
    let told = run(b"SET A 1\nGET settings.scr\nget \"dir with blank/settings.txt\" rest\nSET B 1");
    assert_eq!(told, ["A=1 @1", "GET settings.scr @2", "GET dir with blank/settings.txt @3", "B=1 @4"]);
}

// req: FS-13
#[test]
fn any_line_end_will_do_and_lines_are_counted_right() {
    for end in ["\r\n", "\n", "\r"] {
        let script = ["SET A 1", "", "# t", "SET B 2"].join(end);
        assert_eq!(run(script.as_bytes()), ["A=1 @1", "B=2 @4"], "{end:?}");
        assert_eq!(run(format!("{script}{end}").as_bytes()), ["A=1 @1", "B=2 @4"], "{end:?}");
    }
    assert_eq!(run(b"\rSET A 1\r\n\nSET B 2\n\rSET C 3"), ["A=1 @2", "B=2 @4", "C=3 @6"]);
}

// req: FS-13
#[test]
fn a_byte_order_mark_and_western_bytes_are_read() {
    let table: [(&[u8], &str); 5] = [
        (b"SET A Caf\xC3\xA9", "A=Café @1"),
        (b"\xEF\xBB\xBFSET A Caf\xC3\xA9", "A=Café @1"),
        (b"SET A Caf\xE9", "A=Café @1"),
        (b"\xEF\xBB\xBFSET A Caf\xE9", "A=Café @1"),
        (b"SET A \"\xD0\x98\"", "A=И @1"),
    ];
    for (script, set) in table {
        assert_eq!(run(script), [set], "{script:?}");
    }
}

// req: FS-13
#[test]
fn the_manuals_group_example_chooses_by_group() {
    let script = "\
        IF $GROUP SEQ 1 goto CALLCENTER\r\nIF $GROUP SEQ 2 goto HOTDESK\r\nSET A usual\r\ngoto END\r\n\
        # CALLCENTER\r\nSET A callcenter\r\ngoto END\r\n# HOTDESK\r\nSET A hotdesk\r\n# END\r\nSET B all\r\n";
    let parsed = Script::parse("settings.txt", script.as_bytes()).unwrap();
    for (group, value) in [("0", "usual"), ("1", "callcenter"), ("2", "hotdesk")] {
        let mut set = Vec::new();
        let variables = Variables::new().with("GROUP", group);
        let stop = parsed.run(Position::default(), &variables, |step| {
            if let Step::Set(one) = step {
                set.push(one.value.to_owned());
            }
        });
        assert_eq!((set, stop), (vec![value.to_owned(), "all".to_owned()], Stop::End));
    }
}

#[test]
fn only_size_can_be_wrong_with_a_script() {
    let large = vec![b'#'; SCRIPT_BYTES_MAX + 1];
    assert!(Script::parse("s", &large[1..]).is_ok());
    let refused = ScriptError::TooLarge { file: "s".to_owned(), bytes: SCRIPT_BYTES_MAX + 1 };
    assert_eq!(Script::parse("s", &large), Err(refused));
}

proptest! {
    #[test]
    fn any_bytes_are_a_script_that_ends(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        run(&bytes);
    }

    #[test]
    fn any_arrangement_of_statements_ends(lines in prop::collection::vec(
        prop::sample::select(vec!["SET A 1", "GOTO a", "GOTO b", "# a", "# b", "GET f", "IF $GROUP SEQ 1 GOTO a", "IF $SIG SEQ 2 GOTO b"]),
        0..60,
    )) {
        prop_assert!(run(lines.join("\n").as_bytes()).len() <= lines.len());
    }

    #[test]
    fn a_quoted_value_is_read_as_it_is_written(value in "[^\r\n]{0,60}") {
        prop_assert_eq!(one(&format!("SET A \"{value}\"")), Some(format!("A={value} @1")));
    }
}
