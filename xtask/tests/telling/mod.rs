//! A user's story, told step by step to whoever presses a phone's keys; what came of it can be compared.
#![allow(dead_code)]

pub mod in_terminal;
pub mod over_http;

use std::{collections::BTreeMap, fs, net::SocketAddr};

use crate::running::{Program, serving::Serving};

const A_USER_MOVES: &str = include_str!("../stories/a-user-moves.keys");

/// Of both phones' text.
const COLUMNS: u16 = 28;

/// Who is told a step of a story.
pub trait Teller {
    fn phone(&mut self, model: &str);
    fn wait(&mut self, text: &str);
    fn settle(&mut self);
    fn keys(&mut self, keys: &[&str]);
    fn text(&mut self, text: &str);
    fn look(&mut self) -> Vec<String>;
    fn leave(&mut self);
}

/// What a story leaves behind.
#[derive(PartialEq, Eq, Debug)]
pub struct Outcome {
    /// What was looked at, by name.
    seen: BTreeMap<String, Vec<String>>,
    /// The user's file on the server, but for the port of the FTP server: that is another one in each run.
    stored: String,
}

impl Outcome {
    /// What the story's last words promise: whoever tells it, the user finds all of it at the other model.
    pub fn is_as_promised(&self) {
        let Outcome { seen, stored } = self;
        assert!(seen["found"][0].starts_with("Ирина 漢"), "{seen:?}");
        assert!(seen["left"][0].starts_with("a=4711"), "{seen:?}");
        assert_eq!(seen["options there"], seen["options"]);
        let options = ["Redial=0", "Phone Screen on Answer=0", "Phone Screen on Calling=0"];
        assert!(options.iter().all(|option| stored.contains(option)), "{stored}");
        assert!(stored.contains("ABKNAME001=Ирина 漢\r\n") && stored.contains("=21000\r\n"), "{stored}");
    }
}

/// A user moves to another model.
pub fn a_user_moves(program: &Program, teller: &mut dyn Teller) -> Outcome {
    let seen = tell(A_USER_MOVES, teller);
    let file = fs::read_to_string(program.path("site/backups/4711_4620data.txt")).unwrap();
    let stored = file.split_inclusive('\n').filter(|line| !line.starts_with("FTP Server IP Address=")).collect();
    Outcome { seen, stored }
}

/// Servers with a console, and where it listens.
pub fn serving_with_console(program: &Program) -> (Serving, SocketAddr) {
    let serving = Serving::start_with(program, &["--console"]);
    let address = serving.said["console"].as_str().unwrap();
    let address = address.trim_start_matches("http://").trim_end_matches('/').parse().unwrap();
    (serving, address)
}

/// What was looked at, by name.
fn tell(story: &str, teller: &mut dyn Teller) -> BTreeMap<String, Vec<String>> {
    let mut seen = BTreeMap::new();
    for line in story.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb {
            "phone" => teller.phone(rest),
            "wait" => teller.wait(rest),
            "settle" => teller.settle(),
            "keys" => teller.keys(&rest.split(' ').collect::<Vec<_>>()),
            "text" => teller.text(rest),
            "look" => drop(seen.insert(rest.to_owned(), teller.look())),
            "leave" => teller.leave(),
            _ => panic!("no such step: {line}"),
        }
    }
    seen
}

/// The rows below the top line, which may hold the time.
pub fn below_top_line(rows: impl Iterator<Item = String>) -> Vec<String> {
    rows.skip(1).map(|row| row.trim_end().to_owned()).collect()
}
