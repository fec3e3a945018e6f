//! What the servers did, in numbers, as OpenMetrics text.

use std::fmt;

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};

use crate::ServerRecord;

/// Counts the records of a server.
pub struct Metrics {
    registry: Registry,
    transfers: Family<Ended, Counter>,
    bytes: Family<Way, Counter>,
    durations: Family<Way, Histogram>,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Ended {
    protocol: &'static str,
    action: &'static str,
    outcome: &'static str,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Way {
    protocol: &'static str,
    action: &'static str,
}

impl Metrics {
    /// Nothing counted yet.
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("deskset");
        let (transfers, bytes) = (Family::default(), Family::default());
        let durations = Family::new_with_constructor(histogram as fn() -> Histogram);
        registry.register("transfers", "Transfers that ended", transfers.clone());
        registry.register_with_unit("transferred", "Bytes of files that moved", Unit::Bytes, bytes.clone());
        let help = "How long transfers took that moved a file or a part of one";
        registry.register_with_unit("transfer_duration", help, Unit::Seconds, durations.clone());
        Metrics { registry, transfers, bytes, durations }
    }

    /// Counts a transfer that ended.
    pub fn count(&self, record: &ServerRecord) {
        let (protocol, action) = (record.protocol.name(), record.action.name());
        let ended = Ended { protocol, action, outcome: record.outcome.name() };
        self.transfers.get_or_create(&ended).inc();
        if record.bytes > 0 {
            let way = Way { protocol, action };
            self.bytes.get_or_create(&way).inc_by(record.bytes);
            self.durations.get_or_create(&way).observe(record.micros as f64 / 1e6);
        }
    }

    /// All numbers, as OpenMetrics text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        if let Err(error) = encode(&mut text, &self.registry) {
            tracing::error!(%error, "the metrics cannot be written");
        }
        text
    }
}

/// One millisecond to 262 seconds, each step four times the one before.
fn histogram() -> Histogram {
    Histogram::new(exponential_buckets(0.001, 4.0, 10))
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}
