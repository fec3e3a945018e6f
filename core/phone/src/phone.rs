use std::{collections::VecDeque, sync::Arc};

use deskset_models::{BootText, Extension, HookError, Release, Signaling};

use crate::{
    Command, Event, EventKind, Input, Login, Memory, Output, Parameters, Setup, Step, Time, View, WishId,
    applications::Front,
    boot::Boot,
    calls::Calls,
    limits::{ERROR_SHOWN, REASON_CHARS_MAX, RESULT_SHOWN},
    login::{LoginScreen, LoginStage},
    pipeline::{BackupStatus, Buttons, Pipeline, User},
    procedures::Procedure,
    push::{PushAgent, StreamNews},
    rare::{Rare, rarely},
    web::Browsing,
};

/// One phone.
///
/// Give it [`Input::PowerOn`], then drain [`Phone::poll_output`] after every [`Phone::handle`]. It always ends in a
/// named [`State`].
#[derive(Debug)]
pub struct Phone {
    pub(crate) setup: Arc<Setup>,
    /// Signaling and group it was made with; entered ones take their place at the next start.
    pub(crate) made: (Signaling, u16),
    pub(crate) memory: Memory,
    pub(crate) now: Time,
    pub(crate) stage: Stage,
    pub(crate) parameters: Parameters,
    pub(crate) user: Option<User>,
    pub(crate) pipeline: Pipeline,
    /// What became of the last transfers, by user; each sees only their own.
    pub(crate) statuses: Vec<(Extension, BackupStatus)>,
    /// The application on the screen.
    pub(crate) front: Front,
    /// It has an edit screen open.
    pub(crate) front_edits: bool,
    /// Text is typed there.
    pub(crate) front_types: bool,
    /// When the character of the last key is settled, in the form that is open.
    pub(crate) letter_until: Option<Time>,
    /// A local procedure that is under way.
    pub(crate) procedure: Option<Procedure>,
    pub(crate) calls: Calls,
    pub(crate) push: PushAgent,
    pub(crate) browsing: Rare<Browsing>,
    /// Since when the top line says what it says: a long text alternates from then on.
    pub(crate) top_since: Time,
    /// When somebody was last at the phone, or called it.
    pub(crate) used_at: Time,
    /// Text of the boot and login screens: the top row and the one below.
    pub(crate) message: Rare<Message>,
    /// A result on the top line of the applications, until it goes by itself.
    pub(crate) notice: Option<Box<Notice>>,
    /// The known login was refused: it is not tried again by itself.
    pub(crate) was_refused: bool,
    outputs: VecDeque<Output>,
    wishes: u32,
}

type Message = [String; 2];

rarely!(Message);

/// What a phone is busy with. Everything a stage needs is inside it, the larger ones in boxes: most phones are ready.
///
/// ```text
/// off ─► boot (script ─► application ─► restart, settings) ─► login ─► ready ⇄ logged off
///         any ─► failed
/// ```
#[derive(Debug)]
pub(crate) enum Stage {
    Off,
    Boot(Box<Boot>),
    Login(LoginStage),
    Ready,
    LoggedOff(LoginScreen),
    /// All values are being wiped, or new ones kept; then everything begins anew.
    Clearing,
    Failed {
        step: Step,
        reason: Box<str>,
        then: Then,
    },
}

/// What follows a failure.
#[derive(Debug)]
pub(crate) enum Then {
    /// Nothing: only power, or a script, helps.
    Stays,
    /// The message goes; after start-up the phone resets, `later` it asks again.
    Resets { at: Time, later: bool },
    /// Somebody else has the extension: a person decides.
    InUse { login: Box<Login>, later: bool },
}

#[derive(Debug)]
pub(crate) struct Notice {
    pub(crate) text: String,
    /// When it goes by itself, if it does.
    pub(crate) until: Option<Time>,
    /// Any key takes it away.
    pub(crate) by_key: bool,
}

/// What a phone is doing, for those who wait for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum State {
    /// Without power.
    Off,
    /// On its way.
    Starting,
    /// At the extension prompt.
    AwaitsLogin,
    /// In use.
    Ready {
        /// Who is logged in; `None` without a name.
        extension: Option<Extension>,
        /// No save or retrieval is running.
        settled: bool,
    },
    /// Nobody is logged in any more.
    LoggedOff,
    /// It cannot go on.
    Failed {
        /// Where.
        step: Step,
        /// Why.
        reason: String,
    },
}

