use super::Rule;

/// All rules, in the order of the documentation.
pub static RULES: &[Rule] = &[];
