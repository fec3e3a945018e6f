use super::{
    Findings, Sheet,
    closest::{closest, did_you_mean},
    rules,
    target::Targets,
};
use crate::{script::Statement, settings::names};

/// What scripts may ask a phone.
const VARIABLES: [&str; 6] = ["BOOTNAME", "GROUP", "SIG", "MODEL", "MODEL4", "MACADDR"];

/// The most characters of a Set ID (the series' MIB), and those of its short form.
const MODEL_CHARS_MAX: usize = 8;
const MODEL4_CHARS: usize = 4;

/// What IFs ask.
pub(super) fn check(sheet: &Sheet<'_>, targets: &Targets<'_>, findings: &mut Findings) {
    for said in &sheet.statements {
        let Statement::If { variable, text, .. } = said.statement else { continue };
        let name = variable.to_ascii_uppercase();
        if !VARIABLES.contains(&name.as_str()) {
            let what = format!("no phone knows `${variable}`: the line is ignored");
            let meant = closest(variable, VARIABLES.into_iter());
            let remedy = did_you_mean(meant, "ask $MODEL, $MODEL4, $SIG, $GROUP or $BOOTNAME");
            findings.add(&rules::UNKNOWN_VARIABLE, sheet.spot(said.line, variable), what, remedy);
            continue;
        }
        let spot = sheet.spot(said.line, text);
        if name == names::SIG && !text.bytes().all(|byte| byte.is_ascii_digit()) {
            let what = format!("$SIG is a number, never `{text}`");
            findings.add(&rules::SIG_BY_WORD, spot, what, "compare with 1 for H.323 or 2 for SIP");
        } else if let Some(why) = impossible(&name, text, targets) {
            let what = format!("no phone is ever `{text}`: {why}");
            findings.add(&rules::IMPOSSIBLE_COMPARISON, spot, what, "compare with a value that phones have");
        } else if !targets.all.is_empty() && no_such_model(&name, text, targets) {
            let what = format!("none of the phones asked about is a `{text}`");
            findings.add(&rules::NO_SUCH_MODEL, spot, what, "nothing to do if others read the file");
        }
    }
}

fn impossible(name: &str, text: &str, targets: &Targets<'_>) -> Option<String> {
    let chars = text.chars().count();
    match name {
        "MODEL4" if chars != MODEL4_CHARS => Some(format!("$MODEL4 has {MODEL4_CHARS} characters")),
        "MODEL" if chars > MODEL_CHARS_MAX => Some(format!("$MODEL has at most {MODEL_CHARS_MAX} characters")),
        "MODEL" if chars <= MODEL4_CHARS => Some("$MODEL is the whole Set ID; ask $MODEL4".to_owned()),
        names::SIG | names::GROUP => {
            let values = &targets.row(name)?.values;
            (!values.accepts(text)).then(|| format!("${name} is {}", values.in_words()))
        }
        _ => None,
    }
}

fn no_such_model(name: &str, text: &str, targets: &Targets<'_>) -> bool {
    let is = |value: &String| value.eq_ignore_ascii_case(text);
    match name {
        "MODEL" => !targets.all.iter().any(|target| is(&target.model.tables().model_id)),
        "MODEL4" => !targets.all.iter().any(|target| is(&target.model.tables().model4)),
        _ => false,
    }
}
