//! From a card to lines of characters.

mod flow;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use flow::Flow;
pub(crate) use flow::Line;

use crate::{
    abilities::Abilities,
    deck::{self, Align, Card, Field, Input, Item, Link, Select, SelectRow, Task},
    page::{Icon, Target},
    picture::Picture,
    variables::Variables,
    wtai::{self, Telephony},
};

/// What a button in a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aim {
    Link(usize),
    Input(usize),
    Option { field: usize, option: usize },
}

/// What stands in one column, or in two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Glyph {
    Character(char),
    Icon(Icon),
    /// By its number among those that stand in lines.
    Picture(usize),
    Gap,
}

/// A glyph with its looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    pub glyph: Glyph,
    pub width: u16,
    pub bold: bool,
    pub link: Option<usize>,
}

/// An image in the lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Placed {
    pub line: usize,
    /// In pixels, from the left edge and from the line's upper edge.
    pub x: u16,
    pub y: u16,
    pub picture: Arc<Picture>,
}

/// A card, laid out.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layout {
    pub lines: Vec<Line>,
    pub pictures: Vec<Placed>,
    /// Line and column of the next character.
    pub cursor: Option<(usize, u16)>,
}

/// A field that is edited.
#[derive(Clone, Default)]
pub(crate) struct Editing {
    pub field: usize,
    pub draft: String,
    /// How many characters stand before the cursor.
    pub cursor: usize,
}

/// What a card looks like depends on all of this.
pub(crate) struct Sight<'a> {
    pub abilities: &'a Abilities,
    pub variables: &'a Variables,
    pub pictures: &'a BTreeMap<String, Option<Arc<Picture>>>,
    /// The chosen options of each field.
    pub chosen: &'a [BTreeSet<usize>],
    pub editing: Option<&'a Editing>,
}

/// What stands in an entry field without a value (LAN Administrator Guide 555-233-507, Appendix C).
const INVITATION: &str = "enter text here";

impl Layout {
    /// A text alone.
    pub fn of_text(text: &str, abilities: &Abilities) -> Self {
        let mut flow = Flow::new(abilities);
        flow.text(text, false, None, false);
        flow.finish()
    }

    /// A card.
    pub fn of_card(card: &Card, sight: &Sight<'_>) -> Self {
        let mut flow = Flow::new(sight.abilities);
        let mut cells = 0;
        for item in &card.content {
            match item {
                Item::Text { text, bold, link, verbatim } => {
                    flow.text(&text.fill(sight.variables), *bold, *link, *verbatim);
                }
                Item::Link(number) => {
                    let icon = card.links.get(*number).and_then(|link| match target(link, sight.variables) {
                        Target::Dial => Some(Icon::Handset),
                        Target::AddSpeedDial => Some(Icon::SpeedDial),
                        _ => None,
                    });
                    if let Some(icon) = icon {
                        flow.icon(icon, Some(*number));
                    }
                }
                Item::Break => flow.line_break(),
                Item::Paragraph { align, nowrap } => flow.paragraph(*align, *nowrap),
                Item::EndParagraph => flow.paragraph(Align::Left, false),
                Item::Row => {
                    cells = 0;
                    flow.begin_row();
                }
                Item::Cell => {
                    if cells > 0 {
                        flow.text(" ", false, None, false);
                    }
                    cells += 1;
                }
                Item::EndRow => flow.end_row(),
                Item::Picture { picture, link } => place(&mut flow, picture, *link, sight),
                Item::Field(number) => match card.fields.get(*number) {
                    Some(Field::Input(input)) => draw_input(&mut flow, *number, input, sight),
                    Some(Field::Select(select)) => draw_select(&mut flow, *number, select, sight),
                    None => {}
                },
            }
        }
        flow.finish()
    }
}

/// What a link does.
pub(crate) fn target(link: &Link, variables: &Variables) -> Target {
    let Task::Go(go) = &link.task else { return Target::Link };
    match wtai::parse(&go.href.fill(variables)).map(|call| call.telephony) {
        Some(Telephony::Dial { .. }) => Target::Dial,
        Some(Telephony::AddSpeedDial { .. }) => Target::AddSpeedDial,
        Some(Telephony::Unknown) | None => Target::Link,
    }
}

fn place(flow: &mut Flow<'_>, picture: &deck::Picture, link: Option<usize>, sight: &Sight<'_>) {
    match sight.pictures.get(&picture.src.fill(sight.variables)) {
        Some(Some(decoded)) => flow.picture(decoded, picture.space, link),
        // Not there, or not there yet.
        _ => flow.text(&picture.alt.fill(sight.variables), false, link, false),
    }
}

fn draw_input(flow: &mut Flow<'_>, number: usize, input: &Input, sight: &Sight<'_>) {
    let editing = sight.editing.filter(|editing| editing.field == number);
    let value = editing.map_or(sight.variables.get(&input.name), |editing| editing.draft.as_str());
    let shown = match value {
        "" if editing.is_none() => INVITATION.to_owned(),
        value if input.password => "*".repeat(value.chars().count()),
        value => value.chars().filter(|character| !character.is_control()).collect(),
    };
    let title = input.title.fill(sight.variables);
    flow.field(&shown, editing.map(|editing| editing.cursor), Aim::Input(number), &title);
}

fn draw_select(flow: &mut Flow<'_>, number: usize, select: &Select, sight: &Sight<'_>) {
    let title = select.title.fill(sight.variables);
    let mut option = 0;
    for row in &select.rows {
        match row {
            SelectRow::Group(name) => flow.own_line(None, &name.fill(sight.variables), None, &title),
            SelectRow::Option { text, .. } => {
                let chosen = sight.chosen.get(number).is_some_and(|chosen| chosen.contains(&option));
                let icon = if select.multiple { Icon::Multiple { chosen } } else { Icon::Single { chosen } };
                let aim = Aim::Option { field: number, option };
                flow.own_line(Some(icon), &text.fill(sight.variables), Some(aim), &title);
                option += 1;
            }
        }
    }
}
