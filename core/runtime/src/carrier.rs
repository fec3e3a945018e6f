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
use tokio::sync::mpsc::UnboundedSender;

use crate::{
    Desk, RuntimeError, StateFolder,
    memory::Keeper,
    push::{PushSettings, Sockets},
    translate::{backup_reason, fetch_ask, fetch_reason, ftp_ask, http_ask, http_backup_reason},
    words::in_full,
};

/// Told of every event of every phone, with the phone's name.
pub type Watcher = Arc<dyn Fn(&str, &Event) + Send + Sync>;

/// What phones over real sockets share. Cheap to clone.
#[derive(Clone)]
pub struct Carrier {
    transport: Transport,
    registrar: Arc<Mutex<Registrar>>,
    /// Where the phones that are at work take their inputs, by their names.
    desks: Arc<Mutex<BTreeMap<Arc<str>, UnboundedSender<Input>>>>,
    state: StateFolder,
    library: Arc<Library>,
    watcher: Option<Watcher>,
    push: PushSettings,
    recordings: Option<PathBuf>,
    began: Instant,
}

impl fmt::Debug for Carrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Carrier").field("state", &self.state).finish_non_exhaustive()
    }
}

impl Carrier {
    /// A carrier whose clock begins now.
    pub fn new(transport: Transport, registrar: Registrar, state: StateFolder) -> Self {
        let registrar = Arc::new(Mutex::new(registrar));
        Carrier {
            transport,
            registrar,
            desks: Arc::default(),
            state,
            library: Arc::default(),
            watcher: None,
            push: PushSettings::default(),
            recordings: None,
            began: Instant::now(),
        }
    }

    /// The same, telling `watcher` of every event.
    pub fn watched(mut self, watcher: Watcher) -> Self {
        self.watcher = Some(watcher);
        self
    }

    /// The same, with other choices about pushes.
    pub fn pushed(mut self, push: PushSettings) -> Self {
        self.push = push;
        self
    }

    /// The same; whatever phones hear of streams is recorded below `folder`, in a folder for each.
    pub(crate) fn recording(mut self, folder: PathBuf) -> Self {
        self.recordings = Some(folder);
        self
    }

    pub(crate) fn transport(&self) -> &Transport {
        &self.transport
    }

    /// Puts a phone on a desk, without power, with the memory it left behind.
    pub fn desk(&self, setup: Setup) -> Result<Desk, RuntimeError> {
        self.desk_with(setup, Memory::default())
    }

    /// The same; a phone that has left no memory behind begins with `memory`.
    pub fn desk_with(&self, setup: Setup, memory: Memory) -> Result<Desk, RuntimeError> {
        let name = setup.name.parse().map_err(RuntimeError::PhoneName)?;
        let keeper = self.state.open(&name, memory)?;
        let setup = Setup { library: self.library.clone(), ..setup };
        Ok(Desk::new(self.clone(), setup, keeper))
    }

