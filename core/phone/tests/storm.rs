//! Whatever happens to a phone: it never panics, never waits for nothing, and the same happening gives the same phone.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::time::Duration;

use common::{Desk, PASSWORD, application, login, setup, sound_answer};
use deskset_files::backup::SpeedDial;
use deskset_phone::{
    BackupReason, CallNews, Command, FetchReason, Hook, Input, Output, PushId, PushRequest, RefusedWhy, Setup, State,
    Step, View, WishId, browser,
};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr as _;

/// One thing that happens.
#[derive(Clone, Debug)]
enum Act {
    PowerOn,
    Pass(u32),
    /// Answers one of the open wishes as it should be.
    Sound(usize),
    /// Answers one of the open wishes, or one that never was, with anything.
    Answer(usize, Answer),
    Do(Command),
    /// A key, the hook, a call, a feature button, typed text.
    Touch(Input),
    /// A push of a type and mode.
    Push(&'static str, &'static str),
}

#[derive(Clone, Debug)]
enum Answer {
    Attempt(u32),
    Received(u64),
    Arrived(Vec<u8>),
    Failed(FetchReason),
    Stored,
    NotStored(BackupReason),
    Registered,
    Refused(RefusedWhy),
    Kept,
    NotKept,
    Page(u16, Vec<u8>),
    NoPage,
    Opened,
    NotOpened,
    Level(u8),
    Quiet,
    Ended,
}

fn wish_id(wish: &Output) -> WishId {
    match wish {
        Output::Fetch(fetch) => fetch.wish,
        Output::Store(transfer, _) | Output::Retrieve(transfer) => transfer.wish,
        Output::Register(register) => register.wish,
        Output::Keep(wish, _) => *wish,
        Output::WebRequest(request) => request.wish,
        Output::OpenAudio(wish) => *wish,
        _ => unreachable!("not a wish that is answered"),
    }
}

/// Whether the answer is of the kind that was asked for: then the wish is done.
fn fits(wish: &Output, answer: &Answer) -> bool {
    matches!(
        (wish, answer),
        (Output::Fetch(_), Answer::Arrived(_) | Answer::Failed(_))
            | (Output::Store(..), Answer::Stored | Answer::NotStored(_))
            | (Output::Retrieve(_), Answer::Arrived(_) | Answer::NotStored(_))
            | (Output::Register(_), Answer::Registered | Answer::Refused(_))
            | (Output::Keep(..), Answer::Kept | Answer::NotKept)
            | (Output::WebRequest(_), Answer::Page(..) | Answer::NoPage)
            | (Output::OpenAudio(_), Answer::Opened | Answer::NotOpened)
    )
}

fn input(wish: WishId, answer: Answer) -> Input {
    let words = "the carrier's words".to_owned();
    match answer {
        Answer::Attempt(number) => Input::Attempt { wish, number },
        Answer::Received(bytes) => Input::Received { wish, bytes },
        Answer::Arrived(bytes) => Input::FileArrived { wish, bytes: bytes.into() },
        Answer::Failed(reason) => Input::FileFailed { wish, reason, words },
        Answer::Stored => Input::Stored { wish },
        Answer::NotStored(reason) => Input::TransferFailed { wish, reason, words },
        Answer::Registered => Input::Registered { wish },
        Answer::Refused(why) => Input::Refused { wish, why },
        Answer::Kept => Input::Kept { wish },
        Answer::NotKept => Input::KeepFailed { wish, words },
        Answer::Page(status, body) => {
            let challenge = Some("Basic realm=\"lab\"".to_owned());
            let answer = browser::Answer { status, body, challenge, ..browser::Answer::default() };
            Input::WebAnswered { wish, answer }
        }
        Answer::NoPage => Input::WebFailed { wish, words },
        Answer::Opened => Input::AudioOpened { wish, port: 2050 },
        Answer::NotOpened => Input::AudioFailed { wish, words },
        Answer::Level(level) => Input::AudioLevel { wish, level },
        Answer::Quiet => Input::AudioQuiet { wish },
        Answer::Ended => Input::AudioEnded { wish },
    }
}

