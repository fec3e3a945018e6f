//! The layers, one over the other. figment's types stay in this file.
//!
//! After every layer the whole is read and checked, so that a mistake is always the newest layer's own: that names its
//! origin exactly, and a wrong value that a later layer hides is seen all the same.

use std::{collections::BTreeMap, ffi::OsString};

use figment::{
    Figment, Metadata, Provider,
    error::{Actual, Kind},
    providers::{Format, Toml},
    value::{Dict, Map, Value},
};

use crate::{Choice, Environment, Origin, Profile, ProfileError, RawProfile, limits::NEAR_KEYS_MAX, source};

const PREFIX: &str = "DESKSET_";

/// Variables that belong to others: the log filter, and the switch by which tests rewrite what they compare with.
const RESERVED: [&str; 2] = ["DESKSET_LOG", "DESKSET_UPDATE"];

/// The list of plugin folders, also known to those who load plugins without a profile.
const PLUGINS: &str = "DESKSET_PLUGINS";

/// Below these, names are the owner's own and kept as written.
const OWN_NAMES: [&[&str]; 5] = [&["site"], &["manual"], &["extensions"], &["applications"], &["servers", "ftp_users"]];

/// How alike two keys must be for one to be proposed instead of the other, from 0 to 1.
const ALIKE: f64 = 0.6;

/// What a key of another section counts less.
const ELSEWHERE: f64 = 0.9;

pub(crate) fn load(choice: &Choice) -> Result<Profile, ProfileError> {
    let defaults = table(&Origin::Embedded("default"), source::DEFAULT)?;
    let (origin, text) = source::chosen(choice)?;
    let mut layers = vec![Layer { origin: Origin::Embedded("default"), values: defaults.clone() }];
    if origin != Origin::Embedded("default") {
        layers.push(Layer { values: table(&origin, &text)?, origin });
    }
    layers.extend(variables(&choice.environment, &defaults)?);
    for (key, text) in &choice.overrides {
        let path = path(key, ".");
        layers.push(Layer { origin: Origin::CommandLine, values: single(&path, text, &defaults) });
    }

    let mut all = Figment::new();
    let mut profile = None;
    for layer in layers {
        let origin = layer.origin.clone();
        all = all.merge(layer);
        let raw: RawProfile = all.extract().map_err(|error| explained(error, &origin, &defaults))?;
        profile = Some(Profile::try_from(raw).map_err(|bad| ProfileError::BadValue { origin, bad })?);
    }
    profile.ok_or_else(|| ProfileError::Unknown { name: choice.profile.clone(), known: source::known(&choice.search) })
}

struct Layer {
    origin: Origin,
    values: Dict,
}

impl Provider for Layer {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.origin.to_string())
    }

    fn data(&self) -> Result<Map<figment::Profile, Dict>, figment::Error> {
        Ok(Map::from([(figment::Profile::Default, self.values.clone())]))
    }
}

fn table(origin: &Origin, text: &str) -> Result<Dict, ProfileError> {
    Toml::from_str(text).map_err(|error| {
        // The reader's own Display quotes the line, which may hold a password.
        let at = error.span().map_or(0, |span| span.start);
        let (line, column) = source::place(&text.as_bytes()[..at.min(text.len())]);
        let reason = error.message().lines().collect::<Vec<_>>().join(", ");
        ProfileError::Syntax { origin: origin.clone(), line, column, reason }
    })
}

/// One layer per variable, in the order of their names.
fn variables(environment: &Environment, defaults: &Dict) -> Result<Vec<Layer>, ProfileError> {
    let found: BTreeMap<String, OsString> = match environment {
        Environment::Given(pairs) => pairs.iter().map(|(name, value)| (name.clone(), value.into())).collect(),
        Environment::Process => {
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value))).collect()
        }
    };
    let mut layers = Vec::new();
    let mut set: BTreeMap<Vec<String>, String> = BTreeMap::new();
    for (name, value) in found {
        let Some(rest) = name.strip_prefix(PREFIX).filter(|_| !RESERVED.contains(&name.as_str())) else { continue };
        let Ok(text) = value.into_string() else { return Err(ProfileError::NotText { name }) };
        let path = if name == PLUGINS { path("plugins.folders", ".") } else { path(rest, "__") };
        if let Some(first) = set.insert(path.clone(), name.clone()) {
            return Err(ProfileError::SetTwice { first, second: name, key: shown(&path) });
        }
        layers.push(Layer { origin: Origin::Variable(name), values: single(&path, &text, defaults) });
    }
    Ok(layers)
}

/// The parts of a key written with `separator` between them.
fn path(key: &str, separator: &str) -> Vec<String> {
    let mut parts: Vec<&str> = key.split(separator).collect();
    let is_own = |own: &&&[&str]| {
        own.len() < parts.len() && own.iter().zip(&parts).all(|(name, part)| name.eq_ignore_ascii_case(part))
    };
    let Some(own) = OWN_NAMES.iter().find(is_own) else {
        return parts.iter().map(|part| part.to_ascii_lowercase()).collect();
    };
    let mut name = parts.split_off(own.len());
    // An application's name has a dot, its keys have none.
    let field = if own == &["applications"] && name.len() > 1 { name.pop() } else { None };
    let name = name.join(separator);
    let name = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(&name);
    let fixed = own.iter().map(|part| (*part).to_owned());
    fixed.chain([name.to_owned()]).chain(field.map(str::to_ascii_lowercase)).collect()
}

