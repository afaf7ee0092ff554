//! The cluster that an enrolment token leads to.

use trustboard_model::id::ClusterId;

use crate::ctx::Ctx;
use crate::store::StoreError;
use crate::store::secret::SecretHash;

/// The cluster that an enrolment token leads to, if the token can be used now.
pub async fn token_cluster(ctx: &Ctx, secret: &[u8]) -> Result<Option<ClusterId>, StoreError> {
    let now = ctx.clock.now();
    let token = ctx.read().await?.token_by_secret(SecretHash::of(secret), now).await?;
    let usable = token.filter(|token| !token.revoked && now < token.expires_at && token.free > 0);
    Ok(usable.map(|token| token.cluster))
}
