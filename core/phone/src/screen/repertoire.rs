use deskset_models::Repertoire;
use encoding_rs::{EUC_JP, Encoding, GBK};

/// Whether a display with this repertoire shows `c`.
pub fn can_show(repertoire: &Repertoire, c: char) -> bool {
    let code = u32::from(c);
    let in_range = repertoire.ranges.iter().any(|(first, last)| (*first..=*last).contains(&code));
    in_range
        || repertoire.sets.iter().any(|part| part.range().contains(&code) && part.sets.iter().any(|set| is_in(set, c)))
}

/// Whether `c` belongs to the coded character set `name`. Sets this version does not know hold nothing.
fn is_in(name: &str, c: char) -> bool {
    match name {
        // The rows of GB 2312 are the part of GBK whose two bytes both have the high bit and lead up to F7.
        "gb2312" => two_bytes(GBK, c).is_some_and(|[lead, trail]| (0xA1..=0xF7).contains(&lead) && trail >= 0xA1),
        // EUC-JP also carries vendors' rows; JIS X 0208 ends at F4 and has nothing in row 13.
        "jisx0208" => two_bytes(EUC_JP, c).is_some_and(|[lead, _]| (0xA1..=0xF4).contains(&lead) && lead != 0xAD),
        _ => false,
    }
}

fn two_bytes(encoding: &'static Encoding, c: char) -> Option<[u8; 2]> {
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = encoding.encode(c.encode_utf8(&mut buffer));
    if unmappable { None } else { <[u8; 2]>::try_from(&*bytes).ok() }
}
