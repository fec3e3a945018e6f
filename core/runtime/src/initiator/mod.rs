//! The push initiator: brings messages to phones, with a content server of its own.
//!
//! ```text
//!  for each phone, message after message:
//!  content onto the shelf ──► POST ──► x-Push-Status ──► wait until the phone fetches ──► RTP, for audio
//! ```
//!
//! Phones are pushed to side by side, at a chosen pace, with one connection to each at a time.

mod message;
mod outcome;
mod target;

use std::{
    collections::HashSet,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use deskset_media::{Multicast, Outlet, Sender};
use deskset_phone::browser::{Url, push::PushMessage};
use deskset_server::{ContentServer, Fetch, Placed, Recorder, Shelf};
use deskset_transport::{PushAnswer, PushAsk, Transport};
use tokio::{
    sync::{Mutex, Semaphore},
    task::JoinSet,
    time::{Interval, MissedTickBehavior, interval, sleep, timeout},
};

pub use message::{Content, Message};
pub use outcome::{Outcome, PUSH_SCHEMA, PushLine, PushReport};
pub use target::{Target, TargetError, directory};

use crate::{
    RuntimeError,
    limits::{AUDIO_LEAD, PUSH_FETCH_PATIENCE, PUSH_PATIENCE, PUSHES_AT_ONCE_MAX},
    words::in_full,
};

/// The phone could not process it: the guide lets initiators try again.
const TRY_AGAIN: u16 = 202;

/// What is to be pushed, and how.
#[derive(Clone, Debug)]
pub struct Campaign {
    /// To whom; each phone counts once.
    pub targets: Vec<Target>,
    /// What, in this order for each phone.
    pub messages: Vec<Message>,
    /// The address that phones fetch the content from; `None`: the one this machine has towards each.
    pub address: Option<IpAddr>,
    /// The content server's port; 0: any free one.
    pub port: u16,
    /// Messages a second, over all phones; `None`: as fast as they go.
    pub pace: Option<NonZeroU32>,
}

/// Pushes everything to everybody. Returns when all phones have answered and fetched and all sound is sent; `tell`
/// hears of each message as soon as its end is known. The outcomes are in the order of targets and messages.
///
/// # Errors
/// The content server's port cannot be opened.
pub async fn push(
    transport: &Transport,
    campaign: Campaign,
    mut tell: impl FnMut(&Outcome),
) -> Result<Vec<Outcome>, RuntimeError> {
    let Campaign { targets, messages, address, port, pace } = campaign;
    let mut known = HashSet::new();
    let targets: Vec<Target> = targets.into_iter().filter(|target| known.insert(target.phone.clone())).collect();
    let mut ways = Vec::new();
    for target in &targets {
        ways.push(match address {
            Some(address) => Ok(address),
            None => target.way().await,
        });
    }
    let shelf = Shelf::default();
    let bind = common(ways.iter().flatten().copied());
    let server = ContentServer::start(SocketAddr::new(bind, port), shelf.clone(), Recorder::log_only())?;
    let desk = Arc::new(Desk {
        transport: transport.clone(),
        shelf,
        port: server.address().port(),
        messages,
        run: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos()),
        room: Semaphore::new(PUSHES_AT_ONCE_MAX),
        pace: pace.map(|pace| Mutex::new(ticks(pace))),
    });
    let (send, mut ended) = tokio::sync::mpsc::unbounded_channel();
    let mut work = JoinSet::new();
    for (number, (target, way)) in targets.into_iter().zip(ways).enumerate() {
        let (desk, send) = (desk.clone(), send.clone());
        work.spawn(async move {
            for (place, message) in desk.messages.iter().enumerate() {
                let outcome = match &way {
                    Ok(way) => desk.push(number, place, &target, *way, message).await,
                    Err(why) => Outcome::unsaid(&target, message.content.kind(), why.clone()),
                };
                // The receiver is held until all tasks have ended.
                let _ = send.send(((number, place), outcome));
            }
        });
    }
    drop(send);
    let mut outcomes = Vec::new();
    while let Some((place, outcome)) = ended.recv().await {
        tell(&outcome);
        outcomes.push((place, outcome));
    }
    server.stop().await;
    outcomes.sort_by_key(|(place, _)| *place);
    Ok(outcomes.into_iter().map(|(_, outcome)| outcome).collect())
}

