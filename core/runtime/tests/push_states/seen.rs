//! A plain initiator, and what is seen of a push at a phone.
#![allow(missing_docs, clippy::unwrap_used)]

use deskset_phone::{PushEffect, PushStatus, View};
use deskset_runtime::Desk;
use deskset_server::Placed;
use deskset_transport::PUSH_PATH;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use crate::common::{told, work::until};

/// What a phone answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answer {
    pub http: u16,
    pub status: u16,
}

/// Posts with bare hands. Nothing if nobody listens.
pub async fn post(url: &str, message: &str) -> Option<Answer> {
    let address = url.strip_prefix("http://").unwrap().strip_suffix(PUSH_PATH).unwrap();
    let mut stream = TcpStream::connect(address).await.ok()?;
    let form = deskset_phone::browser::form([("XMLData", message)]);
    let request = format!(
        "POST {PUSH_PATH} HTTP/1.0\r\nHost: {address}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {}\r\n\r\n{form}",
        form.len()
    );
    // A port that closes at this moment resets.
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut said = String::new();
    stream.read_to_string(&mut said).await.ok()?;
    let http = said.strip_prefix("HTTP/1.0 ").and_then(|rest| rest.get(..3)).unwrap().parse().unwrap();
    let header = said.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("x-Push-Status").then_some(value)
    });
    Some(Answer { http, status: header.unwrap().parse().unwrap() })
}

/// What can be seen at a phone before a push.
pub struct Before {
    events: usize,
    view: View,
    top: String,
}

impl Before {
    pub fn of(desk: &Desk) -> Self {
        Before { events: told(desk).len(), view: desk.phone().view(), top: desk.screen().rows()[0].clone() }
    }
}

/// What a push did, by what can be seen and nothing else.
pub async fn seen(desk: &mut Desk, before: &Before, answer: Option<Answer>, placed: &mut Placed) -> PushEffect {
    let Some(Answer { http, status }) = answer else {
        assert_eq!(told(desk).len(), before.events, "{:#?}", told(desk));
        return PushEffect::PortClosed;
    };
    let status = PushStatus::ALL.into_iter().find(|known| known.code() == status).unwrap();
    assert_eq!(http, status.http_status());
    if !status.is_accepted() {
        // It begins nothing: what it would fetch it would have asked for together with its answer.
        let quiet = told(desk).len() == before.events + 1 && !desk.awaits_web();
        assert!(quiet && !was_fetched(placed).await, "{:#?}", told(desk));
        return PushEffect::Nothing;
    }
    until(desk, |desk| effect(desk, before).is_some()).await;
    assert!(was_fetched(placed).await);
    effect(desk, before).unwrap()
}

async fn was_fetched(placed: &mut Placed) -> bool {
    tokio::select! {
        biased;
        fetch = placed.fetched() => fetch.is_some(),
        () = std::future::ready(()) => false,
    }
}

fn effect(desk: &Desk, before: &Before) -> Option<PushEffect> {
    let events: Vec<String> = told(desk).split_off(before.events);
    let has = |words: &str| events.iter().any(|line| line.contains(words));
    Some(match () {
        () if has("waits in the Web application") && has("5 characters on the top line") => PushEffect::Background,
        () if has("is shown") && before.view == View::Web => PushEffect::Replace,
        () if has("is shown") => PushEffect::Show,
        () if has("18 characters on the top line") && before.top.starts_with("First text") => PushEffect::ReplaceText,
        () if has("18 characters on the top line") => PushEffect::Text,
        () if has("a newer one came") && has("plays a stream") => PushEffect::ReplaceStream,
        () if has("call appearance 1: held") && has("plays a stream") => PushEffect::HoldAndPlay,
        () if has("plays a stream") => PushEffect::Play,
        () if has("subscribed with ") => PushEffect::Subscribe,
        () => return None,
    })
}
