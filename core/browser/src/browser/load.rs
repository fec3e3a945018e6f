//! Requests and their answers.

use std::{sync::Arc, time::Duration};

use super::{Browser, Entry, Wanted};
use crate::{
    abilities::ImageKind,
    deck::{self, Deck, Flaw},
    error::BrowserError,
    limits::{HISTORY_CARDS_MAX, HISTORY_MAX, IMAGES_MAX, REDIRECTS_MAX},
    picture::{Picture, PictureError},
    request::{Answer, Method, Output, Purpose, Request, RequestId, place},
    url::Url,
    xml,
};

/// The deck in an answer.
pub(super) fn deck(url: &Url, answer: &Answer, most: usize) -> Result<Arc<Deck>, BrowserError> {
    if !(200..300).contains(&answer.status) {
        return Err(BrowserError::Status { url: place(url), status: answer.status });
    }
    let media_type = media_type(answer);
    if !matches!(media_type.as_str(), "" | "text/vnd.wap.wml" | "text/xml" | "application/xml") {
        return Err(BrowserError::MediaType { url: place(url), media_type });
    }
    let root = xml::parse(&answer.body, answer.content_type.as_deref(), most)
        .map_err(|cause| BrowserError::NotXml { url: place(url), cause })?;
    let deck = deck::read(&root).map_err(|Flaw { place: at, why }| BrowserError::NotWml {
        url: place(url),
        place: at,
        why,
    })?;
    Ok(Arc::new(deck))
}

