//! As much of JSON Schema (draft 2020-12, core and validation vocabularies) as the project's own schemas use.

use serde_json::{Map, Value};

/// Every place where `value` is not as the schema says. A property that the schema does not describe is a fault, too:
/// what the program prints is documented.
pub fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, schema, value, "$", &mut found);
    found
}

fn check(root: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let mut fault = |why: String| found.push(format!("{at}: {why}: {value}"));
    let rules = schema.as_object().expect("a schema is an object");
    for (keyword, rule) in rules {
        match keyword.as_str() {
            "$schema"
            | "$id"
            | "$defs"
            | "title"
            | "description"
            | "items"
            | "properties"
            | "additionalProperties"
            | "$ref" => {}
            "type" if !types(rule).any(|name| is(name, value)) => fault(format!("is no {rule}")),
            "const" if rule != value => fault(format!("is not {rule}")),
            "enum" if !rule.as_array().unwrap().contains(value) => fault(format!("is none of {rule}")),
            "minimum" if value.is_number() && value.as_f64() < rule.as_f64() => fault(format!("is less than {rule}")),
            "pattern" if !matches(rule.as_str().unwrap(), value.as_str().unwrap_or_default()) => {
                fault(format!("does not match {rule}"));
            }
            "required" if value.is_object() => {
                let has = |name: &&Value| value.get(name.as_str().unwrap()).is_some();
                rule.as_array().unwrap().iter().filter(|name| !has(name)).for_each(|name| fault(format!("no {name}")));
            }
            "type" | "const" | "enum" | "minimum" | "pattern" | "required" => {}
            unknown => panic!("{unknown} is not understood here"),
        }
    }
    if let Some(place) = rules.get("$ref") {
        let pointer = place.as_str().unwrap().strip_prefix('#').unwrap();
        check(root, root.pointer(pointer).unwrap(), value, at, found);
    }
    if let (Some(described), Some(object)) = (rules.get("properties").and_then(Value::as_object), value.as_object()) {
        check_properties(root, described, object, at, found);
    }
    if let (Some(each), Some(object)) = (rules.get("additionalProperties"), value.as_object()) {
        for (name, value) in object {
            check(root, each, value, &format!("{at}.{name}"), found);
        }
    }
    if let (Some(items), Some(array)) = (rules.get("items"), value.as_array()) {
        for (index, item) in array.iter().enumerate() {
            check(root, items, item, &format!("{at}[{index}]"), found);
        }
    }
}

fn check_properties(
    root: &Value,
    described: &Map<String, Value>,
    object: &Map<String, Value>,
    at: &str,
    found: &mut Vec<String>,
) {
    for (name, value) in object {
        match described.get(name) {
            Some(schema) => check(root, schema, value, &format!("{at}.{name}"), found),
            None => found.push(format!("{at}: {name} is not described")),
        }
    }
}

fn types(rule: &Value) -> impl Iterator<Item = &str> {
    let several = rule.as_array().map_or(&[][..], Vec::as_slice);
    rule.as_str().into_iter().chain(several.iter().filter_map(Value::as_str))
}

fn is(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "null" => value.is_null(),
        unknown => panic!("type {unknown} is not understood here"),
    }
}

/// Patterns of the form `^(word|word|beginning.+)$`.
fn matches(pattern: &str, text: &str) -> bool {
    let choices = pattern.strip_prefix("^(").and_then(|rest| rest.strip_suffix(")$"));
    choices.expect("a pattern of that form").split('|').any(|choice| match choice.strip_suffix(".+") {
        Some(beginning) => text.strip_prefix(beginning).is_some_and(|rest| !rest.is_empty()),
        None => text == choice,
    })
}
