//! `serve` as an administrator runs it: what it writes down, what it tells of itself, how it ends.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod running;
#[path = "running/schema.rs"]
mod schema;

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream, UdpSocket},
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    path::Path,
    process::Command,
};

use running::{Program, serving::Serving};
use serde_json::Value;

/// The lines of a log, each as its schema says.
fn lines(file: &str) -> Vec<Value> {
    let described = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema/transfer-1.json");
    let described: Value = serde_json::from_str(&fs::read_to_string(described).unwrap()).unwrap();
    let text = fs::read_to_string(file).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for line in &lines {
        assert_eq!(schema::faults(&described, line), [""; 0], "{line}");
    }
    lines
}

/// `GET` over HTTP: the whole answer.
fn get(server: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(server).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

// req: FS-14, DC-6
#[test]
fn every_transfer_is_a_line_in_the_log_as_the_schema_describes_it() {
    let program = Program::new();
    let log = program.path("transfers.jsonl");
    let mut serving = Serving::start_with(&program, &["--log", &log]);
    let user = ["--extension", "4711", "--dial", "1=Ann=1", "--json"];
    for (name, protocol) in [("TFTPSRVR", "tftp"), ("HTTPSRVR", "http"), ("TLSSRVR", "https")] {
        let boot = ["boot", "--set", &serving.site(name, protocol), "--vendor-ca", "ca.pem"];
        program.run(&[&boot[..], &user].concat()).fine();
    }
    assert!(get(serving.address("http"), "/none.scr").starts_with("HTTP/1.1 404"));
    // Still under way when the servers stop.
    let mut half = TcpStream::connect(serving.address("http")).unwrap();
    fs::write(program.path("site/huge.bin"), vec![0; 64 << 20]).unwrap();
    half.write_all(b"GET /huge.bin HTTP/1.1\r\nHost: lab\r\n\r\n").unwrap();
    half.read_exact(&mut [0; 100]).unwrap();
    assert_eq!(serving.end("-TERM"), Some(0));

    let lines = lines(&log);
    let told = |protocol: &str, action: &str, outcome: &str| {
        let alike = |line: &&Value| {
            (&line["protocol"], &line["action"], &line["outcome"])
                == (&protocol.into(), &action.into(), &outcome.into())
        };
        lines.iter().filter(alike).collect::<Vec<_>>()
    };
    for protocol in ["tftp", "http", "https"] {
        assert!(!told(protocol, "fetch", "complete").is_empty(), "{protocol}: {lines:#?}");
    }
    let stored = told("ftp", "store", "complete");
    assert!(stored.iter().all(|line| line["served"] == "4711_4620data.txt") && !stored.is_empty(), "{lines:#?}");
    let refused = told("http", "fetch", "refused");
    assert!(refused.iter().any(|line| line["asked"] == "/none.scr" && line["bytes"] == 0), "{lines:#?}");
    let aborted = told("http", "fetch", "aborted");
    assert_eq!((aborted.len(), &aborted[0]["asked"]), (1, &"/huge.bin".into()), "{lines:#?}");
}

// req: DC-6
#[test]
fn a_log_goes_on_where_it_ended_and_one_that_cannot_be_written_is_named() {
    let program = Program::new();
    let log = program.path("transfers.jsonl");
    for _ in 0..2 {
        let mut serving = Serving::start_with(&program, &["--log", &log]);
        get(serving.address("http"), "/none.scr");
        assert_eq!(serving.end("-INT"), Some(0));
    }
    assert_eq!(lines(&log).iter().map(|line| &line["id"]).collect::<Vec<_>>(), [1, 1]);
    let ran = program.run(&["serve", "site", "--log", "nowhere/log"]);
    ran.failed(3, "opening nowhere/log: No such file or directory (os error 2); check the folder and its permissions");
}

// req: DC-6
#[test]
fn monitoring_reads_how_many_transfers_came_to_which_end() {
    let program = Program::new();
    let serving = Serving::start_with(&program, &["--metrics", "127.0.0.1:0"]);
    let metrics: SocketAddr = serving.said["metrics"].as_str().unwrap().parse().unwrap();
    program.run(&["boot", "--set", &serving.site("HTTPSRVR", "http"), "--json"]).fine();
    get(serving.address("http"), "/none.scr");
    // A record may be counted a moment after its transfer ended.
    let told = |line: &str| get(metrics, "/metrics").lines().any(|other| other.starts_with(line));
    while !told("deskset_transfers_total{protocol=\"http\",action=\"fetch\",outcome=\"refused\"} ") {}
    assert!(told("deskset_transfers_total{protocol=\"http\",action=\"fetch\",outcome=\"complete\"} "));
    assert!(told("deskset_transferred_bytes_total{protocol=\"http\",action=\"fetch\"} "));

    let busy = program.run(&["serve", "site", "--metrics", &metrics.to_string()]);
    let port = metrics.port();
    busy.failed(3, &format!("HTTP port {port} on 127.0.0.1 is in use: stop the other program or choose port 0"));
}

// req: DC-6
#[test]
fn dhcp_servers_get_lines_to_paste() {
    let program = Program::new().with("DESKSET_SERVERS__BIND", "0.0.0.0");
    let serving = Serving::start_with(&program, &["--address", "10.0.0.5"]);
    let (http, tftp) = (serving.address("http").port(), serving.address("tftp").port());
    let (http, tftp) = (format!("HTTPSRVR=10.0.0.5:{http}"), format!("TFTPSRVR=10.0.0.5:{tftp}"));
    let expected = serde_json::json!({
        "dnsmasq": format!("dhcp-option-force=176,\"{http},{tftp}\""),
        "dhcpd": ["option site-176 code 176 = text;", format!("option site-176 \"{http},{tftp}\";")],
        "kea": [
            "\"option-def\": [ { \"name\": \"site-176\", \"code\": 176, \"type\": \"string\" } ],",
            format!("\"option-data\": [ {{ \"name\": \"site-176\", \"data\": \"{http}\\\\,{tftp}\" }} ]"),
        ],
    });
    assert_eq!(serving.said["dhcp"], expected);
}

// req: DC-6
#[test]
fn the_superuser_serves_as_somebody_else_and_nobody_else_can_ask_for_that() {
    let program = Program::new();
    let unknown = program.run(&["serve", "site", "--init", "--user", "no-such-user"]);
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    if !is_root {
        let sentence = "--user is for the superuser; leave it out, or start this as root";
        return unknown.failed(2, sentence);
    }
    unknown.failed(2, "there is no user \"no-such-user\"; make one, or name another");
    fs::set_permissions(program.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let serving = Serving::start_with(&program, &["--user", "nobody"]);
    let status = fs::read_to_string(format!("/proc/{}/status", serving.child.id())).unwrap();
    let ids = |name: &str| -> Vec<u32> {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.split_whitespace().map(|id| id.parse().unwrap()).collect()
    };
    let owner = fs::metadata(program.path("site/backups")).unwrap();
    assert_ne!(owner.uid(), 0);
    assert_eq!((ids("Uid:"), ids("Gid:")), (vec![owner.uid(); 4], vec![owner.gid(); 4]));
    assert!(!ids("Groups:").contains(&0));
    let user = ["--extension", "4711", "--dial", "1=Ann=1", "--json"];
    program.run(&[&["boot", "--set", &serving.site("HTTPSRVR", "http")], &user[..]].concat()).fine();
    let stored = fs::metadata(program.path("site/backups/4711_4620data.txt")).unwrap();
    assert_eq!(stored.uid(), owner.uid());
}

// req: FS-14, BR-3
#[test]
fn what_the_superuser_made_before_is_given_to_the_user_who_serves() {
    if fs::metadata("/proc/self").unwrap().uid() != 0 {
        // Who may serve as somebody else is told by the test before.
        return;
    }
    let program = Program::new().with("DESKSET_SERVERS__TFTP_WRITABLE", "true");
    fs::set_permissions(program.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let log = program.path("transfers.jsonl");
    drop(Serving::start_with(&program, &["--log", &log]));
    fs::create_dir(program.path("site/sub")).unwrap();
    fs::write(program.path("site/backups/4711_4620data.txt"), "old").unwrap();
    fs::write(program.path("outside"), "not to be given").unwrap();
    std::os::unix::fs::symlink(program.path("outside"), program.path("site/link")).unwrap();

    let serving = Serving::start_with(&program, &["--user", "nobody", "--log", &log]);
    let user = ["--extension", "4711", "--dial", "1=Ann=1", "--json"];
    program.run(&[&["boot", "--set", &serving.site("HTTPSRVR", "http")], &user[..]].concat()).fine();
    let phone = UdpSocket::bind("127.0.0.1:0").unwrap();
    phone.send_to(b"\0\x02sub/new.txt\0octet\0", serving.address("tftp")).unwrap();
    for (answer, next) in [(b"\0\x04\0\0", Some(b"\0\x03\0\x01new")), (b"\0\x04\0\x01", None)] {
        let mut heard = [0; 4];
        let (_, from) = phone.recv_from(&mut heard).unwrap();
        assert_eq!(&heard, answer);
        next.map(|next| phone.send_to(next, from).unwrap());
    }
    assert_eq!(fs::read_to_string(program.path("site/backups/4711_4620data.txt.~1~")).unwrap(), "old");
    assert_eq!(fs::read_to_string(program.path("site/sub/new.txt")).unwrap(), "new");
    let is_root = |name: &str| fs::metadata(program.path(name)).unwrap().uid() == 0;
    let written = [
        "site",
        "site/sub",
        "site/backups",
        "state/ca",
        "state/ca/lab-ca-secret.pem",
        "state/subscriptions",
        "transfers.jsonl",
    ];
    assert_eq!(written.map(is_root), [false; 7]);
    assert!(is_root("outside"));
}

/// The command in a process that may write no file longer than 64 KiB, which is told so like one on a full disk.
fn with_little_room(command: &Command) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 128; exec \"$0\" \"$@\""]);
    shell.arg(command.get_program()).args(command.get_args()).current_dir(command.get_current_dir().unwrap());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell
}

