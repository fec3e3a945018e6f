//! What is wrong, risky or useless in scripts and settings files: found before a phone does.
//!
//! An *error* is only what the phone would really ignore or misread. Rules stand in one table, [`RULES`].
//!
//! ```text
//! bytes ─► encoding ─► form of lines ─► tags and jumps ─► values ─► runs per phone ─► what does not go together
//!          once a file                                    once a table  each target     at the end of each run
//! ```
//!
//! `# deskset: allow RULE, RULE` silences rules on the line that follows; `# deskset: allow-file RULE` among the first
//! lines silences them in the whole file.

mod allow;
mod closest;
mod conditions;
mod diagnostic;
mod encoding;
mod end;
mod findings;
mod flow;
mod form;
mod names;
mod near_tags;
mod overridden;
mod rules;
mod runs;
mod sections;
mod sheet;
mod source;
mod statement_form;
mod target;
mod traps;
mod values;

pub use closest::closest;
pub(crate) use closest::did_you_mean;
pub use diagnostic::{Diagnostic, Rule, Severity};
pub(crate) use encoding::is_utf_16;
pub(crate) use rules::rules;
pub use rules::{RULES, THEMES};
pub use source::SourceFile;
pub(crate) use values::shortened;

use findings::Findings;
use names::Names;
use sheet::Sheet;
use target::Targets;

use crate::settings::Target;

/// Everything that is found in `files` for phones of `targets`, by file, line, place and rule.
///
/// The first file is where a phone begins; GET finds the others by name, in any case; a file that no other one GETs is
/// checked on its own. Targets past [`crate::limits::LINT_TARGETS_MAX`] are not looked at.
pub fn check(files: &[SourceFile], targets: &[Target<'_>]) -> Vec<Diagnostic> {
    let targets = Targets::new(targets);
    let mut names = Names::default();
    let mut sheets: Vec<Sheet<'_>> =
        files.iter().enumerate().map(|(at, source)| Sheet::new(at, source, &mut names)).collect();
    let facts = names.facts(&targets);
    let mut findings = Findings::default();
    for sheet in &mut sheets {
        encoding::check(sheet, &mut findings);
        if sheet.readable {
            form::check(sheet, &targets, &mut findings);
            flow::check(sheet, &mut findings);
            conditions::check(sheet, &targets, &mut findings);
        }
    }
    let taken = values::judge_all(&sheets, &facts);
    let reached = runs::run_all(&sheets, &targets, &names, &facts, &taken, &mut findings);
    values::check(&sheets, &targets, &facts, &reached, &mut findings);
    for (sheet, reached) in sheets.iter().zip(&reached) {
        traps::check(sheet, &sheets, &targets, &taken, reached, &mut findings);
        overridden::check(sheet, &taken, &mut findings);
    }
    findings.finish(&sheets, &targets)
}
