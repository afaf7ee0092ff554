//! Makes a cluster.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::policy::Policy;
use trustboard_model::refusal::Refusal;

use super::policy_rules::sound_policy;
use super::text::place_name;
use crate::ctx::{Ctx, Halt};

/// Makes a cluster. Its name must be free in its datacenter.
pub async fn create_cluster(
    ctx: &Ctx,
    actor: &Actor,
    datacenter: DatacenterId,
    name: &str,
    policy: Policy,
) -> Result<ClusterId, Refusal> {
    ctx.answer(create(ctx, actor, datacenter, name, policy).await)
}

async fn create(
    ctx: &Ctx,
    actor: &Actor,
    datacenter: DatacenterId,
    name: &str,
    policy: Policy,
) -> Result<ClusterId, Halt> {
    let name = place_name(name)?;
    let policy = sound_policy(policy)?;
    let mut write = ctx.write().await?;
    if write.datacenter(datacenter).await?.is_none() {
        return Err(Refusal::not_found("datacenter").into());
    }
    if write.cluster_is_named(datacenter, name).await? {
        let problem = format!("there is a cluster named {name} in this datacenter already");
        return Err(Refusal::Conflict { problem }.into());
    }
    let id = ClusterId::from_random(ctx.random.id());
    write.insert_cluster(id, datacenter, name, &policy).await?;
    let created = EventKind::ClusterCreated { id, name: name.to_owned() };
    write.event(actor, Some(datacenter), created).await?;
    write.commit().await?;
    Ok(id)
}
