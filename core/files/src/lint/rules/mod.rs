//! All rules. An example's file is `settings.txt`, unless a line `=== name` begins another one; the phones that read it
//! are made up: an X100 and an X120 with the newest software, and an X100 with old software that knows TFTP only.

use super::Rule;

/// Rules as statics, and the list of them.
macro_rules! rules {
    ($list:ident: $($name:ident = $severity:ident $id:literal,
        title: $title:literal, why: $why:literal, before: $before:literal, after: $after:literal;)*) => {
        $(pub(crate) static $name: Rule = Rule {
            id: $id,
            severity: crate::lint::Severity::$severity,
            title: $title,
            why: $why,
            example: ($before, $after),
        };)*
        pub(super) static $list: &[&Rule] = &[$(&$name),*];
    };
}

pub(crate) use rules;

mod encoding;
mod form;
mod jumps;
mod together;
mod traps;
mod values;

pub(super) use encoding::*;
pub(super) use form::*;
pub(super) use jumps::*;
pub(super) use together::*;
pub(super) use traps::*;
pub(super) use values::*;

/// The rules by what they are about: title and rules.
pub static THEMES: [(&str, &[&Rule]); 6] = [
    ("How a file is stored", ENCODING),
    ("How a line is written", FORM),
    ("Tags, jumps, conditions and GET", JUMPS),
    ("Parameters and their values", VALUES),
    ("Values that mean something else than one might think", TRAPS),
    ("What does not go together", TOGETHER),
];

/// All rules, in the order of the documentation.
pub static RULES: &[&Rule] = &ALL;

const COUNT: usize = ENCODING.len() + FORM.len() + JUMPS.len() + VALUES.len() + TRAPS.len() + TOGETHER.len();

static ALL: [&Rule; COUNT] = {
    let mut all = [&USELESS_ALLOW; COUNT];
    let (mut next, mut theme) = (0, 0);
    while theme < THEMES.len() {
        let mut at = 0;
        while at < THEMES[theme].1.len() {
            all[next] = THEMES[theme].1[at];
            (next, at) = (next + 1, at + 1);
        }
        theme += 1;
    }
    all
};
