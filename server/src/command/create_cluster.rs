//! Makes a cluster.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::policy::Policy;
use trustboard_model::refusal::Refusal;

use super::text::place_name;
use crate::ctx::{Ctx, Halt};

/// The shortest interval of a policy, in seconds. Shorter ones would only load TPMs, whose
/// quotes take up to a second.
const MIN_INTERVAL_S: u32 = 5;

/// The longest interval and maximum age of a policy, in seconds: a year.
const MAX_INTERVAL_S: u32 = 366 * 24 * 3600;

/// Makes a cluster. Its name must be free in its datacenter.
pub async fn create_cluster(
    ctx: &Ctx,
    actor: &Actor,
    datacenter: DatacenterId,
    name: &str,
    policy: Policy,
) -> Result<ClusterId, Refusal> {
    ctx.answer(create(ctx, actor, datacenter, name, &policy).await)
}

async fn create(
    ctx: &Ctx,
    actor: &Actor,
    datacenter: DatacenterId,
    name: &str,
    policy: &Policy,
) -> Result<ClusterId, Halt> {
    let name = place_name(name)?;
    check(policy)?;
    let mut write = ctx.write().await?;
    if write.datacenter(datacenter).await?.is_none() {
        return Err(Refusal::not_found("datacenter").into());
    }
    if write.cluster_is_named(datacenter, name).await? {
        let problem = format!("there is a cluster named {name} in this datacenter already");
        return Err(Refusal::Conflict { problem }.into());
    }
    let id = ClusterId::from_random(ctx.random.id());
    write.insert_cluster(id, datacenter, name, policy).await?;
    let created = EventKind::ClusterCreated { id, name: name.to_owned() };
    write.event(actor, Some(datacenter), created).await?;
    write.commit().await?;
    Ok(id)
}

fn check(policy: &Policy) -> Result<(), Refusal> {
    if !(MIN_INTERVAL_S..=MAX_INTERVAL_S).contains(&policy.interval_s) {
        let problem = format!("expected {MIN_INTERVAL_S} to {MAX_INTERVAL_S} seconds");
        return Err(Refusal::invalid("policy.interval_s", problem));
    }
    if !(policy.interval_s..=MAX_INTERVAL_S).contains(&policy.max_age_s) {
        let problem = format!("expected the interval to {MAX_INTERVAL_S} seconds");
        return Err(Refusal::invalid("policy.max_age_s", problem));
    }
    Ok(())
}
