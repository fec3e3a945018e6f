//! The table of states through the wire: for each of its rows and columns a phone on real sockets is brought into the
//! state, a plain HTTP client posts the push, and what the phone answered and did is compared with the snapshot of the
//! table.
//!
//! The call server is a table inside the program, so calls are its news; all else is keys, commands, pushes and servers.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;
#[path = "push_states/seen.rs"]
mod seen;

use std::{fs, path::Path, sync::Arc};

use common::{
    Bench, model, profile, rest, tale, told, up_to_date,
    work::{beside, until},
};
use deskset_models::Secret;
use deskset_phone::{
    CallNews, CallState, Command, Hook, Input, PushState, State, View,
    browser::push::{Mode, PushType},
};
use deskset_runtime::{Carrier, Desk};
use deskset_server::{ContentServer, Document, Placed, Recorder, Shelf};
use seen::{Answer, Before, post, seen};
use tokio::{net::TcpListener, task::JoinSet};

const KINDS: [(&str, PushType); 4] = [
    ("display", PushType::Display),
    ("topline", PushType::Topline),
    ("audio", PushType::Audio),
    ("subscribe", PushType::Subscribe),
];

const MODES: [(&str, Mode); 2] = [("normal", Mode::Normal), ("barge", Mode::Barge)];

const LUNCH: &str = "<wml><card title=\"Lunch\"><p>Soup today</p></card></wml>";
const FORM: &str = "<wml><card title=\"Desk\"><p>Name <input name=\"n\"/></p></card></wml>";
const HOME: &str = "<wml><card title=\"Home\"><p>Welcome</p></card></wml>";
const FIRST: &str = "<Response><Topline>First text</Topline></Response>";
const TEXT: &str = "<Response><Topline>Fire drill at noon</Topline></Response>";
const AUDIO: &str = "<Response><Audio><AudioTimer value=\"30\"/><Url href=\"RTPRx://127.0.0.1\"/></Audio></Response>";
const AGAIN: &str = "<Response><Subscribe type=\"all\"/></Response>";

fn document(kind: PushType) -> Document {
    match kind {
        PushType::Display => Document::page(LUNCH),
        PushType::Topline => Document::response(TEXT),
        PushType::Audio => Document::response(AUDIO),
        PushType::Subscribe => Document::response(AGAIN),
    }
}

/// Files and users for all phones, content for them, and a backup server that takes connections and says nothing.
struct Site {
    bench: Bench,
    carrier: Carrier,
    shelf: Shelf,
    content: ContentServer,
    silent: TcpListener,
    _kept: Vec<Placed>,
}

impl Site {
    async fn new(phones: u32) -> Self {
        let mut profile = profile();
        // The settings file names no backup server, so that each phone can be told of another one.
        profile.servers.ftp = None;
        for number in 0..phones {
            profile.extensions.insert(extension(number).parse().unwrap(), Secret::new("904711"));
        }
        let bench = Bench::with(profile, common::catalog()).await;
        let shelf = Shelf::default();
        let content = ContentServer::start("127.0.0.1:0".parse().unwrap(), shelf.clone(), Recorder::log_only());
        let kept = [
            ("home.wml", Document::page(HOME)),
            ("form.wml", Document::page(FORM)),
            ("first.xml", Document::response(FIRST)),
            ("lunch.wml", document(PushType::Display)),
            ("audio.xml", document(PushType::Audio)),
        ];
        Site {
            carrier: bench.carrier(),
            _kept: kept.into_iter().map(|(name, document)| shelf.place(name, document).unwrap()).collect(),
            shelf,
            content: content.unwrap(),
            silent: TcpListener::bind("127.0.0.1:0").await.unwrap(),
            bench,
        }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.content.address())
    }

    /// A phone in use, or with its user's data on their way for ever.
    async fn phone(&self, number: u32, state: PushState) -> Desk {
        let mut choice = self.bench.phone("4620SW", &extension(number), &[deskset_phone::Protocol::Http]);
        choice.name = format!("phone-{number}");
        choice.index = number.into();
        choice.site.extend(self.bench.servers.push_settings());
        choice.site.push(("WMLHOME".to_owned(), self.url("/push/content/home.wml")));
        let restores = state == PushState::Restoring;
        if restores {
            choice.site.push(("FTPSRVR".to_owned(), self.silent.local_addr().unwrap().to_string()));
        }
        let setup = choice.setup(&self.bench.profile, model("4620SW")).unwrap();
        let mut desk = self.carrier.desk_with(setup, up_to_date(&model("4620SW"))).unwrap();
        desk.power_on();
        if !restores {
            rest(&mut desk).await;
        }
        until(&mut desk, |desk| tale(desk, "push").iter().any(|line| line.starts_with("subscribed with "))).await;
        desk
    }

    /// Posts what brings a phone into a state, and waits for it.
    async fn push(&self, desk: &mut Desk, kind: &str, file: &str, done: &str) {
        let message = message(kind, "barge", &self.url(&format!("/push/content/{file}")));
        let url = desk.push_url().unwrap();
        assert_eq!(beside(desk, post(&url, &message)).await.unwrap().status, 200);
        until(desk, |desk| tale(desk, "push").iter().any(|line| line.contains(done))).await;
    }

    /// Brings a phone into a state.
    async fn bring(&self, desk: &mut Desk, state: PushState) {
        match state {
            PushState::NotRegistered => desk.command(Command::LogOff),
            PushState::Idle => assert_eq!(desk.phone().view(), View::Phone),
            PushState::Web => {
                keys(desk, "soft3");
                until(desk, |desk| row(desk, 1) == "Welcome").await;
            }
            PushState::WebEntry => {
                self.push(desk, "display", "form.wml", "form.wml is shown").await;
                keys(desk, "line2-left");
            }
            PushState::Entry => {
                desk.command(Command::Show(View::SpeedDial { page: 0 }));
                keys(desk, "soft1");
            }
            PushState::Application => desk.command(Command::Show(View::SpeedDial { page: 0 })),
            PushState::Alerting => call(desk, CallState::Alerting),
            PushState::ActiveCall => call(desk, CallState::Active),
            PushState::SoftHold => call(desk, CallState::SoftHold),
            PushState::HeldCall => call(desk, CallState::Held),
            PushState::ToplineShown => {
                self.push(desk, "topline", "first.xml", "10 characters on the top line").await;
            }
            PushState::PageShown => self.push(desk, "display", "lunch.wml", "lunch.wml is shown").await,
            PushState::AudioPlaying => self.push(desk, "audio", "audio.xml", "plays a stream").await,
            PushState::Restoring => {
                assert!(matches!(desk.phone().state(), State::Ready { settled: false, .. }), "{:?}", told(desk));
            }
            PushState::LocalProcedure => {
                keys(desk, "mute 2 6 6 8 #");
                assert!(row(desk, 0).starts_with('>'), "{}", desk.screen());
            }
        }
        if state == PushState::NotRegistered {
            rest(desk).await;
        }
    }
}