fn act(desk: &mut Desk, act: Act) {
    match act {
        Act::PowerOn => {
            // The carrier of a phone that begins anew does not answer old wishes.
            desk.wishes.clear();
            desk.hand(Input::PowerOn);
        }
        Act::Pass(seconds) => {
            desk.now = desk.now.after(Duration::from_secs(seconds.into()));
            desk.hand(Input::Tick);
        }
        Act::Sound(which) if !desk.wishes.is_empty() => {
            let wish = desk.wishes.remove(which % desk.wishes.len());
            desk.hand(sound_answer(&wish));
        }
        Act::Sound(_) => {}
        Act::Answer(which, answer) => match desk.wishes.get(which % (desk.wishes.len() + 1)) {
            Some(wish) => {
                let id = wish_id(wish);
                if fits(wish, &answer) {
                    desk.wishes.retain(|wish| wish_id(wish) != id);
                }
                desk.hand(input(id, answer));
            }
            None => desk.hand(input(WishId(u32::try_from(which).unwrap()), answer)),
        },
        Act::Do(command) => desk.hand(Input::Command(command)),
        Act::Touch(input) => desk.hand(input),
        Act::Push(kind, mode) => {
            let xml = format!("<Push type=\"{kind}\" mode=\"{mode}\"><go href=\"http://push.lab/it\"/></Push>");
            let body = format!("XMLData={xml}").into_bytes().into();
            desk.hand(Input::PushRequest(PushRequest { id: PushId(1), peer: [192, 0, 2, 30].into(), body }));
        }
    }
}

/// What must hold at any time.
fn check(desk: &Desk) {
    let screen = desk.phone.screen();
    assert_eq!(screen.rows().len(), 5);
    for row in screen.rows() {
        assert_eq!(row.width(), 28, "{row:?}");
    }
    let waits = !desk.wishes.is_empty();
    match desk.phone.state() {
        State::Starting => assert!(waits || desk.phone.deadline().is_some(), "it waits for nothing: {:?}", desk.phone),
        State::Ready { settled: false, .. } => assert!(waits, "it waits for nothing: {:?}", desk.phone),
        State::Failed { reason, .. } => assert!(!reason.is_empty()),
        _ => {}
    }
}

/// Answers everything as it should be, and lets time pass, until the phone rests.
fn rest(desk: &mut Desk) {
    for _ in 0..200 {
        if !desk.wishes.is_empty() {
            let wish = desk.wishes.remove(0);
            desk.hand(sound_answer(&wish));
        } else if desk.phone.state() == State::Starting {
            desk.now = desk.phone.deadline().unwrap();
            desk.hand(Input::Tick);
        } else {
            return;
        }
        check(desk);
    }
    panic!("it never rests: {:?}", desk.phone.state());
}

fn any_file() -> impl Strategy<Value = Vec<u8>> {
    let scripts = [
        "SET APPNAME app.bin\nGET settings.txt\n",
        "SET OPSTAT 000\nSET RESTORESTAT 0\nGET settings.txt\nGET other.txt\n",
        "SET FTPSRVR \"\"\nSET UNNAMEDSTAT 0\n",
        "SET APPNAME other.bin\n",
        "Contrast=3\nBackground=7\nABKNAME002=漢字 Имя ▯\nABKNUMBER002=2\nRedial=0\n",
        "FTP Server=my-pc.lab\nAutomatic Backup=0\n",
        "SET BRURI http://backups.lab/phones\n",
        "",
    ];
    prop_oneof![
        4 => prop::sample::select(scripts.map(|text| text.as_bytes().to_vec()).to_vec()),
        2 => Just(application().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..200),
    ]
}

fn any_page() -> impl Strategy<Value = Vec<u8>> {
    let pages = [
        "<Response><Topline>The canteen opens at noon, and there is soup with noodles</Topline></Response>",
        "<Response><Audio><Url href=\"RTPRx://192.0.2.20:2050\"/></Audio></Response>",
        "<Response><Audio><Url href=\"RTPRx://STOP\"/></Audio></Response>",
        "<Response><Subscribe type=\"all\"/></Response>",
        "<wml><card title=\"A\"><p><a href=\"wtai://wp/mc;5551\">Call</a><input name=\"n\"/></p></card></wml>",
        "<wml><card><p><a href=\"wtai://wp/ap;5551;Ann\">Add</a><input name=\"p\" type=\"password\"/></p></card></wml>",
        "",
    ];
    prop_oneof![
        6 => prop::sample::select(pages.map(|text| text.as_bytes().to_vec()).to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..200),
    ]
}

fn any_answer() -> impl Strategy<Value = Answer> {
    use {BackupReason as B, FetchReason as F, RefusedWhy as R};
    let fetch = vec![
        F::NameNotFound,
        F::Refused,
        F::Silent,
        F::Tls,
        F::NotFound,
        F::Denied,
        F::Wrong,
        F::Lost,
        F::TooLarge,
        F::Local,
    ];
    let backup = vec![B::Connect, B::Login, B::Directory, B::NoFile, B::Denied, B::Data, B::Local];
    let refused = vec![R::UnknownExtension, R::WrongPassword, R::InUse, R::Busy];
    prop_oneof![
        any::<u32>().prop_map(Answer::Attempt),
        any::<u64>().prop_map(Answer::Received),
        any_file().prop_map(Answer::Arrived),
        prop::sample::select(fetch).prop_map(Answer::Failed),
        Just(Answer::Stored),
        prop::sample::select(backup).prop_map(Answer::NotStored),
        Just(Answer::Registered),
        prop::sample::select(refused).prop_map(Answer::Refused),
        Just(Answer::Kept),
        Just(Answer::NotKept),
        (prop::sample::select(vec![200, 302, 401, 404]), any_page())
            .prop_map(|(status, page)| Answer::Page(status, page)),
        prop::sample::select(vec![Answer::NoPage, Answer::Opened, Answer::NotOpened, Answer::Quiet, Answer::Ended]),
        any::<u8>().prop_map(Answer::Level),
    ]
}

