//! Values that are entered at the phone: ADDR, GROUP, SIG.
//!
//! ```text
//!  Phone=0.0.0.0          802.1Q=auto           Save new value?       New value being saved
//!  New=10.0.0.7_          *=change #=OK         *=no #=yes
//! ```
//!
//! They are kept without power and, but for what STATIC keeps, are the lowest of all sources. They hold from the next
//! start on, so the phone restarts when they are in memory (project rule). An address entered for the phone itself takes
//! the place of DHCP; 0.0.0.0 gives it back.
//!
//! Source: Installation Guide 555-233-128, "Local Administrative Options", static addressing and signaling protocol
//! identifier; LAN Administrator Guide 555-233-507, on precedence. The words of the questions, `*` as the dot of an
//! address, `*` elsewhere and Page Left as the key that takes a digit back, and that one file server stands for all
//! protocols are project rules; so is that SIG offers only what the model has software for.

use std::{collections::BTreeMap, net::Ipv4Addr, sync::Arc};

use deskset_models::Signaling;

use super::{Procedure, Question};
use crate::{Page, Phone, Record, Setup, memory::SIG_VALUES, names};

/// What is asked for, and what has been answered.
#[derive(Debug, Default)]
pub(crate) struct Entering {
    fields: Vec<Field>,
    at: usize,
    /// What is in the open field.
    typed: String,
    answers: BTreeMap<String, String>,
}

/// One question.
#[derive(Clone, Debug)]
struct Field {
    title: &'static str,
    /// The parameters it sets, all to the same value.
    names: Vec<&'static str>,
    /// The value that holds without an answer.
    now: String,
    how: How,
}

/// How it is answered.
#[derive(Clone, Copy, Debug)]
enum How {
    /// Four numbers with dots.
    Address,
    Number,
    /// `*` goes from one to the next: value and word.
    Choice(&'static [(&'static str, &'static str)]),
}

/// Longer than any address and any number.
const TYPED_CHARS_MAX: usize = 15;

/// Shown while they are on their way into memory.
pub(super) const SAVING: &str = "New value being saved";

const TAGGING: &[(&str, &str)] = &[("0", "auto"), ("1", "on"), ("2", "off")];
const PROTOCOLS: &[(&str, &str)] = &[("0", "default"), ("1", "H.323"), ("2", "SIP")];

const ADDRESSES: &[(&str, &[&str], How)] = &[
    ("Phone", &[names::IPADD], How::Address),
    ("CallSv", &[names::MCIPADD], How::Address),
    ("CallSv", &[names::SIPREGISTRAR], How::Address),
    ("CallSvPort", &["MCPORT"], How::Number),
    ("Router", &["GIPADD"], How::Address),
    ("Mask", &["NETMASK"], How::Address),
    ("FileSv", &[names::TLSSRVR, names::HTTPSRVR, names::TFTPSRVR], How::Address),
    ("802.1Q", &[names::L2Q], How::Choice(TAGGING)),
    ("VLAN ID", &[names::L2QVLAN], How::Number),
    ("VLANTEST", &["VLANTEST"], How::Number),
];

impl Entering {
    fn of(fields: Vec<Field>) -> Option<Procedure> {
        let first = fields.first()?;
        let typed = first.initial();
        Some(Procedure::Entering(Box::new(Entering { fields, at: 0, typed, answers: BTreeMap::new() })))
    }

    pub(super) fn draw(&self, page: &mut Page<'_>) {
        let Some(field) = self.fields.get(self.at) else { return };
        let [first, second] = match field.how {
            How::Choice(choices) => [word(choices, &self.typed).to_owned(), "*=change #=OK".to_owned()],
            How::Address | How::Number => [field.now.clone(), format!("New={}_", self.typed)],
        };
        page.put(page.top_line(), &format!("{}={first}", field.title));
        page.put(page.line(0), &second);
    }

