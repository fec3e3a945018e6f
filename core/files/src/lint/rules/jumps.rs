use super::Rule;

rules! { JUMPS:
MISSING_TAG = Error "missing-tag",
    title: "A jump to a tag that does not exist",
    why: "The rest of the file is ignored. (LAN Administrator Guide 555-233-507 R2.2, upgrade script and settings file.)",
    before: "IF $GROUP SEQ 1 GOTO END\nSET OPSTAT 110\n",
    after: "IF $GROUP SEQ 1 GOTO END\nSET OPSTAT 110\n# END\n";
BACKWARD_JUMP = Error "backward-jump",
    title: "A jump backwards",
    why: "Phones look for the tag below the jump; the rest of the file is ignored. (Project rule; the guides describe no backward jump.)",
    before: "IF $GROUP SEQ 1 GOTO AGAIN\n# AGAIN\nSET OPSTAT 110\nIF $GROUP SEQ 2 GOTO AGAIN\nSET APPSTAT 0\n",
    after: "IF $GROUP SEQ 1 GOTO AGAIN\n# AGAIN\nSET OPSTAT 110\nIF $GROUP SEQ 2 GOTO END\nSET APPSTAT 0\n# END\n";
TAG_WITHOUT_BLANK = Error "tag-without-blank",
    title: "No blank in a tag that a jump names",
    why: "A tag is `#`, exactly one blank and a text without blanks; all else is a comment. (LAN Administrator Guide 555-233-507 R2.2, upgrade script and settings file.)",
    before: "IF $GROUP SEQ 1 GOTO END\nSET OPSTAT 110\n#END\n",
    after: "IF $GROUP SEQ 1 GOTO END\nSET OPSTAT 110\n# END\n";
TAG_TWO_BLANKS = Error "tag-two-blanks",
    title: "Two blanks in a tag that a jump names",
    why: "A tag is `#`, exactly one blank and a text without blanks; all else is a comment. (LAN Administrator Guide 555-233-507 R2.2, upgrade script and settings file.)",
    before: "IF $GROUP SEQ 1 GOTO END\nSET OPSTAT 110\n#  END\n",
    after: "IF $GROUP SEQ 1 GOTO END\nSET OPSTAT 110\n# END\n";
TAG_WITH_BLANKS = Error "tag-with-blanks",
    title: "Blanks inside a tag that a jump names",
    why: "A tag is `#`, exactly one blank and a text without blanks; all else is a comment. (LAN Administrator Guide 555-233-507 R2.2, upgrade script and settings file.)",
    before: "IF $GROUP SEQ 1 GOTO END\nSET OPSTAT 110\n# END of file\n",
    after: "IF $GROUP SEQ 1 GOTO END\nSET OPSTAT 110\n# END\n";
DUPLICATE_TAG = Warning "duplicate-tag",
    title: "Two tags of one name",
    why: "A jump takes the next one below it; which one phones take is not documented. (Project rule.)",
    before: "IF $GROUP SEQ 1 GOTO END\nSET OPSTAT 110\n# END\nSET APPSTAT 0\n# END\n",
    after: "IF $GROUP SEQ 1 GOTO END\nSET OPSTAT 110\n# END\nSET APPSTAT 0\n";
UNUSED_TAG = Hint "unused-tag",
    title: "Nothing jumps to a tag",
    why: "A jump is missing, or a comment of one word was meant. (Project rule.)",
    before: "# Network\nSET OPSTAT 110\n",
    after: "## Network\nSET OPSTAT 110\n";
ACCIDENTAL_TAG = Hint "accidental-tag",
    title: "A comment that is a tag",
    why: "`#`, one blank and a text without blanks is a tag. (LAN Administrator Guide 555-233-507 R2.2, upgrade script and settings file.)",
    before: "# ---------\nSET OPSTAT 110\n",
    after: "#----------\nSET OPSTAT 110\n";
UNREACHABLE = Warning "unreachable",
    title: "Lines that no phone reads",
    why: "The lines above always jump away, and nothing jumps here. (Project rule.)",
    before: "GOTO END\nSET OPSTAT 110\n# END\nSET APPSTAT 0\n",
    after: "IF $GROUP SEQ 1 GOTO END\nSET OPSTAT 110\n# END\nSET APPSTAT 0\n";
RUNS_ON = Warning "runs-on",
    title: "One part's settings run on into the next part's",
    why: "Phones that jump to the first part read the second one too. (Project rule.)",
    before: "IF $GROUP SEQ 1 GOTO one\nIF $GROUP SEQ 2 GOTO two\nGOTO end\n# one\nSET OPSTAT 110\n# two\nSET APPSTAT 0\n# end\n",
    after: "IF $GROUP SEQ 1 GOTO one\nIF $GROUP SEQ 2 GOTO two\nGOTO end\n# one\nSET OPSTAT 110\nGOTO end\n# two\nSET APPSTAT 0\n# end\n";
RUNS_IF_GET_FAILS = Warning "runs-if-get-fails",
    title: "Settings after a GET",
    why: "A GET that succeeds never returns: what follows it runs only if the file is missing. (LAN Administrator Guide 555-233-507 R2.2, settings file.)",
    before: "GET more.txt\nSET OPSTAT 110\n",
    after: "SET OPSTAT 110\nGET more.txt\n";
GET_LOOP = Error "get-loop",
    title: "Files that GET each other",
    why: "Phones go round until they give up, and read nothing else. (Project rule.)",
    before: "SET OPSTAT 110\nGET settings.txt\n",
    after: "SET OPSTAT 110\n";
GET_TOO_DEEP = Error "get-too-deep",
    title: "Too long a chain of GETs",
    why: "No more than eight files may follow each other. (Project rule; the guides name no limit.)",
    before: "GET 1\n=== 1\nGET 2\n=== 2\nGET 3\n=== 3\nGET 4\n=== 4\nGET 5\n=== 5\nGET 6\n=== 6\nGET 7\n=== 7\nGET 8\n=== 8\nGET 9\n=== 9\nSET OPSTAT 110\n",
    after: "GET 1\n=== 1\nSET OPSTAT 110\n";
MISSING_FILE = Warning "missing-file",
    title: "A GET of a file that is not there",
    why: "Phones go on without it. Of several GETs in a row one is enough: `.scr` is asked for before `.txt`. (LAN Administrator Guide 555-233-507 R2.2, settings file.)",
    before: "GET mroe.txt\n=== more.txt\nSET OPSTAT 110\n",
    after: "GET more.txt\n=== more.txt\nSET OPSTAT 110\n";
FAILED_GET_ENDS = Warning "failed-get-ends",
    title: "Old software stops at a GET that fails",
    why: "Before R2.2 a failed GET ended the script; the next name is never tried. (LAN Administrator Guide 555-233-507 Issue 1.7.)",
    before: "GET more.scr\nGET more.txt\n=== more.txt\nSET OPSTAT 110\n",
    after: "GET more.txt\nGET more.scr\n=== more.txt\nSET OPSTAT 110\n";
UNKNOWN_VARIABLE = Warning "unknown-variable",
    title: "An IF on a variable that no phone knows",
    why: "The whole line is ignored. (LAN Administrator Guide 555-233-507 R2.2, upgrade script and settings file.)",
    before: "IF $MODLE4 SEQ X100 GOTO END\nSET OPSTAT 110\n# END\n",
    after: "IF $MODEL4 SEQ X100 GOTO END\nSET OPSTAT 110\n# END\n";
SIG_BY_WORD = Warning "sig-by-word",
    title: "$SIG compared with a word",
    why: "SIG is 0, 1 or 2; the comparison never holds. (LAN Administrator Guide 555-233-507 Issue 4, scripts and application files.)",
    before: "IF $SIG SEQ SIP GOTO END\nSET OPSTAT 110\n# END\n",
    after: "IF $SIG SEQ 2 GOTO END\nSET OPSTAT 110\n# END\n";
IMPOSSIBLE_COMPARISON = Warning "impossible-comparison",
    title: "A comparison that never holds",
    why: "MODEL4 has four characters, MODEL is the whole Set ID, GROUP is a number up to 999. (LAN Administrator Guide 555-233-507 R2.7; the series' MIB.)",
    before: "IF $MODEL4 SEQ X100D01A GOTO END\nSET OPSTAT 110\n# END\n",
    after: "IF $MODEL SEQ X100D01A GOTO END\nSET OPSTAT 110\n# END\n";
NO_SUCH_MODEL = Hint "no-such-model",
    title: "An IF on a model that was not asked about",
    why: "None of the phones that the check was made for is such a one: a slip, or a part for others. (Project rule.)",
    before: "IF $MODEL4 SEQ 9640 GOTO END\nSET OPSTAT 110\n# END\n",
    after: "IF $MODEL4 SEQ X120 GOTO END\nSET OPSTAT 110\n# END\n";
}
