//! Which phones there are.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use deskset_models::Secret;
use deskset_phone::{Input, Memory};
use deskset_runtime::floor::Wanted;

use super::seat;
use crate::{
    Control,
    error::{Problem, Refusal},
    json::Body,
    shape::{NewPhone, PhoneList, PhoneShape},
};

/// All phones, by name.
#[utoipa::path(get, path = "/api/v1/phones", responses((status = 200, body = PhoneList)))]
pub(super) async fn list(State(control): State<Control>) -> Json<PhoneList> {
    let mut phones = Vec::new();
    for seat in control.floor.seats() {
        // One that is taken away meanwhile is none any more.
        phones.extend(seat.ask(PhoneShape::of).await);
    }
    Json(PhoneList { schema: "deskset-phones-1", phones })
}

/// Makes a phone, and boots it.
#[utoipa::path(post, path = "/api/v1/phones", request_body = NewPhone, responses(
    (status = 201, body = PhoneShape),
    (status = 400, body = Problem, description = "No such model, extension or name"),
    (status = 409, body = Problem, description = "The name is taken"),
    (status = 415, body = Problem), (status = 507, body = Problem, description = "No room for another phone"),
))]
pub(super) async fn make(
    State(control): State<Control>,
    Body(new): Body<NewPhone>,
) -> Result<(StatusCode, Json<PhoneShape>), Refusal> {
    let bad = |why: &dyn std::fmt::Display| Refusal::bad(why.to_string());
    let wanted = Wanted {
        name: new.name,
        model: new.model,
        signaling: new.signaling.map(|text| text.parse()).transpose().map_err(|why| bad(&why))?,
        extension: new.extension.map(|text| text.parse()).transpose().map_err(|why| bad(&why))?,
        password: new.password.map(Secret::new),
        index: control.floor.seats().len() as u64,
    };
    let seat = control.floor.place(control.supply.setup(&wanted)?, Memory::default())?;
    if new.boot {
        seat.hand(Input::PowerOn).await?;
    }
    Ok((StatusCode::CREATED, Json(seat.ask(PhoneShape::of).await?)))
}

/// One phone.
#[utoipa::path(get, path = "/api/v1/phones/{name}", params(("name" = String, Path)),
    responses((status = 200, body = PhoneShape), (status = 404, body = Problem)))]
pub(super) async fn show(
    State(control): State<Control>,
    Path(name): Path<String>,
) -> Result<Json<PhoneShape>, Refusal> {
    Ok(Json(seat(&control, &name)?.ask(PhoneShape::of).await?))
}

/// Takes a phone away: a power cut. What it remembers stays in its state folder, if it has one.
#[utoipa::path(delete, path = "/api/v1/phones/{name}", params(("name" = String, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub(super) async fn remove(State(control): State<Control>, Path(name): Path<String>) -> Result<StatusCode, Refusal> {
    seat(&control, &name)?;
    control.floor.remove(&name);
    Ok(StatusCode::NO_CONTENT)
}
