//! What the description of the interface says besides what the handlers' own attributes do.

use serde_json::{Value, json};
use utoipa::openapi::OpenApi as Document;

use crate::limits::{KEYS_MAX, TEXT_CHARS_MAX, WAIT_MAX};

/// A text that has no control characters: the Unicode category Cc.
const PRINTABLE: &str = "^[^\\u0000-\\u001f\\u007f-\\u009f]*$";

/// Keys as `deskset_phone::Key` reads them.
const KEY: &str = "^([0-9*#]|soft[1-9]|line[1-9]-(left|right)|phone-exit|options|page-(left|right)|speaker|headset\
                   |mute|hold|redial|transfer|conference|drop|volume-(up|down))$";

/// The document in full: what every path may answer, who may ask, and which texts are taken.
pub(super) fn complete(document: &Document) -> Value {
    // Strings and numbers can always be written.
    let mut document = serde_json::to_value(document).unwrap_or_default();
    document["components"]["securitySchemes"] = json!({"token": {"type": "http", "scheme": "bearer",
        "description": "Needed where the interface was started with a token."}});
    document["security"] = json!([{}, {"token": []}]);
    for (name, words) in TEXTS {
        document["components"]["responses"][name] = json!({"description": words,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}});
    }
    let operations = document["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut());
    for operation in operations.filter_map(Value::as_object_mut).flat_map(|path| path.values_mut()) {
        let has_body = operation.get("requestBody").is_some();
        let Some(responses) = operation["responses"].as_object_mut() else { continue };
        let mut also = vec![("400", "Wrong"), ("401", "NoToken"), ("403", "Stranger")];
        if has_body {
            also.push(("413", "TooLarge"));
        }
        for (status, name) in also {
            let said = || json!({"$ref": format!("#/components/responses/{name}")});
            responses.entry(status).or_insert_with(said);
        }
    }
    narrow(&mut document["components"]["schemas"]);
    unsigned(&mut document);
    document
}

/// Numbers from 0 up go up to 2^64, which the format `int64` denies.
fn unsigned(part: &mut Value) {
    match part {
        Value::Array(parts) => parts.iter_mut().for_each(unsigned),
        Value::Object(parts) => {
            if parts.get("format").is_some_and(|format| format == "int64") && parts.contains_key("minimum") {
                parts.remove("format");
                parts.entry("maximum").or_insert(json!(u64::MAX));
            }
            parts.values_mut().for_each(unsigned);
        }
        _ => {}
    }
}

const TEXTS: [(&str, &str); 4] = [
    ("Wrong", "The request cannot be understood"),
    ("NoToken", "The token is missing or wrong"),
    ("Stranger", "Sent by a page from elsewhere, or to another name than this machine's"),
    ("TooLarge", "The body is too large"),
];

/// Says of texts and numbers which are taken.
fn narrow(schemas: &mut Value) {
    let printable = |most: usize| json!({"pattern": PRINTABLE, "maxLength": most});
    let some_text = json!({"minLength": 1, "maxLength": TEXT_CHARS_MAX});
    let signaling = json!({"enum": ["h323", "sip", null]});
    let rules = [
        ("NewPhone", "name", json!({"pattern": "^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$"})),
        ("NewPhone", "signaling", signaling),
        ("NewPhone", "extension", json!({"pattern": "^[0-9]{1,13}$"})),
        ("Typed", "text", printable(TEXT_CHARS_MAX)),
        ("HookShape", "hook", json!({"enum": ["on", "off"]})),
        ("CallShape", "state", json!({"enum": ["idle", "alerting", "active", "held", "soft-hold"]})),
        ("CallShape", "name", printable(TEXT_CHARS_MAX)),
        ("CallShape", "number", printable(TEXT_CHARS_MAX)),
        ("CallShape", "appearance", json!({"minimum": 1, "maximum": u16::MAX})),
        ("Keys", "keys", json!({"maxItems": KEYS_MAX, "items": {"type": "string", "pattern": KEY}})),
        ("Wait", "state", json!({"enum": ["off", "starting", "awaits_login", "ready", "logged_off", "failed", null]})),
        ("Wait", "screen", some_text.clone()),
        ("Wait", "screen_without", some_text),
        ("Wait", "deadline_ms", json!({"maximum": WAIT_MAX.as_millis() as u64})),
    ];
    for (shape, field, rule) in rules {
        let field = &mut schemas[shape]["properties"][field];
        if let (Some(field), Value::Object(rule)) = (field.as_object_mut(), rule) {
            field.extend(rule);
        }
    }
    // At least one condition.
    let conditions = ["screen", "screen_without", "state", "settled", "parameter"];
    let one_of_them =
        conditions.map(|name| json!({"required": [name], "properties": {name: {"not": {"type": "null"}}}}));
    schemas["Wait"]["anyOf"] = json!(one_of_them);
}
