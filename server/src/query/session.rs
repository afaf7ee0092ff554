//! Who holds a session or an API key.

use trustboard_model::time::Timestamp;
use trustboard_model::view::Viewer;

use crate::ctx::Ctx;
use crate::store::record::{KeyRecord, SessionRecord};
use crate::store::secret::SecretHash;
use crate::store::{Lives, StoreError};

/// How long a session may lie unused, in seconds: a working day.
const SESSION_IDLE_S: i64 = 12 * 3600;

/// How long a session lasts however much it is used, in seconds: a week.
pub(super) const SESSION_S: i64 = 7 * 24 * 3600;

/// The same in days.
#[expect(clippy::cast_possible_truncation, reason = "seven")]
pub(crate) const SESSION_DAYS: u32 = (SESSION_S / (24 * 3600)) as u32;

/// Which sessions live now.
pub(crate) fn lives(now: Timestamp) -> Lives {
    Lives {
        used_after: now.plus_seconds(-SESSION_IDLE_S),
        made_after: now.plus_seconds(-SESSION_S),
    }
}

/// Who holds a session; nobody if it was never there, has ended or has expired, or if the operator
/// was disabled.
pub async fn session(ctx: &Ctx, secret: &[u8]) -> Result<Option<Viewer>, StoreError> {
    let lives = lives(ctx.clock.now());
    let session = ctx.read().await?.session(SecretHash::of(secret)).await?;
    let session = session.filter(|session| {
        session.last_used_at > lives.used_after
            && session.created_at > lives.made_after
            && session.operator.disabled.is_none()
    });
    Ok(session.map(SessionRecord::viewer))
}

/// Whose API key this is, with what it leaves of their rights; nobody's if it was never there, was
/// revoked or has expired, or if the operator was disabled.
pub async fn api_key(ctx: &Ctx, secret: &[u8]) -> Result<Option<Viewer>, StoreError> {
    let now = ctx.clock.now();
    let key = ctx.read().await?.api_key(SecretHash::of(secret)).await?;
    let key = key.filter(|key| now < key.expires_at && key.operator.disabled.is_none());
    Ok(key.map(KeyRecord::viewer))
}
