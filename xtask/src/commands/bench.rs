use std::{
    cell::OnceCell,
    fs, io,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{block_on_one, peers, progress};
use crate::{
    CommandError, Exit,
    arguments::Bench,
    bench::{self, Group, Machine, Pace, Peers, Report, Verdict},
    interop, plugins, show,
};

/// The foreign servers and programs that are measured beside ours.
const PEERS: [&str; 7] = ["nginx", "dnsmasq", "tftpd-hpa", "atftpd", "vsftpd", "pure-ftpd", "wrk"];

const GROUPS: [Group; 4] = [Group::Servers, Group::Phones, Group::Files, Group::Screens];

/// Builds itself with optimizations first, and lets that program measure.
pub(crate) fn run(asked: &Bench) -> Result<Exit, CommandError> {
    let root = plugins::workspace().filter(|_| cfg!(debug_assertions) && !asked.as_built);
    match root {
        Some(root) => optimized(&root),
        None => measure(asked),
    }
}

/// The same command, by the optimized program.
fn optimized(root: &Path) -> Result<Exit, CommandError> {
    let started = |source| CommandError::Folder { what: "starting the optimized program".to_owned(), source };
    let program = plugins::optimized(root)?;
    let status = Command::new(program).args(std::env::args_os().skip(1)).status().map_err(started)?;
    Ok(match status.code() {
        Some(0) => Exit::Fine,
        Some(1) => Exit::Failed,
        Some(2) => Exit::Usage,
        Some(3) => Exit::Environment,
        Some(4) => Exit::Saturated,
        _ => Exit::Defect,
    })
}

fn measure(asked: &Bench) -> Result<Exit, CommandError> {
    let machine = Machine::here();
    let mut pace = if asked.quick { Pace::quick(asked.rounds) } else { Pace::full(asked.rounds) };
    pace.only.clone_from(&asked.only);
    let profile = super::profile(&asked.common, &[])?;
    let catalog = plugins::catalog(&profile)?;
    let groups = if asked.groups.is_empty() { GROUPS.to_vec() } else { asked.groups.clone() };
    let bar = progress(asked.common.json);
    let tell = |what: &str| {
        bar.set_message(what.to_owned());
        bar.tick();
    };
    let mut figures = Vec::new();
    for group in groups {
        let with = Foreign::default();
        let measured = block_on_one(async {
            bench::run(group, &pace, || with.start(), &catalog, &tell).await.map_err(CommandError::Environment)
        });
        with.stop();
        figures.extend(measured?);
    }
    bar.finish_and_clear();
    if figures.is_empty() {
        return Err(CommandError::Usage("no load has all these words in it; see docs/performance.md".to_owned()));
    }
    let report = Report::new(machine, figures);
    if asked.common.json {
        show::json(&report)?;
    } else {
        say!("{}", bench::page(&report));
    }
    Ok(match (report.count(Verdict::Missed), report.count(Verdict::Saturated)) {
        _ if asked.quick => Exit::Fine,
        (0, 0) => Exit::Fine,
        (0, _) => Exit::Saturated,
        _ => Exit::Failed,
    })
}

/// The foreign servers, in a state folder of their own: tests may use the others at the same time, and these log
/// nothing.
#[derive(Default)]
struct Foreign {
    /// Where they are, once they may be up.
    folder: OnceCell<PathBuf>,
}

impl Foreign {
    fn start(&self) -> Result<Peers, String> {
        let ran = |verb: &str, folder: Option<&Path>| {
            let mut script = peers::script(verb).map_err(|why| why.to_string())?;
            if let Some(folder) = folder {
                script.env("PEERS_DIR", folder);
            }
            let ran = script.env("PEERS_LOGS", "off").args(PEERS).stderr(Stdio::piped()).output();
            let ran = ran.map_err(|why| peers::not_started(why).to_string())?;
            if !ran.status.success() {
                return Err(format!("the foreign servers: {}", String::from_utf8_lossy(&ran.stderr)));
            }
            Ok(String::from_utf8_lossy(&ran.stdout).into_owned())
        };
        ran("install", None)?;
        let folder = folder().map_err(|why| format!("no folder for the foreign servers: {why}"))?;
        let folder = self.folder.get_or_init(|| folder);
        // Left over from a run that was killed.
        ran("down", Some(folder))?;
        // What an earlier run stored may be another user's now, and no server could store it again.
        match fs::remove_dir_all(folder.join("ftp")) {
            Err(why) if why.kind() != io::ErrorKind::NotFound => {
                return Err(format!("what was stored by an earlier bench: {why}; remove {}", folder.display()));
            }
            _ => {}
        }
        let said = interop::Peers::read(&ran("up", Some(folder))?);
        let program = std::env::current_exe().map_err(|why| format!("this program is not found: {why}"))?;
        let plugins = match std::env::var_os(deskset_host::PLUGINS_VARIABLE) {
            Some(_) => None,
            None => plugins::build().map_err(|why| why.to_string())?,
        };
        Ok(Peers { said, folder: folder.clone(), program, plugins })
    }

    fn stop(&self) {
        let Some(folder) = self.folder.get() else { return };
        let down = peers::script("down").map(|mut script| script.env("PEERS_DIR", folder).args(PEERS).status());
        if !matches!(down, Ok(Ok(status)) if status.success()) {
            eprintln!("deskset: the foreign servers did not stop; see `xtask/peers/peers down`");
        }
    }
}

/// Beside the one in which the script has installed all, which is root's, and with the same programs.
fn folder() -> io::Result<PathBuf> {
    let installed = peers::folder().map_err(io::Error::other)?.canonicalize()?;
    let mut name = installed.file_name().unwrap_or_default().to_owned();
    name.push("-bench");
    let folder = installed.with_file_name(name);
    fs::create_dir_all(&folder)?;
    for part in ["unpacked", "ca"] {
        match symlink(installed.join(part), folder.join(part)) {
            Err(why) if why.kind() == io::ErrorKind::AlreadyExists => {}
            made => made?,
        }
    }
    Ok(folder)
}
