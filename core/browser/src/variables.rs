//! Variables of a page and where their values go (WML 1.3, section 10.3).

use std::collections::BTreeMap;

use crate::{
    limits::{VALUE_BYTES_MAX, VARIABLES_MAX},
    url::{escape, unescape},
};

/// Names and values that live from page to page. The printed form tells names only: a value may be a password.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Variables(BTreeMap<String, String>);

impl Variables {
    /// The value of a variable; one that was never set is empty.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Sets a variable; the empty value removes it. A name that is none, and one variable too many, do nothing; a long
    /// value is cut.
    pub fn set(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            self.0.remove(name);
        } else if is_name(name) && (self.0.len() < VARIABLES_MAX || self.0.contains_key(name)) {
            self.0.insert(name.to_owned(), cut(value, VALUE_BYTES_MAX).to_owned());
        }
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl std::fmt::Debug for Variables {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// A letter or `_`, then letters, digits and `_`, all of ASCII.
pub(crate) fn is_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') && name.chars().all(in_name)
}

fn in_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

/// What happens to a value on its way into a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conversion {
    /// Nothing: `noesc`.
    Plain,
    /// It becomes part of a URL: `escape`.
    Escape,
    /// `%xx` become characters: `unesc`.
    Unescape,
}

/// A text with `$name`, `$(name)` and `$(name:escape)` in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Variable(String, Conversion),
}

impl Template {
    /// Reads a text; `usual` holds where the text names no conversion.
    ///
    /// # Errors
    /// What stands behind a `$` that begins nothing: `$$` is the character, everything else has to be a variable.
    pub fn parse(text: &str, usual: Conversion) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$') {
            plain.push_str(before);
            if let Some(after) = after.strip_prefix('$') {
                plain.push('$');
                rest = after;
                continue;
            }
            let (name, conversion, after) = variable(after, usual)
                .ok_or_else(|| format!("${} begins no variable; write $$ for the character", shown(after)))?;
            if !plain.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut plain)));
            }
            parts.push(Part::Variable(name.to_owned(), conversion));
            rest = after;
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(Part::Text(plain));
        }
        Ok(Self(parts))
    }

    /// The text with the values in it. What they add is cut at the limit.
    #[must_use]
    pub fn fill(&self, variables: &Variables) -> String {
        // A deck's own text is bounded by the deck; what variables add to it has a limit here.
        let own = |part: &Part| if let Part::Text(text) = part { text.len() } else { 0 };
        let most = self.0.iter().map(own).sum::<usize>() + VALUE_BYTES_MAX;
        let mut out = String::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Variable(name, Conversion::Plain) => out.push_str(variables.get(name)),
                Part::Variable(name, Conversion::Escape) => out.push_str(&escape(variables.get(name))),
                Part::Variable(name, Conversion::Unescape) => out.push_str(&unescape(variables.get(name))),
            }
            if out.len() > most {
                break;
            }
        }
        cut(&out, most).to_owned()
    }

    /// The text that, read as a template, gives `text`.
    #[must_use]
    pub fn quote(text: &str) -> String {
        text.replace('$', "$$")
    }
}

/// Name, conversion and what follows.
fn variable(text: &str, usual: Conversion) -> Option<(&str, Conversion, &str)> {
    let Some(inner) = text.strip_prefix('(') else {
        let end = text.find(|next| !in_name(next)).unwrap_or(text.len());
        let (name, after) = text.split_at(end);
        return is_name(name).then_some((name, usual, after));
    };
    let (inner, after) = inner.split_once(')')?;
    let (name, conversion) = match inner.split_once(':') {
        None => (inner, usual),
        Some((name, word)) => match word.to_ascii_lowercase().as_str() {
            "e" | "escape" => (name, Conversion::Escape),
            "n" | "noesc" => (name, Conversion::Plain),
            "u" | "unesc" => (name, Conversion::Unescape),
            _ => return None,
        },
    };
    is_name(name).then_some((name, conversion, after))
}

fn shown(text: &str) -> String {
    text.chars().take_while(|next| !next.is_whitespace()).take(12).collect()
}

fn cut(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}
