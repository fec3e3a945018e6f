//! What the two ends ask for, answer and agree on (RFC 2347, 2348, 2349, 7440).

use std::time::Duration;

use crate::error::TftpError;
use crate::limits::{BLOCK_DEFAULT, BLOCK_MAX, BLOCK_MIN, WINDOW_MAX};
use crate::packet::OptionPair;

/// The options of a request or an answer. Empty: plain RFC 1350.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Offer {
    /// Block size in bytes, 8 to 65464.
    pub block_size: Option<u16>,
    /// Size of the file in bytes; 0 in a read request asks for it.
    pub size: Option<u64>,
    /// Seconds until a packet is repeated, 1 to 255.
    pub timeout: Option<u8>,
    /// Blocks per acknowledgement, 1 to 64.
    pub window: Option<u16>,
}

/// What holds for one transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Block size in bytes.
    pub block_size: u16,
    /// Blocks per acknowledgement.
    pub window: u16,
    /// Size of the file in bytes, if announced.
    pub size: Option<u64>,
    /// Time until a packet is repeated, if agreed.
    pub timeout: Option<Duration>,
}

impl Terms {
    /// RFC 1350 without options.
    pub const PLAIN: Self = Self { block_size: BLOCK_DEFAULT, window: 1, size: None, timeout: None };
}

impl Offer {
    /// No option at all.
    pub const NONE: Self = Self { block_size: None, size: None, timeout: None, window: None };

    /// Whether it holds no option.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::NONE
    }

    /// What a request asks for. A server leaves out what it does not know or like (RFC 2347), so unknown names
    /// and bad values do not show here; of a name given twice the first counts.
    #[must_use]
    pub fn asked(pairs: &[OptionPair<'_>]) -> Self {
        let value =
            |name: &str| pairs.iter().find(|pair| pair.name.eq_ignore_ascii_case(name)).map(|pair| pair.value.as_ref());
        Self {
            // Larger than RFC 2348 allows: the largest is meant. Smaller: the option is left out.
            block_size: value("blksize")
                .and_then(|text| text.parse::<u32>().ok())
                .filter(|&size| size >= u32::from(BLOCK_MIN))
                .map(|size| u16::try_from(size).unwrap_or(BLOCK_MAX).min(BLOCK_MAX)),
            size: value("tsize").and_then(|text| text.parse().ok()),
            timeout: value("timeout").and_then(|text| text.parse().ok()).filter(|&seconds| seconds > 0),
            window: value("windowsize")
                .and_then(|text| text.parse().ok())
                .filter(|&blocks| blocks > 0)
                .map(|blocks: u16| blocks.min(WINDOW_MAX)),
        }
    }

    /// A server's answer to what was asked: never a larger block than its own, the true size.
    #[must_use]
    pub fn answer(asked: &Self, block_max: u16, size: Option<u64>) -> Self {
        Self {
            block_size: asked.block_size.map(|block| block.min(block_max.max(BLOCK_MIN))),
            size: asked.size.and(size),
            timeout: asked.timeout,
            window: asked.window,
        }
    }

    /// The options as they are sent.
    #[must_use]
    pub fn pairs(&self) -> Vec<OptionPair<'static>> {
        let mut pairs = Vec::new();
        if let Some(bytes) = self.block_size {
            pairs.push(OptionPair::new("blksize", bytes.to_string()));
        }
        if let Some(bytes) = self.size {
            pairs.push(OptionPair::new("tsize", bytes.to_string()));
        }
        if let Some(seconds) = self.timeout {
            pairs.push(OptionPair::new("timeout", seconds.to_string()));
        }
        if let Some(blocks) = self.window {
            pairs.push(OptionPair::new("windowsize", blocks.to_string()));
        }
        pairs
    }

    /// The terms that follow when this offer is taken as it stands.
    #[must_use]
    pub fn terms(&self) -> Terms {
        Terms {
            block_size: self.block_size.unwrap_or(BLOCK_DEFAULT),
            window: self.window.unwrap_or(1),
            size: self.size,
            timeout: self.timeout.map(|seconds| Duration::from_secs(u64::from(seconds))),
        }
    }

    /// The terms that follow from a server's answer to this offer.
    ///
    /// Harmless oddities of real servers are borne: an unasked `blksize 512`, `timeout 3.0`, unknown names, names
    /// in capitals, a size that is no number.
    ///
    /// # Errors
    /// [`TftpError::Option`] where the two ends would cut the file differently: a block or window that is larger
    /// than asked, too small, not asked for, no number, or given twice.
    pub fn settle(&self, answer: &[OptionPair<'_>]) -> Result<Terms, TftpError> {
        let mut terms = Terms::PLAIN;
        let (mut seen_block, mut seen_window) = (false, false);
        for OptionPair { name, value } in answer {
            let refused = || TftpError::Option { name: name.to_string(), value: value.to_string() };
            match name.to_ascii_lowercase().as_str() {
                "blksize" => {
                    let size: u16 = value.parse().map_err(|_| refused())?;
                    let most = self.block_size.unwrap_or(BLOCK_DEFAULT);
                    let fits = if self.block_size.is_some() { BLOCK_MIN..=most } else { most..=most };
                    if std::mem::replace(&mut seen_block, true) || !fits.contains(&size) {
                        return Err(refused());
                    }
                    terms.block_size = size;
                }
                "windowsize" => {
                    let blocks: u16 = value.parse().map_err(|_| refused())?;
                    let most = self.window.unwrap_or(1);
                    if std::mem::replace(&mut seen_window, true) || blocks == 0 || blocks > most {
                        return Err(refused());
                    }
                    terms.window = blocks;
                }
                "tsize" => terms.size = value.parse().ok(),
                "timeout" => {
                    // RFC 2349: the server returns what was asked. Anything else leaves our own waiting times.
                    terms.timeout = self
                        .timeout
                        .filter(|seconds| value.parse() == Ok(*seconds))
                        .map(|seconds| Duration::from_secs(u64::from(seconds)));
                }
                _ => {}
            }
        }
        Ok(terms)
    }
}
