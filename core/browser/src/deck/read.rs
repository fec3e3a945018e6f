//! From elements to cards.

use super::{
    Align, Card, Deck, Field, Flaw, Input, Item, Link, Picture, Select, SelectRow, Task, Timer, grammar,
    tasks::{self, Candidate, events, own_text, required, template, url_template, wrong},
};
use crate::{
    limits::ENTRY_CHARS_MAX,
    mask::Mask,
    variables::{Conversion, Template, is_name},
    xml::{Element, Node},
};

/// The deck of a document. What WML knows and this browser does not draw is passed over; what WML does not know, or
/// knows at another place, is a flaw.
pub(crate) fn read(root: &Element) -> Result<Deck, Flaw> {
    if root.name != "wml" {
        return Err(wrong(root, format!("the root element is <{}>, not <wml>", root.name)));
    }
    grammar::check(root)?;
    let mut common = (super::Events::default(), Vec::new());
    if let Some(template) = root.elements().find(|child| child.name == "template") {
        let dos: Vec<Option<Candidate>> =
            template.elements().filter(is_do).map(tasks::candidate).collect::<Result<_, _>>()?;
        common = (events(template)?, tasks::settle(dos.into_iter().flatten().collect()));
    }
    let cards = root.elements().filter(|child| child.name == "card");
    let cards = cards.map(|card| Reading::default().card(card, &common)).collect::<Result<Vec<Card>, _>>()?;
    if cards.is_empty() { Err(wrong(root, "<wml> needs a <card>".to_owned())) } else { Ok(Deck { cards }) }
}

fn is_do(element: &&Element) -> bool {
    element.name == "do"
}

/// A card in the making.
#[derive(Default)]
struct Reading {
    card: Card,
    dos: Vec<Candidate>,
}

/// What holds for the text at hand.
#[derive(Clone, Copy, Default)]
struct Style {
    bold: bool,
    link: Option<usize>,
    verbatim: bool,
}

impl Reading {
    fn card(mut self, element: &Element, common: &(super::Events, Vec<Candidate>)) -> Result<Card, Flaw> {
        let own = events(element)?;
        let (events, dos) = common;
        self.card.events = super::Events {
            enter_forward: own.enter_forward.or_else(|| events.enter_forward.clone()),
            enter_backward: own.enter_backward.or_else(|| events.enter_backward.clone()),
            timer: own.timer.or_else(|| events.timer.clone()),
        };
        self.card.id = element.attribute("id").map(str::to_owned);
        self.card.title = template(element, "title")?;
        self.card.new_context = element.attribute("newcontext") == Some("true");
        for child in element.elements() {
            match child.name.as_str() {
                "timer" => {
                    required(child, "value")?;
                    let name = child.attribute("name").filter(|name| is_name(name)).map(str::to_owned);
                    self.card.timer = Some(Timer { name, value: template(child, "value")? });
                }
                "do" => self.dos.extend(tasks::candidate(child)?),
                "p" => self.paragraph(child, Style::default())?,
                "pre" => self.paragraph(child, Style { verbatim: true, ..Style::default() })?,
                _ => {}
            }
        }
        self.card.dos = tasks::shadow(dos, tasks::settle(self.dos));
        Ok(self.card)
    }

    fn paragraph(&mut self, element: &Element, style: Style) -> Result<(), Flaw> {
        let align = match element.attribute("align") {
            Some("center") => Align::Center,
            Some("right") => Align::Right,
            _ => Align::Left,
        };
        let nowrap = style.verbatim || element.attribute("mode") == Some("nowrap");
        self.card.content.push(Item::Paragraph { align, nowrap });
        self.flow(element, style)?;
        self.card.content.push(Item::EndParagraph);
        Ok(())
    }

    fn flow(&mut self, parent: &Element, style: Style) -> Result<(), Flaw> {
        for node in &parent.children {
            match node {
                Node::Text { text, place } => {
                    let text = Template::parse(text, Conversion::Plain).map_err(|why| Flaw { place: *place, why })?;
                    let Style { bold, link, verbatim } = style;
                    self.card.content.push(Item::Text { text, bold, link, verbatim });
                }
                Node::Element(element) => self.element(element, style)?,
            }
        }
        Ok(())
    }

