//! The end that sends a file: a server that is read from, a client that writes.
//!
//! ```text
//!  asking (WRQ) ──OACK, ACK 0──► moving ──ACK of the last block──► done
//!  offering (OACK) ──ACK 0────────┘  └──ERROR, silence──► failed
//! ```

use std::net::SocketAddr;
use std::time::Duration;

use crate::error::{Outcome, TftpError};
use crate::options::{Offer, Terms};
use crate::packet::{ErrorCode, Mode, Packet, Request};
use crate::rollover::Rollover;
use crate::talk::{Alarm, Ask, Direction, Rules, Talk, Transmit};

/// Sends one file. `Done` means that the other end acknowledged the last block.
#[derive(Debug)]
pub struct Sender<B> {
    talk: Talk,
    stage: Stage,
    terms: Terms,
    rollover: Rollover,
    requests: u32,
    file: B,
    /// Blocks acknowledged.
    acknowledged: u64,
    /// Blocks sent at least once.
    sent: u64,
    /// Block to be sent next, counted from 1.
    next: u64,
    /// A second acknowledgement of the same block called the window up again already.
    called_again: bool,
}

#[derive(Debug)]
enum Stage {
    Asking(Ask),
    Offering(Vec<u8>),
    Moving,
    Ended,
}

impl<B: AsRef<[u8]>> Sender<B> {
    /// A client's write request to `server` (usually port 69). The size in `offer` is replaced by the file's.
    ///
    /// # Errors
    /// [`TftpError::Name`] if the name does not fit into a request.
    pub fn write(
        now: Duration,
        server: SocketAddr,
        name: &str,
        mode: Mode,
        mut offer: Offer,
        rules: Rules,
        file: B,
    ) -> Result<Self, TftpError> {
        offer.size = offer.size.map(|_| file.as_ref().len() as u64);
        let ask = Ask::new(Direction::Write, name, mode, offer)?;
        let mut sender = Self::new(Talk::to_server(server, rules.patience), rules.rollover, file);
        sender.ask(now, ask);
        Ok(sender)
    }

    /// A server's end of a read request that came from `client`.
    #[must_use]
    pub fn serve(now: Duration, client: SocketAddr, request: &Request<'_>, rules: Rules, file: B) -> Self {
        let size = file.as_ref().len() as u64;
        let answer = Offer::answer(&Offer::asked(&request.options), rules.block_max, Some(size));
        let mut sender = Self::new(Talk::to_client(client, rules.patience), rules.rollover, file);
        sender.agree(answer.terms());
        if !sender.fits() {
            return sender;
        }
        if answer.is_empty() {
            sender.begin(now);
        } else {
            sender.stage = Stage::Offering(Packet::Oack(answer.pairs()).encode());
            sender.talk.begin_wait(now);
            sender.repeat();
        }
        sender
    }

    fn new(talk: Talk, rollover: Rollover, file: B) -> Self {
        Self {
            talk,
            stage: Stage::Ended,
            terms: Terms::PLAIN,
            rollover,
            requests: 0,
            file,
            acknowledged: 0,
            sent: 0,
            next: 1,
            called_again: false,
        }
    }

    /// Takes a datagram that came from `from`. Anything that does not belong to the transfer changes nothing.
    pub fn handle(&mut self, now: Duration, from: SocketAddr, datagram: &[u8]) {
        let Some(packet) = self.talk.admit(from, datagram) else { return };
        match (&self.stage, packet) {
            (Stage::Asking(ask), Packet::Oack(answer)) => match ask.offer.settle(&answer) {
                Err(error) => self.end(|talk| talk.fail_with(from, ErrorCode::BadOption, error)),
                Ok(terms) => {
                    self.talk.settle(from);
                    self.agree(terms);
                    if self.fits() {
                        self.begin(now);
                    }
                }
            },
            (Stage::Asking(_), Packet::Ack { block: 0 }) => {
                self.talk.settle(from);
                if self.fits() {
                    self.begin(now);
                }
            }
            (Stage::Asking(ask), Packet::Error { code, message }) => match ask.without_options(code) {
                Some(plain) => self.ask(now, plain),
                None => self.refused(code, message.into_owned()),
            },
            (Stage::Offering(_), Packet::Ack { block: 0 }) => self.begin(now),
            (Stage::Moving, Packet::Ack { block }) => self.ack(now, block),
            (Stage::Offering(_) | Stage::Moving, Packet::Error { code, message }) => {
                self.refused(code, message.into_owned());
            }
            _ => {}
        }
    }

    /// Call at [`deadline`](Self::deadline).
    pub fn handle_timeout(&mut self, now: Duration) {
        match self.talk.alarm(now) {
            Alarm::NotYet => {}
            Alarm::Repeat => self.repeat(),
            Alarm::GiveUp { tries } => {
                let error = match self.stage {
                    Stage::Asking(_) => TftpError::NoAnswer { tries: self.requests },
                    _ => TftpError::Lost { bytes: self.acknowledged(), tries },
                };
                self.end(|talk| talk.fail(error));
            }
        }
    }

