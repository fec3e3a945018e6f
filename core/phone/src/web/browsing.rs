//! The browser of a phone, and what it wishes for.

use std::{collections::BTreeMap, sync::LazyLock, time::Duration};

use deskset_browser::{Abilities, Answer, Browser, ImageKind, Output as Said, Page, Request, RequestId, Url};
use deskset_models::Colours;

use super::{Credentials, Proxy, WebRequest};
use crate::{
    EventKind, Output, Phone, Time, WishId,
    applications::{Front, Taps},
    limits::{BROWSER_NEWS_MAX, CONNECT_WITHIN, CONTENT_WITHIN, SIGNED_IN_MAX},
    names,
    phone::cut,
    push::page::without_query,
    rare::Rarely,
};

/// The Web application's state, in front or not.
#[derive(Debug, Default)]
pub(crate) struct Browsing {
    /// There is none until there is something to show.
    browser: Option<Box<Browser>>,
    asked: BTreeMap<WishId, Asked>,
    /// The request that a server or the proxy refuses without name and password.
    refused: Option<Box<Asked>>,
    signed_in: Vec<SignedIn>,
    /// A pushed page that nobody has seen yet.
    pub(crate) waiting: Option<Box<(Url, Answer)>>,
    /// What a page took the place of: there the user comes back to.
    pub(crate) interrupted: Option<Box<Front>>,
    /// The page in front was pushed.
    pub(crate) pushed: bool,
    /// The application a page leads to.
    pub(crate) leads_to: Option<Box<Front>>,
    pub(crate) taps: Taps,
    /// The idle page has come since somebody last did something.
    pub(super) idle_shown: bool,
}

/// A request of the browser under way.
#[derive(Debug)]
pub(crate) struct Asked {
    request: Request,
    /// Names and passwords that went along.
    credentials: Vec<Credentials>,
}

/// Name and password that a server, or the proxy, took or may take.
#[derive(Debug)]
struct SignedIn {
    host: String,
    port: u16,
    credentials: Credentials,
}

impl Rarely for Browsing {
    fn nothing() -> &'static Self {
        static NOTHING: LazyLock<Browsing> = LazyLock::new(Browsing::default);
        &NOTHING
    }

    fn is_nothing(&self) -> bool {
        let Browsing { browser, asked, refused, signed_in, waiting, interrupted, pushed, leads_to, taps, idle_shown } =
            self;
        let nothing = browser.is_none() && asked.is_empty() && refused.is_none() && signed_in.is_empty();
        let nobody = waiting.is_none() && interrupted.is_none() && leads_to.is_none() && *taps == Taps::default();
        nothing && nobody && !pushed && !idle_shown
    }
}

impl SignedIn {
    /// They are for this server, or this proxy.
    fn is_for(&self, host: &str, port: u16, proxy: bool) -> bool {
        (self.host.as_str(), self.port, self.credentials.proxy) == (host, port, proxy)
    }
}

impl Phone {
    pub(crate) fn browser_time(&self) -> Duration {
        Duration::from_micros(self.now.micros)
    }

    pub(crate) fn has_browser(&self) -> bool {
        !self.setup.model.tables().browser.wml.is_empty()
    }

    /// What the browser can do on this model.
    pub(crate) fn web_abilities(&self) -> Abilities {
        let tables = self.setup.model.tables();
        let (display, browser) = (&tables.display, &tables.browser);
        let zones = &display.zones;
        Abilities {
            columns: browser.page_columns,
            rows: browser.page_rows,
            page_width: browser.page_columns.saturating_mul(display.cell_width),
            page_height: browser.page_rows.saturating_mul(display.cell_height),
            softkeys: u8::try_from(zones.softkeys).unwrap_or(u8::MAX),
            softkey_columns: zones.softkey_label_columns,
            softkey_pictures: matches!(display.colours, Colours::Colour { .. }),
            images: browser.images.iter().filter_map(|name| ImageKind::named(name)).collect(),
            deck_bytes: self.setup.policy.page_bytes,
            image_bytes: self.setup.policy.picture_bytes,
            user_agent: self.user_agent(),
        }
    }

    fn user_agent(&self) -> String {
        self.setup.model.tables().browser.user_agent.replace("{release}", &self.release().to_string())
    }

    /// The headers of a request that the browser does not make itself; the media types it takes besides pages.
    pub(crate) fn web_headers(&self, besides: &[&str]) -> Vec<(String, String)> {
        let images = &self.setup.model.tables().browser.images;
        let accept = ["text/vnd.wap.wml"].into_iter().chain(images.iter().map(String::as_str));
        let accept: Vec<&str> = accept.chain(besides.iter().copied()).collect();
        vec![
            ("User-Agent".to_owned(), self.user_agent()),
            ("Accept".to_owned(), accept.join(", ")),
            ("Accept-Charset".to_owned(), "utf-8, iso-8859-1".to_owned()),
        ]
    }

