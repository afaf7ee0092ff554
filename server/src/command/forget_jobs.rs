//! Takes away jobs, actions on many hosts and reports of imports that are older than they are kept.

use trustboard_model::time::Timestamp;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Rows of one transaction: other writes wait as long as deleting them takes, and an action on many
/// hosts has a row for each of them.
const BATCH: u32 = 100;

/// How many were taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ForgottenJobs {
    /// Verification jobs.
    pub jobs: u64,
    /// Actions on many hosts.
    pub bulk: u64,
    /// Reports of imports.
    pub imports: u64,
}

/// Takes away what ended before `before`. Makes no event: what these jobs did has its own, which
/// stay.
pub async fn forget_jobs(ctx: &Ctx, before: Timestamp) -> Result<ForgottenJobs, StoreError> {
    let mut all = ForgottenJobs::default();
    loop {
        let mut write = ctx.write().await?;
        let jobs = write.forget_jobs(before, BATCH).await?;
        let bulk = write.forget_bulk_jobs(before, BATCH).await?;
        let imports = write.forget_imports(before, BATCH).await?;
        write.commit().await?;
        all.jobs += jobs;
        all.bulk += bulk;
        all.imports += imports;
        if jobs.max(bulk).max(imports) < u64::from(BATCH) {
            return Ok(all);
        }
    }
}
