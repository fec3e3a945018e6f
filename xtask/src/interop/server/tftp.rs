//! TFTP clients and our server: atftp, curl, tftp-hpa.

use super::{Program, Row};

pub(super) const PHONE: &[&str] = &["TFTP fetch phone.bin -> phone.bin: complete, 300007 bytes"];
pub(super) const SMALL: &[&str] = &["TFTP fetch small.bin -> small.bin: complete, 5007 bytes"];
pub(super) const EMPTY: &[&str] = &["TFTP fetch empty.bin -> empty.bin: complete, 0 bytes"];
pub(super) const BLOCKS: &[&str] = &["TFTP fetch blocks.bin -> blocks.bin: complete, 20480 bytes"];
pub(super) const ROLLS: &[&str] = &["TFTP fetch rolls.bin -> rolls.bin: complete, 41943047 bytes"];
pub(super) const LARGE: &[&str] = &["TFTP fetch large.bin -> large.bin: complete, 67108864 bytes"];
pub(super) const NONE: &[&str] = &["TFTP fetch none.bin: refused, none.bin: no such file on this server"];
pub(super) const STORED: &[&str] = &["TFTP store new.bin -> new.bin: complete, 70001 bytes"];

pub(super) const SAME_SMALL: &[(&str, &str)] = &[("{here}/got", "{site}/small.bin")];
pub(super) const SAME_EMPTY: &[(&str, &str)] = &[("{here}/got", "{site}/empty.bin")];
pub(super) const SAME_BLOCKS: &[(&str, &str)] = &[("{here}/got", "{site}/blocks.bin")];
pub(super) const SAME_ROLLS: &[(&str, &str)] = &[("{here}/got", "{site}/rolls.bin")];
pub(super) const SAME_LARGE: &[(&str, &str)] = &[("{here}/got", "{site}/large.bin")];
pub(super) const SAME_STORED: &[(&str, &str)] = &[("{site}/new.bin", "{here}/local")];

macro_rules! atftp_gets {
    ($file:literal $(, $option:literal)*) => {
        &[$("--option", $option,)* "--get", "-r", $file, "-l", "got", "127.0.0.1", "{tftp}"]
    };
}

const ATFTP: &[Row] = &[
    Row::fine("no option", atftp_gets!("phone.bin")).got().told(PHONE),
    Row::fine("blksize 8", atftp_gets!("small.bin", "blksize 8")).same(SAME_SMALL).told(SMALL).said(&["blksize: 8"]),
    Row::fine("blksize 512", atftp_gets!("phone.bin", "blksize 512")).got().told(PHONE).said(&["blksize: 512"]),
    Row::fine("blksize 1428", atftp_gets!("phone.bin", "blksize 1428")).got().told(PHONE).said(&["blksize: 1428"]),
    Row::fine("blksize 65464", atftp_gets!("phone.bin", "blksize 65464")).got().told(PHONE).said(&["blksize: 65464"]),
    Row::fine("tsize", atftp_gets!("phone.bin", "tsize")).got().told(PHONE).said(&["tsize: 300007"]),
    Row::fine("timeout", atftp_gets!("phone.bin", "timeout 1")).got().told(PHONE).said(&["timeout: 1"]),
    Row::fine("windowsize 1", atftp_gets!("phone.bin", "windowsize 1")).got().told(PHONE).said(&["windowsize: 1"]),
    Row::fine("windowsize 4", atftp_gets!("phone.bin", "windowsize 4")).got().told(PHONE).said(&["windowsize: 4"]),
    Row::fine("windowsize 16", atftp_gets!("phone.bin", "windowsize 16")).got().told(PHONE).said(&["windowsize: 16"]),
    Row::fine("all options", atftp_gets!("phone.bin", "tsize", "timeout 1", "blksize 1428", "windowsize 16"))
        .got()
        .told(PHONE)
        .said(&["tsize: 300007", "timeout: 1", "blksize: 1428", "windowsize: 16"]),
    Row::fine("empty file", atftp_gets!("empty.bin")).same(SAME_EMPTY).told(EMPTY),
    Row::fine("whole blocks only", atftp_gets!("blocks.bin")).same(SAME_BLOCKS).told(BLOCKS),
    Row::fine("40 MB of 512: numbers roll over", atftp_gets!("rolls.bin")).same(SAME_ROLLS).told(ROLLS),
    Row::fine("64 MB of blksize 65464", atftp_gets!("large.bin", "blksize 65464")).same(SAME_LARGE).told(LARGE),
    Row::fails("missing file", 255, atftp_gets!("none.bin")).told(NONE),
    Row::fine("put", &["--put", "-l", "local", "-r", "new.bin", "127.0.0.1", "{tftp}"]).same(SAME_STORED).told(STORED),
    Row::fine(
        "put, all options",
        &[
            "--option",
            "tsize",
            "--option",
            "timeout 1",
            "--option",
            "blksize 1024",
            "--option",
            "windowsize 4",
            "--put",
            "-l",
            "local",
            "-r",
            "new.bin",
            "127.0.0.1",
            "{tftp}",
        ],
    )
    .same(SAME_STORED)
    .told(STORED),
];

