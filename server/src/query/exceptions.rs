//! The exceptions of a host.

use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::ExceptionRow;

use crate::ctx::{Ctx, Halt};

/// The exceptions of a host that have not ended, those that end first first.
pub async fn exceptions(ctx: &Ctx, host: HostId) -> Result<Vec<ExceptionRow>, Refusal> {
    ctx.answer(list(ctx, host).await)
}

async fn list(ctx: &Ctx, host: HostId) -> Result<Vec<ExceptionRow>, Halt> {
    let mut read = ctx.read().await?;
    if read.host(host).await?.is_none() {
        return Err(Refusal::not_found("host").into());
    }
    Ok(read.exceptions(host).await?)
}
