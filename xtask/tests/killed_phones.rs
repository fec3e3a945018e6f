//! A phone that is killed while it saves or retrieves: its memory and the server's file hold the old or the new,
//! never a mixture and never half a file.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

mod running;

use std::{
    collections::BTreeSet,
    fs,
    io::Read as _,
    path::Path,
    process::{Child, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use oorandom::Rand64;
use running::{Program, only_phone, relay::Relay, serving::Serving};
use serde_json::Value;

const FILE: &str = "4711_4620data.txt";

/// How often a phone is killed at a moment of chance, in each of the stories.
const KILLS: u64 = if cfg!(feature = "full") { 150 } else { 4 };

/// Of the lines of the dialogue and the changes of the memory, every one of so many in turn gets its kill.
const EACH: usize = if cfg!(feature = "full") { 1 } else { 3 };

/// A save is seen to change the memory so often where the watcher is quick: a part appears, has bytes, has the name.
const CHANGES: usize = 6;

/// How often each of them gets its kill.
const TIMES: usize = if cfg!(feature = "full") { 10 } else { 1 };

/// When the phone is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// Never.
    Never,
    /// Before this line of its dialogue with the FTP server, of either side, arrives.
    Line(usize),
    /// So long after that line has arrived.
    After(usize, Duration),
    /// As soon as the memory's folder is seen to have changed so often.
    Change(usize),
}

/// Which of two states all of a user's data are in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Data {
    Old,
    New,
}

const BOTH: [Data; 2] = [Data::Old, Data::New];

/// A server, a phone with old data in its memory and on the server, and new ones to be had.
struct Story {
    program: Program,
    serving: Serving,
    relay: Relay,
    old: Vec<u8>,
    new: Vec<u8>,
    /// What is done at the phone.
    edits: &'static [&'static str],
}

const OLD: [&str; 6] = ["--dial", "1=Old=1", "--dial", "108=Old=1", "--option", "Contrast=1"];
const NEW: [&str; 6] = ["--dial", "1=New=2", "--dial", "108=New=2", "--option", "Contrast=2"];

