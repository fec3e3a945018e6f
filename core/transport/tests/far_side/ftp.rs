//! A small FTP server that fails as a test says.
#![allow(dead_code, reason = "each test file uses a part")]

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// What the server does instead of the usual. Verbs are FTP's and, for the steps between them: `HELLO` on connection,
/// `OPEN` once the data connection should be opened, `DATA` once it is open, `END` after the data.
/// The answer `silence` is none, `close` ends the connection, `endless` never ends. At `DATA` they are about the data
/// connection, and so is `reset`, after which the transfer ends as usual.
type Instead = (&'static str, &'static str);

/// A running server.
pub struct Ftpd {
    pub at: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
    stored: Arc<Mutex<Vec<u8>>>,
    /// Ends with the server.
    serving: JoinSet<()>,
}

impl Ftpd {
    /// Each entry of `instead` counts once, in order for the same verb.
    pub async fn start(file: &[u8], instead: &[Instead]) -> Self {
        Self::start_on("127.0.0.1", file, instead).await
    }

    pub async fn start_on(address: &str, file: &[u8], instead: &[Instead]) -> Self {
        let listener = TcpListener::bind((address, 0)).await.unwrap();
        let at = listener.local_addr().unwrap();
        let mut server = Self { at, heard: Arc::default(), stored: Arc::default(), serving: JoinSet::new() };
        let instead = Arc::new(Mutex::new(instead.iter().copied().collect::<VecDeque<_>>()));
        let (heard, stored, file) = (server.heard.clone(), server.stored.clone(), file.to_vec());
        server.serving.spawn(async move {
            let mut visits = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let visit = Visit {
                    control: BufReader::new(stream),
                    heard: heard.clone(),
                    stored: stored.clone(),
                    file: file.clone(),
                    instead: instead.clone(),
                    data: None,
                };
                visits.spawn(visit.serve());
            }
        });
        server
    }

    /// The commands, without the ports in PORT.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    pub fn stored(&self) -> Vec<u8> {
        self.stored.lock().unwrap().clone()
    }
}

enum Data {
    Connect(SocketAddr),
    Listen(TcpListener),
}

struct Visit {
    control: BufReader<TcpStream>,
    heard: Arc<Mutex<Vec<String>>>,
    stored: Arc<Mutex<Vec<u8>>>,
    file: Vec<u8>,
    instead: Arc<Mutex<VecDeque<Instead>>>,
    data: Option<Data>,
}

impl Visit {
    async fn serve(mut self) {
        if self.otherwise("HELLO").await {
            return self.idle().await;
        }
        self.say("220-welcome\r\n220 ready").await;
        let mut line = String::new();
        while self.control.read_line(&mut line).await.unwrap_or(0) > 0 {
            let command = std::mem::take(&mut line).trim_end().to_owned();
            let (verb, argument) = command.split_once(' ').unwrap_or((&command, ""));
            let kept = if ["PORT", "EPRT"].contains(&verb) { verb } else { &command };
            self.heard.lock().unwrap().push(kept.to_owned());
            if self.otherwise(verb).await {
                continue;
            }
            match verb {
                "USER" => self.say("331 password?").await,
                "PASS" => self.say("230 welcome").await,
                "CWD" => self.say("250 there").await,
                "TYPE" => self.say("200 binary").await,
                "PORT" => {
                    let n: Vec<u8> = argument.split(',').map(|n| n.parse().unwrap()).collect();
                    let at = SocketAddr::from(([n[0], n[1], n[2], n[3]], u16::from_be_bytes([n[4], n[5]])));
                    self.data = Some(Data::Connect(at));
                    self.say("200 noted").await;
                }
                "PASV" => {
                    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                    let [high, low] = listener.local_addr().unwrap().port().to_be_bytes();
                    self.data = Some(Data::Listen(listener));
                    // An address that leads nowhere, as behind address translation.
                    self.say(&format!("227 Entering Passive Mode (192,0,2,1,{high},{low}).")).await;
                }
                // RFC 2428.
                "EPRT" => {
                    let fields: Vec<&str> = argument.split('|').collect();
                    assert_eq!((fields.len(), fields[0], fields[1], fields[4]), (5, "", "2", ""), "{argument}");
                    let address: std::net::Ipv6Addr = fields[2].parse().unwrap();
                    self.data = Some(Data::Connect((address, fields[3].parse().unwrap()).into()));
                    self.say("200 noted").await;
                }
                "EPSV" => {
                    let listener = TcpListener::bind("[::1]:0").await.unwrap();
                    let port = listener.local_addr().unwrap().port();
                    self.data = Some(Data::Listen(listener));
                    self.say(&format!("229 Extended Passive mode OK (|||{port}|)")).await;
                }
                "STOR" | "RETR" => self.transfer(verb == "STOR").await,
                "QUIT" => return self.say("221 bye").await,
                _ => self.say("502 not known").await,
            }
        }
    }

    async fn transfer(&mut self, store: bool) {
        self.say("150 opening").await;
        if self.otherwise("OPEN").await {
            return;
        }
        let mut data = match self.data.take() {
            Some(Data::Connect(at)) => TcpStream::connect(at).await.unwrap(),
            Some(Data::Listen(listener)) => listener.accept().await.unwrap().0,
            None => return self.say("425 no PORT or PASV").await,
        };
        match self.instead_of("DATA") {
            Some("reset") => {
                let _ = data.read(&mut [0]).await;
                data.set_zero_linger().unwrap();
            }
            Some("endless") => while data.write_all(&[7; 4096]).await.is_ok() {},
            Some(_silence) => {
                let _ = self.control.read(&mut [0]).await;
            }
            None if store => {
                let mut bytes = Vec::new();
                data.read_to_end(&mut bytes).await.unwrap();
                *self.stored.lock().unwrap() = bytes;
            }
            None => {
                let _ = data.write_all(&self.file).await;
                let _ = data.shutdown().await;
            }
        }
        drop(data);
        if !self.otherwise("END").await {
            self.say("226 complete").await;
        }
    }

    /// Whether something else was to be done at this step.
    async fn otherwise(&mut self, verb: &str) -> bool {
        match self.instead_of(verb) {
            None => return false,
            Some("silence") => {}
            Some("endless") => while self.control.get_mut().write_all(&[b'x'; 4096]).await.is_ok() {},
            Some("close") => {
                let _ = self.control.get_mut().shutdown().await;
            }
            Some(answer) => self.say(answer).await,
        }
        true
    }

    fn instead_of(&self, verb: &str) -> Option<&'static str> {
        let mut instead = self.instead.lock().unwrap();
        let found = instead.iter().position(|(at, _)| *at == verb);
        found.and_then(|at| instead.remove(at)).map(|(_, answer)| answer)
    }

    async fn say(&mut self, line: &str) {
        let _ = self.control.get_mut().write_all(format!("{line}\r\n").as_bytes()).await;
    }

    /// Keeps the connection open, saying nothing more.
    async fn idle(mut self) {
        let mut rest = Vec::new();
        let _ = self.control.read_to_end(&mut rest).await;
    }
}
