//! What a process and its children used of the processors (proc(5), `/proc/PID/stat`).

use std::{collections::HashMap, fs};

/// The kernel counts in hundredths of a second for every program, whatever its own clock is (sysconf(3), _SC_CLK_TCK).
const TICKS: f64 = 100.0;

/// One line of `/proc/PID/stat`.
struct Stat {
    parent: u32,
    session: u32,
    /// Its own, and that of children it has waited for.
    ticks: u64,
}

/// Seconds of processor that `process`, all below it and all of its session have used so far.
pub(super) fn used(process: u32) -> f64 {
    let all: HashMap<u32, Stat> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|number: u32| Some((number, stat(number)?)))
        .collect();
    let belongs = |number: &u32, stat: &Stat| {
        let mut at = *number;
        // As deep as processes are nested at most.
        for _ in 0..64 {
            if at == process {
                return true;
            }
            at = all.get(&at).map_or(0, |stat| stat.parent);
        }
        stat.session == process
    };
    all.iter().filter(|(number, stat)| belongs(number, stat)).map(|(_, stat)| stat.ticks as f64 / TICKS).sum()
}

/// Seconds that this process and the children it has waited for have used so far.
pub(super) fn own() -> f64 {
    stat(std::process::id()).map_or(0.0, |stat| stat.ticks as f64 / TICKS)
}

fn stat(process: u32) -> Option<Stat> {
    let line = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name before may hold anything.
    let fields: Vec<&str> = line.rsplit_once(") ")?.1.split(' ').collect();
    let number = |at: usize| fields.get(at)?.parse::<u64>().ok();
    let ticks = (11..15).map(number).sum::<Option<u64>>()?;
    Some(Stat { parent: fields.get(1)?.parse().ok()?, session: fields.get(3)?.parse().ok()?, ticks })
}
