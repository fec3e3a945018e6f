use std::fmt;

use deskset_browser::{XmlError, push::MessageError};

/// What a phone answers to a push request, before it fetches any content: the header `x-Push-Status`.
///
/// Source: API Guide 16-300256, pp. 67-68.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[expect(missing_docs, reason = "the guide's sentence beside each in `phrase` says it")]
pub enum PushStatus {
    Accepted,
    Disabled,
    InternalError,
    AcceptedInBackground,
    NotInPushState,
    NotInAudioPushState,
    NotValid,
    NotWellFormed,
    NoElement,
    UnknownEncoding,
    InvalidRoot,
    EmptyPost,
    TooLarge,
    SecurityFailure,
    InvalidUri,
    SubscriptionUnavailable,
}

impl PushStatus {
    /// All of them, in the order of their codes.
    pub const ALL: [PushStatus; 16] = [
        PushStatus::Accepted,
        PushStatus::Disabled,
        PushStatus::InternalError,
        PushStatus::AcceptedInBackground,
        PushStatus::NotInPushState,
        PushStatus::NotInAudioPushState,
        PushStatus::NotValid,
        PushStatus::NotWellFormed,
        PushStatus::NoElement,
        PushStatus::UnknownEncoding,
        PushStatus::InvalidRoot,
        PushStatus::EmptyPost,
        PushStatus::TooLarge,
        PushStatus::SecurityFailure,
        PushStatus::InvalidUri,
        PushStatus::SubscriptionUnavailable,
    ];

    /// Code, the guide's reason phrase, HTTP status. The HTTP status of 201, 202, the 3xx and 501 is a project rule:
    /// the guide does not print it.
    fn row(self) -> (u16, &'static str, u16) {
        match self {
            PushStatus::Accepted => (200, "Push Message Accepted", 200),
            PushStatus::Disabled => (201, "Push Services Disabled", 403),
            PushStatus::InternalError => (202, "Internal Error: Push Aborted", 500),
            PushStatus::AcceptedInBackground => (204, "Not in Push State: Push Accepted", 200),
            PushStatus::NotInPushState => (205, "Not In Push State: Push Aborted", 200),
            PushStatus::NotInAudioPushState => (208, "Not in Audio Push State: Push Aborted", 200),
            PushStatus::NotValid => (301, "XML document not valid", 400),
            PushStatus::NotWellFormed => (302, "XML document not well-formed", 400),
            PushStatus::NoElement => (303, "No element found", 400),
            PushStatus::UnknownEncoding => (304, "Unknown encoding", 400),
            PushStatus::InvalidRoot => (305, "Invalid root element", 400),
            PushStatus::EmptyPost => (306, "Empty Post Content", 400),
            PushStatus::TooLarge => (307, "Push Content too large", 400),
            PushStatus::SecurityFailure => (402, "Push security failure", 403),
            PushStatus::InvalidUri => (501, "Invalid Push URI", 400),
            PushStatus::SubscriptionUnavailable => (503, "Subscription Service Unavailable", 200),
        }
    }

    /// The number in the header.
    pub fn code(self) -> u16 {
        self.row().0
    }

    /// The guide's words for it.
    pub fn phrase(self) -> &'static str {
        self.row().1
    }

    /// The status of the HTTP response; its body is empty.
    pub fn http_status(self) -> u16 {
        self.row().2
    }

    /// The push goes on.
    pub fn is_accepted(self) -> bool {
        matches!(self, PushStatus::Accepted | PushStatus::AcceptedInBackground)
    }
}

/// A message that cannot be read has one answer each.
impl From<&MessageError> for PushStatus {
    fn from(error: &MessageError) -> Self {
        match error {
            MessageError::Xml(XmlError::TooLarge { .. }) => PushStatus::TooLarge,
            MessageError::Xml(XmlError::Encoding(_)) => PushStatus::UnknownEncoding,
            MessageError::Xml(XmlError::NoElement) => PushStatus::NoElement,
            MessageError::Xml(_) => PushStatus::NotWellFormed,
            MessageError::Root(_) => PushStatus::InvalidRoot,
            MessageError::Invalid(_) => PushStatus::NotValid,
            MessageError::Url(_) => PushStatus::InvalidUri,
            MessageError::Scheme(_) | MessageError::Untrusted(_) => PushStatus::SecurityFailure,
            MessageError::EmptyPost => PushStatus::EmptyPost,
        }
    }
}

impl fmt::Display for PushStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code(), self.phrase())
    }
}
