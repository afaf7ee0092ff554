//! Takes hosts out of the inventory.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::id::{DatacenterId, HostId};
use trustboard_model::refusal::Refusal;
use trustboard_model::view::Arranged;

use super::move_hosts::{not_too_many, still_there};
use super::text::said;
use crate::ctx::{Ctx, Halt};
use crate::store::HostScope;

/// Takes hosts, which the operator saw in the datacenter `from`, out of the inventory. Their events
/// and appraisals stay and can be read; their credentials are good for nothing any more; their
/// TPMs may enrol again. `confirm` is what the operator typed: the host's name, or how many hosts if
/// they are several.
pub async fn remove_hosts(
    ctx: &Ctx,
    actor: &Actor,
    hosts: &[HostId],
    from: DatacenterId,
    reason: &str,
    confirm: &str,
) -> Result<Arranged, Refusal> {
    ctx.answer(remove(ctx, actor, hosts, from, reason, confirm).await)
}

async fn remove(
    ctx: &Ctx,
    actor: &Actor,
    hosts: &[HostId],
    from: DatacenterId,
    reason: &str,
    confirm: &str,
) -> Result<Arranged, Halt> {
    not_too_many(hosts)?;
    let reason = said("reason", reason)?;
    let mut write = ctx.write().await?;
    let mut arranged = Arranged::default();
    for &host in hosts {
        let record = match still_there(&mut write, host, from).await? {
            Ok(record) => record,
            Err(left) => {
                arranged.left.push(left);
                continue;
            }
        };
        let name = match hosts {
            [_] => record.name.clone(),
            several => several.len().to_string(),
        };
        if confirm.trim() != name.trim() {
            return Err(Refusal::invalid("confirm", format!("expected {name}")).into());
        }
        // The event raises the host's revision: it is written while there is a row.
        let removed =
            EventKind::HostRemoved { name: record.name.clone(), reason: reason.to_owned() };
        write.host_event(actor, HostScope::from(&record), removed).await?;
        write.remove_host(&record, actor, reason).await?;
        arranged.hosts += 1;
    }
    arranged.changed = arranged.hosts > 0;
    if arranged.changed {
        write.commit().await?;
    }
    Ok(arranged)
}
