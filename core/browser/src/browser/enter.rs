//! From card to card: tasks, events, the timer.

use std::{collections::BTreeSet, time::Duration};

use super::{Browser, Entry, View};
use crate::{
    deck::{Card, Field, Go, Input, Pair, Select, Task},
    error::BrowserError,
    request::{Method, Output},
    url::{Url, form},
    wtai::{self, Telephony},
};

/// How a card is come to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Forward,
    Backward,
}

impl Browser {
    /// Does what a link, a key or an event says.
    pub(super) fn run(&mut self, now: Duration, task: &Task) {
        if self.count_task().is_none() {
            return;
        }
        match task {
            Task::Noop => {}
            Task::Refresh(setvars) => {
                self.keep_timer(now);
                self.set_pairs(setvars);
                self.display(now);
            }
            Task::Prev(setvars) => {
                if self.history.len() < 2 {
                    return self.error_tone();
                }
                let setvars = self.filled(setvars);
                self.keep_timer(now);
                self.stop_waiting();
                self.history.pop();
                self.set(&setvars);
                self.enter(now, Way::Backward);
            }
            Task::Go(go) => self.follow(now, go),
        }
    }

    fn follow(&mut self, now: Duration, go: &Go) {
        let href = go.href.fill(&self.variables);
        if let Some(call) = wtai::parse(&href) {
            self.set_pairs(&go.setvars);
            match call.telephony {
                Telephony::Dial { number } => self.outputs.push_back(Output::Dial { number }),
                Telephony::AddSpeedDial { number, name } => {
                    self.outputs.push_back(Output::AddSpeedDial { number, name });
                }
                Telephony::Unknown => self.error_tone(),
            }
            if let Some(result) = call.result {
                self.variables.set(&result, "");
            }
            return self.lay_out();
        }
        match self.destination(go, &href) {
            Err(error) => self.fail(error),
            Ok(url) => {
                let setvars = self.filled(&go.setvars);
                let within = self.history.last().filter(|here| {
                    let same = url.fragment().is_some() && here.url.without_fragment() == url.without_fragment();
                    same && !go.post && go.postfields.is_empty()
                });
                if let Some(here) = within {
                    let (deck, card) = (here.deck.clone(), here.deck.card(url.fragment().as_deref()));
                    self.keep_timer(now);
                    self.stop_waiting();
                    return self.go_forward(now, Entry { url, deck, card }, &setvars);
                }
                self.keep_timer(now);
                let referer = go.send_referer.then(|| self.url().map(|url| url.without_fragment().to_string()));
                let (method, body) =
                    if go.post { (Method::Post, self.post_body(go)) } else { (Method::Get, String::new()) };
                self.ask(url, method, body, referer.flatten(), setvars);
            }
        }
    }