/// A layer with one value. figment would guess the type, and make a number of the password `0815`; here the default
/// value's type decides, and names of the owner's own hold texts.
fn single(path: &[String], text: &str, defaults: &Dict) -> Dict {
    let as_text = || Value::from(text);
    let value = match default_at(path, defaults) {
        Some(Value::Bool(..)) => text.parse().map_or_else(|_| as_text(), |yes: bool| Value::from(yes)),
        Some(Value::Num(..)) => text.parse().map_or_else(|_| as_text(), |number: i64| Value::from(number)),
        Some(Value::Array(..)) => {
            let parts = std::env::split_paths(text).map(|part| part.to_string_lossy().into_owned());
            Value::from(parts.filter(|part| !part.is_empty()).collect::<Vec<_>>())
        }
        _ => as_text(),
    };
    let nested = path.iter().rev().fold(value, |inner, part| Value::from(Dict::from([(part.clone(), inner)])));
    nested.into_dict().unwrap_or_default()
}

fn default_at<'a>(path: &[String], defaults: &'a Dict) -> Option<&'a Value> {
    let (last, sections) = path.split_last()?;
    sections.iter().try_fold(defaults, |dict, part| dict.get(part)?.as_dict())?.get(last)
}

fn explained(error: figment::Error, origin: &Origin, defaults: &Dict) -> ProfileError {
    let origin = origin.clone();
    let key = shown(&error.path);
    let wrong = |found: &Actual, expected: &str| ProfileError::WrongType {
        origin: origin.clone(),
        key: key.clone(),
        expected: wanted(expected),
        found: kind(found).to_owned(),
    };
    match &error.kind {
        Kind::UnknownField(_, siblings) => {
            ProfileError::UnknownKey { near: near(&error.path, siblings, &origin, defaults), origin, key }
        }
        Kind::MissingField(field) => ProfileError::MissingKey { origin, key: format!("{key}.{field}") },
        Kind::InvalidType(found, expected) | Kind::InvalidValue(found, expected) => wrong(found, expected),
        _ => wrong(&Actual::Other("something else".to_owned()), "another kind of value"),
    }
}

/// Known keys like `path`, best first, as they would be written at `origin`.
fn near(path: &[String], siblings: &[&str], origin: &Origin, defaults: &Dict) -> Vec<String> {
    let beside = path.split_last().map_or(&[][..], |(_, section)| section);
    let mut candidates: Vec<Vec<String>> =
        siblings.iter().map(|name| [beside, &[(*name).to_owned()]].concat()).collect();
    leaves(&mut Vec::new(), defaults, &mut candidates);
    candidates.sort();
    candidates.dedup();
    let last = path.last().map_or("", String::as_str);
    // The name may be right and its section wrong or missing.
    let likeness = |candidate: &[String]| {
        let (name, section) = candidate.split_last().map_or(("", &[][..]), |(name, section)| (name, section));
        strsim::normalized_damerau_levenshtein(last, name) * if section == beside { 1.0 } else { ELSEWHERE }
    };
    let mut rated: Vec<(f64, &[String])> =
        candidates.iter().map(|candidate| (likeness(candidate), candidate.as_slice())).collect();
    rated.retain(|(likeness, _)| *likeness >= ALIKE);
    rated.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let written = |key: &[String]| match origin {
        Origin::Variable(_) => format!("{PREFIX}{}", key.join("__").to_ascii_uppercase()),
        _ => shown(key),
    };
    rated.iter().take(NEAR_KEYS_MAX).map(|(_, key)| written(key)).collect()
}

fn leaves(section: &mut Vec<String>, dict: &Dict, into: &mut Vec<Vec<String>>) {
    for (name, value) in dict {
        section.push(name.clone());
        match value.as_dict() {
            Some(inner) if !inner.is_empty() => leaves(section, inner, into),
            _ => into.push(section.clone()),
        }
        section.pop();
    }
}

fn shown(path: &[String]) -> String {
    let part = |part: &String| if part.contains('.') { format!("\"{part}\"") } else { part.clone() };
    path.iter().map(part).collect::<Vec<_>>().join(".")
}

fn wanted(expected: &str) -> String {
    match expected {
        "u8" => "a whole number from 0 to 255".to_owned(),
        "u16" => "a whole number from 0 to 65535".to_owned(),
        "u32" => "a whole number from 0 to 4294967295".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a string" => "a text in quotation marks".to_owned(),
        "a sequence" => "a list in square brackets".to_owned(),
        "a map" => "a section".to_owned(),
        _ if expected.starts_with("struct ") => "a section".to_owned(),
        other => other.to_owned(),
    }
}

/// What kind of value it is, never the value itself: it may be a password.
fn kind(found: &Actual) -> &'static str {
    match found {
        Actual::Bool(_) => "true or false",
        Actual::Unsigned(_) | Actual::Signed(_) => "a number",
        Actual::Float(_) => "a number with a fraction",
        Actual::Char(_) | Actual::Str(_) => "a text",
        Actual::Seq => "a list",
        Actual::Map => "a section",
        _ => "something else",
    }
}
