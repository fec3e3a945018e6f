//! FTP clients and our server: curl, lftp, wget, Python's ftplib.

use super::{Program, Row};

pub(super) const PHONE: &[&str] = &["FTP fetch /phone.bin -> phone.bin: complete, 300007 bytes"];
pub(super) const REST: &[&str] = &["FTP fetch /phone.bin -> phone.bin: complete, 200007 bytes"];
pub(super) const STORE: &[&str] = &["FTP store /4711_data.txt -> 4711_data.txt: complete, 70001 bytes"];
pub(super) const STORED: &[(&str, &str)] = &[("{site}/backups/4711_data.txt", "{here}/local")];
pub(super) const RESUMED: &[(&str, &str)] = &[("{here}/part", "{site}/phone.bin")];
pub(super) const ELSEWHERE: &str = "we refuse by rule: visitors without a name store backup files only";
const WHOLE_ONLY: &str = "we refuse by rule: a backup file is stored whole, never put together from parts";

macro_rules! curl {
    ($($argument:literal),*) => {
        &["-sS" $(, $argument)*]
    };
}

const CURL: &[Row] = &[
    Row::fine("retrieve, EPSV", curl!("ftp://127.0.0.1:{ftp}/phone.bin", "-o", "got")).got().told(PHONE),
    Row::fine("retrieve, PASV", curl!("--disable-epsv", "ftp://127.0.0.1:{ftp}/phone.bin", "-o", "got"))
        .got()
        .told(PHONE),
    Row::fine("retrieve, EPRT", curl!("-P", "-", "ftp://127.0.0.1:{ftp}/phone.bin", "-o", "got")).got().told(PHONE),
    Row::fine("retrieve, PORT", curl!("-P", "-", "--disable-eprt", "ftp://127.0.0.1:{ftp}/phone.bin", "-o", "got"))
        .got()
        .told(PHONE),
    Row::fine(
        "retrieve, with a name",
        curl!("-u", "phones:{password}", "ftp://127.0.0.1:{ftp}/phone.bin", "-o", "got"),
    )
    .got()
    .told(PHONE),
    Row::fine("store, EPSV", curl!("-T", "local", "ftp://127.0.0.1:{ftp}/4711_data.txt")).same(STORED).told(STORE),
    Row::fine("store, PASV", curl!("--disable-epsv", "-T", "local", "ftp://127.0.0.1:{ftp}/4711_data.txt"))
        .same(STORED)
        .told(STORE),
    Row::fine("store, EPRT", curl!("-P", "-", "-T", "local", "ftp://127.0.0.1:{ftp}/4711_data.txt"))
        .same(STORED)
        .told(STORE),
    Row::fine("store, PORT", curl!("-P", "-", "--disable-eprt", "-T", "local", "ftp://127.0.0.1:{ftp}/4711_data.txt"))
        .same(STORED)
        .told(STORE),
    Row::fine(
        "store over an older file",
        curl!(
            "-T",
            "lines",
            "ftp://127.0.0.1:{ftp}/4711_data.txt",
            "--next",
            "-sS",
            "-T",
            "local",
            "ftp://127.0.0.1:{ftp}/4711_data.txt"
        ),
    )
    .same(STORED),
    Row::fine(
        "store in a new directory (MKD)",
        curl!("-u", "phones:{password}", "--ftp-create-dirs", "-T", "local", "ftp://127.0.0.1:{ftp}/new/any.name"),
    )
    .same(&[("{site}/backups/new/any.name", "{here}/local")])
    .told(&["FTP store /new/any.name -> new/any.name: complete, 70001 bytes"]),
    Row::fine("resume (REST)", curl!("-C", "-", "ftp://127.0.0.1:{ftp}/phone.bin", "-o", "part"))
        .same(RESUMED)
        .told(REST),
    Row::fine("LIST", curl!("ftp://127.0.0.1:{ftp}/")).said(&["phone.bin", "300007"]),
    Row::fine("NLST", curl!("-l", "ftp://127.0.0.1:{ftp}/")).said(&["phone.bin"]),
    Row::fine("MLSD", curl!("-X", "MLSD", "ftp://127.0.0.1:{ftp}/")).said(&["phone.bin", "300007"]),
    Row::fine("SIZE, MDTM", curl!("-I", "ftp://127.0.0.1:{ftp}/phone.bin"))
        .said(&["Content-Length: 300007", "Last-Mod"]),
    Row::fine("empty file", curl!("ftp://127.0.0.1:{ftp}/empty.bin", "-o", "got")),
    Row::fine("64 MB", curl!("ftp://127.0.0.1:{ftp}/large.bin", "-o", "got"))
        .same(&[("{here}/got", "{site}/large.bin")])
        .told(&["FTP fetch /large.bin -> large.bin: complete, 67108864 bytes"]),
    Row::fails("wrong password", 67, curl!("-u", "phones:wrong", "ftp://127.0.0.1:{ftp}/phone.bin", "-o", "got"))
        .nothing(),
    Row::fails("missing file", 78, curl!("ftp://127.0.0.1:{ftp}/none.bin", "-o", "got")).nothing(),
    Row::fails("missing directory (CWD)", 9, curl!("ftp://127.0.0.1:{ftp}/none/phone.bin", "-o", "got")).nothing(),
    Row::fails(
        "append (APPE)",
        18,
        curl!(
            "-u",
            "phones:{password}",
            "-T",
            "lines",
            "ftp://127.0.0.1:{ftp}/4711_data.txt",
            "--next",
            "-sS",
            "-u",
            "phones:{password}",
            "--append",
            "-T",
            "local",
            "ftp://127.0.0.1:{ftp}/4711_data.txt"
        ),
    )
    .same(&[("{site}/backups/4711_data.txt", "{here}/lines")])
    .told(&[
        "FTP store /4711_data.txt -> 4711_data.txt: complete, 3000 bytes",
        "FTP store /4711_data.txt: refused, files are stored whole, not continued",
    ])
    .declared(WHOLE_ONLY),
    Row::fails("store another name, anonymous", 18, curl!("-T", "local", "ftp://127.0.0.1:{ftp}/other.txt"))
        .missing(&["{site}/backups/other.txt"])
        .told(&["FTP store /other.txt: refused, other.txt: may not be stored by an anonymous visitor"])
        .declared(ELSEWHERE),
];

