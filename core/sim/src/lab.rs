use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, BinaryHeap},
    sync::Arc,
    time::Duration,
};

use deskset_models::{Extension, Model, Secret};
use deskset_phone::{
    BackupReason, Command, FtpAccount, HttpPlace, Input, Library, Memory, Output, Phone, Place, Protocol, PushDoor,
    PushId, PushStatus, Registrar, Setup, State, Time, WishId, limits::AUDIO_PORTS,
};
use oorandom::Rand64;

use crate::{
    Behaviour, MemoryTree, Story,
    far_side::{FileServer, FtpServer, nobody},
    web::WebServers,
};

/// The most happenings of one [`Lab::settle`]: far more than any sound story takes.
const HAPPENINGS_MAX: usize = 1_000_000;

/// The shortest and the longest time an answer takes.
const ANSWER_MICROS: std::ops::Range<u64> = 1_000..20_000;

/// How long it takes to notice that a server says nothing.
const SILENCE: Duration = Duration::from_secs(10);

/// The wall clock when a lab begins: 2007-02-01 09:00:00.
const FIRST_WALL: i64 = 1_170_320_400;

/// Which phone of a lab.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct PhoneId(pub(crate) usize);

/// Phones, servers and a call server in virtual time.
#[derive(Debug)]
pub struct Lab {
    now: u64,
    pub(crate) sequence: u64,
    due: BinaryHeap<Reverse<Due>>,
    pub(crate) desks: Vec<Desk>,
    files: Vec<FileServer>,
    ftp: Vec<FtpServer>,
    models: BTreeMap<String, Model>,
    registrar: Registrar,
    random: Rand64,
    story: Story,
    library: Arc<Library>,
    pub(crate) web: WebServers,
    /// How long the streams of a host last, until its server ends them.
    pub(crate) streams: BTreeMap<String, Duration>,
}

#[derive(Debug)]
pub(crate) struct Desk {
    phone: Phone,
    name: Arc<str>,
    /// What the carrier has kept: a restart begins with it.
    kept: Memory,
    /// Whether push requests are taken.
    pub(crate) door: PushDoor,
    pub(crate) answered: Vec<(PushId, PushStatus)>,
    /// The ports that are open for streams.
    pub(crate) audio: BTreeSet<WishId>,
}

/// An answer on its way, ordered by time, then by when it was sent.
#[derive(Debug)]
struct Due {
    at: u64,
    sequence: u64,
    phone: PhoneId,
    wish: Output,
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        (self.at, self.sequence) == (other.at, other.sequence)
    }
}
impl Eq for Due {}
impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Due {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at, self.sequence).cmp(&(other.at, other.sequence))
    }
}

impl Lab {
    /// An empty lab; all chance in it comes from `seed`.
    pub fn new(seed: u64) -> Self {
        Lab {
            now: 0,
            sequence: 0,
            due: BinaryHeap::new(),
            desks: Vec::new(),
            files: Vec::new(),
            ftp: Vec::new(),
            models: BTreeMap::new(),
            registrar: Registrar::new(),
            random: Rand64::new(seed.into()),
            story: Story::default(),
            library: Arc::default(),
            web: WebServers::default(),
            streams: BTreeMap::new(),
        }
    }

    /// A file server on `tree`. A second call for the same address changes its behaviour.
    pub fn serve(&mut self, protocol: Protocol, host: &str, port: u16, tree: &MemoryTree, behaviour: Behaviour) {
        let same =
            |server: &&mut FileServer| (server.protocol, server.host.as_str(), server.port) == (protocol, host, port);
        if let Some(server) = self.files.iter_mut().find(same) {
            server.behaviour = behaviour;
            return;
        }
        let (host, tree) = (host.to_owned(), tree.clone());
        self.files.push(FileServer { protocol, host, port, tree, behaviour, asked: Vec::new() });
    }

