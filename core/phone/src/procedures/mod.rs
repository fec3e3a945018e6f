//! The local procedures: Mute or Hold, some digits, `#`, while nothing rings and nobody talks.
//!
//! Source: Installation Guide 555-233-128, "Local Administrative Options"; LAN Administrator Guide 555-233-507, PROCSTAT
//! and PROCPSWD. That PROCSTAT and PROCPSWD leave LOGOFF alone, which is the user's own, is a project rule. That `*`
//! leads to ADDR while DHCP is asked has no place here: DHCP answers at once.

mod entering;
mod viewing;

use std::collections::BTreeMap;

use self::entering::{Entering, SAVING};
use crate::{
    Digit, Key, Page, Phone, Time, effects, limits::NEXT_DIGIT_WITHIN, login::LoginStage, names, phone::Stage,
};

/// A procedure that is under way.
#[derive(Debug)]
pub(crate) enum Procedure {
    /// Its digits are being entered. Where a password is asked for, it comes first.
    Code { typed: String, until: Time, password_due: bool },
    /// `*` lowers, `0` raises, `#` ends.
    Contrast { before: u8, step: u8 },
    /// `*` changes, `#` ends.
    Alerting { before: bool, visual: bool },
    /// Something is to be answered by `#` or `*`.
    Question(Question),
    /// Values are entered.
    Entering(Box<Entering>),
    /// They wait for what else is on its way into memory. No key does anything.
    Saving(BTreeMap<String, String>),
    /// Values are looked at: `*` turns the page, `#` ends.
    Viewing { page: usize },
}

/// What can be asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Question {
    Clear,
    ClearForSure,
    SaveContrast(u8),
    SaveAlerting(bool),
    SaveEntered(BTreeMap<String, String>),
}

/// What the digits spell on the dial pad.
const NAMES: [(&str, Name); 8] = [
    ("CONT", Name::Contrast),
    ("CLEAR", Name::Clear),
    ("LOGOFF", Name::LogOff),
    ("ALERT", Name::Alert),
    ("GROUP", Name::Group),
    ("SIG", Name::Signaling),
    ("ADDR", Name::Addresses),
    ("VIEW", Name::View),
];

/// The letters of the keys from 2 on.
const LETTERS: [&str; 8] = ["ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ"];

