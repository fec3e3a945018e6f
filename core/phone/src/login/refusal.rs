//! What the call server refuses, and what follows.
//!
//! ```text
//!             ┌─ at start-up ─► message, 30 s ─► reset ─► the prompt
//!  refused ───┼─ later ───────► message, 30 s ─► the login screen
//!             └─ in use ──────► message ─┬─ # ─► extension and password again ─► taken over
//!                                        └─ * ─► reset, or the login screen
//! ```
//!
//! Source: Installation Guide 555-233-128, "Error and Status Messages".

use deskset_models::BootText;

use super::{LoginStage, prompt::Prompt, screen::LoginScreen};
use crate::{
    EventKind, Key, Login, Phone, RefusedWhy, Step, Time,
    phone::{Stage, Then},
};

impl Phone {
    pub(super) fn refused(&mut self, login: Option<Login>, later: bool, why: RefusedWhy) {
        let extension = login.as_ref().map(|login| login.extension.clone());
        self.event(EventKind::Refused { extension: extension.clone(), why });
        let text = match why {
            RefusedWhy::UnknownExtension => BootText::ExtensionError,
            RefusedWhy::WrongPassword => BootText::PasswordError,
            RefusedWhy::InUse => BootText::ExtensionInUse,
            RefusedWhy::Busy => BootText::SystemBusy,
        };
        self.say(Step::Login, text, &[], String::new());
        let who = extension.map_or_else(|| "no extension".to_owned(), |extension| format!("extension {extension}"));
        self.fail(Step::Login, format!("{who}: {why}"));
        let at = self.now.after(self.setup.policy.error_shown);
        let follows = match (why, login) {
            (RefusedWhy::InUse, Some(login)) => {
                let texts = &self.setup.model.tables().boot_texts;
                self.message[1] = texts.say(BootText::TakeoverKeys, &[]);
                Then::InUse { login: Box::new(login), later }
            }
            _ => Then::Resets { at, later },
        };
        if let Stage::Failed { then, .. } = &mut self.stage {
            *then = follows;
        }
    }

    /// When the message has been shown for long enough.
    pub(crate) fn failure_deadline(&self) -> Option<Time> {
        match &self.stage {
            // Whoever is at a local procedure finishes it first.
            Stage::Failed { then: Then::Resets { at, .. }, .. } if self.procedure.is_none() => Some(*at),
            _ => None,
        }
    }

    pub(crate) fn failure_passes(&mut self) {
        if let Stage::Failed { then: Then::Resets { at, later }, .. } = &self.stage
            && self.now >= *at
            && self.procedure.is_none()
        {
            let later = *later;
            self.ask_anew(later);
        }
    }

    /// The login screen, or a reset that ends at the prompt: what was refused is not tried again by itself.
    fn ask_anew(&mut self, later: bool) {
        if later {
            self.stage = Stage::LoggedOff(LoginScreen::open(None));
            self.message = Default::default();
        } else {
            self.power_on();
            self.was_refused = true;
        }
    }

    pub(super) fn key_at_failure(&mut self, key: Key) {
        let Stage::Failed { then: Then::InUse { login, later }, .. } = &self.stage else { return self.error_beep() };
        let (login, later) = (Login::clone(login), *later);
        match key {
            Key::Digit(digit) if digit.sign() == '#' => self.ask_again(login, later),
            Key::Digit(digit) if digit.sign() == '*' => self.ask_anew(later),
            _ => self.error_beep(),
        }
    }

    /// Only who enters the same once more takes the extension over.
    fn ask_again(&mut self, login: Login, later: bool) {
        if later {
            self.stage = Stage::LoggedOff(LoginScreen::open(Some(login)));
        } else {
            let until = Some(self.now.after(self.setup.policy.prompt));
            self.stage = Stage::Login(LoginStage::Prompt { until, prompt: Box::new(Prompt::new(Some(login))) });
            self.draw_prompt();
        }
    }
}
