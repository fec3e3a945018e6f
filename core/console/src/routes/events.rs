//! What happens to phones.
#![expect(unused_qualifications, reason = "what the macro for the description makes of the paths")]

use std::convert::Infallible;

use axum::{
    Json,
    extract::{Path, Query, State},
    response::{Sse, sse},
};
use deskset_runtime::floor::News;
use futures_util::{Stream, stream};
use serde::Deserialize;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use utoipa::IntoParams;

use super::seat;
use crate::{
    Control,
    error::{Problem, Refusal},
    limits::EVENTS_MAX,
    shape::{EventList, EventShape},
};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct After {
    /// Only events after this number; default 0.
    #[serde(default)]
    after: u64,
}

/// What has happened to a phone: at most 1000 events in one answer.
#[utoipa::path(get, path = "/api/v1/phones/{name}/events", params(("name" = String, Path), After),
    responses((status = 200, body = EventList), (status = 400, body = Problem), (status = 404, body = Problem)))]
pub(super) async fn of_phone(
    State(control): State<Control>,
    Path(name): Path<String>,
    Query(After { after }): Query<After>,
) -> Result<Json<EventList>, Refusal> {
    let seat = seat(&control, &name)?;
    let events = seat
        .ask(move |desk| {
            let kept = desk.events_after(after);
            let first = desk.event_count() - kept.len() as u64 + 1;
            let numbered = kept.iter().zip(first..).take(EVENTS_MAX);
            numbered.map(|(event, number)| EventShape::of(&name, number, event)).collect()
        })
        .await?;
    Ok(Json(EventList { schema: "deskset-events-1", events }))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Whose {
    /// Only this phone's; default: everybody's.
    phone: Option<String>,
}

/// What happens from now on, as server-sent events. Each `event` is one JSON object; `lost` tells a slow reader how
/// many it missed.
#[utoipa::path(get, path = "/api/v1/events", params(Whose),
    responses((status = 200, body = EventShape, content_type = "text/event-stream")))]
pub(super) async fn stream(
    State(control): State<Control>,
    Query(Whose { phone }): Query<Whose>,
) -> Sse<impl Stream<Item = Result<sse::Event, Infallible>>> {
    let news = control.floor.news();
    let events = stream::unfold((news, phone), |(mut news, phone)| async move {
        let event = next(&mut news, phone.as_deref()).await?;
        Some((Ok(event), (news, phone)))
    });
    Sse::new(events).keep_alive(sse::KeepAlive::default())
}

async fn next(news: &mut Receiver<News>, phone: Option<&str>) -> Option<sse::Event> {
    loop {
        match news.recv().await {
            Ok(told) if phone.is_some_and(|phone| *phone != *told.phone) => {}
            Ok(told) => {
                let shape = EventShape::of(&told.phone, told.number, &told.event);
                // Strings and numbers can always be written.
                let json = serde_json::to_string(&shape).unwrap_or_default();
                return Some(sse::Event::default().event("event").id(told.number.to_string()).data(json));
            }
            Err(RecvError::Lagged(missed)) => {
                return Some(sse::Event::default().event("lost").data(missed.to_string()));
            }
            Err(RecvError::Closed) => return None,
        }
    }
}
