//! The faults that our servers meet.

use deskset_server::Protocol::{self, Ftp, Http, Https, Tftp};
use deskset_tftp::Packet;

use crate::{
    table::{Expected, Fault, How, data, request},
    visitors,
};

const fn server(name: &'static str, protocol: Protocol, how: How, heard: &'static str) -> Fault {
    Fault { name, protocol, how, expected: Expected::Server(heard) }
}

/// The servers under test.
pub const SERVERS: &[Fault] = &[
    server(
        "TFTP: a name that leads out",
        Tftp,
        How::Datagrams(|| vec![request(1, &["../../etc/passwd", "octet"])]),
        "ERROR 2; ../../etc/passwd refused",
    ),
    server(
        "TFTP: a rooted name that leads out",
        Tftp,
        How::Datagrams(|| vec![request(1, &["/a/../../etc/passwd", "octet"])]),
        "ERROR 2; /a/../../etc/passwd refused",
    ),
    server(
        "TFTP: a link that leads out",
        Tftp,
        How::Datagrams(|| vec![request(1, &["link.scr", "octet"])]),
        "ERROR 2; link.scr refused",
    ),
    server(
        "TFTP: a folder",
        Tftp,
        How::Datagrams(|| vec![request(1, &["backups", "octet"])]),
        "ERROR 1; backups refused",
    ),
    server(
        "TFTP: a zero byte in a name",
        Tftp,
        How::Datagrams(|| vec![request(1, &["a.scr\0.txt", "octet"])]),
        "nothing; ",
    ),
    server(
        "TFTP: 1000 options",
        Tftp,
        How::Datagrams(|| vec![[request(1, &["a.scr", "octet"]), b"o\x001\0".repeat(1000)].concat()]),
        "nothing; ",
    ),
    server(
        "TFTP: a request that ends in mid-name",
        Tftp,
        How::Datagrams(|| vec![b"\0\x01a.scr".to_vec()]),
        "nothing; ",
    ),
    server(
        "TFTP: an ACK out of nowhere",
        Tftp,
        How::Datagrams(|| vec![Packet::Ack { block: 7 }.encode()]),
        "nothing; ",
    ),
    server("TFTP: a DATA out of nowhere", Tftp, How::Datagrams(|| vec![data(1, b"x")]), "nothing; "),
    server(
        "TFTP: a file is written",
        Tftp,
        How::Datagrams(|| vec![request(2, &["b.scr", "octet"])]),
        "ERROR 2; b.scr refused",
    ),
    server(
        "TFTP: to somebody's mailbox",
        Tftp,
        How::Datagrams(|| vec![request(1, &["a.scr", "mail"])]),
        "ERROR 4; a.scr refused",
    ),
    server(
        "TFTP: a block of one byte",
        Tftp,
        How::Datagrams(|| vec![request(1, &["a.scr", "octet", "blksize", "1"])]),
        "DATA 1 of 512; a.scr aborted",
    ),
    server(
        "TFTP: an ACK for a block never sent",
        Tftp,
        How::Visit(visitors::acknowledges_too_much),
        "DATA 1, DATA 2; a.scr aborted",
    ),
    server("TFTP: an ERROR in mid-file", Tftp, How::Visit(visitors::gives_up_with_an_error), "DATA 1; a.scr aborted"),
    server(
        "TFTP: 100 clients of one address that fall silent",
        Tftp,
        How::Visit(visitors::a_hundred_silent_readers),
        "100 DATA 1; 100 aborted",
    ),
    server(
        "HTTP: a name that leads out",
        Http,
        How::Bytes(|| b"GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n".to_vec()),
        "HTTP/1.1 403 Forbidden; /../../etc/passwd refused",
    ),
    server(
        "HTTP: an encoded name that leads out",
        Http,
        How::Bytes(|| b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n".to_vec()),
        "HTTP/1.1 403 Forbidden; /../../etc/passwd refused",
    ),
    server(
        "HTTP: a zero byte in a name",
        Http,
        How::Bytes(|| b"GET /a.scr%00.txt HTTP/1.1\r\nHost: a\r\n\r\n".to_vec()),
        "HTTP/1.1 403 Forbidden; /a.scr.txt refused",
    ),
    server(
        "HTTP: a link that leads out",
        Http,
        How::Bytes(|| b"GET /link.scr HTTP/1.1\r\nHost: a\r\n\r\n".to_vec()),
        "HTTP/1.1 403 Forbidden; /link.scr refused",
    ),
    server(
        "HTTP: a body of 10 GB",
        Http,
        How::Bytes(|| b"POST /b.scr HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000000\r\n\r\nx".to_vec()),
        "HTTP/1.1 405 Method Not Allowed; /b.scr refused",
    ),
    server(
        "HTTP: a fetch with a body of 10 GB",
        Http,
        How::Bytes(|| b"GET /none HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000000\r\n\r\nx".to_vec()),
        "HTTP/1.1 404 Not Found; /none refused",
    ),
    server(
        "HTTP: two declared lengths",
        Http,
        How::Bytes(|| b"GET /none HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 30\r\n\r\nabc".to_vec()),
        "HTTP/1.1 400 Bad Request; ",
    ),
    server(
        "HTTP: a smuggled request behind chunks and a length",
        Http,
        How::Visit(visitors::smuggles),
        "404; /none refused",
    ),
    server(
        "HTTP: a head of 1 MB",
        Http,
        How::Bytes(|| [b"GET /a.scr HTTP/1.1\r\nA: ".as_slice(), &[b'x'; 1_000_000]].concat()),
        "HTTP/1.1 431 Request Header Fields Too Large; ",
    ),
    server(
        "HTTP: 1000 headers",
        Http,
        How::Bytes(|| [b"GET /a.scr HTTP/1.1\r\n".as_slice(), &b"A: b\r\n".repeat(1000), b"\r\n"].concat()),
        "HTTP/1.1 431 Request Header Fields Too Large; ",
    ),
    server(
        "HTTP: nonsense",
        Http,
        How::Bytes(|| b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".to_vec()),
        "HTTP/1.1 400 Bad Request; ",
    ),
    server("HTTP: a head that drips", Http, How::Visit(visitors::drips_a_head), "nothing; "),
    server(
        "HTTP: 100 connections of one address that say nothing",
        Http,
        How::Visit(visitors::a_hundred_silent_connections),
        "100 open; ",
    ),
    server(
        "HTTP: gone in mid-body",
        Http,
        How::Visit(visitors::leaves_in_mid_body),
        "HTTP/1.1 200 OK; /large.bin aborted",
    ),
    server(
        "HTTPS: plain HTTP on the TLS port",
        Https,
        How::Bytes(|| b"GET /a.scr HTTP/1.1\r\nHost: a\r\n\r\n".to_vec()),
        "\u{15}\u{3}\u{3}\0\u{2}\u{2}2; ",
    ),
    server(
        "HTTPS: 100 connections of one address that say nothing",
        Https,
        How::Visit(visitors::a_hundred_silent_connections),
        "100 open; ",
    ),
    server(
        "FTP: 50 wrong passwords, then the right one",
        Ftp,
        How::Visit(visitors::guesses_passwords),
        "19 × 530, 31 × 421, 421; ",
    ),
    server(
        "FTP: files without a login",
        Ftp,
        How::Dialogue(&["RETR a.txt", "STOR a.txt", "CWD /", "PASV", "PORT 127,0,0,1,0,1", "EPRT |1|127.0.0.1|1|"]),
        "220 530 530 530 530 530 530; ",
    ),
    server(
        "FTP: a name that leads out",
        Ftp,
        How::Dialogue(&["USER phones", "PASS secret", "CWD ../..", "PASV", "RETR ../../../etc/passwd"]),
        "220 331 230 553 227 150 553; /../../../etc/passwd refused",
    ),
    server(
        "FTP: a link that leads out",
        Ftp,
        How::Dialogue(&["USER phones", "PASS secret", "PASV", "RETR link.txt"]),
        "220 331 230 227 150 553; /link.txt refused",
    ),
    server(
        "FTP: no data connection",
        Ftp,
        How::Dialogue(&["USER phones", "PASS secret", "STOR a.txt"]),
        "220 331 230 425; ",
    ),
    server(
        "FTP: a data connection to a machine that nobody has",
        Ftp,
        How::Dialogue(&["USER phones", "PASS secret", "PORT 192,0,2,1,8,25", "RETR next.txt"]),
        "220 331 230 501 425; ",
    ),
    server(
        "FTP: a data connection to a third machine",
        Ftp,
        How::Visit(visitors::names_a_third_machine),
        "501, not called; ",
    ),
    server(
        "FTP: a data connection to a service of the client's machine",
        Ftp,
        How::Dialogue(&["USER phones", "PASS secret", "PORT 127,0,0,1,0,25", "RETR next.txt"]),
        "220 331 230 501 425; ",
    ),
    server(
        "FTP: somebody else on the passive port",
        Ftp,
        How::Visit(visitors::a_stranger_takes_the_data_connection),
        "0 bytes for the stranger, 150 226; ",
    ),
    server(
        "FTP: a PORT of nonsense",
        Ftp,
        How::Dialogue(&["USER phones", "PASS secret", "PORT 1,2,3", "PORT 999,0,0,1,1,1", "EPRT |9|x|1|"]),
        "220 331 230 501 501 501; ",
    ),
    server("FTP: a command line of 1 MB", Ftp, How::Visit(visitors::says_a_line_of_a_megabyte), "220 530 331; "),
    server("FTP: nonsense", Ftp, How::Dialogue(&["\u{1}\u{2}\u{3}", "", "NOOP"]), "220 530 530 200; "),
    server("FTP: a STOR that breaks off", Ftp, How::Visit(visitors::leaves_in_mid_store), "150; /half.txt aborted"),
    server(
        "FTP: 100 sessions of one address that say nothing",
        Ftp,
        How::Visit(visitors::a_hundred_silent_connections),
        "100 open; ",
    ),
];
