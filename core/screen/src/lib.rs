//! A phone's screen as a person sees it: cells become pixels, pixels become PNG, terminal text or a digest.
//!
//! ```text
//! Screen ─▶ Renderer (fonts, tones of the display) ─▶ Picture ─▶ PNG, terminal, digest
//! ```
//!
//! Only integers are used: the same screen has the same pixels on every machine. Nothing here does IO.
//! Start reading at [`Renderer`].

mod ansi;
mod bitmap;
mod error;
mod face;
mod kana;
pub mod limits;
mod picture;
mod renderer;
mod tones;

pub use ansi::{Depth, indexed};
pub use error::ScreenError;
pub use picture::Picture;
pub use renderer::Renderer;
