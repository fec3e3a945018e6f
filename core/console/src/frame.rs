//! A screen's pixels on their way to a page, small enough for many phones at many pictures a second.
//!
//! ```text
//! u32 length of all that follows
//! u16 length of the name, the name in UTF-8 · u32 number of the screen · u16 width · u16 height
//! u8 colours - 1, then red, green, blue of each · runs: u8 length - 1, u8 colour; rows from the top, no gaps
//! ```
//!
//! Numbers have their high byte first.

use bytes::{BufMut as _, BytesMut};
use deskset_screen::Picture;

/// Puts one frame behind `bytes`. A picture of more colours than a frame has room for is left out; no display has
/// them.
pub(crate) fn put(bytes: &mut BytesMut, name: &str, number: u64, picture: &Picture) {
    let Some((colours, runs)) = runs(picture) else { return };
    let mut frame = BytesMut::with_capacity(name.len() + colours.len() * 3 + runs.len() * 2 + 16);
    // Names of phones are names of files: far shorter.
    frame.put_u16(name.len() as u16);
    frame.put_slice(name.as_bytes());
    // Wraps round after a year of changes.
    frame.put_u32(number as u32);
    frame.put_u16(picture.width());
    frame.put_u16(picture.height());
    frame.put_u8((colours.len().max(1) - 1) as u8);
    frame.put_slice(colours.as_flattened());
    for (length, colour) in runs {
        frame.put_u8(length);
        frame.put_u8(colour);
    }
    bytes.put_u32(frame.len() as u32);
    bytes.unsplit(frame);
}

type Runs = (Vec<[u8; 3]>, Vec<(u8, u8)>);

fn runs(picture: &Picture) -> Option<Runs> {
    let mut colours: Vec<[u8; 3]> = Vec::new();
    let mut runs: Vec<(u8, u8)> = Vec::new();
    let mut last = None;
    for colour in picture.colours() {
        if last == Some(colour)
            && let Some((length, _)) = runs.last_mut()
            && *length < u8::MAX
        {
            *length += 1;
            continue;
        }
        let at = colours.iter().position(|known| *known == colour).unwrap_or_else(|| {
            colours.push(colour);
            colours.len() - 1
        });
        runs.push((0, u8::try_from(at).ok()?));
        last = Some(colour);
    }
    Some((colours, runs))
}
