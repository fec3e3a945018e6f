//! Any bytes are an image of one kind, or of none, and all its pixels can be asked for.
#![no_main]

use deskset_browser::Picture;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: {
    // The JPEG library's panics are caught where it is called; the fuzzer's own hook would end the program before. A
    // panic of ours still reaches the fuzzer, which then ends it.
    std::panic::set_hook(Box::new(|panic| {
        if !panic.location().is_some_and(|at| at.file().contains("zune")) {
            eprintln!("{panic}");
        }
    }));
}, |bytes: &[u8]| {
    for picture in [Picture::wbmp(bytes), Picture::jpeg(bytes)].into_iter().flatten() {
        let (width, height) = (picture.width(), picture.height());
        assert!(picture.pixel(width - 1, height - 1).is_some());
        assert!(picture.pixel(width, 0).is_none() && picture.pixel(0, height).is_none());
    }
});
