//! Makes a code that signs an operator in, once.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::refusal::Refusal;

use crate::ctx::{Ctx, Halt};
use crate::store::secret::SecretHash;

/// The longest life of a code, in seconds: a day. It lets somebody in without a password.
const MAX_TTL_S: u32 = 24 * 3600;

/// Makes a code that signs an operator in, once, within `ttl_s` seconds.
///
/// A code is a way in like a password, so that it was given stands in the audit.
pub async fn create_sign_in_code(
    ctx: &Ctx,
    actor: &Actor,
    name: &str,
    ttl_s: u32,
) -> Result<[u8; 32], Refusal> {
    ctx.answer(create(ctx, actor, name, ttl_s).await)
}

async fn create(ctx: &Ctx, actor: &Actor, name: &str, ttl_s: u32) -> Result<[u8; 32], Halt> {
    if !(1..=MAX_TTL_S).contains(&ttl_s) {
        let problem = format!("expected 1 to {MAX_TTL_S} seconds");
        return Err(Refusal::invalid("ttl_s", problem).into());
    }
    let mut write = ctx.write().await?;
    let operator = write.operator(name).await?.ok_or_else(|| Refusal::not_found("operator"))?;
    if operator.disabled.is_some() {
        let problem = format!("{} is disabled", operator.name);
        return Err(Refusal::Conflict { problem }.into());
    }
    let code = ctx.random.secret();
    let expires_at = write.now().plus_seconds(i64::from(ttl_s));
    write.insert_code(SecretHash::of(&code), operator.id, expires_at).await?;
    let given = EventKind::SignInLinkMade { name: operator.name, expires_at };
    write.event(actor, None, given).await?;
    write.commit().await?;
    Ok(code)
}
