use crate::Digit;

/// What the keys of the dial pad write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Alphabet {
    script: Option<Script>,
    mode: Mode,
}

/// A script besides Latin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Script {
    Cyrillic,
    Hebrew,
    Katakana,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mode {
    /// Letters of the other script.
    Own,
    /// The same in capitals, where there are any.
    OwnCapitals,
    Small,
    Capitals,
    Digits,
}

/// Languages as they are saved, with the script they need.
const SCRIPTS: [(&str, Script); 3] =
    [("Russian", Script::Cyrillic), ("Hebrew", Script::Hebrew), ("Japanese", Script::Katakana)];

/// The characters of the keys 2 to 9; the digit follows them.
const LATIN: [&str; 8] = ["abcàáâãäåæç", "defèéêëð", "ghiìíîï", "jkl", "mnoñòóôõöø", "pqrsß", "tuvùúûüþ", "wxyzýÿ"];
const CYRILLIC: [&str; 8] = ["абвг", "деёжз", "ийкл", "мноп", "рсту", "фхцч", "шщъы", "ьэюя"];
const HEBREW: [&str; 8] = ["דהו", "אבג", "מםנן", "יכךל", "זחט", "רשת", "צץק", "סעפף"];
const KATAKANA: [&str; 8] = [
    "カキクケコガギグゲゴ",
    "サシスセソザジズゼゾ",
    "タチツテトッダヂヅデド",
    "ナニヌネノ",
    "ハヒフヘホバビブベボパピプペポ",
    "マミムメモ",
    "ヤユヨャュョ",
    "ラリルレロ",
];
/// Of the key 1, with letters: signs.
const SIGNS: &str = ".,-/:@_&'()?!+=%;\"~$1";
/// In Katakana the keys 1 and 0 have characters of their own.
const KATAKANA_1: &str = "アイウエオァィゥェォヴ1";
const KATAKANA_0: &str = "ワヲンー 0";

impl Alphabet {
    /// That of a language: its own script first, Latin always.
    pub(crate) fn of(language: &str) -> Self {
        let script = SCRIPTS.iter().find(|(name, _)| *name == language).map(|(_, script)| *script);
        Alphabet { script, mode: if script.is_some() { Mode::Own } else { Mode::Small } }
    }

    /// What its softkey says: what is written now.
    pub(crate) fn title(self) -> &'static str {
        match (self.mode, self.script) {
            (Mode::Own, Some(Script::Cyrillic)) => "абв",
            (Mode::OwnCapitals, Some(Script::Cyrillic)) => "АБВ",
            (Mode::Own, Some(Script::Hebrew)) => "אבג",
            (Mode::Own, Some(Script::Katakana)) => "カナ",
            (Mode::Small, _) => "abc",
            (Mode::Capitals, _) => "ABC",
            _ => "123",
        }
    }

    pub(crate) fn next(self) -> Self {
        let mode = match (self.mode, self.script) {
            (Mode::Own, Some(Script::Cyrillic)) => Mode::OwnCapitals,
            (Mode::Own | Mode::OwnCapitals, _) => Mode::Small,
            (Mode::Small, _) => Mode::Capitals,
            (Mode::Capitals, _) => Mode::Digits,
            (Mode::Digits, Some(_)) => Mode::Own,
            (Mode::Digits, None) => Mode::Small,
        };
        Alphabet { mode, ..self }
    }

    /// The characters of a key, in the order of its presses.
    pub(crate) fn letters(self, digit: Digit) -> Vec<char> {
        let sign = digit.sign();
        if self.mode == Mode::Digits || !sign.is_ascii_digit() {
            return vec![sign];
        }
        let own = self.script.filter(|_| matches!(self.mode, Mode::Own | Mode::OwnCapitals));
        let table = match own {
            None => &LATIN,
            Some(Script::Cyrillic) => &CYRILLIC,
            Some(Script::Hebrew) => &HEBREW,
            Some(Script::Katakana) => &KATAKANA,
        };
        let letters = match (sign, own) {
            ('0', Some(Script::Katakana)) => return KATAKANA_0.chars().collect(),
            ('1', Some(Script::Katakana)) => return KATAKANA_1.chars().collect(),
            ('0', _) => return vec![' ', '0'],
            ('1', _) => return SIGNS.chars().collect(),
            (sign, _) => table[usize::try_from(u32::from(sign) - u32::from('2')).unwrap_or(0) % 8],
        };
        let capitals = matches!(self.mode, Mode::OwnCapitals | Mode::Capitals);
        let cased = letters.chars().filter_map(|c| if capitals { capital(c) } else { Some(c) });
        cased.chain([sign]).collect()
    }
}

/// The capital letter, where it is one letter that every display of the alphabet has.
fn capital(c: char) -> Option<char> {
    let mut upper = c.to_uppercase();
    // The only capital of these letters outside of Latin-1 is that of ÿ.
    upper.next().filter(|_| upper.next().is_none()).filter(|upper| *upper != 'Ÿ')
}
