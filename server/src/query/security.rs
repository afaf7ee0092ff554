//! Monitor > Security of one datacenter.

use trustboard_model::id::DatacenterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{SecurityFilter, SecurityPage};

use crate::ctx::Ctx;

/// Monitor > Security of one datacenter.
pub async fn security(
    ctx: &Ctx,
    datacenter: DatacenterId,
    filter: SecurityFilter,
) -> Result<SecurityPage, Refusal> {
    todo!()
}
