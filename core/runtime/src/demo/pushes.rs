//! How the story ends: a text, a page and a sound are pushed, each to another phone, side by side. The sound lasts three
//! seconds, and so does this.

use std::pin::pin;

use bytes::Bytes;
use deskset_media::{Codec, PacketTime, SAMPLE_RATE, Sound};
use deskset_phone::{
    EventKind, Screen,
    browser::push::{Alert, Mode},
};

use super::{Plan, is};
use crate::{
    Desk, HeardReport, PushedReport, RuntimeError,
    initiator::{self, Campaign, Content, Message, PushReport, Target},
    lab::Lab,
    words::in_full,
};

const TEXT: &str = "Lunch is ready";

const PAGE: &str = "<?xml version=\"1.0\"?>\
    <wml><card title=\"Fire drill\"><p><b>Fire drill at 14:00</b><br/>\
    Use the stairs.<br/>Meet at the gate.<br/>\
    <a href=\"wtai://wp/mc;5551\">Call the porter</a></p>\
    <do type=\"prev\" label=\"Back\"><prev/></do></card></wml>";

/// How long the gong is, in seconds.
const GONG: u32 = 3;

/// Its tones, in hertz.
const GONG_TONES: [f64; 3] = [220.0, 331.0, 524.0];

/// How loud each tone begins.
const GONG_LOUD: f64 = 9_000.0;

/// After how many seconds it is half as loud.
const GONG_HALF: f64 = 0.5;

/// The port of real phones; a URL names another one.
const USUAL_PORT: u16 = 80;

/// One push, and by what its phone tells that it has done all of it.
struct Scene {
    message: Message,
    done: fn(&EventKind) -> bool,
}

/// Pushes to the phones of the plan, and gives what they then show. Nothing if the profile lets no phone take pushes.
///
/// # Errors
/// The content server's port cannot be opened.
pub(super) async fn push_all(
    lab: &Lab,
    desks: &mut [Desk],
    plan: &Plan,
) -> Result<Vec<(PushedReport, Screen)>, RuntimeError> {
    let (mut reads, mut rings, mut hears) = (None, None, None);
    for desk in desks.iter_mut().filter(|_| lab.takes_pushes()) {
        let part = [(&plan.from, &mut reads), (&plan.rings, &mut rings), (&plan.hears, &mut hears)];
        if let Some((_, part)) = part.into_iter().find(|(model, _)| is(desk, model)) {
            *part = Some(desk);
        }
    }
    let gong = gong();
    let audio = Content::Audio { sound: gong, codec: Codec::Pcmu, packet_time: PacketTime::MS_20, timer_seconds: 5 };
    let page = Content::Page(Bytes::from_static(PAGE.as_bytes()));
    let text = scene(Mode::Barge, 1, Content::Topline(TEXT.to_owned()), |told| {
        matches!(told, EventKind::ToplinePushed { .. })
    });
    let page = scene(Mode::Barge, 2, page, |told| matches!(told, EventKind::PagePushed { .. }));
    let audio = scene(Mode::Normal, 3, audio, |told| matches!(told, EventKind::AudioOver { .. }));
    let (text, page, audio) = tokio::join!(play(lab, reads, text), play(lab, rings, page), play(lab, hears, audio));
    [text, page, audio].into_iter().filter_map(Result::transpose).collect()
}

fn scene(mode: Mode, pings: u8, content: Content, done: fn(&EventKind) -> bool) -> Scene {
    Scene { message: Message { mode, alert: Alert::new(pings).unwrap_or_default(), content }, done }
}

/// Pushes to a phone that works meanwhile, and looks at it. Nothing if there is none, or it does not listen.
async fn play(
    lab: &Lab,
    desk: Option<&mut Desk>,
    scene: Scene,
) -> Result<Option<(PushedReport, Screen)>, RuntimeError> {
    let Some(desk) = desk else { return Ok(None) };
    let Some(target) = desk.push_url().and_then(|url| Target::at(&url, USUAL_PORT).ok().flatten()) else {
        return Ok(None);
    };
    let Message { mode, alert, .. } = scene.message;
    let is_sound = matches!(scene.message.content, Content::Audio { .. });
    let target = Target { name: desk.phone().setup().name.to_string(), ..target };
    let messages = vec![scene.message];
    let campaign = Campaign { targets: vec![target], messages, address: None, port: 0, pace: None };
    let (began, mut loudest) = (desk.event_count(), (0, None));
    let outcomes = {
        let mut pushing = pin!(initiator::push(lab.transport(), campaign, |_| ()));
        loop {
            tokio::select! {
                outcomes = &mut pushing => break outcomes?,
                () = desk.step() => listen(desk, &mut loudest),
            }
        }
    };
    // One phone and one message are one outcome.
    let Some(mut line) = PushReport::of(&outcomes).pushes.pop() else { return Ok(None) };
    // What was fetched may be there only a moment later.
    let is_done = |desk: &Desk| desk.events_after(began).iter().any(|event| (scene.done)(&event.kind));
    let work = async {
        while line.fine && !is_done(desk) {
            desk.step().await;
            listen(desk, &mut loudest);
        }
    };
    let in_time = tokio::time::timeout(lab.patience(), work).await.is_ok();
    let heard = is_sound.then(|| heard(desk, loudest.0)).transpose();
    line.trouble = match (line.trouble, in_time, &heard) {
        (None, false, _) => Some("it was accepted and fetched, but nothing came of it".to_owned()),
        (None, true, Err(why)) => Some(why.clone()),
        (trouble, ..) => trouble,
    };
    line.fine &= line.trouble.is_none();
    let seen = loudest.1.unwrap_or_else(|| desk.screen());
    let mode = if mode == Mode::Barge { "barge" } else { "normal" };
    let report = PushedReport { line, mode, alert: alert.pings(), screen: seen.rows(), heard: heard.ok().flatten() };
    Ok(Some((report, seen)))
}

/// Remembers the screen of the loudest moment.
fn listen(desk: &Desk, loudest: &mut (u8, Option<Screen>)) {
    if let Some(level) = desk.phone().audio_level().filter(|level| *level > loudest.0) {
        *loudest = (level, Some(desk.screen()));
    }
}

/// What the phone wrote down.
fn heard(desk: &Desk, loudest: u8) -> Result<HeardReport, String> {
    let file = desk.recording().ok_or("nothing was recorded")?;
    let sound = Sound::from_wav(&file).map_err(|why| in_full(&why))?;
    // A sound is ten minutes long at most.
    let ms = sound.duration().as_millis() as u64;
    match ms * 10 < u64::from(GONG) * 9_000 {
        true => Err(format!("only {ms} ms of {GONG} seconds were heard")),
        false => Ok(HeardReport { file: file.display().to_string(), ms, loudest }),
    }
}

fn gong() -> Sound {
    let sample = |number: u32| {
        let at = f64::from(number) / f64::from(SAMPLE_RATE);
        let tones: f64 = GONG_TONES.iter().map(|tone| (at * tone * std::f64::consts::TAU).sin()).sum();
        // Three tones of that loudness stay below the largest sample.
        (tones * GONG_LOUD * (-at / GONG_HALF).exp2()) as i16
    };
    Sound::from_samples((0..GONG * SAMPLE_RATE).map(sample).collect())
}
