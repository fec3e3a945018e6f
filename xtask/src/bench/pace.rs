use std::time::Duration;

/// What is measured, how long and how often.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pace {
    /// How often each side has its turn.
    pub rounds: u32,
    /// How long one turn takes.
    pub turn: Duration,
    /// How many phones boot in a turn.
    pub phones: u32,
    /// How old a file is before it is asked for.
    pub rest: Duration,
    /// Words that must all be in "group name" of a load.
    pub only: Vec<String>,
}

impl Pace {
    /// For figures to be published.
    #[must_use]
    pub fn full(rounds: u32) -> Self {
        Pace {
            rounds,
            turn: Duration::from_millis(1500),
            phones: 10_000,
            rest: Duration::from_secs(5),
            only: Vec::new(),
        }
    }

    /// Whether this load is wanted.
    pub(super) fn wants(&self, group: &str, name: &str) -> bool {
        let both = format!("{group} {name}").to_lowercase();
        self.only.iter().all(|word| both.contains(&word.to_lowercase()))
    }

    /// To see that everything runs; its figures say nothing.
    #[must_use]
    pub fn quick(rounds: u32) -> Self {
        Pace { rounds, turn: Duration::from_millis(100), phones: 40, rest: Duration::ZERO, only: Vec::new() }
    }
}
