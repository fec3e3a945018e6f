//! FTP clients and our server: ncftp, tnftp, basic-ftp.

use super::{
    Program, Row,
    ftp::{ELSEWHERE, PHONE, REST, RESUMED, STORE, STORED},
};

const FOUND: &[(&str, &str)] = &[("{here}/phone.bin", "{site}/phone.bin")];

/// One program for each thing it does.
const NCFTP: &[Row] = &[
    Row::fine("retrieve, PASV", &["-F", "-P", "{ftp}", "127.0.0.1", ".", "/phone.bin"]).same(FOUND).told(PHONE),
    Row::fine("retrieve, PORT", &["-E", "-P", "{ftp}", "127.0.0.1", ".", "/phone.bin"]).same(FOUND).told(PHONE),
    Row::fine(
        "retrieve, with a name",
        &["-F", "-u", "phones", "-p", "{password}", "-P", "{ftp}", "127.0.0.1", ".", "/phone.bin"],
    )
    .same(FOUND)
    .told(PHONE),
    Row::fine("store, PASV", &["-F", "-P", "{ftp}", "-C", "127.0.0.1", "local", "/4711_data.txt"])
        .by("NCFTPPUT")
        .same(STORED)
        .told(STORE),
    Row::fine("store, PORT", &["-E", "-P", "{ftp}", "-C", "127.0.0.1", "local", "/4711_data.txt"])
        .by("NCFTPPUT")
        .same(STORED)
        .told(STORE),
    Row::fine("LIST", &["-l", "-P", "{ftp}", "ftp://127.0.0.1/"]).by("NCFTPLS").said(&["phone.bin", "300007"]),
    Row::fine("NLST", &["-1", "-P", "{ftp}", "ftp://127.0.0.1/"]).by("NCFTPLS").said(&["phone.bin"]),
    Row::fine("64 MB", &["-F", "-P", "{ftp}", "127.0.0.1", ".", "/large.bin"])
        .same(&[("{here}/large.bin", "{site}/large.bin")]),
    Row::fails(
        "wrong password",
        1,
        &["-F", "-r", "1", "-u", "phones", "-p", "wrong", "-P", "{ftp}", "127.0.0.1", ".", "/phone.bin"],
    )
    .missing(&["{here}/phone.bin"]),
    Row::fails("missing file", 3, &["-F", "-P", "{ftp}", "127.0.0.1", ".", "/none.bin"]),
    Row::fails("store another name, anonymous", 3, &["-F", "-P", "{ftp}", "-C", "127.0.0.1", "local", "/other.txt"])
        .by("NCFTPPUT")
        .missing(&["{site}/backups/other.txt"])
        .declared(ELSEWHERE),
];

