//! What a person sees and does at a phone in use.
//!
//! ```text
//!  key ─► Phone::key ─┬─ a key that handles calls ─► calls
//!                     ├─ Phone/Exit, Options, Redial ─► another application
//!                     └─ all others ─► Front ─► the application itself, which says what is in front then
//! ```
//!
//! Each application draws its rows and softkeys; the top line belongs to all of them, see `top_line`.

mod call_appearances;
mod call_log;
mod form;
mod keys;
mod list;
mod options;
mod redial;
pub(crate) mod softkeys;
mod speed_dial;
mod top_line;
mod web;

use call_appearances::CallAppearances;
use call_log::CallLog;
use form::Form;
use options::Options;
use redial::Redial;
use speed_dial::SpeedDial;
pub(crate) use web::Taps;
use web::Web;

use crate::{CallState, Hook, Key, Page, Phone, Time, View, calls::Calls, procedures::Procedure, push::PushState};

/// The application in front.
#[derive(Debug)]
pub(crate) enum Front {
    Phone(CallAppearances),
    SpeedDial(SpeedDial),
    CallLog(CallLog),
    Redial(Redial),
    Options(Options),
    Web(Web),
}

impl Default for Front {
    fn default() -> Self {
        Front::Phone(CallAppearances::default())
    }
}

impl Front {
    /// An application as a script asks for it.
    pub(crate) fn of(view: View, phone: &mut Phone) -> Front {
        match view {
            View::Phone => Front::default(),
            View::SpeedDial { page } => Front::SpeedDial(SpeedDial::at(page)),
            View::CallLog => Front::CallLog(CallLog::opened(phone)),
            View::Redial => Front::Redial(Redial::default()),
            View::Options => Front::Options(Options::opened(phone)),
            View::Web => Front::web(),
        }
    }

    pub(crate) fn draw(&self, phone: &Phone, page: &mut Page<'_>) {
        match self {
            Front::Phone(application) => application.draw(phone, page),
            Front::SpeedDial(application) => application.draw(phone, page),
            Front::CallLog(application) => application.draw(phone, page),
            Front::Redial(application) => application.draw(phone, page),
            Front::Options(application) => application.draw(phone, page),
            Front::Web(application) => application.draw(phone, page),
        }
    }

    /// The browser, whatever it shows.
    pub(crate) fn web() -> Front {
        Front::Web(Web::default())
    }

    /// The application as one comes back to it: what was typed in it is given up.
    pub(crate) fn without_entry(self) -> Front {
        match self {
            Front::SpeedDial(application) => Front::SpeedDial(SpeedDial::at(application.page())),
            Front::Options(application) => Front::Options(application.without_entry()),
            front => front,
        }
    }

    /// An edit screen is open.
    fn edits(&mut self) -> bool {
        matches!(self, Front::Options(options) if options.edits()) || self.form().is_some()
    }

    /// The form that is open, if one is.
    fn form(&mut self) -> Option<&mut Form> {
        match self {
            Front::SpeedDial(application) => application.form(),
            Front::Options(application) => application.form(),
            Front::Web(application) => application.form(),
            Front::Phone(_) | Front::CallLog(_) | Front::Redial(_) => None,
        }
    }

    fn key(self, phone: &mut Phone, key: Key) -> Front {
        match self {
            Front::Phone(application) => application.key(phone, key),
            Front::SpeedDial(application) => application.key(phone, key),
            Front::CallLog(application) => application.key(phone, key),
            Front::Redial(application) => application.key(phone, key),
            Front::Options(application) => application.key(phone, key),
            Front::Web(application) => application.key(phone, key),
        }
    }
}

impl Phone {
    /// The application on the screen.
    pub fn view(&self) -> View {
        match &self.front {
            Front::Phone(_) => View::Phone,
            Front::SpeedDial(application) => View::SpeedDial { page: application.page() },
            Front::CallLog(_) => View::CallLog,
            Front::Redial(_) => View::Redial,
            Front::Options(_) => View::Options,
            Front::Web(_) => View::Web,
        }
    }

    /// What the application in front means for a push.
    pub(crate) fn front_states(&self) -> Vec<PushState> {
        match &self.front {
            Front::Phone(_) => vec![PushState::Idle],
            Front::Web(_) if self.front_types || self.types_on_a_page() => vec![PushState::WebEntry],
            Front::Web(_) if self.browsing.pushed => vec![PushState::Web, PushState::PageShown],
            Front::Web(_) => vec![PushState::Web],
            _ if self.front_types => vec![PushState::Entry],
            _ => vec![PushState::Application],
        }
    }

    pub(crate) fn show(&mut self, front: Front) {
        self.front = front;
    }

    /// The contrast that is being tried on the screen.
    pub(crate) fn tried_contrast(&self) -> Option<u8> {
        let of_procedure = self.procedure.as_ref().and_then(Procedure::tried_contrast);
        match &self.front {
            Front::Options(options) => of_procedure.or_else(|| options.tried_contrast()),
            _ => of_procedure,
        }
    }

    /// An edit screen is open.
    pub(crate) fn edits(&mut self) -> bool {
        self.front.edits()
    }

    /// Nobody uses the phone any more: no application, no calls. The handset stays where it is.
    pub(crate) fn nobody_uses_it(&mut self) {
        self.front = Front::default();
        (self.front_edits, self.front_types) = (false, false);
        self.procedure = None;
        let hook: Hook = self.calls.voice.hook;
        self.calls = Calls::default();
        self.calls.voice.hook = hook;
    }

    /// Lets time pass in the application, and tells the pipeline when an edit screen opens or closes: a retrieval
    /// waits meanwhile.
    pub(crate) fn after_input(&mut self) {
        let now = self.now;
        self.save_entered();
        let edits = self.front.edits();
        self.front_types = self.front.form().is_some();
        if !matches!(self.front, Front::Web(_)) {
            drop(self.browsing.there().and_then(|browsing| browsing.interrupted.take()));
        }
        self.letter_until = self.front.form().and_then(|form| {
            form.pass(now);
            form.deadline()
        });
        match (std::mem::replace(&mut self.front_edits, edits), edits) {
            (false, true) => self.begin_edit(),
            (true, false) => self.end_edit(),
            _ => {}
        }
    }

    /// When something changes by itself at a phone in use.
    pub(crate) fn use_deadline(&self) -> Option<Time> {
        let pushed =
            [self.pushed_text_until(), self.subscriptions_deadline(), self.pages_deadline(), self.idle_page_at()];
        let timer = self.call_timer().and(Some(1_000_000)).map(|step| self.next_step(step));
        [self.dialing_deadline(), timer, self.top_deadline(), self.letter_until]
            .into_iter()
            .chain(pushed)
            .flatten()
            .min()
    }

    /// The next moment that lies a whole number of `micros` after the carrier's beginning.
    fn next_step(&self, micros: u64) -> Time {
        self.now.after(std::time::Duration::from_micros(micros - self.now.micros % micros))
    }

    /// How long the active call has lasted, in seconds, where the user wants to see it.
    fn call_timer(&self) -> Option<u64> {
        let on = self.effect(crate::effects::CALL_TIMER) == Some("1");
        let active = self.calls.active().filter(|one| on && one.state == CallState::Active)?;
        Some((self.now.micros - active.talking_since?.micros) / 1_000_000)
    }
}
