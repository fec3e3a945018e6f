//! Pushes to phones over real sockets: from the subscription to what is seen and heard.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::time::Duration;

use bytes::Bytes;
use common::{Bench, model, profile, tale, up_to_date};
use deskset_media::{Codec, PacketTime, Sound};
use deskset_phone::{
    Protocol::Http,
    browser::{
        Url,
        push::{Alert, Mode, PushType, Subscribe},
    },
};
use deskset_profiles::Profile;
use deskset_runtime::{
    Desk, StateFolder,
    floor::Floor,
    initiator::{self, Campaign, Content, Message, Outcome, Target},
};
use deskset_transport::{Transport, TransportSettings};

const LUNCH: &str = "<?xml version=\"1.0\"?><wml><card title=\"Lunch\"><p>Soup of the day</p></card></wml>";

fn transport() -> Transport {
    Transport::new(TransportSettings::default()).unwrap()
}

fn message(mode: Mode, content: Content) -> Message {
    Message { mode, alert: Alert::new(1).unwrap(), content }
}

fn campaign(targets: Vec<Target>, messages: Vec<Message>) -> Campaign {
    Campaign { targets, messages, address: None, port: 0, pace: None }
}

/// Each outcome as type, status, fetched, packets, trouble.
fn gist(outcomes: &[Outcome]) -> Vec<String> {
    let one = |outcome: &Outcome| {
        let Outcome { kind, answer, fetched, packets, trouble, .. } = outcome;
        let status = answer.and_then(|answer| answer.status).map_or("none".to_owned(), |status| status.to_string());
        let fetched = fetched.map_or("", |fetched| if fetched { " fetched" } else { " not fetched" });
        let packets = packets.map_or(String::new(), |packets| format!(" {packets} packets"));
        format!("{kind:?} {status}{fetched}{packets}{}", trouble.as_deref().map_or(String::new(), |t| format!(" {t}")))
    };
    outcomes.iter().map(one).collect()
}

/// A phone in use that trusts and subscribes as the bench's servers say.
async fn in_use(bench: &Bench, state: StateFolder) -> Desk {
    let carrier = bench.carrier_with(bench.servers.ca_certificate(), state);
    let mut choice = bench.phone("4620SW", "4711", &[Http]);
    choice.site.extend(bench.servers.push_settings());
    let mut desk = bench.boot(&carrier, &choice, up_to_date(&model("4620SW"))).await;
    // The subscription may take a moment longer.
    while tale(&desk, "push").iter().all(|line| !line.starts_with("subscribed with ")) {
        desk.step().await;
    }
    desk
}

fn recording() -> Profile {
    let mut profile = profile();
    profile.phones.record_audio = true;
    profile
}

// req: PU-1, PU-5, PU-6, PU-8
#[tokio::test(flavor = "multi_thread")]
async fn text_page_and_sound_reach_a_phone_that_its_subscription_leads_to() {
    let bench = Bench::with(recording(), common::catalog()).await;
    let mut desk = in_use(&bench, bench.state()).await;
    let known = bench.servers.directory().list(std::time::SystemTime::now());
    assert_eq!((known.len(), known[0].extension.as_str()), (1, "4711"));
    assert_eq!(desk.push_url(), Some(known[0].push.clone()));

    let sound = Sound::from_samples((0..4_000).map(|n| if n % 16 < 8 { 8_000 } else { -8_000 }).collect());
    let audio =
        Content::Audio { sound: sound.clone(), codec: Codec::Pcmu, packet_time: PacketTime::MS_20, timer_seconds: 5 };
    let messages = vec![
        message(Mode::Barge, Content::Topline("Lunch is ready".to_owned())),
        message(Mode::Normal, Content::Page(Bytes::from_static(LUNCH.as_bytes()))),
        message(Mode::Barge, audio),
    ];
    let targets = vec![Target::subscribed(&known[0]).unwrap()];
    let (transport, mut told) = (transport(), 0);
    let pushing = initiator::push(&transport, campaign(targets, messages), |_| told += 1);
    let working = async {
        while tale(&desk, "push").iter().all(|line| !line.starts_with("the stream is over")) {
            desk.step().await;
        }
    };
    let (outcomes, ()) = tokio::join!(pushing, working);
    let outcomes = outcomes.unwrap();
    assert_eq!(gist(&outcomes), ["Topline 200 fetched", "Display 200 fetched", "Audio 200 fetched 25 packets"]);
    assert_eq!((told, outcomes.iter().all(Outcome::is_fine)), (3, true));
    let seen: Vec<String> = tale(&desk, "push").into_iter().filter(|line| !line.contains("http")).collect();
    let shown = ["14 characters on the top line", "the stream is over"];
    assert!(shown.iter().all(|shown| seen.iter().any(|line| line.starts_with(shown))), "{seen:#?}");
    // The page waits, and its title tells so.
    assert_eq!(desk.screen().rows()[0].trim(), "Lunch");
    // What was heard is what was sent, but for the codec's rounding.
    let heard = bench.folder.path().join("state/phone/heard-1.wav");
    let expected: Vec<i16> = sound.samples().iter().map(|s| Codec::Pcmu.decode(Codec::Pcmu.encode(*s))).collect();
    assert!(Sound::from_wav(&heard).unwrap().samples() == expected);
}

