//! The paths of the control interface.

mod backups;
mod conditions;
mod description;
mod differences;
mod events;
mod page;
mod parameters;
mod phones;
mod pictures;
mod screens;
mod supply;
mod usage;

use axum::{
    Router,
    http::{Method, StatusCode},
};
use deskset_runtime::floor::Seat;
use serde_json::Value;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Control, error::Refusal};

#[derive(OpenApi)]
#[openapi(info(
    title = "Deskset control interface",
    description = "Boots desk phones, presses their keys, looks at their screens and waits for what they show."
))]
struct Described;

/// The description of every path, as `/api/v1/openapi.json` gives it.
pub fn openapi() -> Value {
    description::complete(&described().split_for_parts().1)
}

pub(crate) fn router(control: Control) -> Router {
    let (router, document) = described().split_for_parts();
    let document = description::complete(&document);
    let document = move || async move { axum::Json(document.clone()) };
    let router = router.method_not_allowed_fallback(other_method);
    page::router(router.route("/api/v1/openapi.json", axum::routing::get(document))).with_state(control)
}

fn described() -> OpenApiRouter<Control> {
    OpenApiRouter::with_openapi(Described::openapi())
        .routes(routes!(phones::list, phones::make))
        .routes(routes!(phones::show, phones::remove))
        .routes(routes!(parameters::list))
        .routes(routes!(parameters::explain))
        .routes(routes!(usage::power))
        .routes(routes!(usage::keys))
        .routes(routes!(usage::text))
        .routes(routes!(usage::hook))
        .routes(routes!(usage::call))
        .routes(routes!(conditions::wait))
        .routes(routes!(screens::screen))
        .routes(routes!(screens::text))
        .routes(routes!(pictures::png))
        .routes(routes!(pictures::stream))
        .routes(routes!(events::of_phone))
        .routes(routes!(events::stream))
        .routes(routes!(backups::served))
        .routes(routes!(backups::list))
        .routes(routes!(backups::show))
        .routes(routes!(differences::list))
        .routes(routes!(supply::show))
        .fallback(unknown)
}

async fn other_method(method: Method) -> Refusal {
    let why = format!("this path does not take {method}; the field Allow says what it takes");
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, why)
}

async fn unknown() -> Refusal {
    Refusal::not_found("there is nothing here; /api/v1/openapi.json describes every path")
}

/// The phone of that name.
fn seat(control: &Control, name: &str) -> Result<Seat, Refusal> {
    let shown: String = name.chars().filter(|c| !c.is_control()).take(60).collect();
    control.floor.seat(name).ok_or_else(|| Refusal::not_found(format!("there is no phone named \"{shown}\"")))
}
