//! Takes RTP packets of one source and gives its samples in order, without sockets and clocks.

use std::{
    collections::VecDeque,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use rtcp_types::{Compound, Packet};
use rtp_types::RtpPacket;

use crate::{
    Arrival, AudioEvent, Ending, Expected, Patience, Refusal, Source, Statistics,
    arrivals::{Arrivals, Place},
    level::Meter,
    limits::{CONTROL_PACKETS_MAX, EVENTS_WAITING_MAX, GAP_MAX, PACKET_SAMPLES_MAX, SAMPLES_WAITING_MAX},
    order::{Held, InTurn, Order},
};

/// Hears one source.
///
/// ```text
/// waiting ─packet─► sounding ◄─packet─ quiet        any ─silence, BYE, stop─► closed
///                      └─────pause──────►┘
/// ```
#[derive(Debug)]
pub struct Receiver {
    expected: Expected,
    stage: Stage,
    /// When the last packet came; before the first, when the receiver began.
    last: Duration,
    stream: Option<Stream>,
    /// The first packet of what may be another source, and its SSRC and sequence number.
    unsettled: Option<(u32, u16, Held)>,
    meter: Meter,
    samples: Vec<i16>,
    events: VecDeque<AudioEvent>,
    counted: Statistics,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    Waiting,
    Sounding,
    Quiet,
    Closed,
}

/// One source from its start to its restart.
#[derive(Debug)]
struct Stream {
    ssrc: u32,
    arrivals: Arrivals,
    order: Order,
    /// The timestamp after the last sample heard.
    next: Option<u32>,
}

impl Stream {
    fn starting(ssrc: u32, sequence: u16) -> Self {
        Self { ssrc, arrivals: Arrivals::starting(sequence), order: Order::default(), next: None }
    }
}

impl Receiver {
    /// A receiver that waits for its first packet.
    pub fn new(now: Duration, expected: Expected) -> Self {
        Self {
            expected,
            stage: Stage::Waiting,
            last: now,
            stream: None,
            unsettled: None,
            meter: Meter::default(),
            samples: Vec::new(),
            events: VecDeque::new(),
            counted: Statistics::default(),
        }
    }

    /// Takes a datagram of the sound's port.
    pub fn handle(&mut self, now: Duration, from: SocketAddr, datagram: &[u8]) -> Arrival {
        let packet = match self.accept(from.ip(), datagram) {
            Ok(packet) => packet,
            Err(refusal) => {
                self.counted.refused.count(refusal);
                return Arrival::Refused(refusal);
            }
        };
        let held = Held { timestamp: packet.timestamp(), payload: packet.payload().to_vec(), arrived: now };
        let arrival = self.sort(now, packet.ssrc(), packet.sequence_number(), held);
        if arrival != Arrival::Unsettled {
            self.last = now;
            if self.stage != Stage::Sounding {
                self.stage = Stage::Sounding;
                self.tell(AudioEvent::Sounding { from });
            }
        }
        self.play_due(now);
        arrival
    }

    /// Takes a datagram of the control port, the one above the sound's: a BYE of the source ends the sound.
    pub fn handle_control(&mut self, from: SocketAddr, datagram: &[u8]) {
        if self.stage == Stage::Closed || !self.may_send(from.ip()) {
            return;
        }
        let (Some(stream), Ok(compound)) = (&self.stream, Compound::parse(datagram)) else { return };
        let goodbye = compound.take(CONTROL_PACKETS_MAX).any(|packet| match packet {
            Ok(Packet::Bye(bye)) => bye.ssrcs().any(|ssrc| ssrc == stream.ssrc),
            _ => false,
        });
        if goodbye {
            self.close(Ending::Goodbye);
        }
    }

    /// Does what is due. To be called at [`deadline`](Self::deadline); earlier calls do no harm.
    pub fn handle_timeout(&mut self, now: Duration) {
        if self.stage == Stage::Closed {
            return;
        }
        self.play_due(now);
        if now >= self.last.saturating_add(self.expected.patience.ended) {
            self.close(Ending::Silence);
        } else if self.stage == Stage::Sounding && now >= self.last.saturating_add(self.expected.patience.quiet) {
            self.play_all();
            self.stage = Stage::Quiet;
            self.tell(AudioEvent::Quiet);
        }
    }

    /// When [`handle_timeout`](Self::handle_timeout) is due; never once the sound has ended.
    pub fn deadline(&self) -> Option<Duration> {
        let Patience { hold, quiet, ended } = self.expected.patience;
        if self.stage == Stage::Closed {
            return None;
        }
        let held = self.stream.as_ref().and_then(|stream| stream.order.deadline(hold));
        let quiet = (self.stage == Stage::Sounding).then(|| self.last.saturating_add(quiet));
        [held, quiet, Some(self.last.saturating_add(ended))].into_iter().flatten().min()
    }

    /// Ends the sound; what is held back is heard.
    pub fn stop(&mut self) {
        self.close(Ending::Stopped);
    }

    /// The next event.
    pub fn poll_event(&mut self) -> Option<AudioEvent> {
        self.events.pop_front()
    }

    /// The samples heard since the last call. Past [`SAMPLES_WAITING_MAX`] further ones are counted and dropped.
    pub fn take_samples(&mut self) -> Vec<i16> {
        std::mem::take(&mut self.samples)
    }

    /// What was counted until now.
    pub fn statistics(&self) -> Statistics {
        let mut counted = self.counted.clone();
        if let Some(stream) = &self.stream {
            add(&mut counted, &stream.arrivals);
        }
        counted
    }

    fn may_send(&self, from: IpAddr) -> bool {
        match self.expected.source {
            // On a socket for both families an IPv4 address looks like an IPv6 one.
            Source::Only(address) => address.to_canonical() == from.to_canonical(),
            Source::Anyone => true,
        }
    }

    fn accept<'a>(&self, from: IpAddr, datagram: &'a [u8]) -> Result<RtpPacket<'a>, Refusal> {
        if self.stage == Stage::Closed {
            return Err(Refusal::Closed);
        }
        if !self.may_send(from) {
            return Err(Refusal::Stranger);
        }
        let packet = RtpPacket::parse(datagram).map_err(|_| Refusal::Malformed)?;
        if packet.payload_type() != self.expected.codec.payload_type() {
            return Err(Refusal::PayloadType);
        }
        if !(1..=PACKET_SAMPLES_MAX).contains(&packet.payload().len()) {
            return Err(Refusal::Size);
        }
        Ok(packet)
    }

    fn sort(&mut self, now: Duration, ssrc: u32, sequence: u16, held: Held) -> Arrival {
        let stream = self.stream.get_or_insert_with(|| Stream::starting(ssrc, sequence));
        let place = if stream.ssrc == ssrc { stream.arrivals.place(sequence) } else { Place::Elsewhere };
        match place {
            Place::New(number) => {
                if self.unsettled.take().is_some() {
                    self.counted.refused.unsettled += 1;
                }
                stream.arrivals.time(now, held.timestamp);
                if stream.order.insert(number, held) {
                    return Arrival::Taken;
                }
                self.counted.late += 1;
                Arrival::Late
            }
            Place::Duplicate => {
                self.counted.duplicates += 1;
                Arrival::Duplicate
            }
            Place::Elsewhere => self.settle(now, ssrc, sequence, held),
        }
    }

    /// Two packets in a row that belong together are a source that restarted.
    fn settle(&mut self, now: Duration, ssrc: u32, sequence: u16, held: Held) -> Arrival {
        match self.unsettled.take() {
            Some((same, before, first)) if same == ssrc && before.wrapping_add(1) == sequence => {
                self.restart(Stream::starting(ssrc, before));
                self.sort(first.arrived, ssrc, before, first);
                self.sort(now, ssrc, sequence, held)
            }
            before => {
                self.counted.refused.unsettled += u64::from(before.is_some());
                self.unsettled = Some((ssrc, sequence, held));
                Arrival::Unsettled
            }
        }
    }

    fn restart(&mut self, stream: Stream) {
        self.play_all();
        self.counted.restarts += 1;
        if let Some(before) = self.stream.replace(stream) {
            add(&mut self.counted, &before.arrivals);
        }
    }

    fn close(&mut self, ending: Ending) {
        if self.stage == Stage::Closed {
            return;
        }
        self.play_all();
        self.stage = Stage::Closed;
        self.tell(AudioEvent::Ended(ending));
    }

    fn play_due(&mut self, now: Duration) {
        let hold = self.expected.patience.hold;
        while let Some(turn) = self.stream.as_mut().and_then(|stream| stream.order.release(now, hold)) {
            self.play(&turn);
        }
    }

    fn play_all(&mut self) {
        while let Some(turn) = self.stream.as_mut().and_then(|stream| stream.order.release_first()) {
            self.play(&turn);
        }
    }

    /// Timestamps say where the samples belong; what is missing between them is silence.
    fn play(&mut self, InTurn { packet, after_loss }: &InTurn) {
        let Some(stream) = &mut self.stream else { return };
        let gap = packet.timestamp.wrapping_sub(stream.next.unwrap_or(packet.timestamp));
        // At most PACKET_SAMPLES_MAX, so the cast is exact.
        stream.next = Some(packet.timestamp.wrapping_add(packet.payload.len() as u32));
        if gap > GAP_MAX {
            self.counted.timestamp_jumps += 1;
        } else {
            let counter = if *after_loss { &mut self.counted.concealed } else { &mut self.counted.paused };
            *counter += u64::from(gap);
            for _ in 0..gap {
                self.hear(0);
            }
        }
        for byte in &packet.payload {
            self.hear(self.expected.codec.decode(*byte));
        }
    }

    fn hear(&mut self, sample: i16) {
        self.counted.samples += 1;
        if self.samples.len() < SAMPLES_WAITING_MAX {
            self.samples.push(sample);
        }
        if let Some(level) = self.meter.add(sample) {
            self.tell(AudioEvent::Level(level));
        }
    }

    /// The end is told even to one who does not listen.
    fn tell(&mut self, event: AudioEvent) {
        if self.events.len() < EVENTS_WAITING_MAX || matches!(event, AudioEvent::Ended(_)) {
            self.events.push_back(event);
        }
    }
}

fn add(counted: &mut Statistics, arrivals: &Arrivals) {
    counted.received += arrivals.received();
    counted.lost += arrivals.lost();
    counted.jitter = arrivals.jitter();
}
