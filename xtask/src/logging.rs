use tracing_subscriber::{EnvFilter, fmt};

/// Says what is logged, in the words of tracing's filters; nothing by default.
const VARIABLE: &str = "DESKSET_LOG";

/// Logs to the standard error stream what `DESKSET_LOG` asks for. Called once, at the start.
pub(crate) fn start() {
    let Ok(filter) = EnvFilter::try_from_env(VARIABLE) else { return };
    // A second subscriber in one process is a test's affair; the first stays.
    let _ = fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
