//! Makes RTP packets of a sound, without sockets and clocks.

use std::time::{Duration, SystemTime};

use oorandom::Rand32;
use rtcp_types::{Bye, Compound, RtcpPacketWriterExt, Sdes, SdesChunk, SdesItem, SenderReport};
use rtp_types::RtpPacketBuilder;

use crate::{Codec, PacketTime, Sound};

/// From 1900, where NTP begins, to 1970, in seconds. RFC 5905 section 6.
const NTP_OFFSET: u64 = 2_208_988_800;

/// Room for a sender report, a name and a BYE.
const CONTROL_BYTES: usize = 128;

/// Sends one sound once.
#[derive(Clone, Debug)]
pub struct Sender {
    sound: Sound,
    codec: Codec,
    packet_time: PacketTime,
    ssrc: u32,
    sequence: u16,
    timestamp: u32,
    position: usize,
    packets: u32,
}

impl Sender {
    /// A sender at the start of a sound. SSRC, first sequence number and first timestamp come from the seed: RFC 3550
    /// section 5.1 wants them unpredictable, tests want them repeatable.
    pub fn new(sound: Sound, codec: Codec, packet_time: PacketTime, seed: u64) -> Self {
        let mut random = Rand32::new(seed);
        let (ssrc, sequence, timestamp) = (random.rand_u32(), random.rand_range(0..0x1_0000), random.rand_u32());
        // Below 65,536 by the range above, so the cast is exact.
        Self { sound, codec, packet_time, ssrc, sequence: sequence as u16, timestamp, position: 0, packets: 0 }
    }

    /// The next packet. The last one carries what is left, so that exactly the sound's samples are sent.
    pub fn poll_packet(&mut self) -> Option<Vec<u8>> {
        let rest = self.sound.samples().get(self.position..)?;
        let samples = &rest[..rest.len().min(self.packet_time.samples())];
        if samples.is_empty() {
            return None;
        }
        let payload: Vec<u8> = samples.iter().map(|sample| self.codec.encode(*sample)).collect();
        let packet = RtpPacketBuilder::<&[u8], &[u8]>::new()
            .payload_type(self.codec.payload_type())
            // The start of a talkspurt. RFC 3551 section 4.1.
            .marker_bit(self.position == 0)
            .sequence_number(self.sequence)
            .timestamp(self.timestamp)
            .ssrc(self.ssrc)
            .payload(payload.as_slice())
            .write_vec_unchecked();
        self.position += payload.len();
        self.sequence = self.sequence.wrapping_add(1);
        // At most PACKET_SAMPLES_MAX, so the cast is exact.
        self.timestamp = self.timestamp.wrapping_add(payload.len() as u32);
        self.packets += 1;
        Some(packet)
    }

    /// The RTCP datagram that ends the sound: a sender report, the source's name, BYE. RFC 3550 section 6.1.
    pub fn goodbye(&self, wall: SystemTime) -> Vec<u8> {
        let since_1970 = wall.duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO);
        let seconds = since_1970.as_secs().wrapping_add(NTP_OFFSET);
        let fraction = (u64::from(since_1970.subsec_nanos()) << 32) / 1_000_000_000;
        let report = SenderReport::builder(self.ssrc)
            .ntp_timestamp((seconds << 32) | fraction)
            .rtp_timestamp(self.timestamp)
            .packet_count(self.packets)
            // At most SOUND_MAX, 4,800,000 samples of one byte.
            .octet_count(self.position as u32);
        let name = format!("deskset-{:08x}", self.ssrc);
        let chunk = SdesChunk::builder(self.ssrc).add_item(SdesItem::builder(SdesItem::CNAME, &name));
        let compound = Compound::builder()
            .add_packet(report)
            .add_packet(Sdes::builder().add_chunk(chunk))
            .add_packet(Bye::builder().add_source(self.ssrc));
        let mut datagram = vec![0; CONTROL_BYTES];
        // One source, a name of 16 letters: inside every limit of RTCP and of the buffer.
        let length = compound.write_into(&mut datagram).expect("a fixed shape that fits");
        datagram.truncate(length);
        datagram
    }

    /// The packet time.
    pub fn packet_time(&self) -> PacketTime {
        self.packet_time
    }

    /// The source's number.
    pub fn ssrc(&self) -> u32 {
        self.ssrc
    }
}
