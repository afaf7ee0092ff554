//! The inventory tree.

use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Sees;
use trustboard_model::view::Inventory;

use crate::ctx::{Ctx, Halt};

/// The inventory tree, as far as it is seen.
pub async fn inventory(ctx: &Ctx, sees: &Sees) -> Result<Inventory, Refusal> {
    ctx.answer(tree(ctx, sees).await)
}

async fn tree(ctx: &Ctx, sees: &Sees) -> Result<Inventory, Halt> {
    let datacenters = ctx.read().await?.tree(ctx.clock.now()).await?;
    let datacenters = datacenters.into_iter().filter(|one| sees.includes(one.id)).collect();
    Ok(Inventory { datacenters })
}
