//! From a request to its answer, and to the content it names.
//!
//! ```text
//!  request ─► message ─► trusted? ─► state? ─► answer ─► fetch ─► pings ─► text, page, stream, subscription
//! ```

use std::net::IpAddr;

use deskset_browser::{
    self as browser, Answer, Method, Url,
    limits::{DECK_BYTES_MAX, PUSH_BYTES_MAX},
    push::{Content, Mode, PushMessage, PushType, TrustedServers},
};

use super::{
    PushCell, PushEffect, PushRequest, PushState, PushStatus, audio::Stream, states::decide, subscribe::Subscriptions,
    topline::PushedText,
};
use crate::{
    EventKind, Output, Phone, PushDoor, WebRequest, WishId,
    limits::{CONNECT_WITHIN, CONTENT_WITHIN},
    names,
    phone::{Stage, cut},
};

/// All that is under way because of pushes.
#[derive(Debug, Default)]
pub(crate) struct PushAgent {
    door: PushDoor,
    /// Pushes whose content has not come: at most one of each type.
    fetches: Vec<Fetching>,
    pub(super) text: Option<PushedText>,
    pub(super) stream: Option<Stream>,
    pub(super) subscriptions: Subscriptions,
}

/// A push that was accepted.
#[derive(Debug)]
struct Fetching {
    message: PushMessage,
    /// Of the content, once it is asked for.
    content: Option<WishId>,
    /// Of the ports for a stream, until it plays.
    ports: Option<WishId>,
}

/// An answer with a reason for people.
struct Judged {
    status: PushStatus,
    why: String,
    message: Option<PushMessage>,
}

impl Phone {
    /// Somebody posts something.
    pub(crate) fn push_request(&mut self, request: &PushRequest) {
        let Judged { status, why, message } = self.judge(&request.body);
        let what = message.as_ref().map_or_else(|| "push".to_owned(), described);
        // Whoever waits for the answer must not wait for the content.
        self.out(Output::AnswerPush(request.id, status));
        let from: IpAddr = request.peer;
        self.event(EventKind::PushAnswered { from, what, status, why: cut(&why) });
        if let Some(message) = message.filter(|_| status.is_accepted()) {
            self.begin_fetch(message);
        }
    }

    /// The checks, in their order (project rule; the guide prints only that trust and state come before the answer).
    fn judge(&self, body: &[u8]) -> Judged {
        let refused = |status, why: &str| Judged { status, why: why.to_owned(), message: None };
        let trusted = TrustedServers::parse(self.parameters.value(names::TPSLIST));
        if trusted.is_empty() {
            return refused(PushStatus::Disabled, "TPSLIST is empty");
        }
        if !self.is_registered() {
            return refused(PushStatus::InternalError, "the phone is not registered");
        }
        let strict = self.setup.policy.strict_tps;
        let trust = |url: &Url| if strict { trusted.trust_strictly(url) } else { trusted.trust(url) };
        let message = match PushMessage::from_form(body, trust) {
            Ok(message) => message,
            Err(error) => return refused(PushStatus::from(&error), &error.to_string()),
        };
        let (status, why) = self.judge_message(&message);
        Judged { status, why, message: Some(message) }
    }

    fn judge_message(&self, message: &PushMessage) -> (PushStatus, String) {
        if message.kind == PushType::Subscribe
            && let Some(why) = self.may_not_subscribe()
        {
            return (PushStatus::SubscriptionUnavailable, why.to_owned());
        }
        let cell = self.push_cell(message);
        if !cell.status.is_accepted() {
            return (cell.status, String::new());
        }
        // One at a time (project rule): what is under way is not given up for something that matters less.
        let busy = self.push.fetches.iter().any(|other| {
            other.message.kind == message.kind && other.message.mode > message.mode && other.message != *message
        });
        if busy {
            return (PushStatus::InternalError, "a more urgent one of its kind is on its way".to_owned());
        }
        (cell.status, String::new())
    }

