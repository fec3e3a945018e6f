//! The control connection, up to the point where a file can be asked for. Replies are read by suppaftp; the data
//! connections are our own ([`crate::ftp_data`]), because falling back from active to passive needs to know which
//! command was refused.

use std::io;
use std::net::SocketAddr;

use suppaftp::tokio::AsyncFtpStream;
use suppaftp::types::{FileType, Response};
use suppaftp::{FtpError as Suppa, Status};

use crate::endpoint::{Budget, connect, words};
use crate::ftp::FtpAsk;
use crate::ftp_error::FtpFault;
use crate::settings::TransferLimits;

/// A session that is logged in and stands in the right directory.
pub(crate) struct Session {
    control: AsyncFtpStream,
    pub(crate) local: SocketAddr,
    pub(crate) peer: SocketAddr,
    pub(crate) budget: Budget,
    pub(crate) limits: TransferLimits,
}

/// A command that did not succeed.
pub(crate) enum Refusal {
    /// The server said no; the session goes on.
    Answer { code: u32, said: String },
    /// Silence, or the connection broke: the session is over.
    Over(io::Error),
}

impl Session {
    /// Connects, logs in, changes the directory, sets binary transfer.
    pub(crate) async fn open(ask: &FtpAsk, limits: TransferLimits, budget: Budget) -> Result<Self, FtpFault> {
        let addresses = ask.server.resolve(limits.connect).await.map_err(FtpFault::NoServer)?;
        let limit = limits.connect.min(budget.left());
        let (stream, peer) = connect(&addresses, None, limit, || {}).await.map_err(FtpFault::Connect)?;
        let local = stream.local_addr().map_err(FtpFault::Connect)?;
        let greeting = settled(budget.step(limits.reply, AsyncFtpStream::connect_with_stream(stream)).await);
        let control = greeting.map_err(|refusal| FtpFault::Connect(refusal.into()))?;
        let mut session = Self { control, local, peer, budget, limits };
        session.log_in(ask).await?;
        session.enter(ask).await?;
        Ok(session)
    }

    async fn log_in(&mut self, ask: &FtpAsk) -> Result<(), FtpFault> {
        let (user, password) = ask.credentials();
        let answer = self.budget.step(self.limits.reply * 2, self.control.login(user, password)).await;
        settled(answer).map_err(|refusal| match refusal {
            // 421: the server is closing, which says nothing about the user.
            Refusal::Answer { code, said } if code != 421 => {
                // A server may repeat what it was sent.
                let said = if password.is_empty() { said } else { said.replace(password, "...") };
                FtpFault::Login { user: user.to_owned(), code, said }
            }
            refusal => FtpFault::Connect(refusal.into()),
        })
    }

    async fn enter(&mut self, ask: &FtpAsk) -> Result<(), FtpFault> {
        if let Some(directory) = &ask.directory {
            let answer = self.budget.step(self.limits.reply, self.control.cwd(directory)).await;
            settled(answer).map_err(|refusal| match refusal {
                Refusal::Answer { code, said } if code != 421 => {
                    FtpFault::Directory { directory: directory.clone(), code, said }
                }
                refusal => FtpFault::Connect(refusal.into()),
            })?;
        }
        let answer = self.budget.step(self.limits.reply, self.control.transfer_type(FileType::Image)).await;
        settled(answer).map_err(|refusal| FtpFault::Protocol(refusal.into()))
    }

    /// Sends a command and waits for one of these replies.
    pub(crate) async fn command(&mut self, line: String, expected: &[Status]) -> Result<Response, Refusal> {
        settled(self.budget.step(self.limits.reply, self.control.custom_command(line, expected)).await)
    }

    /// Waits for one of these replies. May be dropped before it is ready: nothing read is lost.
    pub(crate) async fn reply(&mut self, expected: &[Status]) -> Result<Response, Refusal> {
        settled(self.budget.step(self.limits.reply, self.control.read_response_in(expected)).await)
    }

    /// Says goodbye; what was asked for is known to have succeeded or failed by now.
    pub(crate) async fn quit(mut self) {
        let _ = self.budget.step(self.limits.quit, self.control.quit()).await;
    }
}

impl From<Refusal> for io::Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Answer { code, said } => Self::other(format!("the server answered {code} {said}")),
            Refusal::Over(error) => error,
        }
    }
}

fn settled<T>(answer: io::Result<Result<T, Suppa>>) -> Result<T, Refusal> {
    match answer {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(Suppa::UnexpectedResponse(response))) => Err(refused(&response)),
        Ok(Err(Suppa::ConnectionError(error))) | Err(error) => Err(Refusal::Over(error)),
        Ok(Err(other)) => Err(Refusal::Over(io::Error::new(io::ErrorKind::InvalidData, other))),
    }
}

/// The code as the server wrote it: the library knows only some.
fn refused(response: &Response) -> Refusal {
    let text = String::from_utf8_lossy(&response.body);
    let code = text.get(..3).and_then(|code| code.parse().ok()).unwrap_or(0);
    Refusal::Answer { code, said: words(text.get(4..).unwrap_or("")) }
}
