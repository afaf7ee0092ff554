//! Who holds a session.

use trustboard_model::view::Viewer;

use crate::ctx::Ctx;
use crate::store::StoreError;
use crate::store::secret::SecretHash;

/// How long a session may lie unused, in seconds: a working day.
pub(crate) const SESSION_IDLE_S: i64 = 12 * 3600;

/// How long a session lasts however much it is used, in seconds: a week.
const SESSION_S: i64 = 7 * 24 * 3600;

/// Who holds a session; nobody if it was never there, has ended or has expired.
pub async fn session(ctx: &Ctx, secret: &[u8]) -> Result<Option<Viewer>, StoreError> {
    let now = ctx.clock.now();
    let session = ctx.read().await?.session(SecretHash::of(secret)).await?;
    let session = session.filter(|session| {
        now < session.last_used_at.plus_seconds(SESSION_IDLE_S)
            && now < session.created_at.plus_seconds(SESSION_S)
    });
    Ok(session.map(|session| session.operator.viewer()))
}
