use std::sync::OnceLock;

use super::HostBox;

/// The host of this library; every plugin has its own copy of this static.
static HOST: OnceLock<HostBox> = OnceLock::new();

/// How much a message matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the usual five")]
pub enum Level {
    Error = 1,
    Warn = 2,
    Info = 3,
    Debug = 4,
    Trace = 5,
}

/// Writes to the host's log; before the host asked for the models there is no log, and nothing happens.
pub fn log(level: Level, message: &str) {
    if let Some(host) = HOST.get() {
        host.log(level as u8, message.into());
    }
}

pub(super) fn meet(host: HostBox) {
    // Asked a second time, the plugin keeps the host it met first: it is the same process.
    if HOST.set(host).is_ok() {
        // A caught panic would otherwise stand on the user's terminal, in the middle of something else.
        std::panic::set_hook(Box::new(|panic| log(Level::Error, &panic.to_string())));
    }
}
