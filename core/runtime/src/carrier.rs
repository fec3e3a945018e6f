use std::{
    collections::BTreeMap,
    fmt,
    net::Ipv4Addr,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use deskset_phone::{Event, Input, Library, Memory, Output, Place, Record, Registrar, Setup, Time, Transfer, WishId};
use deskset_transport::{Connections, Progress, TransferId, Transport};

use crate::{
    Desk, RuntimeError, StateFolder,
    limits::EVENTS_KEPT_MAX,
    mailbox::Slot,
    memory::Keeper,
    push::{PushSettings, Sockets},
    shelf::Shelf,
    translate::{backup_reason, fetch_ask, fetch_reason, ftp_ask, http_ask, http_backup_reason},
    words::in_full,
};

/// Told of every event of every phone, with the phone's name.
pub type Watcher = Arc<dyn Fn(&str, &Event) + Send + Sync>;

/// What phones over real sockets share. Cheap to clone.
#[derive(Clone)]
pub struct Carrier {
    shared: Arc<Shared>,
}

#[derive(Clone)]
struct Shared {
    transport: Transport,
    registrar: Arc<Mutex<Registrar>>,
    /// Where the phones that are at work take their inputs, by their names.
    desks: Arc<Mutex<BTreeMap<Arc<str>, Slot>>>,
    state: StateFolder,
    library: Arc<Library>,
    shelf: Arc<Shelf>,
    watcher: Option<Watcher>,
    push: PushSettings,
    recordings: Option<PathBuf>,
    events_kept: usize,
    began: Instant,
}

impl fmt::Debug for Carrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Carrier").field("state", &self.shared.state).finish_non_exhaustive()
    }
}

impl Carrier {
    /// A carrier whose clock begins now.
    pub fn new(transport: Transport, registrar: Registrar, state: StateFolder) -> Self {
        let registrar = Arc::new(Mutex::new(registrar));
        let shared = Shared {
            transport,
            registrar,
            desks: Arc::default(),
            state,
            library: Arc::default(),
            shelf: Arc::default(),
            watcher: None,
            push: PushSettings::default(),
            recordings: None,
            events_kept: EVENTS_KEPT_MAX,
            began: Instant::now(),
        };
        Carrier { shared: Arc::new(shared) }
    }

    /// The same, telling `watcher` of every event.
    pub fn watched(mut self, watcher: Watcher) -> Self {
        Arc::make_mut(&mut self.shared).watcher = Some(watcher);
        self
    }

    /// The same, with other choices about pushes.
    pub fn pushed(mut self, push: PushSettings) -> Self {
        Arc::make_mut(&mut self.shared).push = push;
        self
    }

    /// The same, with phones that keep at most so many events each: none, where thousands of phones are only watched.
    pub fn keeping_events(mut self, most: usize) -> Self {
        Arc::make_mut(&mut self.shared).events_kept = most.min(EVENTS_KEPT_MAX);
        self
    }

    /// The same; whatever phones hear of streams is recorded below `folder`, in a folder for each.
    pub(crate) fn recording(mut self, folder: PathBuf) -> Self {
        Arc::make_mut(&mut self.shared).recordings = Some(folder);
        self
    }

    pub(crate) fn transport(&self) -> &Transport {
        &self.shared.transport
    }

    /// Puts a phone on a desk, without power, with the memory it left behind.
    pub fn desk(&self, setup: Setup) -> Result<Desk, RuntimeError> {
        self.desk_with(setup, Memory::default())
    }

    /// The same; a phone that has left no memory behind begins with `memory`.
    pub fn desk_with(&self, setup: Setup, memory: Memory) -> Result<Desk, RuntimeError> {
        let name = setup.name.parse().map_err(RuntimeError::PhoneName)?;
        let (keeper, memory) = self.shared.state.open(&name, memory)?;
        let memory = self.shared.shelf.shared_memory(memory);
        let setup = Setup { library: self.shared.library.clone(), ..self.shared.shelf.shared(setup) };
        Ok(Desk::new(self.clone(), setup, keeper, memory))
    }

    /// Events that each phone keeps.
    pub(crate) fn events_kept(&self) -> usize {
        self.shared.events_kept
    }

    pub(crate) fn now(&self) -> Time {
        let micros = u64::try_from(self.shared.began.elapsed().as_micros()).unwrap_or(u64::MAX);
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Time { micros, wall: i64::try_from(wall).unwrap_or(i64::MAX) }
    }

    /// The moment of this carrier's clock on tokio's.
    pub(crate) fn instant(&self, time: Time) -> tokio::time::Instant {
        (self.shared.began + std::time::Duration::from_micros(time.micros)).into()
    }

    pub(crate) fn tell(&self, phone: &str, event: &Event) {
        tracing::info!(phone, step = event.kind.step().key(), "{}", event.kind);
        if let Some(watcher) = &self.shared.watcher {
            watcher(phone, event);
        }
    }

    /// A phone is at work from now on.
    pub(crate) fn enlist(&self, phone: Arc<str>, inputs: Slot) {
        self.desks_now().insert(phone, inputs);
    }

    /// A phone is gone.
    pub(crate) fn strike(&self, phone: &str) {
        self.desks_now().remove(phone);
        self.registrar().unregister(phone);
    }