macro_rules! curl_gets {
    ($file:literal $(, $option:literal)*) => {
        &["-sSv", $($option,)* concat!("tftp://127.0.0.1:{tftp}/", $file), "-o", "got"]
    };
}

const CURL_EMPTY: &str = "curl sends tsize and cannot take the 0 of an empty file for an answer";

const CURL: &[Row] = &[
    Row::fine("no option", curl_gets!("phone.bin", "--tftp-no-options")).got().told(PHONE),
    Row::fine("blksize 8", curl_gets!("small.bin", "--tftp-blksize", "8")).same(SAME_SMALL).told(SMALL),
    Row::fine("blksize 512", curl_gets!("phone.bin")).got().told(PHONE),
    Row::fine("blksize 1428", curl_gets!("phone.bin", "--tftp-blksize", "1428")).got().told(PHONE),
    Row::fine("blksize 65464", curl_gets!("phone.bin", "--tftp-blksize", "65464")).got().told(PHONE),
    Row::fine("tsize", curl_gets!("phone.bin")).got().told(PHONE).said(&["300007"]),
    Row::fine("timeout", curl_gets!("phone.bin", "-m", "30")).got().told(PHONE),
    Row::fine("empty file", curl_gets!("empty.bin", "--tftp-no-options")).told(EMPTY),
    Row::fails("empty file, tsize", 71, curl_gets!("empty.bin")).declared(CURL_EMPTY),
    Row::fine("whole blocks only", curl_gets!("blocks.bin")).same(SAME_BLOCKS),
    Row::fine("40 MB of 512: numbers roll over", curl_gets!("rolls.bin", "--tftp-no-options"))
        .same(SAME_ROLLS)
        .told(ROLLS),
    Row::fine("64 MB of blksize 65464", curl_gets!("large.bin", "--tftp-blksize", "65464"))
        .same(SAME_LARGE)
        .told(LARGE),
    Row::fails("missing file", 68, curl_gets!("none.bin")).nothing().told(NONE),
    Row::fine("name in other letters", curl_gets!("PHONE.BIN"))
        .got()
        .told(&["TFTP fetch PHONE.BIN -> phone.bin: complete, 300007 bytes"]),
    Row::fine("put", &["-sS", "--tftp-no-options", "-T", "local", "tftp://127.0.0.1:{tftp}/new.bin"])
        .same(SAME_STORED)
        .told(STORED),
    Row::fine("put, all options", &["-sS", "--tftp-blksize", "8192", "-T", "local", "tftp://127.0.0.1:{tftp}/new.bin"])
        .same(SAME_STORED)
        .told(STORED),
];

macro_rules! hpa_gets {
    ($mode:literal, $file:literal) => {
        &["-m", $mode, "127.0.0.1", "{tftp}", "-c", "get", $file, "got"]
    };
}

const HPA: &[Row] = &[
    Row::fine("no option", hpa_gets!("octet", "phone.bin")).got().told(PHONE),
    Row::fine("netascii", hpa_gets!("netascii", "lines.txt"))
        .same(&[("{here}/got", "{site}/lines.txt")])
        .told(&["TFTP fetch lines.txt -> lines.txt: complete, 2500 bytes"]),
    // Line ends of either kind arrive as the client's own.
    Row::fine("netascii, CR LF in the file", hpa_gets!("netascii", "crlf.txt"))
        .same(&[("{here}/got", "{site}/unix.txt")])
        .told(&["TFTP fetch crlf.txt -> crlf.txt: complete, 720 bytes"]),
    Row::fine("empty file", hpa_gets!("octet", "empty.bin")).same(SAME_EMPTY).told(EMPTY),
    Row::fine("whole blocks only", hpa_gets!("octet", "blocks.bin")).same(SAME_BLOCKS).told(BLOCKS),
    Row::fine("40 MB of 512: numbers roll over", hpa_gets!("octet", "rolls.bin")).same(SAME_ROLLS).told(ROLLS),
    // It ends well all the same.
    Row::fine("missing file", hpa_gets!("octet", "none.bin")).said(&["Error code 1"]).told(NONE),
    Row::fine("put", &["-m", "octet", "127.0.0.1", "{tftp}", "-c", "put", "local", "new.bin"])
        .same(SAME_STORED)
        .told(STORED),
    Row::fine("put, netascii", &["-m", "netascii", "127.0.0.1", "{tftp}", "-c", "put", "lines", "new.txt"])
        .same(&[("{site}/new.txt", "{here}/lines")])
        .told(&["TFTP store new.txt -> new.txt: complete, 3600 bytes"]),
];

pub(super) const PROGRAMS: &[Program] = &[
    Program { protocol: "tftp", peer: "tftp-hpa", version: "TFTP_HPA", program: "TFTP", first: &[], rows: HPA },
    Program { protocol: "tftp", peer: "atftp", version: "ATFTP", program: "ATFTP", first: &["--trace"], rows: ATFTP },
    Program { protocol: "tftp", peer: "curl", version: "CURL", program: "CURL", first: &[], rows: CURL },
];
