use deskset_models::Values;

use crate::{Member, Script};

/// English name, as stored; own name, as shown; the script it needs. The list is a project rule.
const LANGUAGES: [(&str, &str, Option<Script>); 10] = [
    ("English", "English", None),
    ("French", "Français", None),
    ("German", "Deutsch", None),
    ("Italian", "Italiano", None),
    ("Spanish", "Español", None),
    ("Portuguese", "Português", None),
    ("Dutch", "Nederlands", None),
    ("Japanese", "ニホンゴ", None),
    ("Russian", "Русский", Some(Script::Cyrillic)),
    ("Hebrew", "עברית", Some(Script::Hebrew)),
];

pub(crate) fn language_values(member: &Member) -> Values {
    let shown = LANGUAGES.iter().filter(|(_, _, needs)| needs.is_none_or(|script| member.scripts.contains(&script)));
    let pairs: Vec<(&str, &str)> = shown.map(|(stored, label, _)| (*stored, *label)).collect();
    Values::choice(&pairs)
}
