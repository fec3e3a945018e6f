//! A small model, made by hand, and a phone of it.
#![allow(dead_code, missing_docs, clippy::unwrap_used)]

use std::{sync::Arc, time::Duration};

use deskset_files::application::Application;
use deskset_models::{
    AudioAbility, BrowserAbility, CharacterSet, Description, Display, FilenameRules, KeyTable, Model, OptionRow,
    OptionTable, ParameterRow, ParameterSource, ParameterTable, PushAbility, Repertoire, RowKind, Secret, Signaling,
    SignalingRules, SpeedDialRules, TableHooks, Values, Zones, effects, since,
};
use deskset_phone::{Event, Input, Login, Memory, Output, Phone, Policy, Setup, Time, browser::Answer};

pub const PASSWORD: &str = "hunter2-4711";

const FIXED: [&str; 14] = [
    "Phone/Exit",
    "Options",
    "Page Left",
    "Page Right",
    "Speaker",
    "Headset",
    "Mute",
    "Hold",
    "Redial",
    "Transfer",
    "Conference",
    "Drop",
    "Volume Up",
    "Volume Down",
];

fn options() -> OptionTable {
    let yes_no = Values::choice(&[("1", "Yes"), ("0", "No")]);
    let row = |name, values, default| OptionRow::new(RowKind::Option, name, values).default(default);
    let backup = row("Automatic Backup", yes_no.clone(), "1").effect(effects::AUTOMATIC_BACKUP).opstat_digit(1);
    let server = row("FTP Server", Values::Address, "").effect(effects::FTP_SERVER).default_from("FTPSRVR");
    let contrast = row("Contrast", Values::Number { min: 0, max: 15 }, "8").effect(effects::CONTRAST).opstat_digit(1);
    let colour = row("Background", Values::Number { min: 1, max: 8 }, "1").carried();
    OptionTable { rows: vec![row("Redial", yes_no, "1"), contrast, backup, server, colour] }
}

fn parameters() -> ParameterTable {
    let row = |name, values, default| ParameterRow::new(name, values, default, "");
    let rows = vec![
        row("OPSTAT", Values::Digits { min_chars: 1, max_chars: 3 }, "111"),
        row("APPSTAT", Values::Number { min: 0, max: 3 }, "1"),
        row("RESTORESTAT", Values::Number { min: 0, max: 1 }, "1"),
        row("FTPUSERSTAT", Values::Number { min: 0, max: 2 }, "1"),
        row("UNNAMEDSTAT", Values::Number { min: 0, max: 1 }, "1"),
        row("PROCSTAT", Values::Number { min: 0, max: 1 }, "0"),
        row("PROCPSWD", Values::Digits { min_chars: 0, max_chars: 7 }, ""),
        row("FTPSRVR", Values::Address, ""),
        row("BRURI", Values::Text { max_chars: 255 }, ""),
        row("HTTPSRVR", Values::AddressList, ""),
        row("TPSLIST", Values::Text { max_chars: 255 }, ""),
        row("SUBSCRIBELIST", Values::Text { max_chars: 255 }, ""),
        row("TFTPSRVR", Values::AddressList, ""),
        row("GROUP", Values::Number { min: 0, max: 999 }, "0").from(&[ParameterSource::Manual]),
    ];
    ParameterTable { rows }
}

pub fn repertoire() -> Repertoire {
    let sets = ["gb2312", "jisx0208"].map(str::to_owned).to_vec();
    Repertoire {
        ranges: vec![(0x20, 0x7E), (0x410, 0x44F), (0x30A1, 0x30FA)],
        sets: vec![CharacterSet { first: 0x4E00, last: 0x9FA5, sets }],
    }
}

pub fn model() -> Model {
    let abilities =
        [since::HTTP, since::HTTPS, since::RETRIEVE_AT_LOGIN, since::GET_CONTINUES, since::CLEAR, since::PUSH];
    let release: deskset_models::Release = "2.2".parse().unwrap();
    let rules = SignalingRules {
        sig: 1,
        releases: vec![release],
        since: abilities.map(|key| (key.to_owned(), release)).into(),
    };
    let zones = Zones {
        top_row: 0,
        first_application_row: 1,
        application_rows: 3,
        softkey_row: 4,
        softkeys: 4,
        softkey_label_columns: 6,
    };
    let description = Description {
        schema: 1,
        name: "X100".to_owned(),
        model_id: "X100D01A".to_owned(),
        model4: "X100".to_owned(),
        signaling: [(Signaling::H323, rules)].into(),
        boot_name: "boot.v03".to_owned(),
        files: FilenameRules {
            upgrade_script: "upgrade.scr".to_owned(),
            settings: vec!["settings.txt".to_owned()],
            backup: [(Signaling::H323, "{ext}_data.txt".to_owned())].into(),
        },
        options: options(),
        parameters: parameters(),
        display: Display {
            width: 168,
            height: 80,
            columns: 28,
            rows: 5,
            cell_width: 6,
            cell_height: 16,
            zones,
            repertoire: repertoire(),
            contrast_steps: 16,
            ..Display::default()
        },
        keys: KeyTable { line_buttons: 6, softkeys: 4, fixed: FIXED.map(str::to_owned).to_vec(), expansion_buttons: 0 },
        speed_dial: SpeedDialRules {
            entries: 12,
            per_page: 6,
            label_chars: 13,
            number_chars: 24,
            number_characters: "0123456789*#,".to_owned(),
            feature_labels: 6,
            feature_label_chars: 13,
        },
        push: PushAbility {
            types: ["topline", "display", "audio", "subscribe"].map(str::to_owned).to_vec(),
            topline_chars: 56,
        },
        browser: BrowserAbility {
            wml: "1.3".to_owned(),
            images: vec!["image/vnd.wap.wbmp".to_owned()],
            page_rows: 3,
            page_columns: 28,
            user_agent: "lab".to_owned(),
        },
        audio: AudioAbility { speaker_listens: true, speaker_talks: true, codecs: vec![] },
        ..Description::default()
    };
    Model::new(description, Arc::new(TableHooks)).unwrap()
}

