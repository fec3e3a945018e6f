//! What phones were told: parameters, who set them, and why a value holds.

use axum::{
    Json,
    extract::{Path, State},
};
use deskset_files::settings::{Attempt, Evaluation, Explanation, Incident, Origin, Parameter, Target};
use deskset_phone::{Parameters, Phone};
use serde::Serialize;
use utoipa::ToSchema;

use super::seat;
use crate::{
    Control,
    error::{Problem, Refusal},
    shape::{ParameterList, ParameterShape},
};

/// What stands for a password.
const STARS: &str = "********";

/// Every parameter that somebody set, with who set it.
#[utoipa::path(get, path = "/api/v1/phones/{name}/parameters", params(("name" = String, Path)),
    responses((status = 200, body = ParameterList), (status = 404, body = Problem)))]
pub(super) async fn list(
    State(control): State<Control>,
    Path(name): Path<String>,
) -> Result<Json<ParameterList>, Refusal> {
    let parameters = seat(&control, &name)?.ask(|desk| in_force(desk.phone())).await?;
    Ok(Json(ParameterList { schema: "deskset-parameters-1", parameters }))
}

fn in_force(phone: &Phone) -> Vec<ParameterShape> {
    let row = |(name, parameter): (&str, &Parameter)| ParameterShape {
        name: name.to_owned(),
        value: shown(phone, name, &parameter.value),
        origin: parameter.origin.to_string(),
    };
    phone.parameters().iter().map(row).collect()
}

/// Why a parameter has the value it has.
#[derive(Serialize, ToSchema)]
pub(super) struct ExplanationShape {
    /// `deskset-explanation-1`.
    schema: &'static str,
    /// In capitals.
    name: String,
    /// What holds, if anything was set; `********` for passwords.
    value: Option<String>,
    /// What holds if nobody sets it; `null` if the model does not know the parameter.
    default: Option<String>,
    /// What DHCP, files and others said, in that order; of one file, its last word.
    attempts: Vec<AttemptShape>,
    /// Why the value does nothing on this phone, in sentences.
    without_effect: Vec<String>,
}

/// One try to set a value.
#[derive(Serialize, ToSchema)]
struct AttemptShape {
    /// Who tried: file and line, DHCP.
    origin: String,
    /// In full; `********` for passwords.
    value: String,
    /// What became of it.
    outcome: String,
}

/// Why a parameter of a phone has the value it has.
#[utoipa::path(get, path = "/api/v1/phones/{name}/parameters/{parameter}",
    params(("name" = String, Path), ("parameter" = String, Path)),
    responses((status = 200, body = ExplanationShape), (status = 404, body = Problem)))]
pub(super) async fn explain(
    State(control): State<Control>,
    Path((name, parameter)): Path<(String, String)>,
) -> Result<Json<ExplanationShape>, Refusal> {
    let explained = seat(&control, &name)?.ask(move |desk| explanation(desk.phone(), &parameter)).await?;
    let none = "nothing sets such a parameter, and the model knows none";
    explained.map(Json).ok_or_else(|| Refusal::not_found(none))
}

fn explanation(phone: &Phone, name: &str) -> Option<ExplanationShape> {
    let setup = phone.setup();
    let (signaling, group) = (setup.signaling, setup.group);
    let target = Target { model: &setup.model, signaling, release: phone.release(), group };
    let parameters = phone.parameters().clone();
    let Explanation { name, holds, default, attempts, without_effect } =
        Evaluation { path: words_of_files(&parameters, name), parameters }.explain(name, &target);
    if attempts.is_empty() && default.is_none() {
        return None;
    }
    let attempt = |tried: Attempt| AttemptShape {
        origin: tried.origin.to_string(),
        value: shown(phone, &name, &tried.value),
        outcome: tried.fate.to_string(),
    };
    Some(ExplanationShape {
        schema: "deskset-explanation-1",
        value: holds.map(|holds| shown(phone, &name, &holds.value)),
        default: default.map(|default| shown(phone, &name, &default)),
        attempts: attempts.into_iter().map(attempt).collect(),
        without_effect: without_effect.iter().map(ToString::to_string).collect(),
        name,
    })
}

/// What each file that the phone has read says of the parameter in the end.
fn words_of_files(parameters: &Parameters, name: &str) -> Vec<Incident> {
    let name = name.to_ascii_uppercase();
    let said = parameters.layers().iter().filter_map(|layer| layer.get(&name));
    let of_files = said.filter(|parameter| matches!(parameter.origin, Origin::File { .. }));
    let incident = |parameter: &Parameter| Incident::Set {
        at: parameter.origin.clone(),
        name: name.clone(),
        value: parameter.value.clone(),
        ignored: None,
    };
    of_files.map(incident).collect()
}

/// The value, or stars; that a password is empty may be seen.
fn shown(phone: &Phone, name: &str, value: &str) -> String {
    let is_secret = phone.setup().model.tables().parameters.is_secret(name);
    if is_secret && !value.is_empty() { STARS.to_owned() } else { value.to_owned() }
}
