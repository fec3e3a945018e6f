//! The browser as a value: keys, answers and time go in; wishes and a page come out.

mod edit;
mod enter;
mod keys;
mod load;
mod show;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
    time::Duration,
};

pub use keys::{Key, Side};

use crate::{
    abilities::Abilities,
    deck::{Card, Deck, Field},
    error::BrowserError,
    layout::{Editing, Layout},
    limits::TASKS_MAX,
    picture::Picture,
    request::{Answer, Method, Output, RequestId},
    url::Url,
    variables::Variables,
};

/// The Web application of one phone, without network, clock and keypad.
///
/// ```text
///  open · push ─► handle keys, answers, time ─► poll_output: requests, calls, tones
///                 page: what is on the screen · deadline: when time matters
/// ```
///
/// `now` is the time since any moment that the caller chose and keeps.
pub struct Browser {
    abilities: Abilities,
    variables: Variables,
    /// The last one is on the screen.
    history: Vec<Entry>,
    view: View,
    wanted: Option<Wanted>,
    image_requests: BTreeMap<RequestId, String>,
    outputs: VecDeque<Output>,
    next_request: u64,
    /// Tasks since the last act of the user.
    tasks: usize,
    error: Option<BrowserError>,
}

/// A page that can be gone back to.
#[derive(Clone)]
struct Entry {
    url: Url,
    deck: Arc<Deck>,
    card: usize,
}

/// What is on the screen, beside the card itself.
#[derive(Default)]
struct View {
    layout: Layout,
    /// The first line that is seen.
    top: usize,
    softkey_page: usize,
    editing: Option<Editing>,
    /// The chosen options of each field.
    chosen: Vec<BTreeSet<usize>>,
    /// Images by what the card calls them; nothing while they have not come, and if they cannot be shown.
    pictures: BTreeMap<String, Option<Arc<Picture>>>,
    timer: Option<Duration>,
}

/// A deck that was asked for.
struct Wanted {
    id: RequestId,
    url: Url,
    method: Method,
    body: String,
    referer: Option<String>,
    redirects: u8,
    setvars: Vec<(String, String)>,
}

impl Browser {
    /// A browser that shows nothing yet.
    #[must_use]
    pub fn new(abilities: Abilities) -> Self {
        Self {
            abilities: abilities.tidied(),
            variables: Variables::default(),
            history: Vec::new(),
            view: View::default(),
            wanted: None,
            image_requests: BTreeMap::new(),
            outputs: VecDeque::new(),
            next_request: 0,
            tasks: 0,
            error: None,
        }
    }

    /// The user, or the phone, opens a page: the home page, the idle page.
    pub fn open(&mut self, url: &str) {
        self.tasks = 0;
        match Url::parse(url) {
            Ok(url) => self.ask(url, Method::Get, String::new(), None, Vec::new()),
            Err(error) => self.fail(BrowserError::Link(error)),
        }
    }

    /// The content of a display push, which the phone has fetched from `url`. It comes after the page that is shown, as
    /// if a link had led there; text that is being entered is abandoned.
    ///
    /// # Errors
    /// The content is no deck. Nothing has changed then; for a barge push, [`Browser::show_error`] shows why.
    pub fn push(&mut self, now: Duration, url: &Url, answer: &Answer) -> Result<(), BrowserError> {
        let deck = load::deck(url, answer, self.abilities.deck_bytes)?;
        self.tasks = 0;
        self.stop_waiting();
        self.arrive(now, url, deck, &[]);
        Ok(())
    }

    /// Shows the error page.
    pub fn show_error(&mut self, error: BrowserError) {
        self.fail(error);
    }

    /// What happens next, the oldest first.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to call [`Browser::handle_timeout`] if nothing else happens.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        self.view.timer
    }

    /// Time has passed.
    pub fn handle_timeout(&mut self, now: Duration) {
        if self.view.timer.is_some_and(|deadline| deadline <= now) {
            self.tasks = 0;
            self.expire(now);
        }
    }

    /// The page on the screen, or the last one before an error.
    #[must_use]
    pub fn url(&self) -> Option<&Url> {
        self.history.last().map(|entry| &entry.url)
    }

    /// The variables of the pages.
    #[must_use]
    pub fn variables(&self) -> &Variables {
        &self.variables
    }

    /// Text is being entered: a push in normal mode has to wait, and the dial pad types.
    #[must_use]
    pub fn is_editing(&self) -> bool {
        self.view.editing.is_some()
    }

    /// What is being entered is a password: it is not to be told to anybody.
    #[must_use]
    pub fn is_editing_password(&self) -> bool {
        let field = self.view.editing.as_ref().map(|editing| editing.field);
        let entry = self.history.last();
        let card = entry.and_then(|entry| entry.deck.cards.get(entry.card));
        let field = card.zip(field).and_then(|(card, field)| card.fields.get(field));
        matches!(field, Some(Field::Input(input)) if input.password)
    }

    /// Forgets pages, variables and what was asked for.
    pub fn clear(&mut self) {
        self.stop_waiting();
        self.abandon_images();
        self.variables.clear();
        self.history.clear();
        self.view = View::default();
        self.error = None;
    }

    fn card(&self) -> Option<(Arc<Deck>, usize)> {
        self.history.last().map(|entry| (Arc::clone(&entry.deck), entry.card))
    }

    /// Does something with the card on the screen, if there is one.
    fn with_card<T>(&mut self, act: impl FnOnce(&mut Self, &Card) -> T) -> Option<T> {
        let (deck, card) = self.card()?;
        deck.cards.get(card).map(|card| act(self, card))
    }

    /// One more task; nothing if it is one too many.
    fn count_task(&mut self) -> Option<()> {
        self.tasks += 1;
        if self.tasks > TASKS_MAX {
            self.fail(BrowserError::Endless);
            return None;
        }
        Some(())
    }

    fn fail(&mut self, error: BrowserError) {
        self.stop_waiting();
        self.view.timer = None;
        self.view.editing = None;
        self.view.softkey_page = 0;
        self.view.top = 0;
        self.view.layout = Layout::of_text(&error.to_string(), &self.abilities);
        self.error = Some(error.clone());
        self.outputs.push_back(Output::Failed(error));
    }

    fn error_tone(&mut self) {
        self.outputs.push_back(Output::ErrorTone);
    }
}

/// What is typed may be secret, and so may be any variable: neither is printed.
impl std::fmt::Debug for Browser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let url = self.url().map(crate::request::place);
        f.debug_struct("Browser").field("url", &url).field("error", &self.error).finish_non_exhaustive()
    }
}
