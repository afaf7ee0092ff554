//! Moves a cluster to another datacenter.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::refusal::Refusal;

use crate::ctx::{Ctx, Halt};

/// Moves a cluster, which the operator saw in the datacenter `from`, with its hosts to another
/// one. What its hosts are judged by stays, so nothing is judged again. Gives how many hosts were
/// moved; nothing if it is there already.
pub async fn move_cluster(
    ctx: &Ctx,
    actor: &Actor,
    id: ClusterId,
    from: DatacenterId,
    to: DatacenterId,
) -> Result<Option<u32>, Refusal> {
    ctx.answer(move_it(ctx, actor, id, from, to).await)
}

async fn move_it(
    ctx: &Ctx,
    actor: &Actor,
    id: ClusterId,
    from: DatacenterId,
    to: DatacenterId,
) -> Result<Option<u32>, Halt> {
    let mut write = ctx.write().await?;
    let known = write.cluster(id).await?.ok_or_else(|| Refusal::not_found("cluster"))?;
    let target = write.datacenter(to).await?.ok_or_else(|| Refusal::not_found("datacenter"))?;
    let (name, place) = (known.cluster.name, known.datacenter);
    if place.id == to {
        return Ok(None);
    }
    if place.id != from {
        let problem = format!("somebody was faster: it is in {} by now", place.name);
        return Err(Refusal::Conflict { problem }.into());
    }
    if write.cluster_is_named(to, &name).await? {
        let problem = format!("there is a cluster named {name} in {} already", target.name);
        return Err(Refusal::Conflict { problem }.into());
    }
    let hosts = write.move_cluster(id, to).await?;
    let (from_name, to_name) = (place.name, target.name);
    let moved = EventKind::ClusterMoved { id, name, from, from_name, to, to_name, hosts };
    write.event(actor, Some(to), moved).await?;
    write.commit().await?;
    Ok(Some(hosts))
}
