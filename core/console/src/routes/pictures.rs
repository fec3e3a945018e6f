//! What phones show, in pixels.
#![expect(unused_qualifications, reason = "what the macro for the description makes of the paths")]

use std::{collections::BTreeMap, convert::Infallible, sync::Arc};

use axum::{
    body::Body,
    extract::{Path, Query, State},
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use bytes::{Bytes, BytesMut};
use deskset_models::Display;
use deskset_runtime::floor::{Glance, Seat};
use deskset_screen::{Picture, Renderer, ScreenError};
use futures_util::stream;
use serde::Deserialize;
use tokio::{
    sync::watch,
    time::{Interval, MissedTickBehavior, interval},
};
use utoipa::IntoParams;

use super::seat;
use crate::{
    Control,
    error::{Problem, Refusal},
    frame,
    limits::PICTURE_PACE,
};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Scale {
    /// How many times as wide and high; default 1.
    #[param(minimum = 1, maximum = 16)]
    scale: Option<u16>,
}

/// The screen as a PNG picture.
#[utoipa::path(get, path = "/api/v1/phones/{name}/screen.png", params(("name" = String, Path), Scale),
    responses((status = 200, body = Vec<u8>, content_type = "image/png"), (status = 400, body = Problem),
        (status = 404, body = Problem)))]
pub(super) async fn png(
    State(control): State<Control>,
    Path(name): Path<String>,
    Query(Scale { scale }): Query<Scale>,
) -> Result<impl IntoResponse, Refusal> {
    let seat = seat(&control, &name)?;
    let glance = seat.glance();
    let display = display(&seat).await?;
    let drawn = tokio::task::spawn_blocking(move || {
        Renderer::new(&display)?.draw(&glance.screen).scaled(scale.unwrap_or(1))?.to_png()
    });
    let file = drawn.await.map_err(|why| internal(&why))?.map_err(refused)?;
    Ok(([(CONTENT_TYPE, "image/png")], file))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// Names with commas between them; default: all phones there are now.
    phones: Option<String>,
}

/// Pictures of screens whenever they change, as a stream of frames; `docs/automation.md` says how a frame is made.
#[utoipa::path(get, path = "/api/v1/pictures", params(Which),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 404, body = Problem)))]
pub(super) async fn stream(
    State(control): State<Control>,
    Query(Which { phones }): Query<Which>,
) -> Result<Response, Refusal> {
    let seats = match phones {
        Some(names) => names.split(',').map(|name| seat(&control, name)).collect::<Result<_, _>>()?,
        None => control.floor.seats(),
    };
    let mut easel = Easel::new();
    for seat in seats {
        easel.add(&seat).await?;
    }
    let frames = stream::unfold(easel, |mut easel| async move {
        let bytes = easel.next().await?;
        Some((Ok::<_, Infallible>(bytes), easel))
    });
    Ok(([(CONTENT_TYPE, "application/octet-stream")], Body::from_stream(frames)).into_response())
}

/// Draws the screens of some phones whenever they change.
struct Easel {
    pace: Interval,
    renderers: BTreeMap<String, Renderer>,
    watched: Vec<Watched>,
}

struct Watched {
    name: String,
    model: String,
    glances: watch::Receiver<Arc<Glance>>,
}

impl Easel {
    fn new() -> Easel {
        let mut pace = interval(PICTURE_PACE);
        // Whoever reads slowly gets fewer pictures, not old ones.
        pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Easel { pace, renderers: BTreeMap::new(), watched: Vec::new() }
    }

    async fn add(&mut self, seat: &Seat) -> Result<(), Refusal> {
        let model = seat.ask(|desk| desk.phone().setup().model.name().to_owned()).await?;
        if !self.renderers.contains_key(&model) {
            let renderer = Renderer::new(&display(seat).await?).map_err(refused)?;
            self.renderers.insert(model.clone(), renderer);
        }
        let mut glances = seat.watch();
        glances.mark_changed();
        self.watched.push(Watched { name: seat.name().to_owned(), model, glances });
        Ok(())
    }

    /// Every picture that has changed since; none any more when all phones were taken away.
    async fn next(&mut self) -> Option<Bytes> {
        let mut bytes = BytesMut::new();
        while bytes.is_empty() {
            self.pace.tick().await;
            self.watched.retain(|watched| watched.glances.has_changed().is_ok());
            if self.watched.is_empty() {
                return None;
            }
            for Watched { name, model, glances } in &mut self.watched {
                if !glances.has_changed().unwrap_or_default() {
                    continue;
                }
                let glance = glances.borrow_and_update().clone();
                if let Some(renderer) = self.renderers.get_mut(model) {
                    let picture: Picture = renderer.draw(&glance.screen);
                    frame::put(&mut bytes, name, glance.number, &picture);
                }
            }
        }
        Some(bytes.freeze())
    }
}

async fn display(seat: &Seat) -> Result<Display, Refusal> {
    Ok(seat.ask(|desk| desk.phone().setup().model.tables().display.clone()).await?)
}

fn refused(why: ScreenError) -> Refusal {
    match why {
        ScreenError::Scale { .. } => Refusal::bad(why.to_string()),
        why => internal(&why),
    }
}

fn internal(why: &dyn std::fmt::Display) -> Refusal {
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, format!("the picture could not be drawn: {why}"))
}
