use super::{APPLICATION_BYTES_MAX, APPLICATION_HEADER_BYTES_MAX, Application, ApplicationError};

/// The header after the first line, and the payload after the empty line.
pub(super) fn read(bytes: &[u8]) -> Result<(Application, &[u8]), ApplicationError> {
    let mut lines = Lines { rest: bytes, number: 1, left: APPLICATION_HEADER_BYTES_MAX };
    let application = Application {
        name: lines.field("name")?,
        model: lines.field("model")?,
        signaling: lines.field("signaling")?,
        release: lines.field("release")?,
        length: lines.field("length")?,
        sha256: lines.field("sha256")?,
    };
    if application.length > APPLICATION_BYTES_MAX {
        return Err(ApplicationError::TooLarge(application.length));
    }
    if !lines.next()?.is_empty() {
        return Err(lines.wrong("an empty line ends the header"));
    }
    // One way to write each thing: else a damaged letter could go unnoticed.
    if bytes[..bytes.len() - lines.rest.len()] != *application.header().as_bytes() {
        return Err(lines.wrong("something in it is written in an unusual way"));
    }
    Ok((application, lines.rest))
}

struct Lines<'b> {
    rest: &'b [u8],
    number: usize,
    left: usize,
}

impl<'b> Lines<'b> {
    fn wrong(&self, why: impl Into<String>) -> ApplicationError {
        ApplicationError::Header { line: self.number, why: why.into() }
    }

    fn next(&mut self) -> Result<&'b str, ApplicationError> {
        self.number += 1;
        let window = &self.rest[..self.rest.len().min(self.left)];
        let end =
            window.iter().position(|byte| *byte == b'\n').ok_or_else(|| self.wrong("it breaks off or is too long"))?;
        let line = std::str::from_utf8(&window[..end]).map_err(|_| self.wrong("it is not UTF-8"))?;
        self.rest = &self.rest[end + 1..];
        self.left -= end + 1;
        Ok(line)
    }

    fn field<T: std::str::FromStr<Err: std::fmt::Display>>(&mut self, name: &str) -> Result<T, ApplicationError> {
        let line = self.next()?;
        let value = line
            .strip_prefix(name)
            .and_then(|rest| rest.strip_prefix(": "))
            .ok_or_else(|| self.wrong(format!("`{name}: …` is expected here")))?;
        value.parse().map_err(|why: T::Err| self.wrong(why.to_string()))
    }
}
