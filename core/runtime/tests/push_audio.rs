//! Pushed sound on the wire, in every coding that the guide names.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Bench, model, profile, tale, up_to_date};
use deskset_media::{Codec, PacketTime, Sound};
use deskset_phone::{
    Protocol::Http,
    browser::push::{Alert, Mode},
};
use deskset_runtime::{
    Desk,
    initiator::{self, Campaign, Content, Message, Target},
};
use deskset_transport::{Transport, TransportSettings};

/// A quarter of a second; no packet time but 10 ms goes into it without a rest.
fn sound() -> Sound {
    Sound::from_samples((0..2_000).map(|n| (n % 40 * 300 - 6_000) as i16).collect())
}

/// How often a stream has ended.
fn ended(desk: &Desk) -> Vec<String> {
    tale(desk, "push").into_iter().filter(|line| line.starts_with("the stream is over")).collect()
}

// req: PU-7, PU-8, PR-13, PR-14
#[tokio::test(flavor = "multi_thread")]
async fn both_laws_in_packets_of_ten_to_sixty_milliseconds_are_heard_to_the_last_sample() {
    let mut recording = profile();
    recording.phones.record_audio = true;
    let bench = Bench::with(recording, common::catalog()).await;
    let carrier = bench.carrier_with(bench.servers.ca_certificate(), bench.state());
    let mut choice = bench.phone("4622SW", "4711", &[Http]);
    choice.site.push(("TPSLIST".to_owned(), "127.0.0.1".to_owned()));
    let mut desk = bench.boot(&carrier, &choice, up_to_date(&model("4622SW"))).await;
    let target = Target::at(&desk.push_url().unwrap(), 80).unwrap().unwrap();
    let transport = Transport::new(TransportSettings::default()).unwrap();
    let codings =
        [Codec::Pcmu, Codec::Pcma].into_iter().flat_map(|codec| [10, 20, 30, 40, 50, 60].map(|ms| (codec, ms)));
    for (number, (codec, ms)) in (1..).zip(codings) {
        let packet_time = PacketTime::from_millis(ms).unwrap();
        let content = Content::Audio { sound: sound(), codec, packet_time, timer_seconds: 5 };
        let message = Message { mode: Mode::Barge, alert: Alert::default(), content };
        let campaign =
            Campaign { targets: vec![target.clone()], messages: vec![message], address: None, port: 0, pace: None };
        let pushing = initiator::push(&transport, campaign, |_| ());
        let hearing = async {
            while ended(&desk).len() < number {
                desk.step().await;
            }
        };
        let (outcomes, ()) = tokio::join!(pushing, hearing);
        let packets = 250_u64.div_ceil(ms.into());
        assert_eq!(outcomes.unwrap()[0].packets, Some(packets), "{codec:?} {ms}");
        let heard = bench.folder.path().join(format!("state/phone/heard-{number}.wav"));
        let expected: Vec<i16> = sound().samples().iter().map(|s| codec.decode(codec.encode(*s))).collect();
        assert!(Sound::from_wav(&heard).unwrap().samples() == expected, "{codec:?} {ms}");
        assert!(!desk.phone().lamps().speaker && !desk.phone().lamps().headset, "{codec:?} {ms}");
    }
    assert_eq!(ended(&desk), ["the stream is over: its server ended it"; 12]);
}
