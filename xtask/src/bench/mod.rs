//! How fast Deskset is, and how fast beside programs of other makers in the same run.
//!
//! ```text
//!  contest: ours, then the peers, then the peers, then ours … ──► Run ──► Figure: ratios, median, verdict ──► Report
//!             servers: processes of their own     load: the generators, in this process, and wrk
//! ```
//!
//! A machine is never twice as fast as it was: so only the ratios within one round count, and of those the median.

mod contest;
mod cpu;
mod figure;
mod files;
mod ftp;
mod http;
mod inside;
mod load;
mod machine;
mod pace;
mod page;
mod phones;
mod screens;
mod servers;
mod tftp;

pub use figure::{Better, Figure, Report, Round, Side, Verdict};
pub use machine::Machine;
pub use pace::Pace;
pub use page::page;
pub use servers::Peers;

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Group {
    /// The file servers, beside those of other makers.
    Servers,
    /// Many phones at once.
    Phones,
    /// The settings language and the backup files.
    Files,
    /// From cells to pixels.
    Screens,
}

/// Measures one group; `tell` hears what comes next.
///
/// # Errors
/// A sentence if a server, a generator or a model is missing.
pub async fn run(
    group: Group,
    pace: &Pace,
    peers: impl FnOnce() -> Result<Peers, String>,
    catalog: &deskset_host::Catalog,
    tell: &dyn Fn(&str),
) -> Result<Vec<Figure>, String> {
    match group {
        Group::Servers => servers::run(pace, &peers()?, tell).await,
        Group::Phones => phones::run(pace, catalog, tell),
        Group::Files => files::run(pace, catalog, tell),
        Group::Screens => screens::run(pace, catalog, tell),
    }
}
