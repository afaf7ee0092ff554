//! Notes that a session is in use, so that it does not go idle.

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Notes that a session is in use, so that it does not go idle.
pub async fn touch_session(ctx: &Ctx, secret: &[u8]) -> Result<(), StoreError> {
    todo!()
}
