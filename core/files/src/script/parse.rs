use std::borrow::Cow;

use encoding_rs::{UTF_8, mem::decode_latin1};

use crate::{limits::SCRIPT_BYTES_MAX, lines::lines};

/// A parsed file. Parsing happens once; any number of phones may run it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Script {
    name: String,
    pub(super) statements: Vec<(u32, Statement)>,
}

/// What a line says, if it says anything.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Statement {
    /// `SET name value`
    Set {
        /// The parameter, as written.
        name: String,
        /// The value without its quotes.
        value: String,
    },
    /// `IF $name SEQ text GOTO tag`
    If {
        /// The variable, without the `$`.
        variable: String,
        /// What it is compared with, ignoring case.
        text: String,
        /// Where to go on if they are equal.
        tag: String,
    },
    /// `GOTO tag`
    Goto {
        /// Where to go on.
        tag: String,
    },
    /// `GET file`
    Get {
        /// The file to be fetched and run instead of the rest.
        file: String,
    },
    /// `# tag`
    Tag {
        /// Its text.
        name: String,
    },
}

/// A file that cannot be a script.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ScriptError {
    /// Larger than any script.
    #[error("{file}: {bytes} bytes are too much for a script or settings file; the limit is {SCRIPT_BYTES_MAX}")]
    TooLarge {
        /// The file's name.
        file: String,
        /// Its size.
        bytes: usize,
    },
}

impl Script {
    /// Reads a file. Only its size can be wrong: every line that is no statement is a comment, as on the phone.
    ///
    /// Bytes are UTF-8, with or without byte-order mark; a file that is not is taken as Western single-byte text.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Script, ScriptError> {
        if bytes.len() > SCRIPT_BYTES_MAX {
            return Err(ScriptError::TooLarge { file: name.to_owned(), bytes: bytes.len() });
        }
        let text = decode(bytes);
        let statements =
            lines(&text).zip(1u32..).filter_map(|(line, number)| Some((number, statement(line)?))).collect();
        Ok(Script { name: name.to_owned(), statements })
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The statements with their line numbers, counted from 1.
    pub fn statements(&self) -> impl Iterator<Item = (u32, &Statement)> {
        self.statements.iter().map(|(line, statement)| (*line, statement))
    }
}

fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    UTF_8.decode_without_bom_handling_and_without_replacement(bytes).unwrap_or_else(|| decode_latin1(bytes))
}

/// What `line` says. A statement starts in the first column; keywords match in any case.
fn statement(line: &str) -> Option<Statement> {
    if let Some(tag) = line.strip_prefix("# ") {
        // Exactly one blank, then a text without blanks; anything else after `#` is a comment.
        let name = tag.trim_end();
        let sound = !name.is_empty() && !name.contains([' ', '\t']);
        return sound.then(|| Statement::Tag { name: name.to_owned() });
    }
    let (keyword, rest) = word(line)?;
    match keyword.to_ascii_uppercase().as_str() {
        "SET" => {
            let (name, rest) = word(rest.trim_start_matches(BLANKS))?;
            Some(Statement::Set { name: name.to_owned(), value: value(rest)? })
        }
        "IF" => condition(rest),
        "GOTO" => Some(Statement::Goto { tag: only_word(rest)? }),
        "GET" => Some(Statement::Get { file: value(rest).filter(|file| !file.is_empty())? }),
        _ => None,
    }
}

const BLANKS: [char; 2] = [' ', '\t'];

/// The first word and what follows it; `None` at the end of the line or at a blank.
fn word(text: &str) -> Option<(&str, &str)> {
    let end = text.find(BLANKS).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

fn only_word(text: &str) -> Option<String> {
    word(text.trim_matches(BLANKS)).map(|(word, _)| word.to_owned())
}

/// A value: between double quotes it may hold blanks, without them it ends at the first blank. `""` is the null value;
/// nothing at all is no value, and the statement a comment.
fn value(text: &str) -> Option<String> {
    let text = text.trim_matches(BLANKS);
    match text.strip_prefix('"') {
        // The last quote closes, so that quotes may stand inside.
        Some(inner) => inner.rfind('"').map(|end| inner[..end].to_owned()),
        None => word(text).map(|(word, _)| word.to_owned()),
    }
}

fn condition(text: &str) -> Option<Statement> {
    let (variable, rest) = word(text.trim_start_matches(BLANKS))?;
    let variable = variable.strip_prefix('$').filter(|name| !name.is_empty())?;
    let (seq, rest) = word(rest.trim_start_matches(BLANKS))?;
    if !seq.eq_ignore_ascii_case("SEQ") {
        return None;
    }
    let rest = rest.trim_start_matches(BLANKS);
    let (text, rest) = match rest.strip_prefix('"') {
        Some(inner) => inner.split_once('"')?,
        None => word(rest)?,
    };
    let (goto, rest) = word(rest.trim_start_matches(BLANKS))?;
    if !goto.eq_ignore_ascii_case("GOTO") {
        return None;
    }
    Some(Statement::If { variable: variable.to_owned(), text: text.to_owned(), tag: only_word(rest)? })
}
