//! Waiting until a phone shows or is something.

use std::time::Duration;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use deskset_phone::{Phone, State as PhoneState};
use deskset_runtime::floor::Late;

use super::seat;
use crate::{
    Control,
    error::{Problem, Refusal},
    json::Body,
    limits::{TEXT_CHARS_MAX, WAIT_MAX, WAIT_USUAL},
    shape::{ScreenShape, StateShape, Wait},
};

/// Waits until every condition holds at once. The time over: 408, with what the phone shows instead.
#[utoipa::path(post, path = "/api/v1/phones/{name}/wait", params(("name" = String, Path)), request_body = Wait,
    responses((status = 200, body = ScreenShape), (status = 400, body = Problem), (status = 404, body = Problem),
        (status = 408, body = Problem), (status = 415, body = Problem)))]
pub(super) async fn wait(
    State(control): State<Control>,
    Path(name): Path<String>,
    Body(wait): Body<Wait>,
) -> Result<Json<ScreenShape>, Refusal> {
    let seat = seat(&control, &name)?;
    check(&wait)?;
    let patience = wait.deadline_ms.map_or(WAIT_USUAL, Duration::from_millis);
    if patience > WAIT_MAX {
        let why = format!("deadline_ms is at most {}", WAIT_MAX.as_millis());
        return Err(Refusal::bad(why));
    }
    match seat.until(patience, move |phone| holds(&wait, phone)).await {
        Ok(glance) => Ok(Json(ScreenShape::of(&glance))),
        Err(Late::Over(glance)) => {
            let mut refusal = Refusal::new(StatusCode::REQUEST_TIMEOUT, "the conditions were not met in time");
            refusal.body.screen = Some(glance.screen.rows());
            Err(refusal)
        }
        Err(Late::Gone(gone)) => Err(gone.into()),
    }
}

const STATES: [&str; 6] = ["off", "starting", "awaits_login", "ready", "logged_off", "failed"];

fn check(wait: &Wait) -> Result<(), Refusal> {
    let none = wait.screen.is_none()
        && wait.screen_without.is_none()
        && wait.state.is_none()
        && wait.settled.is_none()
        && wait.parameter.is_none();
    if none {
        let why = "name a condition: screen, screen_without, state, settled or parameter";
        return Err(Refusal::bad(why));
    }
    if let Some(state) = wait.state.as_deref().filter(|state| !STATES.contains(state)) {
        let state: String = state.chars().take(40).collect();
        return Err(Refusal::bad(format!("\"{state}\" is no state; there are {}", STATES.join(", "))));
    }
    let texts = [&wait.screen, &wait.screen_without];
    if texts.into_iter().flatten().any(|text| text.is_empty() || text.chars().count() > TEXT_CHARS_MAX) {
        return Err(Refusal::bad(format!("a text on the screen has 1 to {TEXT_CHARS_MAX} characters")));
    }
    Ok(())
}

fn holds(wait: &Wait, phone: &Phone) -> bool {
    let state = phone.state();
    if wait.state.as_deref().is_some_and(|wanted| StateShape::of(&state).kind != wanted) {
        return false;
    }
    if wait.settled.is_some_and(|wanted| matches!(state, PhoneState::Ready { settled: true, .. }) != wanted) {
        return false;
    }
    if wait.parameter.as_ref().is_some_and(|wanted| phone.parameters().value(&wanted.name) != wanted.value) {
        return false;
    }
    if wait.screen.is_none() && wait.screen_without.is_none() {
        return true;
    }
    let rows = phone.screen().rows();
    let shows = |text: &str| rows.iter().any(|row| row.contains(text));
    wait.screen.as_deref().is_none_or(shows) && !wait.screen_without.as_deref().is_some_and(shows)
}
