use std::collections::BTreeMap;

use deskset_models::{OptionRow, Repertoire, Values, effects};

use super::{
    super::line::numbered,
    super::line::{DIAL_LABEL, DIAL_NUMBER, FEATURE_LABEL, UNIT_LABEL},
    DroppedWhy, Entry, Findings, Line, Reading, Sheet, rules,
};
use crate::lint::{Rule, Severity, closest, did_you_mean, shortened};

/// The effects of rows whose values have a rule of their own.
const LANGUAGE: &str = "language";
const BACKGROUND: &str = "background";

/// How many characters that are not shown are named.
const NAMED_CHARACTERS: usize = 5;

/// Something that one phone has against a line.
#[derive(PartialEq)]
struct Fault<'t> {
    rule: &'static Rule,
    part: &'t str,
    what: String,
    remedy: String,
}

/// What a line means to each phone.
pub(super) fn check<'t>(
    line: &Line<'t>,
    read: &[Reading<'_>],
    can_show: fn(&Repertoire, char) -> bool,
    findings: &mut Findings<'t>,
) {
    let Some(name) = line.name else { return };
    let trimmed = name.trim_matches(' ');
    let entry = Entry::named(trimmed);
    // A row of some phones is no concern of those that only carry it.
    let owners: Vec<&Reading<'_>> = read.iter().filter(|reading| owns(reading, entry)).collect();
    let concerned: Vec<&Reading<'_>> = if owners.is_empty() { read.iter().collect() } else { owners };
    let mut told: Vec<(Fault<'t>, Vec<String>)> = Vec::new();
    for reading in &concerned {
        let judge = Judge { line, name: trimmed, entry, reading };
        for fault in judge.faults(can_show) {
            match told.iter_mut().find(|(known, _)| *known == fault) {
                Some((_, who)) => who.push(reading.phone.kind()),
                None => told.push((fault, vec![reading.phone.kind()])),
            }
        }
    }
    let nobody_takes_it = concerned.iter().all(|reading| reading.why_dropped(line).is_some());
    for (fault, who) in told {
        let all = nobody_takes_it || who.len() == concerned.len();
        let rule = if all || fault.rule.severity != Severity::Error { fault.rule } else { &rules::NOT_ON_EVERY_MODEL };
        let who = if who.len() == read.len() { Vec::new() } else { who };
        findings.add_for(who, rule, line.number, fault.part, fault.what, fault.remedy);
    }
}

fn owns(reading: &Reading<'_>, entry: Entry<'_>) -> bool {
    match entry {
        Entry::Row(name) => {
            let found = reading.phone.model.tables().options.find(name);
            found.is_some_and(|(_, row)| row.is_on(reading.phone.signaling))
        }
        _ => true,
    }
}

/// One line before one phone.
struct Judge<'j, 't> {
    line: &'j Line<'t>,
    name: &'t str,
    entry: Entry<'t>,
    reading: &'j Reading<'j>,
}

impl<'t> Judge<'_, 't> {
    fn fault(&self, rule: &'static Rule, part: &'t str, what: impl Into<String>, remedy: &str) -> Fault<'t> {
        Fault { rule, part, what: what.into(), remedy: remedy.to_owned() }
    }

    fn faults(&self, can_show: fn(&Repertoire, char) -> bool) -> Vec<Fault<'t>> {
        if let Some(why) = self.reading.why_dropped(self.line) {
            return self.dropped(why).into_iter().collect();
        }
        let rules = &self.reading.phone.model.tables().speed_dial;
        let mut faults: Vec<Fault<'t>> = self.spelling().into_iter().collect();
        match self.entry {
            Entry::DialNumber(at) => {
                let longest = usize::from(rules.number_chars);
                faults.extend(self.cut(
                    &rules::NUMBER_CUT,
                    "number",
                    longest,
                    "write the whole number, without what it \
                    does not need",
                ));
                if !self.reading.labels.contains(&at) {
                    let what = "the number has no label: it is shown itself";
                    let remedy = format!("add {}=…", numbered(DIAL_LABEL, at));
                    faults.push(self.fault(&rules::NUMBER_WITHOUT_LABEL, self.line.value, what, &remedy));
                }
            }
            Entry::DialLabel(_) => faults.extend(self.label(rules.label_chars, can_show)),
            Entry::FeatureLabel(_) | Entry::UnitLabel(_) if self.line.value.is_empty() => {
                let what = "the label is empty: the call server's own is shown";
                faults.push(self.fault(&rules::EMPTY_LABEL, self.name, what, "take the line out"));
            }
            Entry::FeatureLabel(_) | Entry::UnitLabel(_) => {
                faults.extend(self.label(rules.feature_label_chars, can_show));
            }
            Entry::Row(name) => {
                let found = self.reading.phone.model.tables().options.find(name);
                faults.extend(found.and_then(|(_, row)| self.row(row)));
            }
        }
        faults
    }

    /// How the name is written, if not as phones write it.
    fn spelling(&self) -> Option<Fault<'t>> {
        let usual = match self.entry {
            Entry::DialLabel(at) => numbered(DIAL_LABEL, at),
            Entry::DialNumber(at) => numbered(DIAL_NUMBER, at),
            Entry::FeatureLabel(at) => numbered(FEATURE_LABEL, at),
            Entry::UnitLabel(at) => numbered(UNIT_LABEL, at),
            Entry::Row(name) => self.reading.phone.model.tables().options.find(name)?.1.name.clone(),
        };
        if usual == self.name {
            return None;
        }
        let letters = |name: &str| name.trim_end_matches(|c: char| c.is_ascii_digit()).to_ascii_lowercase();
        let rule = if letters(&usual) == letters(self.name) { &rules::NAME_SPELLING } else { &rules::ALIAS };
        let what = format!("phones write `{}` as `{usual}`", shortened(self.name));
        Some(self.fault(rule, self.name, what, "write it so"))
    }

    fn cut(&self, rule: &'static Rule, thing: &str, longest: usize, remedy: &str) -> Option<Fault<'t>> {
        let value = self.line.value;
        let (at, _) = value.char_indices().nth(longest)?;
        let what = format!("the {thing} has {} characters: the phone keeps {longest}", value.chars().count());
        Some(self.fault(rule, value.get(at..).unwrap_or_default(), what, remedy))
    }

    fn label(&self, longest: u16, can_show: fn(&Repertoire, char) -> bool) -> Vec<Fault<'t>> {
        let cut = self.cut(&rules::LABEL_CUT, "label", longest.into(), "shorten it");
        let repertoire = &self.reading.phone.model.tables().display.repertoire;
        let mut lacking: Vec<char> = Vec::new();
        for c in self.line.value.chars().take(longest.into()) {
            let told_elsewhere = c.is_control() || c == char::REPLACEMENT_CHARACTER || lacking.contains(&c);
            if !told_elsewhere && !can_show(repertoire, c) {
                lacking.push(c);
            }
        }
        let not_shown = (!lacking.is_empty()).then(|| {
            let more = if lacking.len() > NAMED_CHARACTERS { " …" } else { "" };
            let named: Vec<String> = lacking.iter().take(NAMED_CHARACTERS).map(char::to_string).collect();
            let what = format!("rectangles are shown for {}{more}", named.join(" "));
            self.fault(&rules::NOT_SHOWN, self.line.value, what, "nothing to do if the user's phone can show them")
        });
        cut.into_iter().chain(not_shown).collect()
    }

    /// A row whose line is kept.
    fn row(&self, row: &OptionRow) -> Option<Fault<'t>> {
        let signaling = self.reading.phone.signaling;
        if row.carried {
            let what = format!("{} is a row of another model: it is kept unread", row.name);
            return Some(self.fault(
                &rules::OTHER_MODEL,
                self.name,
                what,
                "nothing to do if the user has such a phone",
            ));
        }
        if !row.is_on(signaling) {
            let what = format!("{} does not exist under {signaling}: it is kept unread", row.name);
            return Some(self.fault(&rules::OTHER_SIGNALING, self.name, what, "take it out"));
        }
        match &row.values {
            Values::Text { max_chars } => self.cut(&rules::VALUE_CUT, "value", *max_chars, "shorten it"),
            _ if row.effect == effects::AUTOMATIC_BACKUP && self.line.value == "0" => {
                let what = "the phone will not save by itself";
                Some(self.fault(&rules::BACKUP_OFF, self.line.value, what, "write 1, unless the user wants it so"))
            }
            _ if row.effect == effects::FTP_SERVER && self.line.value.is_empty() => {
                let what = "no server is named: backups go where the administrator says, if anywhere";
                Some(self.fault(&rules::NO_BACKUP_SERVER, self.name, what, "take the line out, or name a server"))
            }
            _ => None,
        }
    }

    /// A line that the phone ignores.
    fn dropped(&self, why: &DroppedWhy) -> Option<Fault<'t>> {
        let (name, value) = (self.name, self.line.value);
        let shown = shortened(value);
        Some(match why {
            DroppedWhy::NoEqualSign => return None,
            DroppedWhy::UnknownName => {
                let rows = &self.reading.phone.model.tables().options.rows;
                let names = rows.iter().flat_map(|row| row.aliases.iter().chain([&row.name])).map(String::as_str);
                let keywords = [DIAL_LABEL, DIAL_NUMBER, FEATURE_LABEL, UNIT_LABEL].map(|(keyword, _)| keyword);
                let meant = closest(name, names)
                    .or_else(|| closest(name.trim_end_matches(|c: char| c.is_ascii_digit()), keywords.into_iter()));
                let remedy = did_you_mean(meant, "take the line out; `plugin show MODEL` lists the names");
                self.fault(&rules::UNKNOWN_NAME, name, format!("no phone knows `{}`", shortened(name)), &remedy)
            }
            DroppedWhy::Overridden => {
                let what = format!("a later line says {} again, and holds", shortened(name));
                self.fault(&rules::OVERRIDDEN, name, what, "keep one of them")
            }
            DroppedWhy::NoSuchPosition => {
                let tables = self.reading.phone.model.tables();
                let (rule, thing, count) = match self.entry {
                    Entry::FeatureLabel(_) => {
                        (&rules::NO_SUCH_BUTTON, "feature buttons", tables.speed_dial.feature_labels)
                    }
                    Entry::UnitLabel(_) => {
                        (&rules::NO_SUCH_BUTTON, "expansion unit buttons", tables.keys.expansion_buttons)
                    }
                    _ => (&rules::NO_SUCH_POSITION, "positions", tables.speed_dial.entries),
                };
                self.fault(rule, name, format!("the model has {count} {thing}, counted from 1"), "choose one it has")
            }
            DroppedWhy::NoNumber => return self.no_number(&shown),
            DroppedWhy::BadValue => return self.bad_value(&shown),
            DroppedWhy::Plugin(failure) => {
                let what = format!("the model's plugin could not say whether the value is good: {failure}");
                self.fault(&rules::REFUSED, value, what, "report it to the plugin's maker")
            }
        })
    }

    fn no_number(&self, shown: &str) -> Option<Fault<'t>> {
        Some(match self.entry {
            // What is wrong is the number's line, and told there.
            Entry::DialLabel(at) if self.reading.numbers.binary_search(&at).is_ok() => return None,
            Entry::DialLabel(at) => {
                let what = "the label has no number: the line is ignored";
                let remedy = format!("add {}=…", numbered(DIAL_NUMBER, at));
                self.fault(&rules::LABEL_WITHOUT_NUMBER, self.name, what, &remedy)
            }
            _ if self.line.value.is_empty() => {
                let what = "the number is empty: the line is ignored";
                self.fault(&rules::EMPTY_NUMBER, self.name, what, "write a number, or take out both lines")
            }
            _ => {
                let legal = &self.reading.phone.model.tables().speed_dial.number_characters;
                let what = format!("`{shown}` cannot be dialed: the line is ignored");
                self.fault(&rules::ILLEGAL_NUMBER, self.line.value, what, &format!("write only characters of {legal}"))
            }
        })
    }

    fn bad_value(&self, shown: &str) -> Option<Fault<'t>> {
        let value = self.line.value;
        let (_, row) = self.reading.phone.model.tables().options.find(self.name)?;
        if !row.is_on(self.reading.phone.signaling) {
            let what = format!("the value has {} characters, too many to be kept for others", value.chars().count());
            return Some(self.fault(&rules::CARRIED_TOO_LONG, value, what, "take the line out"));
        }
        if row.values.accepts(value) {
            let what = format!("the model refuses `{shown}` for {}", row.name);
            return Some(self.fault(&rules::REFUSED, value, what, "choose another value"));
        }
        let rule = match &row.values {
            Values::Address => &rules::NOT_AN_ADDRESS,
            _ if row.effect == LANGUAGE => &rules::UNKNOWN_LANGUAGE,
            _ if row.effect.starts_with(BACKGROUND) => &rules::UNKNOWN_COLOUR,
            _ => &rules::BAD_VALUE,
        };
        let what = format!("`{shown}` is not {}: the line is ignored", row.values.in_words());
        let choices = match &row.values {
            Values::Choice { choices } => choices.as_slice(),
            _ => &[],
        };
        // The word of the screen may have been written instead of its value.
        let by_label = choices.iter().find(|choice| choice.label.eq_ignore_ascii_case(value.trim()));
        let by_value =
            || closest(value.trim(), choices.iter().map(|choice| choice.value.as_str()).filter(|v| v.len() > 1));
        let meant = by_label.map(|choice| choice.value.as_str()).or_else(by_value);
        let part = if value.is_empty() { self.name } else { value };
        Some(self.fault(rule, part, what, &did_you_mean(meant, "write one of its values")))
    }
}

/// Positions that dial the same number.
pub(super) fn same_numbers<'t>(sheet: &Sheet<'t>, reading: &Reading<'_>, findings: &mut Findings<'t>) {
    let mut lines = BTreeMap::new();
    for line in &sheet.lines {
        let entry = line.name.map(|name| Entry::named(name.trim_matches(' ')));
        if let Some(Entry::DialNumber(at)) = entry.filter(|_| reading.why_dropped(line).is_none()) {
            lines.insert(at, line);
        }
    }
    let mut first: BTreeMap<&str, u16> = BTreeMap::new();
    for (at, dial) in &reading.data.speed_dials {
        match first.get(dial.number.as_str()) {
            None => {
                first.insert(&dial.number, *at);
            }
            Some(earlier) => {
                let Some(line) = lines.get(at) else { continue };
                let what = format!("position {earlier} dials this number, too");
                findings.add(&rules::SAME_NUMBER, line.number, line.value, what, "nothing to do if that is meant");
            }
        }
    }
}
