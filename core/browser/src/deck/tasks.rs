//! Tasks, what triggers them, and what goes with them.

use super::{Do, Events, Flaw, Go, Pair, Task, read};
use crate::{
    variables::{Conversion, Template, is_name},
    xml::{Element, Node},
};

/// A `<do>` before it is known whether it is drawn.
pub(super) struct Candidate {
    kind: String,
    name: String,
    /// Nothing for `<noop>`: it is not drawn, and hides the deck's of the same name.
    drawn: Option<Do>,
}

/// What `<do>` elements of one level come to: of the same type and name, the last wins.
pub(super) fn settle(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut settled: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        settled.retain(|earlier| !(earlier.kind == candidate.kind && earlier.name == candidate.name));
        settled.push(candidate);
    }
    settled
}

/// The deck's `<do>` elements that a card leaves, then its own; in the order of the document.
pub(super) fn shadow(deck: &[Candidate], card: Vec<Candidate>) -> Vec<Do> {
    let hidden = |of_deck: &Candidate| {
        card.iter().any(|own| own.name == of_deck.name && (own.kind == of_deck.kind || own.drawn.is_none()))
    };
    let kept: Vec<Do> = deck.iter().filter(|of_deck| !hidden(of_deck)).filter_map(|kept| kept.drawn.clone()).collect();
    kept.into_iter().chain(card.into_iter().filter_map(|own| own.drawn)).collect()
}

/// A `<do>`; nothing if it is optional, which the browser uses to leave it out (API Guide 16-300256, p. 110).
pub(super) fn candidate(element: &Element) -> Result<Option<Candidate>, Flaw> {
    let kind = required(element, "type")?;
    let (kind, default_label) = match kind {
        "accept" => (kind, "ACCEPT"),
        "prev" => (kind, "BACK"),
        "help" => (kind, "HELP"),
        "reset" => (kind, "RELOAD"),
        "options" => (kind, "OPTIONS"),
        "delete" => (kind, "DELETE"),
        "unknown" => (kind, "UNKNOWN"),
        _ if kind.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("x-")) => ("unknown", "UNKNOWN"),
        _ if kind.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("vnd.")) => ("unknown", "AVAYA"),
        // WML 1.3 reserves all other types; they too are unknown.
        _ => ("unknown", "UNKNOWN"),
    };
    let name = element.attribute("name").filter(|name| !name.is_empty());
    let name = name.unwrap_or(element.attribute("type").unwrap_or(kind)).to_owned();
    let task = only_task(element)?;
    let picture = element.elements().find(|child| child.name == "img").map(read::picture).transpose()?;
    if element.attribute("optional") == Some("true") {
        return Ok(None);
    }
    let label = template(element, "label")?;
    let drawn = (task != Task::Noop).then_some(Do { label, default_label, picture, task });
    Ok(Some(Candidate { kind: kind.to_owned(), name, drawn }))
}

/// The events of a card or template: attributes, and `<onevent>` elements before them.
pub(super) fn events(element: &Element) -> Result<Events, Flaw> {
    let shortcut = |name: &str| {
        let href = element.attribute(name).map(|_| url_template(element, name)).transpose()?;
        Ok::<_, Flaw>(href.map(|href| Task::Go(Go { href, ..Go::default() })))
    };
    let mut events = Events {
        enter_forward: shortcut("onenterforward")?,
        enter_backward: shortcut("onenterbackward")?,
        timer: shortcut("ontimer")?,
    };
    for child in element.elements().filter(|child| child.name == "onevent") {
        let task = Some(only_task(child)?);
        match required(child, "type")? {
            "onenterforward" => events.enter_forward = task,
            "onenterbackward" => events.enter_backward = task,
            "ontimer" => events.timer = task,
            other => return Err(wrong(child, format!("<{}> has no event {other:?}", element.name))),
        }
    }
    Ok(events)
}

/// What picking an option does.
pub(super) fn pick(option: &Element) -> Result<Option<Task>, Flaw> {
    if let Some(event) = option.elements().next() {
        return match required(event, "type")? {
            "onpick" => only_task(event).map(Some),
            other => Err(wrong(event, format!("<option> has no event {other:?}"))),
        };
    }
    let href = option.attribute("onpick").map(|_| url_template(option, "onpick")).transpose()?;
    Ok(href.map(|href| Task::Go(Go { href, ..Go::default() })))
}

/// The one task in an element.
pub(super) fn only_task(element: &Element) -> Result<Task, Flaw> {
    let mut tasks =
        element.elements().filter(|child| matches!(child.name.as_str(), "go" | "prev" | "refresh" | "noop"));
    let (Some(task), None) = (tasks.next(), tasks.next()) else {
        return Err(wrong(element, format!("<{}> needs one task", element.name)));
    };
    Ok(match task.name.as_str() {
        "go" => Task::Go(go(task)?),
        "prev" => Task::Prev(pairs(task, "setvar")?),
        "refresh" => Task::Refresh(pairs(task, "setvar")?),
        _ => Task::Noop,
    })
}

/// A `<go>`, or an `<a>`, which is one.
pub(super) fn go(element: &Element) -> Result<Go, Flaw> {
    required(element, "href")?;
    Ok(Go {
        href: url_template(element, "href")?,
        post: match element.attribute("method") {
            None | Some("get") => false,
            Some("post") => true,
            Some(other) => return Err(wrong(element, format!("method cannot be {other:?}"))),
        },
        send_referer: element.attribute("sendreferer") == Some("true"),
        postfields: pairs(element, "postfield")?,
        setvars: pairs(element, "setvar")?,
    })
}

fn pairs(parent: &Element, name: &str) -> Result<Vec<Pair>, Flaw> {
    let pair = |element: &Element| {
        let key = required(element, "name")?;
        required(element, "value")?;
        if !key.contains('$') && !is_name(key) {
            return Err(wrong(element, format!("{key:?} is no name of a variable")));
        }
        Ok(Pair { name: template(element, "name")?, value: template(element, "value")? })
    };
    parent.elements().filter(|child| child.name == name).map(pair).collect()
}

/// An attribute's text; without the attribute, the empty one.
pub(super) fn template(element: &Element, name: &str) -> Result<Template, Flaw> {
    parsed(element, name, Conversion::Plain)
}

/// The same where a URL stands: values are escaped unless the text says otherwise (WML 1.3, section 10.3.1).
pub(super) fn url_template(element: &Element, name: &str) -> Result<Template, Flaw> {
    parsed(element, name, Conversion::Escape)
}

fn parsed(element: &Element, name: &str, usual: Conversion) -> Result<Template, Flaw> {
    Template::parse(element.attribute(name).unwrap_or_default(), usual).map_err(|why| wrong(element, why))
}

pub(super) fn required<'a>(element: &'a Element, name: &str) -> Result<&'a str, Flaw> {
    let missing = || wrong(element, format!("<{}> needs the attribute {name}", element.name));
    element.attribute(name).filter(|value| !value.is_empty() || name == "value").ok_or_else(missing)
}

pub(super) fn wrong(element: &Element, why: String) -> Flaw {
    Flaw { place: element.place, why }
}

/// The texts of an element, without its elements.
pub(super) fn own_text(element: &Element) -> Result<Template, Flaw> {
    let texts = element.children.iter().filter_map(|node| match node {
        Node::Text { text, .. } => Some(text.as_str()),
        Node::Element(_) => None,
    });
    let words: Vec<&str> =
        texts.flat_map(|text| text.split([' ', '\t', '\n'])).filter(|word| !word.is_empty()).collect();
    Template::parse(&words.join(" "), Conversion::Plain).map_err(|why| wrong(element, why))
}
