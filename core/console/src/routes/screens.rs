//! What phones show.

use axum::{
    Json,
    extract::{Path, State},
};

use super::seat;
use crate::{
    Control,
    error::{Problem, Refusal},
    shape::ScreenShape,
};

/// The screen as data.
#[utoipa::path(get, path = "/api/v1/phones/{name}/screen", params(("name" = String, Path)),
    responses((status = 200, body = ScreenShape), (status = 404, body = Problem)))]
pub(super) async fn screen(
    State(control): State<Control>,
    Path(name): Path<String>,
) -> Result<Json<ScreenShape>, Refusal> {
    Ok(Json(ScreenShape::of(&seat(&control, &name)?.glance())))
}

/// The screen as text, one line a row.
#[utoipa::path(get, path = "/api/v1/phones/{name}/screen.txt", params(("name" = String, Path)),
    responses((status = 200, body = String, content_type = "text/plain; charset=utf-8"), (status = 404, body = Problem)))]
pub(super) async fn text(State(control): State<Control>, Path(name): Path<String>) -> Result<String, Refusal> {
    let mut text = seat(&control, &name)?.glance().screen.rows().join("\n");
    text.push('\n');
    Ok(text)
}
