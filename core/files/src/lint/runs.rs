use std::collections::HashMap;

use deskset_models::since;

use super::{
    Findings, Names, Sheet, Target,
    end::{self, End},
    names::Facts,
    rules,
    sheet::Spot,
    target::{Targets, Who},
    values::Taken,
};
use crate::{
    limits::{GET_DEPTH_MAX, GETS_MAX},
    script::{Position, Statement, Step, Stop},
};

/// Who reads which SET of one file.
pub(super) struct Reached(Vec<Who>);

impl Reached {
    pub(super) fn by(&self, set: usize) -> Who {
        self.0.get(set).copied().unwrap_or_default()
    }
}

/// Lets every target read the files, from each one that none of the others GETs.
pub(super) fn run_all(
    sheets: &[Sheet<'_>],
    targets: &Targets<'_>,
    names: &Names,
    facts: &[Vec<Facts<'_>>],
    taken: &Taken,
    findings: &mut Findings,
) -> Vec<Reached> {
    let by_name = by_name(sheets);
    missing_files(sheets, &by_name, findings);
    let mut reached: Vec<Reached> = sheets.iter().map(|sheet| Reached(vec![Who::NOBODY; sheet.sets.len()])).collect();
    let mut last = vec![None; names.all.len()];
    for root in roots(sheets, &by_name) {
        for (number, target) in targets.all.iter().enumerate() {
            let walk = Walk { sheets, by_name: &by_name, taken, target, number };
            let run = walk.run(root, &mut reached, &mut last, findings);
            let end = End { sheets, targets, names, facts, number, target, root, run: &run, last: &last };
            end::check(&end, findings);
            for id in &run.set {
                if let Some(last) = last.get_mut(*id) {
                    *last = None;
                }
            }
        }
    }
    reached
}

/// Names in small letters; the first file of a name counts.
fn by_name(sheets: &[Sheet<'_>]) -> HashMap<String, usize> {
    let mut by_name = HashMap::new();
    for sheet in sheets {
        by_name.entry(sheet.name().to_ascii_lowercase()).or_insert(sheet.at);
    }
    by_name
}

fn gets<'s>(sheet: &'s Sheet<'s>) -> impl Iterator<Item = &'s str> {
    sheet.statements.iter().filter_map(|said| match said.statement {
        Statement::Get { file } => Some(file),
        _ => None,
    })
}

/// The first file, then every file that no file so far leads to; those that others lead to come last.
fn roots(sheets: &[Sheet<'_>], by_name: &HashMap<String, usize>) -> Vec<usize> {
    let leads: Vec<Vec<usize>> = sheets
        .iter()
        .map(|sheet| gets(sheet).filter_map(|file| by_name.get(&file.to_ascii_lowercase()).copied()).collect())
        .collect();
    let mut wanted = vec![false; sheets.len()];
    for (from, to) in leads.iter().enumerate().flat_map(|(from, all)| all.iter().map(move |to| (from, *to))) {
        if let Some(flag) = wanted.get_mut(to).filter(|_| from != to) {
            *flag = true;
        }
    }
    let (mut roots, mut claimed) = (Vec::new(), vec![false; sheets.len()]);
    let unwanted = (0..sheets.len()).filter(|at| wanted.get(*at) == Some(&false));
    for root in (0..sheets.len().min(1)).chain(unwanted).chain(0..sheets.len()) {
        if claimed.get(root) != Some(&false) {
            continue;
        }
        roots.push(root);
        let mut open = vec![root];
        while let Some(at) = open.pop() {
            match claimed.get_mut(at) {
                Some(flag) if !*flag => *flag = true,
                _ => continue,
            }
            open.extend(leads.get(at).into_iter().flatten());
        }
    }
    roots
}

/// GETs in a row of which none names a file that was given. Where only one file was given, the others are elsewhere.
fn missing_files(sheets: &[Sheet<'_>], by_name: &HashMap<String, usize>, findings: &mut Findings) {
    if sheets.len() < 2 {
        return;
    }
    for sheet in sheets {
        let mut row: Vec<(u32, &str)> = Vec::new();
        let statements = sheet.statements.iter().map(|said| (said.line, Some(said.statement)));
        for (line, statement) in statements.chain([(0, None)]) {
            if let Some(Statement::Get { file }) = statement {
                row.push((line, file));
                continue;
            }
            let found = row.iter().any(|(_, file)| by_name.contains_key(&file.to_ascii_lowercase()));
            if let Some((line, file)) = row.first().filter(|_| !found) {
                let what = format!("`{file}` is not among the files");
                findings.add(
                    &rules::MISSING_FILE,
                    sheet.spot(*line, file),
                    what,
                    "check its name, or give the file too",
                );
            }
            row.clear();
        }
    }
}

/// One target reading the files.
struct Walk<'w, 't> {
    sheets: &'w [Sheet<'w>],
    by_name: &'w HashMap<String, usize>,
    taken: &'w Taken,
    target: &'w Target<'t>,
    number: usize,
}

/// What came of it.
#[derive(Default)]
pub(super) struct Run {
    /// Numbers of the names that were set.
    set: Vec<usize>,
    /// File and SET, in order, of all that were taken.
    pub(super) order: Vec<(usize, usize)>,
    /// Whether some GET was tried.
    pub(super) gets: bool,
    /// Whether it ended without a file that was asked for: more may have been set.
    pub(super) open: bool,
}

impl Walk<'_, '_> {
    fn run(
        &self,
        root: usize,
        reached: &mut [Reached],
        last: &mut [Option<(usize, usize)>],
        findings: &mut Findings,
    ) -> Run {
        let variables = self.target.variables();
        let goes_on = self.target.has(since::GET_CONTINUES);
        let mut run = Run::default();
        let (mut at, mut from, mut chain) = (root, Position::default(), vec![root]);
        for _ in 0..GETS_MAX {
            let Some(sheet) = self.sheets.get(at).filter(|sheet| sheet.readable) else { return run };
            let stop = sheet.source.script.run(from, &variables, |step| {
                let Step::Set(set) = step else { return };
                let Some(number) = sheet.set_on(set.line) else { return };
                if let Some(who) = reached.get_mut(at).and_then(|reached| reached.0.get_mut(number)) {
                    *who = *who | Who::one(self.number);
                }
                if self.taken.by(at, number, self.number) {
                    let id = sheet.sets.get(number).map_or(0, |set| set.id);
                    if let Some(last) = last.get_mut(id) {
                        *last = Some((at, number));
                    }
                    run.set.push(id);
                    run.order.push((at, number));
                }
            });
            let Stop::Get { file, line, next } = stop else { return run };
            run.gets = true;
            match self.by_name.get(&file.to_ascii_lowercase()) {
                Some(found) => {
                    if self.refuses(sheet, line, &file, *found, &chain, findings) {
                        return run;
                    }
                    run.open = false;
                    chain.push(*found);
                    (at, from) = (*found, Position::default());
                }
                None => {
                    run.open = true;
                    if !goes_on {
                        self.ends(sheet, line, &file, findings);
                        return run;
                    }
                    from = next;
                }
            }
        }
        run
    }

    /// Whether the chain of GETs goes no further than here.
    fn refuses(
        &self,
        sheet: &Sheet<'_>,
        line: u32,
        file: &str,
        found: usize,
        chain: &[usize],
        findings: &mut Findings,
    ) -> bool {
        let me = Who::one(self.number);
        let spot = self.get_spot(sheet, line);
        if chain.contains(&found) {
            let what = format!("`{file}` is being read already: phones go round until they give up");
            findings.add_for(me, &rules::GET_LOOP, spot, what, "take it out: GET leads onward only");
            return true;
        }
        if chain.len() > usize::from(GET_DEPTH_MAX) {
            let what = format!("this is GET number {} in a chain: it is not followed", chain.len());
            findings.add_for(
                me,
                &rules::GET_TOO_DEEP,
                spot,
                what,
                format!("at most {GET_DEPTH_MAX} may follow each other"),
            );
            return true;
        }
        false
    }

    /// Says that a phone of old stops at a missing file. Only where it matters: another GET follows, and files were given.
    fn ends(&self, sheet: &Sheet<'_>, line: u32, file: &str, findings: &mut Findings) {
        let at = sheet.statements.partition_point(|said| said.line <= line);
        let next = sheet.statements.get(at).map(|said| said.statement);
        if self.sheets.len() > 1 && matches!(next, Some(Statement::Get { .. })) {
            let what = format!("if `{file}` is missing, phones of these releases stop here and try no other file");
            let remedy = "put the name that exists first";
            let me = Who::one(self.number);
            findings.add_for(me, &rules::FAILED_GET_ENDS, self.get_spot(sheet, line), what, remedy);
        }
    }

    fn get_spot(&self, sheet: &Sheet<'_>, line: u32) -> Spot {
        match sheet.line(line).and_then(|line| line.statement) {
            Some(Statement::Get { file }) => sheet.spot(line, file),
            _ => sheet.whole(line),
        }
    }
}