    /// Another phone has taken its extension over. One that is gone need not be told.
    fn put_out(&self, phone: &str) {
        if let Some(inputs) = self.desks_now().get(phone) {
            inputs.put(Input::PutOut);
        }
    }

    fn desks_now(&self) -> MutexGuard<'_, BTreeMap<Arc<str>, Slot>> {
        // A plain table: a panicking holder leaves nothing half-done.
        self.shared.desks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn registrar(&self) -> MutexGuard<'_, Registrar> {
        // The registrar is a plain table: a panicking holder leaves nothing half-done.
        self.shared.registrar.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The sockets of one phone's push feature, none open yet.
    pub(crate) fn sockets(&self, name: Arc<str>, address: Option<Ipv4Addr>, inputs: Slot) -> Sockets {
        let recordings = match &self.shared.recordings {
            Some(folder) => Some(folder.join(&*name)),
            None => self.shared.state.folder_of(&name).filter(|_| self.shared.push.records),
        };
        Sockets::new(self.shared.transport.clone(), self.shared.push, name, address, recordings, inputs)
    }

    /// Connections for one phone, none open yet.
    pub(crate) fn connections(&self) -> Connections {
        self.shared.transport.connections()
    }

    /// Carries out a wish of `caller`; the answer, and news on the way, go to `answers`.
    pub(crate) async fn carry(self, caller: Caller, wish: Output, answers: Slot) {
        let Caller { name: phone, user_agent, connections, transfer } = caller;
        let answer = match wish {
            Output::Fetch(fetch) => {
                let (wish, news) = (fetch.wish, answers.clone());
                let progress = |progress| {
                    let input = match progress {
                        Progress::Attempt(number) => Input::Attempt { wish, number },
                        Progress::Received(bytes) => Input::Received { wish, bytes },
                    };
                    news.put(input);
                };
                match connections.fetch(&fetch_ask(&fetch, &phone, &user_agent, transfer), progress).await {
                    Ok(fetched) => Input::FileArrived { wish, bytes: Arc::from(&*fetched.bytes) },
                    Err(why) => Input::FileFailed { wish, reason: fetch_reason(why.kind()), words: in_full(&why) },
                }
            }
            Output::Store(Transfer { wish, place: Place::Http(place), file }, bytes) => {
                let ask = http_ask(&place, &file, &phone, &user_agent, transfer);
                match self.shared.transport.put(&ask, Bytes::from_owner(bytes)).await {
                    Ok(()) => Input::Stored { wish },
                    Err(why) => {
                        Input::TransferFailed { wish, reason: http_backup_reason(why.kind()), words: in_full(&why) }
                    }
                }
            }
            Output::Retrieve(Transfer { wish, place: Place::Http(place), file }) => {
                match self.shared.transport.get(&http_ask(&place, &file, &phone, &user_agent, transfer)).await {
                    Ok(bytes) => Input::FileArrived { wish, bytes: Arc::from(&*bytes) },
                    Err(why) => {
                        Input::TransferFailed { wish, reason: http_backup_reason(why.kind()), words: in_full(&why) }
                    }
                }
            }
            Output::Store(Transfer { wish, place: Place::Ftp(account), file }, bytes) => {
                match self.shared.transport.store(&ftp_ask(&account, &file, &phone), &bytes).await {
                    Ok(()) => Input::Stored { wish },
                    Err(why) => Input::TransferFailed { wish, reason: backup_reason(why.kind()), words: in_full(&why) },
                }
            }
            Output::Retrieve(Transfer { wish, place: Place::Ftp(account), file }) => {
                match self.shared.transport.retrieve(&ftp_ask(&account, &file, &phone)).await {
                    Ok(bytes) => Input::FileArrived { wish, bytes: bytes.into() },
                    Err(why) => Input::TransferFailed { wish, reason: backup_reason(why.kind()), words: in_full(&why) },
                }
            }
            Output::Register(register) => match self.registrar().register(&phone, &register) {
                Ok(put_out) => {
                    if let Some(other) = put_out {
                        self.put_out(&other);
                    }
                    Input::Registered { wish: register.wish }
                }
                Err(why) => Input::Refused { wish: register.wish, why },
            },
            // Carried out by the desk.
            Output::Keep(..)
            | Output::Unregister(_)
            | Output::Event(_)
            | Output::ListenForPush(_)
            | Output::AnswerPush(..)
            | Output::WebRequest(_)
            | Output::AbandonWeb(_)
            | Output::OpenAudio(_)
            | Output::PlayAudio(_)
            | Output::CloseAudio(_) => return,
        };
        answers.put(answer);
    }
}

/// Who has a wish.
pub(crate) struct Caller {
    pub(crate) name: Arc<str>,
    pub(crate) user_agent: Arc<str>,
    pub(crate) connections: Connections,
    /// What the far side is told as the transfer's id, where the protocol has a place for it.
    pub(crate) transfer: Option<TransferId>,
}

/// Keeps a record. The phone's memory is let go of before the answer: whoever has it may put the phone away and take
/// it out again at once.
pub(crate) async fn keep(keeper: Keeper, wish: WishId, record: Record, answers: Slot) {
    let kept = tokio::task::spawn_blocking(move || keeper.keep(&record)).await;
    answers.put(match kept {
        Ok(Ok(())) => Input::Kept { wish },
        Ok(Err(words)) => Input::KeepFailed { wish, words },
        Err(why) => Input::KeepFailed { wish, words: why.to_string() },
    });
}
