//! Clients that log in, store a file, retrieve it and leave, again and again.

use std::{
    net::{Ipv4Addr, SocketAddr, SocketAddrV4},
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    task::JoinSet,
    time::timeout,
};

use super::{Heard, together};

/// No session takes as long.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sessions of one client in one turn that may fail.
const FAILURES_MAX: u32 = 3;

/// How long a client waits after one.
const AGAIN: Duration = Duration::from_millis(100);

/// As many names as each client uses in turn.
const NAMES: u64 = 4;

#[derive(Clone)]
pub(in crate::bench) struct FtpLoad {
    pub(in crate::bench) server: SocketAddr,
    pub(in crate::bench) user: String,
    pub(in crate::bench) password: String,
    pub(in crate::bench) size: usize,
    pub(in crate::bench) clients: usize,
}

struct Session {
    control: BufReader<TcpStream>,
    line: String,
}

impl FtpLoad {
    pub(super) async fn run(&self, turn: Duration) -> Result<Heard, String> {
        let mut clients = JoinSet::new();
        for client in 0..self.clients {
            clients.spawn(self.clone().keep_on(client, turn));
        }
        together(clients).await
    }

    async fn keep_on(self, client: usize, turn: Duration) -> Result<Heard, String> {
        let bytes: Vec<u8> = (0..self.size).map(|at| (at * 31 + client) as u8).collect();
        let (mut heard, mut failed) = (Heard::default(), 0);
        let begin = Instant::now();
        for number in 0.. {
            let started = Instant::now();
            let name = format!("p{client}_{}.bin", number % NAMES);
            let session = self.session(&name, &bytes);
            match timeout(PATIENCE, session).await.unwrap_or_else(|_| Err("a session did not end".to_owned())) {
                Ok(()) => {
                    heard.done += 1;
                    heard.bytes += 2 * self.size as u64;
                    heard.micros.push(u32::try_from(started.elapsed().as_micros()).unwrap_or(u32::MAX));
                }
                // A server with few passive ports says 425 now and then. Phones ask again, and so does this.
                Err(why) if failed < FAILURES_MAX => {
                    tracing::warn!(why, "an FTP session failed");
                    failed += 1;
                    tokio::time::sleep(AGAIN).await;
                }
                Err(why) => return Err(why),
            }
            // A short turn may be over before a slow server has done one.
            if begin.elapsed() >= turn && heard.done > 0 {
                break;
            }
        }
        Ok(heard)
    }

    async fn session(&self, name: &str, bytes: &[u8]) -> Result<(), String> {
        let mut session = Session::open(self.server).await?;
        session.ask(&format!("USER {}", self.user), "331").await?;
        session.ask(&format!("PASS {}", self.password), "230").await?;
        session.ask("TYPE I", "200").await?;
        let mut data = session.passive().await?;
        session.ask(&format!("STOR {name}"), "150").await?;
        data.write_all(bytes).await.map_err(told)?;
        drop(data);
        session.reply("226").await?;
        let mut data = session.passive().await?;
        session.ask(&format!("RETR {name}"), "150").await?;
        let mut came = Vec::with_capacity(bytes.len() + 1);
        data.read_to_end(&mut came).await.map_err(told)?;
        if came != bytes {
            return Err(format!("{name} came back as {} bytes that differ", came.len()));
        }
        drop(data);
        session.reply("226").await?;
        session.ask("QUIT", "221").await
    }
}

impl Session {
    async fn open(server: SocketAddr) -> Result<Self, String> {
        let control = TcpStream::connect(server).await.map_err(told)?;
        control.set_nodelay(true).map_err(told)?;
        let mut session = Session { control: BufReader::with_capacity(512, control), line: String::new() };
        session.reply("220").await?;
        Ok(session)
    }

    async fn ask(&mut self, command: &str, code: &str) -> Result<(), String> {
        self.control.write_all(format!("{command}\r\n").as_bytes()).await.map_err(told)?;
        self.reply(code).await
    }

    /// The last line of a reply (RFC 959, section 4.2): three digits and a blank. Another code than this is a fault.
    async fn reply(&mut self, code: &str) -> Result<(), String> {
        loop {
            self.line.clear();
            if self.control.read_line(&mut self.line).await.map_err(told)? == 0 {
                return Err(format!("the session ended before {code}"));
            }
            let is_last = self.line.as_bytes().get(3) == Some(&b' ') && self.line.as_bytes()[0].is_ascii_digit();
            match is_last {
                true if self.line.starts_with(code) => return Ok(()),
                true => return Err(format!("{} instead of {code}", self.line.trim_end())),
                false => {}
            }
        }
    }

    async fn passive(&mut self) -> Result<TcpStream, String> {
        self.ask("PASV", "227").await?;
        let numbers = self.line.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(numbers, _)| numbers);
        let numbers = numbers.unwrap_or_default().split(',').map(|number| number.parse().ok());
        let Some(&[a, b, c, d, high, low]) = numbers.collect::<Option<Vec<u8>>>().as_deref() else {
            return Err(format!("no address in {}", self.line.trim_end()));
        };
        let address = SocketAddrV4::new(Ipv4Addr::new(a, b, c, d), u16::from_be_bytes([high, low]));
        let data = TcpStream::connect(address).await.map_err(told)?;
        data.set_nodelay(true).map_err(told)?;
        Ok(data)
    }
}

fn told(why: std::io::Error) -> String {
    why.to_string()
}
