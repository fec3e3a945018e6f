use std::{collections::BTreeMap, time::Duration};

use deskset_phone::{
    Input, WebRequest,
    browser::{Answer, Method},
};

/// What a web server of the lab does with a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WebReply {
    /// It answers this.
    Answer(Answer),
    /// It answers this to who signs in, and 401 to everybody else.
    Locked {
        /// The name it takes.
        name: String,
        /// The password it takes.
        password: String,
        /// What it gives out then.
        answer: Answer,
    },
    /// Nobody listens there.
    Refuses,
    /// It takes the request and says nothing.
    Silent,
}

impl WebReply {
    /// A page.
    pub fn page(wml: &str) -> Self {
        WebReply::file("text/vnd.wap.wml", wml)
    }

    /// The content of a push that is no page.
    pub fn content(xml: &str) -> Self {
        WebReply::file("text/xml", xml)
    }

    /// A file of any type.
    pub fn file(content_type: &str, body: impl AsRef<[u8]>) -> Self {
        let (content_type, body) = (Some(content_type.to_owned()), body.as_ref().to_vec());
        WebReply::Answer(Answer { status: 200, content_type, body, ..Answer::default() })
    }

    /// A status without a body.
    pub fn status(status: u16) -> Self {
        WebReply::Answer(Answer { status, ..Answer::default() })
    }
}

/// All web servers of a lab, as a table of their addresses.
#[derive(Debug, Default)]
pub(crate) struct WebServers {
    pages: BTreeMap<String, WebReply>,
    /// Proxies that ask for name and password, by host.
    locks: BTreeMap<String, (String, String)>,
    pub(crate) asked: Vec<String>,
    pub(crate) requests: Vec<WebRequest>,
}

impl WebServers {
    pub(crate) fn put(&mut self, url: &str, reply: WebReply) {
        self.pages.insert(url.to_owned(), reply);
    }

    pub(crate) fn lock_proxy(&mut self, host: &str, name: &str, password: &str) {
        self.locks.insert(host.to_owned(), (name.to_owned(), password.to_owned()));
    }

    fn reply(&self, request: &WebRequest) -> &WebReply {
        let url = request.url.as_str().split(['?', '#']).next().unwrap_or_default();
        self.pages.get(url).unwrap_or(&WebReply::Refuses)
    }

    /// How long it takes until the phone hears nothing; `None` where something comes at its usual time.
    pub(crate) fn silence(&self, request: &WebRequest) -> Option<Duration> {
        (*self.reply(request) == WebReply::Silent).then_some(request.within)
    }

    pub(crate) fn note(&mut self, request: &WebRequest) {
        let method = if request.method == Method::Post { "POST" } else { "GET" };
        let via = request.via.as_ref().map(|via| format!(" via {via}")).unwrap_or_default();
        let body = if request.body.is_empty() { String::new() } else { format!(" {}", request.body) };
        self.asked.push(format!("{method} {}{via}{body}", request.url));
        self.requests.push(request.clone());
    }

    pub(crate) fn answer(&self, request: &WebRequest) -> Input {
        let wish = request.wish;
        let failed = |words: &str| Input::WebFailed { wish, words: words.to_owned() };
        let lock = request.via.as_ref().and_then(|proxy| self.locks.get(&proxy.host));
        if lock.is_some_and(|(name, password)| !signs_in(request, true, name, password)) {
            return Input::WebAnswered { wish, answer: asking(407, "way") };
        }
        let answer = match self.reply(request) {
            WebReply::Refuses => return failed("nobody listens there"),
            WebReply::Silent => return failed("no answer in time"),
            WebReply::Answer(answer) => answer.clone(),
            WebReply::Locked { name, password, answer } if signs_in(request, false, name, password) => answer.clone(),
            WebReply::Locked { .. } => asking(401, "staff"),
        };
        if answer.body.len() > request.size_limit {
            return failed("the answer is too long");
        }
        Input::WebAnswered { wish, answer }
    }
}

fn signs_in(request: &WebRequest, proxy: bool, name: &str, password: &str) -> bool {
    let given = request.credentials.iter().find(|given| given.proxy == proxy);
    given.is_some_and(|given| given.name == name && given.password.reveal() == password)
}

/// Asks for name and password.
fn asking(status: u16, realm: &str) -> Answer {
    Answer { status, challenge: Some(format!("Basic realm=\"{realm}\"")), ..Answer::default() }
}
