//! HTTP clients and our server: curl, wget, aria2, Python's http.client.

use super::{Program, Row};

const PHONE: &[&str] = &["HTTP fetch /phone.bin -> phone.bin: complete, 300007 bytes"];
const REST: &[&str] = &["HTTP fetch /phone.bin -> phone.bin: complete, 200007 bytes"];
const EMPTY: &[&str] = &["HTTP fetch /empty.bin -> empty.bin: complete, 0 bytes"];
const UNSENT: &[&str] = &["HTTP fetch /phone.bin -> phone.bin: complete, 0 bytes"];
const LARGE: &[&str] = &["HTTP fetch /large.bin -> large.bin: complete, 67108864 bytes"];
const NONE: &[&str] = &["HTTP fetch /none.bin: refused, none.bin: no such file on this server"];
const SECURE: &[&str] = &["HTTPS fetch /phone.bin -> phone.bin: complete, 300007 bytes"];
const HUNDRED: &[&str] = &["HTTP fetch /phone.bin -> phone.bin: complete, 100 bytes"];

const SAME_EMPTY: &[(&str, &str)] = &[("{here}/got", "{site}/empty.bin")];
const SAME_LARGE: &[(&str, &str)] = &[("{here}/got", "{site}/large.bin")];
const RESUMED: &[(&str, &str)] = &[("{here}/part", "{site}/phone.bin")];

const OLD: &str = "we refuse by rule: TLS below 1.2 has been withdrawn (RFC 8996)";
const NO_PUT: &str = "we refuse by rule: files other than backup files are not put";

macro_rules! curl {
    ($($argument:literal),*) => {
        &["-sS", "-f" $(, $argument)*]
    };
}

const CURL: &[Row] = &[
    Row::fine("get", curl!("http://127.0.0.1:{http}/phone.bin", "-o", "got")).got().told(PHONE),
    Row::fine("get, HTTP/1.0", curl!("--http1.0", "http://127.0.0.1:{http}/phone.bin", "-o", "got")).got().told(PHONE),
    Row::fine("head", curl!("-I", "http://127.0.0.1:{http}/phone.bin")).said(&["ength: 300007"]).told(UNSENT),
    Row::fine("range: the first bytes", curl!("-r", "0-99", "http://127.0.0.1:{http}/phone.bin", "-o", "got"))
        .same(&[("{here}/got", "{here}/first")])
        .told(HUNDRED),
    Row::fine("range: in the middle", curl!("-r", "1000-1999", "http://127.0.0.1:{http}/phone.bin", "-o", "got"))
        .same(&[("{here}/got", "{here}/middle")]),
    Row::fine("range: the last bytes", curl!("-r", "-100", "http://127.0.0.1:{http}/phone.bin", "-o", "got"))
        .same(&[("{here}/got", "{here}/last")])
        .told(HUNDRED),
    Row::fine("range: the rest", curl!("-C", "-", "http://127.0.0.1:{http}/phone.bin", "-o", "part"))
        .same(RESUMED)
        .told(REST),
    Row::fails("range: none there", 22, curl!("-r", "400000-", "http://127.0.0.1:{http}/phone.bin", "-o", "got"))
        .nothing()
        .said(&["416"]),
    Row::fine(
        "If-None-Match",
        curl!("-H", "If-None-Match: *", "-w", "%{http_code}", "http://127.0.0.1:{http}/phone.bin", "-o", "got"),
    )
    .said(&["304"])
    .told(UNSENT),
    Row::fine(
        "If-Modified-Since",
        curl!("-z", "{site}/phone.bin", "-w", "%{http_code}", "http://127.0.0.1:{http}/phone.bin", "-o", "got"),
    )
    .said(&["304"])
    .told(UNSENT),
    Row::fine(
        "two files, one connection",
        curl!(
            "-w",
            "connections=%{num_connects} ",
            "http://127.0.0.1:{http}/phone.bin",
            "-o",
            "got",
            "http://127.0.0.1:{http}/empty.bin",
            "-o",
            "none"
        ),
    )
    .got()
    .said(&["connections=1 connections=0"]),
    Row::fails("missing file", 22, curl!("http://127.0.0.1:{http}/none.bin", "-o", "got")).nothing().told(NONE),
    Row::fine("empty file", curl!("http://127.0.0.1:{http}/empty.bin", "-o", "got")).told(EMPTY),
    Row::fine("64 MB", curl!("http://127.0.0.1:{http}/large.bin", "-o", "got")).same(SAME_LARGE).told(LARGE),
    Row::fine("TLS", curl!("--cacert", "ca.pem", "https://127.0.0.1:{https}/phone.bin", "-o", "got"))
        .got()
        .told(SECURE),
    Row::fine(
        "TLS 1.2",
        curl!("--tls-max", "1.2", "--cacert", "ca.pem", "https://127.0.0.1:{https}/phone.bin", "-o", "got"),
    )
    .got()
    .told(SECURE),
    Row::fails(
        "TLS: certificate for another name",
        60,
        curl!("--cacert", "ca.pem", "https://127.0.0.1:{wrongname}/phone.bin", "-o", "got"),
    )
    .nothing(),
    Row::fails(
        "TLS: expired certificate",
        60,
        curl!("--cacert", "{peer_ca}", "https://127.0.0.1:{expired}/phone.bin", "-o", "got"),
    )
    .nothing()
    .said(&["expired"]),
    Row::fails(
        "TLS: another authority",
        60,
        curl!("--cacert", "other.pem", "https://127.0.0.1:{https}/phone.bin", "-o", "got"),
    )
    .nothing(),
    Row::fails(
        "TLS 1.0",
        35,
        curl!(
            "--tlsv1.0",
            "--tls-max",
            "1.0",
            "--ciphers",
            "ALL:@SECLEVEL=0",
            "--cacert",
            "ca.pem",
            "https://127.0.0.1:{https}/phone.bin",
            "-o",
            "got"
        ),
    )
    .nothing()
    .declared(OLD),
    Row::fine("put of a backup file", curl!("-T", "lines", "http://127.0.0.1:{http}/backups/4711_data.txt"))
        .same(&[("{site}/backups/4711_data.txt", "{here}/lines")])
        .told(&["HTTP store /backups/4711_data.txt -> backups/4711_data.txt: complete, 3000 bytes"]),
    Row::fails("put of another file", 22, curl!("-T", "local", "http://127.0.0.1:{http}/backups/other.txt"))
        .missing(&["{site}/backups/other.txt"])
        .declared(NO_PUT),
];

