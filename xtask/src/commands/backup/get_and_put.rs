use std::{collections::BTreeMap, fs, path::Path};

use deskset_files::backup::{BackupFile, BackupPhone, decode, is_password_line};
use deskset_host::Catalog;
use deskset_models::{Extension, FileName};
use deskset_transport::{Endpoint, Login, Password};
use serde::Serialize;

use super::{
    arguments::Transfer,
    file::File,
    phones::{Phone, named},
    transfers::{Account, Job, Outcome, transfer_all},
};
use crate::{
    CommandError, Exit,
    commands::{block_on, profile, whole_file},
    plugins, show,
};

/// Where a password may come from, besides a file.
const PASSWORD_VARIABLE: &str = "FTP_PASSWORD";

const FTP_PORT: u16 = 21;

#[derive(Serialize)]
struct Report<'t> {
    schema: &'static str,
    action: &'static str,
    server: String,
    #[serde(flatten)]
    phone: Phone<'t>,
    failed: usize,
    transfers: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    extension: String,
    file: String,
    outcome: &'static str,
    bytes: usize,
    why: Option<String>,
    kept: Option<String>,
}

/// Fetches files and puts each whole into the folder.
pub(super) fn get(asked: &Transfer) -> Result<Exit, CommandError> {
    run(
        asked,
        "get",
        |_, _| Ok(None),
        |path, bytes| {
            if fs::read(path).is_ok_and(|old| old == bytes) {
                return Ok(("unchanged", None));
            }
            fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).map_err(|source| CommandError::Folder {
                what: format!("making the folder of {}", path.display()),
                source,
            })?;
            Ok(("retrieved", whole_file::put(path, bytes, true)?))
        },
    )
}

/// Stores the folder's files, if a phone could use them and they hold no password.
pub(super) fn put(asked: &Transfer) -> Result<Exit, CommandError> {
    let judged = |path: &Path, phone: &BackupPhone<'_>| {
        let file = File::read(path).map_err(|why| why.to_string())?;
        let is_usable = BackupFile::read(&file.bytes, phone.model, phone.signaling);
        is_usable.map_err(|why| format!("{}: {why}", file.name))?;
        if decode(&file.bytes).0.split(['\r', '\n']).any(is_password_line) {
            return Err(format!("{}: there seems to be a password in it; `backup fix` takes it out", file.name));
        }
        Ok(Some(file.bytes))
    };
    run(asked, "put", judged, |_, _| Ok(("stored", None)))
}

