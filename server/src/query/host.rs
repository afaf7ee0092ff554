//! The host page.

use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::HostPage;

use crate::ctx::Ctx;

/// The host page.
pub async fn host(ctx: &Ctx, host: HostId) -> Result<HostPage, Refusal> {
    todo!()
}
