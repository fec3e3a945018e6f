//! The control connection of an FTP server, line by line through here: a test can stop it at any of them.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Condvar, Mutex},
    thread,
};

/// Passes on what comes to `address`. Data connections do not come through here.
pub struct Relay {
    pub address: SocketAddr,
    lines: Arc<Lines>,
}

/// The lines of both sides since the last [`Relay::watch`].
#[derive(Default)]
pub struct Lines {
    state: Mutex<State>,
    news: Condvar,
}

#[derive(Default)]
struct State {
    count: usize,
    /// This line is not passed on.
    stop_before: Option<usize>,
    /// This one is, and then told of.
    tell_after: Option<usize>,
    reached: bool,
    ended: bool,
}

impl Relay {
    pub fn start(server: SocketAddr) -> Relay {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let lines = Arc::<Lines>::default();
        let shared = lines.clone();
        thread::spawn(move || {
            for client in listener.incoming() {
                let (client, server) = (client.unwrap(), TcpStream::connect(server).unwrap());
                for (from, to) in [(&client, &server), (&server, &client)] {
                    let (from, to, lines) = (from.try_clone().unwrap(), to.try_clone().unwrap(), shared.clone());
                    thread::spawn(move || lines.pass(from, to));
                }
            }
        });
        Relay { address, lines }
    }

    /// Counts anew; nothing stops.
    pub fn watch(&self) -> Arc<Lines> {
        *self.lines.state.lock().unwrap() = State::default();
        self.lines.clone()
    }
}

impl Lines {
    pub fn stop_before(&self, number: usize) {
        self.state.lock().unwrap().stop_before = Some(number);
    }

    pub fn tell_after(&self, number: usize) {
        self.state.lock().unwrap().tell_after = Some(number);
    }

    /// Waits for that line; false if the end comes before.
    pub fn reached(&self) -> bool {
        let state = self.state.lock().unwrap();
        self.news.wait_while(state, |state| !state.reached && !state.ended).unwrap().reached
    }

    /// Nobody waits any more. How many lines there were.
    pub fn end(&self) -> usize {
        let mut state = self.state.lock().unwrap();
        state.ended = true;
        self.news.notify_all();
        state.count
    }

    fn pass(&self, from: TcpStream, mut to: TcpStream) {
        let mut from = BufReader::new(from);
        let mut line = String::new();
        while matches!(from.read_line(&mut line), Ok(1..)) {
            let after = {
                let mut state = self.state.lock().unwrap();
                state.count += 1;
                if state.stop_before == Some(state.count) {
                    state.reached = true;
                    self.news.notify_all();
                    // Until the one that is killed is gone; the far side then hears the end.
                    drop(self.news.wait_while(state, |state| !state.ended).unwrap());
                    break;
                }
                state.tell_after == Some(state.count)
            };
            if to.write_all(line.as_bytes()).is_err() {
                break;
            }
            line.clear();
            if after {
                self.state.lock().unwrap().reached = true;
                self.news.notify_all();
            }
        }
        // Either may be gone already.
        let _ = to.shutdown(Shutdown::Both);
        let _ = from.get_ref().shutdown(Shutdown::Both);
    }
}
