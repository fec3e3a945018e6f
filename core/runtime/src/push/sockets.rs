use std::{collections::BTreeMap, net::Ipv4Addr, path::PathBuf, sync::Arc};

use deskset_phone::{Input, Output, PushDoor, WebRequest, WishId};
use deskset_transport::{PUSH_PATH, Transport};
use tokio::task::{AbortHandle, JoinSet};

use super::{Door, Ear};
use crate::{
    limits::RECORDINGS_MAX,
    mailbox::Slot,
    translate::{web_answer, web_ask},
    words::in_full,
};

/// What phones on one carrier do about pushes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PushSettings {
    /// The port of a phone that wants the usual one, 80; 0: any free one. `None`: no phone listens.
    pub port: Option<u16>,
    /// Whether phones with a state folder write down what they hear.
    pub records: bool,
}

impl Default for PushSettings {
    /// On any free port; nothing is recorded.
    fn default() -> Self {
        PushSettings { port: Some(0), records: false }
    }
}

/// The sockets of one phone's push feature: the port it listens on, the streams it hears, the web servers it asks.
/// Dropped, they are closed.
#[derive(Debug)]
pub(crate) struct Sockets {
    transport: Transport,
    settings: PushSettings,
    name: Arc<str>,
    address: Option<Ipv4Addr>,
    /// Where recordings go, and how many there are.
    folder: Option<PathBuf>,
    recordings: u32,
    inputs: Slot,
    tasks: JoinSet<()>,
    door: Option<Door>,
    ears: BTreeMap<WishId, Ear>,
    requests: BTreeMap<WishId, AbortHandle>,
}

impl Sockets {
    /// None open yet.
    pub(crate) fn new(
        transport: Transport,
        settings: PushSettings,
        name: Arc<str>,
        address: Option<Ipv4Addr>,
        folder: Option<PathBuf>,
        inputs: Slot,
    ) -> Self {
        Sockets {
            folder,
            recordings: 0,
            tasks: JoinSet::new(),
            door: None,
            ears: BTreeMap::new(),
            requests: BTreeMap::new(),
            transport,
            settings,
            name,
            address,
            inputs,
        }
    }

    /// Where initiators post to, while the phone listens.
    pub(crate) fn url(&self) -> Option<String> {
        self.door.as_ref().map(|door| format!("http://{}{PUSH_PATH}", door.address()))
    }

    /// The file of the newest stream, if it is recorded.
    pub(crate) fn newest_recording(&self) -> Option<PathBuf> {
        let folder = self.folder.as_ref().filter(|_| self.recordings > 0)?;
        Some(folder.join(recording(self.recordings)))
    }

    /// Whether a request is under way.
    pub(crate) fn await_web(&self) -> bool {
        !self.requests.is_empty()
    }

    /// An answer has come: what it answers is over.
    pub(crate) fn answered(&mut self, input: &Input) {
        match input {
            Input::WebAnswered { wish, .. } | Input::WebFailed { wish, .. } => drop(self.requests.remove(wish)),
            Input::AudioFailed { wish, .. } => drop(self.ears.remove(wish)),
            _ => {}
        }
    }

    /// Whether it is a wish of the push feature.
    pub(crate) fn carries(wish: &Output) -> bool {
        matches!(
            wish,
            Output::ListenForPush(_)
                | Output::AnswerPush(..)
                | Output::WebRequest(_)
                | Output::AbandonWeb(_)
                | Output::OpenAudio(_)
                | Output::PlayAudio(_)
                | Output::CloseAudio(_)
        )
    }

    /// Carries out such a wish.
    pub(crate) fn carry(&mut self, wish: Output) {
        while self.tasks.try_join_next().is_some() {}
        match wish {
            Output::ListenForPush(PushDoor::Open { port }) => self.listen(port),
            Output::ListenForPush(PushDoor::Closed) => self.door = None,
            Output::AnswerPush(id, status) => {
                if let Some(door) = &self.door {
                    door.answer(id, status);
                }
            }
            Output::WebRequest(request) => self.ask(request),
            Output::AbandonWeb(wish) => {
                if let Some(request) = self.requests.remove(&wish) {
                    request.abort();
                }
            }
            Output::OpenAudio(wish) => {
                let file = self.next_recording();
                let (ear, listening) = Ear::open(wish, self.address, file, self.inputs.clone());
                self.tasks.spawn(listening);
                self.ears.insert(wish, ear);
            }
            Output::PlayAudio(play) => {
                if let Some(ear) = self.ears.get_mut(&play.audio) {
                    ear.play(play);
                }
            }
            Output::CloseAudio(wish) => drop(self.ears.remove(&wish)),
            // Carried out by the desk and the carrier.
            _ => {}
        }
    }

    fn listen(&mut self, wanted: u16) {
        // The old port is closed first: the new one may be the same.
        self.door = None;
        let opened = match self.settings.port {
            None => Err("the profile says that phones take no pushes (phones.push_listen)".to_owned()),
            Some(instead) => {
                Door::open(&self.transport, self.address, wanted, instead, &mut self.tasks, self.inputs.clone())
                    .map_err(|why| why.to_string())
            }
        };
        match opened {
            Ok(door) => {
                tracing::info!(phone = %self.name, address = %door.address(), "listens for pushes");
                self.door = Some(door);
            }
            Err(words) => self.inputs.put(Input::NotListening { words }),
        }
    }

    fn ask(&mut self, request: WebRequest) {
        let (wish, transport, inputs) = (request.wish, self.transport.clone(), self.inputs.clone());
        let (name, own) = (self.name.clone(), self.address);
        let asking = async move {
            let answer = match web_ask(&request, &name, own) {
                Ok(ask) => transport.web(&ask).await.map_err(|why| in_full(&why)),
                Err(words) => Err(words),
            };
            let answer = match answer {
                Ok(answer) => Input::WebAnswered { wish, answer: web_answer(answer) },
                Err(words) => Input::WebFailed { wish, words },
            };
            inputs.put(answer);
        };
        self.requests.insert(wish, self.tasks.spawn(asking));
    }

    /// The file of the next stream.
    fn next_recording(&mut self) -> Option<PathBuf> {
        let folder = self.folder.as_ref().filter(|_| self.recordings < RECORDINGS_MAX)?;
        // A folder that cannot be made is told of when the file cannot be.
        let _ = std::fs::create_dir_all(folder);
        self.recordings += 1;
        Some(folder.join(recording(self.recordings)))
    }
}

fn recording(number: u32) -> String {
    format!("heard-{number}.wav")
}