impl Phone {
    /// A phone without power, with what it remembers from before.
    pub fn new(setup: Arc<Setup>, memory: Memory) -> Self {
        let parameters = Parameters::new(&setup.model);
        Phone {
            made: (setup.signaling, setup.group),
            setup,
            memory,
            now: Time::default(),
            stage: Stage::Off,
            parameters,
            user: None,
            pipeline: Pipeline::default(),
            statuses: Vec::new(),
            front: Front::default(),
            front_edits: false,
            front_types: false,
            letter_until: None,
            procedure: None,
            calls: Calls::default(),
            push: PushAgent::default(),
            browsing: Rare::default(),
            top_since: Time::default(),
            used_at: Time::default(),
            message: Rare::default(),
            notice: None,
            was_refused: false,
            outputs: VecDeque::new(),
            wishes: 0,
        }
    }

    /// Takes in what the carrier tells. An answer to a wish that is no longer waited for changes nothing.
    pub fn handle(&mut self, now: Time, input: Input) {
        self.now = now.max(self.now);
        let touched = matches!(input, Input::Command(_) | Input::Key(_) | Input::Hook(_) | Input::Text(_));
        let is_over =
            |notice: &Notice| notice.until.is_some_and(|until| self.now >= until) || (notice.by_key && touched);
        if self.notice.as_deref().is_some_and(is_over) {
            self.notice = None;
        }
        if touched || matches!(input, Input::Call(_) | Input::PowerOn) {
            self.is_touched();
        }
        self.complete_dialing();
        self.pushes_pass();
        self.procedure_passes();
        match input {
            Input::PowerOn => {
                self.was_refused = false;
                self.power_on();
            }
            Input::Command(command) => self.command(command),
            Input::Key(key) => self.key(key),
            Input::Hook(hook) => self.hook(hook),
            Input::Call(news) => self.call_news(news),
            Input::Feature { number, label, state } => self.feature(number, &label, state),
            Input::Text(text) => self.text(&text),
            Input::PutOut => self.put_out(),
            Input::Registered { .. } | Input::Refused { .. } => self.login_input(input),
            Input::Stored { .. } | Input::TransferFailed { .. } => self.pipeline_input(input),
            Input::FileArrived { wish, .. } if self.pipeline.awaits(wish) => self.pipeline_input(input),
            Input::Kept { wish } | Input::KeepFailed { wish, .. } if self.pipeline.awaits(wish) => {
                self.pipeline_input(input);
            }
            Input::Tick | Input::Kept { .. } | Input::KeepFailed { .. } => match self.stage {
                Stage::Login(_) => self.login_input(input),
                Stage::Boot(_) => self.boot_input(input),
                Stage::Failed { .. } => self.failure_passes(),
                _ => {}
            },
            Input::PushRequest(request) => self.push_request(&request),
            Input::NotListening { words } => self.event(EventKind::NotListening { words: cut(&words) }),
            Input::WebAnswered { wish, answer } => self.web_input(wish, Ok(&answer)),
            Input::WebFailed { wish, words } => self.web_input(wish, Err(&words)),
            Input::AudioOpened { wish, port } => self.ports_opened(wish, port),
            Input::AudioFailed { wish, words } => self.ports_failed(wish, &words),
            Input::AudioLevel { wish, level } => self.stream_input(wish, StreamNews::Level(level)),
            Input::AudioQuiet { wish } => self.stream_input(wish, StreamNews::Over("nothing came any more")),
            Input::AudioEnded { wish } => self.stream_input(wish, StreamNews::Over("its server ended it")),
            Input::Attempt { .. } | Input::Received { .. } | Input::FileArrived { .. } | Input::FileFailed { .. } => {
                self.boot_input(input);
            }
        }
        self.after_input();
        self.after_pushes();
        self.tidy();
    }

    /// What is empty again takes no room: most phones wait for hours.
    fn tidy(&mut self) {
        self.browsing.tidy();
        self.push.subscriptions.tidy();
        self.calls.log.tidy();
        self.calls.redial.tidy();
    }

    /// The next thing the carrier is to do.
    pub fn poll_output(&mut self) -> Option<Output> {
        let output = self.outputs.pop_front();
        if self.outputs.is_empty() {
            // Many phones wish for nothing, for hours.
            self.outputs = VecDeque::new();
        }
        output
    }

    /// When [`Input::Tick`] is due, if at all.
    pub fn deadline(&self) -> Option<Time> {
        let stage = match &self.stage {
            Stage::Boot(boot) => boot.deadline(),
            Stage::Login(login) => login.deadline(),
            _ => None,
        };
        let notice = self.notice.as_ref().and_then(|notice| notice.until);
        let stage = stage.or_else(|| self.failure_deadline());
        let procedure = self.procedure.as_ref().and_then(Procedure::deadline);
        let backlight = self.backlight_deadline();
        stage.into_iter().chain(procedure).chain(notice).chain(backlight).chain(self.use_deadline()).min()
    }