    /// Ends the transfer from this side and tells the other end.
    pub fn abort(&mut self, why: &str) {
        if self.talk.outcome().is_none() {
            let error = TftpError::Aborted { bytes: self.acknowledged(), why: why.to_owned() };
            self.end(|talk| talk.fail_with(talk.peer(), ErrorCode::NotDefined, error));
        }
    }

    /// The next datagram to send, until there is none.
    pub fn poll_transmit(&mut self) -> Option<Transmit> {
        if let Some(transmit) = self.talk.poll_transmit() {
            return Some(transmit);
        }
        let window_end = (self.acknowledged + u64::from(self.terms.window)).min(self.blocks());
        if !matches!(self.stage, Stage::Moving) || self.next > window_end {
            return None;
        }
        let transmit = Transmit { to: self.talk.peer(), datagram: self.block(self.next) };
        self.sent = self.sent.max(self.next);
        self.next += 1;
        Some(transmit)
    }

    /// When [`handle_timeout`](Self::handle_timeout) is to be called; none once all is over.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        self.talk.deadline()
    }

    /// How it ended.
    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        self.talk.outcome()
    }

    /// Whether the socket may be closed, once nothing is left to transmit.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.talk.outcome().is_some()
    }

    /// Write requests sent so far.
    #[must_use]
    pub fn requests(&self) -> u32 {
        self.requests
    }

    /// Bytes that the other end has acknowledged.
    #[must_use]
    pub fn acknowledged(&self) -> u64 {
        (self.acknowledged * u64::from(self.terms.block_size)).min(self.size())
    }

    /// Size of the file in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.file.as_ref().len() as u64
    }

    /// What was agreed on; [`Terms::PLAIN`] until then.
    #[must_use]
    pub fn terms(&self) -> Terms {
        self.terms
    }

    /// The other end.
    #[must_use]
    pub fn peer(&self) -> SocketAddr {
        self.talk.peer()
    }

    fn ask(&mut self, now: Duration, ask: Ask) {
        self.talk.begin_wait(now);
        self.stage = Stage::Asking(ask);
        self.repeat();
    }

    fn agree(&mut self, terms: Terms) {
        self.talk.agree_on(terms.timeout);
        self.terms = terms;
    }

    /// Ends at once a transfer that would come to an end without block numbers.
    fn fits(&mut self) -> bool {
        let fits = self.rollover.allows(self.blocks());
        if !fits {
            let error = TftpError::Rollover { block_size: self.terms.block_size };
            self.end(|talk| talk.fail_with(talk.peer(), ErrorCode::DiskFull, error));
        }
        fits
    }

    fn begin(&mut self, now: Duration) {
        self.stage = Stage::Moving;
        self.talk.begin_wait(now);
    }

    /// A repeated ACK never calls up a block again when one block is sent at a time (RFC 1123, section 4.2.3.1).
    /// In a window it means that the first block was lost, and calls the window up once.
    fn ack(&mut self, now: Duration, block: u16) {
        let Some(ahead) = self.rollover.ahead(self.acknowledged, block) else { return };
        if ahead == 0 {
            if self.terms.window > 1 && !self.called_again && self.sent > self.acknowledged {
                self.called_again = true;
                self.next = self.acknowledged + 1;
            }
            return;
        }
        if ahead > self.sent - self.acknowledged {
            return;
        }
        self.acknowledged += ahead;
        self.next = self.acknowledged + 1;
        self.called_again = false;
        if self.acknowledged == self.blocks() {
            let bytes = self.size();
            self.end(|talk| talk.done(bytes, None));
        } else {
            self.talk.begin_wait(now);
        }
    }

    fn repeat(&mut self) {
        match &self.stage {
            Stage::Asking(ask) => {
                let datagram = ask.datagram();
                self.requests += 1;
                self.talk.send_raw(self.talk.peer(), datagram);
            }
            Stage::Offering(oack) => {
                let datagram = oack.clone();
                self.talk.send_raw(self.talk.peer(), datagram);
            }
            Stage::Moving => self.next = self.acknowledged + 1,
            Stage::Ended => {}
        }
    }

    fn refused(&mut self, code: ErrorCode, message: String) {
        self.end(|talk| talk.fail(TftpError::Refused { code, message }));
    }

    fn end(&mut self, how: impl FnOnce(&mut Talk)) {
        self.stage = Stage::Ended;
        how(&mut self.talk);
    }

    /// The last block is always shorter than the block size, if need be empty.
    fn blocks(&self) -> u64 {
        self.size() / u64::from(self.terms.block_size) + 1
    }

    fn block(&self, index: u64) -> Vec<u8> {
        let file = self.file.as_ref();
        let size = usize::from(self.terms.block_size);
        let begin = usize::try_from(index - 1).unwrap_or(usize::MAX).saturating_mul(size).min(file.len());
        let end = begin.saturating_add(size).min(file.len());
        Packet::Data { block: self.rollover.number(index), payload: &file[begin..end] }.encode()
    }
}
