//! Cases: how files are stored and lines written.

use crate::cases::{Case, bytes, case};

pub fn encoding() -> Vec<Case> {
    let large = "## long\n".repeat(140_000);
    let nearly_large = "## long\n".repeat(130_000);
    vec![
        bytes("utf-16", b"\xFF\xFES\0E\0T\0 \0A\0\n\0", &[("1", "")], b"SET OPSTAT 110\n"),
        bytes("utf-16", b"\xFE\xFF\0S\0E\0T\0\n", &[("1", "")], b"## \xC3\xBF\n"),
        bytes("utf-16", b"S\0E\0T\0 \0A\0\n\0", &[("1", "")], b"## eet\n"),
        bytes("byte-order-mark", b"\xEF\xBB\xBFSET OPSTAT 110\n", &[("1", "")], b"SET OPSTAT 110\n"),
        bytes("not-utf-8", b"##\n## caf\xE9\n", &[("2", "é")], "##\n## café\n".as_bytes()),
        case("large-file", &large, &[("1", "")], &nearly_large),
        case("control-character", "## a\u{7}b\u{7}\n##\u{7}\n", &[("1", "\u{7}")], "## a\tb\n"),
        case("cr-line-ends", "SET OPSTAT 110\rSET L2QVLAN 20\r", &[("1", "")], "SET OPSTAT 110\r\nSET L2QVLAN 20\r\n"),
        case("mixed-line-ends", "##\r\n##\n", &[("1", "")], "##\r\n##\r\n"),
        case("mixed-line-ends", "##\r##\n", &[("1", "")], "##\n##\n"),
        case("no-newline-at-end", "##\nSET OPSTAT 110", &[("2", "SET OPSTAT 110")], "SET OPSTAT 110\n## end"),
    ]
}

