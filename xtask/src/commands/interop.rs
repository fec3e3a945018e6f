use indicatif::{ProgressBar, ProgressStyle};

use super::{block_on, peers};
use crate::{
    CommandError, Exit,
    arguments::Interop,
    interop::{self, Cell, Choice, Peers, Table, Verdict},
    plugins, show,
};

/// Installs the foreign programs, starts the servers, tries all cells, stops them whatever came out.
pub(crate) fn run(asked: &Interop) -> Result<Exit, CommandError> {
    let root = plugins::workspace().ok_or_else(|| {
        CommandError::Environment("the foreign programs belong to Deskset's own workspace; run this there".to_owned())
    })?;
    peers("install", "the foreign programs could not be installed")?;
    let tried = peers("up", "the foreign servers did not start").and_then(|up| {
        let versions = peers("versions", "the foreign programs' versions are not known")?;
        let choice = Choice { only: asked.only.clone(), half: asked.half };
        let bar = bar(asked.json);
        let done = |cell: &Cell, all: usize| {
            bar.set_length(all as u64);
            bar.inc(1);
            bar.set_message(format!("{} {}: {}", cell.protocol, cell.peer, cell.case));
        };
        let table = block_on(None, async {
            interop::run(Peers::read(&(up + &versions)), &choice, done).await.map_err(CommandError::Environment)
        });
        bar.finish_and_clear();
        table
    });
    let down = peers::script("down")?.status().map_err(peers::not_started)?;
    if !down.success() {
        eprintln!("deskset: the foreign servers did not stop; run `cargo xtask peers down`");
    }
    let table = tried?;
    if table.cells.is_empty() {
        return Err(CommandError::Usage("no cell has all these words in it; see docs/interop.md".to_owned()));
    }
    if asked.page {
        let page = root.join("docs/interop.md");
        std::fs::write(&page, interop::page(&table))
            .map_err(|source| CommandError::Folder { what: format!("writing {}", page.display()), source })?;
    }
    if asked.json {
        show::json(&table)?
    } else {
        tell(&table)
    }
    Ok(if table.count(Verdict::Fail) == 0 { Exit::Fine } else { Exit::Failed })
}

/// Runs the peers script for both sets; what it printed.
fn peers(verb: &str, fault: &str) -> Result<String, CommandError> {
    let ran = peers::script(verb)?.arg("--all").output().map_err(peers::not_started)?;
    if !ran.status.success() {
        eprint!("{}", String::from_utf8_lossy(&ran.stderr));
        return Err(CommandError::Environment(format!("{fault}; see above")));
    }
    Ok(String::from_utf8_lossy(&ran.stdout).into_owned())
}

/// On a terminal only.
fn bar(json: bool) -> ProgressBar {
    let bar = if json { ProgressBar::hidden() } else { ProgressBar::new(0) };
    if let Ok(style) = ProgressStyle::with_template("{elapsed} {pos}/{len} {msg}") {
        bar.set_style(style);
    }
    bar
}

fn tell(table: &Table) {
    for cell in table.cells.iter().filter(|cell| cell.result == Verdict::Fail) {
        let Cell { protocol, direction, peer, case, reason, .. } = cell;
        let reason = reason.as_deref().unwrap_or_default();
        say!("fail  {protocol}, we are the {direction:?}, {peer}, {case}: {reason}");
    }
    let [pass, declared, fail] = [Verdict::Pass, Verdict::Declared, Verdict::Fail].map(|result| table.count(result));
    say!("cells: {pass} pass, {declared} declared, {fail} fail");
}
