//! `default.toml` explains every key there is, and no other.
#![allow(clippy::unwrap_used, missing_docs)]

use deskset_profiles::{DEFAULT, LAB, RawProfile};
use figment::{
    Figment,
    error::Kind,
    providers::{Format, Toml},
};

fn read(text: &str) -> Result<RawProfile, Kind> {
    Figment::from(Toml::string(text)).extract().map_err(|error| error.kind)
}

/// Key lines and section lines, with their numbers.
fn entries() -> impl Iterator<Item = (usize, &'static str)> {
    DEFAULT.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

#[test]
fn every_key_stands_in_the_defaults_and_every_default_is_a_key() {
    // The raw types refuse unknown keys, so reading proves the one direction …
    read(DEFAULT).unwrap();
    let keys: Vec<(usize, &str)> = entries().filter(|(_, line)| line.contains('=')).collect();
    assert_eq!(keys.len(), 40);
    // … and give no key a default of their own, so leaving one out must be seen.
    for (number, line) in keys {
        let without: Vec<&str> =
            DEFAULT.lines().enumerate().filter(|(at, _)| *at != number).map(|(_, line)| line).collect();
        let missing = read(&without.join("\n")).unwrap_err();
        let name = line.split_whitespace().next().unwrap();
        assert!(matches!(&missing, Kind::MissingField(field) if field == name), "{line}: {missing}");
    }
}

#[test]
fn every_key_and_section_has_a_remark_above_it_and_every_key_tells_its_default() {
    let lines: Vec<&str> = DEFAULT.lines().collect();
    for (number, line) in entries() {
        let remark: Vec<&str> =
            lines[..number].iter().rev().take_while(|line| line.starts_with('#')).copied().collect();
        assert!(!remark.is_empty(), "{line} has no remark");
        if line.contains('=') {
            assert!(remark.iter().any(|line| line.contains("Default:")), "{line}: the remark tells no default");
        }
        let unit = if line.contains("_seconds") { "seconds" } else { "" };
        assert!(remark.iter().any(|line| line.contains(unit)), "{line}: the remark tells no unit");
    }
}

#[test]
fn the_lab_profile_sets_nothing_to_what_it_is_anyway() {
    let usual: Vec<&str> = entries().map(|(_, line)| line).filter(|line| line.contains('=')).collect();
    let repeated: Vec<&str> = LAB.lines().filter(|line| usual.contains(line)).collect();
    assert_eq!(repeated, [""; 0]);
}
