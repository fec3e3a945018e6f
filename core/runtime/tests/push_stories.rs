//! What a user sees and hears of pushes that come over real sockets.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use bytes::Bytes;
use common::{
    Bench, model, profile, tale, told, up_to_date,
    work::{beside, until},
};
use deskset_media::{Codec, PacketTime, Sound};
use deskset_phone::{
    CallNews, CallState, Command, Input,
    Protocol::Http,
    View,
    browser::push::{Alert, Mode},
};
use deskset_runtime::{
    Desk,
    initiator::{self, Campaign, Content, Message, Target},
};
use deskset_transport::{Transport, TransportSettings};

fn page(title: &str) -> Content {
    Content::Page(Bytes::from(format!("<wml><card title=\"{title}\"><p>{title} today</p></card></wml>")))
}

fn text(text: &str) -> Content {
    Content::Topline(text.to_owned())
}

/// Half a second of it.
fn sound() -> Sound {
    Sound::from_samples((0..4_000).map(|n| if n % 16 < 8 { 8_000 } else { -8_000 }).collect())
}

fn audio() -> Content {
    Content::Audio { sound: sound(), codec: Codec::Pcma, packet_time: PacketTime::MS_20, timer_seconds: 5 }
}

/// A phone in use that trusts this machine, hears and records, and its user.
struct Seat {
    bench: Bench,
    desk: Desk,
    transport: Transport,
}

impl Seat {
    async fn new() -> Self {
        let mut recording = profile();
        recording.phones.record_audio = true;
        let bench = Bench::with(recording, common::catalog()).await;
        let carrier = bench.carrier_with(bench.servers.ca_certificate(), bench.state());
        let mut choice = bench.phone("4620SW", "4711", &[Http]);
        choice.site.push(("TPSLIST".to_owned(), "127.0.0.1".to_owned()));
        let desk = bench.boot(&carrier, &choice, up_to_date(&model("4620SW"))).await;
        Seat { bench, desk, transport: Transport::new(TransportSettings::default()).unwrap() }
    }

    fn campaign(&self, mode: Mode, pings: u8, content: Content) -> Campaign {
        let targets = vec![Target::at(&self.desk.push_url().unwrap(), 80).unwrap().unwrap()];
        let messages = vec![Message { mode, alert: Alert::new(pings).unwrap(), content }];
        Campaign { targets, messages, address: None, port: 0, pace: None }
    }

    /// Pushes, and gives the number that the phone answers.
    async fn push(&mut self, mode: Mode, pings: u8, content: Content) -> u16 {
        let campaign = self.campaign(mode, pings, content);
        let outcomes = beside(&mut self.desk, initiator::push(&self.transport, campaign, |_| ())).await.unwrap();
        outcomes[0].answer.unwrap().status.unwrap()
    }

    async fn told(&mut self, line: &str) {
        self.told_times(line, 1).await;
    }

    async fn told_times(&mut self, line: &str, times: usize) {
        until(&mut self.desk, |desk| told(desk).iter().filter(|told| told.contains(line)).count() >= times).await;
    }

    fn call(&mut self, state: CallState) {
        let (name, number) = ("Ann".to_owned(), "4712".to_owned());
        self.desk.input(Input::Call(CallNews { appearance: 1, state, name, number }));
    }

    fn key(&mut self, key: &str) {
        self.desk.input(Input::Key(key.parse().unwrap()));
    }

    fn row(&self, number: usize) -> String {
        self.desk.screen().rows()[number].trim_end().to_owned()
    }

    /// What was heard is what was sent, but for the codec's rounding.
    fn assert_heard(&self) {
        let file = self.bench.folder.path().join("state/phone/heard-1.wav");
        assert_eq!(self.desk.recording().as_ref(), Some(&file));
        let sent: Vec<i16> = sound().samples().iter().map(|s| Codec::Pcma.decode(Codec::Pcma.encode(*s))).collect();
        assert!(Sound::from_wav(&file).unwrap().samples() == sent);
    }
}

// req: PU-3, PR-11
#[tokio::test(flavor = "multi_thread")]
async fn pings_come_before_what_they_announce_and_none_with_what_is_refused() {
    let mut seat = Seat::new().await;
    for pings in 0..=3 {
        assert_eq!(seat.push(Mode::Barge, pings, text(&"!".repeat(usize::from(pings) + 1))).await, 200);
        seat.told(&format!("{} characters on the top line", pings + 1)).await;
    }
    seat.call(CallState::Alerting);
    assert_eq!(seat.push(Mode::Normal, 3, text("12345")).await, 205);
    seat.call(CallState::Active);
    assert_eq!(seat.push(Mode::Normal, 2, text("123456")).await, 200);
    seat.told("6 characters on the top line").await;
    let heard: Vec<String> = tale(&seat.desk, "push")
        .into_iter()
        .filter(|line| !line.contains("127.0.0.1") && !line.contains("listens"))
        .collect();
    assert_eq!(
        heard,
        [
            "1 characters on the top line",
            "1 ping in ringing pattern 1",
            "2 characters on the top line",
            "2 pings in ringing pattern 1",
            "3 characters on the top line",
            "3 pings in ringing pattern 1",
            "4 characters on the top line",
            "2 beeps in the voice path",
            "6 characters on the top line",
        ]
    );
}

