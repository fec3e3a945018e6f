//! Reading back what a server wrote of its transfers.

use std::{
    fs::File,
    io::{self, BufRead as _, BufReader, Read as _},
    net::SocketAddr,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::limits::{LOG_KEPT_MAX, LOG_LINE_BYTES_MAX};

/// One line of a transfer log; `docs/schema/transfer-1.json` says what each part means.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the schema says what each means")]
pub struct LoggedTransfer {
    pub id: u64,
    pub time: String,
    pub protocol: String,
    pub action: String,
    pub peer: SocketAddr,
    pub asked: String,
    pub served: Option<String>,
    pub outcome: String,
    pub why: Option<String>,
    pub bytes: u64,
    pub micros: u64,
    /// Lines of earlier versions have none.
    #[serde(default)]
    pub transfer: Option<String>,
}

/// Why a transfer log cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The file system does not give it.
    #[error("{path}: {source}; check the path and the rights", path = .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// A line is not one of ours.
    #[error("{path}, line {line}: {why}; is it a log that `serve --log` wrote?", path = .path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        why: String,
    },
}

/// The transfers in a log that are `wanted`, in its order; of very many the last ones.
///
/// # Errors
/// A file that cannot be read, or a line that is none of a transfer log. The last line may be cut off: the server may
/// still be writing it.
pub fn read_log(path: &Path, wanted: impl Fn(&LoggedTransfer) -> bool) -> Result<Vec<LoggedTransfer>, LogError> {
    let unreadable = |source| LogError::Unreadable { path: path.to_owned(), source };
    let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
    let mut found = Vec::new();
    for number in 1.. {
        let mut line = Vec::new();
        let limit = LOG_LINE_BYTES_MAX as u64 + 1;
        if (&mut file).take(limit).read_until(b'\n', &mut line).map_err(unreadable)? == 0 {
            break;
        }
        let wrong = |why: String| LogError::Line { path: path.to_owned(), line: number, why };
        if line.len() > LOG_LINE_BYTES_MAX {
            return Err(wrong(format!("it is longer than {LOG_LINE_BYTES_MAX} bytes")));
        }
        match serde_json::from_slice::<LoggedTransfer>(&line) {
            Ok(transfer) if wanted(&transfer) => found.push(transfer),
            Ok(_) => {}
            Err(_) if !line.ends_with(b"\n") => break,
            Err(why) => return Err(wrong(why.to_string())),
        }
        if found.len() > 2 * LOG_KEPT_MAX {
            found.drain(..LOG_KEPT_MAX);
        }
    }
    let surplus = found.len().saturating_sub(LOG_KEPT_MAX);
    found.drain(..surplus);
    Ok(found)
}
