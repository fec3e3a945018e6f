//! The data connection: one transfer of one file, in one way.
//!
//! ```text
//!  active:   listen, PORT (EPRT), STOR or RETR, 150, accept ──┐
//!  passive:  PASV (EPSV), connect, STOR or RETR, 150 ─────────┴─► bytes, close, 226
//! ```

use std::io;
use std::net::{IpAddr, SocketAddr};

use suppaftp::Status;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::endpoint::{connect, words};
use crate::ftp_error::FtpFault;
use crate::ftp_session::{Refusal, Session};
use crate::limits::STRANGERS_MAX;

/// Who opens the data connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Active,
    Passive,
}

/// What is to be done with the file.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Job<'a> {
    Store { file: &'a str, bytes: &'a [u8] },
    Retrieve { file: &'a str, limit: u64 },
}

/// A transfer that did not succeed.
pub(crate) enum Failed {
    /// It never began, because there was no data connection: another way may be tried.
    NoConnection { code: Option<u32>, session_usable: bool, source: io::Error },
    /// It is over.
    Finally(FtpFault),
}

const OPENED: &[Status] = &[Status::AboutToSend, Status::AlreadyOpen];
const COMPLETE: &[Status] = &[Status::ClosingDataConnection, Status::RequestedFileActionOk];

impl Session {
    /// Stores or retrieves; the bytes are a retrieved file's.
    pub(crate) async fn transfer(&mut self, way: Way, job: Job<'_>) -> Result<Vec<u8>, Failed> {
        let (mut data, already_complete) = match way {
            Way::Active => self.active(job).await?,
            Way::Passive => (self.passive(job).await?, false),
        };
        let bytes = match job {
            Job::Store { bytes, .. } => {
                let sent = self.budget.step(self.limits.ftp, async {
                    data.write_all(bytes).await?;
                    data.shutdown().await
                });
                sent.await.and_then(|sent| sent).map_err(broken)?;
                Vec::new()
            }
            Job::Retrieve { limit, .. } => self.read(&mut data, limit).await?,
        };
        drop(data);
        if !already_complete {
            // Without it nobody knows whether the file is whole: it is discarded.
            self.reply(COMPLETE).await.map_err(|refusal| Failed::Finally(job.unfinished(refusal)))?;
        }
        Ok(bytes)
    }

    async fn read(&self, data: &mut TcpStream, limit: u64) -> Result<Vec<u8>, Failed> {
        let mut bytes = Vec::new();
        let mut capped = data.take(limit + 1);
        loop {
            let read = self.budget.step(self.limits.reply, capped.read_buf(&mut bytes)).await;
            if read.and_then(|read| read).map_err(broken)? == 0 {
                break;
            }
        }
        if bytes.len() as u64 > limit {
            return Err(Failed::Finally(FtpFault::TooLarge { limit }));
        }
        Ok(bytes)
    }

    async fn active(&mut self, job: Job<'_>) -> Result<(TcpStream, bool), Failed> {
        let listen = async {
            let listener = TcpListener::bind(SocketAddr::new(self.local.ip(), 0)).await?;
            let at = listener.local_addr()?;
            io::Result::Ok((listener, at))
        };
        let (listener, at) = listen.await.map_err(|source| no_connection(None, source))?;
        self.command(port_command(at), &[Status::CommandOk]).await.map_err(announcing)?;
        self.command(job.command(), OPENED).await.map_err(|refusal| job.refused(refusal))?;

        // A small file may be sent, and its end told, before the connection is taken.
        let mut complete = false;
        let server = self.peer.ip().to_canonical();
        let budget = self.budget;
        let accepted = budget.step(self.limits.reply, accept(&listener, server));
        tokio::pin!(accepted);
        let accepted = tokio::select! {
            biased;
            accepted = &mut accepted => accepted,
            reply = self.reply(COMPLETE) => match reply {
                Ok(_) => {
                    complete = true;
                    accepted.await
                }
                // Some servers look for the file only now.
                Err(refusal) => return Err(job.refused(refusal)),
            },
        };
        match accepted.and_then(|accepted| accepted) {
            Ok(stream) => Ok((stream, complete)),
            // The server may still answer the command some time: its session is out of step.
            Err(source) => Err(Failed::NoConnection { code: None, session_usable: false, source }),
        }
    }

