//! Parts and versions of files over HTTP (RFC 9110, sections 13 and 14), asked for by raw sockets.
#![allow(missing_docs, clippy::unwrap_used)]

mod lab;

use std::{
    fs::File,
    time::{Duration, SystemTime},
};

use lab::{Lab, SCRIPT, raw};
use tokio::{io::AsyncReadExt, net::TcpStream};

const TEN: &[u8] = b"0123456789";

/// A lab with `ten.app`, last written at a known second.
async fn lab_with_ten() -> Lab {
    let lab = Lab::start().await;
    write(&lab, TEN, 784_111_777);
    lab
}

fn write(lab: &Lab, bytes: &[u8], second: u64) {
    std::fs::write(lab.file("ten.app"), bytes).unwrap();
    let file = File::options().write(true).open(lab.file("ten.app")).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(second)).unwrap();
}

/// The answer to a request for `ten.app`: its status, the headers named in `wanted`, its body.
async fn ask(lab: &Lab, method: &str, headers: &[&str], wanted: &[&str]) -> (u16, Vec<Option<String>>, Vec<u8>) {
    let more: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    let request = format!("{method} /ten.app HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n{more}\r\n");
    let answer = raw(lab.http(), request.as_bytes()).await;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = std::str::from_utf8(&answer[..end]).unwrap();
    let value = |name: &&str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value.to_owned())
    };
    (head[9..12].parse().unwrap(), wanted.iter().map(value).collect(), answer[end + 4..].to_vec())
}

fn told(values: &[&str]) -> Vec<Option<String>> {
    values.iter().map(|value| (!value.is_empty()).then(|| (*value).to_owned())).collect()
}

// req: FS-1, FS-14
#[tokio::test]
async fn a_part_is_sent_as_asked_and_recorded_with_its_bytes() {
    let mut lab = lab_with_ten().await;
    let parts = [
        ("bytes=0-0", "bytes 0-0/10", &b"0"[..]),
        ("bytes=3-5", "bytes 3-5/10", b"345"),
        ("bytes=7-", "bytes 7-9/10", b"789"),
        ("bytes=8-999", "bytes 8-9/10", b"89"),
        ("bytes=-2", "bytes 8-9/10", b"89"),
        ("bytes=-999", "bytes 0-9/10", TEN),
    ];
    for (range, content_range, bytes) in parts {
        let answer = ask(&lab, "GET", &[&format!("Range: {range}")], &["content-range", "content-length"]).await;
        let length = bytes.len().to_string();
        assert_eq!(answer, (206, told(&[content_range, &length]), bytes.to_vec()), "{range}");
        assert_eq!(lab.told().await, format!("HTTP fetch /ten.app -> ten.app: complete, {length} bytes"));
    }
}

#[tokio::test]
async fn a_part_behind_the_end_is_refused_with_the_size() {
    let mut lab = lab_with_ten().await;
    for range in ["bytes=10-", "bytes=10-12", "bytes=18446744073709551615-"] {
        let answer = ask(&lab, "GET", &[&format!("Range: {range}")], &["content-range", "content-type"]).await;
        assert_eq!(answer, (416, told(&["bytes */10", ""]), vec![]), "{range}");
        let why = "it ends before the bytes that were asked for";
        assert_eq!(lab.told().await, format!("HTTP fetch /ten.app -> ten.app: refused, {why}"));
    }
    write(&lab, b"", 784_111_777);
    for range in ["bytes=0-", "bytes=-5"] {
        let answer = ask(&lab, "GET", &[&format!("Range: {range}")], &["content-range"]).await;
        assert_eq!(answer, (416, told(&["bytes */0"]), vec![]), "{range}");
    }
}

#[tokio::test]
async fn several_parts_and_what_is_no_part_get_the_whole_file() {
    let lab = lab_with_ten().await;
    for range in
        ["bytes=0-1,4-5", "bytes=5-3", "bytes=", "bytes=a-b", "bytes=--1", "lines=1-2", "bytes=99999999999999999999-"]
    {
        let answer = ask(&lab, "GET", &[&format!("Range: {range}")], &["content-range"]).await;
        assert_eq!(answer, (200, told(&[""]), TEN.to_vec()), "{range}");
    }
    let answer = ask(&lab, "HEAD", &["Range: bytes=3-5"], &["content-range", "content-length"]).await;
    assert_eq!(answer, (200, told(&["", "10"]), vec![]));
}