macro_rules! lftp {
    ($script:literal) => {
        &["-c", concat!("set net:max-retries 1; open ftp://127.0.0.1:{ftp}; ", $script)]
    };
}

const LFTP: &[Row] = &[
    Row::fine("retrieve, PASV", lftp!("get phone.bin -o got")).got().told(PHONE),
    Row::fine("retrieve, EPSV", lftp!("set ftp:prefer-epsv on; get phone.bin -o got")).got().told(PHONE),
    Row::fine("retrieve, PORT", lftp!("set ftp:passive-mode off; get phone.bin -o got")).got().told(PHONE),
    Row::fine("retrieve, with a name", lftp!("user phones {password}; get phone.bin -o got")).got().told(PHONE),
    Row::fine("store, PASV", lftp!("put local -o 4711_data.txt")).same(STORED).told(STORE),
    Row::fine("store, EPSV", lftp!("set ftp:prefer-epsv on; put local -o 4711_data.txt")).same(STORED).told(STORE),
    Row::fine("store, PORT", lftp!("set ftp:passive-mode off; put local -o 4711_data.txt")).same(STORED).told(STORE),
    Row::fine("store over an older file", lftp!("put lines -o 4711_data.txt; put local -o 4711_data.txt")).same(STORED),
    Row::fine("store in a new directory (MKD)", lftp!("user phones {password}; mkdir new; put local -o new/any.name"))
        .same(&[("{site}/backups/new/any.name", "{here}/local")]),
    Row::fine("resume (REST)", lftp!("get -c phone.bin -o part")).same(RESUMED).told(REST),
    Row::fine("LIST", lftp!("ls")).said(&["phone.bin", "300007"]),
    Row::fine("NLST", lftp!("nlist")).said(&["phone.bin"]),
    Row::fine("MLSD", lftp!("set ftp:use-mlsd on; cls -l")).said(&["phone.bin", "300007"]),
    Row::fine("a whole folder", lftp!("mirror --exclude large --exclude rolls --exclude 4711 / all")).same(&[
        ("{here}/all/phone.bin", "{site}/phone.bin"),
        ("{here}/all/blocks.bin", "{site}/blocks.bin"),
        ("{here}/all/lines.txt", "{site}/lines.txt"),
        ("{here}/all/empty.bin", "{site}/empty.bin"),
    ]),
    Row::fine("64 MB", lftp!("get large.bin -o got")).same(&[("{here}/got", "{site}/large.bin")]),
    Row::fails("wrong password", 1, lftp!("user phones wrong; get phone.bin -o got")).nothing(),
    Row::fails("missing file", 1, lftp!("get none.bin -o got")).nothing(),
    Row::fails("missing directory (CWD)", 1, lftp!("cd none && get phone.bin -o got")).nothing(),
    Row::fails("store another name, anonymous", 1, lftp!("put local -o other.txt"))
        .missing(&["{site}/backups/other.txt"])
        .declared(ELSEWHERE),
];

