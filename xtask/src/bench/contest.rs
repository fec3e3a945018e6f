//! Rounds in which ours and the peers have the same load, one after the other.

use std::time::{Duration, Instant};

use super::{
    Better, Figure, Pace, Round, Side, cpu,
    load::{Heard, Load},
};

/// A generator that takes more than this of its processor has no more to give.
const GENERATOR_FULL: f64 = 0.9;

/// A server that takes less than this of what it may have is waiting.
const SERVER_FULL: f64 = 0.9;

/// Between two turns: connections end, files are written.
const PAUSE: Duration = Duration::from_millis(20);

/// Somebody who is measured.
pub(super) struct Contestant {
    pub(super) name: String,
    /// The server's process.
    pub(super) process: u32,
    /// How many processors it may have.
    pub(super) cores: usize,
    pub(super) load: Load,
}

/// One turn of one contestant.
pub(super) struct Run {
    seconds: f64,
    server: f64,
    generator: f64,
    heard: Heard,
    is_starved: bool,
}

/// One figure that is taken of the turns.
pub(super) struct View {
    pub(super) name: String,
    pub(super) unit: &'static str,
    pub(super) better: Better,
    pub(super) aim: Option<f64>,
    /// Against which of the peers; empty: all.
    pub(super) against: &'static [&'static str],
    /// Whether it means nothing when the generator had no more to give.
    pub(super) needs_load: bool,
    pub(super) value: fn(&Run) -> f64,
}

impl Run {
    /// Done in a second.
    pub(super) fn rate(&self) -> f64 {
        self.heard.done as f64 / self.seconds
    }

    /// Done for each second of processor that the server took.
    pub(super) fn thrift(&self) -> f64 {
        self.heard.done as f64 / self.server.max(0.001)
    }

    /// Bytes of files in a second, in MiB.
    pub(super) fn flow(&self) -> f64 {
        self.heard.bytes as f64 / self.seconds / f64::from(1 << 20)
    }

    /// Microseconds in which 99 of 100 were done.
    pub(super) fn slow(&self) -> f64 {
        let mut micros = self.heard.micros.clone();
        micros.sort_unstable();
        micros.get(micros.len() * 99 / 100).copied().map_or(f64::MAX, f64::from)
    }
}

/// The first contestant is ours.
pub(super) async fn contest(
    group: &'static str,
    pace: &Pace,
    contestants: &[Contestant],
    views: Vec<View>,
) -> Result<Vec<Figure>, String> {
    let mut rounds: Vec<Vec<Run>> = Vec::new();
    for contestant in contestants {
        // Files come into memory, and the figure is of a server that has been running.
        contestant.run(pace.turn / 5).await?;
    }
    for number in 0..pace.rounds {
        let mut order: Vec<usize> = (0..contestants.len()).collect();
        if number % 2 == 1 {
            order.reverse();
        }
        let mut runs = Vec::new();
        for at in order {
            runs.push((at, contestants[at].run(pace.turn).await?));
        }
        runs.sort_by_key(|(at, _)| *at);
        rounds.push(runs.into_iter().map(|(_, run)| run).collect());
    }
    Ok(views.into_iter().map(|view| view.figure(group, contestants, &rounds)).collect())
}

impl Contestant {
    async fn run(&self, turn: Duration) -> Result<Run, String> {
        tokio::time::sleep(PAUSE).await;
        let (server, generator, begin) = (cpu::used(self.process), cpu::own(), Instant::now());
        let heard = self.load.run(turn).await.map_err(|why| format!("{}: {why}", self.name))?;
        let seconds = begin.elapsed().as_secs_f64();
        let (server, generator) = (cpu::used(self.process) - server, cpu::own() - generator);
        let is_starved = generator > GENERATOR_FULL * seconds && server < SERVER_FULL * seconds * self.cores as f64;
        Ok(Run { seconds, server, generator, heard, is_starved })
    }

    fn side(&self, run: &Run, view: &View) -> Side {
        Side {
            name: self.name.clone(),
            value: (view.value)(run),
            server_cores: Some(run.server / run.seconds),
            generator_cores: Some(run.generator / run.seconds),
        }
    }
}

impl View {
    fn figure(self, group: &'static str, contestants: &[Contestant], rounds: &[Vec<Run>]) -> Figure {
        let of = |name: &str| self.against.is_empty() || self.against.contains(&name);
        let mut saturated = 0;
        let judged = rounds.iter().map(|runs| {
            let mut sides = Vec::new();
            for (at, (contestant, run)) in contestants.iter().zip(runs).enumerate() {
                if at == 0 || of(&contestant.name) {
                    sides.push((contestant.side(run, &self), run.is_starved));
                }
            }
            saturated += usize::from(self.needs_load && sides.iter().any(|(_, is_starved)| *is_starved));
            let mut sides = sides.into_iter().map(|(side, _)| side);
            let ours = sides.next().unwrap_or(Side {
                name: String::new(),
                value: 0.0,
                server_cores: None,
                generator_cores: None,
            });
            Round::new(self.better, ours, sides.collect())
        });
        let judged = judged.collect();
        Figure::of((group, self.name), (self.unit, self.better), self.aim, judged, saturated)
    }
}
