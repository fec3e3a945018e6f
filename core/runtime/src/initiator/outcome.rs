use deskset_phone::{PushStatus, browser::push::PushType};
use deskset_transport::PushAnswer;
use serde::Serialize;

use super::Target;

/// The schema of [`PushReport`].
pub const PUSH_SCHEMA: &str = "deskset-push-1";

/// What became of one message for one phone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// For whom.
    pub target: Target,
    /// What.
    pub kind: PushType,
    /// What the phone answered.
    pub answer: Option<PushAnswer>,
    /// Whether it fetched the content; `None` if the content lies elsewhere or was not accepted.
    pub fetched: Option<bool>,
    /// Packets of sound that were sent to it.
    pub packets: Option<u64>,
    /// What stood in the way.
    pub trouble: Option<String>,
}

/// What a campaign came to, for scripts: `docs/schema/push-1.json`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[expect(missing_docs, reason = "the schema says what each means")]
pub struct PushReport {
    pub schema: &'static str,
    pub failed: usize,
    pub pushes: Vec<PushLine>,
}

/// One message for one phone.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[expect(missing_docs, reason = "the schema says what each means")]
pub struct PushLine {
    pub to: String,
    pub phone: String,
    pub kind: &'static str,
    pub fine: bool,
    pub http: Option<u16>,
    pub status: Option<u16>,
    pub words: Option<&'static str>,
    pub fetched: Option<bool>,
    pub packets: Option<u64>,
    pub trouble: Option<String>,
}

impl Outcome {
    pub(super) fn said(target: &Target, kind: PushType, answer: PushAnswer) -> Self {
        let trouble = match answer.status {
            Some(_) => None,
            None => Some("whatever answered is no phone: its answer has no x-Push-Status".to_owned()),
        };
        Outcome { target: target.clone(), kind, answer: Some(answer), fetched: None, packets: None, trouble }
    }

    pub(super) fn unsaid(target: &Target, kind: PushType, why: String) -> Self {
        Outcome { target: target.clone(), kind, answer: None, fetched: None, packets: None, trouble: Some(why) }
    }

    /// Whether the phone took it.
    pub fn is_accepted(&self) -> bool {
        self.status().is_some_and(PushStatus::is_accepted)
    }

    /// Whether all that can be known of it is good: accepted, fetched if the content is here, sent if it is sound.
    pub fn is_fine(&self) -> bool {
        self.is_accepted() && self.fetched != Some(false) && self.trouble.is_none()
    }

    /// What the phone said, if it is one of the guide's numbers.
    pub fn status(&self) -> Option<PushStatus> {
        let code = self.answer?.status?;
        PushStatus::ALL.into_iter().find(|status| status.code() == code)
    }
}

impl PushReport {
    /// A report of these outcomes.
    pub fn of(outcomes: &[Outcome]) -> Self {
        let pushes: Vec<PushLine> = outcomes.iter().map(PushLine::of).collect();
        PushReport { schema: PUSH_SCHEMA, failed: pushes.iter().filter(|push| !push.fine).count(), pushes }
    }
}

impl PushLine {
    fn of(outcome: &Outcome) -> Self {
        PushLine {
            to: outcome.target.name.clone(),
            phone: outcome.target.phone.to_string(),
            kind: match outcome.kind {
                PushType::Topline => "topline",
                PushType::Display => "display",
                PushType::Audio => "audio",
                PushType::Subscribe => "subscribe",
            },
            fine: outcome.is_fine(),
            http: outcome.answer.map(|answer| answer.http),
            status: outcome.answer.and_then(|answer| answer.status),
            words: outcome.status().map(PushStatus::phrase),
            fetched: outcome.fetched,
            packets: outcome.packets,
            trouble: outcome.trouble.clone(),
        }
    }
}
