use super::Rule;

rules! { ENCODING:
UTF_16 = Error "utf-16",
    title: "The file is UTF-16",
    why: "Phones read single bytes: in UTF-16 there is not one statement. (Project rule; the guides know ASCII and UTF-8 only.)",
    before: "S\0E\0T\0 \0O\0P\0S\0T\0A\0T\0 \x001\x001\x000\0\n\0",
    after: "SET OPSTAT 110\n";
BYTE_ORDER_MARK = Warning "byte-order-mark",
    title: "A byte-order mark begins the file",
    why: "No guide of the series names one: a phone that does not skip it loses the first line. (Project rule.)",
    before: "\u{feff}SET OPSTAT 110\n",
    after: "SET OPSTAT 110\n";
NOT_UTF_8 = Warning "not-utf-8",
    title: "The file is neither ASCII nor UTF-8",
    why: "Its characters beyond ASCII depend on who reads it. (LAN Administrator Guide 555-233-507, Backup/Restore, names UTF-8.)",
    before: "SET WMLHOME \"http://lab.example.com/\u{e9}\" in Latin-1, byte E9\n",
    after: "SET WMLHOME \"http://lab.example.com/\"\n";
LARGE_FILE = Hint "large-file",
    title: "The file is very large",
    why: "Every phone fetches it at every start; how much a phone can hold is not documented. (Project rule.)",
    before: "more than a million bytes\n",
    after: "GET settings.scr\n";
CONTROL_CHARACTER = Warning "control-character",
    title: "A control character stands in the file",
    why: "Editors do not show it, and phones may end the line or the value at it. (Project rule.)",
    before: "## form feed: \u{c}\n",
    after: "## form feed\n";
CR_LINE_ENDS = Warning "cr-line-ends",
    title: "Lines end with CR alone",
    why: "Phones may see one long line. CR LF and LF are safe. (Project rule; the guides are silent.)",
    before: "SET OPSTAT 110\rSET APPSTAT 0\r",
    after: "SET OPSTAT 110\r\nSET APPSTAT 0\r\n";
MIXED_LINE_ENDS = Hint "mixed-line-ends",
    title: "Lines end in more than one way",
    why: "Two editors worked on the file; some tools will join or split lines. (Project rule.)",
    before: "SET OPSTAT 110\r\nSET APPSTAT 0\n",
    after: "SET OPSTAT 110\nSET APPSTAT 0\n";
NO_NEWLINE_AT_END = Hint "no-newline-at-end",
    title: "The last statement has no line end",
    why: "What is appended later becomes part of it, and a phone may want the line end. (Project rule.)",
    before: "SET OPSTAT 110",
    after: "SET OPSTAT 110\n";
}
