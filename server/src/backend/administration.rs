//! The audit trail and the server's health: who may look, and where it comes from.

use std::sync::PoisonError;

use async_trait::async_trait;
use trustboard_app::backend::Administration;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{AuditFilter, AuditPage, ChainCheck, Health, Viewer};

use crate::auth::operator::{may_everywhere, may_in};
use crate::state::AppState;
use crate::{health, job, query};

#[async_trait]
impl Administration for AppState {
    async fn audit(&self, viewer: &Viewer, filter: AuditFilter) -> Result<AuditPage, Refusal> {
        may_audit(viewer, &filter)?;
        query::audit_page(&self.ctx, filter).await
    }

    async fn chain_check(&self, viewer: &Viewer) -> Result<ChainCheck, Refusal> {
        may_everywhere(viewer, Role::Administrator)?;
        let running = self.vitals.chain.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Ok(ChainCheck { running, last: query::last_chain_check(&self.ctx).await? })
    }

    async fn verify_chain(&self, viewer: &Viewer) -> Result<ChainCheck, Refusal> {
        may_everywhere(viewer, Role::Administrator)?;
        job::verify_chain::start(self, viewer).await?;
        self.chain_check(viewer).await
    }

    async fn health(&self, viewer: &Viewer) -> Result<Health, Refusal> {
        may_everywhere(viewer, Role::Administrator)?;
        let (at, kept) = health::kept(self).await?;
        Ok(Health { kept, kept_at: Some(at), ..health::health(self).await? })
    }
}

/// An administrator of everything reads all of it; one of a datacenter the events of that.
pub(crate) fn may_audit(viewer: &Viewer, filter: &AuditFilter) -> Result<(), Refusal> {
    match filter.datacenter {
        Some(datacenter) => may_in(viewer, Role::Administrator, datacenter, "datacenter"),
        None => may_everywhere(viewer, Role::Administrator),
    }
}