/// It reads commands from its input; `-n` keeps it from asking for a name.
const TNFTP: &[Row] = &[
    Row::fine("retrieve, EPSV", &["-p", "-n", "127.0.0.1", "{ftp}"])
        .input("user anonymous guest@\nbinary\nget phone.bin got\nquit\n")
        .got()
        .told(PHONE),
    Row::fine("retrieve, PASV", &["-p", "-n", "127.0.0.1", "{ftp}"])
        .input("user anonymous guest@\nepsv4 off\nbinary\nget phone.bin got\nquit\n")
        .got()
        .told(PHONE),
    Row::fine("retrieve, EPRT", &["-A", "-n", "127.0.0.1", "{ftp}"])
        .input("user anonymous guest@\nepsv4 on\nbinary\nget phone.bin got\nquit\n")
        .got()
        .told(PHONE),
    Row::fine("retrieve, PORT", &["-A", "-n", "127.0.0.1", "{ftp}"])
        .input("user anonymous guest@\nepsv4 off\nbinary\nget phone.bin got\nquit\n")
        .got()
        .told(PHONE),
    Row::fine("retrieve, with a name", &["-p", "-n", "127.0.0.1", "{ftp}"])
        .input("user phones {password}\nbinary\nget phone.bin got\nquit\n")
        .got()
        .told(PHONE),
    Row::fine("store, EPSV", &["-p", "-n", "127.0.0.1", "{ftp}"])
        .input("user anonymous guest@\nbinary\nput local 4711_data.txt\nquit\n")
        .same(STORED)
        .told(STORE),
    Row::fine("store, PORT", &["-A", "-n", "127.0.0.1", "{ftp}"])
        .input("user anonymous guest@\nepsv4 off\nbinary\nput local 4711_data.txt\nquit\n")
        .same(STORED)
        .told(STORE),
    Row::fine("store over an older file", &["-p", "-n", "127.0.0.1", "{ftp}"])
        .input("user anonymous guest@\nbinary\nput lines 4711_data.txt\nput local 4711_data.txt\nquit\n")
        .same(STORED),
    Row::fine("resume (REST)", &["-p", "-n", "127.0.0.1", "{ftp}"])
        .input("user anonymous guest@\nbinary\nreget phone.bin part\nquit\n")
        .same(RESUMED)
        .told(REST),
    Row::fine("LIST", &["-p", "-n", "127.0.0.1", "{ftp}"])
        .input("user anonymous guest@\ndir\nquit\n")
        .said(&["phone.bin", "300007"]),
    Row::fine("NLST", &["-p", "-n", "127.0.0.1", "{ftp}"])
        .input("user anonymous guest@\nnlist\nquit\n")
        .said(&["phone.bin"]),
    Row::fine("MLSD", &["-p", "-n", "127.0.0.1", "{ftp}"])
        .input("user anonymous guest@\nmlsd\nquit\n")
        .said(&["phone.bin", "300007"]),
    Row::fine("SIZE, MDTM", &["-p", "-n", "127.0.0.1", "{ftp}"])
        .input("user anonymous guest@\nbinary\nsize phone.bin\nmodtime phone.bin\nquit\n")
        .said(&["300007", "phone.bin\t"]),
    Row::fine("64 MB", &["-p", "-n", "127.0.0.1", "{ftp}"])
        .input("user anonymous guest@\nbinary\nget large.bin got\nquit\n")
        .same(&[("{here}/got", "{site}/large.bin")]),
    Row::fine("wrong password", &["-p", "-n", "127.0.0.1", "{ftp}"])
        .input("user phones wrong\nbinary\nget phone.bin got\nquit\n")
        .nothing()
        .said(&["Login failed"]),
    Row::fine("missing file", &["-p", "-n", "127.0.0.1", "{ftp}"])
        .input("user anonymous guest@\nbinary\nget none.bin got\nquit\n")
        .said(&["File not found"]),
    Row::fine("missing directory (CWD)", &["-p", "-n", "127.0.0.1", "{ftp}"])
        .input("user anonymous guest@\ncd none\nquit\n")
        .said(&["Directory not found"]),
    Row::fine("store another name, anonymous", &["-p", "-n", "127.0.0.1", "{ftp}"])
        .input("user anonymous guest@\nbinary\nput local other.txt\nquit\n")
        .missing(&["{site}/backups/other.txt"])
        .declared(ELSEWHERE),
];

/// Each says itself whether all replies are as they should be.
macro_rules! session {
    ($case:literal) => {
        Row::fine($case, &[$case])
    };
}

const BASIC_FTP: &[Row] = &[
    session!("retrieve, EPSV").got().told(PHONE),
    session!("retrieve, PASV").got().told(PHONE),
    session!("retrieve, with a name").got().told(PHONE),
    session!("store, EPSV").same(STORED).told(STORE),
    session!("store, PASV").same(STORED).told(STORE),
    session!("store over an older file").same(STORED),
    session!("store in a new directory (MKD)").same(&[("{site}/backups/new/any.name", "{here}/local")]),
    session!("resume (REST)").same(RESUMED).told(REST),
    session!("LIST"),
    session!("MLSD"),
    session!("SIZE, MDTM"),
    session!("64 MB").same(&[("{here}/got", "{site}/large.bin")]),
    session!("wrong password"),
    session!("missing file"),
    session!("missing directory (CWD)"),
    session!("store another name, anonymous").missing(&["{site}/backups/other.txt"]).declared(ELSEWHERE),
];

pub(super) const PROGRAMS: &[Program] = &[
    Program { protocol: "ftp", peer: "ncftp", version: "NCFTP", program: "NCFTPGET", first: &[], rows: NCFTP },
    Program { protocol: "ftp", peer: "tnftp", version: "TNFTP", program: "TNFTP", first: &[], rows: TNFTP },
    Program {
        protocol: "ftp",
        peer: "basic-ftp",
        version: "BASIC_FTP",
        program: "NODE",
        first: &["{clients}/ftp_session.cjs", "{ftp}", "{password}"],
        rows: BASIC_FTP,
    },
];
