//! What verifications in full need to know of their hosts, read for as many at a time as wait.

use std::sync::Arc;

use trustboard_model::digest::Sha256;
use trustboard_model::id::HostId;

use super::look_up::LookUp;
use crate::query::{self, VerificationContext};
use crate::state::AppState;
use crate::store::StoreError;

/// The questions of verifications.
#[derive(Debug, Default)]
pub(super) struct Contexts {
    hosts: LookUp<HostId, VerificationContext>,
    logs: LookUp<Sha256, Arc<Vec<u8>>>,
}

/// What a verification of a host needs to know; nothing if there is no such host.
pub(super) async fn of(
    state: &AppState,
    host: HostId,
) -> Result<Option<VerificationContext>, StoreError> {
    state.jobs.contexts.hosts.ask(host).await
}

/// A log by its digest; nothing if it is not kept any more.
pub(super) async fn log(
    state: &AppState,
    digest: Sha256,
) -> Result<Option<Arc<Vec<u8>>>, StoreError> {
    state.jobs.contexts.logs.ask(digest).await
}

/// Answers what waits, for as long as the process runs.
pub async fn run(state: AppState) {
    let Contexts { hosts, logs } = &state.jobs.contexts;
    let (of_hosts, of_logs) = (state.ctx.clone(), state.ctx.clone());
    tokio::join!(
        hosts.run(move |hosts| {
            let ctx = of_hosts.clone();
            async move { query::verifications(&ctx, &hosts).await }
        }),
        logs.run(move |digests| {
            let ctx = of_logs.clone();
            async move { query::event_logs(&ctx, &digests).await }
        }),
    );
}
