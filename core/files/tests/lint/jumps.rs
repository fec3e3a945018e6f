//! Cases: tags, jumps, conditions and GET.

use crate::cases::{Case, case};

pub fn jumps() -> Vec<Case> {
    let chain = |files: u8| {
        let get = |at: u8| format!("GET {at}.txt\n=== {at}.txt\n");
        format!("=== 46xxsettings.txt\n{}SET OPSTAT 110\n", (1..=files).map(get).collect::<String>())
    };
    vec![
        case(
            "missing-tag",
            "IF $SIG SEQ 2 GOTO END\nGOTO STOP\nSET OPSTAT 110\n",
            &[("1", "END"), ("2", "STOP")],
            "IF $SIG SEQ 2 GOTO end\n# END\n",
        ),
        case(
            "backward-jump",
            "IF $SIG SEQ 2 GOTO A\n# A\nGOTO a\nSET OPSTAT 110\n",
            &[("3", "a")],
            "IF $SIG SEQ 2 GOTO A\n# A\n",
        ),
        case("tag-without-blank", "GOTO END\n#END\n", &[("2", "#END")], "GOTO END\n# END\n#END\n"),
        case("tag-two-blanks", "GOTO END\n#  end\n", &[("2", "#  end")], "#  END\n"),
        case(
            "tag-with-blanks",
            "GOTO END\n# END of all\n",
            &[("2", "# END of all")],
            "# END of all\nGOTO END\n# END\n",
        ),
        case(
            "duplicate-tag",
            "GOTO END\n# END\n# end\n",
            &[("3", "end")],
            "IF $SIG SEQ 2 GOTO END\n# END\n# deskset: allow unused-tag\n# END2\n",
        ),
        case("unused-tag", "# Network\n", &[("1", "Network")], "## Network\n#Network\n# Network settings\n"),
        case(
            "accidental-tag",
            "# ------\n# (c)\n# ------\n",
            &[("1", "------"), ("2", "(c)"), ("3", "------")],
            "#------\n",
        ),
        case(
            "unreachable",
            "GOTO END\nSET OPSTAT 110\nSET L2QVLAN 20\n# END\n",
            &[("2", "SET OPSTAT 110")],
            "GET a.txt\nGET b.txt\nGOTO END\nGOTO END\n# END\n",
        ),
        case(
            "runs-on",
            "IF $MODEL4 SEQ 4610 GOTO a\nIF $MODEL4 SEQ 4620 GOTO b\nGOTO end\n# a\nSET L2QVLAN 10\n# b\nSET OPSTAT 101\n# end\n",
            &[("6", "b")],
            "IF $MODEL4 SEQ 4610 GOTO a\nSET L2QVLAN 10\n# a\nIF $MODEL4 SEQ 4620 GOTO b\nSET OPSTAT 101\n# b\n",
        ),
        case(
            "runs-if-get-fails",
            "GET a.txt\nSET OPSTAT 110\n",
            &[("2", "SET OPSTAT 110")],
            "GET a.txt\nGET b.txt\nGOTO END\n# END\n",
        ),
        case(
            "get-loop",
            "=== 46xxsettings.txt\nGET a.txt\n=== a.txt\nGET 46XXsettings.txt\n",
            &[("a.txt:1", "46XXsettings.txt")],
            "=== 46xxsettings.txt\nGET a.txt\n=== a.txt\nGET b.txt\n=== b.txt\nSET OPSTAT 110\n",
        ),
        case("get-loop", "GET 46xxsettings.txt\n", &[("1", "46xxsettings.txt")], "GET other.txt\n"),
        case("get-too-deep", &chain(9), &[("8.txt:1", "9.txt")], &chain(8)),
        case(
            "missing-file",
            "=== 46xxsettings.scr\nGET a.scr\nGET a.txt\n=== b.txt\nSET OPSTAT 110\n",
            &[("46xxsettings.scr:1", "a.scr")],
            "=== 46xxsettings.scr\nGET a.scr\nGET a.txt\n=== a.txt\nSET OPSTAT 110\n",
        ),
        case(
            "failed-get-ends",
            "=== 46xxsettings.scr\nGET a.scr\nGET a.txt\n=== a.txt\nSET OPSTAT 110\n",
            &[("46xxsettings.scr:1", "a.scr")],
            "=== 46xxsettings.scr\nGET a.txt\nGET a.scr\n=== a.txt\nSET OPSTAT 110\n",
        )
        .on("4620SW h323 2.1"),
        case(
            "unknown-variable",
            "IF $MODLE SEQ 4620 GOTO END\nSET OPSTAT 110\n# END\n",
            &[("1", "MODLE")],
            "IF $MACADDR SEQ 1 GOTO END\nSET OPSTAT 110\n# END\n",
        ),
        case(
            "sig-by-word",
            "IF $SIG SEQ H323 GOTO END\nIF $sig SEQ SIP GOTO END\n# END\n",
            &[("1", "H323"), ("2", "SIP")],
            "IF $SIG SEQ 1 GOTO END\n# END\n",
        ),
        case(
            "impossible-comparison",
            "IF $SIG SEQ 3 GOTO END\nIF $GROUP SEQ 1000 GOTO END\nIF $MODEL4 SEQ 4620SW GOTO END\nIF $MODEL SEQ 4620 GOTO END\n# END\n",
            &[("1", "3"), ("2", "1000"), ("3", "4620SW"), ("4", "4620")],
            "IF $GROUP SEQ 999 GOTO END\nIF $MODEL SEQ 4620d01b GOTO END\n# END\n",
        ),
        case(
            "no-such-model",
            "IF $MODEL4 SEQ 9640 GOTO END\nIF $MODEL SEQ 4630D01A GOTO END\n# END\n",
            &[("1", "9640"), ("2", "4630D01A")],
            "IF $MODEL4 SEQ 4625 GOTO END\n# END\n",
        ),
    ]
}
