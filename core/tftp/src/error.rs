//! How a transfer ends.

use crate::packet::ErrorCode;

/// How a transfer ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The whole file arrived; for a sender: its last block was acknowledged.
    Done {
        /// Size of the file in bytes.
        bytes: u64,
    },
    /// It did not.
    Failed(TftpError),
}

/// Why a transfer failed. The caller knows the file and the other end and puts them in front.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TftpError {
    /// The name cannot be put into a request.
    #[error("the file name {0:?} is empty, too long for a request of 512 bytes or contains a zero byte")]
    Name(String),
    /// Nothing was heard from the other end.
    #[error("no answer to {tries} requests")]
    NoAnswer {
        /// Requests sent.
        tries: u32,
    },
    /// The other end fell silent in mid-file.
    #[error("the other end fell silent after {bytes} bytes; the last packet was sent {tries} times")]
    Lost {
        /// Bytes received, or acknowledged, until then.
        bytes: u64,
        /// How often the last packet was sent.
        tries: u32,
    },
    /// The other end sent an ERROR.
    #[error("the other end ended the transfer with ERROR {} {message:?}", .code.number())]
    Refused {
        /// Its code.
        code: ErrorCode,
        /// Its words.
        message: String,
    },
    /// The file is larger than allowed.
    #[error("the file is larger than the limit of {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The file ended before the size that had been announced.
    #[error("the file ended after {received} of {announced} announced bytes")]
    Short {
        /// Bytes announced by `tsize`.
        announced: u64,
        /// Bytes received.
        received: u64,
    },
    /// The other end answered an option in a way that cannot be worked with.
    #[error("option {name}={value:?} was not asked for like that")]
    Option {
        /// Name of the option.
        name: String,
        /// Its value.
        value: String,
    },
    /// A block was larger than agreed.
    #[error("a block of {length} bytes came where {agreed} were agreed")]
    Block {
        /// Bytes in the block.
        length: usize,
        /// Block size agreed.
        agreed: u16,
    },
    /// More blocks than there are numbers, and the numbers may not begin again.
    #[error(
        "the file has more than 65535 blocks of {block_size} bytes, and block numbers do not begin again here; agree on \
         larger blocks"
    )]
    Rollover {
        /// Block size agreed.
        block_size: u16,
    },
    /// This end gave up, by [`abort`](crate::Receiver::abort).
    #[error("stopped after {bytes} bytes: {why}")]
    Aborted {
        /// Bytes received, or acknowledged, until then.
        bytes: u64,
        /// The caller's reason.
        why: String,
    },
}
