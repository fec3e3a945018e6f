//! Subscription: the phone tells servers that it is there.
//!
//! Source: API Guide 16-300256, pp. 54-65.

use std::collections::VecDeque;

use deskset_browser::{Answer, Method, Url, limits::PUSH_BYTES_MAX, push::Subscribe};

use crate::{
    EventKind, Output, Phone, SubscribeSeparator, Time, WebRequest, WishId,
    limits::{
        CONNECT_WITHIN, SUBSCRIBE_AGAIN_AFTER, SUBSCRIBE_GUARD, SUBSCRIBE_TRIES_MAX, SUBSCRIBE_WITHIN,
        SUBSCRIPTIONS_MAX,
    },
    names,
    phone::cut,
    rare::rarely,
};

/// The servers that are to hear of the phone, one after another.
#[derive(PartialEq, Eq, Debug, Default)]
pub(crate) struct Subscriptions {
    queue: VecDeque<Ask>,
    running: Option<(WishId, Ask)>,
    /// Those that did not answer 200 since the registration.
    failed: Vec<String>,
    /// How often they were tried again.
    tries: u8,
    again_at: Option<Time>,
    /// Subscribe pushes are refused until then.
    guarded_until: Option<Time>,
}

rarely!(Subscriptions);

/// One server that is to hear of the phone.
#[derive(PartialEq, Eq, Debug)]
struct Ask {
    server: String,
    /// Because of the registration: without success it is tried again.
    insists: bool,
}

impl Phone {
    fn subscribe_list(&self) -> Vec<String> {
        let list = self.parameters.value(names::SUBSCRIBELIST);
        let entries = list.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        entries.take(SUBSCRIPTIONS_MAX).map(str::to_owned).collect()
    }

    /// Right after the registration every server hears of it.
    pub(super) fn subscribe_after_registration(&mut self) {
        let list = if self.has_push() { self.subscribe_list() } else { Vec::new() };
        let queue = list.into_iter().map(|server| Ask { server, insists: true }).collect();
        self.push.subscriptions = Subscriptions { queue, ..Subscriptions::default() }.into();
        self.subscribe_next();
    }

    pub(super) fn give_up_subscriptions(&mut self) {
        let old = std::mem::take(&mut self.push.subscriptions).into_inner();
        if let Some((wish, _)) = old.running {
            self.out(Output::AbandonWeb(wish));
        }
    }

