use super::Rule;

rules! { FORM:
LEADING_BLANK = Error "leading-blank",
    title: "Blanks before a statement or a tag",
    why: "A line that does not begin with SET, IF, GOTO, GET or `# ` is a comment. (Settings template; LAN Administrator Guide 555-233-507 R2.2, upgrade script and settings file.)",
    before: " SET OPSTAT 110\n",
    after: "SET OPSTAT 110\n";
MISSING_VALUE = Error "missing-value",
    title: "SET without a value",
    why: "It is no statement, so the value before it stays. The null value is written as two quotation marks. (Settings template.)",
    before: "SET WMLHOME\n",
    after: "SET APPSTAT 0\n";
VALUE_ON_NEXT_LINE = Error "value-on-next-line",
    title: "The value stands on the next line",
    why: "One statement is one line. (LAN Administrator Guide 555-233-507 R2.2, settings file.)",
    before: "SET OPSTAT\n110\n",
    after: "SET OPSTAT 110\n";
UNCLOSED_QUOTE = Error "unclosed-quote",
    title: "A quotation mark is never closed",
    why: "Where the value ends cannot be told: the line is taken as a comment. (Project rule.)",
    before: "SET WMLHOME \"http://lab.example.com/\n",
    after: "SET WMLHOME \"http://lab.example.com/\"\n";
CURLY_QUOTES = Error "curly-quotes",
    title: "Typographic quotation marks",
    why: "Only ASCII 34 quotes; others become a part of the value, which then ends at its first blank. (Settings template.)",
    before: "SET WMLHOME “http://lab.example.com/”\n",
    after: "SET WMLHOME \"http://lab.example.com/\"\n";
SINGLE_QUOTES = Error "single-quotes",
    title: "Single quotation marks",
    why: "Only ASCII 34 quotes; others become a part of the value. (Settings template.)",
    before: "SET WMLHOME 'http://lab.example.com/'\n",
    after: "SET WMLHOME \"http://lab.example.com/\"\n";
QUOTE_IN_VALUE = Warning "quote-in-value",
    title: "A quotation mark inside of a value",
    why: "One pair around the whole value is all the guides show; what phones make of more is not documented. (Settings template.)",
    before: "SET WMLHOME \"http://lab.example.com/\" \"home\"\n",
    after: "SET WMLHOME \"http://lab.example.com/\"\n";
BLANK_IN_VALUE = Error "blank-in-value",
    title: "A blank ends the value early",
    why: "Without quotation marks a value ends at its first blank; the rest is lost. (Settings template.)",
    before: "SET FTPSRVR backup.example.com backup2.example.com\n",
    after: "SET FTPSRVR backup.example.com\n";
BLANK_IN_LIST = Error "blank-in-list",
    title: "Blanks in a list",
    why: "Lists have commas and no blanks; what follows the first blank is lost. (LAN Administrator Guide 555-233-507 R2.2, option 176.)",
    before: "SET DNSSRVR 192.0.2.53, 192.0.2.54\n",
    after: "SET DNSSRVR 192.0.2.53,192.0.2.54\n";
COMMENT_AFTER_VALUE = Warning "comment-after-value",
    title: "A comment on the line of a statement",
    why: "A comment is a line of its own; here it is passed over, other readers take it as a part of the value. (Settings template.)",
    before: "SET OPSTAT 110 # no log-off\n",
    after: "## no log-off\nSET OPSTAT 110\n";
TEXT_AFTER_JUMP = Warning "text-after-jump",
    title: "More than a tag after GOTO",
    why: "A tag is a text without blanks: what follows is passed over. (LAN Administrator Guide 555-233-507 R2.2, upgrade script and settings file.)",
    before: "IF $GROUP SEQ 1 GOTO END of file\nSET OPSTAT 110\n# END\n",
    after: "IF $GROUP SEQ 1 GOTO END\nSET OPSTAT 110\n# END\n";
SET_WITH_EQUALS = Error "set-with-equals",
    title: "An equals sign between name and value",
    why: "SET takes a name, a blank and a value; the equals sign belongs to DHCP strings. (LAN Administrator Guide 555-233-507 R2.2, settings file.)",
    before: "SET OPSTAT=110\n",
    after: "SET OPSTAT 110\n";
IF_WITHOUT_DOLLAR = Error "if-without-dollar",
    title: "The variable of an IF has no dollar sign",
    why: "The form is IF $NAME SEQ text GOTO tag; all else is a comment, and phones read on. (LAN Administrator Guide 555-233-507 R2.2, upgrade script and settings file.)",
    before: "IF GROUP SEQ 1 GOTO END\nSET OPSTAT 110\n",
    after: "IF $GROUP SEQ 1 GOTO END\nSET OPSTAT 110\n# END\n";
IF_COMPARISON = Error "if-comparison",
    title: "An IF compares with something else than SEQ",
    why: "SEQ is the only comparison; all else makes the line a comment. (LAN Administrator Guide 555-233-507 R2.2, upgrade script and settings file.)",
    before: "IF $GROUP == 1 GOTO END\nSET OPSTAT 110\n",
    after: "IF $GROUP SEQ 1 GOTO END\nSET OPSTAT 110\n# END\n";
MALFORMED_IF = Error "malformed-if",
    title: "An IF that is not complete",
    why: "The form is IF $NAME SEQ text GOTO tag; all else is a comment. (LAN Administrator Guide 555-233-507 R2.2, upgrade script and settings file.)",
    before: "IF $GROUP SEQ 1 SET OPSTAT 110\n",
    after: "IF $GROUP SEQ 1 GOTO one\nGOTO end\n# one\nSET OPSTAT 110\n# end\n";
INCOMPLETE_STATEMENT = Error "incomplete-statement",
    title: "A keyword with nothing after it",
    why: "It is no statement, so phones read on. (LAN Administrator Guide 555-233-507 R2.2, upgrade script and settings file.)",
    before: "GOTO\nSET OPSTAT 110\n",
    after: "SET OPSTAT 110\n";
MISSPELLED_KEYWORD = Error "misspelled-keyword",
    title: "A misspelled keyword",
    why: "Any line that does not begin with a keyword is a comment. (Settings template.)",
    before: "STE OPSTAT 110\n",
    after: "SET OPSTAT 110\n";
LOWER_CASE_KEYWORD = Hint "lower-case-keyword",
    title: "A keyword in small letters",
    why: "The guides print capitals and once a small `goto`; that phones take any case is likely, not stated. (LAN Administrator Guide 555-233-507 R2.2, the GROUP system value.)",
    before: "set OPSTAT 110\n",
    after: "SET OPSTAT 110\n";
TRAILING_BLANKS = Hint "trailing-blanks",
    title: "Blanks at the end of a statement",
    why: "Nobody sees them, and they may become a part of the value. (Project rule.)",
    before: "SET OPSTAT 110 \n",
    after: "SET OPSTAT 110\n";
TAB = Hint "tab",
    title: "A tab between words",
    why: "The guides show one blank everywhere. (Project rule.)",
    before: "SET OPSTAT\t110\n",
    after: "SET OPSTAT 110\n";
NON_ASCII = Warning "non-ascii",
    title: "A value with characters beyond ASCII",
    why: "Values are ASCII texts; what phones make of others is not documented. (LAN Administrator Guide 555-233-507 R2.7, customizing system parameters.)",
    before: "SET SYSLANG Français\n",
    after: "SET SYSLANG French\n";
USELESS_ALLOW = Hint "useless-allow",
    title: "A comment allows what is not found",
    why: "The mistake is gone, or the rule's name is wrong. (Project rule.)",
    before: "# deskset: allow tab\nSET OPSTAT 110\n",
    after: "# deskset: allow tab\nSET OPSTAT\t110\n";
}