// req: PU-2, PU-4, PU-5, PR-9
#[tokio::test(flavor = "multi_thread")]
async fn a_normal_page_waits_for_the_web_softkey_and_a_barging_one_takes_the_place_of_what_is_edited() {
    let mut seat = Seat::new().await;
    assert_eq!(seat.push(Mode::Normal, 0, page("Soup")).await, 200);
    seat.told("waits in the Web application").await;
    assert_eq!((seat.desk.phone().view(), seat.row(0)), (View::Phone, "Soup".to_owned()));
    seat.key("soft3");
    assert_eq!((seat.desk.phone().view(), seat.row(1)), (View::Web, "Soup today".to_owned()));

    seat.desk.command(Command::Show(View::SpeedDial { page: 0 }));
    seat.key("soft1");
    let prompt = seat.row(0);
    assert_eq!(seat.push(Mode::Normal, 0, page("Fish")).await, 204);
    seat.told_times("waits in the Web application", 2).await;
    // What is asked for stays where somebody types.
    assert_eq!((seat.desk.phone().view(), seat.row(0)), (View::SpeedDial { page: 0 }, prompt));
    assert_eq!(seat.push(Mode::Barge, 0, page("Fire")).await, 200);
    seat.told("is shown").await;
    assert_eq!((seat.desk.phone().view(), seat.row(1)), (View::Web, "Fire today".to_owned()));
}

// req: PU-2, PU-6
#[tokio::test(flavor = "multi_thread")]
async fn a_barging_text_is_above_a_call_that_rings_and_a_newer_one_takes_its_place() {
    let mut seat = Seat::new().await;
    seat.call(CallState::Alerting);
    assert_eq!(seat.row(0), "Ann 4712");
    assert_eq!(seat.push(Mode::Normal, 0, text("Soup")).await, 205);
    assert_eq!(seat.row(0), "Ann 4712");
    for news in ["Fire drill", "Fire drill is over"] {
        assert_eq!(seat.push(Mode::Barge, 0, text(news)).await, 200);
        seat.told(&format!("{} characters on the top line", news.len())).await;
        assert_eq!(seat.row(0), news);
    }
}

// req: PU-7, PR-15
#[tokio::test(flavor = "multi_thread")]
async fn a_sound_barges_into_a_call_which_waits_until_its_user_takes_it_back() {
    let mut seat = Seat::new().await;
    seat.key("speaker");
    seat.call(CallState::Active);
    assert_eq!(seat.push(Mode::Normal, 0, audio()).await, 208);
    assert_eq!(seat.push(Mode::Barge, 0, audio()).await, 200);
    seat.told("the stream is over: its server ended it").await;
    let calls =
        |seat: &Seat| tale(&seat.desk, "use").into_iter().filter(|line| line.contains("Ann")).collect::<Vec<_>>();
    let [active, held] = ["active", "held"].map(|state| format!("call appearance 1: {state}, Ann 4712"));
    assert_eq!(calls(&seat), [active.clone(), held.clone()]);
    seat.key("line1-left");
    assert_eq!(calls(&seat), [active.clone(), held, active]);
    seat.assert_heard();
}

// req: PU-8, PR-25
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_at_rest_goes_off_hook_for_a_sound_shows_how_loud_it_is_and_goes_on_hook() {
    let mut seat = Seat::new().await;
    assert!(!seat.desk.phone().lamps().speaker);
    let campaign = seat.campaign(Mode::Normal, 0, audio());
    let pushing = initiator::push(&seat.transport, campaign, |_| ());
    let desk = &mut seat.desk;
    let listening = async {
        until(desk, |desk| desk.phone().audio_level().is_some_and(|level| level > 0)).await;
        let loud = (desk.phone().lamps().speaker, desk.screen().rows()[0].trim_end().to_owned());
        until(desk, |desk| desk.phone().audio_level().is_none()).await;
        loud
    };
    let (outcomes, loud) = tokio::join!(pushing, listening);
    assert!(outcomes.unwrap()[0].is_fine());
    assert_eq!(loud, (true, "Audio >>>>>>>>".to_owned()));
    assert!(!seat.desk.phone().lamps().speaker);
    seat.assert_heard();
}
