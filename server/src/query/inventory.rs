//! The inventory tree.

use trustboard_model::refusal::Refusal;
use trustboard_model::view::Inventory;

use crate::ctx::Ctx;

/// The inventory tree.
pub async fn inventory(ctx: &Ctx) -> Result<Inventory, Refusal> {
    todo!()
}
