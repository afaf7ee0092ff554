//! Server functions of these pages.

use leptos::prelude::*;
use trustboard_model::id::{ClusterId, ExceptionId, HostId};
use trustboard_model::view::{Impact, PolicyAction, PolicyPage};

use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use crate::backend::{PoliciesHandle, ask_of};

/// The policy of one cluster.
#[server(prefix = "/api/ui", endpoint = "policy", input = PostText, output = PostText)]
pub async fn read_policy(
    /// The cluster.
    cluster: ClusterId,
) -> Result<PolicyPage, Failure> {
    ask_of(|PoliciesHandle(backend), viewer| async move { backend.policy(&viewer, cluster).await })
        .await
}

/// What an action would do.
#[server(prefix = "/api/ui", endpoint = "policy-impact", input = PostText, output = PostText)]
pub async fn read_policy_impact(
    /// The action.
    action: PolicyAction,
) -> Result<Impact, Failure> {
    ask_of(|PoliciesHandle(backend), viewer| async move {
        backend.policy_impact(&viewer, action).await
    })
    .await
}

/// Puts the policy that was reviewed in force.
#[server(prefix = "/api/ui", endpoint = "set-policy", output = PostText)]
pub async fn set_policy(
    /// The cluster.
    cluster: ClusterId,
    /// The version that the operator saw.
    seen: u32,
    /// The fields of the form that was reviewed, as its address has them.
    fields: String,
) -> Result<Impact, Failure> {
    let policy = super::fields::parse_query(&fields);
    let answer = ask_of(|PoliciesHandle(backend), viewer| async move {
        let policy = Box::new(policy?);
        backend.change_policy(&viewer, PolicyAction::Set { cluster, seen, policy }).await
    })
    .await;
    leave("set-policy", Vec::new(), &answer, Some(format!("/clusters/{cluster}/policy")));
    answer
}

/// Grants an exception for exactly what was found.
#[server(prefix = "/api/ui", endpoint = "grant-exception", output = PostText)]
pub async fn grant_exception(
    /// The host.
    host: HostId,
    /// The revision that the operator saw.
    revision: u64,
    /// The check's code.
    check: String,
    /// The [`ExceptedValue`](trustboard_model::exception::ExceptedValue) in JSON.
    value: String,
    /// Why.
    #[server(default)]
    reason: String,
    /// For how many days.
    days: u32,
) -> Result<Impact, Failure> {
    use trustboard_model::check::CheckId;
    use trustboard_model::refusal::Refusal;

    let typed = vec![
        ("check".to_owned(), check.clone()),
        ("reason".to_owned(), reason.clone()),
        ("days".to_owned(), days.to_string()),
    ];
    let answer = ask_of(|PoliciesHandle(backend), viewer| async move {
        let check = CheckId::from_code(&check)
            .ok_or_else(|| Refusal::invalid("check", "there is no such check"))?;
        let value = serde_json::from_str(&value)
            .map_err(|_| Refusal::invalid("value", "cannot be read"))?;
        let reason = reason.trim().to_owned();
        let action = PolicyAction::Grant { host, revision, check, value, reason, days };
        backend.change_policy(&viewer, action).await
    })
    .await;
    leave("grant", typed, &answer, Some(format!("/hosts/{host}")));
    answer
}

/// Ends an exception now.
#[server(prefix = "/api/ui", endpoint = "revoke-exception", output = PostText)]
pub async fn revoke_exception(
    /// Which.
    id: ExceptionId,
    /// Why.
    #[server(default)]
    reason: String,
) -> Result<Impact, Failure> {
    let typed = vec![("reason".to_owned(), reason.clone())];
    let answer = ask_of(|PoliciesHandle(backend), viewer| async move {
        let reason = reason.trim().to_owned();
        backend.change_policy(&viewer, PolicyAction::Revoke { id, reason }).await
    })
    .await;
    leave("revoke", typed, &answer, None);
    answer
}

/// Leaves the outcome on `done`, or where the form stood if it was refused.
#[cfg(feature = "ssr")]
fn leave(
    form: &str,
    typed: Vec<(String, String)>,
    answer: &Result<Impact, Failure>,
    done: Option<String>,
) {
    use crate::change::{Change, leave};

    let typed = if answer.is_err() { typed } else { Vec::new() };
    let to = done.filter(|_| answer.is_ok());
    let outcome = answer.clone().map(Into::into);
    leave(&Change { form: form.to_owned(), typed, outcome }, to);
}
