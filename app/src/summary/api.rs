//! What the page reads.

use leptos::prelude::*;
use trustboard_model::view::{Scope, SummaryPage, TrendAsked};

use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use crate::backend::{HistoryHandle, ask_of};

/// What needs a person within a scope, and how its counts developed.
#[server(prefix = "/api/ui", endpoint = "summary", input = PostText, output = PostText)]
pub async fn read_summary(
    /// Where.
    scope: Scope,
    /// Which counts over time.
    trend: TrendAsked,
) -> Result<SummaryPage, Failure> {
    ask_of(|HistoryHandle(backend), viewer| async move {
        backend.summary(&viewer, scope, trend).await
    })
    .await
}