    fn element(&mut self, element: &Element, style: Style) -> Result<(), Flaw> {
        match element.name.as_str() {
            "b" | "strong" | "big" | "em" => self.flow(element, Style { bold: true, ..style })?,
            "br" => self.card.content.push(Item::Break),
            "img" => {
                let picture = picture(element)?;
                self.card.content.push(Item::Picture { picture, link: style.link });
            }
            "a" => self.link(element, Task::Go(tasks::go(element)?), style)?,
            "anchor" => self.link(element, tasks::only_task(element)?, style)?,
            "do" => self.dos.extend(tasks::candidate(element)?),
            "input" => {
                let field = Field::Input(input(element)?);
                self.field(field);
            }
            "select" => {
                let field = Field::Select(select(element)?);
                self.field(field);
            }
            "tr" => {
                self.card.content.push(Item::Row);
                self.flow(element, style)?;
                self.card.content.push(Item::EndRow);
            }
            "td" => {
                self.card.content.push(Item::Cell);
                self.flow(element, style)?;
            }
            // Tasks stand in an anchor without being drawn; a fieldset is drawn as what is in it.
            "go" | "prev" | "refresh" | "noop" => {}
            _ => self.flow(element, style)?,
        }
        Ok(())
    }

    fn link(&mut self, element: &Element, task: Task, style: Style) -> Result<(), Flaw> {
        let number = self.card.links.len();
        let access_key = element.attribute("accesskey").and_then(|key| key.chars().next());
        self.card.links.push(Link { task, access_key });
        self.card.content.push(Item::Link(number));
        self.flow(element, Style { link: Some(number), ..style })
    }

    fn field(&mut self, field: Field) {
        self.card.content.push(Item::Field(self.card.fields.len()));
        self.card.fields.push(field);
    }
}

pub(super) fn picture(element: &Element) -> Result<Picture, Flaw> {
    required(element, "src")?;
    let space = element.attribute("vspace").and_then(|pixels| pixels.parse::<u8>().ok()).unwrap_or(0);
    Ok(Picture { src: url_template(element, "src")?, alt: template(element, "alt")?, space: space.into() })
}

fn input(element: &Element) -> Result<Input, Flaw> {
    let name =
        variable(element, "name")?.ok_or_else(|| wrong(element, "<input> needs the attribute name".to_owned()))?;
    let mask = element.attribute("format").and_then(Mask::parse).unwrap_or_default();
    let length_max = element.attribute("maxlength").and_then(|most| most.parse().ok()).unwrap_or(ENTRY_CHARS_MAX);
    Ok(Input {
        name,
        value: template(element, "value")?,
        initial: template(element, "ivalue")?,
        password: element.attribute("type") == Some("password"),
        mask,
        length_max: length_max.min(ENTRY_CHARS_MAX),
        empty_ok: element.attribute("emptyok") != Some("false"),
        title: template(element, "title")?,
    })
}

fn select(element: &Element) -> Result<Select, Flaw> {
    let mut rows = Vec::new();
    select_rows(element, &mut rows)?;
    Ok(Select {
        name: variable(element, "name")?,
        index_name: variable(element, "iname")?,
        value: template(element, "value")?,
        index_value: template(element, "ivalue")?,
        multiple: element.attribute("multiple") == Some("true"),
        title: template(element, "title")?,
        rows,
    })
}

fn select_rows(parent: &Element, rows: &mut Vec<SelectRow>) -> Result<(), Flaw> {
    for child in parent.elements() {
        if child.name == "optgroup" {
            let title = template(child, "title")?;
            if title != Template::default() {
                rows.push(SelectRow::Group(title));
            }
            select_rows(child, rows)?;
        } else {
            let (value, text) = (template(child, "value")?, own_text(child)?);
            rows.push(SelectRow::Option { value, text, pick: tasks::pick(child)? });
        }
    }
    Ok(())
}

fn variable(element: &Element, attribute: &str) -> Result<Option<String>, Flaw> {
    match element.attribute(attribute) {
        None | Some("") => Ok(None),
        Some(name) if is_name(name) => Ok(Some(name.to_owned())),
        Some(name) => Err(wrong(element, format!("{name:?} is no name of a variable"))),
    }
}
