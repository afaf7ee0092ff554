//! What the page reads.

use leptos::prelude::*;
use trustboard_model::host_query::Fingerprint;
use trustboard_model::view::{CausePage, Impact};

use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use crate::backend::{CausesHandle, ConfigurationsHandle, ask_of};

/// The hosts of a cause, and what is left to do about them.
#[server(prefix = "/api/ui", endpoint = "cause", input = PostText, output = PostText)]
pub async fn read_cause(
    /// Which.
    cause: Fingerprint,
) -> Result<CausePage, Failure> {
    ask_of(|CausesHandle(backend), viewer| async move { backend.cause(&viewer, cause).await }).await
}

/// What accepting it would change; nothing where there is nothing that the viewer may accept.
#[server(prefix = "/api/ui", endpoint = "cause-impact", input = PostText, output = PostText)]
pub async fn read_cause_impact(
    /// Which.
    cause: Fingerprint,
    /// Whether the older version stays approved.
    keep_older: bool,
) -> Result<Option<Impact>, Failure> {
    use trustboard_model::role::Role;
    use trustboard_model::view::ConfigurationAction;

    let page = read_cause(cause).await?;
    let Some(example) = super::accept::acceptable(&page) else { return Ok(None) };
    let (host, revision) = (example.host.id, example.revision);
    let datacenter = example.datacenter;
    let reason = String::new();
    let action = ConfigurationAction::AcceptChange { host, revision, reason, keep_older };
    ask_of(|ConfigurationsHandle(backend), viewer| async move {
        if !viewer.may(Role::Approver, datacenter) {
            return Ok(None);
        }
        backend.configuration_impact(&viewer, action).await.map(Some)
    })
    .await
}
