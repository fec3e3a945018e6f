use deskset_models::{Release, SignalingRules, since};

const fn release(major: u16, minor: u16, patch: u16) -> Release {
    Release { major, minor, patch }
}

/// H.323 releases that a document names, from the first with the value SIG on.
const H323_RELEASES: [Release; 8] = [
    release(2, 0, 0),
    release(2, 1, 0),
    release(2, 2, 0),
    release(2, 5, 0),
    release(2, 6, 0),
    release(2, 7, 0),
    release(2, 8, 0),
    release(2, 9, 2),
];
/// SIP releases that a document names.
const SIP_RELEASES: [Release; 2] = [release(2, 2, 0), release(2, 2, 2)];

/// LAN Administrator Guide R2.7 and user guides of 2006: retrieval at login.
const RETRIEVES: Release = release(2, 1, 0);
/// LAN Administrator Guide R2.7, "Clear": from Release 2.1 on.
const CLEARS: Release = release(2, 1, 0);
/// LAN Administrator Guide R2.2: a failed GET no longer ends the script.
const GET_CONTINUES: Release = release(2, 2, 0);

/// A model's H.323 software.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct H323 {
    /// The first release made for it.
    pub first: Release,
    /// The first with file transfer over HTTP and HTTPS.
    pub http: Release,
    /// The first with push.
    pub push: Release,
}

/// A model's SIP software. What H.323 software learned until 2.2 it has from the first release on (project rule); it
/// has no push (LAN Administrator Guide Issue 4, "The Push Feature").
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sip {
    /// The first release made for it.
    pub first: Release,
}

impl H323 {
    pub(crate) fn rules(self) -> SignalingRules {
        rules(
            1,
            &H323_RELEASES,
            self.first,
            &[
                (since::HTTP, self.http),
                (since::HTTPS, self.http),
                (since::RETRIEVE_AT_LOGIN, RETRIEVES),
                (since::GET_CONTINUES, GET_CONTINUES),
                (since::PUSH, self.push),
                (since::CLEAR, CLEARS),
            ],
        )
    }
}

impl Sip {
    pub(crate) fn rules(self) -> SignalingRules {
        let first = [since::HTTP, since::HTTPS, since::RETRIEVE_AT_LOGIN, since::GET_CONTINUES, since::CLEAR];
        rules(2, &SIP_RELEASES, self.first, &first.map(|key| (key, self.first)))
    }
}

/// The values of SIG: LAN Administrator Guide Issue 4, "Scripts and Application Files".
fn rules(sig: u8, releases: &[Release], first: Release, since: &[(&str, Release)]) -> SignalingRules {
    SignalingRules {
        sig,
        releases: releases.iter().copied().filter(|release| *release >= first).collect(),
        since: since.iter().map(|(key, release)| ((*key).to_owned(), *release)).collect(),
    }
}
