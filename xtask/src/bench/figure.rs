//! What a bench says: figures, each a ratio to a peer in the same run.

use serde::Serialize;

use super::Machine;

/// A median this far below its aim still meets it: so much differs from run to run.
const TOLERANCE: f64 = 0.05;

/// All figures of a run.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Report {
    /// Name and version of this form.
    pub schema: &'static str,
    /// Where it was measured.
    pub machine: Machine,
    /// In the order they were measured.
    pub figures: Vec<Figure>,
}

/// One thing that was measured, ours and the peers' in turn.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Figure {
    /// tftp, http, ftp, files, screens or phones.
    pub group: &'static str,
    /// What is done, with how much, by how many.
    pub name: String,
    /// What the values count.
    pub unit: &'static str,
    /// Whether more of it is better.
    pub better: Better,
    /// What the median is to be at least, or at most where there is no peer and less is better; none: nothing was promised.
    pub aim: Option<f64>,
    /// In the order they were run.
    pub rounds: Vec<Round>,
    /// Of the ratios; without a peer, of our values.
    pub median: f64,
    /// The least and the greatest of them.
    pub spread: [f64; 2],
    /// What came of the aim.
    pub verdict: Verdict,
}

/// Which values are better.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// Speed.
    More,
    /// Time.
    Less,
}

/// Ours, and the peers' right before or after.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Round {
    /// Ours.
    pub ours: Side,
    /// Theirs; none where there is nothing to compare with.
    pub peers: Vec<Side>,
    /// How many times as good as the best of them we are: above 1 we are better. None without a peer.
    pub ratio: Option<f64>,
}

/// One measurement.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Side {
    /// Whose.
    pub name: String,
    /// In the figure's unit.
    pub value: f64,
    /// Processors that the server kept busy; none where there is no server.
    pub server_cores: Option<f64>,
    /// Processors that the load generator kept busy.
    pub generator_cores: Option<f64>,
}

/// What came of an aim.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub enum Verdict {
    /// The median reaches it, give or take 5 in a hundred.
    #[serde(rename = "met")]
    Met,
    /// It does not.
    #[serde(rename = "missed")]
    Missed,
    /// In most rounds the load generator had no more to give while a server had: nothing can be said.
    #[serde(rename = "generator saturated")]
    Saturated,
    /// Nothing was promised.
    #[serde(rename = "no aim")]
    NoAim,
}

impl Report {
    /// With the form's name.
    #[must_use]
    pub fn new(machine: Machine, figures: Vec<Figure>) -> Self {
        Report { schema: "deskset-bench-1", machine, figures }
    }

    /// How many figures have this verdict.
    #[must_use]
    pub fn count(&self, verdict: Verdict) -> usize {
        self.figures.iter().filter(|figure| figure.verdict == verdict).count()
    }
}

impl Figure {
    /// Judges these rounds, of which there must be one at least. `saturated`: in how many of them the generator was at
    /// its end before a server was.
    #[must_use]
    pub fn of(
        (group, name): (&'static str, String),
        (unit, better): (&'static str, Better),
        aim: Option<f64>,
        rounds: Vec<Round>,
        saturated: usize,
    ) -> Self {
        let mut judged: Vec<f64> = rounds.iter().map(|round| round.ratio.unwrap_or(round.ours.value)).collect();
        judged.sort_by(f64::total_cmp);
        let median = median(&judged);
        let spread = [judged.first(), judged.last()].map(|value| value.copied().unwrap_or_default());
        // A ratio above 1 is ours in either case.
        let at_most = better == Better::Less && rounds.iter().all(|round| round.ratio.is_none());
        let reaches = |aim: f64| match at_most {
            true => median <= aim * (1.0 + TOLERANCE),
            false => median >= aim * (1.0 - TOLERANCE),
        };
        let verdict = match aim {
            None => Verdict::NoAim,
            Some(_) if saturated * 2 > rounds.len() => Verdict::Saturated,
            Some(aim) if reaches(aim) => Verdict::Met,
            Some(_) => Verdict::Missed,
        };
        Figure { group, name, unit, better, aim, rounds, median, spread, verdict }
    }

    /// The median of one side's values over all rounds.
    #[must_use]
    pub fn usual(&self, name: &str) -> Option<f64> {
        let sides = self.rounds.iter().flat_map(|round| round.peers.iter().chain([&round.ours]));
        let mut values: Vec<f64> = sides.filter(|side| side.name == name).map(|side| side.value).collect();
        values.sort_by(f64::total_cmp);
        (!values.is_empty()).then(|| median(&values))
    }
}

impl Round {
    /// Compares ours with the best of theirs.
    #[must_use]
    pub fn new(better: Better, ours: Side, peers: Vec<Side>) -> Self {
        let theirs = peers.iter().map(|peer| peer.value);
        let ratio = match better {
            Better::More => theirs.reduce(f64::max).map(|best| ours.value / best),
            Better::Less => theirs.reduce(f64::min).map(|best| best / ours.value),
        };
        Round { ours, peers, ratio }
    }
}

/// Of sorted values.
fn median(sorted: &[f64]) -> f64 {
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => 0.0,
        odd if odd % 2 == 1 => sorted[middle],
        _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
    }
}
