//! How a phone comes to show what a golden screen holds: keys, calls, words from a keyboard, time.

use std::time::Duration;

use deskset_files::backup::SpeedDial;
use deskset_models::{Display, Secret, Signaling};
use deskset_phone::{CallNews, CallState, Command, FeatureState, Input, Login, Protocol, Screen, Setup, View, WishId};
use deskset_sim::{Behaviour, PhoneId};

use crate::common::{Bench, h323, setup};

/// One that keys can write.
const PASSWORD: &str = "1234";

/// One screen of each of these models.
pub struct Scene {
    pub name: &'static str,
    pub models: &'static [&'static str],
    pub signaling: Signaling,
    pub settings: &'static [(&'static str, &'static str)],
    pub start: Start,
    pub steps: &'static [Do],
}

/// Where a scene begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The power has just come.
    Power,
    /// At the extension prompt; nobody is known.
    Prompt,
    /// 4711 is logged in.
    Used,
}

/// One step.
pub enum Do {
    /// Keys between blanks, and everything that follows.
    Keys(&'static str),
    /// One key, and nothing of what follows.
    Press(&'static str),
    /// The row that begins so is looked for page by page, and its button pressed.
    Choose(&'static str),
    /// An application that no key leads to.
    Open(View),
    /// A keyboard types.
    Text(&'static str),
    /// Appearance, state, name and number of the other side.
    Call(u16, CallState, &'static str, &'static str),
    Feature(u16, &'static str, FeatureState),
    /// Labels from that position on, saved.
    Dials(u16, &'static [&'static str]),
    /// Options, saved.
    Set(&'static [(&'static str, &'static str)]),
    Ftp(Behaviour),
    Http(Behaviour),
    /// Another phone takes 4711 first.
    Taken,
    /// The carrier tries for so many times to reach the server of the first wish.
    Attempt(u32),
    /// So many bytes of what was wished first have come.
    Received(u64),
    /// Seconds pass.
    Pass(u64),
    /// Answers and deadlines come until the top row begins so.
    See(&'static str),
}

const USED: Scene =
    Scene { name: "", models: &[], signaling: Signaling::H323, settings: &[], start: Start::Used, steps: &[] };

/// A scene at a phone in use.
pub const fn used(name: &'static str, models: &'static [&'static str], steps: &'static [Do]) -> Scene {
    Scene { name, models, steps, ..USED }
}

impl Scene {
    pub const fn from(self, start: Start) -> Scene {
        Scene { start, ..self }
    }

    pub const fn with(self, settings: &'static [(&'static str, &'static str)]) -> Scene {
        Scene { settings, ..self }
    }

    pub const fn sip(self) -> Scene {
        Scene { signaling: Signaling::Sip, ..self }
    }

    /// The names of its goldens.
    pub fn goldens(&self) -> impl Iterator<Item = String> {
        self.models.iter().map(|model| self.golden(model))
    }

    pub fn golden(&self, model: &str) -> String {
        format!("{}-{}", model.to_lowercase(), self.name)
    }

    /// What that model shows at the end.
    pub fn play(&self, model: &str) -> (Display, Screen) {
        let mut bench = Bench::with_settings(self.settings);
        bench.lab.extension(&"4711".parse().unwrap(), PASSWORD);
        let login = (self.start == Start::Used).then(login);
        let phone = bench.lab.phone(Setup { login, ..setup(model, self.signaling) });
        if self.start == Start::Power {
            for step in self.steps.iter().filter(|step| matches!(step, Do::Http(_))) {
                step.at(&mut bench, phone);
            }
        }
        bench.lab.power_on(phone);
        if self.start != Start::Power {
            bench.lab.settle();
        }
        for step in self.steps {
            step.at(&mut bench, phone);
        }
        let at = bench.lab.at(phone);
        (at.setup().model.tables().display.clone(), at.screen())
    }
}

impl Do {
    fn at(&self, bench: &mut Bench, phone: PhoneId) {
        match *self {
            Do::Keys(keys) => bench.keys(phone, keys),
            Do::Press(key) => bench.lab.input(phone, Input::Key(key.parse().unwrap())),
            Do::Choose(words) => choose(bench, phone, words),
            Do::Open(view) => bench.lab.command(phone, Command::Show(view)),
            Do::Text(text) => bench.text(phone, text),
            Do::Call(appearance, state, name, number) => {
                let news = CallNews { appearance, state, name: name.to_owned(), number: number.to_owned() };
                bench.lab.input(phone, Input::Call(news));
            }
            Do::Feature(number, label, state) => {
                bench.lab.input(phone, Input::Feature { number, label: label.to_owned(), state });
            }
            Do::Dials(first, labels) => {
                for (position, label) in (first..).zip(labels) {
                    let dial = SpeedDial { label: (*label).to_owned(), number: "4712".to_owned() };
                    bench.lab.command(phone, Command::EditSpeedDial { position, dial: Some(dial) });
                }
                saved(bench, phone);
            }
            Do::Set(options) => {
                for (name, value) in options {
                    bench.set(phone, name, value);
                }
                saved(bench, phone);
            }
            Do::Ftp(behaviour) => bench.ftp(behaviour),
            Do::Http(behaviour) => bench.behave(Protocol::Http, behaviour),
            Do::Taken => {
                bench.boot(Setup { name: "other".into(), login: Some(login()), ..h323("4621SW") });
            }
            Do::Attempt(number) => bench.lab.input(phone, Input::Attempt { wish: WishId(1), number }),
            Do::Received(bytes) => bench.lab.input(phone, Input::Received { wish: WishId(1), bytes }),
            Do::Pass(seconds) => bench.lab.pass(Duration::from_secs(seconds)),
            Do::See(words) => {
                for _ in 0..10_000 {
                    if bench.rows(phone)[0].starts_with(words) {
                        return;
                    }
                    assert!(bench.lab.step(), "never shown: {words}\n{}", bench.lab.story());
                }
                panic!("never shown: {words}\n{}", bench.lab.story());
            }
        }
    }
}

fn login() -> Login {
    Login { extension: "4711".parse().unwrap(), password: Secret::new(PASSWORD) }
}

/// Saves; the result leaves the top line.
fn saved(bench: &mut Bench, phone: PhoneId) {
    bench.save(phone);
    bench.lab.pass(Duration::from_secs(6));
}

fn choose(bench: &mut Bench, phone: PhoneId, words: &str) {
    for _ in 0..8 {
        if let Some(row) = bench.rows(phone).iter().skip(1).position(|row| row.starts_with(words)) {
            return bench.keys(phone, &format!("line{}-left", row + 1));
        }
        bench.keys(phone, "page-right");
    }
    panic!("no row begins with {words}: {:#?}", bench.rows(phone));
}
