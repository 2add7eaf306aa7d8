//! The log: to standard error, as loud and in the form that the configuration says.

use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, LogSettings};

/// Starts the log. A second call changes nothing.
pub(super) fn start(settings: &LogSettings) {
    let filter = EnvFilter::new(format!("warn,marsad={}", settings.level.as_str()));
    let log = tracing_subscriber::fmt().with_writer(std::io::stderr).with_env_filter(filter);
    // It fails only where a log is running already.
    let _ = match settings.format {
        LogFormat::Text => log.with_target(false).try_init(),
        LogFormat::Json => log.json().try_init(),
    };
}
