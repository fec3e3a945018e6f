//! The end that receives a file: a client that reads, a server that is written to.
//!
//! ```text
//!  asking ──OACK──► moving ──short block──► done (lingering) ──► closed
//!     └───DATA 1──────┘  └──ERROR, silence, limit──► failed
//! ```

use std::net::SocketAddr;
use std::time::Duration;

use crate::error::{Outcome, TftpError};
use crate::options::{Offer, Terms};
use crate::packet::{ErrorCode, Mode, OptionPair, Packet, Request};
use crate::talk::{Alarm, Ask, Direction, Rules, Talk, Transmit};

/// Receives one file.
#[derive(Debug)]
pub struct Receiver {
    talk: Talk,
    rules: Rules,
    stage: Stage,
    terms: Terms,
    requests: u32,
    check_size: bool,
    bytes: Vec<u8>,
    /// Blocks received in order since the beginning; the next one is the one after.
    blocks: u64,
    /// Blocks received since the last acknowledgement.
    unacknowledged: u16,
    gap_told: bool,
}

#[derive(Debug)]
enum Stage {
    /// A client waits for the first answer.
    Asking(Ask),
    /// A server that was written to repeats this until block 1 comes.
    Greeting(Vec<u8>),
    Moving,
    Ended,
}

impl Receiver {
    /// A client's read request to `server` (usually port 69).
    ///
    /// # Errors
    /// [`TftpError::Name`] if the name does not fit into a request.
    pub fn read(
        now: Duration,
        server: SocketAddr,
        file: &str,
        mode: Mode,
        offer: Offer,
        rules: Rules,
    ) -> Result<Self, TftpError> {
        let ask = Ask::new(Direction::Read, file, mode, offer)?;
        let check_size = mode == Mode::Octet;
        let mut receiver = Self::new(Talk::to_server(server, rules.patience), rules, Stage::Ended, check_size);
        receiver.ask(now, ask);
        Ok(receiver)
    }

    /// A server's end of a write request that came from `client`. Repeats of the request come to the listening
    /// port, not here: the caller leaves them unanswered while this transfer lives.
    #[must_use]
    pub fn accept(now: Duration, client: SocketAddr, request: &Request<'_>, rules: Rules) -> Self {
        let asked = Offer::asked(&request.options);
        let answer = Offer::answer(&asked, rules.block_max, asked.size);
        let greeting = if answer.is_empty() { Packet::Ack { block: 0 } } else { Packet::Oack(answer.pairs()) }.encode();
        let check_size = request.mode == Mode::Octet;
        let stage = Stage::Greeting(greeting.clone());
        let mut receiver = Self::new(Talk::to_client(client, rules.patience), rules, stage, check_size);
        if answer.size.is_some_and(|size| size > rules.size_limit) {
            receiver.too_large();
            return receiver;
        }
        receiver.agree(answer.terms());
        receiver.talk.send_raw(client, greeting);
        receiver.talk.begin_wait(now);
        receiver
    }

    fn new(talk: Talk, rules: Rules, stage: Stage, check_size: bool) -> Self {
        Self {
            talk,
            rules,
            stage,
            terms: Terms::PLAIN,
            requests: 0,
            check_size,
            bytes: Vec::new(),
            blocks: 0,
            unacknowledged: 0,
            gap_told: false,
        }
    }

    /// Takes a datagram that came from `from`. Anything that does not belong to the transfer changes nothing.
    pub fn handle(&mut self, now: Duration, from: SocketAddr, datagram: &[u8]) {
        let Some(packet) = self.talk.admit(from, datagram) else { return };
        match (&self.stage, packet) {
            (Stage::Asking(ask), Packet::Oack(answer)) => {
                let ask = ask.clone();
                self.oack(now, from, &ask, &answer);
            }
            (Stage::Asking(_), Packet::Data { block: 1, payload }) => {
                self.talk.settle(from);
                self.stage = Stage::Moving;
                self.data(now, 1, payload);
            }
            (Stage::Asking(ask), Packet::Error { code, message }) => match ask.without_options(code) {
                Some(plain) => self.ask(now, plain),
                None => self.refused(code, message.into_owned()),
            },
            // The server repeats its OACK: our ACK 0 was lost.
            (Stage::Moving, Packet::Oack(_)) if self.blocks == 0 => self.acknowledge(),
            (Stage::Greeting(_) | Stage::Moving, Packet::Data { block, payload }) => self.data(now, block, payload),
            (Stage::Greeting(_) | Stage::Moving, Packet::Error { code, message }) => {
                self.refused(code, message.into_owned());
            }
            // Lingering: the last ACK was lost.
            (Stage::Ended, Packet::Data { block, .. }) if self.talk.deadline().is_some() && block == self.last() => {
                self.acknowledge();
            }
            _ => {}
        }
    }

    /// Call at [`deadline`](Self::deadline).
    pub fn handle_timeout(&mut self, now: Duration) {
        if self.talk.outcome().is_some() {
            if self.talk.deadline().is_some_and(|deadline| now >= deadline) {
                self.talk.close();
            }
            return;
        }
        match self.talk.alarm(now) {
            Alarm::NotYet => {}
            Alarm::Repeat => self.repeat(),
            Alarm::GiveUp { tries } => {
                let error = match self.stage {
                    Stage::Asking(_) => TftpError::NoAnswer { tries: self.requests },
                    _ => TftpError::Lost { bytes: self.received(), tries },
                };
                self.end(|talk| talk.fail(error));
            }
        }
    }

