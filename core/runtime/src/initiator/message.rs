use std::net::IpAddr;

use bytes::Bytes;
use deskset_media::{Codec, PacketTime, Sound};
use deskset_phone::browser::{
    Url,
    push::{self, Alert, Mode, PushType, Subscribe},
};
use deskset_server::Document;

/// One message, for any number of phones.
#[derive(Clone, Debug)]
pub struct Message {
    /// How urgent.
    pub mode: Mode,
    /// How many pings before it.
    pub alert: Alert,
    /// What.
    pub content: Content,
}

/// What is pushed.
#[derive(Clone, Debug)]
pub enum Content {
    /// A text for the top line.
    Topline(String),
    /// A page: a WML deck.
    Page(Bytes),
    /// Something to hear.
    Audio {
        /// What.
        sound: Sound,
        /// How it is coded.
        codec: Codec,
        /// What one packet holds.
        packet_time: PacketTime,
        /// After so many seconds without a packet a phone stops to listen, 5 to 30.
        timer_seconds: u8,
    },
    /// The end of what is heard. Only a barge push ends it (API Guide 16-300256, p. 52).
    AudioStop,
    /// A wish that phones subscribe anew.
    Subscribe(Subscribe),
    /// Content that another server has.
    Elsewhere(PushType, Url),
}

impl Content {
    /// The push type.
    pub fn kind(&self) -> PushType {
        match self {
            Content::Topline(_) => PushType::Topline,
            Content::Page(_) => PushType::Display,
            Content::Audio { .. } | Content::AudioStop => PushType::Audio,
            Content::Subscribe(_) => PushType::Subscribe,
            Content::Elsewhere(kind, _) => *kind,
        }
    }

    /// What phones fetch from here; sound will come from `source`.
    pub(super) fn document(&self, source: IpAddr) -> Option<Document> {
        Some(match self {
            Content::Topline(text) => Document::response(push::Content::Topline(text.clone()).to_xml()),
            Content::Page(deck) => Document::page(deck.clone()),
            Content::Audio { codec, packet_time, timer_seconds, .. } => {
                let audio = push::Audio {
                    codec: match codec {
                        Codec::Pcmu => push::Codec::Pcmu,
                        Codec::Pcma => push::Codec::Pcma,
                    },
                    packet_time: push::PacketTime::new(millis(*packet_time)).unwrap_or_default(),
                    timer_seconds: *timer_seconds,
                    host: source.to_string(),
                    port: None,
                };
                // The port is the one on which the phone listens (API Guide 16-300256, p. 52).
                Document::response_for(move |fetch| {
                    push::Content::Audio(push::Audio { port: fetch.rtp_port, ..audio.clone() }).to_xml().into()
                })
            }
            Content::AudioStop => Document::response(push::Content::AudioStop.to_xml()),
            Content::Subscribe(whom) => Document::response(push::Content::Subscribe(whom.clone()).to_xml()),
            Content::Elsewhere(..) => return None,
        })
    }
}

/// Both know the same six lengths.
fn millis(time: PacketTime) -> u8 {
    u8::try_from(time.duration().as_millis()).unwrap_or(u8::MAX)
}