    pub(crate) fn now(&self) -> Time {
        let micros = u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX);
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Time { micros, wall: i64::try_from(wall).unwrap_or(i64::MAX) }
    }

    /// The moment of this carrier's clock on tokio's.
    pub(crate) fn instant(&self, time: Time) -> tokio::time::Instant {
        (self.began + std::time::Duration::from_micros(time.micros)).into()
    }

    pub(crate) fn tell(&self, phone: &str, event: &Event) {
        tracing::info!(phone, step = event.kind.step().key(), "{}", event.kind);
        if let Some(watcher) = &self.watcher {
            watcher(phone, event);
        }
    }

    /// A phone is at work from now on.
    pub(crate) fn enlist(&self, phone: Arc<str>, inputs: UnboundedSender<Input>) {
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
            let _ = inputs.send(Input::PutOut);
        }
    }

    fn desks_now(&self) -> MutexGuard<'_, BTreeMap<Arc<str>, UnboundedSender<Input>>> {
        // A plain table: a panicking holder leaves nothing half-done.
        self.desks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn registrar(&self) -> MutexGuard<'_, Registrar> {
        // The registrar is a plain table: a panicking holder leaves nothing half-done.
        self.registrar.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The sockets of one phone's push feature, none open yet.
    pub(crate) fn sockets(&self, name: Arc<str>, address: Option<Ipv4Addr>, inputs: UnboundedSender<Input>) -> Sockets {
        let recordings = match &self.recordings {
            Some(folder) => Some(folder.join(&*name)),
            None => self.state.folder_of(&name).filter(|_| self.push.records),
        };
        Sockets::new(self.transport.clone(), self.push, name, address, recordings, inputs)
    }

    /// Connections for one phone, none open yet.
    pub(crate) fn connections(&self) -> Connections {
        self.transport.connections()
    }

    /// Carries out a wish of `caller`; the answer, and news on the way, go to `answers`. Whoever dropped the other end
    /// no longer wants them.
    pub(crate) async fn carry(self, caller: Caller, wish: Output, answers: UnboundedSender<Input>) {
        let Caller { name: phone, user_agent, connections, transfer } = caller;
        let answer = match wish {
            Output::Fetch(fetch) => {
                let (wish, news) = (fetch.wish, answers.clone());
                let progress = |progress| {
                    let input = match progress {
                        Progress::Attempt(number) => Input::Attempt { wish, number },
                        Progress::Received(bytes) => Input::Received { wish, bytes },
                    };
                    let _ = news.send(input);
                };
                match connections.fetch(&fetch_ask(&fetch, &phone, &user_agent, transfer), progress).await {
                    Ok(fetched) => Input::FileArrived { wish, bytes: Arc::from(&*fetched.bytes) },
                    Err(why) => Input::FileFailed { wish, reason: fetch_reason(why.kind()), words: in_full(&why) },
                }
            }
            Output::Store(Transfer { wish, place: Place::Http(place), file }, bytes) => {
                let ask = http_ask(&place, &file, &phone, &user_agent, transfer);
                match self.transport.put(&ask, Bytes::from_owner(bytes)).await {
                    Ok(()) => Input::Stored { wish },
                    Err(why) => {
                        Input::TransferFailed { wish, reason: http_backup_reason(why.kind()), words: in_full(&why) }
                    }
                }
            }
            Output::Retrieve(Transfer { wish, place: Place::Http(place), file }) => {
                match self.transport.get(&http_ask(&place, &file, &phone, &user_agent, transfer)).await {
                    Ok(bytes) => Input::FileArrived { wish, bytes: Arc::from(&*bytes) },
                    Err(why) => {
                        Input::TransferFailed { wish, reason: http_backup_reason(why.kind()), words: in_full(&why) }
                    }
                }
            }
            Output::Store(Transfer { wish, place: Place::Ftp(account), file }, bytes) => {
                match self.transport.store(&ftp_ask(&account, &file, &phone), &bytes).await {
                    Ok(()) => Input::Stored { wish },
                    Err(why) => Input::TransferFailed { wish, reason: backup_reason(why.kind()), words: in_full(&why) },
                }
            }
            Output::Retrieve(Transfer { wish, place: Place::Ftp(account), file }) => {
                match self.transport.retrieve(&ftp_ask(&account, &file, &phone)).await {
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
        let _ = answers.send(answer);
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
pub(crate) async fn keep(keeper: Arc<Keeper>, wish: WishId, record: Record, answers: UnboundedSender<Input>) {
    let kept = tokio::task::spawn_blocking(move || keeper.keep(&record)).await;
    let answer = match kept {
        Ok(Ok(())) => Input::Kept { wish },
        Ok(Err(words)) => Input::KeepFailed { wish, words },
        Err(why) => Input::KeepFailed { wish, words: why.to_string() },
    };
    let _ = answers.send(answer);
}
