//! One attempt after the other: which server, which path, and what a failure means.

use deskset_models::FilePath;

use super::{Boot, Phone};
use crate::{
    EventKind, Fetch, FetchReason, Output, Protocol, Purpose, Server, Step, WishId, phone::cut, servers::directory,
};

/// What follows when a file did not come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Next {
    /// The next server in the list.
    AnotherServer,
    /// The file is taken as not there.
    Final,
}

/// What each kind of failure means once the upgrade script is here: a server that has gone is replaced, the word of
/// one that answers holds. Until the script is here, every failure moves on to the next server.
const FAILURES: [(FetchReason, Next); 10] = [
    (FetchReason::NameNotFound, Next::AnotherServer),
    (FetchReason::Refused, Next::AnotherServer),
    (FetchReason::Silent, Next::AnotherServer),
    (FetchReason::Lost, Next::AnotherServer),
    (FetchReason::Tls, Next::AnotherServer),
    (FetchReason::NotFound, Next::Final),
    (FetchReason::Denied, Next::Final),
    (FetchReason::Wrong, Next::Final),
    (FetchReason::TooLarge, Next::Final),
    (FetchReason::Local, Next::Final),
];

fn next(reason: FetchReason, purpose: Purpose) -> Next {
    let row = FAILURES.iter().find(|(listed, _)| *listed == reason);
    match (purpose, row) {
        (Purpose::UpgradeScript, _) => Next::AnotherServer,
        (_, Some((_, next))) => *next,
        // A reason without a row would be a new one: the careful answer.
        (_, None) => Next::Final,
    }
}

fn step(purpose: Purpose) -> Step {
    match purpose {
        Purpose::UpgradeScript => Step::Script,
        Purpose::Application => Step::Application,
        Purpose::Settings => Step::Settings,
    }
}

fn size_limit(purpose: Purpose) -> u64 {
    let bytes = match purpose {
        Purpose::UpgradeScript | Purpose::Settings => deskset_files::limits::SCRIPT_BYTES_MAX,
        // Room for the container's header.
        Purpose::Application => {
            deskset_files::limits::APPLICATION_BYTES_MAX + deskset_files::limits::APPLICATION_HEADER_BYTES_MAX
        }
    };
    bytes as u64
}

impl Phone {
    /// Asks the server in turn for a file; `None` when there is no further server, or the name is none.
    pub(super) fn ask(&mut self, boot: &mut Boot, file: &FilePath, purpose: Purpose) -> Option<WishId> {
        let step = step(purpose);
        while let Some(server) = boot.servers.get(boot.at).cloned() {
            let file = file.clone();
            match file.within(directory(server.protocol, &self.parameters)) {
                Ok(path) => {
                    let wish = self.new_wish();
                    self.event(EventKind::Asking { step, file, server: server.clone() });
                    self.out(Output::Fetch(Fetch { wish, server, path, size_limit: size_limit(purpose), purpose }));
                    return Some(wish);
                }
                // HTTPDIR or TFTPDIR is none: another protocol may have a better one.
                Err(why) => {
                    let (reason, words) = (FetchReason::Local, cut(&why.to_string()));
                    self.event(EventKind::NotArrived { step, file, server, reason, words });
                }
            }
            if purpose != Purpose::UpgradeScript {
                return None;
            }
            boot.at += 1;
        }
        None
    }

    pub(super) fn tell_arrival(&mut self, boot: &Boot, file: &FilePath, purpose: Purpose, bytes: usize) {
        if let Some(server) = boot.servers.get(boot.at).cloned() {
            let bytes = bytes as u64;
            self.event(EventKind::Arrived { step: step(purpose), file: file.clone(), server, bytes });
        }
    }

    /// Tells the failure, then asks the next server if there is one to be asked.
    pub(super) fn ask_elsewhere(
        &mut self,
        boot: &mut Boot,
        file: &FilePath,
        purpose: Purpose,
        reason: FetchReason,
        words: &str,
    ) -> Option<WishId> {
        let server = boot.servers.get(boot.at)?.clone();
        let (step, file) = (step(purpose), file.clone());
        self.event(EventKind::NotArrived {
            step,
            file: file.clone(),
            server: server.clone(),
            reason,
            words: cut(words),
        });
        if next(reason, purpose) == Next::Final {
            return None;
        }
        let further = |other: &Server| purpose == Purpose::UpgradeScript || same_kind(&server, other);
        let ahead = boot.servers.iter().skip(boot.at + 1).position(further)?;
        boot.at += ahead + 1;
        self.ask(boot, &file, purpose)
    }
}

/// Within one boot a phone never changes between TFTP and the others (LAN Administrator Guide 555-233-507: a phone
/// served over HTTP does not contact the TFTP server).
fn same_kind(one: &Server, other: &Server) -> bool {
    (one.protocol == Protocol::Tftp) == (other.protocol == Protocol::Tftp)
}
