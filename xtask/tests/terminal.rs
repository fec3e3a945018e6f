//! A person at a phone in a terminal: `boot --tui` in a pseudo-terminal, its keys pressed, its screen read.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod running;

use std::{env, process::Command};

use running::{Program, terminal::Terminal};

const LAB: [&str; 3] = ["boot", "--lab", "--tui"];

fn sit(program: &Program, more: &[&str], columns: u16, rows: u16) -> Terminal {
    Terminal::start(&program.command(&[&LAB[..], more].concat()), columns, rows)
}

/// Where a row of the phone is drawn.
fn row(text: &str, number: usize) -> String {
    text.lines().nth(2 + number).unwrap_or_default().to_owned()
}

// req: DC-6
#[test]
fn somebody_logs_in_by_keys_sees_events_and_quits() {
    let program = Program::new();
    let mut terminal = sit(&program, &["--model", "4621SW"], 120, 40);
    let asked = terminal.shows("Extension=");
    terminal.keys("479\x7f\x7f7");
    terminal.shows("NEW=47_");
    terminal.keys("\x7f\x7f");
    terminal.shows("NEW=_");
    assert!(asked.lines().next().unwrap().starts_with("phone  4621SW  h323  asks who logs in"), "{asked}");
    terminal.keys("4711#");
    terminal.shows("Password=");
    // Typed as text, as on a keyboard.
    terminal.keys("\t904711");
    let typed = terminal.shows("Password=******");
    assert_eq!(typed.lines().last().unwrap().trim_end(), "typing");
    assert!(!typed.contains("904711"), "{typed}");
    terminal.keys("\r\t");
    terminal.shows("ready 4711");
    let ready = terminal.shows("│a=4711");
    assert!(row(&ready, 1).starts_with("Alt 1 ▸│a=4711"), "{ready}");
    assert!(row(&ready, 1).contains("│◂ Alt Q"), "{ready}");
    for told in ["power \"Restarting...\"", "login registered 4711", "key 4", "Esc Phone/Exit", "Ctrl-Q quit", "F4"] {
        terminal.shows(told);
    }
    terminal.keys("\x11");
    assert_eq!(terminal.ended().0, Some(0));
    // The report stays: the last of it is the phone's screen.
    terminal.shows("└────────────────────────────┘");
    terminal.shows("│a=4711");
}

// req: BR-9, DC-6
#[test]
fn a_speed_dial_in_cyrillic_and_chinese_is_typed_and_drawn() {
    let program = Program::new();
    let mut terminal = sit(&program, &["--model", "4620SW", "--extension", "4711"], 80, 30);
    terminal.shows("ready 4711");
    // SpDial, Add; text; the next field; Save.
    terminal.keys("\x1bOP");
    terminal.shows("Add   Edit  Delete");
    terminal.keys("\x1bOP");
    terminal.shows("Label:");
    terminal.keys("\tИрина漢x\t");
    terminal.shows("Label: Ирина漢x");
    // Backspace, once with letters as keys and once as text.
    terminal.keys("\x7f\ty\x7f\t");
    terminal.shows("Label: Ирина漢 ");
    terminal.keys("\tx\t");
    terminal.shows("Label: Ирина漢x");
    terminal.keys("\x1b2");
    terminal.keys("21000");
    terminal.shows("Number: 21000");
    terminal.keys("\x1bOP");
    let saved = terminal.shows("Backup successful");
    assert!(row(&saved, 1).starts_with("Alt 1 ▸│Ирина漢x"), "{saved}");
    // The wide character takes two columns: what follows is at its place.
    let at = |column| terminal.screen().cell(3, column).unwrap().contents().to_owned();
    assert_eq!((at(8 + 5), at(8 + 7)), ("漢".to_owned(), "x".to_owned()));
    terminal.keys("\x1b");
    terminal.shows("a=4711");
    // This model has no such key.
    terminal.keys("\x1b8");
    terminal.shows("this phone has no key line8-left");
}

// req: DC-6
#[test]
fn the_terminal_may_be_small_and_grow_and_pixels_are_drawn_where_they_fit() {
    let program = Program::new();
    let mut terminal = sit(&program, &["--model", "4610SW", "--extension", "4711"], 30, 8);
    let on_one_line = |screen: &vt100::Screen| screen.contents().replace('\n', "");
    terminal.until(|screen| on_one_line(screen).contains("this one has 30 x 8"));
    let small = on_one_line(terminal.screen());
    assert!(small.starts_with("the terminal must have 44 x "), "{small}");
    terminal.resize(80, 24);
    terminal.shows("ready 4711");
    terminal.shows("a=4711");
    terminal.keys("p");
    terminal.shows("for pixels the terminal must have ");
    terminal.resize(220, 90);
    let pixels = terminal.shows("▀▀▀▀");
    assert!(!pixels.contains("a=4711      "), "{pixels}");
    // Behind the last pixel of the first row is the background, in the nearest of 256 colours.
    assert_eq!(terminal.screen().cell(2, 8).unwrap().bgcolor(), vt100::Color::Idx(231));
    terminal.keys("p");
    terminal.shows("a=4711      ");
}

// req: DC-6
#[test]
fn what_the_command_line_says_is_done_and_the_phone_remembers() {
    let program = Program::new();
    let user = ["--extension", "4711", "--dial", "1=Front desk=21000", "--state", "state", "--name", "desk-1"];
    let mut terminal = sit(&program, &user, 100, 30);
    terminal.shows("Backup successful");
    // Quitting before all is kept would be told as a failure.
    let settled =
        |screen: &vt100::Screen| screen.rows(0, 44).next().unwrap_or_default().trim_end().ends_with("ready 4711");
    terminal.until(settled);
    let number = terminal.child.id().to_string();
    assert!(Command::new("kill").arg(number).status().unwrap().success());
    assert_eq!(terminal.ended().0, Some(0), "SIGTERM is a way to quit");
    let mut again = sit(&program, &["--state", "state", "--name", "desk-1"], 100, 30);
    again.shows("desk-1  4620SW  h323  ready 4711");
    again.keys("\x1bOP");
    again.shows("Front desk");
    again.keys("\x03");
    assert_eq!(again.ended().0, Some(0));
}

// req: DC-6
#[test]
fn without_a_terminal_it_says_so() {
    let program = Program::new();
    let why = "a phone can be drawn in a terminal only, and standard input or output is none; run it in a terminal, or \
               leave --tui out";
    program.run(&LAB).failed(3, why);
}

/// Panics while the terminal is taken over; does nothing unless the test below says so.
#[test]
fn breaks_down_if_asked() {
    if env::var_os("BREAK_DOWN").is_some() {
        let _tty = deskset_terminal::Tty::take().unwrap();
        panic!("as asked");
    }
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_is_reported() {
    let program = Program::new();
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "breaks_down_if_asked", "--nocapture"]).current_dir(program.folder.path());
    let mut terminal = Terminal::start(command.env("BREAK_DOWN", "1"), 100, 30);
    terminal.shows("as asked");
    assert_eq!(terminal.ended().0, Some(101));
}
