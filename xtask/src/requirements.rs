//! Which requirement is proved by which test.
//!
//! `docs/requirements.toml` says what is required and from which milestone on. A test claims rows by a line
//! `// req: BR-4, BR-6` above it. `docs/requirements.md` is the table of both.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

use serde::Deserialize;

/// Where the rows are, from the repository's root.
pub const ROWS: &str = "docs/requirements.toml";

/// Where the table is, from the repository's root.
pub const TABLE: &str = "docs/requirements.md";

const MARK: &str = "// req:";

/// How deep folders are followed.
const DEPTH_MAX: usize = 12;

/// Steps of the project, in their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "named after the part of the project that is then there")]
pub enum Milestone {
    Foundation,
    Settings,
    Transport,
    Backup,
    Screens,
    Push,
}

impl Milestone {
    /// The word in the file.
    pub fn word(self) -> &'static str {
        match self {
            Milestone::Foundation => "foundation",
            Milestone::Settings => "settings",
            Milestone::Transport => "transport",
            Milestone::Backup => "backup",
            Milestone::Screens => "screens",
            Milestone::Push => "push",
        }
    }
}

/// The rows as written.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirements {
    /// Where the project stands.
    pub reached: Milestone,
    /// In the file's order.
    #[serde(rename = "requirement")]
    pub rows: Vec<Requirement>,
}

/// One row.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Such as `BR-4`.
    pub id: String,
    /// One or two sentences.
    pub text: String,
    /// From here on it needs a test.
    pub due: Milestone,
}

/// A test that says which row it proves.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Claim {
    /// The row.
    pub id: String,
    /// The test's file, from the root, with `/`.
    pub file: String,
    /// The test's name; empty if no test follows the line.
    pub test: String,
}

/// Rows and tests together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Coverage {
    /// What is required.
    pub requirements: Requirements,
    /// What is proved, sorted.
    pub claims: Vec<Claim>,
}

/// Why rows and tests cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RequirementsError {
    /// A file or folder cannot be read or written.
    #[error("{} cannot be read or written", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// The rows are not as they should be.
    #[error("{ROWS}: {0}")]
    Rows(#[source] Box<toml::de::Error>),
}

impl Requirements {
    /// Reads the rows.
    ///
    /// # Errors
    /// [`RequirementsError::Rows`] for bad TOML, an unknown key or an unknown milestone.
    pub fn parse(text: &str) -> Result<Self, RequirementsError> {
        toml::from_str(text).map_err(|cause| RequirementsError::Rows(Box::new(cause)))
    }

    /// Rows whose id stands more than once.
    pub fn doubled(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        self.rows.iter().map(|row| row.id.as_str()).filter(|id| !seen.insert(*id)).collect()
    }
}

impl Coverage {
    /// Reads the rows and every test below `root`.
    ///
    /// # Errors
    /// [`RequirementsError`] naming the file.
    pub fn read(root: &Path) -> Result<Self, RequirementsError> {
        let rows = root.join(ROWS);
        let requirements = Requirements::parse(&read(&rows)?)?;
        let mut files = Vec::new();
        test_files(root, false, 0, &mut files)?;
        let mut claimed = BTreeSet::new();
        for path in files {
            let below = path.strip_prefix(root).unwrap_or(&path);
            let name = below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            claimed.extend(claims(&name, &read(&path)?));
        }
        Ok(Coverage { requirements, claims: claimed.into_iter().collect() })
    }

    /// Due rows that no test claims.
    pub fn untested(&self) -> Vec<&str> {
        let due = self.requirements.rows.iter().filter(|row| row.due <= self.requirements.reached);
        due.filter(|row| self.tests(row).next().is_none()).map(|row| row.id.as_str()).collect()
    }

    /// Claims of rows that do not exist.
    pub fn unknown(&self) -> Vec<&Claim> {
        let known: BTreeSet<&str> = self.requirements.rows.iter().map(|row| row.id.as_str()).collect();
        self.claims.iter().filter(|claim| !known.contains(claim.id.as_str())).collect()
    }

    /// Claims that no test follows.
    pub fn loose(&self) -> Vec<&Claim> {
        self.claims.iter().filter(|claim| claim.test.is_empty()).collect()
    }

    /// The table, as it stands in [`TABLE`].
    pub fn table(&self) -> String {
        let mut table = format!(
            "# Requirements and their tests\n\n\
             Made from `requirements.toml` and the `{MARK}` lines above the tests; to renew it:\n\
             `DESKSET_UPDATE=1 cargo test -p xtask --test requirements`. The project has reached: {}.\n\n\
             | id | requirement | due | tests |\n| --- | --- | --- | --- |\n",
            self.requirements.reached.word()
        );
        for row in &self.requirements.rows {
            let tests: Vec<String> = self.tests(row).map(|claim| format!("`{}::{}`", claim.file, claim.test)).collect();
            let Requirement { id, text, due } = row;
            // Writing to a String cannot fail.
            let _ = writeln!(table, "| {id} | {text} | {} | {} |", due.word(), tests.join("<br>"));
        }
        table
    }

    fn tests(&self, row: &Requirement) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(move |claim| claim.id == row.id && !claim.test.is_empty())
    }
}

/// The claims in one file. Between the line and its test only attributes and comments may stand.
pub fn claims(file: &str, text: &str) -> Vec<Claim> {
    let mut found = Vec::new();
    let mut waiting: Vec<String> = Vec::new();
    let mut in_attribute = false;
    let mut is_test = false;
    let claim = |ids: &mut Vec<String>, test: &str, found: &mut Vec<Claim>| {
        let named = |id: String| Claim { id, file: file.to_owned(), test: test.to_owned() };
        found.extend(ids.drain(..).map(named));
    };
    for line in text.lines().map(str::trim) {
        if let Some(ids) = line.strip_prefix(MARK) {
            waiting.extend(ids.split(',').map(|id| id.trim().to_owned()));
            continue;
        }
        let is_comment = line.starts_with("//") && !in_attribute;
        if waiting.is_empty() || is_comment {
            continue;
        }
        if in_attribute || line.starts_with("#[") {
            is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
            in_attribute = !line.ends_with(']');
        } else {
            let test = if is_test { function(line) } else { None };
            claim(&mut waiting, test.unwrap_or_default(), &mut found);
            is_test = false;
        }
    }
    claim(&mut waiting, "", &mut found);
    found
}

fn function(line: &str) -> Option<&str> {
    let after = line.strip_prefix("async ").unwrap_or(line).strip_prefix("fn ")?;
    after.split(['(', '<']).next()
}

fn test_files(folder: &Path, in_tests: bool, depth: usize, into: &mut Vec<PathBuf>) -> Result<(), RequirementsError> {
    let fault = |cause| RequirementsError::File { path: folder.to_owned(), cause };
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(fault)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<_>>()
        .map_err(fault)?;
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            if name != "target" && !name.starts_with('.') && depth < DEPTH_MAX {
                test_files(&path, in_tests || name == "tests", depth + 1, into)?;
            }
        } else if in_tests && name.ends_with(".rs") {
            into.push(path);
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, RequirementsError> {
    fs::read_to_string(path).map_err(|cause| RequirementsError::File { path: path.to_owned(), cause })
}
