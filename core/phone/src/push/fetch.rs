//! The content of a push: how it is asked for, and what it is.

use deskset_browser::{
    self as browser, Answer, Method,
    limits::PUSH_BYTES_MAX,
    push::{Content, Mode, PushMessage, PushType},
};

use super::agent::{Fetching, noun};
use crate::{
    EventKind, Output, Phone, WebRequest, WishId,
    limits::{CONNECT_WITHIN, CONTENT_WITHIN},
    phone::cut,
};

impl Phone {
    /// Asks for the content; for a stream, the ports must be known first: the server is told of them.
    pub(super) fn begin_fetch(&mut self, message: PushMessage) {
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

    /// They are not, or nothing can be heard with them: a stream that plays already is over.
    pub(crate) fn ports_failed(&mut self, wish: WishId, words: &str) {
        let waits = |fetch: &Fetching| fetch.ports == Some(wish);
        if let Some(at) = self.push.fetches.iter().position(waits) {
            let fetch = self.push.fetches.remove(at);
            self.out_all(fetch.content.map(Output::AbandonWeb).into_iter());
            self.drop_push(PushType::Audio, words);
        } else if self.plays(wish) {
            self.drop_push(PushType::Audio, words);
            self.stop_stream("it cannot be heard");
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
        // A page that the user could open is a page that can be pushed.
        let credentials = if page { self.signed_in(&url, via.as_ref()) } else { Vec::new() };
        self.out(Output::WebRequest(WebRequest {
            wish,
            method: message.method,
            url,
            headers,
            body,
            via,
            credentials,
            size_limit: if page { self.setup.policy.page_bytes } else { PUSH_BYTES_MAX },
            connect_within: CONNECT_WITHIN,
            within: CONTENT_WITHIN,
        }));
        Some(wish)
    }

    /// Whether the content of a push was asked for by this wish; then it is dealt with.
    pub(super) fn content_input(&mut self, wish: WishId, outcome: Result<&Answer, &str>) -> bool {
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
