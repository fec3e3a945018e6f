use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap, HashSet},
    hash::{Hash, Hasher},
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
        let mut statements = Vec::with_capacity(bytes.len() / BYTES_PER_STATEMENT);
        for ((start, line), number) in lines_with_places(&text).zip(1u32..) {
            if let Some(statement) = (Reader { line, start }).statement() {
                statements.push((number, statement));
            }
        }
        let asks = resolve(&text, &mut statements);
        Ok(Script { name: name.into(), text, statements, asks })
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

/// Finds the end of every jump, and the variables that IFs ask for, in capitals.
///
/// The next tag of a name is always the same one, whatever a phone's variables are: it is found once, from the end
/// backwards. The tag and the variable just seen are tried first: sections of real files are written that way.
fn resolve(text: &str, statements: &mut [(u32, Stored)]) -> BTreeSet<String> {
    let at = |place: Place| text.get(place.range()).unwrap_or_default();
    let mut ahead: HashMap<AnyCase<'_>, u32> = HashMap::with_capacity(statements.len() / STATEMENTS_PER_TAG);
    let (mut nearest, mut seen, mut asked, mut last) = (None, HashSet::new(), BTreeSet::new(), "");
    for (index, (_, statement)) in statements.iter_mut().enumerate().rev() {
        if let Stored::If { variable, .. } = statement {
            let variable = at(*variable);
            if variable != last && seen.insert(AnyCase(variable)) {
                asked.insert(variable.to_ascii_uppercase());
            }
            last = variable;
        }
        match statement {
            Stored::Tag { name } => {
                // No more statements than bytes, and those fit.
                let behind = index as u32 + 1;
                nearest = Some((AnyCase(at(*name)), behind));
                ahead.insert(AnyCase(at(*name)), behind);
            }
            Stored::If { tag, to, .. } | Stored::Goto { tag, to } => {
                let tag = AnyCase(at(*tag));
                *to = match &nearest {
                    Some((name, behind)) if *name == tag => Some(*behind),
                    _ => ahead.get(&tag).copied(),
                };
            }
            Stored::Set { .. } | Stored::Get { .. } => {}
        }
    }
    asked
}

/// A guess, likewise.
const STATEMENTS_PER_TAG: usize = 16;

/// About as many bytes as a line has: a guess that spares growing, never too much memory.
const BYTES_PER_STATEMENT: usize = 40;

/// A tag's text, for looking up: small and capital letters are the same.
struct AnyCase<'t>(&'t str);

impl PartialEq for AnyCase<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for AnyCase<'_> {}

impl Hash for AnyCase<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        // Eight letters at once: the hasher is quick with words and slow with single bytes.
        let (words, rest) = self.0.as_bytes().as_chunks::<8>();
        words.iter().for_each(|word| hasher.write_u64(lower(*word)));
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        hasher.write_u64(lower(last));
        hasher.write_usize(self.0.len());
    }
}

/// Eight bytes as a number, capitals as small letters.
fn lower(word: [u8; 8]) -> u64 {
    u64::from_ne_bytes(word.map(|byte| byte.to_ascii_lowercase()))
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// What follows the blanks in front.
fn behind_blanks(text: &str) -> &str {
    &text[text.bytes().take_while(|byte| is_blank(*byte)).count()..]
}

/// What stands between the blanks at both ends.
fn between_blanks(text: &str) -> &str {
    let text = behind_blanks(text);
    &text[..text.len() - text.bytes().rev().take_while(|byte| is_blank(*byte)).count()]
}

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
                let (name, rest) = word(behind_blanks(rest))?;
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
        (first.eq_ignore_ascii_case(keyword) && rest.bytes().next().is_some_and(is_blank)).then_some(rest)
    }

    /// Exactly one blank, then a text without blanks; anything else after `#` is a comment.
    fn tag(&self) -> Option<Stored> {
        let name = self.line.strip_prefix("# ")?.trim_end();
        let sound = !name.is_empty() && !name.bytes().any(is_blank);
        sound.then(|| Stored::Tag { name: self.place(name) })
    }

    fn condition(&self, rest: &'t str) -> Option<Stored> {
        let (variable, rest) = word(behind_blanks(rest))?;
        let variable = variable.strip_prefix('$').filter(|name| !name.is_empty())?;
        let (seq, rest) = word(behind_blanks(rest))?;
        if !seq.eq_ignore_ascii_case("SEQ") {
            return None;
        }
        let rest = behind_blanks(rest);
        let (text, rest) = match rest.strip_prefix('"') {
            Some(inner) => inner.split_once('"')?,
            None => word(rest)?,
        };
        let (goto, rest) = word(behind_blanks(rest))?;
        if !goto.eq_ignore_ascii_case("GOTO") {
            return None;
        }
        let (variable, text) = (self.place(variable), self.place(text));
        Some(Stored::If { variable, text, tag: self.only_word(rest)?, to: None })
    }

    fn only_word(&self, text: &'t str) -> Option<Place> {
        word(between_blanks(text)).map(|(word, _)| self.place(word))
    }

    /// Where a part of this line stands in the whole text.
    fn place(&self, part: &'t str) -> Place {
        let start = self.start + (part.as_ptr().addr() - self.line.as_ptr().addr());
        Place::new(start, start + part.len())
    }
}

/// The first word and what follows it; `None` at the end of the line or at a blank.
fn word(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().position(is_blank).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// A value: between double quotes it may hold blanks, without them it ends at the first blank. `""` is the null value;
/// nothing at all is no value, and the statement a comment.
fn value(text: &str) -> Option<&str> {
    let text = between_blanks(text);
    match text.strip_prefix('"') {
        // The last quote closes, so that quotes may stand inside.
        Some(inner) => inner.rfind('"').map(|end| &inner[..end]),
        None => word(text).map(|(word, _)| word),
    }
}
