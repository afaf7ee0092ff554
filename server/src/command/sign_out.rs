//! Ends a session.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::refusal::Refusal;

use crate::ctx::{Ctx, Halt};
use crate::store::secret::SecretHash;

/// Ends a session. Ending one that is not there writes nothing.
pub async fn sign_out(ctx: &Ctx, secret: &[u8]) -> Result<(), Refusal> {
    ctx.answer(end(ctx, SecretHash::of(secret)).await)
}

async fn end(ctx: &Ctx, hash: SecretHash) -> Result<(), Halt> {
    let mut write = ctx.write().await?;
    let Some(session) = write.session(hash).await? else { return Ok(()) };
    write.delete_session(hash).await?;
    let name = session.operator.name;
    let signed_out = EventKind::SignedOut { name: name.clone() };
    write.event(&Actor::Operator(name), None, signed_out).await?;
    Ok(write.commit().await?)
}