    /// What the phone's state lets a message do now.
    fn push_cell(&self, message: &PushMessage) -> PushCell {
        if self.lets_in(message.kind, message.mode) {
            decide(&self.push_states(), message.kind, message.mode)
        } else {
            let audio = message.kind == PushType::Audio;
            let status = if audio { PushStatus::NotInAudioPushState } else { PushStatus::NotInPushState };
            PushCell { status, effect: PushEffect::Nothing }
        }
    }

    /// The model has this type of push, and PUSHCAP lets the mode in: a digit for each type, from the right.
    fn lets_in(&self, kind: PushType, mode: Mode) -> bool {
        let (name, digit) = match kind {
            PushType::Topline => ("topline", Some(0)),
            PushType::Display => ("display", Some(1)),
            PushType::Audio => ("audio", Some(2)),
            PushType::Subscribe => ("subscribe", None),
        };
        let digits = self.parameters.value(names::PUSHCAP).as_bytes();
        let lets = digit.and_then(|at: usize| digits.len().checked_sub(at + 1).and_then(|at| digits.get(at)));
        let has = self.setup.model.tables().push.types.iter().any(|kind| kind == name);
        has && match lets {
            Some(b'0') => false,
            Some(b'1') => mode == Mode::Barge,
            _ => true,
        }
    }

    /// Everything that holds now, for the table.
    pub(crate) fn push_states(&self) -> Vec<PushState> {
        use crate::CallState as Call;
        if !self.is_registered() {
            return vec![PushState::NotRegistered];
        }
        let has = |state| self.calls.first(state).is_some();
        let facts = [
            (PushState::Alerting, has(Call::Alerting)),
            (PushState::ActiveCall, has(Call::Active)),
            (PushState::SoftHold, has(Call::SoftHold)),
            (PushState::HeldCall, has(Call::Held)),
            (PushState::ToplineShown, self.push.text.is_some()),
            (PushState::AudioPlaying, self.push.stream.is_some()),
            (PushState::Restoring, self.pipeline.retrieves() || matches!(self.stage, Stage::Arriving)),
            (PushState::LocalProcedure, self.procedure.is_some() || matches!(self.stage, Stage::Clearing)),
        ];
        let others = facts.into_iter().filter(|(_, holds)| *holds).map(|(state, _)| state);
        self.front_states().into_iter().chain(others).collect()
    }

    /// The call server has taken the phone in, and its user is known.
    pub(crate) fn is_registered(&self) -> bool {
        self.user.is_some() && matches!(self.stage, Stage::Arriving | Stage::Ready | Stage::Clearing)
    }

    /// Opens or closes the port where that has become due, and begins or ends what hangs on the registration.
    pub(crate) fn keep_push_door(&mut self) {
        let wanted = self.wanted_door();
        let registered = self.is_registered();
        if wanted != self.push.door {
            self.push.door = wanted;
            self.out(Output::ListenForPush(wanted));
            self.event(EventKind::PushListening { door: wanted });
        }
        if registered && !self.push.subscriptions.begun {
            self.subscribe_after_registration();
        } else if !registered && self.push.subscriptions.begun {
            self.give_up_pushes();
        }
    }

    fn wanted_door(&self) -> PushDoor {
        let open = self.is_registered()
            && self.has_push()
            && !TrustedServers::parse(self.parameters.value(names::TPSLIST)).is_empty();
        match self.parameters.value(names::PUSHPORT).parse() {
            _ if !open => PushDoor::Closed,
            Ok(port) => PushDoor::Open { port },
            Err(_) => PushDoor::Open { port: 80 },
        }
    }

    pub(super) fn has_push(&self) -> bool {
        let rules = self.setup.model.under(self.setup.signaling);
        rules.is_some_and(|rules| rules.has(deskset_models::since::PUSH, self.release()))
    }

    /// Nobody is registered any more: what was under way ends.
    fn give_up_pushes(&mut self) {
        for fetch in std::mem::take(&mut self.push.fetches) {
            self.give_up(&fetch);
        }
        self.stop_stream("the phone is no longer registered");
        self.push.text = None;
        self.give_up_subscriptions();
        self.forget_web();
    }