    async fn passive(&mut self, job: Job<'_>) -> Result<TcpStream, Failed> {
        let (command, expected) = match self.peer.ip().to_canonical() {
            IpAddr::V4(_) => ("PASV", Status::PassiveMode),
            IpAddr::V6(_) => ("EPSV", Status::ExtendedPassiveMode),
        };
        let answer = self.command(command.to_owned(), &[expected]).await.map_err(announcing)?;
        let text = String::from_utf8_lossy(&answer.body);
        let port = passive_port(&text).ok_or_else(|| {
            no_connection(None, io::Error::new(io::ErrorKind::InvalidData, format!("{command}: {}", words(&text))))
        })?;
        // The address in the answer is not believed: behind address translation it is wrong, and it could send us
        // to a third machine.
        let address = SocketAddr::new(self.peer.ip(), port);
        let limit = self.limits.connect.min(self.budget.left());
        let (stream, _) =
            connect(&[address], None, limit, || {}).await.map_err(|source| no_connection(None, source))?;
        self.command(job.command(), OPENED).await.map_err(|refusal| job.refused(refusal))?;
        Ok(stream)
    }
}

impl Job<'_> {
    fn command(self) -> String {
        match self {
            Self::Store { file, .. } => format!("STOR {file}"),
            Self::Retrieve { file, .. } => format!("RETR {file}"),
        }
    }

    /// STOR or RETR was answered with no: is it about the file or about the data connection?
    fn refused(self, refusal: Refusal) -> Failed {
        match refusal {
            Refusal::Answer { code, said } => match (self, code) {
                (Self::Retrieve { .. }, 550) => Failed::Finally(FtpFault::NoFile { said }),
                (_, 452 | 530 | 532 | 550..=553) => Failed::Finally(FtpFault::Denied { code, said }),
                _ => announcing(Refusal::Answer { code, said }),
            },
            over => Failed::Finally(FtpFault::Data(over.into())),
        }
    }

    /// The bytes went, but the end was not confirmed.
    fn unfinished(self, refusal: Refusal) -> FtpFault {
        match (self, refusal) {
            (Self::Store { .. }, Refusal::Answer { code: code @ (452 | 550..=553), said }) => {
                FtpFault::Denied { code, said }
            }
            // Some servers answer 150 first and look for the file afterwards.
            (Self::Retrieve { .. }, Refusal::Answer { code: 550, said }) => FtpFault::NoFile { said },
            (_, refusal) => FtpFault::Data(refusal.into()),
        }
    }
}

/// A no to PORT or PASV, or a 4xx or 5xx to the transfer: another way may be tried on the same session.
fn announcing(refusal: Refusal) -> Failed {
    match refusal {
        // 421: the server is closing the session.
        Refusal::Answer { code, said } if code != 421 => {
            no_connection(Some(code), Refusal::Answer { code, said }.into())
        }
        over => Failed::Finally(FtpFault::Data(over.into())),
    }
}

fn no_connection(code: Option<u32>, source: io::Error) -> Failed {
    Failed::NoConnection { code, session_usable: true, source }
}

fn broken(error: io::Error) -> Failed {
    Failed::Finally(FtpFault::Data(error))
}

/// Anyone may connect to the listener; only the server's own address counts.
async fn accept(listener: &TcpListener, server: IpAddr) -> io::Result<TcpStream> {
    for _ in 0..STRANGERS_MAX {
        let (stream, from) = listener.accept().await?;
        if from.ip().to_canonical() == server {
            stream.set_nodelay(true)?;
            return Ok(stream);
        }
        tracing::warn!(%from, "a data connection from a stranger was closed");
    }
    Err(io::Error::other("only strangers connected to the data port"))
}

/// RFC 959 for IPv4, RFC 2428 for IPv6.
fn port_command(at: SocketAddr) -> String {
    match at.ip().to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, d] = address.octets();
            let [high, low] = at.port().to_be_bytes();
            format!("PORT {a},{b},{c},{d},{high},{low}")
        }
        IpAddr::V6(address) => format!("EPRT |2|{address}|{}|", at.port()),
    }
}

/// The port in `227 ... h1,h2,h3,h4,p1,p2 ...` or `229 ... (|||port|)`, the last line of the answer. RFC 1123 warns not to rely on brackets.
#[must_use]
pub fn passive_port(text: &str) -> Option<u16> {
    let rest = text.lines().last()?.get(4..)?;
    if let Some((_, after)) = rest.split_once("|||") {
        return after.split('|').next()?.parse().ok().filter(|&port| port > 0);
    }
    let start = rest.find(|c: char| c.is_ascii_digit())?;
    let list: String = rest[start..].chars().take_while(|&c| c.is_ascii_digit() || c == ',').collect();
    let numbers: Vec<u8> = list.split(',').map(str::parse).collect::<Result<_, _>>().ok()?;
    match numbers[..] {
        [_, _, _, _, high, low] => Some(u16::from_be_bytes([high, low])).filter(|&port| port > 0),
        _ => None,
    }
}
