use std::{fs, num::NonZero, thread};

use serde::Serialize;

/// Where it was measured.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Machine {
    /// The processor's name, as the system knows it.
    pub processor: String,
    /// How many of them.
    pub cores: usize,
    /// The system's kernel.
    pub kernel: String,
    /// Whether this program was built with optimizations.
    pub optimized: bool,
    /// How many programs wanted a processor when it began: with more than a few, the figures are noisy.
    pub load: f64,
}

impl Machine {
    /// This one.
    #[must_use]
    pub fn here() -> Self {
        let read = |file: &str| fs::read_to_string(file).unwrap_or_default();
        let (cpu, load) = (read("/proc/cpuinfo"), read("/proc/loadavg"));
        let processor = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
        Machine {
            processor: processor.map_or("unknown", |(_, name)| name).to_owned(),
            cores: thread::available_parallelism().map_or(1, NonZero::get),
            kernel: read("/proc/sys/kernel/osrelease").trim().to_owned(),
            optimized: !cfg!(debug_assertions),
            load: load.split(' ').next().and_then(|load| load.parse().ok()).unwrap_or_default(),
        }
    }
}
