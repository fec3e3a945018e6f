//! What two versions of a user's backup file mean differently.
#![expect(unused_qualifications, reason = "what the macro for the description makes of the paths")]

use axum::{
    Json,
    extract::{Path, Query, State},
};
use deskset_files::backup::{
    BackupError, BackupFile, BackupPhone, Difference, UserData, base_name, difference, value_without_password,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::backups;
use crate::{
    Control,
    error::{Problem, Refusal},
};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Since {
    /// The other file; default: none, so that all that the file says is new.
    since: Option<String>,
}

/// What one file says and another does not.
#[derive(Serialize, ToSchema)]
pub(super) struct DifferenceList {
    /// `deskset-backup-diff-1`.
    schema: &'static str,
    /// The phone whose reading is compared, as in `X100 H.323`.
    read_by: String,
    /// Rows by name, then speed dials, then labels.
    differences: Vec<DifferenceShape>,
}

/// One difference.
#[derive(Serialize, ToSchema)]
struct DifferenceShape {
    /// The row's name, `Speed Dial 14`, `Feature label 5` or `Expansion unit label 4`.
    what: String,
    /// In the other file; `null` if it is not there.
    old: Option<String>,
    /// In the file; `null` if it is not there.
    new: Option<String>,
}

/// What a backup file means that another one does not: a version and the one before it, say. How the files were
/// written does not matter.
#[utoipa::path(get, path = "/api/v1/backups/{file}/differences", params(("file" = String, Path), Since),
    responses((status = 200, body = DifferenceList), (status = 404, body = Problem),
        (status = 422, body = Problem, description = "No phone reads files of that name")))]
pub(super) async fn list(
    State(control): State<Control>,
    Path(file): Path<String>,
    Query(Since { since }): Query<Since>,
) -> Result<Json<DifferenceList>, Refusal> {
    let new = backups::bytes(&control, file.clone()).await?;
    let old = match since {
        Some(since) => backups::bytes(&control, since).await?,
        None => Vec::new(),
    };
    let owners =
        BackupPhone::all_of(&control.supply.models).into_iter().filter(|phone| phone.owner(base_name(&file)).is_some());
    let phone = BackupPhone::knowing_most(owners).ok_or_else(|| {
        let why = "the name does not tell which phone reads the file";
        Refusal::new(axum::http::StatusCode::UNPROCESSABLE_ENTITY, why)
    })?;
    let differences = difference(&read(&old, &phone)?, &read(&new, &phone)?).into_iter().map(shape).collect();
    Ok(Json(DifferenceList { schema: "deskset-backup-diff-1", read_by: phone.kind(), differences }))
}

fn read(bytes: &[u8], phone: &BackupPhone<'_>) -> Result<UserData, Refusal> {
    match BackupFile::read(bytes, phone.model, phone.signaling) {
        Ok(file) => Ok(file.data),
        // It says nothing: everything in the other one is a difference.
        Err(BackupError::Empty) => Ok(UserData::default()),
        Err(why) => Err(Refusal::new(axum::http::StatusCode::UNPROCESSABLE_ENTITY, why.to_string())),
    }
}

fn shape(row: Difference) -> DifferenceShape {
    let shown = |value: Option<String>| value.map(|value| value_without_password(&row.what, &value));
    DifferenceShape { old: shown(row.old), new: shown(row.new), what: row.what }
}
