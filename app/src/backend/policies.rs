//! Policies and exceptions.

use async_trait::async_trait;
use trustboard_model::id::ClusterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{Impact, PolicyAction, PolicyPage, Viewer};

/// The policy of each cluster, and the exceptions from it.
#[async_trait]
pub trait Policies: Send + Sync {
    /// The policy of one cluster.
    async fn policy(&self, viewer: &Viewer, cluster: ClusterId) -> Result<PolicyPage, Refusal>;

    /// What an action would do to the hosts that it concerns. Writes nothing.
    async fn policy_impact(&self, viewer: &Viewer, action: PolicyAction)
    -> Result<Impact, Refusal>;

    /// Does it, appraises stored evidence again, and says what changed.
    async fn change_policy(&self, viewer: &Viewer, action: PolicyAction)
    -> Result<Impact, Refusal>;
}
