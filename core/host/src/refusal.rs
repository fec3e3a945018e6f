use std::{fmt, io, path::PathBuf, sync::Arc};

use crate::limits::{FLAWS_SHOWN_MAX, WORDS_CHARS_MAX};

/// A library, or a folder of libraries, that is not used. `Display` has at most five lines: which file, what is wrong,
/// what to do.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{path}\n{kind}\n  {advice}", path = .path.display(), advice = .kind.advice())]
pub struct Refusal {
    /// The library or folder.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub kind: RefusalKind,
}

/// What is wrong with a library. Texts that came out of it are cut and on one line.
#[derive(Clone, Debug, thiserror::Error)]
pub enum RefusalKind {
    /// A folder or file that cannot be read, or is not there.
    #[error("  cannot be read: {0}")]
    Unreadable(Arc<io::Error>),
    /// More libraries in a folder, or more bytes in a library, than the limit.
    #[error("  is too large: {0}")]
    TooLarge(String),
    /// Not an ELF file, or an ELF file that is no shared library.
    #[error("  is no shared library: {0}")]
    NotALibrary(String),
    /// Ends before its own tables say it ends.
    #[error("  is truncated: {0}")]
    Truncated(String),
    /// Made for another processor.
    #[error("  was built for {found}, this program runs on {here}")]
    OtherArchitecture {
        /// The library's.
        found: String,
        /// Ours.
        here: String,
    },
    /// A sound library, but no plugin.
    #[error("  is a library without a plugin's root")]
    NoRoot,
    /// Built so that a panic ends the process.
    #[error("  was built with panic = \"abort\": its first panic would end this program")]
    PanicAbort,
    /// The system's loader refused it.
    #[error("  cannot be opened: {0}")]
    Unopened(String),
    /// Built with an abi_stable whose binary form differs.
    #[error("  was built with the binary form {found} of abi_stable, this program has {here}")]
    OtherAbiStable {
        /// The library's, as `major.minor`.
        found: String,
        /// Ours.
        here: String,
    },
    /// Its root or one of the types it hands over differs from the interface.
    #[error("  speaks another interface (its version {version}): {why}")]
    OtherInterface {
        /// Version of its `deskset-abi`.
        version: String,
        /// The first difference.
        why: String,
    },
    /// A function panicked.
    #[error("  panicked in {function}: {why}")]
    Panicked {
        /// Which function of the interface.
        function: &'static str,
        /// The words of the panic.
        why: String,
    },
    /// A function answered with an error, or with something that cannot be used.
    #[error("  failed in {function}: {why}")]
    Failed {
        /// Which function of the interface.
        function: &'static str,
        /// What it said.
        why: String,
    },
    /// A description that is empty, contradictory or not readable.
    #[error("{}", Flaws { model, flaws })]
    Document {
        /// The model's name as far as it is known.
        model: String,
        /// Every flaw, a sentence each.
        flaws: Vec<String>,
    },
    /// Another plugin already has that model.
    #[error("  describes the model {model}, which the plugin {by} already has ({by_path})", by_path = .by_path.display())]
    Claimed {
        /// The model.
        model: String,
        /// The other plugin's id.
        by: String,
        /// The other plugin's library.
        by_path: PathBuf,
    },
}

impl RefusalKind {
    /// What a person can do about it.
    fn advice(&self) -> &'static str {
        match self {
            RefusalKind::Unreadable(_) => "check the path and the rights on it",
            RefusalKind::TooLarge(_) => "keep only plugins in plugin folders; strip debug builds",
            RefusalKind::NotALibrary(_) => "take the file out of the plugin folder, or build it as a cdylib",
            RefusalKind::Truncated(_) => "copy the file again",
            RefusalKind::OtherArchitecture { .. } => "ask for a build for this machine",
            RefusalKind::NoRoot => "call deskset_abi::export_plugin! in it, or take it out of the plugin folder",
            RefusalKind::PanicAbort => "rebuild it without panic = \"abort\" in its profile",
            RefusalKind::Unopened(_) => "install the libraries it needs, or rebuild it on this system",
            RefusalKind::OtherAbiStable { .. } | RefusalKind::OtherInterface { .. } => {
                "rebuild it against the deskset-abi of this program"
            }
            RefusalKind::Panicked { .. } | RefusalKind::Failed { .. } => "report it to the plugin's maker",
            RefusalKind::Document { .. } => "mend the description and rebuild the plugin",
            RefusalKind::Claimed { .. } => "remove one of the two plugins",
        }
    }
}

/// The flaws of a description, the first ones in words.
struct Flaws<'a> {
    model: &'a str,
    flaws: &'a [String],
}

impl fmt::Display for Flaws<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "  has a description of the model \"{}\" that cannot be used", self.model)?;
        let more = self.flaws.len().saturating_sub(FLAWS_SHOWN_MAX);
        for (place, flaw) in self.flaws.iter().take(FLAWS_SHOWN_MAX).enumerate() {
            write!(f, "\n    {flaw}")?;
            if more > 0 && place + 1 == FLAWS_SHOWN_MAX {
                write!(f, "; and {more} more")?;
            }
        }
        Ok(())
    }
}

/// Foreign words as part of a message: on one line, not too long.
pub(crate) fn words(text: impl fmt::Display) -> String {
    let text = text.to_string();
    let mut words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return "no reason given".to_owned() };
    let line = words.fold(first.to_owned(), |line, word| line + " " + word);
    if line.chars().count() <= WORDS_CHARS_MAX {
        return line;
    }
    line.chars().take(WORDS_CHARS_MAX).chain(['…']).collect()
}
