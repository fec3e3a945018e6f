//! What is measured without a network: the same piece of work, again and again.

use std::{hint::black_box, time::Instant};

use super::{Better, Figure, Pace, Round, Side};

/// A turn is shared out among as many pieces of work.
const SHARE: u32 = 4;

/// One piece of work.
pub(super) struct Work<'w> {
    pub(super) name: &'static str,
    /// How much it counts for, in the figure's unit.
    pub(super) worth: f64,
    pub(super) work: &'w mut dyn FnMut(),
}

impl Work<'_> {
    /// In a second.
    fn rate(&mut self, pace: &Pace) -> Side {
        (self.work)();
        let (begin, mut done) = (Instant::now(), 0_u32);
        while begin.elapsed() < pace.turn / SHARE {
            black_box(&mut self.work)();
            done += 1;
        }
        let value = f64::from(done) * self.worth / begin.elapsed().as_secs_f64();
        Side { name: self.name.to_owned(), value, server_cores: None, generator_cores: None }
    }
}

/// Measures ours, and the other beside it if there is one.
pub(super) fn measured(
    pace: &Pace,
    named: (&'static str, String),
    unit: &'static str,
    aim: Option<f64>,
    mut ours: Work<'_>,
    mut beside: Option<Work<'_>>,
) -> Figure {
    let round = |_| {
        let ours = ours.rate(pace);
        let beside = beside.as_mut().map(|beside| beside.rate(pace));
        Round::new(Better::More, ours, beside.into_iter().collect())
    };
    let rounds = (0..pace.rounds).map(round).collect();
    Figure::of(named, (unit, Better::More), aim, rounds, 0)
}
