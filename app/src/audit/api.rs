//! Server functions of the audit trail.

use leptos::prelude::*;
use trustboard_model::view::{AuditFilter, AuditPage, ChainCheck};

use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use crate::backend::{AdministrationHandle, ask_of};

/// One page of the trail.
#[server(prefix = "/api/ui", endpoint = "audit", input = PostText, output = PostText)]
pub async fn read_audit(
    /// Which events.
    filter: AuditFilter,
) -> Result<AuditPage, Failure> {
    ask_of(
        |AdministrationHandle(backend), viewer| async move { backend.audit(&viewer, filter).await },
    )
    .await
}

/// Whether the chain is whole, as far as that was looked at.
#[server(prefix = "/api/ui", endpoint = "chain-check", input = PostText, output = PostText)]
pub async fn read_chain_check() -> Result<ChainCheck, Failure> {
    ask_of(
        |AdministrationHandle(backend), viewer| async move { backend.chain_check(&viewer).await },
    )
    .await
}

/// Starts a verification of the chain.
#[server(prefix = "/api/ui", endpoint = "verify-chain", output = PostText)]
pub async fn verify_chain() -> Result<ChainCheck, Failure> {
    use crate::change::{Change, Changed, leave};

    let answer = ask_of(|AdministrationHandle(backend), viewer| async move {
        backend.verify_chain(&viewer).await
    })
    .await;
    let outcome = answer.clone().map(|_| Changed::ChainCheckStarted);
    leave(&Change { form: "verify-chain".to_owned(), typed: Vec::new(), outcome }, None);
    answer
}
