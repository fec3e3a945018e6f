//! Clients that are not sound, for our servers. Each tells what it heard.

use std::{future::Future, net::SocketAddr, pin::Pin, time::Duration};

use deskset_tftp::{ErrorCode, Packet};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpSocket, TcpStream, UdpSocket},
};

/// A client's visit at a server, as long as `Heard` lives.
pub type Visit = fn(SocketAddr) -> Pin<Box<dyn Future<Output = Heard> + Send>>;

/// What was heard, and what is still open while the next client is served.
pub struct Heard {
    pub words: String,
    open: Vec<Open>,
}

#[expect(dead_code, reason = "held open, not read")]
enum Open {
    Tcp(TcpStream),
    Udp(UdpSocket),
    Session(BufReader<TcpStream>),
}

impl Heard {
    fn closed(words: impl Into<String>) -> Self {
        Heard { words: words.into(), open: Vec::new() }
    }

    /// Ends what is still open, and tells what was heard.
    pub fn end(self) -> String {
        drop(self.open);
        self.words
    }
}

/// A client's socket; the server's port of the transfer is known with its first answer.
struct Reader {
    socket: UdpSocket,
    server: SocketAddr,
}

impl Reader {
    async fn ask(server: SocketAddr) -> Self {
        let reader = Reader { socket: UdpSocket::bind("127.0.0.1:0").await.unwrap(), server };
        reader.say(b"\0\x01a.scr\0octet\0").await;
        reader
    }

    async fn say(&self, datagram: &[u8]) {
        self.socket.send_to(datagram, self.server).await.unwrap();
    }

    async fn hear(&mut self) -> String {
        let mut buffer = vec![0; 70_000];
        let (size, from) = self.socket.recv_from(&mut buffer).await.unwrap();
        self.server = from;
        summary(&buffer[..size])
    }
}

/// A datagram in two words.
pub fn summary(datagram: &[u8]) -> String {
    match Packet::parse(datagram) {
        Ok(Packet::Data { block, .. }) => format!("DATA {block}"),
        Ok(Packet::Error { code, .. }) => format!("ERROR {}", code.number()),
        other => format!("{other:?}"),
    }
}

pub fn acknowledges_too_much(server: SocketAddr) -> Pin<Box<dyn Future<Output = Heard> + Send>> {
    Box::pin(async move {
        let mut reader = Reader::ask(server).await;
        let first = reader.hear().await;
        for block in [5, 65_535, 1] {
            reader.say(&Packet::Ack { block }.encode()).await;
        }
        // Block 2 answers the acknowledgement of block 1; the others were for nothing.
        let second = reader.hear().await;
        Heard { words: format!("{first}, {second}"), open: vec![Open::Udp(reader.socket)] }
    })
}

pub fn gives_up_with_an_error(server: SocketAddr) -> Pin<Box<dyn Future<Output = Heard> + Send>> {
    Box::pin(async move {
        let mut reader = Reader::ask(server).await;
        let first = reader.hear().await;
        reader.say(&Packet::Error { code: ErrorCode::DiskFull, message: "full".into() }.encode()).await;
        Heard::closed(first)
    })
}

pub fn a_hundred_silent_readers(server: SocketAddr) -> Pin<Box<dyn Future<Output = Heard> + Send>> {
    Box::pin(async move {
        let (mut open, mut served) = (Vec::new(), 0);
        for _ in 0..100 {
            let mut reader = Reader::ask(server).await;
            served += u32::from(reader.hear().await == "DATA 1");
            open.push(Open::Udp(reader.socket));
        }
        Heard { words: format!("{served} DATA 1"), open }
    })
}

pub fn a_hundred_silent_connections(server: SocketAddr) -> Pin<Box<dyn Future<Output = Heard> + Send>> {
    Box::pin(async move {
        let mut open = Vec::new();
        for _ in 0..100 {
            open.push(Open::Tcp(TcpStream::connect(server).await.unwrap()));
        }
        Heard { words: format!("{} open", open.len()), open }
    })
}

/// The head never ends; the next client is served meanwhile.
pub fn drips_a_head(server: SocketAddr) -> Pin<Box<dyn Future<Output = Heard> + Send>> {
    Box::pin(async move {
        let mut stream = TcpStream::connect(server).await.unwrap();
        for byte in b"GET /a.scr HTTP/1.1\r\nHost: a\r\nA: bbbbb" {
            stream.write_all(&[*byte]).await.unwrap();
        }
        Heard { words: "nothing".to_owned(), open: vec![Open::Tcp(stream)] }
    })
}

/// Where a length and chunks are both given, a proxy and a server may disagree on where the next request begins.
pub fn smuggles(server: SocketAddr) -> Pin<Box<dyn Future<Output = Heard> + Send>> {
    Box::pin(async move {
        let mut stream = TcpStream::connect(server).await.unwrap();
        let request =
            b"GET /none HTTP/1.1\r\nHost: a\r\nContent-Length: 30\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n\
                        GET /link.scr HTTP/1.1\r\nHost: a\r\n\r\n";
        stream.write_all(request).await.unwrap();
        let mut answers = Vec::new();
        let _ = stream.read_to_end(&mut answers).await;
        let answers = String::from_utf8_lossy(&answers).into_owned();
        // The answers follow one another without a line break.
        let statuses = answers.split("HTTP/1.1 ").skip(1).map(|answer| &answer[..3]);
        Heard::closed(statuses.collect::<Vec<_>>().join(" "))
    })
}

