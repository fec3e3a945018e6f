//! Any string of a DHCP server is taken apart.
#![no_main]

use deskset_files::dhcp::{Order, SiteOption};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for order in [Order::Free, Order::DirectoryFirst] {
        for (name, _) in SiteOption::parse(text, order).values {
            assert!(!name.trim().is_empty());
        }
    }
});
