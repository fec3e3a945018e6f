//! A deck of cards, read and checked.

mod grammar;
mod read;
mod tasks;

pub(crate) use read::read;

use crate::{
    mask::Mask,
    variables::{Template, Variables},
    xml::Place,
};

/// Why a document is no deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flaw {
    pub place: Place,
    pub why: String,
}

/// A deck. Its template has already gone into its cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deck {
    pub cards: Vec<Card>,
}

impl Deck {
    /// The card of this name; without one, and if there is none of the name, the first (WML 1.3, section 5.1).
    pub fn card(&self, name: Option<&str>) -> usize {
        let named = name.and_then(|name| self.cards.iter().position(|card| card.id.as_deref() == Some(name)));
        named.unwrap_or(0)
    }
}

/// A card.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Card {
    pub id: Option<String>,
    pub title: Template,
    pub new_context: bool,
    pub events: Events,
    pub timer: Option<Timer>,
    /// What the softkeys do, in the order of their labels.
    pub dos: Vec<Do>,
    pub content: Vec<Item>,
    pub links: Vec<Link>,
    pub fields: Vec<Field>,
}

/// What happens by itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Events {
    pub enter_forward: Option<Task>,
    pub enter_backward: Option<Task>,
    pub timer: Option<Task>,
}

/// A `<timer>`: its variable, and its value where the variable has none, in tenths of a second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Timer {
    pub name: Option<String>,
    pub value: Template,
}

/// A `<do>` that is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Do {
    pub label: Template,
    /// What stands on the key if `label` is empty.
    pub default_label: &'static str,
    pub picture: Option<Picture>,
    pub task: Task,
}

/// What a link, a softkey or an event does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Task {
    Go(Go),
    Prev(Vec<Pair>),
    Refresh(Vec<Pair>),
    Noop,
}

/// A `<go>`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Go {
    pub href: Template,
    pub post: bool,
    pub send_referer: bool,
    pub postfields: Vec<Pair>,
    pub setvars: Vec<Pair>,
}

/// A name and a value, both with variables in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pair {
    pub name: Template,
    pub value: Template,
}

impl Pair {
    pub fn fill(&self, variables: &Variables) -> (String, String) {
        (self.name.fill(variables), self.value.fill(variables))
    }
}

/// An `<a>` or `<anchor>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    pub task: Task,
    pub access_key: Option<char>,
}

/// An `<img>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    pub src: Template,
    pub alt: Template,
    /// Pixels above and below.
    pub space: u16,
}

/// What stands on a card, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Item {
    Text {
        text: Template,
        bold: bool,
        link: Option<usize>,
        verbatim: bool,
    },
    /// Where a link begins: its icon, if it has one, stands here.
    Link(usize),
    Break,
    Paragraph {
        align: Align,
        nowrap: bool,
    },
    EndParagraph,
    Row,
    Cell,
    EndRow,
    Picture {
        picture: Picture,
        link: Option<usize>,
    },
    Field(usize),
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Align {
    #[default]
    Left,
    Center,
    Right,
}

/// What the user fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Field {
    Input(Input),
    Select(Select),
}

/// An `<input>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    pub name: String,
    pub value: Template,
    pub initial: Template,
    pub password: bool,
    pub mask: Mask,
    pub length_max: usize,
    pub empty_ok: bool,
    pub title: Template,
}

/// A `<select>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Select {
    pub name: Option<String>,
    pub index_name: Option<String>,
    pub value: Template,
    pub index_value: Template,
    pub multiple: bool,
    pub title: Template,
    pub rows: Vec<SelectRow>,
}

/// A row of a `<select>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SelectRow {
    /// The title of an `<optgroup>`.
    Group(Template),
    Option {
        value: Template,
        text: Template,
        pick: Option<Task>,
    },
}

impl Select {
    /// The options, without the groups' titles.
    pub fn options(&self) -> impl Iterator<Item = (&Template, Option<&Task>)> {
        self.rows.iter().filter_map(|row| match row {
            SelectRow::Group(_) => None,
            SelectRow::Option { value, pick, .. } => Some((value, pick.as_ref())),
        })
    }
}
