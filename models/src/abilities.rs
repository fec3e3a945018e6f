use serde::{Deserialize, Serialize};

/// What of the push feature a model has.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PushAbility {
    /// `topline`, `display`, `audio`, `subscribe`.
    pub types: Vec<String>,
    /// The most characters of a pushed top line.
    pub topline_chars: u16,
}

/// What the Web application can show.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BrowserAbility {
    /// WML version, empty without a browser.
    pub wml: String,
    /// Image types by their media type.
    pub images: Vec<String>,
    /// Rows of a page.
    pub page_rows: u16,
    /// Text columns of a page.
    pub page_columns: u16,
    /// Sent as `User-Agent`; `{release}` stands for the running release.
    pub user_agent: String,
}

/// What can be heard.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AudioAbility {
    /// The speaker can be listened to.
    pub speaker_listens: bool,
    /// The speaker can be spoken to.
    pub speaker_talks: bool,
    /// `pcmu`, `pcma` …
    pub codecs: Vec<String>,
}
