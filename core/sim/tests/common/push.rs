//! A phone in use that takes pushes, and what is pushed to it.
#![allow(dead_code, missing_docs, clippy::unwrap_used)]

use std::time::Duration;

use deskset_phone::{
    CallNews, CallState, Command, Input, Key, Policy, PushStatus, Setup, View,
    browser::push::{Mode, PushType},
};
use deskset_sim::{PhoneId, WebReply};

use super::{Bench, flash, h323};

pub const TPS: &str = "http://push.lab";

pub const LUNCH: &str = "<wml><card title=\"Lunch\"><p>Soup today<br/><a href=\"wtai://wp/mc;5551\">Canteen</a><br/>\
                         <a href=\"more.wml\">More</a></p></card></wml>";
pub const FORM: &str = "<wml><card title=\"Desk\"><p>Name <input name=\"n\"/>Code <input name=\"c\" \
                        type=\"password\"/><do type=\"accept\"><go href=\"http://push.lab/desk?n=$(n)&amp;c=$(c)\"/></do></p>\
                        </card></wml>";
pub const TEXT: &str = "<Response><Topline>Fire drill at noon</Topline></Response>";
pub const AUDIO: &str = "<Response><Audio packetsize=\"20\" codec=\"PCMU\"><AudioTimer value=\"20\"/><Url \
                         href=\"RTPRx://192.0.2.20:5004\"/></Audio></Response>";
pub const STOP: &str = "<Response><Audio><Url href=\"RTPRx://STOP\"/></Audio></Response>";
pub const SUBSCRIBE: &str = "<Response><Subscribe type=\"all\"/></Response>";

/// One phone with everything that pushes need.
pub struct Pushed {
    pub bench: Bench,
    pub phone: PhoneId,
}

impl Pushed {
    pub fn new() -> Self {
        Pushed::with("4620SW", &[])
    }

    pub fn with(model: &str, settings: &[(&str, &str)]) -> Self {
        Pushed::with_policy(model, settings, Policy::default())
    }

    pub fn with_policy(model: &str, settings: &[(&str, &str)], policy: Policy) -> Self {
        let mut bench = Bench::with_settings(&Pushed::settings(settings));
        Pushed::serve(&mut bench);
        let phone = bench.boot_with(Setup { policy, ..h323(model) }, flash("app.bin", "2.9.2"));
        let mut pushed = Pushed { bench, phone };
        // The results of start-up go from the top line.
        pushed.pass(10);
        pushed
    }

    fn settings<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        let mut all = vec![
            ("TPSLIST", "push.lab"),
            ("SUBSCRIBELIST", "http://push.lab/subscribe"),
            ("WMLHOME", "http://push.lab/home.wml"),
        ];
        all.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
        all.extend(more);
        all
    }

    fn serve(bench: &mut Bench) {
        let lab = &mut bench.lab;
        let home = "<wml><card title=\"Home\"><p>Welcome</p></card></wml>";
        for (name, page) in [("lunch.wml", LUNCH), ("form.wml", FORM), ("home.wml", home)] {
            lab.web(&format!("{TPS}/{name}"), WebReply::page(page));
        }
        for (name, xml) in [("text.xml", TEXT), ("audio.xml", AUDIO), ("stop.xml", STOP), ("again.xml", SUBSCRIBE)] {
            lab.web(&format!("{TPS}/{name}"), WebReply::content(xml));
        }
        lab.web(&format!("{TPS}/subscribe"), WebReply::status(200));
        lab.stream("192.0.2.20", Duration::from_secs(12));
    }

    pub fn post(&mut self, xml: &str) -> Option<u16> {
        let body = format!("XMLData={}", encoded(xml));
        self.bench.lab.post_push(self.phone, body.as_bytes()).map(PushStatus::code)
    }

    /// Posts a push of a type, mode and number of pings, and lets its content come.
    pub fn push(&mut self, kind: &str, mode: &str, alert: u8, file: &str) -> Option<u16> {
        let code = self.post(&message(kind, mode, alert, &format!("{TPS}/{file}")));
        self.bench.lab.pass(Duration::from_millis(200));
        code
    }

    pub fn page(&mut self, mode: &str) -> Option<u16> {
        self.push("display", mode, 0, "lunch.wml")
    }

    pub fn text(&mut self, mode: &str) -> Option<u16> {
        self.push("topline", mode, 0, "text.xml")
    }

    pub fn audio(&mut self, mode: &str) -> Option<u16> {
        self.push("audio", mode, 0, "audio.xml")
    }

    pub fn pass(&mut self, seconds: u64) {
        self.bench.lab.pass(Duration::from_secs(seconds));
    }

    pub fn key(&mut self, key: &str) {
        self.bench.lab.input(self.phone, Input::Key(key.parse::<Key>().unwrap()));
        self.bench.lab.pass(Duration::from_millis(100));
    }

    pub fn keys(&mut self, keys: &str) {
        keys.split(' ').for_each(|key| self.key(key));
    }

    pub fn hook(&mut self, hook: deskset_phone::Hook) {
        self.bench.lab.input(self.phone, Input::Hook(hook));
    }

    pub fn call(&mut self, appearance: u16, state: CallState) {
        let (name, number) = ("Ann".to_owned(), "4712".to_owned());
        self.bench.lab.input(self.phone, Input::Call(CallNews { appearance, state, name, number }));
    }

    pub fn show(&mut self, view: View) {
        self.bench.lab.input(self.phone, Input::Command(Command::Show(view)));
        self.bench.lab.pass(Duration::from_millis(100));
    }

    /// The rows of the screen without blanks at their ends.
    pub fn rows(&self) -> Vec<String> {
        let screen = self.bench.lab.at(self.phone).screen();
        screen.rows().iter().map(|row| row.trim_end().to_owned()).collect()
    }

    pub fn top(&self) -> String {
        self.rows()[0].clone()
    }

    pub fn view(&self) -> View {
        self.bench.lab.at(self.phone).view()
    }

    /// What was told of pushes since this was called last, and the tones.
    pub fn tale(&self) -> Vec<String> {
        self.bench.tale("push")
    }
}

pub fn message(kind: &str, mode: &str, alert: u8, href: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><Push alert=\"{alert}\" type=\"{kind}\" mode=\"{mode}\"><go href=\"{href}\" \
         method=\"get\"/></Push>"
    )
}

pub fn encoded(text: &str) -> String {
    deskset_phone::browser::form([("XMLData", text)]).split_once('=').unwrap().1.to_owned()
}

pub const KINDS: [(&str, PushType, &str); 4] = [
    ("display", PushType::Display, "lunch.wml"),
    ("topline", PushType::Topline, "text.xml"),
    ("audio", PushType::Audio, "audio.xml"),
    ("subscribe", PushType::Subscribe, "again.xml"),
];

pub const MODES: [(&str, Mode); 2] = [("normal", Mode::Normal), ("barge", Mode::Barge)];
