use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use crate::{CommandError, Exit, arguments::Ci, plugins};

/// One step: its name, the program, its arguments.
struct Step {
    name: String,
    command: Vec<String>,
}

/// Fuzz targets by crate. Each runs on its own workspace, on the stable toolchain.
const FUZZ: [(&str, &[&str]); 6] = [
    ("core/files", &["script", "application", "backup", "backup_tools", "site_option", "lint"]),
    ("core/browser", &["wml", "push_xml", "wbmp"]),
    ("core/tftp", &["packet"]),
    ("core/host", &["description"]),
    ("core/transport", &["passive"]),
    ("core/media", &["rtp"]),
];

const FUZZ_TIME: Duration = Duration::from_secs(60);
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
    let mut took: Vec<(String, Duration, bool)> = Vec::new();
    for step in steps {
        say!("== {} (alone: cargo xtask ci --only {})", step.name, step.name);
        let began = Instant::now();
        let mut command =
            if step.command[0] == "cargo" { plugins::cargo(&root) } else { Command::new(&step.command[0]) };
        command.args(&step.command[1..]).current_dir(&root);
        if step.name.starts_with("fuzz") {
            command.env("CARGO_TARGET_DIR", root.join("target/fuzz"));
            let found = root.join("target/fuzz-corpus").join(step.name.trim_start_matches("fuzz-"));
            std::fs::create_dir_all(&found)
                .map_err(|source| CommandError::Folder { what: format!("making {}", found.display()), source })?;
        }
        let status = command
            .status()
            .map_err(|source| CommandError::Folder { what: format!("starting {}", step.command.join(" ")), source })?;
        took.push((step.name, began.elapsed(), status.success()));
    }
    say!("\nminutes  step");
    for (name, time, fine) in &took {
        say!("{:>7.1}  {name}{}", time.as_secs_f64() / 60.0, if *fine { "" } else { "  FAILED" });
    }
    let failed = took.iter().filter(|(.., fine)| !fine).count();
    say!("\nsteps: {} passed, {failed} failed", took.len() - failed);
    Ok(if failed == 0 { Exit::Fine } else { Exit::Failed })
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