    /// Lets the browser do something, then does what it says.
    pub(crate) fn browse<T>(&mut self, act: impl FnOnce(&mut Browser) -> T) -> T {
        let (outcome, said) = self.browse_apart(act);
        said.into_iter().for_each(|said| self.browser_says(said));
        outcome
    }

    /// Tries something that the browser may refuse with a tone; whether it did not.
    pub(crate) fn try_browse(&mut self, act: impl FnOnce(&mut Browser)) -> bool {
        let ((), said) = self.browse_apart(act);
        let refused = said.contains(&Said::ErrorTone);
        said.into_iter().filter(|said| *said != Said::ErrorTone).for_each(|said| self.browser_says(said));
        !refused
    }

    fn browse_apart<T>(&mut self, act: impl FnOnce(&mut Browser) -> T) -> (T, Vec<Said>) {
        let kept = self.browsing.browser.take();
        let mut browser = kept.unwrap_or_else(|| Box::new(Browser::new(self.web_abilities())));
        let outcome = act(&mut browser);
        let said = std::iter::from_fn(|| browser.poll_output()).take(BROWSER_NEWS_MAX).collect();
        self.browsing.browser = Some(browser);
        (outcome, said)
    }

    /// What the browser shows; nothing before its first page.
    pub(crate) fn web_page(&self) -> Option<Page> {
        self.browsing.browser.as_ref().map(|browser| browser.page())
    }

    /// The browser has a page to come back to.
    pub(crate) fn has_web_page(&self) -> bool {
        let shown = self.browsing.browser.as_ref().is_some_and(|browser| browser.url().is_some());
        shown || self.browsing.waiting.is_some()
    }

    /// Text is typed on a page.
    pub(crate) fn types_on_a_page(&self) -> bool {
        self.browsing.browser.as_ref().is_some_and(|browser| browser.is_editing())
    }

    /// What is typed there is secret.
    pub(crate) fn types_a_password_on_a_page(&self) -> bool {
        self.browsing.browser.as_ref().is_some_and(|browser| browser.is_editing_password())
    }

    /// A key of the dial pad belongs to a link of the page.
    pub(crate) fn page_takes(&self, sign: char) -> bool {
        self.browsing.browser.as_ref().is_some_and(|browser| browser.has_access_key(sign))
    }

    fn browser_says(&mut self, said: Said) {
        match said {
            Said::Request(request) => self.carry(request),
            Said::Abandon(id) => {
                let wish = self.browsing.asked.iter().find(|(_, asked)| asked.request.id == id).map(|(wish, _)| *wish);
                if let Some(wish) = wish {
                    self.browsing.asked.remove(&wish);
                    self.out(Output::AbandonWeb(wish));
                }
            }
            Said::Unauthorized { request, proxy, challenge } => self.must_sign_in(request, proxy, &challenge),
            Said::Dial { number } => {
                if self.place_call("", &number) {
                    self.browsing.leads_to = self.shows_phone_on_calling().then(Box::default);
                }
            }
            Said::AddSpeedDial { number, name } => match self.adding_to_speed_dial(&name, &number) {
                Some(front) => self.browsing.leads_to = Some(Box::new(front)),
                None => self.error_beep(),
            },
            Said::ErrorTone => self.error_beep(),
            Said::Shown { .. } => {
                let url = self.browsing.browser.as_ref().and_then(|browser| browser.url()).map(without_query);
                self.event(EventKind::PageShown { url: url.unwrap_or_default() });
            }
            Said::Failed(error) => self.event(EventKind::PageFailed { why: cut(&error.to_string()) }),
        }
    }

    fn carry(&mut self, request: Request) {
        let via = self.proxy_for(&request.url);
        let credentials = self.signed_in(&request.url, via.as_ref());
        let wish = self.new_wish();
        self.out(Output::WebRequest(WebRequest {
            wish,
            method: request.method,
            url: request.url.clone(),
            headers: request.headers.clone(),
            body: request.body.clone(),
            via,
            credentials: credentials.clone(),
            size_limit: request.size_limit,
            connect_within: CONNECT_WITHIN,
            within: CONTENT_WITHIN,
        }));
        self.browsing.asked.insert(wish, Asked { request, credentials });
    }

    /// What the user has typed for a server and for the proxy on the way to it: each may ask for its own.
    pub(crate) fn signed_in(&self, url: &Url, via: Option<&Proxy>) -> Vec<Credentials> {
        let is_asked = |known: &&SignedIn| {
            known.is_for(url.host(), url.port(), false)
                || via.is_some_and(|proxy| known.is_for(&proxy.host, proxy.port, true))
        };
        self.browsing.signed_in.iter().filter(is_asked).map(|known| known.credentials.clone()).collect()
    }

