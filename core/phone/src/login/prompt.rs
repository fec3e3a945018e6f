//! The two questions of start-up, answered by keys.
//!
//! ```text
//!  Extension=4711        Password=***_
//!  #=OK NEW=47_          #=OK
//! ```
//!
//! Source: Installation Guide 555-233-128, "Media Server Registration". That `*` takes the last digit back is a project
//! rule.

use deskset_models::{BootText, Extension};

use crate::{
    Key, Login, Phone,
    entry::{Alphabet, Content, Entry},
    limits::PASSWORD_CHARS_MAX,
    phone::Stage,
};

use super::LoginStage;

/// The most digits of an extension.
pub(super) const EXTENSION_CHARS: usize = 13;

/// Which question is asked, and what has been answered.
#[derive(Debug)]
pub(crate) struct Prompt {
    /// Once it has been answered.
    extension: Option<Extension>,
    pub(super) entry: Entry,
    /// Somebody else has the extension, and whoever enters this login again takes it over.
    pub(super) takes_over: Option<Login>,
}

/// A field for an extension.
pub(super) fn extension_entry(known: &str) -> Entry {
    Entry::new(known, EXTENSION_CHARS, Content::Digits, Alphabet::of(""))
}

/// A field for the password of an extension: digits by keys, anything by a keyboard.
pub(super) fn password_entry() -> Entry {
    Entry::new("", PASSWORD_CHARS_MAX, Content::Password, Alphabet::of("")).masked()
}

impl Prompt {
    pub(super) fn new(takes_over: Option<Login>) -> Self {
        Prompt { extension: None, entry: extension_entry(""), takes_over }
    }
}

impl Phone {
    /// Writes the question that is asked, and what has been typed; a password as asterisks.
    pub(super) fn draw_prompt(&mut self) {
        let known = self.memory.login.as_ref().map(|login| login.extension.to_string()).unwrap_or_default();
        let texts = &self.setup.model.tables().boot_texts;
        let Stage::Login(LoginStage::Prompt { prompt, .. }) = &self.stage else { return };
        let typed = prompt.entry.text().chars().count();
        self.message = match prompt.extension {
            None => [
                texts.say(BootText::ExtensionPrompt, &[("extension", &known)]),
                texts.say(BootText::ExtensionKeys, &[]).replace('_', &format!("{}_", prompt.entry.text())),
            ],
            Some(_) => [
                texts.say(BootText::PasswordPrompt, &[]).replace('_', &format!("{}_", "*".repeat(typed))),
                texts.say(BootText::PasswordKeys, &[]),
            ],
        }
        .into();
    }

    pub(super) fn key_at_prompt(&mut self, key: Key) {
        let (now, wait) = (self.now, self.setup.policy.prompt);
        let Stage::Login(LoginStage::Prompt { until, prompt }) = &mut self.stage else { return };
        *until = Some(now.after(wait));
        let taken = match key {
            Key::Digit(digit) if digit.sign() == '*' => prompt.entry.erase(),
            Key::Digit(digit) if digit.sign() == '#' => return self.answer_prompt(),
            Key::Digit(digit) => prompt.entry.press(digit, now),
            Key::PageLeft => prompt.entry.left(),
            Key::PageRight => prompt.entry.right(),
            _ => false,
        };
        if !taken {
            self.error_beep();
        }
        self.draw_prompt();
    }

    /// `#`: the answer stands. Nothing typed stands for what is known.
    fn answer_prompt(&mut self) {
        let known = self.memory.login.clone();
        let Stage::Login(LoginStage::Prompt { prompt, .. }) = &mut self.stage else { return };
        let Some(extension) = &prompt.extension else {
            let typed = prompt.entry.text().parse::<Extension>().ok();
            match typed.or_else(|| known.map(|login| login.extension)) {
                Some(extension) => {
                    prompt.extension = Some(extension);
                    prompt.entry = password_entry();
                    self.draw_prompt();
                }
                // An empty extension: without a name.
                None => self.log_in(None),
            }
            return;
        };
        let known = known.filter(|login| login.extension == *extension && prompt.entry.text().is_empty());
        let password = known.map_or_else(|| prompt.entry.secret(), |login| login.password);
        let login = Login { extension: extension.clone(), password };
        let takes_over = prompt.takes_over.as_ref() == Some(&login);
        self.enter_login(Some(login), takes_over);
    }
}
