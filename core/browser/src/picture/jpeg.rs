use std::panic::catch_unwind;

use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

use super::{Picture, PictureError, sides};
use crate::limits::{IMAGE_SIDE_MAX, JPEG_SCANS_MAX};

pub(super) fn read(bytes: &[u8]) -> Result<Picture, PictureError> {
    // The library has assertions that a file can break; 0.5.15 ends in one over a progressive JPEG whose colours are
    // sampled finer than its brightness. Nothing of it outlives this call.
    let given_up = || PictureError::Jpeg("the decoder gave it up".to_owned());
    catch_unwind(|| decoded(bytes)).unwrap_or_else(|_| Err(given_up()))
}

fn decoded(bytes: &[u8]) -> Result<Picture, PictureError> {
    let options = DecoderOptions::new_safe()
        .set_max_width(IMAGE_SIDE_MAX)
        .set_max_height(IMAGE_SIDE_MAX)
        .jpeg_set_max_scans(JPEG_SCANS_MAX)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let damaged = |error: zune_jpeg::errors::DecodeErrors| PictureError::Jpeg(error.to_string());
    decoder.decode_headers().map_err(damaged)?;
    let (width, height) = decoder.dimensions().ok_or_else(|| PictureError::Jpeg("no size".to_owned()))?;
    let (width, height) = sides(width, height)?;
    let rgb = decoder.decode().map_err(damaged)?;
    let expected = 3 * usize::from(width) * usize::from(height);
    if rgb.len() == expected {
        Ok(Picture::Colour { width, height, rgb })
    } else {
        Err(PictureError::Jpeg(format!("{} bytes where {expected} were expected", rgb.len())))
    }
}
