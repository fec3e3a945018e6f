use deskset_models::{ParameterRow, ParameterSource, Values, since};

use super::{
    Findings, Rule, Sheet,
    closest::did_you_mean,
    names::Facts,
    rules,
    runs::Reached,
    sheet::Set,
    target::{Targets, Who},
    traps::is_secret,
};
use crate::{
    limits::{LONG_VALUE_CHARS_MAX, VALUE_CHARS_MAX},
    settings::{judge, names},
};

/// Who takes which SET: per file, per SET. What a phone does not take leaves the value before it.
pub(super) struct Taken(Vec<Vec<(Who, bool)>>);

impl Taken {
    /// Whether the target of that number takes a SET.
    pub(super) fn by(&self, file: usize, set: usize, target: usize) -> bool {
        self.get(file, set).is_some_and(|(who, _)| who.has(target))
    }

    /// Whether every one does.
    pub(super) fn by_all(&self, file: usize, set: usize) -> bool {
        self.get(file, set).is_some_and(|(_, all)| all)
    }

    fn get(&self, file: usize, set: usize) -> Option<(Who, bool)> {
        self.0.get(file)?.get(set).copied()
    }
}

pub(super) fn judge_all(sheets: &[Sheet<'_>], facts: &[Vec<Facts<'_>>]) -> Taken {
    let one = |set: &Set<'_>| {
        let (mut who, mut all) = (Who::NOBODY, true);
        for facts in facts.iter().filter_map(|family| family.get(set.id)) {
            match fault(facts, set.value) {
                None => who = who | facts.members,
                Some(_) => all = false,
            }
        }
        (who, all)
    };
    Taken(sheets.iter().map(|sheet| sheet.sets.iter().map(one).collect()).collect())
}

