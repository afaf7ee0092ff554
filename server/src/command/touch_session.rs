//! Notes that a session is in use, so that it does not go idle.

use crate::ctx::Ctx;
use crate::store::StoreError;
use crate::store::secret::SecretHash;

/// How long a note stands before it is renewed, in milliseconds: much less than a session may be
/// idle, much more than the time between two requests.
const STANDS_MS: i64 = 5 * 60 * 1000;

/// Notes that a session is in use. Writes at most every five minutes; makes no event, because
/// nothing that anybody sees has changed.
pub async fn touch_session(ctx: &Ctx, secret: &[u8]) -> Result<(), StoreError> {
    let hash = SecretHash::of(secret);
    let now = ctx.clock.now();
    let session = ctx.read().await?.session(hash).await?;
    if session.is_none_or(|session| now.millis_since(session.last_used_at) < STANDS_MS) {
        return Ok(());
    }
    let mut write = ctx.write().await?;
    write.touch_session(hash).await?;
    write.commit().await
}
