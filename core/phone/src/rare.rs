//! State that most phones do not have.
//!
//! A hundred thousand phones wait in one process, and hardly any of them has a page open, a call logged, a server to tell
//! that it is there. Each such part of a phone is a pointer until there is something in it.

use std::ops::{Deref, DerefMut};

/// What can be there or not.
pub(crate) trait Rarely: Default + 'static {
    /// How it is where there is nothing: its default.
    fn nothing() -> &'static Self;

    /// Whether it is like that again.
    fn is_nothing(&self) -> bool;
}

/// Reads as its default until somebody writes to it; takes no room until then, and none again after
/// [`Rare::tidy`] has found nothing in it.
#[derive(Clone, Debug)]
pub(crate) struct Rare<T>(Option<Box<T>>);

impl<T: Rarely> Rare<T> {
    /// What is there, to be changed, if anything is: writing through the pointer itself would make it.
    pub(crate) fn there(&mut self) -> Option<&mut T> {
        self.0.as_deref_mut()
    }

    /// Out of its box.
    pub(crate) fn into_inner(self) -> T {
        self.0.map_or_else(T::default, |there| *there)
    }

    /// Gives the room back if nothing is there any more.
    pub(crate) fn tidy(&mut self) {
        self.0.take_if(|there| there.is_nothing());
    }
}

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Rare(None)
    }
}

impl<T: Rarely> From<T> for Rare<T> {
    fn from(value: T) -> Self {
        Rare((!value.is_nothing()).then(|| Box::new(value)))
    }
}

impl<T: Rarely> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or_else(|| T::nothing())
    }
}

impl<T: Rarely> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

/// Values that can be compared: nothing is what equals the default.
macro_rules! rarely {
    ($($kind:ty),+ $(,)?) => {$(
        impl $crate::rare::Rarely for $kind {
            fn nothing() -> &'static Self {
                static NOTHING: std::sync::LazyLock<$kind> = std::sync::LazyLock::new(Default::default);
                &NOTHING
            }

            fn is_nothing(&self) -> bool {
                *self == *Self::nothing()
            }
        }
    )+};
}
pub(crate) use rarely;

#[cfg(test)]
mod tests {
    use super::*;

    rarely!(Vec<u8>);

    // req: DC-3
    #[test]
    fn there_is_no_box_until_something_is_written_and_none_after_it_is_gone() {
        let mut rare = Rare::<Vec<u8>>::default();
        assert!(rare.is_empty() && rare.there().is_none());
        rare.push(7);
        assert_eq!(*rare, [7]);
        assert!(rare.there().is_some());
        rare.tidy();
        assert_eq!(rare.clone().into_inner(), [7]);
        rare.clear();
        assert!(rare.there().is_some());
        rare.tidy();
        assert!(rare.there().is_none());
        assert_eq!(Rare::<Vec<u8>>::default().into_inner(), [0_u8; 0]);
        assert!(Rare::from(Vec::<u8>::new()).there().is_none() && Rare::from(vec![1_u8]).there().is_some());
    }
}
