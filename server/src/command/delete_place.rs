//! Deletes an empty datacenter or cluster.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::refusal::Refusal;

use crate::ctx::{Ctx, Halt};

/// Deletes a datacenter that has no cluster. What its events say of it stays.
pub async fn delete_datacenter(ctx: &Ctx, actor: &Actor, id: DatacenterId) -> Result<(), Refusal> {
    ctx.answer(datacenter(ctx, actor, id).await)
}

/// Deletes a cluster that has no host, with its policy and its enrolment tokens.
pub async fn delete_cluster(ctx: &Ctx, actor: &Actor, id: ClusterId) -> Result<(), Refusal> {
    ctx.answer(cluster(ctx, actor, id).await)
}

async fn datacenter(ctx: &Ctx, actor: &Actor, id: DatacenterId) -> Result<(), Halt> {
    let mut write = ctx.write().await?;
    let known = write.datacenter(id).await?.ok_or_else(|| Refusal::not_found("datacenter"))?;
    if !write.is_datacenter_empty(id).await? {
        let problem = "there are clusters in this datacenter; move or delete them first".to_owned();
        return Err(Refusal::Conflict { problem }.into());
    }
    write.delete_datacenter(id).await?;
    let deleted = EventKind::DatacenterDeleted { id, name: known.name };
    write.event(actor, Some(id), deleted).await?;
    Ok(write.commit().await?)
}

async fn cluster(ctx: &Ctx, actor: &Actor, id: ClusterId) -> Result<(), Halt> {
    let mut write = ctx.write().await?;
    let known = write.cluster(id).await?.ok_or_else(|| Refusal::not_found("cluster"))?;
    if !write.is_cluster_empty(id).await? {
        let problem = "there are hosts in this cluster; move or remove them first".to_owned();
        return Err(Refusal::Conflict { problem }.into());
    }
    write.delete_cluster(id).await?;
    let deleted = EventKind::ClusterDeleted { id, name: known.cluster.name };
    write.event(actor, Some(known.datacenter.id), deleted).await?;
    Ok(write.commit().await?)
}
