//! The extension prompt, the registration, the logoff.
//!
//! Source: Installation Guide 555-233-128, "Media Server Registration"; user guides, "Logging Off".

use deskset_models::{BootText, Extension, Secret, Signaling};

use crate::{
    EventKind, Input, Login, Output, Phone, Record, RefusedWhy, Register, Step, Time, WishId, names, phone::Stage,
    pipeline::User,
};

/// What a phone does between its files and its user's data.
#[derive(Debug)]
pub(crate) enum LoginStage {
    /// Waits for extension and password.
    Prompt { until: Option<Time> },
    /// Waits for the call server.
    Registering { wish: WishId, login: Option<Login> },
    /// Waits for the login to be in non-volatile memory.
    Keeping { wish: WishId, login: Login },
}

impl LoginStage {
    pub(crate) fn deadline(&self) -> Option<Time> {
        match self {
            LoginStage::Prompt { until } => *until,
            _ => None,
        }
    }
}

impl Phone {
    /// The files are dealt with: log in with what is known, or ask.
    pub(crate) fn go_to_login(&mut self) {
        let entered = self.setup.login.clone().filter(|_| !self.memory.cleared);
        match entered.or_else(|| self.memory.login.clone()) {
            Some(login) => self.register(Some(login)),
            None => self.prompt(),
        }
    }

    fn prompt(&mut self) {
        self.show_prompt();
        let until = Some(self.now.after(self.setup.policy.prompt));
        self.stage = Stage::Login(LoginStage::Prompt { until });
    }

    fn show_prompt(&mut self) {
        let texts = &self.setup.model.tables().boot_texts;
        let known = self.memory.login.as_ref().map(|login| login.extension.to_string()).unwrap_or_default();
        let keys = texts.say(BootText::ExtensionKeys, &[]);
        self.say(Step::Login, BootText::ExtensionPrompt, &[("extension", &known)], keys);
    }

    fn register(&mut self, login: Option<Login>) {
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
        self.out(Output::Register(Register { wish, servers, signaling, extension, password }));
        self.stage = Stage::Login(LoginStage::Registering { wish, login });
    }

    /// Somebody fills in the prompt.
    pub(crate) fn log_in(&mut self, login: Option<Login>) {
        let unnamed_allowed = self.parameters.value(names::UNNAMEDSTAT) != "0";
        match self.stage {
            Stage::Login(LoginStage::Prompt { .. }) | Stage::LoggedOff | Stage::Failed { step: Step::Login, .. } => {
                if login.is_some() || unnamed_allowed {
                    self.register(login);
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
            (LoginStage::Prompt { until }, Input::Tick) if until.is_some_and(|until| self.now >= until) => {
                self.log_in(None);
            }
            (LoginStage::Registering { wish, login }, Input::Registered { wish: answer }) if *wish == answer => {
                let login = login.take();
                self.registered(login);
            }
            (LoginStage::Registering { wish, login }, Input::Refused { wish: answer, why }) if *wish == answer => {
                let login = login.take();
                self.refused(login, why);
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

    fn refused(&mut self, login: Option<Login>, why: RefusedWhy) {
        let extension = login.map(|login| login.extension);
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
        self.view = Default::default();
        self.stage = Stage::LoggedOff;
    }
}
