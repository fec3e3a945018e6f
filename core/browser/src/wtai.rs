//! Telephony links: `wtai://wp/mc;number` and `wtai://wp/ap;number;name` (WAP Forum, WTAI public library).

use crate::url::unescape;

/// What a telephony link asks the phone for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Telephony {
    Dial {
        number: String,
    },
    AddSpeedDial {
        number: String,
        name: String,
    },
    /// A function that this browser does not have.
    Unknown,
}

/// A telephony link and the variable for its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    pub telephony: Telephony,
    pub result: Option<String>,
}

/// The link is a telephony link.
pub(crate) fn is_telephony(href: &str) -> bool {
    href.trim_start().get(..SCHEME.len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME))
}

/// Takes a link apart; nothing if it is another kind of link.
pub(crate) fn parse(href: &str) -> Option<Call> {
    if !is_telephony(href) {
        return None;
    }
    let text = &href.trim()[SCHEME.len()..];
    let (text, result) = match text.split_once('!') {
        Some((text, result)) => (text, Some(result.to_owned())),
        None => (text, None),
    };
    let mut parts = text.split(';');
    let function = parts.next().unwrap_or_default();
    let parameters: Vec<String> = parts.map(unescape).collect();
    let number = dialable(parameters.first().map_or("", String::as_str));
    let telephony = match function {
        "wp/mc" if !number.is_empty() => Telephony::Dial { number },
        "wp/ap" if !number.is_empty() => {
            let name = parameters.get(1).map_or("", String::as_str);
            let shown: String = name.chars().filter(|character| !character.is_control()).collect();
            Telephony::AddSpeedDial { number, name: shown.trim().to_owned() }
        }
        _ => Telephony::Unknown,
    };
    Some(Call { telephony, result })
}

/// Digits, `*`, `#` and a `+` at the beginning are kept (project rule).
fn dialable(text: &str) -> String {
    let text = text.trim();
    let plus = text.chars().take_while(|character| *character == '+').take(1);
    plus.chain(text.chars().filter(|character| character.is_ascii_digit() || "*#".contains(*character))).collect()
}

const SCHEME: &str = "wtai://";
