//! Makes a code that signs an operator in, once.

use trustboard_model::event::Actor;
use trustboard_model::refusal::Refusal;

use crate::ctx::Ctx;

/// Makes a code that signs an operator in, once.
pub async fn create_sign_in_code(
    ctx: &Ctx,
    actor: &Actor,
    name: &str,
    ttl_s: u32,
) -> Result<[u8; 32], Refusal> {
    todo!()
}
