//! Told at `boot --tui`, with the keys of the computer.

use super::{COLUMNS, Teller, below_top_line};
use crate::running::{Program, terminal::Terminal};

pub struct InTerminal<'p> {
    program: &'p Program,
    site: String,
    terminal: Option<Terminal>,
}

impl InTerminal<'_> {
    pub fn of(program: &Program, site: String) -> InTerminal<'_> {
        InTerminal { program, site, terminal: None }
    }

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
