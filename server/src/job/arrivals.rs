//! Hosts that come in: after a restart all of them do. What the record is asked for each, and what is
//! written of each, is asked and written for as many at a time as wait.

use trustboard_model::digest::Sha256;
use trustboard_model::id::HostId;

use super::all_or_each::all_or_each;
use super::look_up::LookUp;
use super::together::Together;
use crate::command;
use crate::ctx::Ctx;
use crate::query::{self, Arriving};
use crate::state::AppState;
use crate::store::StoreError;
use crate::store::secret::sha256;

/// Hosts in one write.
const MOST: usize = 64;

/// The questions of hosts that come in.
#[derive(Debug)]
pub(super) struct Arrivals {
    credentials: LookUp<Sha256, HostId>,
    known: LookUp<HostId, Arriving>,
    here: Together<HostId, Result<(), StoreError>>,
}

impl Default for Arrivals {
    fn default() -> Self {
        Self {
            credentials: LookUp::default(),
            known: LookUp::default(),
            here: Together::with_room_for(MOST),
        }
    }
}

/// The host that holds a session credential. The look-up is by the credential's hash, so its timing
/// says nothing about credentials on record.
pub(crate) async fn host_of(
    state: &AppState,
    credential: &[u8],
) -> Result<Option<HostId>, StoreError> {
    state.jobs.arrivals.credentials.ask(sha256(&[credential])).await
}

/// What is on record of a host whose agent has just connected; nothing if there is no such host.
pub(crate) async fn known(state: &AppState, host: HostId) -> Result<Option<Arriving>, StoreError> {
    state.jobs.arrivals.known.ask(host).await
}

/// Records that a host's agent is there.
pub(crate) async fn is_here(state: &AppState, host: HostId) -> Result<(), StoreError> {
    state.jobs.arrivals.here.ask(host).await?
}

/// Answers and records what waits, for as long as the process runs.
pub async fn run(state: AppState) {
    let Arrivals { credentials, known, here } = &state.jobs.arrivals;
    let ctx = || state.ctx.clone();
    let (of_credentials, of_known) = (ctx(), ctx());
    tokio::join!(
        credentials.run(move |hashes| {
            let ctx = of_credentials.clone();
            async move { query::hosts_by_credentials(&ctx, &hashes).await }
        }),
        known.run(move |hosts| {
            let ctx = of_known.clone();
            async move { query::arriving(&ctx, &hosts).await }
        }),
        here.run(MOST, |hosts| record_all(ctx(), hosts)),
    );
}

async fn record_all(ctx: Ctx, hosts: Vec<HostId>) -> Vec<Result<(), StoreError>> {
    all_or_each("arrivals", hosts, |hosts| {
        let ctx = &ctx;
        async move {
            command::record_arrivals(ctx, &hosts).await?;
            Ok(vec![(); hosts.len()])
        }
    })
    .await
}