impl Story {
    fn new(edits: &'static [&'static str]) -> Story {
        let program = Program::new();
        let serving = Serving::start(&program);
        let relay = Relay::start(serving.address("ftp"));
        let settings = format!("SET RESTORESTAT 1\r\nSET FTPUSERSTAT 0\r\nSET FTPSRVR {}\r\n", relay.address);
        fs::write(program.path("site/46xxsettings.txt"), settings).unwrap();
        let mut story = Story { program, serving, relay, old: Vec::new(), new: Vec::new(), edits };
        story.use_phone(&OLD);
        story.old = story.on_server();
        copy(&story.program.path("state-of-phones"), &story.program.path("old"));
        story.use_phone(&NEW);
        story.new = story.on_server();
        assert_ne!(story.old, story.new);
        story
    }

    fn arguments(&self, more: &[&str]) -> Vec<String> {
        let site = self.serving.site("HTTPSRVR", "http");
        let all = [
            "boot",
            "--model",
            "4625SW",
            "--extension",
            "4711",
            "--json",
            "--state",
            "state-of-phones",
            "--set",
            &site,
        ];
        all.iter().chain(more).map(|&text| text.to_owned()).collect()
    }

    /// Boots it, uses it to the end.
    fn use_phone(&self, more: &[&str]) -> Value {
        let phone = only_phone(&self.program.run(&self.arguments(more)));
        assert_eq!(phone["outcome"], "ready", "{phone:#}");
        phone
    }

    fn on_server(&self) -> Vec<u8> {
        fs::read(self.program.path("site/backups/4711_4620data.txt")).unwrap()
    }

    /// The phone's memory as it was; this on the server.
    fn begin(&self, on_server: &[u8]) {
        let backups = self.program.path("site/backups");
        for entry in fs::read_dir(&backups).unwrap() {
            fs::remove_file(entry.unwrap().path()).unwrap();
        }
        fs::write(format!("{backups}/{FILE}"), on_server).unwrap();
        fs::remove_dir_all(self.program.path("state-of-phones")).unwrap();
        copy(&self.program.path("old"), &self.program.path("state-of-phones"));
    }

    /// Runs the phone until `moment`. Returns whether it was killed before its end, and how many lines had gone.
    fn kill_at(&self, moment: Moment) -> (bool, usize) {
        let mut command = self.program.command(&self.arguments(self.edits));
        let phone: Mutex<Option<Child>> = Mutex::new(None);
        let kill = || {
            if let Some(child) = phone.lock().unwrap().as_mut() {
                child.kill().unwrap();
            }
        };
        let over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let lines = self.relay.watch();
            match moment {
                Moment::Line(number) => lines.stop_before(number),
                Moment::After(number, _) => lines.tell_after(number),
                Moment::Never | Moment::Change(_) => {}
            }
            let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
            let mut out = child.stdout.take().unwrap();
            *phone.lock().unwrap() = Some(child);
            if let Moment::Change(number) = moment {
                let (over, folder) = (&over, self.program.path("state-of-phones/phone"));
                scope.spawn(move || {
                    if changed(Path::new(&folder), number, over) {
                        kill();
                    }
                });
            }
            if let Moment::Line(_) | Moment::After(..) = moment {
                let lines = lines.clone();
                scope.spawn(move || {
                    if lines.reached() {
                        if let Moment::After(_, pause) = moment {
                            let begun = Instant::now();
                            while begun.elapsed() < pause {
                                std::hint::spin_loop();
                            }
                        }
                        kill();
                    }
                });
            }
            // Ends with the process, however that ends.
            out.read_to_end(&mut Vec::new()).unwrap();
            over.store(true, Ordering::Relaxed);
            let count = lines.end();
            let status = phone.lock().unwrap().as_mut().unwrap().wait().unwrap();
            (status.code().is_none(), count)
        })
    }

    /// What the memory has of the user: all of it in one state.
    fn in_memory(&self) -> Data {
        let text = fs::read(self.program.path("state-of-phones/phone/memory.json")).unwrap();
        let memory: Value = serde_json::from_slice(&text).unwrap();
        let user = &memory["users"]["4711"];
        assert_eq!(memory["login"]["extension"], "4711");
        let found: BTreeSet<Data> = BOTH
            .into_iter()
            .filter(|data| {
                let (label, number) = words(*data);
                let is_it = |value: &Value| value["label"] == label && value["number"] == number;
                let any = user["speed_dials"].as_object().unwrap().values().any(is_it);
                any || user["options"]["Contrast"] == number
            })
            .collect();
        assert_eq!(user["speed_dials"].as_object().unwrap().len(), 2, "{memory:#}");
        assert_eq!(found.len(), 1, "a mixture: {memory:#}");
        found.into_iter().next().unwrap()
    }

    /// What the server has: whole files, in one state each.
    fn at_server(&self) -> Data {
        for entry in fs::read_dir(self.program.path("site/backups")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if !name.starts_with(".deskset-part-") {
                let bytes = fs::read(&path).unwrap();
                assert!(bytes == self.old || bytes == self.new, "{name} is no whole file");
            }
        }
        if self.on_server() == self.old { Data::Old } else { Data::New }
    }

    /// Kills the phone at `moment` and looks; then it starts again, and has what the server has.
    fn live_through(&self, moment: Moment, on_server: Data) -> (Option<[Data; 2]>, usize) {
        self.begin(if on_server == Data::Old { &self.old } else { &self.new });
        let (killed, lines) = self.kill_at(moment);
        let left = [self.in_memory(), self.at_server()];
        if on_server == Data::New {
            assert_eq!(left[1], Data::New, "{moment:?}: a retrieval changes nothing on the server");
        }
        let found = self.use_phone(&[]);
        assert_eq!(found["last_retrieval"]["result"], "successful", "{moment:?}: {found:#}");
        let after = [self.in_memory(), self.at_server()];
        assert_eq!(after, [left[1]; 2], "{moment:?}: the server's file wins");
        let folder = fs::read_dir(self.program.path("state-of-phones/phone")).unwrap();
        let names: BTreeSet<String> = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        let expected = ["application.bin", "lock", "memory.json"].map(str::to_owned);
        assert_eq!(names, expected.into(), "{moment:?}: nothing stays behind");
        (killed.then_some(left), lines)
    }

    /// Kills it everywhere; sees that this is among what was left behind, by turns in memory and on the server.
    fn live_through_all(&self, on_server: Data, seed: u64, expected: &[[Data; 2]]) {
        let (_, lines) = self.live_through(Moment::Never, on_server);
        let mut chance = Rand64::new(seed.into());
        let by_chance = (0..KILLS).map(|_| {
            let line = chance.rand_range(1..lines as u64 + 1) as usize;
            Moment::After(line, Duration::from_micros(chance.rand_range(0..6000)))
        });
        // From the last line backwards, so that it is there however few there are.
        let by_line = (1..=lines).rev().step_by(EACH).map(Moment::Line);
        let (mut left, mut killed) = (BTreeSet::new(), 0);
        for moment in by_line.chain(by_chance) {
            let (seen, _) = self.live_through(moment, on_server);
            assert!(seen.is_some() || !matches!(moment, Moment::Line(_)), "{moment:?} comes before the end");
            killed += usize::from(seen.is_some());
            left.extend(seen);
        }
        let numbers = (0..TIMES).flat_map(|_| 1..=CHANGES);
        // A busy machine may not see them all.
        let changes = numbers.filter_map(|number| self.live_through(Moment::Change(number), on_server).0);
        let by_change: Vec<[Data; 2]> = changes.collect();
        eprintln!(
            "{lines} lines; killed {killed} times by line and chance, {} by change; seed {seed}; memory and server: \
             {left:?} {by_change:?}",
            by_change.len()
        );
        left.extend(by_change);
        assert!(expected.iter().all(|one| left.contains(one)), "seed {seed}: {left:?}");
    }
}