    fn give_up(&mut self, fetch: &Fetching) {
        self.out_all(fetch.content.map(Output::AbandonWeb).into_iter());
        self.out_all(fetch.ports.map(Output::CloseAudio).into_iter());
    }

    fn out_all(&mut self, outputs: impl Iterator<Item = Output>) {
        outputs.for_each(|output| self.out(output));
    }

    /// Asks for the content; for a stream, the ports must be known first: the server is told of them.
    fn begin_fetch(&mut self, message: PushMessage) {
        if self.push.fetches.iter().any(|other| other.message == message) {
            // The same once more while it is on its way: it comes once (project rule).
            return;
        }
        if message.kind == PushType::Subscribe {
            self.guard_subscriptions();
        }
        let replaced = self.push.fetches.iter().position(|other| other.message.kind == message.kind);
        if let Some(at) = replaced {
            let old = self.push.fetches.remove(at);
            self.give_up(&old);
            self.event(EventKind::PushDropped { what: noun(old.message.kind), why: "a newer one came".to_owned() });
        }
        let mut fetch = Fetching { message, content: None, ports: None };
        if fetch.message.kind == PushType::Audio {
            let wish = self.new_wish();
            fetch.ports = Some(wish);
            self.out(Output::OpenAudio(wish));
        } else {
            fetch.content = self.ask_for_content(&fetch.message, None);
        }
        if fetch.content.is_some() || fetch.ports.is_some() {
            self.push.fetches.push(fetch);
        }
    }

    /// The ports for a stream are open.
    pub(crate) fn ports_opened(&mut self, wish: WishId, port: u16) {
        let Some(at) = self.push.fetches.iter().position(|fetch| fetch.ports == Some(wish)) else {
            return self.out(Output::CloseAudio(wish));
        };
        if self.push.fetches[at].content.is_some() {
            return;
        }
        let message = self.push.fetches[at].message.clone();
        match self.ask_for_content(&message, Some(port)) {
            Some(content) => self.push.fetches[at].content = Some(content),
            None => {
                self.push.fetches.remove(at);
                self.out(Output::CloseAudio(wish));
            }
        }
    }

    /// They are not.
    pub(crate) fn ports_failed(&mut self, wish: WishId, words: &str) {
        let waits = |fetch: &Fetching| fetch.ports == Some(wish);
        if let Some(at) = self.push.fetches.iter().position(waits) {
            let fetch = self.push.fetches.remove(at);
            self.out_all(fetch.content.map(Output::AbandonWeb).into_iter());
            self.drop_push(PushType::Audio, words);
        }
    }