    /// An FTP server on `tree`. A second call for the same address changes its behaviour.
    pub fn serve_ftp(&mut self, host: &str, port: u16, tree: &MemoryTree, behaviour: Behaviour) {
        if let Some(server) = self.ftp.iter_mut().find(|server| server.host == host && server.port == port) {
            server.behaviour = behaviour;
            return;
        }
        self.ftp.push(FtpServer { host: host.to_owned(), port, tree: tree.clone(), behaviour });
    }

    /// Every path a file server was asked for, in order.
    pub fn asked(&self, protocol: Protocol, host: &str) -> Vec<String> {
        let of = |server: &&FileServer| server.protocol == protocol && server.host == host;
        self.files.iter().filter(of).flat_map(|server| server.asked.clone()).collect()
    }

    /// Lets an extension in.
    pub fn extension(&mut self, extension: &Extension, password: &str) {
        self.registrar.allow(extension.clone(), Secret::new(password));
    }

    /// Puts a phone on a desk, without power.
    pub fn phone(&mut self, setup: Setup) -> PhoneId {
        self.phone_with(setup, Memory::default())
    }

    /// Puts a phone on a desk that remembers something.
    pub fn phone_with(&mut self, setup: Setup, memory: Memory) -> PhoneId {
        self.models.insert(setup.model.name().to_owned(), setup.model.clone());
        let name = setup.name.clone();
        let setup = Setup { library: self.library.clone(), ..setup };
        let phone = Phone::new(Arc::new(setup), memory.clone());
        let (door, answered, audio) = (PushDoor::default(), Vec::new(), BTreeSet::new());
        self.desks.push(Desk { phone, name, kept: memory, door, answered, audio });
        PhoneId(self.desks.len() - 1)
    }

    /// The phone on a desk.
    pub fn at(&self, id: PhoneId) -> &Phone {
        &self.desks[id.0].phone
    }

    /// What the carrier has kept for a phone.
    pub fn kept(&self, id: PhoneId) -> &Memory {
        &self.desks[id.0].kept
    }

    /// Gives a phone power.
    pub fn power_on(&mut self, id: PhoneId) {
        self.hand(id, Input::PowerOn);
    }

    /// Takes the power away and gives it back: only what was kept is still there.
    pub fn power_cut(&mut self, id: PhoneId) {
        let desk = &mut self.desks[id.0];
        let setup = Arc::new(desk.phone.setup().clone());
        desk.phone = Phone::new(setup, desk.kept.clone());
        desk.door = PushDoor::Closed;
        desk.audio.clear();
        self.due.retain(|Reverse(due)| due.phone != id);
        let name = &self.desks[id.0].name;
        self.registrar.unregister(name);
        self.power_on(id);
    }

    /// Somebody does something at a phone; what follows is still to come.
    pub fn tell(&mut self, id: PhoneId, command: Command) {
        self.hand(id, Input::Command(command));
    }

    /// Somebody does something at a phone; then everything that follows happens.
    pub fn command(&mut self, id: PhoneId, command: Command) {
        self.tell(id, command);
        self.settle();
    }

    /// Gives a phone an input of any kind; what follows is still to come.
    pub fn input(&mut self, id: PhoneId, input: Input) {
        self.hand(id, input);
    }

    /// What has happened so far.
    pub fn story(&self) -> &Story {
        &self.story
    }

    /// Lets time pass until every phone rests: in use, at a prompt, logged off or failed.
    pub fn settle(&mut self) {
        for _ in 0..HAPPENINGS_MAX {
            if !self.happen(u64::MAX, |state| state == State::Starting) {
                return;
            }
        }
    }

    /// The next answer or deadline of all, whatever the phones do; `false` if nothing is to come.
    pub fn step(&mut self) -> bool {
        self.happen(u64::MAX, |_| true)
    }