#[tokio::test]
async fn a_client_that_has_the_version_is_told_so_and_sent_nothing() {
    let mut lab = lab_with_ten().await;
    let (status, versions, _) = ask(&lab, "GET", &[], &["etag", "last-modified", "accept-ranges"]).await;
    let tag = versions[0].clone().unwrap();
    assert_eq!((status, &versions[1..]), (200, &told(&["Sun, 06 Nov 1994 08:49:37 GMT", "bytes"])[..]));
    assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag}");
    lab.told().await;
    let known = [
        format!("If-None-Match: {tag}"),
        format!("If-None-Match: \"other\", W/{tag}"),
        "If-None-Match: *".to_owned(),
        "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT".to_owned(),
        "If-Modified-Since: Sunday, 06-Nov-94 08:49:38 GMT".to_owned(),
    ];
    for header in known {
        for method in ["GET", "HEAD"] {
            let answer = ask(&lab, method, &[&header], &["etag", "content-type"]).await;
            assert_eq!(answer, (304, told(&[&tag, ""]), vec![]), "{header}");
            assert_eq!(lab.told().await, "HTTP fetch /ten.app -> ten.app: complete, 0 bytes");
        }
    }
    let unknown = [
        &["If-None-Match: \"other\""][..],
        &["If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT"],
        &["If-Modified-Since: yesterday"],
        // The tag counts, the date does not (RFC 9110, section 13.1.3).
        &["If-None-Match: \"other\"", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT"],
    ];
    for headers in unknown {
        assert_eq!(ask(&lab, "GET", headers, &[]).await, (200, vec![], TEN.to_vec()), "{headers:?}");
    }
}

#[tokio::test]
async fn a_file_of_the_same_size_and_second_has_another_tag() {
    let lab = lab_with_ten().await;
    let (_, first, _) = ask(&lab, "GET", &[], &["etag"]).await;
    std::fs::rename(lab.file("ten.app"), lab.file("old.app")).unwrap();
    write(&lab, b"9876543210", 784_111_777);
    let (_, second, _) = ask(&lab, "GET", &[], &["etag"]).await;
    assert_ne!(first, second);
}

#[tokio::test]
async fn a_part_of_another_version_is_not_sent() {
    let lab = lab_with_ten().await;
    let (_, tag, _) = ask(&lab, "GET", &[], &["etag"]).await;
    let tag = tag[0].clone().unwrap();
    let range = "Range: bytes=7-";
    for same in [format!("If-Range: {tag}"), "If-Range: Sun, 06 Nov 1994 08:49:37 GMT".to_owned()] {
        assert_eq!(ask(&lab, "GET", &[range, &same], &[]).await, (206, vec![], b"789".to_vec()), "{same}");
    }
    for other in [
        format!("If-Range: W/{tag}"),
        "If-Range: \"other\"".to_owned(),
        "If-Range: Sun, 06 Nov 1994 08:49:36 GMT".to_owned(),
    ] {
        assert_eq!(ask(&lab, "GET", &[range, &other], &[]).await, (200, vec![], TEN.to_vec()), "{other}");
    }
    for other in ["If-Match: \"other\"", "If-Unmodified-Since: Sun, 06 Nov 1994 08:49:36 GMT"] {
        assert_eq!(ask(&lab, "GET", &[range, other], &[]).await, (412, vec![], vec![]), "{other}");
    }
}

// req: FS-14
#[tokio::test]
async fn a_broken_download_is_resumed_where_it_ended() {
    let mut lab = Lab::start().await;
    let large: Vec<u8> = (0..3_000_001_u32).map(|n| (n % 251) as u8).collect();
    write(&lab, &large, 784_111_777);
    let got = 1_234_567;
    let (status, length, rest) = ask(&lab, "GET", &[&format!("Range: bytes={got}-")], &["content-length"]).await;
    assert_eq!((status, length), (206, told(&["1765434"])));
    assert!([&large[..got], &rest].concat() == large);
    assert_eq!(lab.told().await, "HTTP fetch /ten.app -> ten.app: complete, 1765434 bytes");
}

#[tokio::test]
async fn one_address_has_so_many_connections_and_no_more() {
    let lab = Lab::with(|settings| settings.per_address = 2).await;
    let busy = [TcpStream::connect(lab.http()).await.unwrap(), TcpStream::connect(lab.http()).await.unwrap()];
    let mut third = TcpStream::connect(lab.http()).await.unwrap();
    assert_eq!(third.read(&mut [0; 1]).await.unwrap(), 0);
    // A place given up is free again.
    drop(busy);
    let script = async {
        loop {
            let mut stream = TcpStream::connect(lab.http()).await.unwrap();
            let mut answer = Vec::new();
            let request = b"GET /upgrade.scr HTTP/1.0\r\n\r\n";
            if tokio::io::AsyncWriteExt::write_all(&mut stream, request).await.is_ok()
                && stream.read_to_end(&mut answer).await.is_ok()
                && answer.ends_with(SCRIPT)
            {
                break;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(20), script).await.expect("a free place in time");
}
