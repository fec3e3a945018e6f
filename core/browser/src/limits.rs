//! Every limit on what comes from outside.

/// The longest URL, in characters (API Guide 16-300256, p. 50: "at most 1024 characters").
pub const URL_CHARS_MAX: usize = 1024;

/// The largest push message and the largest content of type topline, audio or subscribe, in bytes (API Guide
/// 16-300256, p. 68: 5 KB).
pub const PUSH_BYTES_MAX: usize = 5 * 1024;

/// The most characters of a pushed top line that are kept (LAN Administrator Guide 555-233-507, Appendix E).
pub const TOPLINE_CHARS_MAX: usize = 56;

/// The largest deck if the abilities name no smaller one, in bytes (project rule).
pub const DECK_BYTES_MAX: usize = 32 * 1024;

/// The largest image file if the abilities name no smaller one, in bytes (project rule).
pub const IMAGE_BYTES_MAX: usize = 32 * 1024;

/// The widest and highest image, in pixels: more than any phone of this kind has.
pub const IMAGE_SIDE_MAX: usize = 1024;

/// The most passes of a progressive JPEG.
pub const JPEG_SCANS_MAX: usize = 32;

/// The most bytes of one multi-byte integer in a WBMP: enough for 28 bits.
pub const WBMP_INTEGER_BYTES_MAX: usize = 4;

/// The most images of one card that are fetched; further ones show their alternative text.
pub const IMAGES_MAX: usize = 16;

/// The deepest nesting of elements.
pub const XML_DEPTH_MAX: usize = 32;

/// The most elements of one document.
pub const XML_ELEMENTS_MAX: usize = 4000;

/// The most attributes of one element.
pub const XML_ATTRIBUTES_MAX: usize = 32;

/// The bytes at the beginning of a document in which its declaration is looked for.
pub const XML_DECLARATION_BYTES_MAX: usize = 256;

/// The most variables that a browser remembers; setting one more does nothing.
pub const VARIABLES_MAX: usize = 500;

/// The longest value of a variable, and the most that all variables of one text add to it, in bytes; the rest is cut
/// off.
pub const VALUE_BYTES_MAX: usize = 4096;

/// The most digits of a count in an input format.
pub const MASK_DIGITS_MAX: usize = 3;

/// The most characters of an entry field, whatever its `maxlength` says.
pub const ENTRY_CHARS_MAX: usize = 1024;

/// The most rows of one card, drawn.
pub const ROWS_MAX: usize = 2000;

/// The most characters of one card, drawn.
pub const DRAWN_CHARS_MAX: usize = 64 * 1024;

/// The most decks that `prev` can go back to (project rule).
pub const HISTORY_MAX: usize = 10;

/// The most cards of all those decks.
pub const HISTORY_CARDS_MAX: usize = 100;

/// The most tasks that follow one act of the user, or one timer, without another act; then the page is called endless.
pub const TASKS_MAX: usize = 16;

/// The most redirects of one request.
pub const REDIRECTS_MAX: u8 = 5;

/// The most columns and rows of a page that abilities may claim.
pub const CELLS_MAX: u16 = 400;

/// The fewest columns of a page: a wide character and a mark fit.
pub const COLUMNS_MIN: u16 = 4;
