//! One user's story, by keys alone: told in a terminal and over the control interface, it ends the same.
#![allow(missing_docs, clippy::unwrap_used)]

mod running;

use std::{collections::BTreeMap, fs, net::SocketAddr};

use running::{Program, http::ask, serving::Serving, terminal::Terminal};
use serde_json::json;

const A_USER_MOVES: &str = include_str!("stories/a-user-moves.keys");

/// Of both phones' text.
const COLUMNS: u16 = 28;

/// Who is told a step of a story.
trait Teller {
    fn phone(&mut self, model: &str);
    fn wait(&mut self, text: &str);
    fn settle(&mut self);
    fn keys(&mut self, keys: &[&str]);
    fn text(&mut self, text: &str);
    fn look(&mut self) -> Vec<String>;
    fn leave(&mut self);
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
fn below_top_line(rows: impl Iterator<Item = String>) -> Vec<String> {
    rows.skip(1).map(|row| row.trim_end().to_owned()).collect()
}

struct InTerminal<'p> {
    program: &'p Program,
    site: String,
    terminal: Option<Terminal>,
}

impl InTerminal<'_> {
    fn terminal(&mut self) -> &mut Terminal {
        self.terminal.as_mut().unwrap()
    }
}

impl Teller for InTerminal<'_> {
    fn phone(&mut self, model: &str) {
        let command = self.program.command(&["boot", "--tui", "--set", &self.site, "--model", model]);
        self.terminal = Some(Terminal::start(&command, 80, 30));
    }

    fn wait(&mut self, text: &str) {
        self.terminal().shows(text);
    }

    fn settle(&mut self) {
        // Beside the events, the title ends there.
        let title = |screen: &vt100::Screen| screen.rows(0, 44).next().unwrap_or_default();
        self.terminal().until(|screen| title(screen).trim_end().ends_with("ready 4711"));
    }

    fn keys(&mut self, keys: &[&str]) {
        for key in keys {
            let bytes = match *key {
                "soft1" => "\x1bOP",
                "soft2" => "\x1bOQ",
                "soft3" => "\x1bOR",
                "soft4" => "\x1bOS",
                "phone-exit" => "\x1b",
                "options" => "o",
                key => match key.strip_prefix("line").and_then(|rest| rest.split_once('-')) {
                    // `Alt` with the row's number on the left, with a letter of the row below the numbers on the right.
                    Some((row, "left")) => &format!("\x1b{row}"),
                    Some((row, _)) => &format!("\x1b{}", &"qwerty"[row.parse::<usize>().unwrap() - 1..][..1]),
                    None if key.len() == 1 => key,
                    None => panic!("no key of the computer for {key}"),
                },
            };
            self.terminal().keys(bytes);
        }
    }

    fn text(&mut self, text: &str) {
        self.terminal().keys(&format!("\t{text}\t"));
    }

    fn look(&mut self) -> Vec<String> {
        let screen = self.terminal().screen();
        // Title and frame are above, a button's name and the frame left of it. A line divides the rows of some pages.
        let is_end = |row: &String| row.starts_with('─');
        let rows = screen.rows(8, COLUMNS).skip(2).take_while(|row| !is_end(row)).map(|row| row.replace('│', " "));
        below_top_line(rows)
    }

    fn leave(&mut self) {
        self.terminal().keys("\x11");
        assert_eq!(self.terminal().ended().0, Some(0));
    }
}

struct OverHttp {
    address: SocketAddr,
    /// Each model is a phone of its own: one of the same name would remember who was there.
    phone: String,
}

impl OverHttp {
    fn post(&self, what: &str, body: &serde_json::Value) -> serde_json::Value {
        let (status, answer) =
            ask(self.address, "POST", &format!("/api/v1/phones/{}/{what}", self.phone), &body.to_string());
        assert_eq!(status, 200, "{what} {body}: {answer}");
        answer
    }
}

impl Teller for OverHttp {
    fn phone(&mut self, model: &str) {
        model.clone_into(&mut self.phone);
        let wish = json!({"name": model, "model": model}).to_string();
        assert_eq!(ask(self.address, "POST", "/api/v1/phones", &wish).0, 201);
    }

    fn wait(&mut self, text: &str) {
        self.post("wait", &json!({"screen": text, "deadline_ms": 60_000}));
    }

    fn settle(&mut self) {
        self.post("wait", &json!({"state": "ready", "settled": true}));
    }

    fn keys(&mut self, keys: &[&str]) {
        self.post("keys", &json!({"keys": keys}));
    }

    fn text(&mut self, text: &str) {
        self.post("text", &json!({"text": text}));
    }

    fn look(&mut self) -> Vec<String> {
        let (_, screen) = ask(self.address, "GET", &format!("/api/v1/phones/{}/screen", self.phone), "");
        below_top_line(screen["rows"].as_array().unwrap().iter().map(|row| row.as_str().unwrap().to_owned()))
    }

    fn leave(&mut self) {
        assert_eq!(ask(self.address, "DELETE", &format!("/api/v1/phones/{}", self.phone), "").0, 204);
    }
}

// req: DC-6, BR-1, BR-3, AR-1, AR-2, AR-3, AR-4
#[test]
fn a_user_moves_to_another_model_by_keys_in_a_terminal_and_over_http_alike() {
    // The port of the FTP server is another one in each run.
    let backup = |program: &Program| {
        let file = fs::read_to_string(program.path("site/backups/4711_4620data.txt")).unwrap();
        file.split_inclusive('\n').filter(|line| !line.starts_with("FTP Server IP Address=")).collect::<String>()
    };
    let program = Program::new();
    let serving = Serving::start(&program);
    let mut teller = InTerminal { program: &program, site: serving.site("HTTPSRVR", "http"), terminal: None };
    let (in_terminal, stored) = (tell(A_USER_MOVES, &mut teller), backup(&program));

    let other = Program::new();
    let serving = Serving::start_with(&other, &["--console"]);
    let address = serving.said["console"].as_str().unwrap();
    let address = address.trim_start_matches("http://").trim_end_matches('/').parse().unwrap();
    let (over_http, stored_too) = (tell(A_USER_MOVES, &mut OverHttp { address, phone: String::new() }), backup(&other));

    assert_eq!(in_terminal, over_http);
    assert!(in_terminal["found"][0].starts_with("Ирина 漢"), "{in_terminal:?}");
    assert!(in_terminal["left"][0].starts_with("a=4711"), "{in_terminal:?}");
    assert_eq!(in_terminal["options there"], in_terminal["options"]);
    let options = ["Redial=0", "Phone Screen on Answer=0", "Phone Screen on Calling=0"];
    assert!(options.iter().all(|option| stored.contains(option)), "{stored}");
    assert!(stored.contains("ABKNAME001=Ирина 漢\r\n") && stored.contains("=21000\r\n"), "{stored}");
    assert_eq!(stored, stored_too);
}