pub fn application() -> Arc<[u8]> {
    Application::pack("app.bin", "X100", Signaling::H323, "2.2".parse().unwrap(), b"software").into()
}

pub fn login() -> Login {
    Login { extension: "4711".parse().unwrap(), password: Secret::new(PASSWORD) }
}

pub fn setup() -> Setup {
    let site = [("HTTPSRVR", "files.lab,other.lab"), ("TFTPSRVR", "files.lab"), ("FTPSRVR", "ftp.lab")];
    Setup {
        name: "desk".into(),
        model: model(),
        signaling: Signaling::H323,
        group: 0,
        mac: "00040D000001".to_owned(),
        boot_release: "2.2".parse().unwrap(),
        manual: Arc::default(),
        address: None,
        site: site.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        login: Some(login()),
        applications: Arc::default(),
        policy: Policy::default(),
        library: Default::default(),
    }
}

/// A phone, its clock, and what it has asked for and told.
pub struct Desk {
    pub phone: Phone,
    pub now: Time,
    pub wishes: Vec<Output>,
    pub events: Vec<Event>,
}

impl Desk {
    pub fn new(setup: Setup) -> Self {
        let phone = Phone::new(Arc::new(setup), Memory::default());
        Desk { phone, now: Time::default(), wishes: Vec::new(), events: Vec::new() }
    }

    /// Hands an input over and takes what comes out.
    pub fn hand(&mut self, input: Input) {
        self.phone.handle(self.now, input);
        while let Some(output) = self.phone.poll_output() {
            match output {
                Output::Event(event) => self.events.push(event),
                Output::Unregister(_)
                | Output::ListenForPush(_)
                | Output::AnswerPush(..)
                | Output::AbandonWeb(_)
                | Output::PlayAudio(_)
                | Output::CloseAudio(_) => {}
                wish => self.wishes.push(wish),
            }
        }
    }

    /// Presses keys, one after the other.
    pub fn keys(&mut self, keys: &[&str]) {
        for key in keys {
            self.hand(Input::Key(key.parse().unwrap()));
        }
    }

    /// Lets time pass, and tells the phone of it whenever it wants to know.
    pub fn pass(&mut self, time: Duration) {
        let end = self.now.after(time);
        while let Some(deadline) = self.phone.deadline().filter(|deadline| *deadline <= end) {
            self.now = deadline;
            self.hand(Input::Tick);
        }
        self.now = end;
        self.hand(Input::Tick);
    }

    /// Answers the only open wish as a sound carrier would.
    pub fn answer(&mut self) {
        assert_eq!(self.wishes.len(), 1, "{:?}", self.wishes);
        let wish = self.wishes.remove(0);
        self.hand(sound_answer(&wish));
    }

    /// Answers wishes until there are none.
    pub fn carry(&mut self) {
        while !self.wishes.is_empty() {
            self.answer();
        }
    }

    pub fn told(&self) -> Vec<String> {
        self.events.iter().map(|event| event.kind.to_string()).collect()
    }

    /// The rows of the screen without blanks at their ends.
    pub fn rows(&self) -> Vec<String> {
        self.phone.screen().rows().iter().map(|row| row.trim_end().to_owned()).collect()
    }
}

/// What a carrier answers where everything is as it should be.
pub fn sound_answer(wish: &Output) -> Input {
    match wish {
        Output::Fetch(fetch) => {
            let bytes: Arc<[u8]> = match fetch.path.as_str() {
                "upgrade.scr" => b"SET APPNAME app.bin\n".as_slice().into(),
                _ => application(),
            };
            Input::FileArrived { wish: fetch.wish, bytes }
        }
        Output::Retrieve(transfer) => {
            let bytes = b"Contrast=9\nABKNAME001=Kept\nABKNUMBER001=1\n".as_slice().into();
            Input::FileArrived { wish: transfer.wish, bytes }
        }
        Output::Store(transfer, _) => Input::Stored { wish: transfer.wish },
        Output::Register(register) => Input::Registered { wish: register.wish },
        Output::Keep(wish, _) => Input::Kept { wish: *wish },
        Output::WebRequest(request) => {
            let content_type = Some("text/vnd.wap.wml".to_owned());
            let body = b"<wml><card title=\"News\"><p>Read</p></card></wml>".to_vec();
            let answer = Answer { status: 200, content_type, body, ..Answer::default() };
            Input::WebAnswered { wish: request.wish, answer }
        }
        Output::OpenAudio(wish) => Input::AudioOpened { wish: *wish, port: 2048 },
        _ => unreachable!("not a wish that is answered"),
    }
}

/// A phone in use, its start forgotten.
pub fn in_use() -> Desk {
    in_use_with(setup())
}

/// The same of another setup.
pub fn in_use_with(setup: Setup) -> Desk {
    let mut desk = Desk::new(setup);
    desk.hand(Input::PowerOn);
    desk.carry();
    desk.pass(Duration::from_secs(10));
    desk.events.clear();
    desk
}
