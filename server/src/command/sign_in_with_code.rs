//! Opens a session for the holder of a sign-in code, and uses the code up.

use trustboard_model::refusal::Refusal;

use super::SignedIn;
use super::sign_in::From;
use super::sign_in::{open_session, refuse};
use crate::ctx::{Ctx, Halt};
use crate::store::secret::SecretHash;

/// What the audit calls somebody who came with a code that is good for nothing.
const NOBODY: &str = "(sign-in code)";

/// Opens a session for the holder of a sign-in code, and uses the code up.
///
/// # Errors
///
/// [`Refusal::WrongCredentials`] if there is no such code, or it was used, or it has expired.
pub async fn sign_in_with_code(ctx: &Ctx, code: &[u8], from: &From) -> Result<SignedIn, Refusal> {
    ctx.answer(decide(ctx, code, from).await)
}

async fn decide(ctx: &Ctx, code: &[u8], from: &From) -> Result<SignedIn, Halt> {
    let mut write = ctx.write().await?;
    match write.take_code(SecretHash::of(code)).await? {
        Some(operator) if operator.disabled.is_none() => {
            open_session(ctx, write, operator, from).await
        }
        _ => refuse(write, NOBODY.to_owned()).await,
    }
}
