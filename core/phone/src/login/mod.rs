//! The extension prompt, the registration, the logoff.
//!
//! Source: Installation Guide 555-233-128, "Media Server Registration"; user guides, "Logging Off".

mod prompt;
mod refusal;
mod screen;

use deskset_models::{BootText, Extension, Secret, Signaling};

use prompt::Prompt;
pub(crate) use screen::LoginScreen;

use crate::{
    EventKind, Input, Key, Login, Output, Phone, Record, Register, Step, Time, WishId, calls::Calls, entry::Entry,
    names, phone::Stage, pipeline::User,
};

/// What a phone does between its files and its user's data.
#[derive(Debug)]
pub(crate) enum LoginStage {
    /// Waits for extension and password.
    Prompt { until: Option<Time>, prompt: Box<Prompt> },
    /// Waits for the call server. What was entered at the login screen, after start-up, is `later`.
    Registering { wish: WishId, login: Option<Login>, later: bool },
    /// Waits for the login to be in non-volatile memory.
    Keeping { wish: WishId, login: Login },
}

impl LoginStage {
    pub(crate) fn deadline(&self) -> Option<Time> {
        match self {
            LoginStage::Prompt { until, .. } => *until,
            _ => None,
        }
    }

    /// The field that is open.
    pub(crate) fn entry(&mut self) -> Option<&mut Entry> {
        match self {
            LoginStage::Prompt { prompt, .. } => Some(&mut prompt.entry),
            _ => None,
        }
    }
}

impl Phone {
    /// The files are dealt with: log in with what is known, or ask.
    pub(crate) fn go_to_login(&mut self) {
        let entered = self.setup.login.clone().filter(|_| !self.memory.cleared);
        let known = entered.or_else(|| self.memory.login.clone());
        match known.filter(|_| !std::mem::take(&mut self.was_refused)) {
            Some(login) => self.register(Some(login), false, false),
            None => self.prompt(),
        }
    }

    fn prompt(&mut self) {
        let until = Some(self.now.after(self.setup.policy.prompt));
        self.stage = Stage::Login(LoginStage::Prompt { until, prompt: Box::new(Prompt::new(None)) });
        self.show_prompt();
    }

    fn show_prompt(&mut self) {
        let texts = &self.setup.model.tables().boot_texts;
        let known = self.memory.login.as_ref().map(|login| login.extension.to_string()).unwrap_or_default();
        let keys = texts.say(BootText::ExtensionKeys, &[]);
        self.say(Step::Login, BootText::ExtensionPrompt, &[("extension", &known)], keys);
    }

    fn register(&mut self, login: Option<Login>, takes_over: bool, later: bool) {
        let list = match self.setup.signaling {
            Signaling::H323 => names::MCIPADD,
            Signaling::Sip => names::SIPREGISTRAR,
        };
        let servers = self.parameters.value(list).to_owned();
        let first = servers.split(',').next().unwrap_or_default().to_owned();
        let address = if self.administered().shows_addresses() { first } else { String::new() };
        self.event(EventKind::Discovering { servers: servers.clone() });
        self.say(Step::Login, BootText::Discover, &[("address", &address)], String::new());
        let wish = self.new_wish();
        let (extension, password) = match &login {
            Some(login) => (Some(login.extension.clone()), login.password.clone()),
            None => (None, Secret::default()),
        };
        let signaling = self.setup.signaling;
        self.out(Output::Register(Register { wish, servers, signaling, extension, password, takes_over }));
        self.stage = Stage::Login(LoginStage::Registering { wish, login, later });
    }

    /// A key while nobody uses the phone.
    pub(crate) fn key_of_login(&mut self, key: Key) {
        match &self.stage {
            Stage::Login(LoginStage::Prompt { .. }) => self.key_at_prompt(key),
            Stage::LoggedOff(_) => self.key_at_login_screen(key),
            Stage::Failed { .. } => self.key_at_failure(key),
            _ => self.error_beep(),
        }
    }

