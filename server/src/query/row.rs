//! One row of the table.

use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::HostRow;

use crate::ctx::Ctx;

/// One row of the table.
pub async fn row(ctx: &Ctx, host: HostId) -> Result<HostRow, Refusal> {
    todo!()
}
