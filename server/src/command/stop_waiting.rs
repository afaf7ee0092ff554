//! Takes a host off the list of those that wait to be judged again.

use crate::ctx::Ctx;
use crate::store::{StoreError, Wanted};

/// Takes a wish off the list, unless a later one has come meanwhile.
pub(crate) async fn stop_waiting(ctx: &Ctx, wanted: Wanted) -> Result<(), StoreError> {
    let mut write = ctx.write().await?;
    write.not_wanted(wanted.host, wanted.number).await?;
    write.commit().await
}
