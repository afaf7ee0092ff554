//! Makes the code with which the first administrator is made.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::refusal::Refusal;

use crate::ctx::{Ctx, Halt};
use crate::setup_code::SetupCode;
use crate::store::secret::SecretHash;

/// How long a setup code is good for, in seconds: a working day and the night.
pub const SETUP_CODE_S: u32 = 24 * 3600;

/// Makes a setup code, good for [`SETUP_CODE_S`]; the one before is good for nothing any more.
///
/// # Errors
///
/// [`Refusal::Conflict`] if there is an operator: whoever wants in is let in by them.
pub async fn create_setup_code(ctx: &Ctx, actor: &Actor) -> Result<SetupCode, Refusal> {
    ctx.answer(create(ctx, actor).await)
}

async fn create(ctx: &Ctx, actor: &Actor) -> Result<SetupCode, Halt> {
    let mut write = ctx.write().await?;
    if write.has_operators().await? {
        let problem = "there is an operator already; use trustboard user link".to_owned();
        return Err(Refusal::Conflict { problem }.into());
    }
    let code = SetupCode::from_random(&ctx.random.secret());
    let expires_at = write.now().plus_seconds(i64::from(SETUP_CODE_S));
    write.put_setup_code(SecretHash::of(code.secret()), expires_at).await?;
    write.event(actor, None, EventKind::SetupCodeCreated).await?;
    write.commit().await?;
    Ok(code)
}
