//! A page that was pushed: shown at once, or waiting for the Web application.

use std::time::Duration;

use deskset_browser::{
    Answer, Browser, BrowserError, Output as Said, Url,
    push::{Mode, PushMessage, PushType},
};

use super::PushEffect;
use crate::{EventKind, Phone};

impl Phone {
    /// The content has come, or has not.
    pub(super) fn page_arrived(&mut self, message: &PushMessage, effect: PushEffect, outcome: Result<&Answer, &str>) {
        let url = &message.url;
        let title = match outcome {
            Ok(answer) => self.title_of(url, answer),
            Err(words) => Err(BrowserError::NoAnswer { url: without_query(url), why: words.to_owned() }),
        };
        match (title, outcome) {
            (Ok(_), Ok(answer)) if effect != PushEffect::Background => {
                self.ping(message.alert);
                self.event(EventKind::PagePushed { url: without_query(url), waits: false });
                self.bring_web_to_the_front();
                self.browsing.pushed = true;
                // The page of an idle phone does not take its place at once, and comes back after it.
                self.is_touched();
                let now = self.browser_time();
                // It was read a moment ago.
                self.browse(|browser| drop(browser.push(now, url, answer)));
            }
            (Ok(title), Ok(answer)) => {
                self.ping(message.alert);
                self.event(EventKind::PagePushed { url: without_query(url), waits: true });
                // Only the newest one waits (project rule).
                self.browsing.waiting = Some(Box::new((url.clone(), answer.clone())));
                if !title.is_empty() {
                    self.show_pushed_text(title, false);
                }
            }
            (Err(error), _) if message.mode == Mode::Barge => {
                self.bring_web_to_the_front();
                self.is_touched();
                self.browse(|browser| browser.show_error(error));
            }
            (Err(error), _) => self.drop_push(PushType::Display, &error.to_string()),
            (Ok(_), Err(words)) => self.drop_push(PushType::Display, words),
        }
    }

    /// The title of the page's first card, as a browser that nobody sees finds it.
    fn title_of(&self, url: &Url, answer: &Answer) -> Result<String, BrowserError> {
        let mut browser = Browser::new(self.web_abilities());
        browser.push(Duration::ZERO, url, answer)?;
        while let Some(said) = browser.poll_output() {
            if let Said::Shown { title } = said {
                return Ok(title.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
        Ok(String::new())
    }
}

/// For people: the query may hold anything.
pub(crate) fn without_query(url: &Url) -> String {
    url.as_str().split('?').next().unwrap_or_default().to_owned()
}
