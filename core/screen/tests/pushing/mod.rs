//! A phone of each model in use, with everything it asks for.
#![allow(dead_code, missing_docs, clippy::unwrap_used)]

use std::sync::Arc;

use deskset_models::{Secret, Signaling};
use deskset_phone::{
    CallNews, CallState, Checked, Fingerprint, Input, Login, Memory, Output, Phone, Policy, PushId, PushRequest, Setup,
    State, StoredApplication, Time, browser::Answer,
};

pub const MODELS: [&str; 6] = ["4610SW", "4620", "4620SW", "4621SW", "4622SW", "4625SW"];

const SCRIPT: &str = "SET TPSLIST /\nSET RESTORESTAT 0\n";
const TEXT: &str = "<Response><Topline>Fire drill at noon, use the stairs; meet at the gate</Topline></Response>";
const AUDIO: &str = "<Response><Audio><Url href=\"RTPRx://192.0.2.20\"/></Audio></Response>";
const PAGE: &str = "<wml><card title=\"Canteen\"><p><b>Today:</b> soup <img src=\"cup.wbmp\" alt=\"cup\"/><br/>\
                    <a href=\"wtai://wp/mc;5551\">Call</a> <a href=\"menu.wml\">Menu</a><br/>\
                    <a href=\"wtai://wp/ap;5551;Canteen\">Add</a></p>\
                    <p><select name=\"s\"><option value=\"1\">Small</option><option value=\"2\">Large</option></select>\
                    <input name=\"n\"/></p>\
                    <do type=\"accept\" label=\"Order\"><go href=\"order\"/></do><do type=\"prev\"><prev/></do></card></wml>";

const ALARM: &str = "<wml><card title=\"Alarm\"><p>Fire on the second floor. Use the stairs.</p></card></wml>";

/// How loud streams are.
const LEVEL: u8 = 64;

/// 24 x 16 pixels: a cup.
fn cup() -> Vec<u8> {
    let rows = [
        "........................",
        "....#......#............",
        ".....#......#...........",
        "....#......#............",
        "........................",
        "..################......",
        "..####################..",
        "..################...#..",
        "..################...#..",
        "..################...#..",
        "..################.##...",
        "...##############.......",
        "....############........",
        "........................",
        "####################....",
        "........................",
    ];
    let bytes = rows.iter().flat_map(|row| {
        row.as_bytes().chunks(8).map(|eight| eight.iter().fold(0_u8, |bits, dot| bits << 1 | u8::from(*dot != b'#')))
    });
    [0, 0, 24, 16].into_iter().chain(bytes).collect()
}

/// Software in the flash, so that none has to be loaded.
fn flash() -> Memory {
    let stored = StoredApplication {
        name: "app.bin".to_owned(),
        release: "2.8".parse().unwrap(),
        signaling: Signaling::H323,
        sha256: Fingerprint::of(b"software"),
        bytes: 8,
        checked: Checked::Container,
    };
    Memory { application: Some(stored.into()), ..Memory::default() }
}

pub struct Desk {
    pub phone: Phone,
    now: Time,
}

impl Desk {
    pub fn in_use(model: &str) -> Self {
        let catalog = deskset_host::from_environment().unwrap_or_else(|why| panic!("{why}"));
        let model = catalog.models().find(|known| known.name() == model).unwrap().clone();
        let setup = Setup {
            name: "desk".into(),
            model,
            signaling: Signaling::H323,
            group: 0,
            mac: "00040D000001".to_owned(),
            boot_release: "2.8".parse().unwrap(),
            manual: Arc::default(),
            address: None,
            site: Arc::new([("HTTPSRVR".to_owned(), "files.lab".to_owned())]),
            login: Some(Login { extension: "4711".parse().unwrap(), password: Secret::new("1") }),
            applications: Arc::default(),
            policy: Policy::default(),
            library: Default::default(),
        };
        let wall = 1_170_320_400;
        let mut desk = Desk { phone: Phone::new(Arc::new(setup), flash()), now: Time { micros: 0, wall } };
        desk.hand(Input::PowerOn);
        assert!(matches!(desk.phone.state(), State::Ready { .. }), "{:?}", desk.phone.state());
        desk
    }

    /// A push, and all that follows at once.
    pub fn push(&mut self, mode: &str, kind: &str, file: &str) {
        let xml = format!("<Push type=\"{kind}\" mode=\"{mode}\"><go href=\"http://push.lab/{file}\"/></Push>");
        let body = format!("XMLData={xml}").into_bytes().into();
        self.hand(Input::PushRequest(PushRequest { id: PushId(1), peer: [192, 0, 2, 30].into(), body }));
    }

    /// Somebody talks with Ann, or she calls.
    pub fn call(&mut self, state: CallState) {
        let (name, number) = ("Ann".to_owned(), "4712".to_owned());
        self.hand(Input::Call(CallNews { appearance: 1, state, name, number }));
    }

    fn hand(&mut self, input: Input) {
        self.phone.handle(self.now, input);
        while let Some(output) = self.phone.poll_output() {
            if let Some(input) = answer(output) {
                self.phone.handle(self.now, input);
            }
        }
    }
}

fn answer(wish: Output) -> Option<Input> {
    Some(match wish {
        Output::Fetch(fetch) => Input::FileArrived { wish: fetch.wish, bytes: SCRIPT.as_bytes().into() },
        Output::Register(register) => Input::Registered { wish: register.wish },
        Output::Keep(wish, _) => Input::Kept { wish },
        Output::OpenAudio(wish) => Input::AudioOpened { wish, port: 2048 },
        Output::PlayAudio(play) => Input::AudioLevel { wish: play.audio, level: LEVEL },
        Output::WebRequest(request) => {
            let (content_type, body) = match request.url.path() {
                "/text.xml" => ("text/xml", TEXT.into()),
                "/audio.xml" => ("text/xml", AUDIO.into()),
                "/page.wml" => ("text/vnd.wap.wml", PAGE.into()),
                "/alarm.wml" => ("text/vnd.wap.wml", ALARM.into()),
                "/cup.wbmp" => ("image/vnd.wap.wbmp", cup()),
                other => panic!("nobody knows {other}"),
            };
            let content_type = Some(content_type.to_owned());
            let answer = Answer { status: 200, content_type, body, ..Answer::default() };
            Input::WebAnswered { wish: request.wish, answer }
        }
        _ => return None,
    })
}
