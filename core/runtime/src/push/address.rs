//! Where phones are to be found.

use std::{
    hash::{BuildHasher as _, RandomState},
    net::Ipv4Addr,
    sync::{
        LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

use deskset_profiles::PushListen;

/// The address of phone number `index`; none if it takes no pushes.
pub(crate) fn address(listen: PushListen, index: u64) -> Option<Ipv4Addr> {
    match listen {
        PushListen::Nowhere => None,
        PushListen::Own { .. } => Some(own()),
        PushListen::From(first) if first.port() == 0 => Some(*first.ip()),
        // Wrong only for more phones than there are addresses.
        PushListen::From(first) => Some(Ipv4Addr::from_bits(first.ip().to_bits().wrapping_add(index as u32))),
    }
}

/// A loopback address that no other phone of this process has, and hardly one of another process: each begins
/// somewhere in the middle. 127.0.x.y is left to others.
fn own() -> Ipv4Addr {
    static NEXT: LazyLock<AtomicU32> = LazyLock::new(|| AtomicU32::new(RandomState::new().hash_one(0) as u32));
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    // The last number of an address is neither 0 nor 255.
    let (rest, last) = (number / 254, number % 254 + 1);
    let [_, _, second, third] = rest.to_be_bytes();
    Ipv4Addr::new(127, second.max(1), third, last as u8)
}
