//! Gives a datacenter or a cluster another name.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::refusal::Refusal;

use super::text::place_name;
use crate::ctx::{Ctx, Halt};

/// Renames a datacenter that the operator saw under the name `seen`. Gives whether anything changed.
pub async fn rename_datacenter(
    ctx: &Ctx,
    actor: &Actor,
    id: DatacenterId,
    seen: &str,
    name: &str,
) -> Result<bool, Refusal> {
    ctx.answer(datacenter(ctx, actor, id, seen, name).await)
}

/// The same for a cluster.
pub async fn rename_cluster(
    ctx: &Ctx,
    actor: &Actor,
    id: ClusterId,
    seen: &str,
    name: &str,
) -> Result<bool, Refusal> {
    ctx.answer(cluster(ctx, actor, id, seen, name).await)
}

async fn datacenter(
    ctx: &Ctx,
    actor: &Actor,
    id: DatacenterId,
    seen: &str,
    name: &str,
) -> Result<bool, Halt> {
    let name = place_name(name)?;
    let mut write = ctx.write().await?;
    let known = write.datacenter(id).await?.ok_or_else(|| Refusal::not_found("datacenter"))?;
    if known.name == name {
        return Ok(false);
    }
    refuse_outdated(&known.name, seen)?;
    // Another case of its own letters is another name, and not taken.
    if !same(&known.name, name) && write.datacenter_is_named(name).await? {
        let problem = format!("there is a datacenter named {name} already");
        return Err(Refusal::Conflict { problem }.into());
    }
    write.rename_datacenter(id, name).await?;
    let renamed = EventKind::DatacenterRenamed { id, from: known.name, to: name.to_owned() };
    write.event(actor, Some(id), renamed).await?;
    write.commit().await?;
    Ok(true)
}

async fn cluster(
    ctx: &Ctx,
    actor: &Actor,
    id: ClusterId,
    seen: &str,
    name: &str,
) -> Result<bool, Halt> {
    let name = place_name(name)?;
    let mut write = ctx.write().await?;
    let record = write.cluster(id).await?.ok_or_else(|| Refusal::not_found("cluster"))?;
    let (known, datacenter) = (record.cluster.name, record.datacenter.id);
    if known == name {
        return Ok(false);
    }
    refuse_outdated(&known, seen)?;
    if !same(&known, name) && write.cluster_is_named(datacenter, name).await? {
        let problem = format!("there is a cluster named {name} in this datacenter already");
        return Err(Refusal::Conflict { problem }.into());
    }
    write.rename_cluster(id, name).await?;
    let renamed = EventKind::ClusterRenamed { id, from: known, to: name.to_owned() };
    write.event(actor, Some(datacenter), renamed).await?;
    write.commit().await?;
    Ok(true)
}

/// Whether the database takes both for one name: it ignores the case of ASCII letters.
fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

fn refuse_outdated(known: &str, seen: &str) -> Result<(), Refusal> {
    if known == seen {
        return Ok(());
    }
    let problem = format!("somebody was faster: it is called {known} by now");
    Err(Refusal::Conflict { problem })
}
