//! TFTP clients and our server: busybox, ptftp, tftpc, tftpy.

use super::{
    Program, Row,
    tftp::{
        BLOCKS, EMPTY, LARGE, NONE, PHONE, ROLLS, SAME_BLOCKS, SAME_EMPTY, SAME_LARGE, SAME_ROLLS, SAME_SMALL,
        SAME_STORED, SMALL, STORED,
    },
};

macro_rules! busybox_gets {
    ($file:literal $(, $option:literal)*) => {
        &["tftp", $($option,)* "-g", "-r", $file, "-l", "got", "127.0.0.1", "{tftp}"]
    };
}

const BUSYBOX: &[Row] = &[
    Row::fails("blksize 8", 1, busybox_gets!("small.bin", "-b", "8"))
        .nothing()
        .said(&["bad blocksize"])
        .declared("the program takes no block size below 24"),
    Row::fine("blksize 512", busybox_gets!("phone.bin", "-b", "512")).got().told(PHONE),
    Row::fine("blksize 1428", busybox_gets!("phone.bin", "-b", "1428")).got().told(PHONE),
    Row::fine("blksize 65464", busybox_gets!("phone.bin", "-b", "65464")).got().told(PHONE),
    Row::fine("tsize", busybox_gets!("phone.bin")).got().told(PHONE),
    Row::fine("empty file", busybox_gets!("empty.bin")).same(SAME_EMPTY).told(EMPTY),
    Row::fine("whole blocks only", busybox_gets!("blocks.bin")).same(SAME_BLOCKS).told(BLOCKS),
    Row::fine("40 MB of 512: numbers roll over", busybox_gets!("rolls.bin")).same(SAME_ROLLS).told(ROLLS),
    Row::fine("64 MB of blksize 65464", busybox_gets!("large.bin", "-b", "65464")).same(SAME_LARGE).told(LARGE),
    Row::fails("missing file", 1, busybox_gets!("none.bin")).told(NONE),
    Row::fine("put", &["tftp", "-p", "-l", "local", "-r", "new.bin", "127.0.0.1", "{tftp}"])
        .same(SAME_STORED)
        .told(STORED),
    Row::fine("put, all options", &["tftp", "-b", "8192", "-p", "-l", "local", "-r", "new.bin", "127.0.0.1", "{tftp}"])
        .same(SAME_STORED)
        .told(STORED),
];

macro_rules! tftpc_gets {
    ($file:literal $(, $option:literal)*) => {
        &["-d", $($option,)* $file]
    };
}

const FOUND_PHONE: &[(&str, &str)] = &[("{here}/phone.bin", "{site}/phone.bin")];

const TFTPC: &[Row] = &[
    Row::fine("blksize 8", tftpc_gets!("small.bin", "-b", "8"))
        .same(&[("{here}/small.bin", "{site}/small.bin")])
        .told(SMALL),
    Row::fine("blksize 512", tftpc_gets!("phone.bin")).same(FOUND_PHONE).told(PHONE),
    Row::fine("blksize 1428", tftpc_gets!("phone.bin", "-b", "1428")).same(FOUND_PHONE).told(PHONE),
    Row::fine("blksize 65464", tftpc_gets!("phone.bin", "-b", "65464")).same(FOUND_PHONE).told(PHONE),
    Row::fine("timeout", tftpc_gets!("phone.bin", "-t", "2")).same(FOUND_PHONE).told(PHONE),
    Row::fine("windowsize 1", tftpc_gets!("phone.bin", "-w", "1")).same(FOUND_PHONE).told(PHONE),
    Row::fine("windowsize 4", tftpc_gets!("phone.bin", "-w", "4")).same(FOUND_PHONE).told(PHONE),
    Row::fine("windowsize 16", tftpc_gets!("phone.bin", "-w", "16")).same(FOUND_PHONE).told(PHONE),
    Row::fine("all options", tftpc_gets!("phone.bin", "-b", "1428", "-w", "16", "-t", "2"))
        .same(FOUND_PHONE)
        .told(PHONE),
    Row::fine("empty file", tftpc_gets!("empty.bin")).same(&[("{here}/empty.bin", "{site}/empty.bin")]).told(EMPTY),
    Row::fine("whole blocks only", tftpc_gets!("blocks.bin"))
        .same(&[("{here}/blocks.bin", "{site}/blocks.bin")])
        .told(BLOCKS),
    Row::fine("40 MB of 512: numbers roll over", tftpc_gets!("rolls.bin"))
        .same(&[("{here}/rolls.bin", "{site}/rolls.bin")])
        .told(ROLLS),
    Row::fine("64 MB of blksize 65464", tftpc_gets!("large.bin", "-b", "65464"))
        .same(&[("{here}/large.bin", "{site}/large.bin")])
        .told(LARGE),
    Row::fails("missing file", 1, tftpc_gets!("none.bin")).told(NONE),
    Row::fine("put", &["-u", "local", "new.bin"]).same(SAME_STORED).told(STORED),
    Row::fine("put, all options", &["-u", "-b", "1024", "-w", "4", "-t", "2", "local", "new.bin"])
        .same(SAME_STORED)
        .told(STORED),
];