macro_rules! wget {
    ($($argument:literal),*) => {
        &["-nv", "-t1" $(, $argument)*]
    };
}

const WGET: &[Row] = &[
    Row::fine("get", wget!("http://127.0.0.1:{http}/phone.bin", "-O", "got")).got().told(PHONE),
    Row::fine("head", wget!("-S", "--spider", "http://127.0.0.1:{http}/phone.bin")).said(&["300007"]).told(UNSENT),
    Row::fine("range: the rest", wget!("-c", "http://127.0.0.1:{http}/phone.bin", "-O", "part"))
        .same(RESUMED)
        .told(REST),
    Row::fails(
        "If-None-Match",
        8,
        wget!("-S", "--header=If-None-Match: *", "http://127.0.0.1:{http}/phone.bin", "-O", "got"),
    )
    .said(&["304"]),
    Row::fine(
        "two files, one connection",
        &["-d", "-t1", "http://127.0.0.1:{http}/phone.bin", "http://127.0.0.1:{http}/small.bin"],
    )
    .same(&[("{here}/phone.bin", "{site}/phone.bin"), ("{here}/small.bin", "{site}/small.bin")])
    .said(&["Reusing existing connection"]),
    Row::fails("missing file", 8, wget!("http://127.0.0.1:{http}/none.bin")).told(NONE),
    Row::fine("empty file", wget!("http://127.0.0.1:{http}/empty.bin", "-O", "got")).same(SAME_EMPTY).told(EMPTY),
    Row::fine("64 MB", wget!("http://127.0.0.1:{http}/large.bin", "-O", "got")).same(SAME_LARGE).told(LARGE),
    Row::fine("TLS", wget!("--ca-certificate=ca.pem", "https://127.0.0.1:{https}/phone.bin", "-O", "got"))
        .got()
        .told(SECURE),
    Row::fails(
        "TLS: certificate for another name",
        5,
        wget!("--ca-certificate=ca.pem", "https://127.0.0.1:{wrongname}/phone.bin"),
    ),
    Row::fails(
        "TLS: expired certificate",
        5,
        wget!("--ca-certificate={peer_ca}", "https://127.0.0.1:{expired}/phone.bin"),
    )
    .said(&["expired"]),
    Row::fails("TLS: another authority", 5, wget!("--ca-certificate=other.pem", "https://127.0.0.1:{https}/phone.bin")),
    Row::fails(
        "TLS 1.0",
        4,
        wget!(
            "--ciphers=NORMAL:-VERS-ALL:+VERS-TLS1.0:%COMPAT",
            "--ca-certificate=ca.pem",
            "https://127.0.0.1:{https}/phone.bin"
        ),
    )
    .declared(OLD),
];