    /// What it is doing.
    pub fn state(&self) -> State {
        match &self.stage {
            Stage::Off => State::Off,
            Stage::Login(LoginStage::Prompt { .. }) => State::AwaitsLogin,
            Stage::Boot(_) | Stage::Login(_) | Stage::Clearing => State::Starting,
            Stage::Ready => State::Ready {
                extension: self.user.as_ref().and_then(|user| user.extension.clone()),
                settled: self.pipeline.is_idle(),
            },
            Stage::LoggedOff(_) => State::LoggedOff,
            Stage::Failed { step, reason, .. } => State::Failed { step: *step, reason: reason.to_string() },
        }
    }

    /// What it was made with.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// What it remembers without power.
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// Its parameters as the last boot left them.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// The release of the running software.
    pub fn release(&self) -> Release {
        self.memory.application.as_ref().map_or(self.setup.boot_release, |stored| stored.release)
    }

    fn command(&mut self, command: Command) {
        match command {
            Command::LogIn(login) => self.log_in(login),
            Command::LogOff => self.log_off(),
            Command::SetOption { name, value } => self.set_option(&name, &value),
            Command::EditSpeedDial { position, dial } => self.edit_speed_dial(position, dial),
            Command::EditFeatureLabel { number, label } => self.edit_label(Buttons::Feature, number, &label),
            Command::EditUnitLabel { number, label } => self.edit_label(Buttons::Unit, number, &label),
            Command::BeginEdit => self.begin_edit(),
            Command::EndEdit => self.end_edit(),
            Command::Cancel => self.cancel(),
            Command::FtpPassword(password) => {
                if let Some(user) = &mut self.user {
                    user.ftp_password = password;
                }
            }
            Command::Save => self.save(),
            Command::Backup => self.back_up_by_hand(),
            Command::Retrieve => self.retrieve_by_hand(),
            Command::Clear => self.clear(),
            Command::Show(View::Web) if matches!(self.stage, Stage::Ready) => self.open_web(),
            Command::Show(view) if matches!(self.stage, Stage::Ready) => {
                let front = Front::of(view, self);
                self.show(front);
            }
            Command::Show(_) => {}
        }
    }

    pub(crate) fn new_wish(&mut self) -> WishId {
        self.wishes += 1;
        WishId(self.wishes)
    }

    pub(crate) fn out(&mut self, output: Output) {
        self.outputs.push_back(output);
    }

    pub(crate) fn event(&mut self, kind: EventKind) {
        self.outputs.push_back(Output::Event(Event { at: self.now, kind }));
    }

    /// A message of start-up: on the screen, and as an event.
    pub(crate) fn say(&mut self, step: Step, text: BootText, values: &[(&str, &str)], below: String) {
        let words = self.setup.model.tables().boot_texts.say(text, values);
        self.message = [words.clone(), below].into();
        self.event(EventKind::Message { step, text: words });
    }

    /// On the top line until the result of what runs.
    pub(crate) fn notify_running(&mut self, text: BootText) {
        self.notify(text, None, false);
    }

    /// A good result: for a moment if the phone did it by itself, else until a key.
    pub(crate) fn notify_done(&mut self, text: BootText, by_hand: bool) {
        let until = (!by_hand).then(|| self.now.after(RESULT_SHOWN));
        self.notify(text, until, by_hand);
    }

    /// A bad result: until a key, but not for ever.
    pub(crate) fn notify_failed(&mut self, text: BootText) {
        // That there is no server stays until somebody has seen it.
        let until = (text != BootText::NoFtpServer).then(|| self.now.after(ERROR_SHOWN));
        self.notify(text, until, true);
    }

    /// What was entered cannot be taken: an error beep, and why on the top line until a key.
    pub(crate) fn complain(&mut self, why: String) {
        self.error_beep();
        (self.notice, self.top_since) = (Some(Box::new(Notice { text: why, until: None, by_key: true })), self.now);
    }

    fn notify(&mut self, text: BootText, until: Option<Time>, by_key: bool) {
        let text = self.setup.model.tables().boot_texts.say(text, &[]);
        self.notice = Some(Box::new(Notice { text, until, by_key }));
        self.top_since = self.now;
    }

    pub(crate) fn fail(&mut self, step: Step, reason: impl Into<String>) {
        let reason = cut(&reason.into());
        self.event(EventKind::Failed { step, reason: reason.clone() });
        self.stage = Stage::Failed { step, reason: reason.into(), then: Then::Stays };
    }

    pub(crate) fn fail_by_hook(&mut self, step: Step, why: HookError) {
        let reason = why.to_string();
        self.event(EventKind::HookFailed(why));
        self.fail(step, reason);
    }
}

/// A carrier's sentence, cut to what an event holds.
pub(crate) fn cut(words: &str) -> String {
    words.chars().take(REASON_CHARS_MAX).collect()
}