// req: BR-3, FS-14
#[test]
fn a_file_that_the_disk_does_not_take_is_refused_and_leaves_the_old_one() {
    let program = Program::new();
    drop(Serving::start(&program));
    let backups = program.path("site/backups");
    let serving = Serving::watch(&program, with_little_room(&program.command(&["serve", "site", "--json"])));
    let server = serving.address("ftp");
    let mut control = BufReader::new(TcpStream::connect(server).unwrap());
    let mut say = |line: &str| {
        let mut reply = String::new();
        write!(control.get_mut(), "{line}").unwrap();
        control.read_line(&mut reply).unwrap();
        reply
    };
    say("");
    say("USER anonymous\r\n");
    assert!(say("PASS x\r\n").starts_with("230"));
    for (file, code) in [(vec![b'a'; 1000], "226"), (vec![b'b'; 500_000], "552"), (vec![b'c'; 2000], "226")] {
        let passive = say("EPSV\r\n");
        let port: u16 = passive.split('|').nth(3).unwrap().parse().unwrap();
        let mut data = TcpStream::connect((server.ip(), port)).unwrap();
        assert!(say("STOR 4711_4620data.txt\r\n").starts_with("150"));
        // A server that has no room does not wait for the rest.
        let _ = data.write_all(&file);
        drop(data);
        let ended = say("");
        assert!(ended.starts_with(code), "{ended}");
        let newest = fs::read(format!("{backups}/4711_4620data.txt")).unwrap();
        assert_eq!(
            (newest.len(), newest.first()),
            if code == "226" { (file.len(), file.first()) } else { (1000, Some(&b'a')) }
        );
    }
    let mut names: Vec<_> = fs::read_dir(&backups).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["4711_4620data.txt", "4711_4620data.txt.~1~"]);
}