const LATE: &str = "our server says 150 before it looks for the file; wget calls the 550 behind it an aborted transfer";

const WGET: &[Row] = &[
    Row::fine("retrieve, PASV", &["ftp://127.0.0.1:{ftp}/phone.bin", "-O", "got"]).got().told(PHONE),
    Row::fine("retrieve, PORT", &["--no-passive-ftp", "ftp://127.0.0.1:{ftp}/phone.bin", "-O", "got"])
        .got()
        .told(PHONE),
    Row::fine(
        "retrieve, with a name",
        &["--user=phones", "--password={password}", "ftp://127.0.0.1:{ftp}/phone.bin", "-O", "got"],
    )
    .got()
    .told(PHONE),
    Row::fine("resume (REST)", &["-c", "ftp://127.0.0.1:{ftp}/phone.bin", "-O", "part"]).same(RESUMED).told(REST),
    Row::fine("empty file", &["ftp://127.0.0.1:{ftp}/empty.bin", "-O", "got"])
        .same(&[("{here}/got", "{site}/empty.bin")]),
    Row::fine("64 MB", &["ftp://127.0.0.1:{ftp}/large.bin", "-O", "got"]).same(&[("{here}/got", "{site}/large.bin")]),
    Row::fails("wrong password", 6, &["--user=phones", "--password=wrong", "ftp://127.0.0.1:{ftp}/phone.bin"]),
    Row::fails("missing file", 4, &["ftp://127.0.0.1:{ftp}/none.bin", "-O", "got"])
        .same(&[("{here}/got", "{site}/empty.bin")])
        .declared(LATE),
    Row::fails("missing directory (CWD)", 8, &["ftp://127.0.0.1:{ftp}/none/phone.bin"]),
];

/// Each says itself whether all replies are as they should be.
macro_rules! session {
    ($case:literal) => {
        Row::fine($case, &[$case])
    };
}

const FTPLIB: &[Row] = &[
    session!("retrieve, PASV").got().told(PHONE),
    session!("retrieve, EPSV").got().told(PHONE),
    session!("retrieve, PORT").got().told(PHONE),
    session!("retrieve, EPRT").got().told(PHONE),
    session!("retrieve, with a name").got().told(PHONE),
    session!("store, PASV").same(STORED).told(STORE),
    session!("store, EPSV").same(STORED).told(STORE),
    session!("store, PORT").same(STORED).told(STORE),
    session!("store, EPRT").same(STORED).told(STORE),
    session!("store over an older file").same(STORED),
    session!("store in a new directory (MKD)").same(&[("{site}/backups/new/any.name", "{here}/local")]),
    session!("resume (REST)").same(RESUMED).told(REST),
    session!("LIST"),
    session!("NLST"),
    session!("MLSD"),
    session!("SIZE, MDTM"),
    session!("empty file").same(&[("{here}/got", "{site}/empty.bin")]),
    session!("wrong password"),
    session!("missing file"),
    session!("missing directory (CWD)"),
    session!("append (APPE)").declared(WHOLE_ONLY),
    session!("store another name, anonymous").missing(&["{site}/backups/other.txt"]).declared(ELSEWHERE),
    session!("a name that leads out")
        .told(&["FTP store /../4711_data.txt: refused, /../4711_data.txt: not a name this server serves"])
        .declared("we refuse by rule: nothing outside of the folder is served or stored"),
];

pub(super) const PROGRAMS: &[Program] = &[
    Program { protocol: "ftp", peer: "curl", version: "CURL", program: "CURL", first: &[], rows: CURL },
    Program { protocol: "ftp", peer: "lftp", version: "LFTP", program: "LFTP", first: &[], rows: LFTP },
    Program { protocol: "ftp", peer: "wget", version: "WGET", program: "WGET", first: &["-nv", "-t1"], rows: WGET },
    Program {
        protocol: "ftp",
        peer: "Python ftplib",
        version: "PYTHON3",
        program: "PYTHON3",
        first: &["{clients}/ftp_session.py", "{ftp}", "{password}"],
        rows: FTPLIB,
    },
];
