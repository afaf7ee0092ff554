//! Metrics for Prometheus. What happens often is counted where it happens ([`counted()`]), through
//! handles that are made once; what can be read is read when somebody asks ([`fleet`], [`process`]).
//!
//! `docs/metrics.md` lists them all; a test compares it with what is served.

mod counted;
mod fleet;
mod minute;
mod process;

use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::registry::Registry;
use trustboard_model::refusal::Refusal;

pub(crate) use self::counted::{Commit, Stage, Totals, counted};
pub(crate) use self::minute::run as log_every_minute;
use crate::state::AppState;

/// What every name begins with.
const PREFIX: &str = "trustboard";

/// The media type of [`text`].
pub const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// One label with a word from this program.
type Label = [(&'static str, &'static str); 1];

/// Everything, in the text format of OpenMetrics 1.0.
pub async fn text(state: &AppState) -> Result<String, Refusal> {
    let mut read = Registry::with_prefix(PREFIX);
    if let Err(refusal) = fleet::register(&mut read, state).await {
        // What is counted is known without the database, and that it is away is worth knowing.
        tracing::warn!(%refusal, "metrics without what the database knows");
        read = Registry::with_prefix(PREFIX);
        fleet::unreachable(&mut read);
    }
    let mut process = Registry::default();
    process::register(&mut process);
    let mut text = String::new();
    for registry in [counted().registry(), &read, &process] {
        encode_registry(&mut text, registry).map_err(|_| unwritten())?;
    }
    encode_eof(&mut text).map_err(|_| unwritten())?;
    Ok(text)
}

/// Writing to a string fails only if a value refuses to be written, which none of ours does.
fn unwritten() -> Refusal {
    Refusal::Unavailable { trace: "metrics".to_owned() }
}
