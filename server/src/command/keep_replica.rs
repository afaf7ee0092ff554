//! Says that this server is there, and what it does for all servers on the same database.

use std::time::Duration;

use trustboard_model::view::Late;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// How long a server is taken to be there after it last said so.
pub const LEASE: Duration = Duration::from_secs(8);

/// The name of the work that one server does for all: bulk jobs, judging stored evidence again,
/// forgetting, and the jobs of hosts that no server has a session of.
const LEAD: &str = "lead";

/// How this server stands among those on the same database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// It does the work that one does for all.
    pub leads: bool,
    /// A server went without a word, and left jobs that seem to run.
    pub orphaned_jobs: bool,
    /// How late the verifications of the others are, if they are.
    pub others_late: Option<Late>,
}

/// Says that this server is there for another [`LEASE`], and how late its verifications are.
pub async fn keep_replica(ctx: &Ctx, late: Option<Late>) -> Result<Kept, StoreError> {
    let mut write = ctx.announce().await?;
    let now = write.now();
    let until = now.plus_seconds(LEASE.as_secs().cast_signed());
    // The lease is first: all servers write that row, and none holds another that a second one waits
    // for.
    let leads = write.take_lease(LEAD, until).await?;
    write.renew_replica(until, late).await?;
    let orphaned_jobs = leads && write.has_orphaned_jobs(now).await?;
    if leads {
        write.forget_lapsed_replicas().await?;
    }
    let others_late = write.late_replicas().await?;
    write.commit().await?;
    Ok(Kept { leads, orphaned_jobs, others_late })
}

/// Begins to share the work: takes servers off the list that are gone.
pub async fn join_replicas(ctx: &Ctx) -> Result<Kept, StoreError> {
    let mut write = ctx.announce().await?;
    write.forget_replicas().await?;
    write.commit().await?;
    keep_replica(ctx, None).await
}

/// Ends it: others need not wait until the lease is over.
pub async fn leave_replicas(ctx: &Ctx) -> Result<(), StoreError> {
    let mut write = ctx.announce().await?;
    write.leave().await?;
    write.commit().await
}