fn any_push() -> impl Strategy<Value = Act> {
    let kinds = prop::sample::select(vec!["display", "topline", "audio", "subscribe"]);
    (kinds, prop::sample::select(vec!["normal", "barge"])).prop_map(|(kind, mode)| Act::Push(kind, mode))
}

fn any_command() -> impl Strategy<Value = Command> {
    let options =
        vec![("Contrast", "3"), ("Contrast", "99"), ("Automatic Backup", "0"), ("FTP Server", ""), ("None", "")];
    let dial = ("[ -~漢я]{0,15}", "[0-9x]{0,3}").prop_map(|(label, number)| SpeedDial { label, number });
    prop_oneof![
        1 => Just(Command::LogIn(None)),
        1 => Just(Command::LogIn(Some(login()))),
        1 => Just(Command::LogOff),
        3 => prop::sample::select(options)
            .prop_map(|(name, value)| Command::SetOption { name: name.to_owned(), value: value.to_owned() }),
        3 => (0u16..14, prop::option::of(dial)).prop_map(|(position, dial)| Command::EditSpeedDial { position, dial }),
        4 => Just(Command::Save),
        1 => Just(Command::Retrieve),
        1 => Just(Command::Backup),
        1 => prop::sample::select(vec![Command::BeginEdit, Command::EndEdit, Command::Cancel]),
        1 => (0u16..8, "[a-z漢]{0,14}").prop_map(|(number, label)| Command::EditFeatureLabel { number, label }),
        1 => Just(Command::Clear),
        1 => (0u16..3).prop_map(|page| Command::Show(View::SpeedDial { page })),
        1 => prop::sample::select(vec![View::Phone, View::CallLog, View::Redial, View::Options, View::Web])
            .prop_map(Command::Show),
    ]
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        1 => Just(Act::PowerOn),
        3 => (0u32..100).prop_map(Act::Pass),
        20 => (0usize..4).prop_map(Act::Sound),
        6 => (0usize..4, any_answer()).prop_map(|(which, answer)| Act::Answer(which, answer)),
        10 => any_command().prop_map(Act::Do),
        20 => any_touch().prop_map(Act::Touch),
        10 => any_push(),
    ]
}

fn any_touch() -> impl Strategy<Value = Input> {
    const KEYS: [&str; 36] = [
        "0",
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "8",
        "9",
        "*",
        "#",
        "soft1",
        "soft2",
        "soft3",
        "soft4",
        "soft9",
        "line1-left",
        "line1-right",
        "line2-left",
        "line3-right",
        "line9-left",
        "phone-exit",
        "options",
        "page-left",
        "page-right",
        "speaker",
        "headset",
        "mute",
        "hold",
        "redial",
        "transfer",
        "conference",
        "drop",
        "volume-up",
        "volume-down",
    ];
    let states = ["idle", "alerting", "active", "held", "soft-hold"];
    let features = ["off", "on", "denied", "flashing"];
    let call = |(appearance, state, name): (u16, &str, String)| {
        Input::Call(CallNews { appearance, state: state.parse().unwrap(), name, number: "4712".to_owned() })
    };
    let feature =
        |(number, state, label): (u16, &str, String)| Input::Feature { number, label, state: state.parse().unwrap() };
    prop_oneof![
        20 => prop::sample::select(KEYS.to_vec()).prop_map(|key| Input::Key(key.parse().unwrap())),
        1 => any::<bool>().prop_map(|off| Input::Hook(if off { Hook::Off } else { Hook::On })),
        3 => (0u16..5, prop::sample::select(states.to_vec()), "[a-z漢]{0,40}").prop_map(call),
        1 => (0u16..8, prop::sample::select(features.to_vec()), "[a-zя]{0,20}").prop_map(feature),
        1 => "[ -~漢я\u{0}]{0,40}".prop_map(Input::Text),
    ]
}

fn pushed_setup() -> Setup {
    let pushes = [("TPSLIST", "/"), ("SUBSCRIBELIST", "http://push.lab/me")];
    let mut setup = setup();
    let pushes = pushes.map(|(name, value)| (name.to_owned(), value.to_owned()));
    setup.site = setup.site.iter().cloned().chain(pushes).collect();
    setup
}

