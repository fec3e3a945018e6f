use crate::lines::lines_with_places;

/// How lines end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum LineEnd {
    CrLf,
    Lf,
    Cr,
}

impl LineEnd {
    /// How most lines of a text end; CR LF, the custom of these files, where two are as frequent.
    pub(super) fn mostly_of(text: &str) -> LineEnd {
        let mut counts = [(LineEnd::CrLf, 0usize), (LineEnd::Lf, 0), (LineEnd::Cr, 0)];
        for (start, line) in lines_with_places(text) {
            let rest = text.get(start + line.len()..).unwrap_or_default();
            let found = [LineEnd::CrLf, LineEnd::Lf, LineEnd::Cr].iter().position(|end| rest.starts_with(end.as_str()));
            if let Some((_, count)) = found.and_then(|at| counts.get_mut(at)) {
                *count += 1;
            }
        }
        let [first, others @ ..] = counts;
        others.into_iter().fold(first, |most, other| if other.1 > most.1 { other } else { most }).0
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            LineEnd::CrLf => "\r\n",
            LineEnd::Lf => "\n",
            LineEnd::Cr => "\r",
        }
    }
}
