use abi_stable::std_types::RStr;
use deskset_abi::v1::HostServices;

use crate::refusal::words;

/// What plugins are given: a log.
#[derive(Clone, Debug)]
pub(crate) struct Services {
    /// The library's file name.
    pub(crate) library: String,
}

impl HostServices for Services {
    fn log(&self, level: u8, message: RStr<'_>) {
        let plugin = self.library.as_str();
        let message = words(message.as_str());
        match level {
            1 => tracing::error!(plugin, "{message}"),
            2 => tracing::warn!(plugin, "{message}"),
            3 => tracing::info!(plugin, "{message}"),
            4 => tracing::debug!(plugin, "{message}"),
            _ => tracing::trace!(plugin, "{message}"),
        }
    }
}
