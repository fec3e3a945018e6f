//! Any bytes are an image of one kind, or of none, and all its pixels can be asked for.
#![no_main]

use deskset_browser::Picture;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for picture in [Picture::wbmp(bytes), Picture::jpeg(bytes)].into_iter().flatten() {
        let (width, height) = (picture.width(), picture.height());
        assert!(picture.pixel(width - 1, height - 1).is_some());
        assert!(picture.pixel(width, 0).is_none() && picture.pixel(0, height).is_none());
    }
});