/// Parameters and their values, against the tables of the models.
pub(super) fn check(
    sheets: &[Sheet<'_>],
    targets: &Targets<'_>,
    facts: &[Vec<Facts<'_>>],
    reached: &[Reached],
    findings: &mut Findings,
) {
    for (sheet, reached) in sheets.iter().zip(reached) {
        for (number, set) in sheet.sets.iter().enumerate() {
            let reads = reached.by(number);
            for facts in facts.iter().filter_map(|family| family.get(set.id)) {
                // A part that none of these phones reads is for others: what the value is still matters.
                let who = reads.or_everybody() & facts.members;
                let fault = fault(facts, set.value);
                // One slip, one finding.
                if sheet.cut.contains(&set.line) && !fault.as_ref().is_some_and(|fault| fault.in_name) {
                    continue;
                }
                if let Some(fault) = fault {
                    let part = if fault.in_name { sheet.name_spot(set) } else { sheet.value_spot(set) };
                    findings.add_for(who, fault.rule, part, fault.what, fault.remedy);
                } else if reads != Who::NOBODY {
                    use_of(sheet, set, facts, reads & facts.members, targets, findings);
                }
            }
        }
    }
}

/// Why a phone ignores a SET.
struct Fault {
    rule: &'static Rule,
    in_name: bool,
    what: String,
    remedy: String,
}

/// The same answer as [`judge`], in the words of rules.
fn fault(facts: &Facts<'_>, value: &str) -> Option<Fault> {
    let name = facts.name.as_str();
    let in_value = |rule, what, remedy| Some(Fault { rule, in_name: false, what, remedy });
    let longest = if name == judge::DIALPLAN { LONG_VALUE_CHARS_MAX } else { VALUE_CHARS_MAX };
    let chars = value.chars().count();
    if chars > longest || name.len() > VALUE_CHARS_MAX {
        let what = format!("the value has {chars} characters: phones take at most {longest} and ignore it");
        return in_value(&rules::VALUE_TOO_LONG, what, "shorten it".to_owned());
    }
    let Some(row) = facts.row else {
        let local = judge::LOCAL_ONLY.contains(&name);
        return local.then(|| not_from_files(name, &[ParameterSource::Manual]));
    };
    if !row.may_come_from(ParameterSource::Files) {
        return Some(not_from_files(name, &row.from));
    }
    if value == row.default || row.values.accepts(value) {
        return None;
    }
    let (rule, why) = value_fault(&row.values, value);
    let shown = if is_secret(name) { "the value".to_owned() } else { format!("`{}`", shortened(value)) };
    let what = format!("{shown} {why}: phones ignore it");
    in_value(rule, what, format!("{name} is {}", row.values.in_words()))
}

fn not_from_files(name: &str, from: &[ParameterSource]) -> Fault {
    let (rule, who) = if from.contains(&ParameterSource::Phone) {
        (&rules::READ_ONLY_PARAMETER, "tells what the phone is")
    } else if from.contains(&ParameterSource::Manual) && !from.contains(&ParameterSource::Dhcp) {
        (&rules::LOCAL_PARAMETER, "is set only at the phone")
    } else {
        (&rules::NOT_FROM_FILES, "is not taken from files")
    };
    Fault { rule, in_name: true, what: format!("{name} {who}: phones ignore it"), remedy: "take it out".to_owned() }
}

fn value_fault(values: &Values, value: &str) -> (&'static Rule, String) {
    let chars = value.chars().count();
    let is_number = value.parse::<i64>().is_ok() && !value.starts_with('+');
    match values {
        Values::Choice { .. } => (&rules::NOT_A_CHOICE, "is none of the values".to_owned()),
        Values::Number { min, max } if is_number => (&rules::OUT_OF_RANGE, format!("is not within {min} to {max}")),
        Values::Number { .. } => (&rules::WRONG_TYPE, "is no whole number".to_owned()),
        Values::Text { max_chars } if chars > *max_chars => {
            (&rules::VALUE_TOO_LONG, format!("has {chars} characters, more than {max_chars}"))
        }
        Values::Digits { .. } if !value.bytes().all(|byte| byte.is_ascii_digit()) => {
            (&rules::WRONG_TYPE, "has something else than digits".to_owned())
        }
        Values::Digits { max_chars, .. } if chars > *max_chars => {
            (&rules::VALUE_TOO_LONG, format!("has {chars} digits, more than {max_chars}"))
        }
        Values::Digits { min_chars, .. } => (&rules::OUT_OF_RANGE, format!("has fewer than {min_chars} digits")),
        Values::Address if value.contains(',') => {
            (&rules::MORE_THAN_ONE_ADDRESS, "is more than one address".to_owned())
        }
        Values::Address => (&rules::NOT_AN_ADDRESS, "is neither an address nor a DNS name".to_owned()),
        Values::AddressList => {
            let wrong = value.split(',').find(|entry| entry.is_empty() || !Values::Address.accepts(entry));
            match wrong {
                Some("") => (&rules::NOT_AN_ADDRESS, "has an empty entry".to_owned()),
                Some(entry) => (&rules::NOT_AN_ADDRESS, format!("has `{}`, which is no address", shortened(entry))),
                None => (&rules::VALUE_TOO_LONG, format!("has {chars} characters")),
            }
        }
        Values::Text { .. } | Values::Unknown => (&rules::WRONG_TYPE, "holds a control character".to_owned()),
    }
}

/// As much of a value as fits into a sentence.
pub(crate) fn shortened(value: &str) -> String {
    const SHOWN: usize = 40;
    if value.chars().count() <= SHOWN {
        return value.to_owned();
    }
    value.chars().take(SHOWN).chain(['…']).collect()
}

/// A value that is taken, by phones that read it: whether it is of any use there.
fn use_of(
    sheet: &Sheet<'_>,
    set: &Set<'_>,
    facts: &Facts<'_>,
    reads: Who,
    targets: &Targets<'_>,
    findings: &mut Findings,
) {
    let name = facts.name.as_str();
    let spot = sheet.name_spot(set);
    let Some(row) = facts.row else {
        if facts.later {
            let what = format!("{name} belongs to a younger series: these phones skip it");
            findings.add_for(
                reads,
                &rules::LATER_PARAMETER,
                spot,
                what,
                "nothing to do if younger phones read the file",
            );
        } else {
            let what = format!("no phone of the series knows {}", shortened(name));
            let remedy = did_you_mean(facts.meant, "take it out, or look its spelling up");
            findings.add_for(reads, &rules::UNKNOWN_PARAMETER, spot, what, remedy);
        }
        return;
    };
    if set.value == row.default {
        let what = format!("a new phone has {name} at this value anyway");
        let remedy = "take it out, unless DHCP or a user may have set another";
        findings.add_for(reads, &rules::DEFAULT_VALUE, sheet.value_spot(set), what, remedy);
    }
    // That a file for all phones says something to some of them only is usual: nobody at all must listen.
    let nobody = |deaf: Who| if reads & !deaf == Who::NOBODY { reads } else { Who::NOBODY };
    if let Some(signaling) = row.signaling.first() {
        let what = format!("{name} means something under {signaling} only");
        let who = nobody(facts.other_signaling);
        findings.add_for(who, &rules::OTHER_SIGNALING, spot, what, "move it to where phones of that signaling read it");
    }
    if !row.needs.is_empty() {
        let what = format!("{name} needs {}, which none of these phones has", row.needs.replace('_', " "));
        findings.add_for(nobody(facts.lacks), &rules::NO_CAPABILITY, spot, what, "take it out");
    }
    match transfer(name) {
        Some((ability, protocol)) if !set.value.is_empty() => {
            let deaf = targets.those(|target| !target.has(ability));
            let what = format!("phones of these releases do not fetch over {protocol}");
            let remedy = "set TFTPSRVR for them";
            findings.add_for(reads & deaf, &rules::HTTP_UNSUPPORTED, spot, what, remedy);
        }
        Some(_) => {}
        None => older_releases(row, spot, reads & facts.too_old, findings),
    }
}

fn older_releases(row: &ParameterRow, spot: super::sheet::Spot, who: Who, findings: &mut Findings) {
    if let Some(since) = row.since {
        let what = format!("{} came with release {since}", row.name);
        findings.add_for(who, &rules::NEWER_RELEASE, spot, what, "upgrade these phones first");
    }
}

/// Parameters of file transfer, and what software must be able to do for them.
fn transfer(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        names::HTTPSRVR | names::HTTPDIR | names::HTTPPORT => Some((since::HTTP, "HTTP")),
        names::TLSSRVR => Some((since::HTTPS, "HTTPS")),
        _ => None,
    }
}