    /// GET puts the post fields into the query, POST into the body; the port of a stream is always in the query.
    fn ask_for_content(&mut self, message: &PushMessage, port: Option<u16>) -> Option<WishId> {
        let port = port.map(|port| port.to_string());
        let port = port.as_deref().map(|port| (RTP_PORT, port));
        let fields = message.postfields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let in_url: Vec<_> = match message.method {
            Method::Get => fields.clone().chain(port).collect(),
            Method::Post => port.into_iter().collect(),
        };
        let url = match message.url.without_fragment().with_items(in_url) {
            Ok(url) => url,
            Err(why) => {
                self.drop_push(message.kind, &why.to_string());
                return None;
            }
        };
        let mut headers = self.web_headers(&["text/xml"]);
        let body = match message.method {
            Method::Get => String::new(),
            Method::Post => {
                headers.push(("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned()));
                browser::form(fields)
            }
        };
        let page = message.kind == PushType::Display;
        let wish = self.new_wish();
        let via = if page { self.proxy_for(&url) } else { None };
        self.out(Output::WebRequest(WebRequest {
            wish,
            method: message.method,
            url,
            headers,
            body,
            via,
            credentials: None,
            size_limit: if page { DECK_BYTES_MAX } else { PUSH_BYTES_MAX },
            connect_within: CONNECT_WITHIN,
            within: CONTENT_WITHIN,
        }));
        Some(wish)
    }

    /// Time has passed.
    pub(crate) fn pushes_pass(&mut self) {
        self.pushed_text_passes();
        self.subscriptions_pass();
        self.pages_pass();
        self.idle_page_passes();
    }

    /// After whatever has happened.
    pub(crate) fn after_pushes(&mut self) {
        if let Some(front) = self.browsing.leads_to.take() {
            self.show(front);
            self.after_input();
        }
        self.end_stream_for_a_call();
        self.keep_push_door();
    }

    /// Something came from a web server, or did not.
    pub(crate) fn web_input(&mut self, wish: WishId, outcome: Result<&Answer, &str>) {
        // Whose wish it was knows it; one that is no longer waited for changes nothing.
        let _ = self.content_input(wish, outcome)
            || self.subscription_input(wish, outcome)
            || self.page_input(wish, outcome);
    }

    /// Whether the content of a push was asked for by this wish; then it is dealt with.
    fn content_input(&mut self, wish: WishId, outcome: Result<&Answer, &str>) -> bool {
        let Some(at) = self.push.fetches.iter().position(|fetch| fetch.content == Some(wish)) else { return false };
        let Fetching { message, ports, .. } = self.push.fetches.remove(at);
        // Text may be typed now, or a call have come: what no longer fits is not forced on the user.
        let cell = self.push_cell(&message);
        if !cell.status.is_accepted() {
            self.out_all(ports.map(Output::CloseAudio).into_iter());
            self.drop_push(message.kind, cell.status.phrase());
            return true;
        }
        if message.kind == PushType::Display {
            self.page_arrived(&message, cell.effect, outcome);
            return true;
        }
        let content = outcome.map_err(str::to_owned).and_then(|answer| {
            if answer.status != 200 {
                return Err(format!("the server answered {}", answer.status));
            }
            Content::parse(&answer.body, answer.content_type.as_deref()).map_err(|why| why.to_string())
        });
        self.content_arrived(&message, ports, content);
        true
    }

    fn content_arrived(&mut self, message: &PushMessage, ports: Option<WishId>, content: Result<Content, String>) {
        match (message.kind, content, ports) {
            (PushType::Topline, Ok(Content::Topline(text)), _) => {
                self.ping(message.alert);
                self.show_pushed_text(text, message.mode == Mode::Barge);
            }
            (PushType::Audio, Ok(Content::Audio(audio)), Some(ports)) => {
                self.play(message, ports, &audio);
            }
            (PushType::Audio, Ok(Content::AudioStop), Some(ports)) => {
                self.out(Output::CloseAudio(ports));
                if message.mode == Mode::Barge {
                    return self.stop_stream("the server said so");
                }
                self.drop_push(message.kind, "only a barge push may stop a stream");
            }
            (PushType::Subscribe, Ok(Content::Subscribe(whom)), _) => self.subscribe_again(&whom),
            (kind, content, ports) => {
                self.out_all(ports.map(Output::CloseAudio).into_iter());
                let why = content.err().unwrap_or_else(|| "the content is of another type".to_owned());
                self.drop_push(kind, &why);
            }
        }
    }

    pub(super) fn drop_push(&mut self, kind: PushType, why: &str) {
        self.event(EventKind::PushDropped { what: noun(kind), why: cut(why) });
    }
}

/// The item of a query that tells where the phone listens for a stream.
const RTP_PORT: &str = "rtpLPort";

fn noun(kind: PushType) -> &'static str {
    match kind {
        PushType::Display => "page",
        PushType::Topline => "text",
        PushType::Audio => "stream",
        PushType::Subscribe => "subscription",
    }
}

fn described(message: &PushMessage) -> String {
    let mode = if message.mode == Mode::Barge { "barge" } else { "normal" };
    let kind = match message.kind {
        PushType::Subscribe => return "subscribe push".to_owned(),
        PushType::Display => "display",
        PushType::Topline => "topline",
        PushType::Audio => "audio",
    };
    format!("{mode} {kind} push for {}", message.url.host())
}
