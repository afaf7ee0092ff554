//! Where an enrolment token leads to.

use trustboard_model::id::{ClusterId, DatacenterId, TokenId};
use trustboard_model::refusal::Refusal;

use crate::ctx::{Ctx, Halt};

/// The cluster of a token, good or not, and its datacenter.
pub async fn place_of_token(
    ctx: &Ctx,
    token: TokenId,
) -> Result<(ClusterId, DatacenterId), Refusal> {
    ctx.answer(find(ctx, token).await)
}

async fn find(ctx: &Ctx, token: TokenId) -> Result<(ClusterId, DatacenterId), Halt> {
    let place = ctx.read().await?.place_of_token(token).await?;
    Ok(place.ok_or_else(|| Refusal::not_found("token"))?)
}
