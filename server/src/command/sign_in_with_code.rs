//! Opens a session for the holder of a sign-in code, and uses the code up.

use trustboard_model::refusal::Refusal;

use super::SignedIn;
use crate::ctx::Ctx;

/// Opens a session for the holder of a sign-in code, and uses the code up.
pub async fn sign_in_with_code(ctx: &Ctx, code: &[u8]) -> Result<SignedIn, Refusal> {
    todo!()
}
