//! The audit trail and the server's health.

use async_trait::async_trait;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{AuditFilter, AuditPage, ChainCheck, Health, Viewer};

/// What administrators look at to see that all is in order. The trail is exported by the server's
/// own `GET /api/v1/audit/export`, with the filter in the address.
#[async_trait]
pub trait Administration: Send + Sync {
    /// One page of the audit trail.
    async fn audit(&self, viewer: &Viewer, filter: AuditFilter) -> Result<AuditPage, Refusal>;

    /// How far the verification of the chain is, and what the last one found.
    async fn chain_check(&self, viewer: &Viewer) -> Result<ChainCheck, Refusal>;

    /// Starts a verification of the chain, unless one runs.
    async fn verify_chain(&self, viewer: &Viewer) -> Result<ChainCheck, Refusal>;

    /// How the server is.
    async fn health(&self, viewer: &Viewer) -> Result<Health, Refusal>;
}
