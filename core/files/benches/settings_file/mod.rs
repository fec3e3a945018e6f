//! A file to be measured with, here and by `cargo xtask bench files`.
#![allow(missing_docs)]

use std::fmt::Write as _;

/// A settings file like those of a site with several models: a third comments, an IF for each model, mostly SETs.
pub fn settings_file(lines: usize) -> String {
    let sets = [
        "SET MCIPADD 10.1.2.3,10.1.2.4",
        "SET HTTPSRVR files.example.com",
        "SET TFTPSRVR 10.1.2.5",
        "SET DNSSRVR 10.1.2.6",
        "SET DOMAIN example.com",
        "SET L2QVLAN 112",
        "SET OPSTAT 111",
        "SET APPSTAT 1",
        "SET FTPSRVR 10.1.2.7",
        "SET FTPDIR phones/backup",
        "SET WMLHOME \"http://10.1.2.8/home page.wml\"",
        "SET TPSLIST .example.com",
        "SET PHNOL 9",
        "SET PROCSTAT 0",
        "SET DSCPAUD 46",
        "SET VLANTEST 60",
        "SET ENHDIALSTAT 1",
        "SET SNMPADD 10.1.2.9",
    ];
    let mut text = String::new();
    for number in 0..lines {
        let _ = match number % 12 {
            0 | 4 | 8 => writeln!(text, "## comment number {number}, as long as comments are in annotated files\r"),
            6 => writeln!(text, "IF $MODEL4 SEQ {} GOTO section{number}\r", 4600 + number % 60),
            7 => writeln!(text, "# section{}\r", number - 1),
            _ => writeln!(text, "{}\r", sets[number % sets.len()]),
        };
    }
    text
}