    /// Ends the transfer from this side and tells the other end.
    pub fn abort(&mut self, why: &str) {
        if self.talk.outcome().is_none() {
            let error = TftpError::Aborted { bytes: self.received(), why: why.to_owned() };
            self.end(|talk| talk.fail_with(talk.peer(), ErrorCode::NotDefined, error));
        }
    }

    /// The next datagram to send, until there is none.
    pub fn poll_transmit(&mut self) -> Option<Transmit> {
        self.talk.poll_transmit()
    }

    /// When [`handle_timeout`](Self::handle_timeout) is to be called; none once all is over.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        self.talk.deadline()
    }

    /// How it ended. `Done` comes with the last block; the receiver then lingers until it [is closed](Self::is_closed).
    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        self.talk.outcome()
    }

    /// Whether the socket may be closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.talk.outcome().is_some() && self.talk.deadline().is_none()
    }

    /// Read requests sent so far.
    #[must_use]
    pub fn requests(&self) -> u32 {
        self.requests
    }

    /// Bytes received so far, in order.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.bytes.len() as u64
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

    /// Takes the received bytes out; complete only after [`Outcome::Done`].
    #[must_use]
    pub fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    fn ask(&mut self, now: Duration, ask: Ask) {
        self.talk.begin_wait(now);
        self.stage = Stage::Asking(ask);
        self.repeat();
    }

    fn oack(&mut self, now: Duration, from: SocketAddr, ask: &Ask, answer: &[OptionPair<'_>]) {
        match ask.offer.settle(answer) {
            Err(error) => self.end(|talk| talk.fail_with(from, ErrorCode::BadOption, error)),
            Ok(terms) => {
                self.talk.settle(from);
                if self.check_size && terms.size.is_some_and(|size| size > self.rules.size_limit) {
                    return self.too_large();
                }
                self.agree(terms);
                self.stage = Stage::Moving;
                self.acknowledge();
                self.talk.begin_wait(now);
            }
        }
    }

    fn agree(&mut self, terms: Terms) {
        self.talk.agree_on(terms.timeout);
        self.terms = terms;
    }

    fn data(&mut self, now: Duration, block: u16, payload: &[u8]) {
        match self.rules.rollover.ahead(self.blocks, block) {
            Some(1) => {}
            Some(ahead) => return self.out_of_order(ahead),
            None => return,
        }
        let agreed = self.terms.block_size;
        if payload.len() > usize::from(agreed) {
            let error = TftpError::Block { length: payload.len(), agreed };
            return self.end(|talk| talk.fail_with(talk.peer(), ErrorCode::Illegal, error));
        }
        if self.received() + payload.len() as u64 > self.rules.size_limit {
            return self.too_large();
        }
        self.stage = Stage::Moving;
        self.bytes.extend_from_slice(payload);
        self.blocks += 1;
        self.unacknowledged += 1;
        self.gap_told = false;
        self.talk.begin_wait(now);
        if payload.len() < usize::from(agreed) {
            self.complete(now);
        } else if !self.rules.rollover.allows(self.blocks + 1) {
            let error = TftpError::Rollover { block_size: agreed };
            self.end(|talk| talk.fail_with(talk.peer(), ErrorCode::DiskFull, error));
        } else if self.unacknowledged >= self.terms.window {
            self.acknowledge();
        }
    }

    /// The block before again: our ACK was lost. Blocks further on: one in between was lost (RFC 7440, section 4);
    /// told once, or each block of the window would call up the whole window again. Everything else is old.
    fn out_of_order(&mut self, ahead: u64) {
        // Before block 1, number 0 would be a block of a file that has not begun.
        if ahead == 0 {
            if self.blocks > 0 {
                self.acknowledge();
            }
        } else if ahead <= u64::from(self.terms.window) && !self.gap_told {
            self.acknowledge();
            self.gap_told = true;
        }
    }

    fn complete(&mut self, now: Duration) {
        let received = self.received();
        // Some servers announce 0 when they do not know the size.
        let announced = self.terms.size.filter(|_| self.check_size).unwrap_or(0);
        if received < announced {
            let error = TftpError::Short { announced, received };
            return self.end(|talk| talk.fail_with(talk.peer(), ErrorCode::NotDefined, error));
        }
        self.acknowledge();
        let linger_until = now.saturating_add(self.rules.linger);
        self.end(|talk| talk.done(received, Some(linger_until)));
    }

    fn acknowledge(&mut self) {
        self.unacknowledged = 0;
        self.talk.send(&Packet::Ack { block: self.last() });
    }

    fn repeat(&mut self) {
        self.gap_told = false;
        match &self.stage {
            Stage::Asking(ask) => {
                let datagram = ask.datagram();
                self.requests += 1;
                self.talk.send_raw(self.talk.peer(), datagram);
            }
            Stage::Greeting(greeting) => {
                let datagram = greeting.clone();
                self.talk.send_raw(self.talk.peer(), datagram);
            }
            Stage::Moving | Stage::Ended => self.acknowledge(),
        }
    }

    fn too_large(&mut self) {
        let error = TftpError::TooLarge { limit: self.rules.size_limit };
        self.end(|talk| talk.fail_with(talk.peer(), ErrorCode::DiskFull, error));
    }

    fn refused(&mut self, code: ErrorCode, message: String) {
        self.end(|talk| talk.fail(TftpError::Refused { code, message }));
    }

    fn end(&mut self, how: impl FnOnce(&mut Talk)) {
        self.stage = Stage::Ended;
        how(&mut self.talk);
    }

    /// Number of the last block received in order.
    fn last(&self) -> u16 {
        self.rules.rollover.number(self.blocks)
    }
}
