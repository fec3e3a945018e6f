//! What the file servers did, and users' backup files.

use std::{fs, io, path::Path as FilePath, time::SystemTime};

use axum::{
    Json,
    extract::{Path, State},
};
use deskset_models::FileName;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::{
    Control,
    error::{Problem, Refusal},
    limits::{BACKUP_BYTES_MAX, BACKUPS_MAX},
};

/// The last transfers of the file servers.
#[derive(Serialize, ToSchema)]
pub(super) struct ServedList {
    /// `deskset-served-1`.
    schema: &'static str,
    /// Oldest first, each as in the transfer log.
    #[schema(value_type = Vec<Object>)]
    transfers: Vec<Box<RawValue>>,
}

/// The last transfers of the file servers beside the phones; empty if there are none.
#[utoipa::path(get, path = "/api/v1/served", responses((status = 200, body = ServedList)))]
pub(super) async fn served(State(control): State<Control>) -> Json<ServedList> {
    let lines = control.served.lines().into_iter();
    let transfers = lines.filter_map(|line| RawValue::from_string(line).ok()).collect();
    Json(ServedList { schema: "deskset-served-1", transfers })
}

/// Users' backup files.
#[derive(Serialize, ToSchema)]
pub(super) struct BackupList {
    /// `deskset-backups-1`.
    schema: &'static str,
    /// By name.
    backups: Vec<BackupShape>,
}

/// One backup file.
#[derive(Serialize, ToSchema)]
pub(super) struct BackupShape {
    /// Its name; `.~1~` at its end is the version before, higher numbers are older.
    name: String,
    /// Its size.
    bytes: u64,
    /// Seconds since 1970, when it was stored.
    stored: u64,
}

/// Users' backup files, older versions among them; empty if they are not on this machine.
#[utoipa::path(get, path = "/api/v1/backups", responses((status = 200, body = BackupList), (status = 500, body = Problem)))]
pub(super) async fn list(State(control): State<Control>) -> Result<Json<BackupList>, Refusal> {
    let mut backups = Vec::new();
    if let Some(folder) = control.backups {
        backups = tokio::task::spawn_blocking(move || read_folder(&folder.folder))
            .await
            .map_err(io::Error::other)
            .flatten()
            .map_err(|why| {
                Refusal::new(axum::http::StatusCode::INTERNAL_SERVER_ERROR, format!("the backup folder: {why}"))
            })?;
    }
    Ok(Json(BackupList { schema: "deskset-backups-1", backups }))
}

fn read_folder(folder: &FilePath) -> io::Result<Vec<BackupShape>> {
    let mut backups = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (Ok(name), meta) = (entry.file_name().into_string(), entry.metadata()?) else { continue };
        if !meta.is_file() || !is_a_name(&name) || backups.len() >= BACKUPS_MAX {
            continue;
        }
        let stored = meta.modified()?.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
        backups.push(BackupShape { name, bytes: meta.len(), stored });
    }
    backups.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(backups)
}

/// A plain file name that is not hidden.
fn is_a_name(name: &str) -> bool {
    !name.starts_with('.') && name.parse::<FileName>().is_ok()
}

/// The text of one backup file. Phones write UTF-8; what is not is shown as U+FFFD.
#[utoipa::path(get, path = "/api/v1/backups/{file}", params(("file" = String, Path)),
    responses((status = 200, body = String, content_type = "text/plain; charset=utf-8"), (status = 404, body = Problem)))]
pub(super) async fn show(State(control): State<Control>, Path(file): Path<String>) -> Result<String, Refusal> {
    Ok(String::from_utf8_lossy(&bytes(&control, file).await?).into_owned())
}

/// A backup file as it is on the disk.
pub(super) async fn bytes(control: &Control, file: String) -> Result<Vec<u8>, Refusal> {
    let none = || Refusal::not_found("there is no such backup file");
    let folder = control.backups.clone().ok_or_else(none)?.folder;
    if !is_a_name(&file) {
        return Err(none());
    }
    let read = tokio::task::spawn_blocking(move || read_file(&folder.join(file))).await;
    read.map_err(io::Error::other).flatten().map_err(|_| none())
}

fn read_file(path: &FilePath) -> io::Result<Vec<u8>> {
    let meta = fs::symlink_metadata(path)?;
    if !meta.is_file() || meta.len() > BACKUP_BYTES_MAX {
        return Err(io::ErrorKind::InvalidData.into());
    }
    fs::read(path)
}
