//! What one run of one case said.

use serde::Serialize;

/// Whose client talks to whose server.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Our transport is the client.
    Client,
    /// Our file server serves.
    Server,
}

/// How a case went.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// As the case says.
    Pass,
    /// As the table declares: the program cannot, or we refuse by rule.
    Declared,
    /// Neither.
    Fail,
}

/// One case with one program.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Cell {
    /// tftp, http or ftp; https is in http.
    pub protocol: &'static str,
    /// Whose client.
    pub direction: Direction,
    /// The foreign program.
    pub peer: &'static str,
    /// Its version.
    pub version: String,
    /// What was tried.
    pub case: &'static str,
    /// How it went.
    pub result: Verdict,
    /// Why it is declared, or what was seen where it failed.
    pub reason: Option<String>,
}

/// All cells of a run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Table {
    /// Name and version of this form.
    pub schema: &'static str,
    /// In the order of the tables.
    pub cells: Vec<Cell>,
}

impl Table {
    /// A table of these cells.
    #[must_use]
    pub fn new(cells: Vec<Cell>) -> Self {
        Table { schema: "deskset-interop-1", cells }
    }

    /// How many cells went so.
    #[must_use]
    pub fn count(&self, result: Verdict) -> usize {
        self.cells.iter().filter(|cell| cell.result == result).count()
    }
}