macro_rules! aria2 {
    ($($argument:literal),*) => {
        &["--no-conf", "-q", "--max-tries=1", "--file-allocation=none", "--allow-overwrite=true" $(, $argument)*]
    };
}

const ARIA2: &[Row] = &[
    Row::fine("get", aria2!("-o", "got", "http://127.0.0.1:{http}/phone.bin")).got().told(PHONE),
    Row::fine("head", aria2!("--dry-run=true", "http://127.0.0.1:{http}/phone.bin")).told(UNSENT),
    Row::fine("ranges side by side", aria2!("-x4", "-s4", "-k1M", "-o", "got", "http://127.0.0.1:{http}/large.bin"))
        .same(SAME_LARGE),
    Row::fine(
        "range: the rest",
        aria2!("-c", "--allow-overwrite=false", "-o", "part", "http://127.0.0.1:{http}/phone.bin"),
    )
    .same(RESUMED),
    Row::fails("missing file", 3, aria2!("-o", "got", "http://127.0.0.1:{http}/none.bin")).nothing().told(NONE),
    Row::fine("empty file", aria2!("-o", "got", "http://127.0.0.1:{http}/empty.bin")).same(SAME_EMPTY),
    Row::fine("64 MB", aria2!("-o", "got", "http://127.0.0.1:{http}/large.bin")).same(SAME_LARGE),
    Row::fine("TLS", aria2!("--ca-certificate=ca.pem", "-o", "got", "https://127.0.0.1:{https}/phone.bin"))
        .got()
        .told(SECURE),
    Row::fails(
        "TLS: certificate for another name",
        1,
        aria2!("--ca-certificate=ca.pem", "-o", "got", "https://127.0.0.1:{wrongname}/phone.bin"),
    )
    .nothing(),
    Row::fails(
        "TLS: expired certificate",
        1,
        aria2!("--ca-certificate={peer_ca}", "-o", "got", "https://127.0.0.1:{expired}/phone.bin"),
    )
    .nothing(),
    Row::fails(
        "TLS: another authority",
        1,
        aria2!("--ca-certificate=other.pem", "-o", "got", "https://127.0.0.1:{https}/phone.bin"),
    )
    .nothing(),
];

/// Says itself whether status, fields and bytes are as RFC 9110 has them.
macro_rules! linted {
    ($case:literal) => {
        Row::fine($case, &[$case])
    };
}

const SEVERAL: &str = "several ranges at once get the whole file, as RFC 9110, section 14.2 allows";

const PYTHON: &[Row] = &[
    linted!("get"),
    linted!("head"),
    linted!("range: the first bytes"),
    linted!("range: in the middle"),
    linted!("range: the last bytes"),
    linted!("range: the rest"),
    linted!("range: none there"),
    linted!("range: more than there is"),
    linted!("range: of nonsense"),
    linted!("several ranges").declared(SEVERAL),
    linted!("If-None-Match"),
    linted!("If-None-Match, another version"),
    linted!("If-Modified-Since"),
    linted!("If-Modified-Since, older"),
    linted!("If-Match, another version"),
    linted!("If-Range"),
    linted!("If-Range, another version"),
    linted!("two files, one connection"),
    linted!("missing file"),
    linted!("empty file"),
    linted!("64 MB"),
    linted!("method of another kind"),
    linted!("TLS"),
    linted!("TLS 1.2"),
    linted!("TLS: certificate for another name"),
    linted!("TLS: expired certificate"),
    linted!("TLS: another authority"),
];

pub(super) const PROGRAMS: &[Program] = &[
    Program { protocol: "http", peer: "curl", version: "CURL", program: "CURL", first: &[], rows: CURL },
    Program { protocol: "http", peer: "wget", version: "WGET", program: "WGET", first: &[], rows: WGET },
    Program { protocol: "http", peer: "aria2", version: "ARIA2", program: "ARIA2", first: &[], rows: ARIA2 },
    Program {
        protocol: "http",
        peer: "Python http.client",
        version: "PYTHON3",
        program: "PYTHON3",
        first: &["{clients}/http_linter.py", "{http}", "{https}", "{wrongname}", "{expired}", "{site}", "{peer_ca}"],
        rows: PYTHON,
    },
];
