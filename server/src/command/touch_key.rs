//! Notes that an API key is in use.

use crate::ctx::Ctx;
use crate::store::StoreError;
use crate::store::secret::SecretHash;

/// How long a note stands before it is renewed, in milliseconds: it is to show whether a key is
/// used, not how often.
const STANDS_MS: i64 = 5 * 60 * 1000;

/// Notes that an API key is in use. Writes at most every five minutes; makes no event.
pub async fn touch_key(ctx: &Ctx, secret: &[u8]) -> Result<(), StoreError> {
    let now = ctx.clock.now();
    let Some(key) = ctx.read().await?.api_key(SecretHash::of(secret)).await? else { return Ok(()) };
    if key.last_used_at.is_some_and(|at| now.millis_since(at) < STANDS_MS) {
        return Ok(());
    }
    let mut write = ctx.write().await?;
    write.touch_api_key(key.id).await?;
    write.commit().await
}
