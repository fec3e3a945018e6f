//! What looks like a password, and must neither be kept nor shown (project rule; the guide saves none).

/// What names of passwords have in them, without regard to case.
const WORDS: [&str; 6] = ["PASSW", "PSWD", "PWD", "PSK", "SECRET", "PASSCODE"];

/// Whole words of names that say the same.
const WHOLE_WORDS: [&str; 2] = ["PIN", "CREDENTIALS"];

/// What stands for one.
const STARS: &str = "***";

/// Whether a line of this name holds a password, going by the name.
pub(super) fn is_named_so(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let mut words = name.split(|c: char| !c.is_ascii_alphabetic());
    WORDS.iter().any(|word| name.contains(word)) || words.any(|word| WHOLE_WORDS.contains(&word))
}

/// User and password in an address, such as `ftp://user:password@host`: the text before, and what follows the `@`.
fn credentials(value: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = value.split_once("://")?;
    let host = rest.split('/').next().unwrap_or_default();
    let (user, _) = host.rsplit_once('@').filter(|(user, _)| user.contains(':'))?;
    Some((value.get(..scheme.len() + 3)?, rest.get(user.len()..)?))
}

/// Whether this line of a backup file holds what looks like a password.
pub fn is_password_line(line: &str) -> bool {
    match line.split_once('=') {
        Some((name, value)) => is_named_so(name) || credentials(value).is_some(),
        None => is_named_so(line) || credentials(line).is_some(),
    }
}

/// The line as it may be shown: with stars for what looks like a password.
pub fn without_password(line: &str) -> String {
    if !is_password_line(line) {
        return line.to_owned();
    }
    match line.split_once('=') {
        Some((name, value)) => match credentials(value) {
            _ if is_named_so(name) => format!("{name}={STARS}"),
            Some((before, behind)) => format!("{name}={before}{STARS}{behind}"),
            None => format!("{name}={STARS}"),
        },
        None => STARS.to_owned(),
    }
}

/// The value of the row `name` as it may be shown.
pub fn value_without_password(name: &str, value: &str) -> String {
    let line = without_password(&format!("{name}={value}"));
    line.split_once('=').map_or(line.clone(), |(_, value)| value.to_owned())
}
