//! What the database knows of the server's health.

use trustboard_model::time::Timestamp;
use trustboard_model::view::JobsHealth;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Bytes of the database, when it was last backed up, its jobs, and how many servers share the work.
pub async fn health(ctx: &Ctx) -> Result<(u64, Option<Timestamp>, JobsHealth, u32), StoreError> {
    let mut read = ctx.read().await?;
    let backup = read.latest_of(["backup-made"; 2]).await?;
    let backup = backup.map(|event| event.at);
    let replicas = read.replicas(ctx.clock.now()).await?;
    Ok((read.database_bytes().await?, backup, read.jobs_health().await?, replicas))
}
