//! The saved views of the table of hosts.

use trustboard_model::refusal::Refusal;
use trustboard_model::view::{SavedView, Viewer};

use crate::ctx::{Ctx, Halt};

/// The views that an operator may use: their own, then those that others share.
pub async fn views(ctx: &Ctx, viewer: &Viewer) -> Result<Vec<SavedView>, Refusal> {
    ctx.answer(read(ctx, viewer).await)
}

async fn read(ctx: &Ctx, viewer: &Viewer) -> Result<Vec<SavedView>, Halt> {
    Ok(ctx.read().await?.views(viewer.id).await?)
}
