//! A server that is killed while it stores loses nothing that it said was stored, and shows nothing that is not whole.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

mod running;

use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufRead as _, BufReader, Write as _},
    net::{SocketAddr, TcpStream},
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use oorandom::Rand64;
use running::{Program, serving::Serving};

/// How often a server is killed.
const KILLS: u64 = if cfg!(feature = "full") { 200 } else { 40 };

/// What one step of the dialogue counts, in bytes of a file.
const STEP: u64 = 4096;

/// Most stores before the end comes in any case.
const STORES_MAX: u64 = 1000;

/// What a client sent under one name: every whole file by its number, and which of them it knows to be stored.
#[derive(Default)]
struct Sent {
    whole: BTreeMap<u64, Vec<u8>>,
    acknowledged: u64,
}

/// One client's session.
struct Client<'p> {
    control: BufReader<TcpStream>,
    server: SocketAddr,
    progress: &'p AtomicU64,
}

impl Client<'_> {
    fn say(&mut self, line: &str) -> io::Result<String> {
        write!(self.control.get_mut(), "{line}\r\n")?;
        self.hear()
    }

    fn hear(&mut self) -> io::Result<String> {
        self.progress.fetch_add(STEP, Ordering::Relaxed);
        let mut line = String::new();
        self.control.read_line(&mut line)?;
        if line.ends_with('\n') { Ok(line) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }

    /// Stores a file. `sent` is told when its last byte has left, and when the server said that it is stored.
    fn store(&mut self, name: &str, number: u64, file: &[u8], sent: &mut Sent) -> io::Result<()> {
        let passive = self.say("EPSV")?;
        let port = passive.split('|').nth(3).and_then(|port| port.parse().ok()).expect("a port");
        let mut data = TcpStream::connect((self.server.ip(), port))?;
        let begun = self.say(&format!("STOR {name}"))?;
        assert!(begun.starts_with("150"), "{begun}");
        for part in file.chunks(1000) {
            data.write_all(part)?;
            self.progress.fetch_add(part.len() as u64, Ordering::Relaxed);
        }
        sent.whole.insert(number, file.to_vec());
        drop(data);
        let ended = self.hear()?;
        assert!(ended.starts_with("226"), "{ended}");
        sent.acknowledged = number;
        Ok(())
    }
}

/// Stores file after file until the server is gone.
fn store_on(server: SocketAddr, progress: &AtomicU64, mut chance: Rand64) -> BTreeMap<String, Sent> {
    let mut sent: BTreeMap<String, Sent> = BTreeMap::new();
    let control = BufReader::new(TcpStream::connect(server).unwrap());
    let mut client = Client { control, server, progress };
    let begun = client.hear().and_then(|_| client.say("USER anonymous")).and_then(|_| client.say("PASS x"));
    if begun.and_then(|_| client.say("TYPE I")).is_err() {
        return sent;
    }
    for number in 1..=STORES_MAX {
        let name = format!("{}_4620data.txt", 4711 + chance.rand_range(0..3));
        let file = format!("{name} {number}\n").repeat(chance.rand_range(1..4000) as usize);
        if client.store(&name, number, file.as_bytes(), sent.entry(name.clone()).or_default()).is_err() {
            break;
        }
    }
    sent
}

/// Every file in the folder that a client could see is one that was sent whole; the newest is no older than the last
/// one that was acknowledged.
fn nothing_is_lost_or_torn(folder: &Path, sent: &BTreeMap<String, Sent>) {
    let mut seen: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.starts_with(".deskset-part-") {
            seen.insert(name, fs::read(&path).unwrap());
        }
    }
    for (name, bytes) in &seen {
        let current = name.split_once(".~").map_or(name.as_str(), |(current, _)| current);
        let sent = &sent[current];
        let number = sent.whole.iter().find(|(_, whole)| *whole == bytes).map(|(number, _)| *number);
        let number = number.unwrap_or_else(|| panic!("{name} is no whole file: {} bytes", bytes.len()));
        assert!(name != current || number >= sent.acknowledged, "{name} is number {number}, an older one");
    }
    for (name, sent) in sent {
        assert!(sent.acknowledged == 0 || seen.contains_key(name), "{name} was acknowledged and is gone");
    }
}

