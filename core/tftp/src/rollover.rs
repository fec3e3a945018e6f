//! What comes after block 65535. RFC 1350 does not say; servers and telephones differ.

use crate::limits::BLOCK_NUMBER_MAX;

/// What number the block after number 65535 has. Both ends must hold the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Rollover {
    /// 0, as most do.
    #[default]
    ToZero,
    /// 1, as some old servers do: 0 stands for the beginning only.
    ToOne,
    /// None: a file of more blocks is refused.
    Refuse,
}

impl Rollover {
    /// The number of a block, counted from 1; 0 is the acknowledgement before the first.
    pub(crate) fn number(self, index: u64) -> u16 {
        let index = match self {
            Self::ToOne if index > 0 => (index - 1) % BLOCK_NUMBER_MAX + 1,
            _ => index & 0xffff,
        };
        // Not above 65535 in either case.
        index as u16
    }

    /// How many blocks behind block `index` the one with this number comes; 0 is that block itself. Old blocks come
    /// out as far ahead, or as none.
    pub(crate) fn ahead(self, index: u64, number: u16) -> Option<u64> {
        let far = u64::from(number);
        match self {
            Self::ToZero => Some(u64::from(number.wrapping_sub(self.number(index)))),
            Self::ToOne if index == 0 => Some(far),
            Self::ToOne => {
                let last = u64::from(self.number(index));
                (far > 0).then(|| (far + BLOCK_NUMBER_MAX - last) % BLOCK_NUMBER_MAX)
            }
            Self::Refuse => far.checked_sub(index),
        }
    }

    /// Whether a file may have so many blocks.
    pub(crate) fn allows(self, blocks: u64) -> bool {
        self != Self::Refuse || blocks <= BLOCK_NUMBER_MAX
    }
}
