/// An error with its causes, in one line.
pub(crate) fn in_full(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(why) = cause {
        let more = why.to_string();
        // Some errors already quote their cause.
        if !words.contains(&more) {
            words = format!("{words} ({more})");
        }
        cause = why.source();
    }
    words
}
