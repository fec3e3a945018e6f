//! Every limit of the drawing of screens.

/// The most pixels of a picture, before and after scaling: 16 times a display of 640 x 480.
pub const PIXELS_MAX: usize = 16 * 640 * 480;

/// The most glyphs a renderer keeps drawn; then it begins anew. All that a model of the series shows fit in.
pub const GLYPHS_KEPT_MAX: usize = 16_384;

/// The widest and highest glyph in pixels: a row of one is a `u64`.
pub const GLYPH_SIDE_MAX: u16 = 64;

/// The largest factor of scaling.
pub const SCALE_MAX: u16 = 16;
