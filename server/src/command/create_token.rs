//! Makes an enrolment token.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::id::{ClusterId, TokenId};
use trustboard_model::refusal::Refusal;

use crate::ctx::{Ctx, Halt};
use crate::store::NewTokenRow;
use crate::store::secret::SecretHash;

/// The longest life of a token, in seconds: a year.
const MAX_TTL_S: u32 = 366 * 24 * 3600;

/// The most hosts that one token may enrol: the size of the largest fleet we aim at.
const MAX_USES: u32 = 100_000;

/// Makes an enrolment token for `uses` hosts of a cluster, good for `ttl_s` seconds. Gives its
/// secret, which is stored hashed and cannot be had again.
pub async fn create_token(
    ctx: &Ctx,
    actor: &Actor,
    cluster: ClusterId,
    ttl_s: u32,
    uses: u32,
) -> Result<(TokenId, [u8; 32]), Refusal> {
    ctx.answer(create(ctx, actor, cluster, ttl_s, uses).await)
}

async fn create(
    ctx: &Ctx,
    actor: &Actor,
    cluster: ClusterId,
    ttl_s: u32,
    uses: u32,
) -> Result<(TokenId, [u8; 32]), Halt> {
    if !(1..=MAX_TTL_S).contains(&ttl_s) {
        let problem = format!("expected 1 to {MAX_TTL_S} seconds");
        return Err(Refusal::invalid("ttl_s", problem).into());
    }
    if !(1..=MAX_USES).contains(&uses) {
        return Err(Refusal::invalid("uses", format!("expected 1 to {MAX_USES}")).into());
    }
    let mut write = ctx.write().await?;
    let datacenter =
        write.datacenter_of(cluster).await?.ok_or_else(|| Refusal::not_found("cluster"))?;
    let id = TokenId::from_random(ctx.random.id());
    let secret = ctx.random.secret();
    let expires_at = write.now().plus_seconds(i64::from(ttl_s));
    let hash = SecretHash::of(&secret);
    write.insert_token(&NewTokenRow { id, hash, cluster, expires_at, uses, by: actor }).await?;
    write.event(actor, Some(datacenter), EventKind::TokenCreated { id, cluster }).await?;
    write.commit().await?;
    Ok((id, secret))
}