    /// Whether the browser asked for this; then it is dealt with.
    pub(crate) fn page_input(&mut self, wish: WishId, outcome: Result<&Answer, &str>) -> bool {
        let Some(asked) = self.browsing.asked.remove(&wish) else { return false };
        let (id, now) = (asked.request.id, self.browser_time());
        match outcome {
            Ok(answer) => {
                self.browsing.refused = matches!(answer.status, 401 | 407).then(|| Box::new(asked));
                self.browse(|browser| browser.answer(now, id, answer));
            }
            Err(words) => self.browse(|browser| browser.no_answer(id, words)),
        }
        true
    }

    /// A server, or the proxy, wants name and password. Those that were not taken are forgotten.
    fn must_sign_in(&mut self, id: RequestId, proxy: bool, challenge: &str) {
        let Some(asked) = self.browsing.refused.take().filter(|asked| asked.request.id == id) else { return };
        if let Some(wrong) = asked.credentials.iter().find(|given| given.proxy == proxy) {
            self.browsing.signed_in.retain(|known| known.credentials != *wrong);
        }
        if !challenge.trim_start().get(..BASIC.len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case(BASIC)) {
            // Nobody is asked for a password that cannot be given.
            return self.browse(|browser| browser.no_answer(id, "it asks for a password in a way not spoken here"));
        }
        let Front::Web(_) = &self.front else { return self.browse(|browser| browser.cancel()) };
        let realm = realm(challenge);
        self.event(EventKind::SignInAsked { server: asked.request.url.host().to_owned(), proxy });
        self.front = self.signing_in(*asked, proxy, challenge, &realm);
    }

    /// The user has typed them: the same request once more.
    pub(crate) fn sign_in(&mut self, asked: Asked, credentials: Credentials) {
        let url = &asked.request.url;
        let via = self.proxy_for(url).filter(|_| credentials.proxy);
        let (host, port) = via.map_or_else(|| (url.host().to_owned(), url.port()), |proxy| (proxy.host, proxy.port));
        let known = &mut self.browsing.signed_in;
        known.retain(|other| !other.is_for(&host, port, credentials.proxy));
        if known.len() >= SIGNED_IN_MAX {
            known.remove(0);
        }
        known.push(SignedIn { host, port, credentials });
        self.carry(asked.request);
    }

    /// Time has passed.
    pub(crate) fn pages_pass(&mut self) {
        let now = self.browser_time();
        if self.pages_deadline().is_some_and(|at| self.now >= at) {
            self.browse(|browser| browser.handle_timeout(now));
        }
    }

    /// When something happens on a page by itself; only while it is seen.
    pub(crate) fn pages_deadline(&self) -> Option<Time> {
        let Front::Web(_) = &self.front else { return None };
        let at = self.browsing.browser.as_ref()?.deadline()?;
        let left = at.saturating_sub(self.browser_time());
        Some(self.now.after(left))
    }

    /// What the Web softkey shows: a page that waits, else the last one, else the home page.
    pub(crate) fn open_web(&mut self) {
        self.bring_web_to_the_front();
        // The user came here on their own: there is nothing to go back to.
        self.browsing.interrupted = None;
        let now = self.browser_time();
        let home = self.parameters.value(names::WMLHOME).to_owned();
        if let Some(waiting) = self.browsing.waiting.take() {
            let (url, answer) = *waiting;
            self.browsing.pushed = true;
            self.browse(|browser| drop(browser.push(now, &url, &answer)));
        } else if !self.has_web_page() && !home.is_empty() {
            self.browse(|browser| browser.open(&home));
        }
    }

    /// The Web application in front, whatever was there; text that was typed there is given up.
    pub(crate) fn bring_web_to_the_front(&mut self) {
        if let Front::Web(_) = &self.front {
            return;
        }
        let before = std::mem::take(&mut self.front).without_entry();
        self.browsing.pushed = false;
        self.browsing.interrupted = Some(Box::new(before));
        self.front = Front::web();
    }

    /// What one leaves the application for: what a page has interrupted, else the call appearances.
    pub(crate) fn front_after_exit(&mut self) -> Front {
        self.browsing.interrupted.take().map_or_else(Front::default, |front| *front)
    }

    /// Nobody uses the phone any more.
    pub(crate) fn forget_web(&mut self) {
        let old = std::mem::take(&mut self.browsing).into_inner();
        for wish in old.asked.into_keys() {
            self.out(Output::AbandonWeb(wish));
        }
    }
}

/// The one way to ask for name and password that the phone speaks (RFC 7617).
const BASIC: &str = "Basic";

/// What the server calls the place that is locked.
fn realm(challenge: &str) -> String {
    let value = challenge.split_once("realm=\"").map_or("", |(_, rest)| rest);
    value.split('"').next().unwrap_or_default().chars().filter(|c| !c.is_control()).collect()
}
