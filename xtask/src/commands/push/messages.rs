//! The messages that the command line means.

use std::path::Path;

use deskset_media::{Codec, PacketTime, Sound};
use deskset_phone::browser::{
    Url,
    push::{Alert, Mode, PushType, Subscribe as Whom},
};
use deskset_runtime::initiator::{Content, Message};

use super::arguments::{Audio, Coding, Display, Subscribe, Together, Topline, Urgency};
use crate::CommandError;

pub(super) fn topline(asked: &Topline) -> Vec<Message> {
    vec![message(&asked.urgency, Content::Topline(asked.text.clone()))]
}

pub(super) fn display(asked: &Display) -> Result<Vec<Message>, CommandError> {
    let content = match (&asked.file, &asked.url) {
        (Some(file), _) => page(file)?,
        (None, url) => {
            let url = Url::parse(url.as_deref().unwrap_or_default());
            Content::Elsewhere(PushType::Display, url.map_err(|why| CommandError::Usage(format!("--url: {why}")))?)
        }
    };
    Ok(vec![message(&asked.urgency, content)])
}

pub(super) fn audio(asked: &Audio) -> Result<Vec<Message>, CommandError> {
    let Some(file) = &asked.from else {
        // Only a barge push ends what is heard.
        return Ok(vec![Message { mode: Mode::Barge, ..message(&asked.urgency, Content::AudioStop) }]);
    };
    Ok(vec![message(&asked.urgency, sound(file, &asked.coding)?)])
}

pub(super) fn subscribe(asked: &Subscribe) -> Vec<Message> {
    let whom = asked.me.clone().map_or(Whom::All, Whom::Me);
    vec![Message { mode: Mode::Normal, alert: Alert::default(), content: Content::Subscribe(whom) }]
}

pub(super) fn together(asked: &Together) -> Result<Vec<Message>, CommandError> {
    let mut contents = Vec::new();
    contents.extend(asked.topline.clone().map(Content::Topline));
    contents.extend(asked.display.as_deref().map(page).transpose()?);
    contents.extend(asked.audio.as_deref().map(|file| sound(file, &asked.coding)).transpose()?);
    Ok(contents.into_iter().map(|content| message(&asked.urgency, content)).collect())
}

fn message(urgency: &Urgency, content: Content) -> Message {
    // The command line takes 0 to 3 only.
    Message { mode: urgency.mode.into(), alert: Alert::new(urgency.alert).unwrap_or_default(), content }
}

fn page(file: &Path) -> Result<Content, CommandError> {
    let deck =
        std::fs::read(file).map_err(|source| CommandError::Input { file: file.display().to_string(), source })?;
    let max = deskset_server::limits::DOCUMENT_BYTES_MAX;
    if deck.len() > max {
        return Err(CommandError::Usage(format!("{} has more than {max} bytes; no phone takes it", file.display())));
    }
    Ok(Content::Page(deck.into()))
}

fn sound(file: &Path, coding: &Coding) -> Result<Content, CommandError> {
    let wrong = |what: String| CommandError::Usage(what);
    let codec = Codec::named(&coding.codec)
        .ok_or_else(|| wrong(format!("\"{}\" is no codec of phones: write PCMU or PCMA", coding.codec)))?;
    let packet_time = PacketTime::from_millis(coding.packet)
        .ok_or_else(|| wrong(format!("{} ms is no packet: write 10, 20, 30, 40, 50 or 60", coding.packet)))?;
    let sound = Sound::from_wav(file).map_err(|why| wrong(why.to_string()))?;
    Ok(Content::Audio { sound, codec, packet_time, timer_seconds: coding.timer })
}
