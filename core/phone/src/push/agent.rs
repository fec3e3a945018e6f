//! From a request to its answer, and to the content it names.
//!
//! ```text
//!  request ─► message ─► trusted? ─► state? ─► answer ─► fetch ─► pings ─► text, page, stream, subscription
//! ```

use std::net::IpAddr;

use deskset_browser::{
    Answer, Url,
    push::{Mode, PushMessage, PushType, TrustedServers},
};

use super::{
    PushCell, PushEffect, PushRequest, PushState, PushStatus, audio::Stream, states::decide, subscribe::Subscriptions,
    topline::PushedText,
};
use crate::{
    EventKind, Output, Phone, PushDoor, WishId, names,
    phone::{Stage, cut},
    rare::Rare,
};

/// All that is under way because of pushes.
#[derive(Debug, Default)]
pub(crate) struct PushAgent {
    door: PushDoor,
    /// Pushes whose content has not come: at most one of each type.
    pub(super) fetches: Vec<Fetching>,
    pub(super) text: Option<Box<PushedText>>,
    pub(super) stream: Option<Stream>,
    /// The registration was told, or is about to be.
    subscribed: bool,
    pub(crate) subscriptions: Rare<Subscriptions>,
}

/// A push that was accepted.
#[derive(Debug)]
pub(super) struct Fetching {
    pub(super) message: PushMessage,
    /// Of the content, once it is asked for.
    pub(super) content: Option<WishId>,
    /// Of the ports for a stream, until it plays.
    pub(super) ports: Option<WishId>,
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
    pub(super) fn push_cell(&self, message: &PushMessage) -> PushCell {
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
            (PushState::Restoring, self.pipeline.retrieves()),
            (PushState::LocalProcedure, self.procedure.is_some() || matches!(self.stage, Stage::Clearing)),
        ];
        let others = facts.into_iter().filter(|(_, holds)| *holds).map(|(state, _)| state);
        self.front_states().into_iter().chain(others).collect()
    }

    /// The call server has taken the phone in, and its user is known.
    pub(crate) fn is_registered(&self) -> bool {
        self.user.is_some() && matches!(self.stage, Stage::Ready | Stage::Clearing)
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
        if registered && !self.push.subscribed {
            self.push.subscribed = true;
            self.subscribe_after_registration();
        } else if !registered && self.push.subscribed {
            self.push.subscribed = false;
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

    pub(super) fn give_up(&mut self, fetch: &Fetching) {
        self.out_all(fetch.content.map(Output::AbandonWeb).into_iter());
        self.out_all(fetch.ports.map(Output::CloseAudio).into_iter());
    }

    pub(super) fn out_all(&mut self, outputs: impl Iterator<Item = Output>) {
        outputs.for_each(|output| self.out(output));
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
        if let Some(front) = self.browsing.there().and_then(|browsing| browsing.leads_to.take()) {
            self.show(*front);
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
}

pub(super) fn noun(kind: PushType) -> &'static str {
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
