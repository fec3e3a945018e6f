use std::{collections::BTreeMap, net::Ipv4Addr, path::PathBuf, sync::Arc};

use deskset_phone::{
    Command, Event, EventKind, Input, Output, Phone, Place, Protocol, Screen, Setup, State, Step, Transfer, WishId,
    names,
};
use deskset_transport::{Connections, TransferId};
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::JoinSet,
};

use crate::{
    Carrier, PhoneReport,
    carrier::{Caller, keep},
    limits::EVENTS_KEPT_MAX,
    memory::Keeper,
    push::Sockets,
};

/// One phone at work over real sockets.
///
/// Its owner lets it run by awaiting [`Desk::rest`] or [`Desk::until`]; between those calls it stands still, only its
/// transfers go on. Dropping it is a power cut.
#[derive(Debug)]
pub struct Desk {
    phone: Phone,
    name: Arc<str>,
    user_agent: Arc<str>,
    carrier: Carrier,
    keeper: Arc<Keeper>,
    transfers: JoinSet<()>,
    send: UnboundedSender<Input>,
    answers: UnboundedReceiver<Input>,
    events: Vec<Event>,
    /// How many of the oldest events are no longer kept.
    forgotten: u64,
    connections: Connections,
    /// How often it started.
    boots: u32,
    /// What servers were told of fetches that are not answered yet.
    asked: BTreeMap<WishId, TransferId>,
    /// The same of the save or retrieval that runs, or ran last.
    backup_asked: Option<TransferId>,
    /// The same of those that are answered, by the number of the event that tells of it.
    answered: BTreeMap<usize, TransferId>,
    sockets: Sockets,
}

impl Desk {
    pub(crate) fn new(carrier: Carrier, setup: Setup, keeper: Keeper) -> Self {
        let (send, answers) = unbounded_channel();
        let name: Arc<str> = setup.name.as_str().into();
        let release = setup.boot_release.to_string();
        let user_agent = setup.model.tables().browser.user_agent.replace("{release}", &release).into();
        let sockets = carrier.sockets(name.clone(), address(&setup), send.clone());
        let phone = Phone::new(Arc::new(setup), keeper.memory());
        carrier.enlist(name.clone(), send.clone());
        Desk {
            connections: carrier.connections(),
            keeper: Arc::new(keeper),
            transfers: JoinSet::new(),
            events: Vec::new(),
            forgotten: 0,
            boots: 0,
            asked: BTreeMap::new(),
            backup_asked: None,
            answered: BTreeMap::new(),
            sockets,
            phone,
            name,
            user_agent,
            carrier,
            send,
            answers,
        }
    }

    /// The phone as it is now.
    pub fn phone(&self) -> &Phone {
        &self.phone
    }

    /// What it shows now.
    pub fn screen(&self) -> Screen {
        self.phone.screen()
    }

    /// What has happened to it; of a long life, the last [`EVENTS_KEPT_MAX`] things at most.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// What has happened after the `number`th event, as far as it is kept.
    pub fn events_after(&self, number: u64) -> &[Event] {
        let from = usize::try_from(number.saturating_sub(self.forgotten)).unwrap_or(usize::MAX);
        self.events.get(from..).unwrap_or_default()
    }

    /// How many things have happened to it, kept or not.
    pub fn event_count(&self) -> u64 {
        self.forgotten + self.events.len() as u64
    }

    /// What it did so far, for people and scripts.
    pub fn report(&self) -> PhoneReport {
        let push = self.push_url();
        PhoneReport { push, ..PhoneReport::of(&self.phone, &self.events, &self.answered) }
    }

    /// Where push initiators post to; `None` while the phone does not listen.
    pub fn push_url(&self) -> Option<String> {
        self.sockets.url()
    }

    /// The file of the newest stream that it hears or heard, if it records what it hears.
    pub fn recording(&self) -> Option<PathBuf> {
        self.sockets.newest_recording()
    }

    /// Whether a web server has yet to answer it: with a page, push content, a subscription.
    pub fn awaits_web(&self) -> bool {
        self.sockets.await_web()
    }

    /// Gives it power.
    pub fn power_on(&mut self) {
        self.input(Input::PowerOn);
    }

    /// Somebody does something at it.
    pub fn command(&mut self, command: Command) {
        self.input(Input::Command(command));
    }

    /// Lets it run until it rests: in use with nothing under way, at its prompt, logged off or failed.
    pub async fn rest(&mut self) -> State {
        self.until(rests).await;
        self.phone.state()
    }

    /// Lets it run until `done` says so.
    pub async fn until(&mut self, done: impl Fn(&Phone) -> bool) {
        while !done(&self.phone) {
            self.step().await;
        }
    }