    /// Why a subscribe push cannot be taken now.
    pub(super) fn may_not_subscribe(&self) -> Option<&'static str> {
        if self.subscribe_list().is_empty() {
            return Some("SUBSCRIBELIST is empty");
        }
        let guarded = self.push.subscriptions.guarded_until.is_some_and(|until| self.now < until);
        guarded.then_some("the last one is less than a minute ago")
    }

    pub(super) fn guard_subscriptions(&mut self) {
        self.push.subscriptions.guarded_until = Some(self.now.after(SUBSCRIBE_GUARD));
    }

    /// A subscribe push asks for it. What fails then is not tried again.
    pub(super) fn subscribe_again(&mut self, whom: &Subscribe) {
        let list = self.subscribe_list();
        let wanted: Vec<String> = match whom {
            Subscribe::All => list,
            Subscribe::Me(server) => list.into_iter().filter(|entry| entry == server).take(1).collect(),
        };
        if wanted.is_empty() {
            let why = "SUBSCRIBELIST has no such server";
            return self.drop_push(deskset_browser::push::PushType::Subscribe, why);
        }
        let queue = &mut self.push.subscriptions.queue;
        for server in wanted {
            if !queue.iter().any(|ask| ask.server == server) {
                queue.push_back(Ask { server, insists: false });
            }
        }
        self.subscribe_next();
    }

    fn subscribe_next(&mut self) {
        while self.push.subscriptions.running.is_none() {
            let Some(ask) = self.push.subscriptions.there().and_then(|all| all.queue.pop_front()) else { return };
            match Url::parse(&self.subscription(&ask.server)) {
                Ok(url) => {
                    let wish = self.new_wish();
                    let headers = self.web_headers(&["text/xml"]);
                    self.push.subscriptions.running = Some((wish, ask));
                    self.out(Output::WebRequest(WebRequest {
                        wish,
                        method: Method::Get,
                        url,
                        headers,
                        body: String::new(),
                        via: None,
                        credentials: Vec::new(),
                        size_limit: PUSH_BYTES_MAX,
                        connect_within: CONNECT_WITHIN,
                        within: SUBSCRIBE_WITHIN,
                    }));
                }
                Err(why) => {
                    let server = without_query(&ask.server);
                    self.event(EventKind::NotSubscribed { server, why: why.to_string() });
                }
            }
        }
    }

    /// The address with what the server is told. The guide prints `+` between the items, which is unusual: a choice of
    /// the lab.
    fn subscription(&self, server: &str) -> String {
        let mac = self.setup.mac.as_bytes().chunks(2).map(String::from_utf8_lossy).collect::<Vec<_>>().join(":");
        let extension = self.user.as_ref().and_then(|user| user.extension.as_ref());
        let items = [
            format!("MAC={}", mac.to_lowercase()),
            format!("Extn={}", extension.map(ToString::to_string).unwrap_or_default()),
            format!("ip={}", self.parameters.value(names::IPADD)),
            format!("SetID={}", self.setup.model.tables().model_id),
        ];
        let separator = match self.setup.policy.subscribe_separator {
            SubscribeSeparator::Ampersand => "&",
            SubscribeSeparator::Plus => "+",
        };
        let start = if server.contains('?') { '&' } else { '?' };
        format!("{server}{start}{}", items.join(separator))
    }

    /// Whether this is the answer of a subscription server; then it is dealt with.
    pub(crate) fn subscription_input(&mut self, wish: WishId, outcome: Result<&Answer, &str>) -> bool {
        let Some(subscriptions) = self.push.subscriptions.there() else { return false };
        let Some((_, Ask { server, insists })) = subscriptions.running.take_if(|(running, _)| *running == wish) else {
            return false;
        };
        let shown = without_query(&server);
        match outcome {
            Ok(answer) if answer.status == 200 => {
                subscriptions.failed.retain(|other| *other != server);
                self.event(EventKind::Subscribed { server: shown });
            }
            outcome => {
                if insists && subscriptions.tries < SUBSCRIBE_TRIES_MAX {
                    subscriptions.failed.push(server);
                }
                let why = match outcome {
                    Ok(answer) => format!("the server answered {}", answer.status),
                    Err(words) => cut(words),
                };
                self.event(EventKind::NotSubscribed { server: shown, why });
            }
        }
        self.subscribe_next();
        let Some(subscriptions) = self.push.subscriptions.there() else { return true };
        let more = subscriptions.running.is_none() && !subscriptions.failed.is_empty();
        if more && subscriptions.again_at.is_none() {
            subscriptions.again_at = Some(self.now.after(SUBSCRIBE_AGAIN_AFTER));
        }
        true
    }

    pub(crate) fn subscriptions_deadline(&self) -> Option<Time> {
        self.push.subscriptions.again_at
    }

    /// Time has passed: those that did not answer after the registration are tried once more.
    pub(crate) fn subscriptions_pass(&mut self) {
        let Some(subscriptions) = self.push.subscriptions.there() else { return };
        if subscriptions.again_at.is_some_and(|at| self.now >= at) {
            subscriptions.again_at = None;
            subscriptions.tries += 1;
            let failed = std::mem::take(&mut subscriptions.failed);
            subscriptions.queue.extend(failed.into_iter().map(|server| Ask { server, insists: true }));
            self.subscribe_next();
        }
    }
}

fn without_query(server: &str) -> String {
    server.split('?').next().unwrap_or_default().to_owned()
}
