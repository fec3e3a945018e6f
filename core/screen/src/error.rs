use crate::limits::PIXELS_MAX;

/// Why a screen is no picture.
#[derive(Debug, thiserror::Error)]
pub enum ScreenError {
    /// The display has no or too many pixels.
    #[error("a display of {width} x {height} pixels cannot be drawn: 1 to {PIXELS_MAX} pixels can")]
    Size {
        /// Columns of pixels.
        width: u16,
        /// Rows of pixels.
        height: u16,
    },
    /// The scaled picture has too many pixels.
    #[error("{width} x {height} pixels cannot be drawn {factor} times as large; take a smaller factor")]
    Scale {
        /// Columns of pixels.
        width: u16,
        /// Rows of pixels.
        height: u16,
        /// The factor asked for.
        factor: u16,
    },
    /// The PNG encoder refused.
    #[error("the picture cannot be written as PNG")]
    Png(#[from] png::EncodingError),
}
