//! Ends a session.

use trustboard_model::refusal::Refusal;

use crate::ctx::Ctx;

/// Ends a session.
pub async fn sign_out(ctx: &Ctx, secret: &[u8]) -> Result<(), Refusal> {
    todo!()
}