pub fn leaves_in_mid_body(server: SocketAddr) -> Pin<Box<dyn Future<Output = Heard> + Send>> {
    Box::pin(async move {
        let stream = TcpStream::connect(server).await.unwrap();
        let mut stream = BufReader::new(stream);
        stream.get_mut().write_all(b"GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
        let mut status = String::new();
        stream.read_line(&mut status).await.unwrap();
        Heard::closed(status.trim_end())
    })
}

/// An FTP session, spoken by hand.
pub struct Session(BufReader<TcpStream>);

impl Session {
    /// Connects and hears the greeting's code.
    pub async fn open(server: SocketAddr) -> (Self, String) {
        let mut session = Session(BufReader::new(TcpStream::connect(server).await.unwrap()));
        let greeting = session.hear().await;
        (session, greeting)
    }

    /// Says a line, and hears the code of its reply; `closed` if the session has ended.
    pub async fn ask(&mut self, line: &str) -> String {
        self.say(line).await;
        self.hear().await
    }

    pub async fn say(&mut self, line: &str) {
        let _ = self.0.get_mut().write_all(format!("{line}\r\n").as_bytes()).await;
    }

    pub async fn hear(&mut self) -> String {
        self.hear_line().await.get(..3).unwrap_or("closed").to_owned()
    }

    /// The last line of a reply.
    pub async fn hear_line(&mut self) -> String {
        loop {
            let mut line = String::new();
            let size = self.0.read_line(&mut line).await.unwrap_or(0);
            if size == 0 || line.as_bytes().get(3) != Some(&b'-') {
                return line;
            }
        }
    }

    pub async fn log_in(server: SocketAddr) -> Self {
        let (mut session, _) = Session::open(server).await;
        session.ask("USER phones").await;
        assert_eq!(session.ask("PASS secret").await, "230");
        session
    }
}

/// A connection from another address of this machine.
async fn from(address: [u8; 4], server: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((address, 0).into()).unwrap();
    socket.connect(server).await.unwrap()
}

/// From an address of its own, because it is barred afterwards.
pub fn guesses_passwords(server: SocketAddr) -> Pin<Box<dyn Future<Output = Heard> + Send>> {
    Box::pin(async move {
        let mut heard = Vec::new();
        let passwords = (0..50).map(|guess| format!("guess{guess}")).chain(["secret".to_owned()]);
        for password in passwords {
            let mut session = Session(BufReader::new(from([127, 0, 0, 2], server).await));
            session.hear().await;
            session.ask("USER phones").await;
            heard.push(session.ask(&format!("PASS {password}")).await);
        }
        let right = heard.pop().unwrap_or_default();
        let count = |code: &str| heard.iter().filter(|heard| *heard == code).count();
        Heard::closed(format!("{} × 530, {} × 421, {right}", count("530"), count("421")))
    })
}

/// The next line is a line of its own.
pub fn says_a_line_of_a_megabyte(server: SocketAddr) -> Pin<Box<dyn Future<Output = Heard> + Send>> {
    Box::pin(async move {
        let (mut session, greeting) = Session::open(server).await;
        let answer = session.ask(&format!("USER {}", "x".repeat(1_000_000))).await;
        let next = session.ask("USER phones").await;
        Heard { words: format!("{greeting} {answer} {next}"), open: vec![Open::Session(session.0)] }
    })
}

/// Somebody is quicker at the data port than the client (RFC 2577, section 4).
pub fn a_stranger_takes_the_data_connection(server: SocketAddr) -> Pin<Box<dyn Future<Output = Heard> + Send>> {
    Box::pin(async move {
        let mut session = Session::log_in(server).await;
        session.say("PASV").await;
        let answer = session.hear_line().await;
        let port = deskset_transport::fuzzing::passive_port(&answer).unwrap();
        let at = SocketAddr::new(server.ip(), port);
        let mut stranger = from([127, 0, 0, 2], at).await;
        let mut data = TcpStream::connect(at).await.unwrap();
        let begun = session.ask("RETR next.txt").await;
        let mut file = Vec::new();
        data.read_to_end(&mut file).await.unwrap();
        let ended = session.hear().await;
        let heard = stranger.read(&mut [0; 100]).await.unwrap_or(0);
        Heard::closed(format!("{heard} bytes for the stranger, {begun} {ended}"))
    })
}

/// The data port that is named belongs to somebody else (RFC 2577, section 3: a bounce).
pub fn names_a_third_machine(server: SocketAddr) -> Pin<Box<dyn Future<Output = Heard> + Send>> {
    Box::pin(async move {
        let third = TcpListener::bind("127.0.0.2:0").await.unwrap();
        let [high, low] = third.local_addr().unwrap().port().to_be_bytes();
        let mut session = Session::log_in(server).await;
        let port = session.ask(&format!("PORT 127,0,0,2,{high},{low}")).await;
        let called = tokio::time::timeout(Duration::ZERO, third.accept()).await.is_ok();
        Heard::closed(format!("{port}, {}", if called { "called" } else { "not called" }))
    })
}

/// Half of a backup comes, then the client is gone, its session first.
pub fn leaves_in_mid_store(server: SocketAddr) -> Pin<Box<dyn Future<Output = Heard> + Send>> {
    Box::pin(async move {
        let mut session = Session::log_in(server).await;
        session.say("PASV").await;
        let answer = session.hear_line().await;
        let port = deskset_transport::fuzzing::passive_port(&answer).unwrap();
        let mut data = TcpStream::connect((server.ip(), port)).await.unwrap();
        let answer = session.ask("STOR half.txt").await;
        data.write_all(b"half of a backup").await.unwrap();
        drop(session);
        drop(data);
        Heard::closed(answer)
    })
}
