/// The word that was probably meant: one letter off, or two in longer words; compared in capitals.
pub fn closest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    let word = word.to_ascii_uppercase();
    let slips = if word.len() > 4 { 2 } else { 1 };
    candidates
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= slips)
        .map(|candidate| (strsim::osa_distance(&word, &candidate.to_ascii_uppercase()), candidate))
        .filter(|(distance, _)| *distance <= slips)
        .min()
        .map(|(_, candidate)| candidate)
}

/// "did you mean" for the end of a sentence, or what else to do.
pub(crate) fn did_you_mean(meant: Option<&str>, otherwise: &str) -> String {
    match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => otherwise.to_owned(),
    }
}
