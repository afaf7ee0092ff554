//! What the database knows of the server's health.

use trustboard_model::view::JobsHealth;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Bytes of the database, its jobs, and how many servers share the work.
pub async fn health(ctx: &Ctx) -> Result<(u64, JobsHealth, u32), StoreError> {
    let mut read = ctx.read().await?;
    let replicas = read.replicas(ctx.clock.now()).await?;
    Ok((read.database_bytes().await?, read.jobs_health().await?, replicas))
}
