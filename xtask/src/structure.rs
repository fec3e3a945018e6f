//! The rules on how the project is laid out: who may import whom, what core must not name, what no file may hold.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde::Deserialize;

/// Who may import whom, by folder names; `plugin` stands for each model's own.
const IMPORTS: &[(&str, &[&str])] = &[
    ("models", &[]),
    ("abi", &["models"]),
    ("profiles", &["models"]),
    ("files", &["models"]),
    ("browser", &[]),
    ("tftp", &[]),
    ("media", &[]),
    ("phone", &["files", "browser", "models"]),
    ("screen", &["phone", "models"]),
    ("host", &["abi", "models"]),
    ("transport", &["tftp"]),
    ("server", &["tftp", "files", "models"]),
    ("sim", &["phone", "files", "models", "profiles"]),
    ("runtime", &["phone", "screen", "host", "transport", "media", "server", "files", "profiles", "models"]),
    ("console", &["runtime", "phone", "screen", "files", "models"]),
    ("terminal", &["runtime", "phone", "screen", "models"]),
    ("family-46xx", &["models"]),
    ("plugin", &["abi", "models", "family-46xx"]),
];

/// What tests may import besides: models come out of plugins, and plugins through the host; faults are made of TFTP's
/// packets; a control interface needs servers and a profile to control; what a phone shows is compared as pixels.
const FOR_TESTS: &[&str] = &["host", "tftp", "profiles", "server", "screen"];

/// May import everything, and is imported by nobody.
const TOP: &str = "xtask";

/// The plugin boundary's own crate, and who may know it.
const BOUNDARY: (&str, &[&str]) = ("abi_stable", &["abi", "host", "plugin"]);

/// What no file may hold: places outside of the project, work left undone. Written in two parts, because this file is
/// one of them.
const FORBIDDEN: &[&str] =
    &[concat!("../", "shared"), concat!("/wo", "rk/"), concat!("to", "do!("), concat!("#[ig", "nore")];

/// The longest source file, in lines.
const LINES_MAX: usize = 500;

/// A package of the workspace and what it imports.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Package {
    /// Its folder's last part, or `plugin`.
    pub room: String,
    /// Imports, build scripts' included: rooms of the project, and names of foreign packages.
    pub imports: Vec<String>,
    /// What only its tests import.
    pub for_tests: Vec<String>,
}

/// A file of the repository.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TrackedFile {
    /// From the root, with `/`.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Why the layout cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum StructureError {
    /// A program cannot be started.
    #[error("{program} cannot be run; is it installed?")]
    Start {
        /// Which.
        program: String,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// A program failed.
    #[error("{program} failed: {said}")]
    Failed {
        /// Which.
        program: String,
        /// What it wrote to its error output.
        said: String,
    },
    /// Cargo's description of the workspace has another form.
    #[error("cargo metadata is not as expected; was cargo updated?")]
    Metadata(#[source] serde_json::Error),
    /// A file cannot be read.
    #[error("{} cannot be read", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<CargoPackage>,
}

#[derive(Deserialize)]
struct CargoPackage {
    name: String,
    manifest_path: PathBuf,
    dependencies: Vec<CargoDependency>,
}

#[derive(Deserialize)]
struct CargoDependency {
    name: String,
    kind: Option<String>,
}

/// The workspace's packages, as Cargo reports them.
///
/// # Errors
/// [`StructureError`] if Cargo cannot be asked.
pub fn packages(root: &Path) -> Result<Vec<Package>, StructureError> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = run(Command::new(cargo).args(["metadata", "--format-version", "1", "--no-deps"]).current_dir(root))?;
    let metadata: Metadata = serde_json::from_slice(&output.stdout).map_err(StructureError::Metadata)?;
    let rooms: BTreeMap<&str, String> =
        metadata.packages.iter().map(|package| (package.name.as_str(), room(package))).collect();
    let named = |name: &String| rooms.get(name.as_str()).unwrap_or(name).clone();
    let package = |package: &CargoPackage| {
        let of = |tests: bool| {
            let dependencies = package.dependencies.iter();
            dependencies
                .filter(|row| (row.kind.as_deref() == Some("dev")) == tests)
                .map(|row| named(&row.name))
                .collect()
        };
        Package { room: room(package), imports: of(false), for_tests: of(true) }
    };
    Ok(metadata.packages.iter().map(package).collect())
}

fn room(package: &CargoPackage) -> String {
    let mut folders = package.manifest_path.iter().rev().skip(1).map(|part| part.to_string_lossy().into_owned());
    let own = folders.next().unwrap_or_default();
    let is_plugin = folders.next().is_some_and(|above| above == "plugins") && !rule_exists(&own);
    if is_plugin { "plugin".to_owned() } else { own }
}

fn rule_exists(room: &str) -> bool {
    room == TOP || IMPORTS.iter().any(|(name, _)| *name == room)
}