    fn destination(&self, go: &Go, href: &str) -> Result<Url, BrowserError> {
        let url = match self.url() {
            Some(base) => base.join(href),
            None => Url::parse(href),
        };
        let url = url.map_err(BrowserError::Link)?;
        if go.post || go.postfields.is_empty() {
            return Ok(url);
        }
        let fields = self.filled(&go.postfields);
        url.with_items(fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))).map_err(BrowserError::Link)
    }

    fn post_body(&self, go: &Go) -> String {
        let fields = self.filled(&go.postfields);
        form(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// A card becomes the last one of the history.
    pub(super) fn go_forward(&mut self, now: Duration, entry: Entry, setvars: &[(String, String)]) {
        if entry.deck.cards.get(entry.card).is_some_and(|card| card.new_context) {
            self.variables.clear();
            self.history.clear();
        }
        self.set(setvars);
        self.remember(entry);
        self.enter(now, Way::Forward);
    }

    fn enter(&mut self, now: Duration, way: Way) {
        let event = self.with_card(|_, card| match way {
            Way::Forward => card.events.enter_forward.clone(),
            Way::Backward => card.events.enter_backward.clone(),
        });
        self.view.top = 0;
        match event.flatten() {
            // What it sets is there before the card is drawn.
            Some(Task::Refresh(setvars)) => {
                self.set_pairs(&setvars);
                self.display(now);
            }
            Some(task) => {
                self.display(now);
                self.view.timer = self.view.timer.filter(|_| task == Task::Noop);
                self.run(now, &task);
            }
            None => self.display(now),
        }
    }

    /// Draws the card anew: fields, timer, images.
    fn display(&mut self, now: Duration) {
        self.error = None;
        let top = self.view.top;
        self.view = View { top, ..View::default() };
        let title = self.with_card(|browser, card| {
            browser.view.chosen = card.fields.iter().map(|field| browser.prepare(field)).collect();
            browser.view.timer = browser.timer_value(card).map(|value| now + value);
            card.title.fill(&browser.variables)
        });
        self.ask_for_images();
        self.lay_out();
        self.outputs.push_back(Output::Shown { title: title.unwrap_or_default() });
    }

    /// A field's value before the user touches it, as a variable and as chosen options.
    fn prepare(&mut self, field: &Field) -> BTreeSet<usize> {
        match field {
            Field::Input(input) => {
                self.prepare_input(input);
                BTreeSet::new()
            }
            Field::Select(select) => {
                let chosen = self.first_choice(select);
                self.choose(select, &chosen);
                chosen
            }
        }
    }

    fn prepare_input(&mut self, input: &Input) {
        let (value, initial) = (input.value.fill(&self.variables), input.initial.fill(&self.variables));
        let candidates = [self.variables.get(&input.name).to_owned(), value, initial];
        let fits = |text: &&String| !text.is_empty() && input.mask.accepts(text);
        let value = candidates.iter().find(fits).map(String::as_str).unwrap_or_default();
        self.variables.set(&input.name, value);
    }

    /// WML 1.3, section 11.6.2.1: what the variables say, then what the element says, then the first option.
    fn first_choice(&self, select: &Select) -> BTreeSet<usize> {
        let values: Vec<String> = select.options().map(|(value, _)| value.fill(&self.variables)).collect();
        let by_index = |text: &str| -> BTreeSet<usize> {
            let numbers = text.split(';').filter_map(|number| number.trim().parse::<usize>().ok());
            numbers.filter_map(|number| number.checked_sub(1)).filter(|at| *at < values.len()).collect()
        };
        let by_value = |text: &str| -> BTreeSet<usize> {
            let wanted: Vec<&str> = text.split(';').filter(|value| !value.is_empty()).collect();
            (0..values.len()).filter(|at| wanted.contains(&values[*at].as_str())).collect()
        };
        let of = |name: &Option<String>| name.as_deref().map_or("", |name| self.variables.get(name)).to_owned();
        let candidates = [
            by_index(&of(&select.index_name)),
            by_index(&select.index_value.fill(&self.variables)),
            by_value(&of(&select.name)),
            by_value(&select.value.fill(&self.variables)),
        ];
        let chosen = candidates.into_iter().find(|chosen| !chosen.is_empty()).unwrap_or_default();
        match (select.multiple, chosen.first()) {
            (true, _) => chosen,
            (false, Some(first)) => [*first].into(),
            (false, None) => (0..values.len()).take(1).collect(),
        }
    }

    /// Writes chosen options into the variables of a `<select>`.
    pub(super) fn choose(&mut self, select: &Select, chosen: &BTreeSet<usize>) {
        if let Some(name) = &select.name {
            let values: Vec<String> = select.options().map(|(value, _)| value.fill(&self.variables)).collect();
            let values: Vec<&str> = chosen.iter().filter_map(|at| values.get(*at).map(String::as_str)).collect();
            self.variables.set(name, &values.join(";"));
        }
        if let Some(name) = &select.index_name {
            let numbers: Vec<String> = chosen.iter().map(|at| (at + 1).to_string()).collect();
            self.variables.set(name, &numbers.join(";"));
        }
    }

    fn timer_value(&self, card: &Card) -> Option<Duration> {
        let timer = card.timer.as_ref()?;
        let set = timer.name.as_deref().map_or("", |name| self.variables.get(name)).to_owned();
        let value = if set.is_empty() { timer.value.fill(&self.variables) } else { set };
        let tenths: u32 = value.trim().parse().ok()?;
        (tenths > 0).then(|| Duration::from_millis(100) * tenths)
    }

    /// The timer's variable keeps what is left of it when its card is left.
    fn keep_timer(&mut self, now: Duration) {
        let Some(deadline) = self.view.timer.take() else { return };
        let name = self.with_card(|_, card| card.timer.as_ref().and_then(|timer| timer.name.clone()));
        if let Some(name) = name.flatten() {
            let left = deadline.saturating_sub(now).as_millis().div_ceil(100);
            self.variables.set(&name, &left.to_string());
        }
    }

    /// The timer has run out.
    pub(super) fn expire(&mut self, now: Duration) {
        self.keep_timer(now);
        let task = self.with_card(|_, card| card.events.timer.clone()).flatten();
        if let Some(task) = task {
            self.run(now, &task);
        }
    }

    fn filled(&self, pairs: &[Pair]) -> Vec<(String, String)> {
        pairs.iter().map(|pair| pair.fill(&self.variables)).collect()
    }

    fn set_pairs(&mut self, pairs: &[Pair]) {
        let pairs = self.filled(pairs);
        self.set(&pairs);
    }

    fn set(&mut self, pairs: &[(String, String)]) {
        for (name, value) in pairs {
            self.variables.set(name, value);
        }
    }
}