/// One address if all are the same, else all of this machine's.
fn common(mut addresses: impl Iterator<Item = IpAddr>) -> IpAddr {
    let first = addresses.next().unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    if addresses.all(|other| other == first) { first } else { IpAddr::V4(Ipv4Addr::UNSPECIFIED) }
}

fn ticks(pace: NonZeroU32) -> Interval {
    let mut ticks = interval(Duration::from_secs(1) / pace.get());
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

/// What all phones of a campaign share.
struct Desk {
    transport: Transport,
    shelf: Shelf,
    port: u16,
    messages: Vec<Message>,
    /// Tells the content's names of this run from those of others.
    run: u128,
    room: Semaphore,
    pace: Option<Mutex<Interval>>,
}

impl Desk {
    async fn push(&self, number: usize, place: usize, target: &Target, way: IpAddr, message: &Message) -> Outcome {
        let kind = message.content.kind();
        let placed = match message.content.document(way) {
            None => None,
            Some(document) => match self.shelf.place(format!("{:x}/{number}-{place}", self.run), document) {
                Ok(placed) => Some(placed),
                Err(why) => return Outcome::unsaid(target, kind, why.to_string()),
            },
        };
        let url = match (&message.content, &placed) {
            (Content::Elsewhere(_, url), _) => Ok(url.clone()),
            (_, Some(placed)) => Url::parse(&format!("http://{}{}", SocketAddr::new(way, self.port), placed.path())),
            (_, None) => return Outcome::unsaid(target, kind, "there is nothing to push".to_owned()),
        };
        let url = match url {
            Ok(url) => url,
            Err(why) => return Outcome::unsaid(target, kind, why.to_string()),
        };
        let Message { mode, alert, .. } = *message;
        let (method, postfields) = Default::default();
        let form = PushMessage { kind, mode, alert, url, method, postfields }.to_form();
        let mut outcome = match self.post(target, form).await {
            Ok(answer) => Outcome::said(target, kind, answer),
            Err(why) => return Outcome::unsaid(target, kind, why),
        };
        if let Some(placed) = placed.filter(|_| outcome.is_accepted()) {
            self.follow(placed, way, &message.content, &mut outcome).await;
        }
        outcome
    }

    async fn post(&self, target: &Target, form: String) -> Result<PushAnswer, String> {
        let ask = PushAsk { phone: target.phone.clone(), form: form.into(), patience: PUSH_PATIENCE };
        if let Some(pace) = &self.pace {
            pace.lock().await.tick().await;
        }
        // An error means that the semaphore was closed, which nothing does.
        let _room = self.room.acquire().await;
        let answer = self.transport.push(&ask).await.map_err(|why| why.to_string())?;
        if answer.status != Some(TRY_AGAIN) {
            return Ok(answer);
        }
        self.transport.push(&ask).await.map_err(|why| why.to_string())
    }

    /// Waits until the phone fetches what it accepted, and sends it the sound it then listens for.
    async fn follow(&self, mut placed: Placed, way: IpAddr, content: &Content, outcome: &mut Outcome) {
        let fetch = timeout(PUSH_FETCH_PATIENCE, placed.fetched()).await.ok().flatten();
        outcome.fetched = Some(fetch.is_some());
        let (Some(fetch), Content::Audio { sound, codec, packet_time, .. }) = (fetch, content) else { return };
        let Fetch { from, rtp_port: Some(port) } = fetch else {
            outcome.trouble = Some("it fetched without rtpLPort, so it cannot hear".to_owned());
            return;
        };
        sleep(AUDIO_LEAD).await;
        match Outlet::open(SocketAddr::new(way, 0), &[SocketAddr::new(from, port)], Multicast::default()).await {
            Ok(outlet) => {
                // The low half is as good as any seed.
                let mut sender = Sender::new(sound.clone(), *codec, *packet_time, self.run as u64 ^ u64::from(port));
                let sent = outlet.send(&mut sender).await;
                outcome.packets = Some(sent.packets);
                if sent.refused > 0 {
                    outcome.trouble = Some(format!("{} packets were not taken by the network", sent.refused));
                }
            }
            Err(why) => outcome.trouble = Some(in_full(&why)),
        }
    }
}
