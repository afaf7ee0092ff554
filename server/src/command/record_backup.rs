//! Records that the database was backed up, or put back as a backup has it.

use trustboard_model::event::{Actor, EventKind};

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Records a backup of so many bytes, with so many events in it. The backup itself does not know.
pub async fn record_backup(
    ctx: &Ctx,
    actor: &Actor,
    bytes: u64,
    events: u64,
) -> Result<(), StoreError> {
    record(ctx, actor, EventKind::BackupMade { bytes, events }).await
}

/// Records that this database is the backup `file`, with so many events in it.
pub async fn record_restore(
    ctx: &Ctx,
    actor: &Actor,
    file: String,
    events: u64,
) -> Result<(), StoreError> {
    record(ctx, actor, EventKind::BackupRestored { file, events }).await
}

async fn record(ctx: &Ctx, actor: &Actor, kind: EventKind) -> Result<(), StoreError> {
    let mut write = ctx.write().await?;
    write.event(actor, None, kind).await?;
    write.commit().await
}
