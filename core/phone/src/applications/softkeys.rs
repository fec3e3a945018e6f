use crate::Page;

/// Draws the labels above the softkeys, from the left.
pub(crate) fn draw(page: &mut Page<'_>, labels: [&str; 4]) {
    for (at, label) in (0..).zip(labels) {
        if !label.is_empty() {
            page.frame(page.softkey(at));
            page.centre(page.softkey(at), label);
        }
    }
}
