use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use encoding_rs::{UTF_8, mem::decode_latin1};

use super::{Line, Place, Statement, statement::Stored};
use crate::{limits::SCRIPT_BYTES_MAX, lines::lines_with_places};

/// A parsed file. Parsing happens once; any number of phones may run it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Script {
    name: Arc<str>,
    text: Box<str>,
    /// Line number and statement, for lines that say something.
    pub(super) statements: Vec<(u32, Stored)>,
    /// The variables that its IFs ask for, in capitals.
    asks: BTreeSet<String>,
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
        let text = decode(bytes).into_owned().into_boxed_str();
        let mut statements = Vec::new();
        for ((start, line), number) in lines_with_places(&text).zip(1u32..) {
            if let Some(statement) = (Reader { line, start }).statement() {
                statements.push((number, statement));
            }
        }
        resolve_jumps(&text, &mut statements);
        let mut script = Script { name: name.into(), text, statements, asks: BTreeSet::new() };
        script.asks = script.variables().map(str::to_ascii_uppercase).collect();
        Ok(script)
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file's name, to be shared.
    pub fn shared_name(&self) -> &Arc<str> {
        &self.name
    }

    /// The whole text, as it was decoded.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The statements with their line numbers, counted from 1.
    pub fn statements(&self) -> impl Iterator<Item = (u32, Statement<'_>)> {
        self.statements.iter().map(|(line, stored)| (*line, stored.in_text(&self.text)))
    }

    fn variables(&self) -> impl Iterator<Item = &str> {
        self.statements().filter_map(|(_, statement)| match statement {
            Statement::If { variable, .. } => Some(variable),
            _ => None,
        })
    }

    /// Whether some IF asks for the variable `name`, spelled in capitals: only then can it make a difference.
    pub fn asks_for(&self, name: &str) -> bool {
        self.asks.contains(name)
    }

    /// All lines, comments included.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let mut statements = self.statements.iter().peekable();
        lines_with_places(&self.text).zip(1u32..).map(move |((start, text), number)| {
            let stored = statements.next_if(|(line, _)| *line == number);
            Line {
                number,
                place: Place::new(start, start + text.len()),
                text,
                statement: stored.map(|(_, stored)| stored.in_text(&self.text)),
            }
        })
    }

    pub(crate) fn statement(&self, at: usize) -> Option<(u32, Statement<'_>, Option<u32>)> {
        let (line, stored) = self.statements.get(at)?;
        let to = match stored {
            Stored::If { to, .. } | Stored::Goto { to, .. } => *to,
            _ => None,
        };
        Some((*line, stored.in_text(&self.text), to))
    }
}

/// What a line says when it stands alone.
pub(crate) fn reads_as(line: &str) -> Option<Statement<'_>> {
    Reader { line, start: 0 }.statement().map(|stored| stored.in_text(line))
}

fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    UTF_8.decode_without_bom_handling_and_without_replacement(bytes).unwrap_or_else(|| decode_latin1(bytes))
}

/// The next tag of a name is always the same one, whatever a phone's variables are: found once, from the end backwards.
fn resolve_jumps(text: &str, statements: &mut [(u32, Stored)]) {
    let mut ahead: BTreeMap<String, u32> = BTreeMap::new();
    let key = |place: Place| text.get(place.range()).unwrap_or_default().to_ascii_lowercase();
    for (at, (_, statement)) in statements.iter_mut().enumerate().rev() {
        match statement {
            // No more statements than bytes, and those fit.
            Stored::Tag { name } => drop(ahead.insert(key(*name), at as u32 + 1)),
            Stored::If { tag, to, .. } | Stored::Goto { tag, to } => *to = ahead.get(&key(*tag)).copied(),
            Stored::Set { .. } | Stored::Get { .. } => {}
        }
    }
}

const BLANKS: [char; 2] = [' ', '\t'];

/// One line, and where it stands in the text.
struct Reader<'t> {
    line: &'t str,
    start: usize,
}

impl<'t> Reader<'t> {
    /// What the line says. A statement starts in the first column; keywords match in any case.
    fn statement(&self) -> Option<Stored> {
        // Nearly all lines of real files are comments: most are told by their first character.
        match self.line.as_bytes().first()? {
            b'#' => self.tag(),
            b'S' | b's' => {
                let rest = self.after_keyword("SET")?;
                let (name, rest) = word(rest.trim_start_matches(BLANKS))?;
                Some(Stored::Set { name: self.place(name), value: self.place(value(rest)?) })
            }
            b'I' | b'i' => self.condition(self.after_keyword("IF")?),
            b'G' | b'g' => match self.after_keyword("GOTO") {
                Some(rest) => Some(Stored::Goto { tag: self.only_word(rest)?, to: None }),
                None => {
                    let file = value(self.after_keyword("GET")?).filter(|file| !file.is_empty())?;
                    Some(Stored::Get { file: self.place(file) })
                }
            },
            _ => None,
        }
    }

    fn after_keyword(&self, keyword: &str) -> Option<&'t str> {
        let (first, rest) = self.line.split_at_checked(keyword.len())?;
        (first.eq_ignore_ascii_case(keyword) && rest.starts_with(BLANKS)).then_some(rest)
    }

    /// Exactly one blank, then a text without blanks; anything else after `#` is a comment.
    fn tag(&self) -> Option<Stored> {
        let name = self.line.strip_prefix("# ")?.trim_end();
        let sound = !name.is_empty() && !name.contains(BLANKS);
        sound.then(|| Stored::Tag { name: self.place(name) })
    }

    fn condition(&self, rest: &'t str) -> Option<Stored> {
        let (variable, rest) = word(rest.trim_start_matches(BLANKS))?;
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
        let (variable, text) = (self.place(variable), self.place(text));
        Some(Stored::If { variable, text, tag: self.only_word(rest)?, to: None })
    }

    fn only_word(&self, text: &'t str) -> Option<Place> {
        word(text.trim_matches(BLANKS)).map(|(word, _)| self.place(word))
    }

    /// Where a part of this line stands in the whole text.
    fn place(&self, part: &'t str) -> Place {
        let start = self.start + (part.as_ptr().addr() - self.line.as_ptr().addr());
        Place::new(start, start + part.len())
    }
}

/// The first word and what follows it; `None` at the end of the line or at a blank.
fn word(text: &str) -> Option<(&str, &str)> {
    let end = text.find(BLANKS).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// A value: between double quotes it may hold blanks, without them it ends at the first blank. `""` is the null value;
/// nothing at all is no value, and the statement a comment.
fn value(text: &str) -> Option<&str> {
    let text = text.trim_matches(BLANKS);
    match text.strip_prefix('"') {
        // The last quote closes, so that quotes may stand inside.
        Some(inner) => inner.rfind('"').map(|end| &inner[..end]),
        None => word(text).map(|(word, _)| word),
    }
}
