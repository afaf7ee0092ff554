//! The list of configurations.

use trustboard_model::refusal::Refusal;
use trustboard_model::view::ConfigurationRow;

use crate::ctx::{Ctx, Halt};

/// Every version by name, the newest first; with `all` those that ended, too.
pub async fn configurations(ctx: &Ctx, all: bool) -> Result<Vec<ConfigurationRow>, Refusal> {
    ctx.answer(list(ctx, all).await)
}

async fn list(ctx: &Ctx, all: bool) -> Result<Vec<ConfigurationRow>, Halt> {
    Ok(ctx.read().await?.configurations(all).await?)
}
