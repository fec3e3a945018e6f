use std::{net::Ipv4Addr, path::PathBuf, sync::Arc};

use deskset_phone::{
    Command, Event, EventKind, Input, Memory, Output, Phone, Place, Protocol, Screen, Setup, State, Step, Transfer,
    WishId, names,
};
use deskset_transport::{Connections, TransferId};
use tokio::task::JoinSet;

use crate::{
    Carrier, PhoneReport,
    carrier::{Caller, keep},
    history::History,
    mailbox::Mailbox,
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
    carrier: Carrier,
    keeper: Keeper,
    /// None while there is none under way.
    transfers: Option<JoinSet<()>>,
    answers: Mailbox,
    history: History,
    /// Those of the boot under way.
    connections: Option<Connections>,
    /// How often it started.
    boots: u32,
    /// What servers were told of fetches that are not answered yet.
    asked: Vec<(WishId, TransferId)>,
    /// The same of the save or retrieval that runs, or ran last.
    backup_asked: Option<TransferId>,
    /// As soon as the push feature wants one.
    sockets: Option<Box<Sockets>>,
}

impl Desk {
    pub(crate) fn new(carrier: Carrier, setup: Setup, keeper: Keeper, memory: Memory) -> Self {
        let answers = Mailbox::default();
        let name = setup.name.clone();
        carrier.enlist(name.clone(), answers.slot().clone());
        Desk {
            phone: Phone::new(Arc::new(setup), memory),
            name,
            keeper,
            transfers: None,
            answers,
            history: History::new(carrier.events_kept()),
            connections: None,
            boots: 0,
            asked: Vec::new(),
            backup_asked: None,
            sockets: None,
            carrier,
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

    /// What has happened to it; of a long life, the last things, as many as its carrier has it keep.
    pub fn events(&self) -> &[Event] {
        self.history.events()
    }

    /// What has happened after the `number`th event, as far as it is kept.
    pub fn events_after(&self, number: u64) -> &[Event] {
        self.history.after(number)
    }

    /// How many things have happened to it, kept or not.
    pub fn event_count(&self) -> u64 {
        self.history.count()
    }

    /// What it did so far, for people and scripts.
    pub fn report(&self) -> PhoneReport {
        let push = self.push_url();
        PhoneReport { push, ..PhoneReport::of(&self.phone, self.history.events(), self.history.transfers()) }
    }

    /// Where push initiators post to; `None` while the phone does not listen.
    pub fn push_url(&self) -> Option<String> {
        self.sockets.as_ref().and_then(|sockets| sockets.url())
    }

    /// The file of the newest stream that it hears or heard, if it records what it hears.
    pub fn recording(&self) -> Option<PathBuf> {
        self.sockets.as_ref().and_then(|sockets| sockets.newest_recording())
    }

    /// Whether a web server has yet to answer it: with a page, push content, a subscription.
    pub fn awaits_web(&self) -> bool {
        self.sockets.as_ref().is_some_and(|sockets| sockets.await_web())
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
                // In a box: most phones wait for nothing but to be told something.
                Some(at) => Box::pin(tokio::time::sleep_until(at)).await,
                None => std::future::pending().await,
            }
        };
        let transfers = &mut self.transfers;
        let ended = async {
            match transfers {
                Some(under_way) => drop(under_way.join_next().await),
                None => std::future::pending().await,
            }
            transfers.take_if(|under_way| under_way.is_empty());
        };
        tokio::select! {
            input = self.answers.take() => self.input(input),
            () = ended => {}
            () = alarm => self.input(Input::Tick),
        }
    }

    /// Hands the phone an input and carries out what it then wishes.
    pub fn input(&mut self, input: Input) {
        let mut answered = match &input {
            Input::FileArrived { wish, .. } | Input::FileFailed { wish, .. } => self.asked_for(*wish),
            _ => None,
        };
        if let Some(sockets) = &mut self.sockets {
            sockets.answered(&input);
        }
        self.phone.handle(self.carrier.now(), input);
        while let Some(output) = self.phone.poll_output() {
            match output {
                Output::Event(event) => {
                    self.carrier.tell(&self.name, &event);
                    if !fetches(event.kind.step()) {
                        // The boot has come to its end, or begins anew: until the next one no server is held.
                        self.connections.take().inspect(Connections::close);
                    }
                    let transfer = match &event.kind {
                        EventKind::Started { .. } => {
                            self.boots += 1;
                            None
                        }
                        EventKind::Arrived { .. } | EventKind::NotArrived { .. } => answered.take(),
                        // What was retrieved is told of when it is kept, a while after the server's answer.
                        EventKind::Saved { .. }
                        | EventKind::NotSaved { .. }
                        | EventKind::Retrieved { .. }
                        | EventKind::NotRetrieved { .. }
                        | EventKind::NothingToRetrieve { .. } => self.backup_asked.take(),
                        _ => None,
                    };
                    self.history.add(event, transfer);
                }
                Output::Unregister(_) => self.carrier.registrar().unregister(&self.name),
                Output::Keep(wish, record) if self.keeper.blocks() => {
                    let keeping = keep(self.keeper.clone(), wish, record, self.answers.slot().clone());
                    self.transfers().spawn(keeping);
                }
                Output::Keep(wish, _) => self.answers.slot().put(Input::Kept { wish }),
                wish if Sockets::carries(&wish) => self.sockets().carry(wish),
                wish => {
                    let transfer = self.transfer_id(&wish);
                    let connections = self.connections.get_or_insert_with(|| self.carrier.connections()).clone();
                    let (name, user_agent) = (self.name.clone(), self.user_agent());
                    let caller = Caller { name, user_agent, connections, transfer };
                    let carrying = self.carrier.clone().carry(caller, wish, self.answers.slot().clone());
                    self.transfers().spawn(carrying);
                }
            }
        }
    }

    fn transfers(&mut self) -> &mut JoinSet<()> {
        self.transfers.get_or_insert_default()
    }

    fn sockets(&mut self) -> &mut Sockets {
        self.sockets.get_or_insert_with(|| {
            let address = address(self.phone.setup());
            Box::new(self.carrier.sockets(self.name.clone(), address, self.answers.slot().clone()))
        })
    }

    /// What it calls itself in requests to web servers.
    fn user_agent(&self) -> Arc<str> {
        let setup = self.phone.setup();
        setup.model.tables().browser.user_agent.replace("{release}", &setup.boot_release.to_string()).into()
    }

    /// What a server was told of that fetch, which is over.
    fn asked_for(&mut self, wish: WishId) -> Option<TransferId> {
        let at = self.asked.iter().position(|(asked, _)| *asked == wish)?;
        let (_, transfer) = self.asked.swap_remove(at);
        if self.asked.is_empty() {
            self.asked = Vec::new();
        }
        Some(transfer)
    }

    /// What the server is told of a transfer. TFTP and FTP have no field for it that every server would be sure to ignore.
    fn transfer_id(&mut self, wish: &Output) -> Option<TransferId> {
        match wish {
            Output::Fetch(fetch) if fetch.server.protocol != Protocol::Tftp => {
                let id = TransferId::new(&self.name, self.boots, fetch.wish.0);
                self.asked.push((fetch.wish, id.clone()));
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
    let given = setup.site.iter().chain(&*setup.manual).rfind(|(name, _)| name == names::IPADD);
    given.map_or(setup.address, |(_, address)| address.parse().ok())
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
