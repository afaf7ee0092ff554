//! Makes a cluster.

use trustboard_model::event::Actor;
use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::policy::Policy;
use trustboard_model::refusal::Refusal;

use crate::ctx::Ctx;

/// Makes a cluster.
pub async fn create_cluster(
    ctx: &Ctx,
    actor: &Actor,
    datacenter: DatacenterId,
    name: &str,
    policy: Policy,
) -> Result<ClusterId, Refusal> {
    todo!()
}
