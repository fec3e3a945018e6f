//! An FTP session, spoken by hand.
#![allow(dead_code)]

use std::{net::SocketAddr, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpSocket, TcpStream},
};

use super::lab::Lab;

pub struct Session {
    control: BufReader<TcpStream>,
    server: SocketAddr,
    patience: Duration,
}

/// A connection from this address of this machine.
pub async fn from(address: [u8; 4], server: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((address, 0).into()).unwrap();
    socket.connect(server).await.unwrap()
}

impl Session {
    pub async fn open(server: SocketAddr) -> Self {
        Session::on(TcpStream::connect(server).await.unwrap(), server).await
    }

    pub async fn open_from(address: [u8; 4], server: SocketAddr) -> Self {
        Session::on(from(address, server).await, server).await
    }

    async fn on(stream: TcpStream, server: SocketAddr) -> Self {
        let mut session = Session { control: BufReader::new(stream), server, patience: Duration::from_secs(20) };
        assert_eq!(session.hear().await, 220);
        session
    }

    pub async fn log_in(lab: &Lab, user: &str, password: &str) -> Self {
        let mut session = Session::open(lab.ftp()).await;
        assert_eq!(session.say(&format!("USER {user}")).await, 331);
        assert_eq!(session.say(&format!("PASS {password}")).await, 230);
        session
    }

    /// From now on the clock is moved on as soon as nobody has anything to do.
    pub fn hurry(&mut self) {
        // Longer than any limit of the server's.
        self.patience = Duration::from_secs(100_000);
        tokio::time::pause();
    }

    pub async fn say(&mut self, line: &str) -> u16 {
        self.send(&[line]).await;
        self.hear().await
    }

    /// All lines in one go.
    pub async fn send(&mut self, lines: &[&str]) {
        let text: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
        self.send_bytes(text.as_bytes()).await;
    }

    pub async fn send_bytes(&mut self, bytes: &[u8]) {
        self.control.get_mut().write_all(bytes).await.unwrap();
    }

    pub async fn hear(&mut self) -> u16 {
        let line = self.hear_line().await;
        line.get(..3).and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("no reply: {line:?}"))
    }

    /// Empty if the session has ended.
    pub async fn hear_line(&mut self) -> String {
        let mut line = String::new();
        let heard = tokio::time::timeout(self.patience, self.control.read_line(&mut line)).await;
        heard.expect("a reply in time").unwrap();
        line
    }

    pub async fn passive_port(&mut self) -> SocketAddr {
        self.send(&["EPSV"]).await;
        let line = self.hear_line().await;
        let port = line.split('|').nth(3).and_then(|port| port.parse().ok());
        SocketAddr::new(self.server.ip(), port.unwrap_or_else(|| panic!("no port: {line:?}")))
    }

    pub async fn passive(&mut self) -> TcpStream {
        TcpStream::connect(self.passive_port().await).await.unwrap()
    }
}
