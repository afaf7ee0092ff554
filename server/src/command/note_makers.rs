//! Notes the makers' certificates and the list of revocations that hosts are judged by from now on.

use trustboard_model::digest::Sha256;
use trustboard_model::job::Because;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Notes the makers' certificates and the list of revocations in force, by a digest of all of them.
/// If they are others than before, the stored evidence of every host waits to be judged again, and
/// says because of what; gives of how many.
pub async fn note_makers(ctx: &Ctx, digest: Sha256, because: Because) -> Result<u64, StoreError> {
    let mut write = ctx.write().await?;
    let before = write.judged_makers().await?;
    if before == Some(digest) {
        return Ok(0);
    }
    write.set_judged_makers(digest).await?;
    let waiting = write.all_standards_changed(because).await?;
    write.commit().await?;
    Ok(waiting)
}