    /// Whether a digit was taken back.
    pub(crate) fn erase(&mut self) -> bool {
        let is_typed = self.fields.get(self.at).is_some_and(|field| !matches!(field.how, How::Choice(_)));
        is_typed && self.typed.pop().is_some()
    }
}

impl Field {
    fn initial(&self) -> String {
        if matches!(self.how, How::Choice(_)) { self.now.clone() } else { String::new() }
    }
}

fn word(choices: &'static [(&'static str, &'static str)], value: &str) -> &'static str {
    choices.iter().find(|(one, _)| *one == value).map_or("", |(_, word)| word)
}

impl Phone {
    pub(super) fn enter_addresses(&self) -> Option<Procedure> {
        Entering::of(self.address_fields())
    }

    pub(super) fn enter_group(&self) -> Option<Procedure> {
        Entering::of(vec![self.group_field()])
    }

    pub(super) fn enter_signaling(&self) -> Option<Procedure> {
        Entering::of(vec![self.signaling_field()])
    }

    /// What can be entered, and how it stands: title and value, for a person.
    pub(super) fn entered_rows(&self) -> Vec<(String, String)> {
        let mut fields = self.address_fields();
        fields.extend([self.group_field(), self.signaling_field()]);
        let shown = |field: Field| match field.how {
            How::Choice(choices) => (field.title.to_owned(), word(choices, &field.now).to_owned()),
            _ => (field.title.to_owned(), field.now),
        };
        fields.into_iter().map(shown).collect()
    }

    /// Those that the model and its software know.
    fn address_fields(&self) -> Vec<Field> {
        let known = |name: &&&str| {
            let row = self.setup.model.parameter(name)?;
            let spoken = row.signaling.is_empty() || row.signaling.contains(&self.setup.signaling);
            (spoken && row.since.is_none_or(|since| self.release() >= since)).then_some(())
        };
        let field = |&(title, all, how): &(&'static str, &[&'static str], How)| {
            let names: Vec<&'static str> = all.iter().filter(|name| known(name).is_some()).copied().collect();
            let value = |name: &&str| Some(self.parameters.value(name)).filter(|value| !value.is_empty());
            let now = names.iter().find_map(value).unwrap_or_default().to_owned();
            (!names.is_empty()).then_some(Field { title, names, now, how })
        };
        ADDRESSES.iter().filter_map(field).collect()
    }

    fn group_field(&self) -> Field {
        Field { title: "Group", names: vec![names::GROUP], now: self.setup.group.to_string(), how: How::Number }
    }

    fn signaling_field(&self) -> Field {
        let now = self.memory.entered.get(names::SIG).map_or("0", String::as_str).to_owned();
        Field { title: "SIG", names: vec![names::SIG], now, how: How::Choice(PROTOCOLS) }
    }

    /// A key of the dial pad.
    pub(super) fn entering_key(&mut self, mut entering: Entering, sign: char) -> Option<Procedure> {
        let field = entering.fields.get(entering.at).cloned()?;
        let taken = match (field.how, sign) {
            (_, '#') => return self.answered(entering, &field),
            (How::Choice(choices), '*') => {
                entering.typed = self.next_choice(&field, choices, &entering.typed);
                true
            }
            (How::Choice(_), _) => false,
            (How::Number, '*') => entering.erase(),
            (How::Address | How::Number, sign) => {
                let fits = entering.typed.len() < TYPED_CHARS_MAX;
                if fits {
                    entering.typed.push(if sign == '*' { '.' } else { sign });
                }
                fits
            }
        };
        if !taken {
            self.error_beep();
        }
        Some(Procedure::Entering(Box::new(entering)))
    }

    fn next_choice(&self, field: &Field, choices: &[(&str, &str)], now: &str) -> String {
        let offered = |value: &&(&str, &str)| {
            let signaling = SIG_VALUES.iter().find(|(one, _)| *one == value.0).map(|(_, signaling)| *signaling);
            !field.names.contains(&names::SIG) || signaling.is_none_or(|one| self.setup.model.under(one).is_some())
        };
        let choices: Vec<&(&str, &str)> = choices.iter().filter(offered).collect();
        let at = choices.iter().position(|(value, _)| *value == now);
        let next = at.map_or(0, |at| (at + 1) % choices.len());
        choices.get(next).map_or(now, |(value, _)| value).to_owned()
    }

    /// `#`: the answer stands, nothing typed stands for what holds. After the last one comes the question whether to save.
    fn answered(&mut self, mut entering: Entering, field: &Field) -> Option<Procedure> {
        let typed = entering.typed.clone();
        let is_new = match field.how {
            How::Choice(_) => typed != field.now,
            // What DHCP or a file says may be entered as well: it holds without them, too.
            How::Address | How::Number => !typed.is_empty(),
        };
        if is_new {
            let accepts = |name: &&str| self.setup.model.parameter(name).is_none_or(|row| row.values.accepts(&typed));
            let is_address = !matches!(field.how, How::Address) || typed.parse::<Ipv4Addr>().is_ok();
            if !is_address || !field.names.iter().all(accepts) {
                self.error_beep();
                entering.typed.clear();
                return Some(Procedure::Entering(Box::new(entering)));
            }
            entering.answers.extend(field.names.iter().map(|name| ((*name).to_owned(), typed.clone())));
        }
        entering.at += 1;
        match entering.fields.get(entering.at) {
            Some(next) => {
                entering.typed = next.initial();
                Some(Procedure::Entering(Box::new(entering)))
            }
            None if entering.answers.is_empty() => None,
            None => Some(Procedure::Question(Question::SaveEntered(entering.answers))),
        }
    }

    /// Into memory, as soon as nothing else is on its way there; then everything begins anew.
    pub(crate) fn save_entered(&mut self) {
        if !self.pipeline.is_idle() || !matches!(self.procedure, Some(Procedure::Saving(_))) {
            return;
        }
        if let Some(Procedure::Saving(answers)) = self.procedure.take() {
            self.begin_anew(Record::Entered(answers));
            self.message = [SAVING.to_owned(), String::new()].into();
        }
    }

    /// What GROUP and SIG stand at from this start on. After a CLEAR nothing is left of a group entered before.
    pub(crate) fn take_entered(&mut self) {
        let entered = |name: &str| self.memory.entered.get(name).map(String::as_str);
        let (made_signaling, made_group) = self.made;
        let group = match entered(names::GROUP).and_then(|group| group.parse().ok()) {
            Some(group) => group,
            None if self.memory.cleared => 0,
            None => made_group,
        };
        let asked = entered(names::SIG).and_then(|value| SIG_VALUES.iter().find(|(one, _)| *one == value));
        let speaks = |signaling: &Signaling| self.setup.model.under(*signaling).is_some();
        let signaling = asked.map(|(_, signaling)| *signaling).filter(speaks).unwrap_or(made_signaling);
        if (signaling, group) != (self.setup.signaling, self.setup.group) {
            self.setup = Arc::new(Setup { signaling, group, ..(*self.setup).clone() });
        }
    }
}
