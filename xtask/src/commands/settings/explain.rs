use std::path::PathBuf;

use deskset_files::settings::{Evaluation, Explanation, Files, Target};

use super::{
    arguments::Explain,
    explained::as_json,
    reading,
    targets::{Secrets, given, in_words},
};
use crate::{CommandError, Exit, commands::profile, plugins, show};

/// A phone, what it made of the files, and what was asked about that.
pub(super) type Told<'t> = (Target<'t>, Evaluation, Vec<Explanation>);

pub(super) fn run(asked: &Explain) -> Result<Exit, CommandError> {
    let (name, paths) = words(asked)?;
    let files = reading::files(paths)?;
    let profile = profile(&asked.common, &[])?;
    let catalog = plugins::catalog(&profile)?;
    let secrets = Secrets::shown(asked.show_secrets);
    let targets = asked.phones.one_or_all(&profile, &catalog)?;
    let told = targets.into_iter().map(|target| {
        let evaluation = files.evaluate(&target, given(&profile, &target));
        let names = name.clone().map_or_else(|| evaluation.names().into_iter().collect(), |name| vec![name]);
        let explanations = names.iter().map(|name| evaluation.explain(name, &target)).collect();
        (target, evaluation, explanations)
    });
    let told: Vec<Told<'_>> = told.collect();
    if asked.common.json {
        show::json(&as_json(&told, &files, secrets))?;
    } else {
        print(&told, &files, secrets);
    }
    if name.is_some()
        && let Some(name) = unknown(&told)
    {
        eprintln!("deskset: none of these phones has a parameter {name}, and nothing sets it; check the spelling");
        return Ok(Exit::Failed);
    }
    Ok(Exit::Fine)
}

/// The parameter asked for, if no phone has it and no source says anything of it.
fn unknown<'t>(told: &'t [Told<'_>]) -> Option<&'t str> {
    let says_nothing = |(target, _, explanations): &Told<'_>| {
        explanations.iter().all(|explanation| {
            explanation.attempts.is_empty() && target.model.tables().parameters.find(&explanation.name).is_none()
        })
    };
    let (_, _, explanations) = told.first()?;
    if told.iter().all(says_nothing) { Some(explanations.first()?.name.as_str()) } else { None }
}

/// The parameter, if one is asked for, and the files.
fn words(asked: &Explain) -> Result<(Option<String>, &[PathBuf]), CommandError> {
    match asked.words.as_slice() {
        files if asked.all => Ok((None, files)),
        [name, files @ ..] if !files.is_empty() => Ok((Some(name.display().to_string()), files)),
        _ => Err(CommandError::Usage("name a parameter and a file, or --all and a file".to_owned())),
    }
}

/// Phones that are told the same stand together.
fn print(told: &[Told<'_>], files: &Files, secrets: Secrets) {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for (target, evaluation, explanations) in told {
        let mut text: String = explanations.iter().map(|explanation| in_lines(explanation, target, secrets)).collect();
        let way = evaluation.way(files, target);
        if !way.is_empty() {
            text += "way\n";
        }
        let rows = way.into_iter().map(|turn| [turn.at.to_string(), turn.text, turn.outcome]);
        text += &table(&rows.collect::<Vec<_>>());
        match groups.iter_mut().find(|(other, _)| *other == text) {
            Some((_, phones)) => phones.push(in_words(target)),
            None => groups.push((text, vec![in_words(target)])),
        }
    }
    for (at, (text, phones)) in groups.iter().enumerate() {
        if at > 0 {
            say!("");
        }
        phones.iter().for_each(|phone| say!("{phone}"));
        say!("{}", text.trim_end());
    }
}

fn in_lines(explanation: &Explanation, target: &Target<'_>, secrets: Secrets) -> String {
    let table_of = &target.model.tables().parameters;
    let show = |value: &str| quoted(secrets.show(table_of, &explanation.name, value));
    let head = match (&explanation.holds, &explanation.default) {
        (Some(holds), _) => format!("{} = {}  {}", explanation.name, show(&holds.value), holds.origin),
        (None, Some(default)) => format!("{} = {}  default", explanation.name, show(default)),
        (None, None) => format!("{} is not set", explanation.name),
    };
    let attempts = explanation.attempts.iter();
    let rows = attempts.map(|attempt| [attempt.origin.to_string(), show(&attempt.value), attempt.fate.to_string()]);
    let notes: String = explanation.without_effect.iter().map(|note| format!("  without effect: {note}\n")).collect();
    format!("{head}\n{}{notes}", table(&rows.collect::<Vec<_>>()))
}

/// An empty text that can be seen.
pub(super) fn quoted(value: &str) -> String {
    if value.is_empty() { "\"\"".to_owned() } else { value.to_owned() }
}

fn table(rows: &[[String; 3]]) -> String {
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let (first, second) = (width(0), width(1));
    rows.iter().map(|[a, b, c]| format!("  {a:<first$}  {b:<second$}  {c}\n")).collect()
}
