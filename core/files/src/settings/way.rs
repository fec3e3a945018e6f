use super::{Evaluation, Files, Incident, Origin, Target};
use crate::script::{Branch, Script, Statement};

/// One turn of the way through the files: an IF, a GOTO or a GET, and where it led.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Turn {
    /// File and line.
    pub at: Origin,
    /// The statement as written.
    pub text: String,
    /// What became of it, in words.
    pub outcome: String,
}

impl Evaluation {
    /// The way the phone took.
    pub fn way(&self, files: &Files, target: &Target<'_>) -> Vec<Turn> {
        self.path.iter().filter_map(|incident| turn(incident, files, target)).collect()
    }
}

fn turn(incident: &Incident, files: &Files, target: &Target<'_>) -> Option<Turn> {
    let at = match incident {
        Incident::Set { .. } => return None,
        Incident::Branch { at, .. } | Incident::Get { at, .. } | Incident::TooManyGets { at } => at,
    };
    let Origin::File { file, line } = at else { return None };
    let script = files.named(file)?;
    let written = script.lines().nth(*line as usize - 1)?;
    let outcome = match incident {
        Incident::Branch { tag, branch, .. } => branched(*branch, tag, written.statement?, script, *line, target),
        Incident::Get { file, found: true, .. } => format!("found: {file} is run instead of the rest"),
        Incident::Get { .. } if target.get_continues() => "not found: on with the next line".to_owned(),
        Incident::Get { .. } => format!("not found: software of release {} ends here", target.release),
        _ => "more GETs than a phone follows: it ends here".to_owned(),
    };
    Some(Turn { at: at.clone(), text: written.text.trim().to_owned(), outcome })
}

fn branched(branch: Branch, tag: &str, said: Statement<'_>, script: &Script, line: u32, target: &Target<'_>) -> String {
    let is = match said {
        Statement::If { variable, .. } => {
            let variables = target.variables();
            let value = variables.get(variable).unwrap_or_default();
            format!("${variable} is {}", if value.is_empty() { "empty" } else { value })
        }
        _ => String::new(),
    };
    let because = if is.is_empty() { String::new() } else { format!("{is}: ") };
    match branch {
        Branch::Taken => match tag_after(script, tag, line) {
            Some(to) => format!("{because}on after line {to}"),
            None => format!("{because}taken"),
        },
        Branch::NotEqual => format!("{is}: on with the next line"),
        Branch::NoVariable => "no such variable: the line is ignored".to_owned(),
        Branch::NoTag => format!("{because}no tag {tag} follows: the rest of the file is ignored"),
    }
}

fn tag_after(script: &Script, tag: &str, line: u32) -> Option<u32> {
    let mut ahead = script.statements().skip_while(|(number, _)| *number <= line);
    ahead.find(|(_, said)| matches!(said, Statement::Tag { name } if name.eq_ignore_ascii_case(tag))).map(|(at, _)| at)
}
