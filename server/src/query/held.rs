//! How much there is of what is kept.

use crate::ctx::Ctx;
use crate::store::{Held, StoreError};

/// How much there is of each kind.
pub(crate) async fn held(ctx: &Ctx) -> Result<Vec<Held>, StoreError> {
    ctx.read().await?.held().await
}