    /// A keyboard has typed into a field.
    pub(crate) fn show_typed(&mut self) {
        self.draw_prompt();
    }

    /// Somebody fills in the prompt.
    pub(crate) fn log_in(&mut self, login: Option<Login>) {
        self.enter_login(login, false);
    }

    /// The same; the extension may be taken over from who has it.
    fn enter_login(&mut self, login: Option<Login>, takes_over: bool) {
        let unnamed_allowed = self.parameters.value(names::UNNAMEDSTAT) != "0";
        match self.stage {
            Stage::Login(LoginStage::Prompt { .. }) | Stage::LoggedOff(_) | Stage::Failed { step: Step::Login, .. } => {
                if login.is_some() || unnamed_allowed {
                    let later = matches!(self.stage, Stage::LoggedOff(_));
                    self.register(login, takes_over, later);
                } else {
                    self.prompt();
                }
            }
            _ => {
                let why = "the phone is not at its login prompt".to_owned();
                self.event(EventKind::EditRefused { what: "login".to_owned(), why });
            }
        }
    }

    pub(crate) fn login_input(&mut self, input: Input) {
        let Stage::Login(stage) = &mut self.stage else { return };
        match (stage, input) {
            (LoginStage::Prompt { until, .. }, Input::Tick) if until.is_some_and(|until| self.now >= until) => {
                self.log_in(None);
            }
            (LoginStage::Registering { wish, login, .. }, Input::Registered { wish: answer }) if *wish == answer => {
                let login = login.take();
                self.registered(login);
            }
            (LoginStage::Registering { wish, login, later }, Input::Refused { wish: answer, why })
                if *wish == answer =>
            {
                let (login, later) = (login.take(), *later);
                self.refused(login, later, why);
            }
            (LoginStage::Keeping { wish, login }, Input::Kept { wish: answer }) if *wish == answer => {
                let login = login.clone();
                let extension = login.extension.clone();
                self.memory.apply(&Record::Login(Some(login)));
                self.welcome(extension);
            }
            (LoginStage::Keeping { wish, .. }, Input::KeepFailed { wish: answer, words }) if *wish == answer => {
                self.fail(Step::Login, format!("the login could not be kept: {words}"));
            }
            _ => {}
        }
    }

    fn registered(&mut self, login: Option<Login>) {
        let extension = login.as_ref().map(|login| login.extension.clone());
        self.event(EventKind::Registered { extension });
        match login {
            None => {
                self.user = Some(User::unnamed());
                self.ready();
            }
            Some(login) if self.memory.login.as_ref() == Some(&login) => self.welcome(login.extension),
            Some(login) => {
                let wish = self.new_wish();
                self.out(Output::Keep(wish, Record::Login(Some(login.clone()))));
                self.stage = Stage::Login(LoginStage::Keeping { wish, login });
            }
        }
    }

    /// A named user is in: what is theirs here at once; what is theirs on the server comes while the phone is used
    /// (project rule).
    fn welcome(&mut self, extension: Extension) {
        let stored = self.memory.users.get(&extension).cloned().unwrap_or_default();
        self.user = Some(User::named(extension, stored));
        self.ready();
        self.retrieve_at_login();
    }

    /// The phone can be used.
    pub(crate) fn ready(&mut self) {
        self.stage = Stage::Ready;
        self.message = Default::default();
        let extension = self.user.as_ref().and_then(|user| user.extension.clone());
        self.calls = Calls::begun(extension.is_some(), self.calls.voice.hook);
        let release = self.release();
        self.event(EventKind::Ready { extension, release });
    }

    /// Leaves the call server and the user's data behind; what is wiped was decided before.
    pub(crate) fn leave(&mut self) {
        let extension = self.user.take().and_then(|user| user.extension);
        self.out(Output::Unregister(extension.clone()));
        self.event(EventKind::LoggedOff { extension });
        self.say(Step::Logoff, BootText::LoggedOff, &[], String::new());
        self.notice = None;
        self.nobody_uses_it();
        self.stage = Stage::LoggedOff(LoginScreen::default());
    }
}