fn media_type(answer: &Answer) -> String {
    let whole = answer.content_type.as_deref().unwrap_or_default();
    whole.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

impl Browser {
    /// The answer to a request. One to a request that was abandoned changes nothing.
    pub fn answer(&mut self, now: Duration, id: RequestId, answer: &Answer) {
        if let Some(name) = self.image_requests.remove(&id) {
            if let Ok(picture) = self.decode(answer) {
                self.view.pictures.insert(name, Some(Arc::new(picture)));
                self.lay_out();
            }
            return;
        }
        let Some(wanted) = self.wanted.take_if(|wanted| wanted.id == id) else { return };
        match answer.status {
            401 | 407 => {
                let challenge = answer.challenge.clone().unwrap_or_default();
                self.outputs.push_back(Output::Unauthorized { request: id, proxy: answer.status == 407, challenge });
                self.wanted = Some(wanted);
            }
            301 | 302 | 303 | 307 | 308 => self.redirect(wanted, answer),
            _ => match deck(&wanted.url, answer, self.abilities.deck_bytes) {
                Ok(deck) => self.arrive(now, &wanted.url, deck, &wanted.setvars),
                Err(error) => self.fail(error),
            },
        }
    }

    /// There is no answer to a request.
    pub fn no_answer(&mut self, id: RequestId, why: &str) {
        // Without its image a card still shows the alternative text.
        if self.image_requests.remove(&id).is_none()
            && let Some(wanted) = self.wanted.take_if(|wanted| wanted.id == id)
        {
            self.fail(BrowserError::NoAnswer { url: place(&wanted.url), why: why.to_owned() });
        }
    }

    /// The user no longer wants what was asked for; the page on the screen stays.
    pub fn cancel(&mut self) {
        self.stop_waiting();
    }

    fn redirect(&mut self, wanted: Wanted, answer: &Answer) {
        let target = answer.location.as_deref().and_then(|location| wanted.url.join(location).ok());
        let Some(url) = target.filter(|_| wanted.redirects < REDIRECTS_MAX) else {
            return self.fail(BrowserError::Redirect { url: place(&wanted.url) });
        };
        let keeps_method = matches!(answer.status, 307 | 308);
        let (method, body) = if keeps_method { (wanted.method, wanted.body) } else { (Method::Get, String::new()) };
        self.ask(url, method, body, wanted.referer, wanted.setvars);
        if let Some(next) = &mut self.wanted {
            next.redirects = wanted.redirects + 1;
        }
    }

    /// Asks for a deck.
    pub(super) fn ask(
        &mut self,
        url: Url,
        method: Method,
        body: String,
        referer: Option<String>,
        setvars: Vec<(String, String)>,
    ) {
        self.stop_waiting();
        let id = self.new_id();
        let mut headers = self.headers();
        if method == Method::Post {
            headers.push(("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned()));
        }
        headers.extend(referer.clone().map(|referer| ("Referer".to_owned(), referer)));
        self.outputs.push_back(Output::Request(Request {
            id,
            purpose: Purpose::Deck,
            method,
            url: url.without_fragment(),
            headers,
            body: body.clone(),
            size_limit: self.abilities.deck_bytes,
        }));
        self.wanted = Some(Wanted { id, url, method, body, referer, redirects: 0, setvars });
    }

    /// A deck is there: the variables that its link set are set, and it is entered.
    pub(super) fn arrive(&mut self, now: Duration, url: &Url, deck: Arc<Deck>, setvars: &[(String, String)]) {
        let card = deck.card(url.fragment().as_deref());
        self.go_forward(now, Entry { url: url.clone(), deck, card }, setvars);
    }

    /// Asks for the images of the card on the screen.
    pub(super) fn ask_for_images(&mut self) {
        self.abandon_images();
        let names = self.with_card(|browser, card| browser.image_names(card)).unwrap_or_default();
        let Some(base) = self.url().cloned() else { return };
        for name in names {
            let url = base.join(&name);
            self.view.pictures.insert(name.clone(), None);
            let Ok(url) = url else { continue };
            let id = self.new_id();
            self.image_requests.insert(id, name);
            self.outputs.push_back(Output::Request(Request {
                id,
                purpose: Purpose::Image,
                method: Method::Get,
                url: url.without_fragment(),
                headers: self.headers(),
                body: String::new(),
                size_limit: self.abilities.image_bytes,
            }));
        }
    }

    fn image_names(&self, card: &deck::Card) -> Vec<String> {
        let on_page = card.content.iter().filter_map(|item| match item {
            deck::Item::Picture { picture, .. } => Some(picture),
            _ => None,
        });
        let on_keys =
            card.dos.iter().filter_map(|key| key.picture.as_ref()).filter(|_| self.abilities.softkey_pictures);
        let mut names: Vec<String> = Vec::new();
        for picture in on_page.chain(on_keys) {
            let name = picture.src.fill(&self.variables);
            if names.len() < IMAGES_MAX && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    fn decode(&self, answer: &Answer) -> Result<Picture, PictureError> {
        if answer.status != 200 || answer.body.len() > self.abilities.image_bytes {
            return Err(PictureError::Kind);
        }
        let jpeg = answer.body.starts_with(&[0xff, 0xd8]);
        // Servers that do not know the types send another one.
        let by_content = if jpeg { ImageKind::Jpeg } else { ImageKind::Wbmp };
        let kind = ImageKind::named(&media_type(answer)).unwrap_or(by_content);
        match kind {
            _ if !self.abilities.images.contains(&kind) => Err(PictureError::Kind),
            ImageKind::Wbmp => Picture::wbmp(&answer.body),
            ImageKind::Jpeg => Picture::jpeg(&answer.body),
        }
    }

    /// Remembers a page; the oldest deck is forgotten when there are too many.
    pub(super) fn remember(&mut self, entry: Entry) {
        self.history.push(entry);
        let decks =
            |history: &[Entry]| 1 + history.windows(2).filter(|two| !Arc::ptr_eq(&two[0].deck, &two[1].deck)).count();
        while decks(&self.history) > HISTORY_MAX || self.history.len() > HISTORY_CARDS_MAX {
            self.history.remove(0);
        }
    }

    pub(super) fn stop_waiting(&mut self) {
        if let Some(wanted) = self.wanted.take() {
            self.outputs.push_back(Output::Abandon(wanted.id));
        }
    }

    pub(super) fn abandon_images(&mut self) {
        let ids = std::mem::take(&mut self.image_requests);
        self.outputs.extend(ids.into_keys().map(Output::Abandon));
    }

    fn headers(&self) -> Vec<(String, String)> {
        let mut accept = vec!["text/vnd.wap.wml"];
        accept.extend(self.abilities.images.iter().map(|kind| kind.media_type()));
        let mut headers = vec![
            ("Accept".to_owned(), accept.join(", ")),
            ("Accept-Charset".to_owned(), "utf-8, iso-8859-1".to_owned()),
        ];
        if !self.abilities.user_agent.is_empty() {
            headers.insert(0, ("User-Agent".to_owned(), self.abilities.user_agent.clone()));
        }
        headers
    }

    fn new_id(&mut self) -> RequestId {
        self.next_request += 1;
        RequestId(self.next_request)
    }
}
