//! Phones and files to check.

use std::sync::{Arc, LazyLock};

use deskset_files::{
    lint::{Diagnostic, SourceFile, check},
    settings::Target,
};
use deskset_host::{Catalog, from_environment};
use deskset_models::{Model, Release, Signaling, TableHooks, since};

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| from_environment().unwrap());

/// A file without a name of its own.
pub const USUAL: &str = "46xxsettings.txt";

/// Every model under every signaling, with the newest software.
pub fn all() -> Vec<Target<'static>> {
    let each = |model| Signaling::ALL.into_iter().filter_map(move |signaling| Target::newest(model, signaling));
    CATALOG.models().flat_map(each).collect()
}

/// `4620SW h323 2.2`, or without the release.
pub fn one(words: &str) -> Target<'static> {
    let mut words = words.split(' ');
    let name = words.next().unwrap();
    let model = CATALOG.models().find(|model| model.name() == name).unwrap();
    let mut target = Target::newest(model, words.next().unwrap().parse().unwrap()).unwrap();
    if let Some(release) = words.next() {
        target.release = release.parse().unwrap();
    }
    target
}

/// `all`, or some of them, separated by commas.
pub fn targets(words: &str) -> Vec<Target<'static>> {
    if words == "all" { all() } else { words.split(',').map(one).collect() }
}

/// Files from a text: a line `=== name` begins one.
pub fn files(usual: &str, text: &str) -> Vec<SourceFile> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("=== ") {
            Some(name) => files.push((name.trim_end().to_owned(), String::new())),
            None if files.is_empty() => files.push((usual.to_owned(), line.to_owned())),
            None => files.last_mut().unwrap().1.push_str(line),
        }
    }
    files.iter().map(|(name, text)| SourceFile::read(name, text.as_bytes()).unwrap()).collect()
}

/// What was found, one per line: rule, place, the text there, and for whom if not for all.
pub fn told(files: &[SourceFile], found: &[Diagnostic]) -> Vec<String> {
    let tell = |finding: &Diagnostic| {
        let file = files.iter().find(|file| file.script.name() == &*finding.file).unwrap();
        let text = &file.script.text()[finding.place.range()];
        let line =
            if files.len() == 1 { finding.line.to_string() } else { format!("{}:{}", finding.file, finding.line) };
        let only = finding.only_for.join(", ");
        let only = if only.is_empty() { only } else { format!(" for {only}") };
        format!("{line} {} {text:?}{only}", finding.rule.id)
    };
    found.iter().map(tell).collect()
}

/// What is found in one text.
pub fn findings(text: &str, targets: &[Target<'_>]) -> Vec<String> {
    let files = files(USUAL, text);
    told(&files, &check(&files, targets))
}

/// The phones that read the rules' examples: an X100 and an X120 with the newest software, and an X100 with old one.
pub fn example_models() -> [Model; 2] {
    ["X100", "X120"].map(|name| {
        let mut description = one("4621SW h323").model.tables().clone();
        description.name = name.to_owned();
        description.model_id = format!("{name}D01A");
        description.model4 = name.to_owned();
        description.files.upgrade_script = "upgrade.scr".to_owned();
        description.files.settings = vec!["settings.scr".to_owned(), "settings.txt".to_owned()];
        for rules in description.signaling.values_mut() {
            for ability in [since::HTTP, since::HTTPS, since::GET_CONTINUES] {
                rules.since.insert(ability.to_owned(), Release::new(2, 5));
            }
        }
        Model::new(description, Arc::new(TableHooks)).unwrap()
    })
}

pub fn example_targets(models: &[Model; 2]) -> Vec<Target<'_>> {
    let newest = |model| Target::newest(model, Signaling::H323).unwrap();
    let old = Target { release: Release::new(2, 2), ..newest(&models[0]) };
    vec![newest(&models[0]), newest(&models[1]), old]
}
