//! A terminal that is a value: the program runs in it as in any other, and what it shows can be looked at.

use std::{
    fs::File,
    io::{Read as _, Write as _},
    num::NonZeroU16,
    os::fd::OwnedFd,
    process::{Child, Command},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

use rustix::{
    fs::{Mode, OFlags, open},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{Termios, Winsize, tcgetattr, tcsetwinsize},
};
use vt100::Parser;

/// Far longer than anything in a test takes.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Terminal {
    pub child: Child,
    parser: Parser,
    keyboard: File,
    output: Receiver<Vec<u8>>,
    /// The program's end, held open so that its settings can be looked at when the program has ended.
    line: OwnedFd,
    before: Termios,
}

impl Terminal {
    /// Starts `command` in a terminal of its own with so many columns and rows.
    pub fn start(command: &Command, columns: u16, rows: u16) -> Terminal {
        let keyboard = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&keyboard).unwrap();
        unlockpt(&keyboard).unwrap();
        let line = open(ptsname(&keyboard, Vec::new()).unwrap(), OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
        tcsetwinsize(&keyboard, size(columns, rows)).unwrap();
        let end = || line.try_clone().unwrap();
        // A session of its own, with this as its terminal.
        let mut session = Command::new("setsid");
        session.arg("--ctty").arg(command.get_program()).args(command.get_args());
        session.current_dir(command.get_current_dir().unwrap()).env("TERM", "xterm-256color");
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => session.env(name, value),
                None => session.env_remove(name),
            };
        }
        let before = tcgetattr(&line).unwrap();
        let child = session.stdin(end()).stdout(end()).stderr(end()).spawn().unwrap();
        let keyboard = File::from(keyboard);
        let (send, output) = channel();
        let mut reading = keyboard.try_clone().unwrap();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reading.read(&mut bytes) {
                if send.send(bytes[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Terminal { child, parser: Parser::new(count(rows), count(columns), 0), keyboard, output, line, before }
    }

    /// Types these bytes.
    pub fn keys(&mut self, bytes: &str) {
        self.keyboard.write_all(bytes.as_bytes()).unwrap();
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.parser.screen_mut().set_size(count(rows), count(columns));
        tcsetwinsize(&self.keyboard, size(columns, rows)).unwrap();
    }

    /// What it shows now.
    pub fn text(&self) -> String {
        self.parser.screen().contents()
    }

    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    /// Waits until what it shows is as wanted, and gives it.
    pub fn until(&mut self, wanted: impl Fn(&vt100::Screen) -> bool) -> String {
        let end = Instant::now() + PATIENCE;
        while !wanted(self.parser.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(bytes) = self.output.recv_timeout(left) else { panic!("it shows:\n{}", self.text()) };
            self.parser.process(&bytes);
        }
        self.text()
    }

    /// Waits until it shows this text.
    pub fn shows(&mut self, text: &str) -> String {
        self.until(|screen| screen.contents().contains(text))
    }

    /// Waits until the program has ended and left the terminal as it was: its exit code, and what is shown then.
    pub fn ended(&mut self) -> (Option<i32>, String) {
        let code = self.child.wait().unwrap().code();
        let text =
            self.until(|screen| !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        let after = tcgetattr(&self.line).unwrap();
        let modes = |termios: &Termios| (termios.input_modes, termios.output_modes, termios.local_modes);
        assert_eq!(modes(&after), modes(&self.before));
        (code, text)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn count(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap()
}

fn size(columns: u16, rows: u16) -> Winsize {
    Winsize { ws_col: columns, ws_row: rows, ws_xpixel: 0, ws_ypixel: 0 }
}