// req: BR-3, FS-14
#[test]
fn a_server_that_is_killed_has_every_file_it_acknowledged_and_shows_no_part_of_one() {
    let mut chance = Rand64::new(4711);
    let (mut acknowledged, mut unheard) = (0, 0);
    for kill in 0..KILLS {
        let program = Program::new();
        let mut serving = Serving::start(&program);
        let server = serving.address("ftp");
        let (end, pause) = (chance.rand_range(0..400_000), Duration::from_micros(chance.rand_range(0..8000)));
        let (progress, client) = (AtomicU64::new(0), Rand64::new(kill.into()));
        let sent = std::thread::scope(|scope| {
            let storing = scope.spawn(|| store_on(server, &progress, client));
            while progress.load(Ordering::Relaxed) < end && !storing.is_finished() {
                std::thread::yield_now();
            }
            // Somewhere in what the server does after the last byte.
            let reached = Instant::now();
            while reached.elapsed() < pause {
                std::hint::spin_loop();
            }
            serving.child.kill().unwrap();
            serving.child.wait().unwrap();
            storing.join().unwrap()
        });
        nothing_is_lost_or_torn(Path::new(&program.path("site/backups")), &sent);
        acknowledged += sent.values().filter(|sent| sent.acknowledged > 0).count();
        let heard = |sent: &Sent| sent.whole.keys().next_back().is_none_or(|last| *last == sent.acknowledged);
        unheard += sent.values().filter(|sent| !heard(sent)).count();
    }
    eprintln!("{KILLS} kills: {acknowledged} names acknowledged, {unheard} with a whole file nobody heard of");
    assert!(acknowledged > 0, "no kill came after a file was stored");
}

/// Names of files that are not whole.
fn parts(folder: &str) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".deskset-part-")).collect()
}

/// Half a file is on its way to the server. Returns what has to stay open.
fn half_a_store<'p>(serving: &Serving, folder: &str, progress: &'p AtomicU64) -> (Client<'p>, TcpStream) {
    let before = parts(folder).len();
    let server = serving.address("ftp");
    let mut client = Client { control: BufReader::new(TcpStream::connect(server).unwrap()), server, progress };
    client.hear().unwrap();
    client.say("USER anonymous").unwrap();
    client.say("PASS x").unwrap();
    let passive = client.say("EPSV").unwrap();
    let port: u16 = passive.split('|').nth(3).unwrap().parse().unwrap();
    let mut data = TcpStream::connect((server.ip(), port)).unwrap();
    assert!(client.say("STOR 4711_4620data.txt").unwrap().starts_with("150"));
    data.write_all(b"half").unwrap();
    while parts(folder).len() == before {
        std::thread::yield_now();
    }
    (client, data)
}

// req: BR-3
#[test]
fn what_a_killed_server_left_is_removed_by_the_next_and_what_a_living_one_writes_is_not() {
    let program = Program::new();
    let progress = AtomicU64::new(0);
    let backups = program.path("site/backups");
    let mut killed = Serving::start(&program);
    let living = Serving::start(&program);
    let _half = half_a_store(&killed, &backups, &progress);
    let (mut client, data) = half_a_store(&living, &backups, &progress);
    let (mine, other) = (format!("{backups}/.deskset-part-mine"), format!("{backups}/.deskset-partner"));
    fs::write(&mine, "").unwrap();
    fs::write(&other, "").unwrap();
    killed.child.kill().unwrap();
    killed.child.wait().unwrap();
    assert_eq!(parts(&backups).len(), 3, "two stores, and a name that is none of ours");

    let _next = Serving::start(&program);
    let living_part = format!(".deskset-part-{}-", living.child.id());
    let mut left = parts(&backups);
    left.sort();
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(left[0].starts_with(&living_part) && left[1] == ".deskset-part-mine", "{left:?}");
    assert!(Path::new(&other).exists());
    drop(data);
    assert!(client.hear().unwrap().starts_with("226"));
    assert_eq!(fs::read(format!("{backups}/4711_4620data.txt")).unwrap(), b"half");
}
