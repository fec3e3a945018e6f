//! Every loop over what comes from outside, and every buffer filled with it, ends here.

/// Libraries taken from one folder.
pub(crate) const LIBRARIES_MAX: usize = 1_000;
/// Bytes of one library; an unstripped debug build has about 20 million.
pub(crate) const LIBRARY_BYTES_MAX: u64 = 512 << 20;
/// Models of one plugin.
pub(crate) const MODELS_MAX: usize = 100;
/// Bytes of one description or identity.
pub(crate) const DOCUMENT_BYTES_MAX: usize = 4 << 20;
/// Bytes of a hook's answer.
pub(crate) const ANSWER_BYTES_MAX: usize = 4_096;
/// Characters of foreign words inside a message.
pub(crate) const WORDS_CHARS_MAX: usize = 200;
/// Flaws of a description shown to a person.
pub(crate) const FLAWS_SHOWN_MAX: usize = 2;
