use super::{Picture, PictureError, sides};
use crate::limits::WBMP_INTEGER_BYTES_MAX;

/// Type 0, a fixed header of one zero byte (no extensions), width, height, rows.
pub(super) fn read(bytes: &[u8]) -> Result<Picture, PictureError> {
    let (kind, rest) = integer(bytes)?;
    let (header, rest) = rest.split_first().ok_or(PictureError::Wbmp)?;
    if kind != 0 || *header != 0 {
        return Err(PictureError::Wbmp);
    }
    let (width, rest) = integer(rest)?;
    let (height, rest) = integer(rest)?;
    let (width, height) = sides(width, height)?;
    let length = usize::from(width).div_ceil(8) * usize::from(height);
    // What follows the last row is not part of the image.
    let bits = rest.get(..length).ok_or(PictureError::Wbmp)?.to_vec();
    Ok(Picture::Mono { width, height, bits })
}

/// Seven bits in each byte, the highest bit says that one more follows.
fn integer(bytes: &[u8]) -> Result<(usize, &[u8]), PictureError> {
    let mut value = 0;
    for (at, byte) in bytes.iter().take(WBMP_INTEGER_BYTES_MAX).enumerate() {
        value = value << 7 | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Ok((value, &bytes[at + 1..]));
        }
    }
    Err(PictureError::Wbmp)
}
