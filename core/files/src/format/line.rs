use crate::script::{Line, Statement};

const BLANKS: [char; 2] = [' ', '\t'];

/// Writes one line without its end.
pub(super) fn write(text: &mut String, line: &Line<'_>) {
    let written = line.text.trim_end_matches(BLANKS);
    match line.statement {
        None | Some(Statement::Tag { .. }) => text.push_str(written),
        // What stands behind a value or a tag says nothing, and stays.
        Some(Statement::Set { name, .. }) => {
            join(text, &["SET", name, after(after(written, "SET".len()), name.len())]);
        }
        Some(Statement::Goto { .. }) => join(text, &["GOTO", after(written, "GOTO".len())]),
        Some(Statement::Get { .. }) => join(text, &["GET", after(written, "GET".len())]),
        Some(Statement::If { variable, text: compared, .. }) => {
            let asked = format!("${variable}");
            let from_text = after(after(after(written, "IF".len()), asked.len()), "SEQ".len());
            let quotes = if from_text.starts_with('"') { 2 } else { 0 };
            let compared = from_text.get(..compared.len() + quotes).unwrap_or_default();
            let from_goto = after(from_text, compared.len());
            join(text, &["IF", &asked, "SEQ", compared, "GOTO", after(from_goto, "GOTO".len())]);
        }
    }
}

/// What follows the first word, which has so many bytes; blanks around it say nothing.
fn after(text: &str, word: usize) -> &str {
    text.get(word..).unwrap_or_default().trim_start_matches(BLANKS)
}

fn join(text: &mut String, words: &[&str]) {
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            text.push(' ');
        }
        text.push_str(word);
    }
}
