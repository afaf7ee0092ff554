//! The first run: whether there is anybody, and how far it is.

use trustboard_model::refusal::Refusal;
use trustboard_model::view::FirstSteps;

use crate::ctx::{Ctx, Halt};
use crate::store::StoreError;

/// How far the first steps are.
pub async fn first_steps(ctx: &Ctx) -> Result<FirstSteps, Refusal> {
    ctx.answer(steps(ctx).await)
}

async fn steps(ctx: &Ctx) -> Result<FirstSteps, Halt> {
    Ok(ctx.read().await?.first_steps().await?)
}

/// Whether there is any operator.
pub async fn has_operators(ctx: &Ctx) -> Result<bool, StoreError> {
    ctx.read().await?.has_operators().await
}
