//! VIEW: what the phone is and what its addresses are, to be read only.
//!
//! ```text
//!  *=next #=OK            1/3
//!  MAC           00040D000001
//!  Phone             10.0.0.7
//! ```
//!
//! Source: Installation Guide 555-233-128, "Local Administrative Options"; which values and where they stand is a
//! project rule.

use super::Procedure;
use crate::{Page, Phone};

impl Phone {
    fn viewed(&self) -> Vec<(String, String)> {
        let row = |title: &str, value: String| (title.to_owned(), value);
        let mut rows = vec![row("Model", self.setup.model.name().to_owned()), row("MAC", self.setup.mac.clone())];
        rows.extend(self.entered_rows());
        if let Some(application) = &self.memory.application {
            // Such a name takes a whole row.
            rows.push(row(&application.name, String::new()));
        }
        rows.push(row("Release", self.release().to_string()));
        rows
    }

    pub(super) fn draw_viewed(&self, number: usize, page: &mut Page<'_>) {
        let (rows, per_page) = (self.viewed(), self.lines());
        page.put(page.top_line(), "*=next #=OK");
        page.put_right(page.top_line(), &format!(" {}/{}", number + 1, rows.len().div_ceil(per_page)));
        for (at, (title, value)) in (0..).zip(rows.iter().skip(number * per_page).take(per_page)) {
            page.put(page.line(at), title);
            if !value.is_empty() {
                page.put_right(page.line(at), &format!(" {value}"));
            }
        }
    }

    pub(super) fn viewing_key(&mut self, number: usize, sign: char) -> Option<Procedure> {
        let pages = self.viewed().len().div_ceil(self.lines());
        match sign {
            '#' => None,
            '*' => Some(Procedure::Viewing { page: (number + 1) % pages }),
            _ => self.kept(Procedure::Viewing { page: number }),
        }
    }
}
