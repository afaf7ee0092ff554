//! Moves hosts to another cluster.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::id::{ClusterId, DatacenterId, HostId};
use trustboard_model::job::Because;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{Arrange, Arranged, HostLeft};

use crate::ctx::{Ctx, Halt};
use crate::store::record::HostRecord;
use crate::store::{ClusterRecord, HostScope, StoreError, Write};

/// Moves hosts, which the operator saw in the datacenter `from`, to another cluster. Each is judged
/// by that one's policy and configurations from then on, its stored evidence first. One that cannot
/// be moved stays where it is, and is named with the reason; the others are moved all the same.
pub async fn move_hosts(
    ctx: &Ctx,
    actor: &Actor,
    hosts: &[HostId],
    from: DatacenterId,
    to: ClusterId,
) -> Result<Arranged, Refusal> {
    ctx.answer(move_them(ctx, actor, hosts, from, to).await)
}

async fn move_them(
    ctx: &Ctx,
    actor: &Actor,
    hosts: &[HostId],
    from: DatacenterId,
    to: ClusterId,
) -> Result<Arranged, Halt> {
    not_too_many(hosts)?;
    let mut write = ctx.write().await?;
    let target = write.cluster(to).await?.ok_or_else(|| Refusal::not_found("cluster"))?;
    let mut arranged = Arranged::default();
    for &host in hosts {
        let record = match still_there(&mut write, host, from).await? {
            Ok(record) => record,
            Err(left) => {
                arranged.left.push(left);
                continue;
            }
        };
        if record.cluster.id == to {
            continue;
        }
        if write.host_is_named(to, &record.name).await? {
            let name = &target.cluster.name;
            let problem = format!("there is a host of this name in the cluster {name} already");
            let why = Refusal::Conflict { problem };
            arranged.left.push(HostLeft { host: record.name, why });
            continue;
        }
        move_one(&mut write, actor, &record, &target).await?;
        arranged.hosts += 1;
    }
    arranged.changed = arranged.hosts > 0;
    if arranged.changed {
        write.commit().await?;
    }
    Ok(arranged)
}

async fn move_one(
    write: &mut Write,
    actor: &Actor,
    record: &HostRecord,
    target: &ClusterRecord,
) -> Result<(), StoreError> {
    let scope =
        HostScope { host: record.id, cluster: target.cluster.id, datacenter: target.datacenter.id };
    write.outnumber_standards(scope.cluster, record.cluster.id).await?;
    write.move_host(scope.host, scope.cluster, scope.datacenter).await?;
    write.judge_again_later(scope.host, Because::Cluster).await?;
    let moved = EventKind::HostMoved {
        name: record.name.clone(),
        from: record.cluster.id,
        from_name: record.cluster.name.clone(),
        to: scope.cluster,
        to_name: target.cluster.name.clone(),
    };
    write.host_event(actor, scope, moved).await?;
    Ok(())
}

/// Refuses an empty choice and one that would keep every other write waiting for long.
pub(super) fn not_too_many(hosts: &[HostId]) -> Result<(), Refusal> {
    if (1..=Arrange::MAX_HOSTS).contains(&hosts.len()) {
        return Ok(());
    }
    Err(Refusal::invalid("hosts", format!("expected 1 to {} hosts", Arrange::MAX_HOSTS)))
}

/// The host, if it is in the datacenter where the operator saw it.
pub(super) async fn still_there(
    write: &mut Write,
    host: HostId,
    seen: DatacenterId,
) -> Result<Result<HostRecord, HostLeft>, StoreError> {
    Ok(match write.host(host).await? {
        None => Err(HostLeft { host: host.to_string(), why: Refusal::not_found("host") }),
        Some(record) if record.datacenter.id != seen => {
            let place = record.datacenter.name;
            let problem = format!("somebody was faster: it is in {place} by now");
            Err(HostLeft { host: record.name, why: Refusal::Conflict { problem } })
        }
        Some(record) => Ok(record),
    })
}
