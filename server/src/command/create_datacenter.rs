//! Makes a datacenter.

use trustboard_model::event::Actor;
use trustboard_model::id::DatacenterId;
use trustboard_model::refusal::Refusal;

use crate::ctx::Ctx;

/// Makes a datacenter.
pub async fn create_datacenter(
    ctx: &Ctx,
    actor: &Actor,
    name: &str,
) -> Result<DatacenterId, Refusal> {
    todo!()
}