/// Every import that the list does not allow, and every room that is not in it.
pub fn import_faults(packages: &[Package]) -> Vec<String> {
    let is_room = |name: &str| rule_exists(name) || packages.iter().any(|package| package.room == name);
    let mut faults = Vec::new();
    for Package { room, imports, for_tests } in packages {
        if room == TOP {
            continue;
        }
        let Some((_, allowed)) = IMPORTS.iter().find(|(name, _)| name == room) else {
            faults.push(format!("{room} is not in the list of rooms"));
            continue;
        };
        let mut check = |imported: &[String], also: &[&str], whose: &str| {
            for name in imported.iter().filter(|name| is_room(name)) {
                if !allowed.contains(&name.as_str()) && !also.contains(&name.as_str()) {
                    faults.push(format!("{whose}{room} imports {name}"));
                }
            }
        };
        check(imports, &[], "");
        // Naming the own room switches a feature of it on.
        check(for_tests, &[FOR_TESTS, &[room]].concat(), "test of ");
    }
    faults
}

/// Who may import whom, as the table that `ARCHITECTURE.md` shows.
pub fn import_table() -> String {
    let row = |(room, imports): &(&str, &[&str])| {
        let imports: Vec<String> = imports.iter().map(|import| format!("`{import}`")).collect();
        let room = if *room == "plugin" { "each model's plugin".to_owned() } else { format!("`{room}`") };
        format!("| {room} | {} |\n", if imports.is_empty() { "nothing of ours".to_owned() } else { imports.join(", ") })
    };
    let rows: String = IMPORTS.iter().map(row).collect();
    format!("| room | may import |\n| --- | --- |\n{rows}| `{TOP}` | everything; nothing imports it |\n")
}

/// Rooms that know the plugin boundary's own crate and should not.
pub fn boundary_faults(packages: &[Package]) -> Vec<String> {
    let (boundary, knowing) = BOUNDARY;
    let outside = packages.iter().filter(|package| !knowing.contains(&package.room.as_str()));
    outside
        .filter(|package| package.imports.iter().chain(&package.for_tests).any(|name| name == boundary))
        .map(|package| format!("{} imports {boundary}", package.room))
        .collect()
}

/// The files under version control, as they are in the folder now.
///
/// # Errors
/// [`StructureError`] if git cannot be asked or a file cannot be read.
pub fn tracked_files(root: &Path) -> Result<Vec<TrackedFile>, StructureError> {
    let output = run(Command::new("git").args(["ls-files", "-z"]).current_dir(root))?;
    let listed = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut files = Vec::new();
    for path in listed.split('\0').filter(|path| !path.is_empty()) {
        match fs::read(root.join(path)) {
            Ok(bytes) => files.push(TrackedFile { path: path.to_owned(), bytes }),
            // Removed, and not yet recorded as removed.
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
            Err(cause) => return Err(StructureError::File { path: root.join(path), cause }),
        }
    }
    Ok(files)
}

/// Lines of core's sources that name a model or the series: `46xx`, or `46` and two digits.
pub fn model_names_in_core(files: &[TrackedFile]) -> Vec<String> {
    let names_one = |line: &[u8]| {
        line.windows(4).any(|four| {
            four.starts_with(b"46")
                && (four[2..].eq_ignore_ascii_case(b"xx") || four[2..].iter().all(u8::is_ascii_digit))
        })
    };
    lines(files.iter().filter(|file| in_sources(file) && file.path.starts_with("core/")), names_one)
}

/// Lines with something that no file may hold.
pub fn forbidden_texts(files: &[TrackedFile]) -> Vec<String> {
    lines(files.iter(), |line| {
        FORBIDDEN.iter().any(|text| line.windows(text.len()).any(|part| part == text.as_bytes()))
    })
}

/// Source files that are too long for one story.
pub fn long_files(files: &[TrackedFile]) -> Vec<String> {
    let sources = files.iter().filter(|file| in_sources(file) && file.path.ends_with(".rs"));
    let counted = sources.map(|file| (file, file.bytes.iter().filter(|byte| **byte == b'\n').count()));
    let long = counted.filter(|(_, lines)| *lines > LINES_MAX);
    long.map(|(file, lines)| format!("{} has {lines} lines, more than {LINES_MAX}", file.path)).collect()
}

fn in_sources(file: &TrackedFile) -> bool {
    let folders: Vec<&str> = file.path.split('/').collect();
    folders.contains(&"src") && !folders.contains(&"tests") && !folders.contains(&"fuzz")
}

fn lines<'a>(files: impl Iterator<Item = &'a TrackedFile>, wanted: impl Fn(&[u8]) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (number, line) in file.bytes.split(|byte| *byte == b'\n').enumerate() {
            if wanted(line) {
                let shown: String = String::from_utf8_lossy(line).trim().chars().take(120).collect();
                found.push(format!("{}:{}: {shown}", file.path, number + 1));
            }
        }
    }
    found
}

fn run(command: &mut Command) -> Result<Output, StructureError> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|cause| StructureError::Start { program: program.clone(), cause })?;
    if output.status.success() {
        Ok(output)
    } else {
        Err(StructureError::Failed { program, said: String::from_utf8_lossy(&output.stderr).trim().to_owned() })
    }
}