/// It talks to a person: `get` and `put` come on its input.
const PTFTP: &[Row] = &[
    Row::fine("no option", &["-r"]).input("get phone.bin\nquit\n").same(FOUND_PHONE).told(PHONE),
    Row::fine("blksize 8", &["-b", "8", "-w", "1"])
        .input("get small.bin\nquit\n")
        .same(&[("{here}/small.bin", "{site}/small.bin")])
        .told(SMALL),
    Row::fine("blksize 1428", &["-b", "1428", "-w", "1"]).input("get phone.bin\nquit\n").same(FOUND_PHONE).told(PHONE),
    Row::fine("blksize 65464", &["-b", "65464", "-w", "1"])
        .input("get phone.bin\nquit\n")
        .same(FOUND_PHONE)
        .told(PHONE),
    Row::fine("windowsize 4", &["-b", "512", "-w", "4"]).input("get phone.bin\nquit\n").same(FOUND_PHONE).told(PHONE),
    Row::fine("windowsize 16", &["-b", "512", "-w", "16"]).input("get phone.bin\nquit\n").same(FOUND_PHONE).told(PHONE),
    Row::fine("all options", &[]).input("get phone.bin\nquit\n").same(FOUND_PHONE).told(PHONE),
    Row::fine("empty file", &[])
        .input("get empty.bin\nquit\n")
        .same(&[("{here}/empty.bin", "{site}/empty.bin")])
        .told(EMPTY),
    Row::fine("whole blocks only", &["-r"])
        .input("get blocks.bin\nquit\n")
        .same(&[("{here}/blocks.bin", "{site}/blocks.bin")])
        .told(BLOCKS),
    Row::fine("missing file", &[]).input("get none.bin\nquit\n").missing(&["{here}/none.bin"]).told(NONE),
    // It stores under the name that it reads.
    Row::fine("put", &["-r"])
        .input("put local\nquit\n")
        .same(&[("{site}/local", "{here}/local")])
        .told(&["TFTP store local -> local: complete, 70001 bytes"]),
    Row::fails("put, all options", 1, &[])
        .input("put local\nquit\n")
        .missing(&["{site}/local"])
        .said(&["TypeError"])
        .declared("the program breaks off with an error of its own at the answer to a write request with options"),
];

macro_rules! tftpy {
    ($($argument:literal),*) => {
        &["{clients}/tftp_client.py", "{tftp}" $(, $argument)*]
    };
}

/// It always sends blksize.
const TFTPY: &[Row] = &[
    Row::fine("no option", tftpy!("get", "phone.bin", "got")).got().told(PHONE),
    Row::fine("blksize 8", tftpy!("get", "small.bin", "got", "blksize=8")).same(SAME_SMALL).told(SMALL),
    Row::fine("blksize 512", tftpy!("get", "phone.bin", "got", "blksize=512")).got().told(PHONE),
    Row::fine("blksize 1428", tftpy!("get", "phone.bin", "got", "blksize=1428")).got().told(PHONE),
    Row::fine("blksize 65464", tftpy!("get", "phone.bin", "got", "blksize=65464")).got().told(PHONE),
    Row::fine("tsize", tftpy!("get", "phone.bin", "got", "tsize=0")).got().told(PHONE),
    Row::fine("empty file", tftpy!("get", "empty.bin", "got")).same(SAME_EMPTY).told(EMPTY),
    Row::fine("whole blocks only", tftpy!("get", "blocks.bin", "got")).same(SAME_BLOCKS).told(BLOCKS),
    Row::fine("40 MB of 512: numbers roll over", tftpy!("get", "rolls.bin", "got")).same(SAME_ROLLS).told(ROLLS),
    Row::fine("64 MB of blksize 65464", tftpy!("get", "large.bin", "got", "blksize=65464"))
        .same(SAME_LARGE)
        .told(LARGE),
    Row::fails("missing file", 1, tftpy!("get", "none.bin", "got")).told(NONE),
    Row::fine("put", tftpy!("put", "new.bin", "local")).same(SAME_STORED).told(STORED),
    Row::fine("put, all options", tftpy!("put", "new.bin", "local", "blksize=1024", "tsize=0"))
        .same(SAME_STORED)
        .told(STORED),
];

pub(super) const PROGRAMS: &[Program] = &[
    Program { protocol: "tftp", peer: "busybox", version: "BUSYBOX", program: "BUSYBOX", first: &[], rows: BUSYBOX },
    Program {
        protocol: "tftp",
        peer: "ptftp",
        version: "PTFTP",
        program: "PTFTP",
        first: &["-h", "127.0.0.1", "-p", "{tftp}"],
        rows: PTFTP,
    },
    Program {
        protocol: "tftp",
        peer: "tftpc (crate)",
        version: "TFTPC",
        program: "TFTPC",
        first: &["-i", "127.0.0.1", "-p", "{tftp}"],
        rows: TFTPC,
    },
    Program { protocol: "tftp", peer: "tftpy", version: "TFTPY_CLIENT", program: "TFTPY", first: &[], rows: TFTPY },
];
