//! What new phones can be.

use axum::{Json, extract::State};
use deskset_files::site::newest_release;
use deskset_models::{Model, Signaling};
use serde::Serialize;
use utoipa::ToSchema;

use crate::Control;

/// What new phones are made from.
#[derive(Serialize, ToSchema)]
pub(super) struct SupplyShape {
    /// `deskset-supply-1`.
    schema: &'static str,
    /// By name.
    models: Vec<ModelShape>,
    /// Extensions whose password is known.
    extensions: Vec<String>,
}

/// A model.
#[derive(Serialize, ToSchema)]
struct ModelShape {
    /// As `make` takes it.
    name: String,
    /// What there is software for: `h323`, `sip`.
    signalings: Vec<&'static str>,
    /// Text rows of its screen.
    rows: u16,
    /// The height of a row in pixels.
    row_height: u16,
}

/// Models and extensions for new phones.
#[utoipa::path(get, path = "/api/v1/supply", responses((status = 200, body = SupplyShape)))]
pub(super) async fn show(State(control): State<Control>) -> Json<SupplyShape> {
    let supply = &control.supply;
    Json(SupplyShape {
        schema: "deskset-supply-1",
        models: supply.models.iter().map(shape).collect(),
        extensions: supply.profile.extensions.keys().map(ToString::to_string).collect(),
    })
}

fn shape(model: &Model) -> ModelShape {
    let display = &model.tables().display;
    let sold = Signaling::ALL.into_iter().filter(|signaling| newest_release(model, *signaling).is_some());
    ModelShape {
        name: model.name().to_owned(),
        signalings: sold.map(Signaling::key).collect(),
        rows: display.rows,
        row_height: display.cell_height,
    }
}