    /// Lets one thing happen: an answer comes, or time is up. Dropping the future loses nothing.
    pub async fn step(&mut self) {
        let deadline = self.phone.deadline().map(|time| self.carrier.instant(time));
        let alarm = async {
            match deadline {
                Some(at) => tokio::time::sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            // The sender is held here, so the channel does not end.
            Some(input) = self.answers.recv() => self.input(input),
            Some(_) = self.transfers.join_next() => {}
            () = alarm => self.input(Input::Tick),
        }
    }

    /// Hands the phone an input and carries out what it then wishes.
    pub fn input(&mut self, input: Input) {
        let mut answered = match &input {
            Input::FileArrived { wish, .. } | Input::FileFailed { wish, .. } => self.asked.remove(wish),
            _ => None,
        };
        self.sockets.answered(&input);
        self.phone.handle(self.carrier.now(), input);
        while let Some(output) = self.phone.poll_output() {
            match output {
                Output::Event(event) => {
                    self.carrier.tell(&self.name, &event);
                    if !fetches(event.kind.step()) {
                        // The boot has come to its end, or begins anew: until the next one no server is held.
                        self.connections.close();
                    }
                    match &event.kind {
                        EventKind::Started { .. } => self.boots += 1,
                        EventKind::Arrived { .. } | EventKind::NotArrived { .. } => {
                            self.answered.extend(answered.take().map(|transfer| (self.events.len(), transfer)));
                        }
                        // What was retrieved is told of when it is kept, a while after the server's answer.
                        EventKind::Saved { .. }
                        | EventKind::NotSaved { .. }
                        | EventKind::Retrieved { .. }
                        | EventKind::NotRetrieved { .. }
                        | EventKind::NothingToRetrieve { .. } => {
                            let transfer = self.backup_asked.take();
                            self.answered.extend(transfer.map(|transfer| (self.events.len(), transfer)));
                        }
                        _ => {}
                    }
                    self.remember(event);
                }
                Output::Unregister(_) => self.carrier.registrar().unregister(&self.name),
                Output::Keep(wish, record) => {
                    self.transfers.spawn(keep(self.keeper.clone(), wish, record, self.send.clone()));
                }
                wish => {
                    let Some(wish) = self.sockets.carry(wish) else { continue };
                    let transfer = self.transfer_id(&wish);
                    let (name, user_agent) = (self.name.clone(), self.user_agent.clone());
                    let caller = Caller { name, user_agent, connections: self.connections.clone(), transfer };
                    self.transfers.spawn(self.carrier.clone().carry(caller, wish, self.send.clone()));
                }
            }
        }
    }

    fn remember(&mut self, event: Event) {
        if self.events.len() >= EVENTS_KEPT_MAX {
            let old = EVENTS_KEPT_MAX / 10;
            self.events.drain(..old);
            self.forgotten += old as u64;
            let kept = self.answered.split_off(&old).into_iter();
            self.answered = kept.map(|(at, transfer)| (at - old, transfer)).collect();
        }
        self.events.push(event);
    }

    /// What the server is told of a transfer. TFTP and FTP have no field for it that every server would be sure to ignore.
    fn transfer_id(&mut self, wish: &Output) -> Option<TransferId> {
        match wish {
            Output::Fetch(fetch) if fetch.server.protocol != Protocol::Tftp => {
                let id = TransferId::new(&self.name, self.boots, fetch.wish.0);
                self.asked.insert(fetch.wish, id.clone());
                Some(id)
            }
            Output::Store(Transfer { wish, place, .. }, _) | Output::Retrieve(Transfer { wish, place, .. }) => {
                let told = matches!(place, Place::Http(_));
                self.backup_asked = told.then(|| TransferId::new(&self.name, self.boots, wish.0));
                self.backup_asked.clone()
            }
            _ => None,
        }
    }
}

/// Its address in the network: DHCP's, unless one was entered at the phone.
fn address(setup: &Setup) -> Option<Ipv4Addr> {
    let given = setup.site.iter().chain(&setup.manual).rfind(|(name, _)| name == names::IPADD);
    given.and_then(|(_, address)| address.parse().ok())
}

/// In use with nothing under way, at its prompt, logged off, failed or without power.
pub(crate) fn rests(phone: &Phone) -> bool {
    matches!(
        phone.state(),
        State::Off | State::AwaitsLogin | State::Ready { settled: true, .. } | State::LoggedOff | State::Failed { .. }
    )
}

/// Whether this is a stage of a boot in which one file follows another.
fn fetches(step: Step) -> bool {
    matches!(step, Step::Script | Step::Application | Step::Settings)
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.carrier.strike(&self.name);
    }
}
