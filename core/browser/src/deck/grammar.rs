//! Which element may stand where (WML 1.3, document type definition; besides, an image may stand in a `<do>`).

use super::Flaw;
use crate::xml::{Element, Node};

const STYLES: &[&str] = &["em", "strong", "b", "i", "u", "big", "small"];
const FLOW: &[&str] = &["br", "img", "a", "anchor", "table"];
const FIELDS: &[&str] = &["input", "select", "fieldset", "do"];
const TASKS: &[&str] = &["go", "prev", "refresh", "noop"];

/// Every element of WML, whether text may stand in it, and which elements may.
const GRAMMAR: &[(&str, bool, &[&[&str]])] = &[
    ("wml", false, &[&["head", "template", "card"]]),
    ("head", false, &[&["access", "meta"]]),
    ("access", false, &[]),
    ("meta", false, &[]),
    ("template", false, &[&["do", "onevent"]]),
    ("card", false, &[&["onevent", "timer", "do", "p", "pre"]]),
    ("do", false, &[TASKS, &["img"]]),
    ("onevent", false, &[TASKS]),
    ("timer", false, &[]),
    ("go", false, &[&["postfield", "setvar"]]),
    ("prev", false, &[&["setvar"]]),
    ("refresh", false, &[&["setvar"]]),
    ("noop", false, &[]),
    ("postfield", false, &[]),
    ("setvar", false, &[]),
    ("p", true, &[STYLES, FLOW, FIELDS]),
    ("pre", true, &[STYLES, FLOW, FIELDS]),
    ("em", true, &[STYLES, FLOW]),
    ("strong", true, &[STYLES, FLOW]),
    ("b", true, &[STYLES, FLOW]),
    ("i", true, &[STYLES, FLOW]),
    ("u", true, &[STYLES, FLOW]),
    ("big", true, &[STYLES, FLOW]),
    ("small", true, &[STYLES, FLOW]),
    ("fieldset", true, &[STYLES, FLOW, FIELDS]),
    ("a", true, &[&["br", "img"]]),
    ("anchor", true, &[&["br", "img"], TASKS]),
    ("br", false, &[]),
    ("img", false, &[]),
    ("table", false, &[&["tr"]]),
    ("tr", false, &[&["td"]]),
    ("td", true, &[STYLES, &["br", "img", "a", "anchor"]]),
    ("input", false, &[]),
    ("select", false, &[&["optgroup", "option"]]),
    ("optgroup", false, &[&["optgroup", "option"]]),
    ("option", true, &[&["onevent"]]),
];

/// Checks an element and everything in it.
pub(super) fn check(element: &Element) -> Result<(), Flaw> {
    let Some((name, text, children)) = GRAMMAR.iter().find(|(name, ..)| *name == element.name) else {
        return Err(Flaw { place: element.place, why: format!("unknown tag <{}>", element.name) });
    };
    if !text && let Some(place) = element.stray_text() {
        return Err(Flaw { place, why: format!("text in <{name}>") });
    }
    for node in &element.children {
        let Node::Element(child) = node else { continue };
        check(child)?;
        if !children.iter().any(|group| group.contains(&child.name.as_str())) {
            return Err(Flaw { place: child.place, why: format!("<{}> in <{name}>", child.name) });
        }
    }
    Ok(())
}
