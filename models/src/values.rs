use serde::{Deserialize, Serialize};

/// What may stand as the value of an option or a parameter. All values are texts, numbers and addresses too.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Values {
    /// One of a list; each with the words the screen shows.
    Choice {
        /// In the order the screen offers them.
        choices: Vec<Choice>,
    },
    /// A whole number, both ends included.
    Number {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
    },
    /// Any text of at most so many characters; may be empty.
    Text {
        /// In characters, not bytes.
        max_chars: usize,
    },
    /// Digits only.
    Digits {
        /// Fewest.
        min_chars: usize,
        /// Most.
        max_chars: usize,
    },
    /// One dotted-decimal address or DNS name; may be empty.
    Address,
    /// Addresses or names separated by commas, without blanks, at most 255 characters; may be empty.
    AddressList,
    /// A kind that this version does not know: every text is accepted.
    #[serde(other)]
    Unknown,
}

/// One value of a [`Values::Choice`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// As written in files.
    pub value: String,
    /// As shown on the screen.
    pub label: String,
}

/// The most characters of a list of addresses, from R2.2 on (LAN Administrator Guide 555-233-507, option 176).
const ADDRESS_LIST_CHARS_MAX: usize = 255;

impl Values {
    /// A choice of `(value, label)` pairs.
    pub fn choice(choices: &[(&str, &str)]) -> Self {
        let choices = choices
            .iter()
            .map(|(value, label)| Choice { value: (*value).to_owned(), label: (*label).to_owned() })
            .collect();
        Values::Choice { choices }
    }

    /// Whether `text` is such a value.
    pub fn accepts(&self, text: &str) -> bool {
        let chars = text.chars().count();
        match self {
            Values::Choice { choices } => choices.iter().any(|choice| choice.value.eq_ignore_ascii_case(text)),
            // Digits only: Rust would also take a plus sign, which no guide prints.
            Values::Number { min, max } => {
                let digits = text.strip_prefix('-').unwrap_or(text);
                digits.bytes().all(|byte| byte.is_ascii_digit())
                    && text.parse::<i64>().is_ok_and(|number| (*min..=*max).contains(&number))
            }
            Values::Text { max_chars } => chars <= *max_chars && !text.chars().any(char::is_control),
            Values::Digits { min_chars, max_chars } => {
                (*min_chars..=*max_chars).contains(&chars) && text.bytes().all(|byte| byte.is_ascii_digit())
            }
            Values::Address => text.is_empty() || is_address(text),
            Values::AddressList => {
                chars <= ADDRESS_LIST_CHARS_MAX && (text.is_empty() || text.split(',').all(is_address))
            }
            Values::Unknown => true,
        }
    }

    /// What a person may write, in words.
    pub fn in_words(&self) -> String {
        match self {
            Values::Choice { choices } => {
                let words: Vec<&str> = choices.iter().map(|choice| choice.value.as_str()).collect();
                format!("one of {}", words.join(", "))
            }
            Values::Number { min, max } => format!("a whole number from {min} to {max}"),
            Values::Text { max_chars } => format!("a text of at most {max_chars} characters"),
            Values::Digits { min_chars, max_chars } => format!("{min_chars} to {max_chars} digits"),
            Values::Address => "one address or DNS name".to_owned(),
            Values::AddressList => "addresses or DNS names separated by commas".to_owned(),
            Values::Unknown => "any text".to_owned(),
        }
    }

    /// Whether no text at all can be such a value: a contradiction in a description.
    pub fn is_impossible(&self) -> bool {
        match self {
            Values::Choice { choices } => choices.is_empty(),
            Values::Number { min, max } => min > max,
            Values::Digits { min_chars, max_chars } => min_chars > max_chars,
            _ => false,
        }
    }
}

/// A dotted-decimal address or a DNS name, with an optional `:port` as lab servers need it.
fn is_address(text: &str) -> bool {
    let (host, port) = match text.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (text, None),
    };
    let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let sound_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    !host.is_empty() && host.chars().all(sound) && port.is_none_or(sound_port)
}
