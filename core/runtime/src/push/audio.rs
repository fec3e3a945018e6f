//! What a phone hears of a pushed stream.

use std::{
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use deskset_media::{
    AudioEvent, Codec, Ending, Expected, Level, Line, MediaError, Patience, Recorder, Source, limits::RECORDING_MAX,
};
use deskset_phone::{Input, PlayAudio, WishId, browser::push, limits::AUDIO_PORTS};
use tokio::sync::oneshot;

use crate::mailbox::Slot;

/// Ten levels a second are measured, so many of them make one that the phone is told.
const LEVELS_TOLD: u8 = 3;

/// What a level of 0 stands for, in decibels below full scale: a quiet room.
const QUIETEST: i32 = -60;

/// Time to look up the name of a stream's server.
const LOOKUP: Duration = Duration::from_secs(5);

/// A stream's ports, from the outside. Dropped, they are closed.
#[derive(Debug)]
pub(crate) struct Ear {
    play: Option<oneshot::Sender<PlayAudio>>,
    /// Its end is what counts.
    _open: oneshot::Sender<()>,
}

impl Ear {
    /// An ear, and the future that listens with it.
    pub(crate) fn open(
        wish: WishId,
        address: Option<Ipv4Addr>,
        recording: Option<PathBuf>,
        inputs: Slot,
    ) -> (Self, impl Future<Output = ()>) {
        let (play, plays) = oneshot::channel();
        let (open, closed) = oneshot::channel();
        let listening = async move {
            if let Err(why) = listen(wish, address, recording, &inputs, plays, closed).await {
                inputs.put(Input::AudioFailed { wish, words: why.to_string() });
            }
        };
        (Ear { play: Some(play), _open: open }, listening)
    }

    /// The stream begins.
    pub(crate) fn play(&mut self, what: PlayAudio) {
        if let Some(play) = self.play.take() {
            // Closed meanwhile: then its failure is on its way.
            let _ = play.send(what);
        }
    }
}

/// Why nothing is heard.
#[derive(Debug, thiserror::Error)]
enum Deaf {
    #[error("{0}")]
    Media(#[from] MediaError),
    #[error("{0} has no address; check the name and DNS")]
    Nobody(String),
}

async fn listen(
    wish: WishId,
    address: Option<Ipv4Addr>,
    recording: Option<PathBuf>,
    inputs: &Slot,
    plays: oneshot::Receiver<PlayAudio>,
    mut closed: oneshot::Receiver<()>,
) -> Result<(), Deaf> {
    // Each stream has another port than the one before it.
    static TURN: AtomicUsize = AtomicUsize::new(0);
    let address = address.unwrap_or(Ipv4Addr::LOCALHOST);
    let line = Line::open(address.into(), AUDIO_PORTS, TURN.fetch_add(1, Ordering::Relaxed)).await?;
    inputs.put(Input::AudioOpened { wish, port: line.port() });
    let play = tokio::select! {
        play = plays => play,
        _ = &mut closed => return Ok(()),
    };
    let Ok(play) = play else { return Ok(()) };
    let expected = Expected {
        codec: match play.codec {
            push::Codec::Pcmu => Codec::Pcmu,
            push::Codec::Pcma => Codec::Pcma,
        },
        source: Source::Only(look_up(&play.source).await.ok_or_else(|| Deaf::Nobody(play.source.clone()))?),
        patience: Patience { quiet: play.quiet_after, ended: play.quiet_after, ..Patience::default() },
    };
    let recorder = recording.map(|file| Recorder::create(&file, RECORDING_MAX)).transpose()?;
    let mut loudness = Loudness::default();
    let stop = async {
        let _ = closed.await;
    };
    let tell = |event| {
        if let AudioEvent::Level(level) = event
            && let Some(level) = loudness.add(level)
        {
            inputs.put(Input::AudioLevel { wish, level });
        }
    };
    let heard = line.listen(expected, recorder, stop, tell).await?;
    // Only now, when the recording is whole.
    match heard.ending {
        Ending::Silence => inputs.put(Input::AudioQuiet { wish }),
        Ending::Goodbye => inputs.put(Input::AudioEnded { wish }),
        Ending::Stopped => {}
    }
    tracing::info!(
        received = heard.statistics.received,
        lost = heard.statistics.lost,
        ending = ?heard.ending,
        recorded = ?heard.recorded,
        "a stream was heard"
    );
    Ok(())
}

async fn look_up(host: &str) -> Option<IpAddr> {
    let found = tokio::time::timeout(LOOKUP, tokio::net::lookup_host((host, 0))).await.ok()?.ok()?;
    // The telephones know no other addresses.
    found.map(|address| address.ip()).find(IpAddr::is_ipv4)
}

/// Makes of many levels few, and only of changes.
#[derive(Debug, Default)]
struct Loudness {
    measured: u8,
    loudest: u8,
    told: Option<u8>,
}

impl Loudness {
    fn add(&mut self, level: Level) -> Option<u8> {
        self.measured += 1;
        self.loudest = self.loudest.max(percent(level));
        if self.measured < LEVELS_TOLD {
            return None;
        }
        let loudest = std::mem::take(&mut self.loudest);
        self.measured = 0;
        (self.told.replace(loudest) != Some(loudest)).then_some(loudest)
    }
}

/// 0 at [`QUIETEST`] and below, 100 at full scale.
fn percent(level: Level) -> u8 {
    let above = (i32::from(level.rms.decibels()) - QUIETEST).max(0);
    // Decibels are at most 0, so this is at most 100.
    (above * 100 / -QUIETEST) as u8
}
