//! Revokes an enrolment token.

use trustboard_model::event::Actor;
use trustboard_model::id::TokenId;
use trustboard_model::refusal::Refusal;

use crate::ctx::Ctx;

/// Revokes an enrolment token.
pub async fn revoke_token(ctx: &Ctx, actor: &Actor, token: TokenId) -> Result<(), Refusal> {
    todo!()
}
