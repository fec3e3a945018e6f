use deskset_models::{Palette, Values};

/// Backgrounds a user may choose. Number, names and values are a project rule; text is black on all.
const PALETTE: [(u8, &str, &str); 8] = [
    (1, "White", "FFFFFF"),
    (2, "Light gray", "CCCCCC"),
    (3, "Light blue", "99CCFF"),
    (4, "Light green", "CCFFCC"),
    (5, "Yellow", "FFFFCC"),
    (6, "Peach", "FFCC99"),
    (7, "Pink", "FFCCFF"),
    (8, "Lavender", "CCCCFF"),
];

pub(crate) fn backgrounds() -> Vec<Palette> {
    PALETTE.iter().map(|&(index, name, rgb)| Palette { index, name: name.to_owned(), rgb: rgb.to_owned() }).collect()
}

/// The same, as values of an option row.
pub(crate) fn background_values() -> Values {
    let indexes: Vec<(String, &str)> = PALETTE.iter().map(|(index, name, _)| (index.to_string(), *name)).collect();
    let pairs: Vec<(&str, &str)> = indexes.iter().map(|(index, name)| (index.as_str(), *name)).collect();
    Values::choice(&pairs)
}
