use std::{
    fs, io,
    num::NonZero,
    path::Path,
    process::Command,
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::{CommandError, Exit, arguments::Ci, plugins};

/// One step: its name, the program, its arguments.
struct Step {
    name: String,
    command: Vec<String>,
}

/// A step's name, how long it took, whether it went well.
type Took = (String, Duration, bool);

/// Fuzz targets by crate. Each runs on its own workspace, on the stable toolchain.
const FUZZ: [(&str, &[&str]); 7] = [
    ("core/files", &["script", "application", "backup", "backup_tools", "site_option", "lint"]),
    ("core/browser", &["wml", "push_xml", "wbmp"]),
    ("core/tftp", &["packet"]),
    ("core/host", &["description"]),
    ("core/transport", &["passive"]),
    ("core/media", &["rtp"]),
    ("core/server", &["subscriptions"]),
];

const FUZZ_TIME: Duration = Duration::from_secs(60);
/// Each may take two gigabytes.
const FUZZ_LANES_MAX: usize = 4;
const FUZZ_TIME_FULL: Duration = Duration::from_secs(600);

/// Tools that a step needs, installed on demand: the program's name and its crate with version.
const TOOLS: [(&str, &str, &str); 2] = [("deny", "cargo-deny", "0.20"), ("fuzz", "cargo-fuzz", "0.13")];

pub(crate) fn run(asked: &Ci) -> Result<Exit, CommandError> {
    let root = plugins::workspace()
        .ok_or_else(|| CommandError::Environment("ci belongs to Deskset's own workspace; run this there".to_owned()))?;
    let steps: Vec<Step> = steps(&root, asked.full)
        .into_iter()
        .filter(|step| asked.only.as_ref().is_none_or(|only| step.name.starts_with(only.as_str())))
        .collect();
    if steps.is_empty() {
        let names: Vec<String> = self::steps(&root, asked.full).into_iter().map(|step| step.name).collect();
        return Err(CommandError::Usage(format!("no such step; there are: {}", names.join(", "))));
    }
    let (fuzz, others): (Vec<Step>, Vec<Step>) = steps.into_iter().partition(Step::is_fuzz);
    let mut took = Vec::new();
    for step in others {
        step.announce();
        let began = Instant::now();
        let status = step.program(&root).status().map_err(|source| step.failed(source))?;
        took.push((step.name, began.elapsed(), status.success()));
    }
    took.extend(side_by_side(&root, fuzz)?);
    say!("\nminutes  step");
    for (name, time, fine) in &took {
        say!("{:>7.1}  {name}{}", time.as_secs_f64() / 60.0, if *fine { "" } else { "  FAILED" });
    }
    let failed = took.iter().filter(|(.., fine)| !fine).count();
    say!("\nsteps: {} passed, {failed} failed", took.len() - failed);
    Ok(if failed == 0 { Exit::Fine } else { Exit::Failed })
}

impl Step {
    fn is_fuzz(&self) -> bool {
        self.name.starts_with("fuzz-")
    }

    fn announce(&self) {
        say!("== {} (alone: cargo xtask ci --only {})", self.name, self.name);
    }

    fn program(&self, root: &Path) -> Command {
        let mut command =
            if self.command[0] == "cargo" { plugins::cargo(root) } else { Command::new(&self.command[0]) };
        command.args(&self.command[1..]).current_dir(root);
        if self.is_fuzz() {
            command.env("CARGO_TARGET_DIR", root.join("target/fuzz"));
        }
        command
    }

    fn failed(&self, source: io::Error) -> CommandError {
        CommandError::Folder { what: format!("starting {}", self.command.join(" ")), source }
    }
}

/// Runs fuzz targets, each of which keeps one processor busy, on as many as there are. What one says comes in one
/// piece.
fn side_by_side(root: &Path, steps: Vec<Step>) -> Result<Vec<Took>, CommandError> {
    let lanes = thread::available_parallelism().map_or(1, NonZero::get).min(FUZZ_LANES_MAX);
    let waiting = Mutex::new(steps.into_iter());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    let lane = || -> Result<Vec<Took>, CommandError> {
        let mut took = Vec::new();
        while let Some(step) = next() {
            let found = root.join("target/fuzz-corpus").join(step.name.trim_start_matches("fuzz-"));
            let making = |source| CommandError::Folder { what: format!("making {}", found.display()), source };
            fs::create_dir_all(&found).map_err(making)?;
            let began = Instant::now();
            let output = step.program(root).output().map_err(|source| step.failed(source))?;
            step.announce();
            say!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            took.push((step.name, began.elapsed(), output.status.success()));
        }
        Ok(took)
    };
    thread::scope(|scope| {
        let lanes: Vec<_> = (0..lanes).map(|_| scope.spawn(lane)).collect();
        let mut took = Vec::new();
        for lane in lanes {
            match lane.join() {
                Ok(done) => took.extend(done?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(took)
    })
}

fn steps(root: &Path, full: bool) -> Vec<Step> {
    let cargo = |name: &str, arguments: &str| Step {
        name: name.to_owned(),
        command: ["cargo"].into_iter().chain(arguments.split_whitespace()).map(str::to_owned).collect(),
    };
    let mut steps = vec![
        cargo("fmt", "fmt --all --check"),
        cargo("clippy", "clippy --quiet --workspace --all-targets --all-features -- -D warnings"),
        cargo("test", "xtask test"),
        cargo("peers", "xtask test --peers"),
        cargo("interop", if full { "xtask interop" } else { "xtask interop --half" }),
        cargo("demo", "xtask demo --json"),
    ];
    for (tool, package, version) in TOOLS {
        // Installing what is installed already takes no time.
        steps.push(cargo(
            &format!("install-{tool}"),
            &format!("install --quiet --locked {package} --version ^{version}"),
        ));
    }
    steps.push(cargo("deny", "deny --log-level error check licenses bans"));
    if full {
        // The large matrices whole, not their fast halves.
        steps.push(cargo("matrices", "xtask test -- --features full"));
    }
    let time = if full { FUZZ_TIME_FULL } else { FUZZ_TIME };
    for (folder, targets) in FUZZ {
        for target in targets {
            // What the fuzzer finds on its way goes beside the build; seeds are only read.
            let found = format!("target/fuzz-corpus/{target}");
            let seeds = ["seeds", "corpus"].map(|kind| format!("{folder}/fuzz/{kind}/{target}"));
            let seeds = seeds.into_iter().find(|seeds| root.join(seeds).is_dir()).unwrap_or_default();
            let limits =
                format!("-max_total_time={} -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0", time.as_secs());
            let arguments =
                format!("fuzz run --sanitizer none --fuzz-dir {folder}/fuzz {target} {found} {seeds} -- {limits}");
            steps.push(cargo(&format!("fuzz-{target}"), &arguments));
        }
    }
    steps
}
