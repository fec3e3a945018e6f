//! What somebody does at a phone. Each answer is the screen right after.

use axum::{
    Json,
    extract::{Path, State},
};
use deskset_phone::{CallNews, Hook, Input, Key};

use super::seat;
use crate::{
    Control,
    error::{Problem, Refusal},
    json::Body,
    limits::{KEYS_MAX, TEXT_CHARS_MAX},
    shape::{CallShape, HookShape, Keys, ScreenShape, Typed},
};

type Seen = Result<Json<ScreenShape>, Refusal>;

async fn hand(control: &Control, name: &str, input: Input) -> Seen {
    let glance = seat(control, name)?.hand(input).await?;
    Ok(Json(ScreenShape::of(&glance)))
}

/// Power: at first, and again as after a power cut.
#[utoipa::path(post, path = "/api/v1/phones/{name}/power", params(("name" = String, Path)),
    responses((status = 200, body = ScreenShape), (status = 404, body = Problem)))]
pub(super) async fn power(State(control): State<Control>, Path(name): Path<String>) -> Seen {
    hand(&control, &name, Input::PowerOn).await
}

/// Presses keys, one after the other. If one of them is no key of this phone, none is pressed.
#[utoipa::path(post, path = "/api/v1/phones/{name}/keys", params(("name" = String, Path)), request_body = Keys,
    responses((status = 200, body = ScreenShape), (status = 400, body = Problem), (status = 404, body = Problem),
        (status = 415, body = Problem)))]
pub(super) async fn keys(
    State(control): State<Control>,
    Path(name): Path<String>,
    Body(Keys { keys }): Body<Keys>,
) -> Seen {
    let seat = seat(&control, &name)?;
    if keys.len() > KEYS_MAX {
        return Err(Refusal::bad(format!("{} keys in one request; send at most {KEYS_MAX}", keys.len())));
    }
    let parsed = keys.iter().map(|key| key.parse()).collect::<Result<Vec<Key>, _>>();
    let parsed = parsed.map_err(|why| Refusal::bad(why.to_string()))?;
    let known: Vec<Key> = seat.ask(|desk| desk.phone().keys().collect()).await?;
    if let Some(missing) = parsed.iter().find(|key| !known.contains(key)) {
        return Err(Refusal::bad(format!("this phone has no key {missing}")));
    }
    let mut glance = seat.glance();
    for key in parsed {
        glance = seat.hand(Input::Key(key)).await?;
    }
    Ok(Json(ScreenShape::of(&glance)))
}

/// Types text into the field that is open.
#[utoipa::path(post, path = "/api/v1/phones/{name}/text", params(("name" = String, Path)), request_body = Typed,
    responses((status = 200, body = ScreenShape), (status = 400, body = Problem), (status = 404, body = Problem),
        (status = 415, body = Problem)))]
pub(super) async fn text(
    State(control): State<Control>,
    Path(name): Path<String>,
    Body(Typed { text }): Body<Typed>,
) -> Seen {
    if text.chars().count() > TEXT_CHARS_MAX || text.chars().any(char::is_control) {
        let why = format!("send at most {TEXT_CHARS_MAX} characters, and no control characters");
        return Err(Refusal::bad(why));
    }
    hand(&control, &name, Input::Text(text)).await
}

/// Lifts the handset or puts it back.
#[utoipa::path(post, path = "/api/v1/phones/{name}/hook", params(("name" = String, Path)), request_body = HookShape,
    responses((status = 200, body = ScreenShape), (status = 400, body = Problem), (status = 404, body = Problem),
        (status = 415, body = Problem)))]
pub(super) async fn hook(
    State(control): State<Control>,
    Path(name): Path<String>,
    Body(HookShape { hook }): Body<HookShape>,
) -> Seen {
    let hook = match hook.as_str() {
        "on" => Hook::On,
        "off" => Hook::Off,
        _ => return Err(Refusal::bad("the hook is on or off")),
    };
    hand(&control, &name, Input::Hook(hook)).await
}

/// Says what the call server does to a call appearance.
#[utoipa::path(post, path = "/api/v1/phones/{name}/call", params(("name" = String, Path)), request_body = CallShape,
    responses((status = 200, body = ScreenShape), (status = 400, body = Problem), (status = 404, body = Problem),
        (status = 415, body = Problem)))]
pub(super) async fn call(
    State(control): State<Control>,
    Path(name): Path<String>,
    Body(call): Body<CallShape>,
) -> Seen {
    let sound = |text: &str| text.chars().count() <= TEXT_CHARS_MAX && !text.chars().any(char::is_control);
    if !sound(&call.name) || !sound(&call.number) {
        let why = format!("name and number have at most {TEXT_CHARS_MAX} characters, and no control characters");
        return Err(Refusal::bad(why));
    }
    if call.appearance == 0 {
        return Err(Refusal::bad("call appearances are counted from 1"));
    }
    let state = call.state.parse().map_err(|why| Refusal::bad(format!("{why}")))?;
    let news = CallNews { appearance: call.appearance, state, name: call.name, number: call.number };
    hand(&control, &name, Input::Call(news)).await
}