// req: PU-9
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_does_not_trust_this_machine_says_so_and_fetches_nothing() {
    let bench = Bench::new().await;
    let carrier = bench.carrier();
    let mut choice = bench.phone("4620SW", "4711", &[Http]);
    choice.site.push(("TPSLIST".to_owned(), "push.example.com".to_owned()));
    let floor = Floor::new(carrier);
    let setup = choice.setup(&bench.profile, model("4620SW")).unwrap();
    let seat = floor.place(setup, up_to_date(&model("4620SW"))).unwrap();
    seat.hand(deskset_phone::Input::PowerOn).await.unwrap();
    seat.until(Duration::from_secs(60), |phone| phone.state() == common::ready("4711")).await.unwrap();
    let url = seat.ask(|desk| desk.push_url()).await.unwrap().unwrap();
    let target = Target::at(&url, 80).unwrap().unwrap();
    let text = message(Mode::Normal, Content::Topline("hello".to_owned()));
    let outcomes = initiator::push(&transport(), campaign(vec![target], vec![text]), |_| ()).await.unwrap();
    assert_eq!((gist(&outcomes), outcomes[0].is_fine()), (vec!["Topline 402".to_owned()], false));
}

// req: PU-9, PR-5
#[tokio::test(flavor = "multi_thread")]
async fn the_profile_says_how_strictly_names_are_compared() {
    for (strict, answer) in [(false, "Topline 200"), (true, "Topline 402")] {
        let mut profile = profile();
        profile.phones.strict_tps = strict;
        let bench = Bench::with(profile, common::catalog()).await;
        let mut choice = bench.phone("4620SW", "4711", &[Http]);
        choice.site.push(("TPSLIST".to_owned(), "company.invalid".to_owned()));
        let mut desk = bench.boot(&bench.carrier(), &choice, up_to_date(&model("4620SW"))).await;
        let target = Target::at(&desk.push_url().unwrap(), 80).unwrap().unwrap();
        let url = Url::parse("http://hackercompany.invalid/a.xml").unwrap();
        let text = message(Mode::Normal, Content::Elsewhere(PushType::Topline, url));
        let transport = transport();
        let pushing = initiator::push(&transport, campaign(vec![target], vec![text]), |_| ());
        tokio::pin!(pushing);
        let outcomes = loop {
            tokio::select! {
                outcomes = &mut pushing => break outcomes.unwrap(),
                () = desk.step() => {}
            }
        };
        assert_eq!(gist(&outcomes), [answer]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_is_told_to_subscribe_again_does_so_and_one_that_is_gone_takes_nothing() {
    let bench = Bench::new().await;
    let mut desk = in_use(&bench, StateFolder::Nowhere).await;
    let target = Target::at(&desk.push_url().unwrap(), 80).unwrap().unwrap();
    let again = || vec![message(Mode::Normal, Content::Subscribe(Subscribe::All))];
    let subscribed = |desk: &Desk| tale(desk, "push").iter().filter(|line| line.starts_with("subscribed")).count();
    let transport = transport();
    let pushing = initiator::push(&transport, campaign(vec![target.clone(), target.clone()], again()), |_| ());
    let working = async {
        while subscribed(&desk) < 2 {
            desk.step().await;
        }
    };
    let (outcomes, ()) = tokio::join!(pushing, working);
    // Named twice, it is one phone.
    assert_eq!(gist(&outcomes.unwrap()), ["Subscribe 200 fetched"]);
    drop(desk);
    let gone = initiator::push(&transport, campaign(vec![target.clone()], again()), |_| ()).await.unwrap();
    let why = format!("{}: takes no push: the phone is not registered, or its TPSLIST is empty", target.phone);
    assert_eq!((gone[0].kind, gone[0].answer, gone[0].is_fine()), (PushType::Subscribe, None, false));
    assert!(gone[0].trouble.as_ref().unwrap().starts_with(&why), "{:?}", gone[0].trouble);
}
