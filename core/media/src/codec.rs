//! G.711 in both laws, and how much of it a packet carries.

use std::time::Duration;

use audio_codec_algorithms::{decode_alaw, decode_ulaw, encode_alaw, encode_ulaw};

/// Samples a second, and ticks a second of RTP's timestamps. RFC 3551 section 6.
pub const SAMPLE_RATE: u32 = 8_000;

/// How a sample becomes a byte.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Codec {
    /// G.711 mu-law.
    #[default]
    Pcmu,
    /// G.711 A-law.
    Pcma,
}

impl Codec {
    /// The codec of a name in pushed content: `PCMU` or `PCMA`, spelled exactly.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "PCMU" => Some(Self::Pcmu),
            "PCMA" => Some(Self::Pcma),
            _ => None,
        }
    }

    /// Its payload type. RFC 3551 section 6.
    pub const fn payload_type(self) -> u8 {
        match self {
            Self::Pcmu => 0,
            Self::Pcma => 8,
        }
    }

    /// One byte as a sample of 16 bits.
    pub fn decode(self, byte: u8) -> i16 {
        match self {
            Self::Pcmu => decode_ulaw(byte),
            Self::Pcma => decode_alaw(byte),
        }
    }

    /// One sample of 16 bits as a byte.
    pub fn encode(self, sample: i16) -> u8 {
        match self {
            Self::Pcmu => encode_ulaw(sample),
            Self::Pcma => encode_alaw(sample),
        }
    }
}

/// How much sound one packet carries: 10, 20, 30, 40, 50 or 60 ms.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PacketTime(u16);

impl PacketTime {
    /// 20 ms, what most senders use. RFC 3551 section 4.2.
    pub const MS_20: Self = Self(20);
    /// 40 ms, what pushed content means when it names none.
    pub const MS_40: Self = Self(40);

    /// The packet time of so many milliseconds, if there is such a one.
    pub const fn from_millis(millis: u16) -> Option<Self> {
        if matches!(millis, 10 | 20 | 30 | 40 | 50 | 60) { Some(Self(millis)) } else { None }
    }

    /// Samples of one packet.
    pub const fn samples(self) -> usize {
        self.0 as usize * (SAMPLE_RATE as usize / 1_000)
    }

    /// As a span of time.
    pub const fn duration(self) -> Duration {
        Duration::from_millis(self.0 as u64)
    }
}

/// How long so many samples last.
pub(crate) fn lasting(samples: u64) -> Duration {
    Duration::from_micros(samples.saturating_mul(1_000_000 / u64::from(SAMPLE_RATE)))
}
