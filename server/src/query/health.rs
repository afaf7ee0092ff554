//! What the database knows of the server's health.

use trustboard_model::view::JobsHealth;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Bytes of the database, and its jobs.
pub async fn health(ctx: &Ctx) -> Result<(u64, JobsHealth), StoreError> {
    let mut read = ctx.read().await?;
    Ok((read.database_bytes().await?, read.jobs_health().await?))
}