    /// Lets so much time pass, whatever happens in it.
    pub fn pass(&mut self, time: Duration) {
        let until = self.now + u64::try_from(time.as_micros()).unwrap_or(u64::MAX / 2);
        for _ in 0..HAPPENINGS_MAX {
            if !self.happen(until, |_| true) {
                break;
            }
        }
        self.now = until;
    }

    /// The next answer, or the next deadline of a phone in a state that `counts`; `false` if there is none in time.
    fn happen(&mut self, until: u64, counts: impl Fn(State) -> bool) -> bool {
        let deadline = (0..self.desks.len())
            .filter(|at| counts(self.desks[*at].phone.state()))
            .filter_map(|at| Some((self.desks[at].phone.deadline()?.micros, at)))
            .min();
        let answer = self.due.peek().map(|Reverse(due)| due.at);
        match (answer, deadline) {
            (Some(at), deadline) if at <= until && deadline.is_none_or(|(then, _)| at <= then) => {
                let Some(Reverse(due)) = self.due.pop() else { return false };
                self.now = self.now.max(at);
                if let Some(input) = self.answer(due.phone, due.wish) {
                    self.hand(due.phone, input);
                }
                true
            }
            (_, Some((then, at))) if then <= until => {
                self.now = self.now.max(then);
                self.hand(PhoneId(at), Input::Tick);
                true
            }
            _ => false,
        }
    }

    fn time(&self) -> Time {
        // A lab does not run for centuries.
        let wall = FIRST_WALL + i64::try_from(self.now / 1_000_000).unwrap_or_default();
        Time { micros: self.now, wall }
    }

    pub(crate) fn hand(&mut self, id: PhoneId, input: Input) {
        let now = self.time();
        let desk = &mut self.desks[id.0];
        desk.phone.handle(now, input);
        while let Some(output) = self.desks[id.0].phone.poll_output() {
            match output {
                Output::Event(event) => self.story.tell(&self.desks[id.0].name, &event),
                Output::Unregister(_) => {
                    self.registrar.unregister(&self.desks[id.0].name);
                }
                Output::ListenForPush(door) => self.desks[id.0].door = door,
                Output::AnswerPush(push, status) => {
                    self.desks[id.0].answered = vec![(push, status)];
                }
                Output::CloseAudio(wish) => {
                    self.desks[id.0].audio.remove(&wish);
                }
                Output::AbandonWeb(wish) => self.due.retain(|Reverse(due)| {
                    let asks = |asked: &Output| matches!(asked, Output::WebRequest(request) if request.wish == wish);
                    due.phone != id || !asks(&due.wish)
                }),
                wish => self.send(id, wish),
            }
        }
    }

    fn send(&mut self, phone: PhoneId, wish: Output) {
        let takes = match &wish {
            Output::Fetch(fetch) if self.is_silent(fetch.server.protocol, &fetch.server.host) => {
                SILENCE.as_micros() as u64
            }
            Output::WebRequest(request) => {
                self.web.note(request);
                let usual = self.random.rand_range(ANSWER_MICROS);
                self.web.silence(request).map_or(usual, |silence| silence.as_micros() as u64)
            }
            Output::PlayAudio(play) => {
                let lasts = self.streams.get(&play.source).copied().unwrap_or(play.quiet_after);
                lasts.as_micros() as u64
            }
            _ => self.random.rand_range(ANSWER_MICROS),
        };
        self.sequence += 1;
        self.due.push(Reverse(Due { at: self.now + takes, sequence: self.sequence, phone, wish }));
    }

    fn is_silent(&self, protocol: Protocol, host: &str) -> bool {
        let of = |server: &FileServer| server.protocol == protocol && server.host == host;
        self.files.iter().any(|server| of(server) && server.behaviour == Behaviour::Silent)
    }

