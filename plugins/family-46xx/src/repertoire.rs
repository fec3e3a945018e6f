use deskset_models::{CharacterSet, Repertoire};

/// A script that not every model displays.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Script {
    /// Russian and its neighbours.
    Cyrillic,
    /// Drawn from right to left.
    Hebrew,
    /// Some characters are missing on the phone; which ones is not documented.
    Hiragana,
    /// Only what GB 2312 or JIS X 0208 have.
    Han,
}

impl Script {
    /// All of them.
    pub const ALL: &'static [Script] = &[Script::Cyrillic, Script::Hebrew, Script::Hiragana, Script::Han];
}

/// ASCII, Latin-1, Katakana, half-width Katakana. The code points are a project rule.
const EVERYWHERE: [(u32, u32); 4] = [(0x20, 0x7E), (0xA0, 0xFF), (0x30A0, 0x30FF), (0xFF61, 0xFF9F)];

/// Which scripts are shown: LAN Administrator Guide 555-233-507 R2.7, Backup/Restore; the code points: project rule.
pub(crate) fn repertoire(scripts: &[Script]) -> Repertoire {
    let mut ranges = EVERYWHERE.to_vec();
    let mut sets = Vec::new();
    for script in scripts {
        match script {
            Script::Cyrillic => ranges.push((0x0400, 0x045F)),
            Script::Hebrew => ranges.push((0x05D0, 0x05EA)),
            Script::Hiragana => ranges.push((0x3041, 0x3093)),
            Script::Han => sets.push(CharacterSet {
                first: 0x4E00,
                last: 0x9FA5,
                sets: vec!["gb2312".to_owned(), "jisx0208".to_owned()],
            }),
        }
    }
    Repertoire { ranges, sets }
}
