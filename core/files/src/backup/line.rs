/// What the name of a line stands for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Entry<'t> {
    /// The label of a Speed Dial position.
    DialLabel(u16),
    /// The number of a Speed Dial position.
    DialNumber(u16),
    /// A feature button's label.
    FeatureLabel(u16),
    /// An expansion unit button's label.
    UnitLabel(u16),
    /// A row of the option table, or nothing this file format knows.
    Row(&'t str),
}

/// Keyword and how many digits follow it when it is written. On reading any count of digits will do.
pub(super) const DIAL_LABEL: (&str, usize) = ("ABKNAME", 3);
pub(super) const DIAL_NUMBER: (&str, usize) = ("ABKNUMBER", 3);
pub(super) const FEATURE_LABEL: (&str, usize) = ("PHNLABEL", 2);
pub(super) const UNIT_LABEL: (&str, usize) = ("FKEULABEL", 2);
/// The same as [`UNIT_LABEL`] in files of a younger series; read, never written.
const OTHER_UNIT_LABEL: &str = "SBMLABEL";

impl<'t> Entry<'t> {
    /// What `name` stands for. Names are compared without case.
    pub fn named(name: &'t str) -> Self {
        let numbered = [
            (DIAL_LABEL.0, Entry::DialLabel as fn(u16) -> Entry<'t>),
            (DIAL_NUMBER.0, Entry::DialNumber),
            (FEATURE_LABEL.0, Entry::FeatureLabel),
            (UNIT_LABEL.0, Entry::UnitLabel),
            (OTHER_UNIT_LABEL, Entry::UnitLabel),
        ];
        numbered
            .into_iter()
            .find_map(|(keyword, entry)| Some(entry(number_after(name, keyword)?)))
            .unwrap_or(Entry::Row(name))
    }
}

/// A keyword with its number.
pub(super) fn numbered((keyword, digits): (&str, usize), number: u16) -> String {
    format!("{keyword}{number:0digits$}")
}

fn number_after(name: &str, keyword: &str) -> Option<u16> {
    let start = name.get(..keyword.len())?;
    let digits = name.get(keyword.len()..)?;
    let sound = start.eq_ignore_ascii_case(keyword) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if sound { digits.parse().ok() } else { None }
}
