//! Makes an enrolment token.

use trustboard_model::event::Actor;
use trustboard_model::id::{ClusterId, TokenId};
use trustboard_model::refusal::Refusal;

use crate::ctx::Ctx;

/// Makes an enrolment token.
pub async fn create_token(
    ctx: &Ctx,
    actor: &Actor,
    cluster: ClusterId,
    ttl_s: u32,
    uses: u32,
) -> Result<(TokenId, [u8; 32]), Refusal> {
    todo!()
}