    fn answer(&mut self, id: PhoneId, wish: Output) -> Option<Input> {
        let models = &self.models;
        let is_backup_file = |name: &str| models.values().any(|model| model.tables().files.is_backup_file(name));
        Some(match wish {
            Output::Fetch(fetch) => {
                let (protocol, host, port) = (fetch.server.protocol, &fetch.server.host, fetch.server.port);
                let of =
                    |server: &&mut FileServer| (server.protocol, &server.host, server.port) == (protocol, host, port);
                self.files.iter_mut().find(of).map_or_else(|| nobody(&fetch), |server| server.answer(&fetch))
            }
            Output::Store(transfer, bytes) => {
                let outcome = match &transfer.place {
                    Place::Ftp(account) => ftp_at(&self.ftp, account)
                        .and_then(|server| server.store(account, &transfer, &bytes, is_backup_file)),
                    Place::Http(place) => http_at(&self.files, place)
                        .and_then(|server| server.put(place, &transfer, &bytes, is_backup_file)),
                };
                match outcome {
                    Ok(()) => Input::Stored { wish: transfer.wish },
                    Err((reason, words)) => Input::TransferFailed { wish: transfer.wish, reason, words },
                }
            }
            Output::Retrieve(transfer) => {
                let outcome = match &transfer.place {
                    Place::Ftp(account) => {
                        ftp_at(&self.ftp, account).and_then(|server| server.retrieve(account, &transfer))
                    }
                    Place::Http(place) => http_at(&self.files, place).and_then(|server| server.get(place, &transfer)),
                };
                match outcome {
                    Ok(bytes) => Input::FileArrived { wish: transfer.wish, bytes },
                    Err((reason, words)) => Input::TransferFailed { wish: transfer.wish, reason, words },
                }
            }
            Output::Register(register) => match self.registrar.register(&self.desks[id.0].name, &register) {
                Ok(put_out) => {
                    if let Some(other) = self.desks.iter().position(|desk| Some(&desk.name) == put_out.as_ref()) {
                        self.hand(PhoneId(other), Input::PutOut);
                    }
                    Input::Registered { wish: register.wish }
                }
                Err(why) => Input::Refused { wish: register.wish, why },
            },
            Output::Keep(wish, record) => {
                self.desks[id.0].kept.apply(&record);
                Input::Kept { wish }
            }
            Output::WebRequest(request) => self.web.answer(&request),
            Output::OpenAudio(wish) => {
                self.desks[id.0].audio.insert(wish);
                let pairs = (AUDIO_PORTS.end() - AUDIO_PORTS.start()) / 2;
                // A new pair each time, as long as there are any.
                let pair = u16::try_from(wish.0 % u32::from(pairs)).unwrap_or_default();
                Input::AudioOpened { wish, port: AUDIO_PORTS.start() + 2 * pair }
            }
            Output::PlayAudio(play) if !self.desks[id.0].audio.contains(&play.audio) => return None,
            Output::PlayAudio(play) if self.streams.contains_key(&play.source) => {
                Input::AudioEnded { wish: play.audio }
            }
            Output::PlayAudio(play) => Input::AudioQuiet { wish: play.audio },
            // Carried out at once.
            Output::ListenForPush(_)
            | Output::AnswerPush(..)
            | Output::AbandonWeb(_)
            | Output::CloseAudio(_)
            | Output::Unregister(_)
            | Output::Event(_) => return None,
        })
    }
}

fn http_at<'s>(servers: &'s [FileServer], place: &HttpPlace) -> Result<&'s FileServer, (BackupReason, String)> {
    let nobody = || (BackupReason::Connect, "nobody listens there".to_owned());
    servers.iter().find(|server| server.is_at(place)).ok_or_else(nobody)
}

fn ftp_at<'s>(servers: &'s [FtpServer], account: &FtpAccount) -> Result<&'s FtpServer, (BackupReason, String)> {
    let nobody = || (BackupReason::Connect, "nobody listens there".to_owned());
    servers.iter().find(|server| server.is_at(account)).ok_or_else(nobody)
}
