//! Logs. Never bodies, tokens, chat text or secrets.
//!
//! Every line that is written while something is worked on carries the id of it: the work runs within a span. That of a
//! request is opened in `metrics.rs`, that of anything else by [`span`].

use std::fmt::Display;
use std::io::IsTerminal;
use std::str::FromStr;

use tracing::Span;
use tracing_subscriber::EnvFilter;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

impl FromStr for LogFormat {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(()),
        }
    }
}

/// Starts logging to standard error. `filter` is a level or a list of `target=level`.
pub fn start_logging(filter: &str, format: LogFormat) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(filter)?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    let started = match format {
        LogFormat::Text => builder.compact().try_init(),
        // The innermost span holds the id; the list of all would say it again.
        LogFormat::Json => builder.json().flatten_event(true).with_span_list(false).try_init(),
    };
    started.map_err(|error| anyhow::anyhow!("logging cannot start: {error}"))
}

/// The span of work that is no HTTP request: a command of a socket, a job. `id` stands where a request has its own, and
/// should be what the person concerned is told (or the row that the work is about).
///
/// ```ignore
/// work().instrument(telemetry::span("job", "send_refunds", payment.id)).await
/// ```
pub fn span(kind: &'static str, what: &str, id: impl Display) -> Span {
    tracing::info_span!("work", request_id = %id, kind, what)
}
