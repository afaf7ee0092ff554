//! Revokes an enrolment token.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::id::TokenId;
use trustboard_model::refusal::Refusal;

use crate::ctx::{Ctx, Halt};

/// Revokes an enrolment token. Revoking it again writes nothing.
pub async fn revoke_token(ctx: &Ctx, actor: &Actor, token: TokenId) -> Result<(), Refusal> {
    ctx.answer(revoke(ctx, actor, token).await)
}

async fn revoke(ctx: &Ctx, actor: &Actor, token: TokenId) -> Result<(), Halt> {
    let mut write = ctx.write().await?;
    match write.revoke_token(token).await? {
        None => Err(Refusal::not_found("token").into()),
        Some(false) => Ok(()),
        Some(true) => {
            let place = write.place_of_token(token).await?;
            let datacenter = place.map(|(_, datacenter)| datacenter);
            write.event(actor, datacenter, EventKind::TokenRevoked { id: token }).await?;
            Ok(write.commit().await?)
        }
    }
}