#[test]
fn the_phones_of_the_storm_take_pushes() {
    let mut desk = Desk::new(pushed_setup());
    desk.hand(Input::PowerOn);
    rest(&mut desk);
    act(&mut desk, Act::Push("display", "barge"));
    rest(&mut desk);
    assert!(desk.told().contains(&"http://push.lab/it is shown".to_owned()), "{:?}", desk.told());
}

fn any_setup() -> impl Strategy<Value = Setup> {
    (any::<bool>(), 1u8..3).prop_map(|(named, rounds)| {
        let mut setup = pushed_setup();
        setup.policy.boot_rounds = rounds;
        if !named {
            setup.login = None;
        }
        setup
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    // req: DC-3, BR-19
    #[test]
    fn whatever_happens_a_phone_goes_on_and_comes_to_rest(
        setup in any_setup(),
        acts in prop::collection::vec(any_act(), 0..80),
    ) {
        let mut desk = Desk::new(setup);
        desk.hand(Input::PowerOn);
        for one in acts {
            act(&mut desk, one);
            check(&desk);
        }
        rest(&mut desk);
        prop_assert_ne!(desk.phone.state(), State::Starting);
        let told = format!("{:?} {:?} {}", desk.phone, desk.events, desk.phone.screen());
        prop_assert!(!told.contains(PASSWORD));
    }

    // req: DC-3
    #[test]
    fn the_same_happening_gives_the_same_wishes_events_and_screens(
        acts in prop::collection::vec(any_act(), 0..60),
    ) {
        let live = || {
            let mut desk = Desk::new(setup());
            desk.hand(Input::PowerOn);
            let mut screens = Vec::new();
            for one in acts.clone() {
                act(&mut desk, one);
                screens.push(desk.phone.screen());
            }
            (desk.wishes, desk.events, screens, desk.phone.memory().clone())
        };
        prop_assert_eq!(live(), live());
    }

    // req: BR-9, AR-3
    #[test]
    fn what_was_saved_last_is_what_is_in_memory_and_on_the_server(
        acts in prop::collection::vec(prop_oneof![
            3 => (1u16..=6, "[a-z]{1,8}").prop_map(|(position, label)| {
                let dial = Some(SpeedDial { label, number: position.to_string() });
                Act::Do(Command::EditSpeedDial { position, dial })
            }),
            2 => Just(Act::Do(Command::Save)),
            4 => Just(Act::Sound(0)),
        ], 0..60),
    ) {
        let mut desk = Desk::new(setup());
        desk.hand(Input::PowerOn);
        desk.carry();
        let mut edited: std::collections::BTreeMap<u16, SpeedDial> =
            desk.phone.memory().users[&login().extension].data.speed_dials.clone();
        let mut saved = edited.clone();
        let mut stored = None;
        for one in acts {
            match &one {
                Act::Do(Command::EditSpeedDial { position, dial: Some(dial) }) => {
                    edited.insert(*position, dial.clone());
                }
                Act::Do(Command::Save) => saved.clone_from(&edited),
                _ => {}
            }
            act(&mut desk, one);
            for wish in &desk.wishes {
                if let Output::Store(_, bytes) = wish {
                    stored = Some(bytes.clone());
                }
            }
        }
        for _ in 0..20 {
            if let Some(wish) = desk.wishes.pop() {
                if let Output::Store(_, bytes) = &wish {
                    stored = Some(bytes.clone());
                }
                desk.hand(sound_answer(&wish));
            }
        }
        prop_assert_eq!(&desk.phone.memory().users[&login().extension].data.speed_dials, &saved);
        if let Some(stored) = stored {
            let text = String::from_utf8(stored.to_vec()).unwrap();
            for (position, dial) in saved {
                let lines = format!("ABKNAME{position:03}={}\r\nABKNUMBER{position:03}={}\r\n", dial.label, dial.number);
                prop_assert!(text.contains(&lines), "{}", text);
            }
        }
    }
}

// req: FS-9
#[test]
fn a_phone_whose_memory_takes_nothing_fails_at_a_named_step() {
    let mut desk = Desk::new(setup());
    desk.hand(Input::PowerOn);
    desk.answer();
    desk.answer();
    let Output::Keep(wish, _) = desk.wishes.remove(0) else { panic!("{:?}", desk.wishes) };
    desk.hand(Input::KeepFailed { wish, words: "the disk is full".to_owned() });
    let reason = "app.bin could not be kept: the disk is full".to_owned();
    assert_eq!(desk.phone.state(), State::Failed { step: Step::Application, reason });
}
