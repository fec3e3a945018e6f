use std::{collections::VecDeque, io, sync::Arc};

use crossterm::{
    event::{Event, EventStream},
    execute, queue,
    terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate},
};
use deskset_models::Display;
use deskset_phone::{Event as PhoneEvent, Hook, Input, Key, State};
use deskset_runtime::floor::{Floor, Glance, News, Seat};
use deskset_screen::{Depth, Renderer};
use futures_util::StreamExt as _;
use ratatui_core::terminal::Terminal;
use ratatui_crossterm::CrosstermBackend;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::broadcast::{Receiver, error::RecvError},
};

use crate::{
    TerminalError, Tty,
    keyboard::{Act, act},
    limits::{EVENTS_SHOWN_MAX, PASTE_CHARS_MAX},
    view::View,
};

/// Somebody sits at a phone in this terminal.
#[derive(Debug)]
pub struct Sitting {
    seat: Seat,
    news: Receiver<News>,
    display: Display,
    renderer: Renderer,
    keys: Vec<Key>,
    name: String,
    events: VecDeque<String>,
    depth: Depth,
    pixels: bool,
    typing: bool,
    lifted: bool,
    message: String,
}

impl Sitting {
    /// At this phone of the floor. What happens from now on is shown beside it.
    ///
    /// # Errors
    /// The phone was taken away, or its display cannot be drawn.
    pub async fn at(seat: Seat, floor: &Floor, depth: Depth) -> Result<Sitting, TerminalError> {
        let news = floor.news();
        let (name, display, keys) = seat
            .ask(|desk| {
                let setup = desk.phone().setup();
                let name = format!("{}  {}  {}", setup.name, setup.model.name(), setup.signaling.key());
                (name, setup.model.tables().display.clone(), desk.phone().keys().collect())
            })
            .await?;
        Ok(Sitting {
            news,
            renderer: Renderer::new(&display)?,
            display,
            keys,
            name,
            seat,
            events: VecDeque::new(),
            depth,
            pixels: false,
            typing: false,
            lifted: false,
            message: String::new(),
        })
    }

    /// Shows the phone and takes keys, until somebody quits or the program is asked to end (SIGTERM, SIGHUP, SIGINT).
    ///
    /// # Errors
    /// There is no terminal, it fails, or the phone is taken away.
    pub async fn run(mut self) -> Result<(), TerminalError> {
        let (mut terminate, mut hang_up) = (signal(SignalKind::terminate())?, signal(SignalKind::hangup())?);
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut glances = self.seat.watch();
        let tty = Tty::take()?;
        let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
        let mut keyboard = EventStream::new();
        loop {
            let glance = glances.borrow_and_update().clone();
            if !tty.is_ours() {
                return Err(TerminalError::Broken);
            }
            self.draw(&mut terminal, &glance)?;
            tokio::select! {
                changed = glances.changed() => if changed.is_err() {
                    return Err(deskset_runtime::floor::Gone.into());
                },
                told = self.news.recv() => self.tell(told),
                event = keyboard.next() => match event {
                    Some(Ok(event)) => if self.take(event).await?.is_break() {
                        return Ok(());
                    },
                    Some(Err(why)) => return Err(why.into()),
                    None => return Ok(()),
                },
                _ = terminate.recv() => return Ok(()),
                _ = hang_up.recv() => return Ok(()),
                _ = interrupt.recv() => return Ok(()),
            }
        }
    }

    fn draw(
        &mut self,
        terminal: &mut Terminal<CrosstermBackend<io::Stdout>>,
        glance: &Glance,
    ) -> Result<(), TerminalError> {
        let picture = self.pixels.then(|| self.renderer.draw(&glance.screen));
        let colours = self.renderer.colours(&glance.screen);
        let title = format!("{}  {}", self.name, words(&glance.state));
        let view = View {
            title: &title,
            display: &self.display,
            keys: &self.keys,
            screen: &glance.screen,
            picture: picture.as_ref(),
            depth: self.depth,
            typing: self.typing,
            lifted: self.lifted,
            message: &self.message,
            events: &self.events,
        };
        // Terminals that know it show the new picture whole, or not yet.
        queue!(terminal.backend_mut(), BeginSynchronizedUpdate)?;
        terminal.draw(|frame| view.draw(frame.buffer_mut(), colours))?;
        execute!(terminal.backend_mut(), EndSynchronizedUpdate)?;
        Ok(())
    }

    /// Remembers what happened to this phone.
    fn tell(&mut self, told: Result<News, RecvError>) {
        match told {
            Ok(News { phone, event, .. }) if *phone == *self.seat.name() => self.remember(line(&event)),
            Ok(_) | Err(RecvError::Closed) => {}
            Err(RecvError::Lagged(missed)) => self.remember(format!("… {missed} more")),
        }
    }

    fn remember(&mut self, line: String) {
        if self.events.len() >= EVENTS_SHOWN_MAX {
            self.events.pop_front();
        }
        self.events.push_back(line);
    }

    async fn take(&mut self, event: Event) -> Result<std::ops::ControlFlow<()>, TerminalError> {
        use std::ops::ControlFlow::{Break, Continue};
        let input = match event {
            Event::Key(key) => match act(&key, self.typing) {
                Some(Act::Quit) => return Ok(Break(())),
                Some(Act::Erase) => {
                    let key = self.seat.ask(|desk| desk.phone().erasing_key()).await?;
                    key.and_then(|key| self.input(Act::Press(key)))
                }
                Some(act) => self.input(act),
                None => None,
            },
            Event::Paste(text) if self.typing => {
                let sound = text.chars().filter(|c| !c.is_control()).take(PASTE_CHARS_MAX);
                Some(Input::Text(sound.collect()))
            }
            _ => None,
        };
        if let Some(input) = input {
            let _: Arc<Glance> = self.seat.hand(input).await?;
        }
        Ok(Continue(()))
    }

    /// What the phone is told of it, if anything.
    fn input(&mut self, act: Act) -> Option<Input> {
        self.message.clear();
        match act {
            Act::Press(key) if self.keys.contains(&key) => return Some(Input::Key(key)),
            Act::Press(key) => self.message = format!("this phone has no key {key}"),
            Act::Type(c) => return Some(Input::Text(c.to_string())),
            Act::Hook => {
                self.lifted = !self.lifted;
                return Some(Input::Hook(if self.lifted { Hook::Off } else { Hook::On }));
            }
            Act::Power => return Some(Input::PowerOn),
            Act::Typing => self.typing = !self.typing,
            Act::Pixels => self.pixels = !self.pixels,
            Act::Erase | Act::Quit => {}
        }
        None
    }
}

fn line(event: &PhoneEvent) -> String {
    let at = event.at.millis();
    let (minutes, seconds, millis) = (at / 60_000, at / 1000 % 60, at % 1000);
    format!("{minutes:02}:{seconds:02}.{millis:03} {} {}", event.kind.step(), event.kind)
}

fn words(state: &State) -> String {
    match state {
        State::Off => "off".to_owned(),
        State::Starting => "starting".to_owned(),
        State::AwaitsLogin => "asks who logs in".to_owned(),
        State::LoggedOff => "logged off".to_owned(),
        State::Ready { extension, settled } => {
            let who = extension.as_ref().map(|extension| format!(" {extension}")).unwrap_or_default();
            // A save or a retrieval is running.
            format!("ready{who}{}", if *settled { "" } else { " …" })
        }
        State::Failed { reason, .. } => format!("failed: {reason}"),
    }
}