/// Whether these digits spell the word.
fn spells(digits: &str, word: &str) -> bool {
    let key =
        |letter: char| LETTERS.iter().zip('2'..='9').find(|(letters, _)| letters.contains(letter)).map(|(_, key)| key);
    digits.chars().map(Some).eq(word.chars().map(key))
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Name {
    Contrast,
    Clear,
    LogOff,
    Alert,
    Group,
    Signaling,
    Addresses,
    View,
}

impl Procedure {
    /// What it shows; nothing while its digits are entered.
    pub(crate) fn draw(&self, phone: &Phone, page: &mut Page<'_>) -> bool {
        let question = |words: &str| [words.to_owned(), "*=no #=yes".to_owned()];
        let [first, second] = match self {
            Procedure::Code { .. } => return false,
            Procedure::Contrast { step, .. } => [">".repeat((*step).into()), "*= -  0=+  #=OK".to_owned()],
            Procedure::Alerting { visual, .. } => [format!("Alert={}", u8::from(*visual)), "*=change #=OK".to_owned()],
            Procedure::Question(Question::Clear) => question("Clear all values?"),
            Procedure::Question(Question::ClearForSure) => question("Are you sure?"),
            Procedure::Question(_) => question("Save new value?"),
            Procedure::Saving(_) => [SAVING.to_owned(), String::new()],
            Procedure::Entering(entering) => {
                entering.draw(page);
                return true;
            }
            Procedure::Viewing { page: number } => {
                phone.draw_viewed(*number, page);
                return true;
            }
        };
        page.put(page.top_line(), &first);
        page.put(page.line(0), &second);
        true
    }

    pub(crate) fn tried_contrast(&self) -> Option<u8> {
        match self {
            Procedure::Contrast { step, .. } | Procedure::Question(Question::SaveContrast(step)) => Some(*step),
            _ => None,
        }
    }

    pub(crate) fn deadline(&self) -> Option<Time> {
        match self {
            Procedure::Code { until, .. } => Some(*until),
            _ => None,
        }
    }

    /// What is typed is a password.
    pub(crate) fn hides_digits(&self) -> bool {
        matches!(self, Procedure::Code { password_due: true, .. })
    }
}

impl Phone {
    /// Digits that are too long in coming are given up.
    pub(crate) fn procedure_passes(&mut self) {
        if self.procedure.as_ref().and_then(Procedure::deadline).is_some_and(|until| self.now >= until) {
            self.procedure = None;
        }
    }

    /// Mute or Hold begins a procedure; whether it is the time for one.
    pub(crate) fn begin_procedure(&mut self, key: Key) -> bool {
        let at_rest = match &self.stage {
            Stage::Ready => self.calls.are_idle() && !self.edits(),
            Stage::Login(LoginStage::Prompt { .. }) | Stage::LoggedOff(_) | Stage::Failed { .. } => true,
            _ => false,
        };
        let begins = at_rest && matches!(key, Key::Mute | Key::Hold);
        if begins {
            let password_due = !self.parameters.value_under(names::PROCPSWD, self.release()).is_empty();
            let until = self.now.after(NEXT_DIGIT_WITHIN);
            self.procedure = Some(Procedure::Code { typed: String::new(), until, password_due });
        }
        begins
    }

    /// A digit for the procedure that is under way.
    pub(crate) fn procedure_key(&mut self, digit: Digit) {
        let sign = digit.sign();
        let Some(mut procedure) = self.procedure.take() else { return };
        self.procedure = match &mut procedure {
            Procedure::Code { typed, until, password_due } => match sign {
                '#' => {
                    let (typed, due) = (std::mem::take(typed), *password_due);
                    self.begin_named(&typed, due)
                }
                '*' => None,
                sign => {
                    if typed.len() < CODE_CHARS_MAX {
                        typed.push(sign);
                    }
                    *until = self.now.after(NEXT_DIGIT_WITHIN);
                    Some(procedure)
                }
            },
            Procedure::Contrast { before, step } => match sign {
                '*' | '0' => {
                    self.change_contrast(step, sign == '0');
                    Some(procedure)
                }
                '#' if before == step => None,
                '#' => Some(Procedure::Question(Question::SaveContrast(*step))),
                _ => self.kept(procedure),
            },
            Procedure::Alerting { before, visual } => match sign {
                '*' => {
                    *visual = !*visual;
                    Some(procedure)
                }
                '#' if before == visual => None,
                '#' => Some(Procedure::Question(Question::SaveAlerting(*visual))),
                _ => self.kept(procedure),
            },
            Procedure::Question(question) => match sign {
                '*' => None,
                '#' => self.yes(question.clone()),
                _ => self.kept(procedure),
            },
            Procedure::Entering(entering) => {
                let entering = std::mem::take(&mut **entering);
                self.entering_key(entering, sign)
            }
            Procedure::Viewing { page } => {
                let page = *page;
                self.viewing_key(page, sign)
            }
            Procedure::Saving(_) => self.kept(procedure),
        };
    }

    /// A key that is no digit comes while a procedure is under way: whether it belongs there. If not, it ends the
    /// procedure.
    pub(crate) fn procedure_takes(&mut self, key: Key) -> bool {
        let taken = match &mut self.procedure {
            Some(Procedure::Saving(_)) => false,
            Some(Procedure::Entering(entering)) if key == Key::PageLeft => entering.erase(),
            other => {
                *other = None;
                return false;
            }
        };
        if !taken {
            self.error_beep();
        }
        true
    }

    fn kept(&mut self, procedure: Procedure) -> Option<Procedure> {
        self.error_beep();
        Some(procedure)
    }

    /// The digits are complete.
    fn begin_named(&mut self, typed: &str, password_due: bool) -> Option<Procedure> {
        let name = NAMES.iter().find(|(word, _)| spells(typed, word)).map(|(_, name)| *name);
        if name == Some(Name::LogOff) {
            self.log_off();
            return None;
        }
        if password_due && typed == self.parameters.value_under(names::PROCPSWD, self.release()) {
            let until = self.now.after(NEXT_DIGIT_WITHIN);
            return Some(Procedure::Code { typed: String::new(), until, password_due: false });
        }
        let blocked = password_due || self.parameters.value_under(names::PROCSTAT, self.release()) == "1";
        let begun = match name.filter(|_| !blocked) {
            Some(Name::Contrast) => self
                .own_value(effects::CONTRAST)
                .and_then(|now| now.parse().ok())
                .map(|step| Procedure::Contrast { before: step, step }),
            Some(Name::Alert) => self.own_value(effects::VISUAL_ALERTING).map(|now| {
                let visual = now == "1";
                Procedure::Alerting { before: visual, visual }
            }),
            Some(Name::Clear) => Some(Procedure::Question(Question::Clear)),
            Some(Name::Group) => self.enter_group(),
            Some(Name::Signaling) => self.enter_signaling(),
            Some(Name::Addresses) => self.enter_addresses(),
            Some(Name::View) => Some(Procedure::Viewing { page: 0 }),
            Some(Name::LogOff) | None => None,
        };
        if begun.is_none() {
            self.error_beep();
        }
        begun
    }

    /// The value of a row that who is at the phone may change now.
    fn own_value(&self, effect: &str) -> Option<String> {
        let row = self.setup.model.tables().options.with_effect(effect, self.setup.signaling)?;
        (self.may_edit() && self.administered().allows(row)).then(|| self.option_value(row).to_owned())
    }

    fn yes(&mut self, question: Question) -> Option<Procedure> {
        match question {
            Question::Clear => return Some(Procedure::Question(Question::ClearForSure)),
            Question::ClearForSure => {
                self.clear();
                if matches!(self.stage, Stage::Clearing) {
                    self.message = ["Clearing values.".to_owned(), String::new()].into();
                }
            }
            Question::SaveContrast(step) => self.save_with(effects::CONTRAST, &step.to_string()),
            Question::SaveAlerting(visual) => {
                self.save_with(effects::VISUAL_ALERTING, if visual { "1" } else { "0" });
            }
            Question::SaveEntered(answers) => return Some(Procedure::Saving(answers)),
        }
        None
    }

    fn save_with(&mut self, effect: &str, value: &str) {
        let name =
            self.setup.model.tables().options.with_effect(effect, self.setup.signaling).map(|row| row.name.clone());
        if let Some(name) = name {
            self.set_option(&name, value);
            self.save();
        }
    }
}

/// Longer than any code and any password.
const CODE_CHARS_MAX: usize = 16;
