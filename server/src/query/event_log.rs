//! An event log by its digest.

use trustboard_model::digest::Sha256;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// An event log by its digest.
pub async fn event_log(ctx: &Ctx, digest: Sha256) -> Result<Option<Vec<u8>>, StoreError> {
    todo!()
}
