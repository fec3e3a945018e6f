//! A browser at a desk, and the server it asks.
#![allow(dead_code)]

use std::time::Duration;

use deskset_browser::{Abilities, Answer, Browser, Icon, Key, Output, Page, Piece, Purpose, Request, Side, Url};

pub const HOME: &str = "http://web.example.com/dir/home.wml";

pub const START: Duration = Duration::from_secs(100);

pub struct Desk {
    pub browser: Browser,
    pub now: Duration,
}

impl Desk {
    /// A browser that shows a deck of one server.
    pub fn showing(deck: &str) -> Self {
        Self::with(Abilities::default(), deck)
    }

    pub fn with(abilities: Abilities, deck: &str) -> Self {
        let mut desk = Self { browser: Browser::new(abilities), now: START };
        desk.browser.open(HOME);
        let request = desk.request();
        desk.answer(&request, deck);
        desk.outputs();
        desk
    }

    /// The same with a card's content.
    pub fn card(content: &str) -> Self {
        Self::showing(&format!("<wml><card title=\"Title\">{content}</card></wml>"))
    }

    pub fn press(&mut self, key: Key) -> Vec<Output> {
        self.browser.press(self.now, key);
        self.outputs()
    }

    pub fn row(&mut self, row: u16) -> Vec<Output> {
        self.press(Key::Row { row, side: Side::Left })
    }

    pub fn softkey(&mut self, number: u8) -> Vec<Output> {
        self.press(Key::Softkey(number))
    }

    pub fn type_text(&mut self, text: &str) {
        for character in text.chars() {
            self.browser.press(self.now, Key::Type(character));
        }
    }

    pub fn after(&mut self, time: Duration) -> Vec<Output> {
        self.now += time;
        self.browser.handle_timeout(self.now);
        self.outputs()
    }

    pub fn outputs(&mut self) -> Vec<Output> {
        std::iter::from_fn(|| self.browser.poll_output()).collect()
    }

    /// The one deck that is asked for.
    pub fn request(&mut self) -> Request {
        deck_request(&self.outputs())
    }

    pub fn answer(&mut self, request: &Request, deck: &str) {
        self.browser.answer(self.now, request.id, &wml(deck));
    }

    /// The page as text: title, rows, softkeys.
    pub fn screen(&self) -> String {
        screen(&self.browser.page())
    }
}

pub fn deck_request(outputs: &[Output]) -> Request {
    let mut requests = outputs.iter().filter_map(|output| match output {
        Output::Request(request) if request.purpose == Purpose::Deck => Some(request.clone()),
        _ => None,
    });
    let (Some(request), None) = (requests.next(), requests.next()) else { panic!("not one request: {outputs:?}") };
    request
}

pub fn image_requests(outputs: &[Output]) -> Vec<Request> {
    let requests = outputs.iter().filter_map(|output| match output {
        Output::Request(request) if request.purpose == Purpose::Image => Some(request.clone()),
        _ => None,
    });
    requests.collect()
}

pub fn wml(deck: &str) -> Answer {
    answer(200, "text/vnd.wap.wml", deck.as_bytes())
}

pub fn answer(status: u16, content_type: &str, body: &[u8]) -> Answer {
    Answer { status, content_type: Some(content_type.to_owned()), body: body.to_vec(), ..Answer::default() }
}

pub fn url(text: &str) -> Url {
    Url::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

pub fn screen(page: &Page) -> String {
    let mut lines = vec![format!("= {}", page.title)];
    for row in &page.rows {
        let pieces = row.pieces.iter().map(|piece| match piece {
            Piece::Text { text, bold, link } => match (bold, link) {
                (false, false) => text.clone(),
                (true, false) => format!("*{text}*"),
                (false, true) => format!("_{text}_"),
                (true, true) => format!("*_{text}_*"),
            },
            Piece::Icon(Icon::Handset) => "☎ ".to_owned(),
            Piece::Icon(Icon::SpeedDial) => "☆ ".to_owned(),
            Piece::Icon(Icon::Single { chosen: true }) => "◉ ".to_owned(),
            Piece::Icon(Icon::Single { chosen: false }) => "○ ".to_owned(),
            Piece::Icon(Icon::Multiple { chosen: true }) => "x ".to_owned(),
            Piece::Icon(Icon::Multiple { chosen: false }) => "□ ".to_owned(),
            Piece::Gap(columns) => " ".repeat(usize::from(*columns)),
        });
        let targets: Vec<String> = row.targets.iter().map(|target| format!(" <{target:?}>")).collect();
        lines.push(format!("| {}{}", pieces.collect::<String>(), targets.concat()));
    }
    let labels: Vec<&str> = page.softkeys.iter().map(|key| key.label.as_str()).collect();
    let marks = [(page.before, "<"), (page.after, ">"), (page.loading, "…")];
    let marks: String = marks.iter().filter(|(on, _)| *on).map(|(_, mark)| *mark).collect();
    lines.push(format!("= {} {marks}", labels.join(" | ")).trim_end().to_owned());
    lines.join("\n")
}

/// Lines of a screen, written in a test.
pub fn lines(lines: &[&str]) -> String {
    lines.join("\n")
}