pub fn form() -> Vec<Case> {
    vec![
        case(
            "leading-blank",
            "  SET OPSTAT 110\n\tGET a.b\n",
            &[("1", "  "), ("2", "\t")],
            "  a comment\nSET OPSTAT 110\n",
        ),
        case("leading-blank", "GOTO END\n # END\n", &[("2", " # END")], "GOTO END\n # BEND\n# END\n"),
        case(
            "missing-value",
            "SET OPSTAT\nSET WMLHOME  \n",
            &[("1", "SET OPSTAT"), ("2", "SET WMLHOME  ")],
            "SET L2QVLAN 20\n",
        ),
        case("value-on-next-line", "SET OPSTAT\n110\n", &[("2", "110")], "SET OPSTAT 110\n110\n"),
        case(
            "unclosed-quote",
            "SET WMLHOME \"http://a.example.com\n",
            &[("1", "\"http://a.example.com")],
            "SET WMLHOME \"http://a.example.com\"\n",
        ),
        case(
            "unclosed-quote",
            "GET \"a.txt\nIF $SIG SEQ \"2 GOTO END\n",
            &[("1", "\"a.txt"), ("2", "\"2 GOTO END")],
            "GET \"a.txt\"\n",
        ),
        case(
            "curly-quotes",
            "SET OPSTAT “110”\nSET WMLHOME „a b“\n",
            &[("1", "“"), ("2", "„")],
            "## “110”\nSET OPSTAT \"110\"\n",
        ),
        case("single-quotes", "SET OPSTAT '110'\nSET WMLHOME 'a b'\n", &[("1", "'"), ("2", "'")], "SET WMLHOME it's\n"),
        case("quote-in-value", "SET WMLHOME \"a\" \"b\"\n", &[("1", "\"")], "SET WMLHOME \"a b\"\n"),
        case(
            "blank-in-value",
            "SET WMLHOME http://a.example.com/b c\nGET my settings.txt\n",
            &[("1", "c"), ("2", "settings.txt")],
            "SET WMLHOME \"http://a.example.com/b c\"\nGET \"my settings.txt\"\n",
        ),
        case(
            "blank-in-list",
            "SET MCIPADD 192.0.2.1, 192.0.2.2\nSET TFTPSRVR 192.0.2.1 ,192.0.2.2\n",
            &[("1", "192.0.2.2"), ("2", ",192.0.2.2")],
            "SET MCIPADD 192.0.2.1,192.0.2.2\n",
        ),
        case(
            "comment-after-value",
            "SET OPSTAT 110 # view\nSET L2QVLAN \"20\" voice\nGET a.txt // b\n",
            &[("1", "# view"), ("2", "voice"), ("3", "// b")],
            "SET OPSTAT 110\n## view\n",
        ),
        case(
            "text-after-jump",
            "IF $SIG SEQ 2 GOTO END now\nSET OPSTAT 110\nGOTO END of all\n# END\n",
            &[("1", "now"), ("3", "of all")],
            "IF $SIG SEQ 2 GOTO END\nSET OPSTAT 110\n# END\n",
        ),
        case(
            "set-with-equals",
            "SET OPSTAT=110\nSET OPSTAT = 110\nSET L2QVLAN= 20\nSET L2Q =1\n",
            &[("1", "OPSTAT=110"), ("2", "="), ("3", "L2QVLAN="), ("4", "=1")],
            "SET WMLHOME http://a.example.com/?b=c\n",
        ),
        case(
            "if-without-dollar",
            "IF SIG SEQ 2 GOTO END\nIF MODEL4 = 4620 GOTO END\n",
            &[("1", "SIG"), ("2", "MODEL4")],
            "If you want to GOTO the end, write so\n",
        ),
        case(
            "if-comparison",
            "IF $SIG EQ 2 GOTO END\nIF $SIG == 2 GOTO END\n",
            &[("1", "EQ"), ("2", "==")],
            "if you eq this, nothing happens\n",
        ),
        case(
            "malformed-if",
            "IF $SIG SEQ 2 SET OPSTAT 110\nIF $SIG\n",
            &[("1", "IF $SIG SEQ 2 SET OPSTAT 110"), ("2", "IF $SIG")],
            "if ever\n",
        ),
        case(
            "incomplete-statement",
            "GOTO\nGET \"\"\nSET\nIF\n",
            &[("1", "GOTO"), ("2", "GET \"\""), ("3", "SET"), ("4", "IF")],
            "SETTLE\n",
        ),
        case(
            "misspelled-keyword",
            "STE OPSTAT 110\nSETOPSTAT 110\nGETT a.txt\nIFF $SIG SEQ 2 GOTO END\n",
            &[("1", "STE"), ("2", "SETOPSTAT"), ("3", "GETT"), ("4", "IFF")],
            "Settings follow\nGo to the lab\nSit still\n",
        ),
        case(
            "misspelled-keyword",
            "GO TO END\nIF $SIG SEQ 2 GOTO END\nGTOO END\n# END\n",
            &[("1", "GO"), ("3", "GTOO")],
            "Go to sleep\n",
        ),
        case(
            "lower-case-keyword",
            "set OPSTAT 110\nIF $SIG SEQ 2 goto end\nGoto end\n# end\n",
            &[("1", "set"), ("2", "goto"), ("3", "Goto")],
            "SET opstat 110\n",
        ),
        case(
            "trailing-blanks",
            "SET OPSTAT 110  \nGET a.txt\t\n",
            &[("1", "  "), ("2", "\t")],
            "##  \n \nSET OPSTAT 110\n",
        ),
        case("tab", "SET\tOPSTAT 110\n", &[("1", "\t")], "#\tcomment\n##\n"),
        case(
            "non-ascii",
            "SET SYSLANG Français\n",
            &[("1", "ç")],
            "## Français\n# deskset: allow accidental-tag\n# é\n",
        ),
        case(
            "useless-allow",
            "# deskset: allow tab\nSET OPSTAT 110\n",
            &[("1", "# deskset: allow tab")],
            "# deskset: allow tab\nSET\tOPSTAT 110\n",
        ),
    ]
}