fn words(data: Data) -> (&'static str, &'static str) {
    match data {
        Data::Old => ("Old", "1"),
        Data::New => ("New", "2"),
    }
}

/// Waits until the folder was seen in `number` new states. False if the phone is through before.
fn changed(folder: &Path, number: usize, over: &AtomicBool) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let look = || -> BTreeSet<(String, u64, u64)> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let of = |entry: fs::DirEntry| {
            // It may have another name by now.
            let found = entry.metadata().ok()?;
            Some((entry.file_name().into_string().ok()?, found.ino(), found.len()))
        };
        entries.filter_map(of).collect()
    };
    let mut seen = look();
    let mut changes = 0;
    while changes < number {
        if over.load(Ordering::Relaxed) {
            return false;
        }
        let now = look();
        changes += usize::from(now != seen);
        seen = now;
    }
    true
}

fn copy(from: &str, to: &str) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = format!("{to}/{}", entry.file_name().to_str().unwrap());
        let from = entry.path();
        if entry.file_type().unwrap().is_dir() {
            copy(from.to_str().unwrap(), &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}

// req: BR-3, AR-4, BD-14
#[test]
fn a_phone_that_is_killed_anywhere_in_a_save_has_the_old_or_the_new_here_and_on_the_server() {
    let expected = [[Data::Old, Data::Old], [Data::New, Data::Old], [Data::New, Data::New]];
    Story::new(&NEW).live_through_all(Data::Old, 4711, &expected);
}

// req: AR-1, AR-3, BD-14
#[test]
fn a_phone_that_is_killed_anywhere_in_a_retrieval_has_the_old_or_the_new() {
    Story::new(&[]).live_through_all(Data::New, 4712, &[[Data::Old, Data::New]]);
}
