//! Server functions of these pages. Readings take and give JSON; changes take flat fields, because
//! plain forms post them, and send the browser on to a page.

use leptos::prelude::*;
use trustboard_model::id::{ClusterId, ConfigurationId, HostId};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::view::{
    ConfigurationAction, ConfigurationDone, ConfigurationPage, ConfigurationRow, Impact,
};

use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use crate::backend::{ConfigurationsHandle, ask_of};

/// Every version, with `all` the ended ones too.
#[server(prefix = "/api/ui", endpoint = "configurations", input = PostText, output = PostText)]
pub async fn read_configurations(
    /// Whether those that ended are wanted too.
    all: bool,
) -> Result<Vec<ConfigurationRow>, Failure> {
    ask_of(|ConfigurationsHandle(backend), viewer| async move {
        backend.configurations(&viewer, all).await
    })
    .await
}

/// One version.
#[server(prefix = "/api/ui", endpoint = "configuration", input = PostText, output = PostText)]
pub async fn read_configuration(
    /// Which.
    id: ConfigurationId,
) -> Result<ConfigurationPage, Failure> {
    ask_of(|ConfigurationsHandle(backend), viewer| async move {
        backend.configuration(&viewer, id).await
    })
    .await
}

/// What an action would do.
#[server(prefix = "/api/ui", endpoint = "configuration-impact", input = PostText, output = PostText)]
pub async fn read_configuration_impact(
    /// The action.
    action: ConfigurationAction,
) -> Result<Impact, Failure> {
    ask_of(|ConfigurationsHandle(backend), viewer| async move {
        backend.configuration_impact(&viewer, action).await
    })
    .await
}

/// Makes a draft from what a host booted, and leads to it.
#[server(prefix = "/api/ui", endpoint = "capture", output = PostText)]
pub async fn capture(
    /// The host.
    host: HostId,
    /// The configuration's name.
    name: String,
    /// Notes.
    #[server(default)]
    notes: String,
    /// Its clusters; the host's own without any.
    #[server(default)]
    clusters: Vec<ClusterId>,
) -> Result<ConfigurationDone, Failure> {
    let typed = vec![("name".to_owned(), name.clone()), ("notes".to_owned(), notes.clone())];
    let (name, notes) = (name.trim().to_owned(), notes.trim().to_owned());
    let action = ConfigurationAction::Capture { host, name, notes, clusters, pcrs: Vec::new() };
    change("capture", typed, action, None).await
}

/// Changes a draft.
#[server(prefix = "/api/ui", endpoint = "edit-configuration", output = PostText)]
pub async fn edit_configuration(
    /// The draft.
    id: ConfigurationId,
    /// The revision that was seen.
    revision: u64,
    /// Notes.
    #[server(default)]
    notes: String,
    /// Its clusters.
    #[server(default)]
    clusters: Vec<ClusterId>,
    /// The registers that it speaks of.
    #[server(default)]
    pcrs: Vec<PcrIndex>,
    /// The events that may vary, by number.
    #[server(default)]
    varies: Vec<u32>,
) -> Result<ConfigurationDone, Failure> {
    let typed = vec![("notes".to_owned(), notes.clone())];
    let notes = notes.trim().to_owned();
    let action = ConfigurationAction::Edit { id, revision, notes, clusters, pcrs, varies };
    change("edit", typed, action, None).await
}

/// Approves a draft, or gives the second approval.
#[server(prefix = "/api/ui", endpoint = "approve-configuration", output = PostText)]
pub async fn approve_configuration(
    /// Which.
    id: ConfigurationId,
    /// The revision that was seen.
    revision: u64,
    /// Whether older versions stay approved.
    #[server(default)]
    keep_older: bool,
) -> Result<ConfigurationDone, Failure> {
    let action = ConfigurationAction::Approve { id, revision, keep_older };
    change("approve", Vec::new(), action, None).await
}

/// Takes one out of use, or throws a draft away.
#[server(prefix = "/api/ui", endpoint = "retire-configuration", output = PostText)]
pub async fn retire_configuration(
    /// Which.
    id: ConfigurationId,
    /// The revision that was seen.
    revision: u64,
    /// Why.
    #[server(default)]
    reason: String,
) -> Result<ConfigurationDone, Failure> {
    let typed = vec![("reason".to_owned(), reason.clone())];
    let reason = reason.trim().to_owned();
    change("retire", typed, ConfigurationAction::Retire { id, revision, reason }, None).await
}

/// Accepts what a failed host booted as a new version, and leads back to the host, or to the cause
/// that it stands for.
#[server(prefix = "/api/ui", endpoint = "accept-change", output = PostText)]
pub async fn accept_change(
    /// The host.
    host: HostId,
    /// The revision that the operator saw.
    revision: u64,
    /// Why.
    #[server(default)]
    reason: String,
    /// Whether the older version stays approved.
    #[server(default)]
    keep_older: bool,
    /// The page of the cause that the form stands on, by its fingerprint.
    #[server(default)]
    cause: String,
) -> Result<ConfigurationDone, Failure> {
    let typed = vec![("reason".to_owned(), reason.clone())];
    let reason = reason.trim().to_owned();
    let from = cause.parse().ok().map(|cause| crate::cause::address(&cause));
    let action = ConfigurationAction::AcceptChange { host, revision, reason, keep_older };
    change("accept-change", typed, action, from).await
}

/// Does it and leaves the outcome where the form leads to.
#[cfg(feature = "ssr")]
async fn change(
    form: &str,
    typed: Vec<(String, String)>,
    action: ConfigurationAction,
    from: Option<String>,
) -> Result<ConfigurationDone, Failure> {
    use crate::change::{Change, Changed, leave};

    let host = match &action {
        ConfigurationAction::AcceptChange { host, .. } => Some(*host),
        _ => None,
    };
    let answer = ask_of(|ConfigurationsHandle(backend), viewer| async move {
        backend.change_configuration(&viewer, action).await
    })
    .await;
    // Where it was refused, the form stands open with what was typed.
    let to = answer.as_ref().ok().map(|done| match (from, host) {
        (Some(from), _) => from,
        (None, Some(host)) => format!("/hosts/{host}"),
        (None, None) => format!("/configurations/{}", done.configuration.id),
    });
    let typed = if answer.is_err() { typed } else { Vec::new() };
    let outcome = answer.clone().map(Changed::Configuration);
    leave(&Change { form: form.to_owned(), typed, outcome }, to);
    answer
}