fn extension(number: u32) -> String {
    (5000 + number).to_string()
}

fn message(kind: &str, mode: &str, href: &str) -> String {
    format!("<?xml version=\"1.0\"?><Push type=\"{kind}\" mode=\"{mode}\"><go href=\"{href}\" method=\"get\"/></Push>")
}

fn keys(desk: &mut Desk, keys: &str) {
    keys.split(' ').for_each(|key| desk.input(Input::Key(key.parse().unwrap())));
}

fn call(desk: &mut Desk, state: CallState) {
    if state == CallState::Active {
        desk.input(Input::Hook(Hook::Off));
    }
    desk.input(Input::Call(CallNews { appearance: 1, state, name: "Ann".to_owned(), number: "4712".to_owned() }));
}

fn row(desk: &Desk, number: usize) -> String {
    desk.screen().rows()[number].trim_end().to_owned()
}

/// One cell of the table, as it was seen: a line of the snapshot.
async fn cell(site: &Site, number: u32, state: PushState, kind: (&str, PushType), mode: &str) -> String {
    let mut desk = site.phone(number, state).await;
    let url = desk.push_url().unwrap();
    site.bring(&mut desk, state).await;
    let name = format!("cell-{number}");
    let mut placed = site.shelf.place(name, document(kind.1)).unwrap();
    let before = Before::of(&desk);
    let answer = beside(&mut desk, post(&url, &message(kind.0, mode, &site.url(placed.path().as_str())))).await;
    let effect = seen(&mut desk, &before, answer, &mut placed).await;
    let code = answer.map_or("-".to_owned(), |Answer { status, .. }| status.to_string());
    format!("{state:<16} {:<9} {mode:<6} {code:<3} {effect}", kind.0)
}

// req: PU-2, PU-4, PU-5, PU-6, PU-7, PR-4, PR-8, PR-10
#[tokio::test(flavor = "multi_thread")]
async fn every_cell_of_the_table_of_states_is_what_a_client_sees_and_what_the_phone_does() {
    let snapshot = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sim/tests/goldens/push-states.txt");
    let snapshot = fs::read_to_string(snapshot).unwrap();
    let cells = PushState::ALL.into_iter().flat_map(|state| {
        let of_state = KINDS.into_iter().flat_map(move |kind| MODES.map(|mode| (state, kind, mode)));
        // A subscribe push has no mode.
        of_state.filter(|(_, kind, mode)| kind.1 != PushType::Subscribe || mode.1 == Mode::Normal)
    });
    let cells: Vec<_> = (0..).zip(cells).collect();
    let site = Arc::new(Site::new(cells.len() as u32).await);
    let mut trying = JoinSet::new();
    for (number, (state, kind, (mode, _))) in cells {
        let site = site.clone();
        trying.spawn(async move { (number, cell(&site, number, state, kind, mode).await) });
    }
    let mut lines = trying.join_all().await;
    lines.sort();
    let lines: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
    assert_eq!(lines, snapshot.lines().collect::<Vec<_>>());
}
