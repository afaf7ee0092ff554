//! The exceptions of a host.

use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Sees;
use trustboard_model::view::ExceptionRow;

use super::row::seen_host;
use crate::ctx::{Ctx, Halt};

/// The exceptions of a host that have not ended, those that end first first.
pub async fn exceptions(
    ctx: &Ctx,
    sees: &Sees,
    host: HostId,
) -> Result<Vec<ExceptionRow>, Refusal> {
    ctx.answer(list(ctx, sees, host).await)
}

async fn list(ctx: &Ctx, sees: &Sees, host: HostId) -> Result<Vec<ExceptionRow>, Halt> {
    let mut read = ctx.read().await?;
    seen_host(&mut read, sees, host).await?;
    Ok(read.exceptions(host).await?)
}
