//! What the page reads.

use leptos::prelude::*;
use trustboard_model::id::DatacenterId;
use trustboard_model::view::CompliancePage;

use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use crate::backend::{HistoryHandle, ask_of};

/// A part of the dated report of a datacenter.
#[server(prefix = "/api/ui", endpoint = "report", input = PostText, output = PostText)]
pub async fn read_report(
    /// The datacenter.
    datacenter: DatacenterId,
    /// The part, from 1.
    part: u32,
) -> Result<CompliancePage, Failure> {
    ask_of(|HistoryHandle(backend), viewer| async move {
        backend.compliance(&viewer, datacenter, part).await
    })
    .await
}