/// `prepare` gives what to store, or why not; `finish` takes what came and says what that was.
fn run(
    asked: &Transfer,
    action: &'static str,
    prepare: impl Fn(&Path, &BackupPhone<'_>) -> Result<Option<Vec<u8>>, String>,
    finish: impl Fn(&Path, &[u8]) -> Result<(&'static str, Option<std::path::PathBuf>), CommandError>,
) -> Result<Exit, CommandError> {
    let profile = profile(&asked.common, &[])?;
    let catalog: Catalog = plugins::catalog(&profile)?;
    let phone = named(&catalog, &asked.model, asked.signaling)?;
    let account = account(asked)?;
    let files = files(asked, &phone)?;
    let (mut rows, mut jobs) = (BTreeMap::new(), Vec::new());
    for (extension, file) in &files {
        match prepare(&asked.folder.join(file.as_str()), &phone) {
            Ok(bytes) => jobs.push(Job { extension: extension.clone(), file: file.clone(), bytes }),
            Err(why) => {
                rows.insert(extension.clone(), row(extension, file, "failed", 0, Some(why)));
            }
        }
    }
    let sizes: BTreeMap<Extension, usize> =
        jobs.iter().map(|job| (job.extension.clone(), job.bytes.as_ref().map_or(0, Vec::len))).collect();
    let server = account.server.to_string();
    let outcomes = block_on(None, transfer_all(account, jobs))?;
    let no_session = !outcomes.is_empty() && outcomes.values().all(|outcome| matches!(outcome, Outcome::NoSession(_)));
    for (extension, outcome) in outcomes {
        let Some(file) = files.get(&extension) else { continue };
        let row = match outcome {
            Outcome::Failed(why) | Outcome::NoSession(why) => row(&extension, file, "failed", 0, Some(why)),
            Outcome::Done(bytes) => {
                let (outcome, kept) = finish(&asked.folder.join(file.as_str()), &bytes)?;
                let size = sizes.get(&extension).copied().unwrap_or(0).max(bytes.len());
                Row { kept: kept.map(|path| path.display().to_string()), ..row(&extension, file, outcome, size, None) }
            }
        };
        rows.insert(extension, row);
    }
    let transfers: Vec<Row> = rows.into_values().collect();
    let failed = transfers.iter().filter(|row| row.why.is_some()).count();
    if asked.common.json {
        let phone = Phone::of(&phone);
        show::json(&Report { schema: "deskset-backup-transfer-1", action, server, phone, failed, transfers })?;
    } else {
        print(&transfers);
    }
    Ok(match failed {
        0 => Exit::Fine,
        _ if no_session => Exit::Environment,
        _ => Exit::Failed,
    })
}

fn row(extension: &Extension, file: &FileName, outcome: &'static str, bytes: usize, why: Option<String>) -> Row {
    Row { extension: extension.to_string(), file: file.to_string(), outcome, bytes, why, kept: None }
}

fn print(rows: &[Row]) {
    for Row { file, outcome, bytes, why, kept, .. } in rows {
        match (why, kept) {
            (Some(why), _) => say!("{file}  {outcome}: {why}"),
            (None, Some(kept)) => say!("{file}  {outcome}, {bytes} bytes; the old file is {kept}"),
            (None, None) => say!("{file}  {outcome}, {bytes} bytes"),
        }
    }
}

fn account(asked: &Transfer) -> Result<Account, CommandError> {
    // Not repeated: there may be a password in it.
    if asked.server.contains(['@', '/']) {
        return Err(CommandError::Usage(
            "--server: write HOST or HOST:PORT; user and password go elsewhere".to_owned(),
        ));
    }
    let wrong = || CommandError::Usage(format!("--server {}: write HOST or HOST:PORT", asked.server));
    let server = match asked.server.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() => Endpoint::new(host, port.parse().map_err(|_| wrong())?),
        None if !asked.server.is_empty() => Endpoint::new(&asked.server, FTP_PORT),
        _ => return Err(wrong()),
    };
    let login = match &asked.user {
        None => None,
        Some(user) => Some(Login { user: user.clone(), password: Password::new(password(asked)?) }),
    };
    Ok(Account { server, directory: asked.directory.clone(), login })
}

fn password(asked: &Transfer) -> Result<String, CommandError> {
    if let Some(path) = &asked.password_file {
        let file = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|source| CommandError::Input { file, source })?;
        return Ok(text.lines().next().unwrap_or_default().to_owned());
    }
    std::env::var(PASSWORD_VARIABLE).map_err(|_| {
        CommandError::Usage(format!("--user needs a password; give --password-file, or set {PASSWORD_VARIABLE}"))
    })
}

/// Whose files, and what they are called.
fn files(asked: &Transfer, phone: &BackupPhone<'_>) -> Result<BTreeMap<Extension, FileName>, CommandError> {
    let mut extensions = asked.extension.clone();
    if let Some(path) = &asked.all_from {
        let file = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|source| CommandError::Input { file: file.clone(), source })?;
        for (line, number) in text.lines().zip(1..) {
            let word = line.split('#').next().unwrap_or_default().trim();
            if !word.is_empty() {
                let wrong = |why| CommandError::Usage(format!("{file}: line {number}: {why}"));
                extensions.push(word.parse().map_err(wrong)?);
            }
        }
    }
    let named = |extension: Extension| {
        let name = phone.file_name(&extension).map_err(|why| CommandError::Usage(why.to_string()))?;
        Ok((extension, name))
    };
    extensions.into_iter().map(named).collect()
}
