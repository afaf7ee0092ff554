//! The inventory tree.

use trustboard_model::refusal::Refusal;
use trustboard_model::view::Inventory;

use crate::ctx::{Ctx, Halt};

/// The inventory tree.
pub async fn inventory(ctx: &Ctx) -> Result<Inventory, Refusal> {
    ctx.answer(tree(ctx).await)
}

async fn tree(ctx: &Ctx) -> Result<Inventory, Halt> {
    let datacenters = ctx.read().await?.tree(ctx.clock.now()).await?;
    Ok(Inventory { datacenters })
}
