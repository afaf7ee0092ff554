//! Policies and exceptions, for screens and the API.

use async_trait::async_trait;
use trustboard_app::backend::Policies;
use trustboard_model::id::ClusterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{Impact, PolicyAction, PolicyPage, Viewer};

use crate::auth::operator::{may_in, may_somewhere};
use crate::command::{self, Grant};
use crate::ctx::Halt;
use crate::impact::Hypothesis;
use crate::state::AppState;
use crate::{hypothesis, impact, query};

/// Whoever sees a cluster may read its policy and see what an action would do there.
#[async_trait]
impl Policies for AppState {
    async fn policy(&self, viewer: &Viewer, cluster: ClusterId) -> Result<PolicyPage, Refusal> {
        query::policy(&self.ctx, &viewer.rights.sees(), cluster).await
    }

    async fn policy_impact(
        &self,
        viewer: &Viewer,
        action: PolicyAction,
    ) -> Result<Impact, Refusal> {
        self.ctx.answer(foreseen(self, viewer, &action).await)
    }

    /// What it says is what appraising under the new policy gives, found just before it is put in
    /// force; recording it for every host goes on after the answer.
    async fn change_policy(
        &self,
        viewer: &Viewer,
        action: PolicyAction,
    ) -> Result<Impact, Refusal> {
        // Before anything is computed for it; the commands ask again.
        match &action {
            PolicyAction::Set { cluster, .. } => {
                let datacenter = query::datacenter_of(&self.ctx, *cluster).await?;
                may_in(viewer, Role::Approver, datacenter, "cluster")?;
            }
            PolicyAction::Grant { host, .. } => {
                let row = query::row(&self.ctx, &viewer.rights.sees(), *host).await?;
                may_in(viewer, Role::Approver, row.datacenter.id, "host")?;
            }
            PolicyAction::Revoke { .. } => may_somewhere(viewer, Role::Approver)?,
        }
        let foreseen = self.ctx.answer(foreseen(self, viewer, &action).await)?;
        let changed = match action {
            PolicyAction::Set { cluster, seen, policy } => {
                let actor = viewer.actor();
                command::set_policy(&self.ctx, &actor, cluster, seen, *policy).await?
            }
            PolicyAction::Grant { host, revision, check, value, reason, days } => {
                let (value, reason) = (&value, &*reason);
                let wish = Grant { host, revision, check, value, reason, days };
                command::grant_exception(&self.ctx, viewer, &wish).await?
            }
            PolicyAction::Revoke { id, reason } => {
                command::revoke_exception(&self.ctx, viewer, id, &reason).await?
            }
        };
        tracing::info!(
            operator = viewer.name,
            changed,
            hosts = foreseen.hosts,
            "changed a policy or an exception"
        );
        self.jobs.wake_judge();
        if changed {
            return Ok(foreseen);
        }
        self.ctx.answer(impact::impact(self, Hypothesis::default()).await)
    }
}

async fn foreseen(
    state: &AppState,
    viewer: &Viewer,
    action: &PolicyAction,
) -> Result<Impact, Halt> {
    impact::impact(state, hypothesis::of_policy(state, viewer, action).await?).await
}
