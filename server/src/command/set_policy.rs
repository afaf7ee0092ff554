//! Puts another policy in force for a cluster.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::id::ClusterId;
use trustboard_model::job::Because;
use trustboard_model::policy::Policy;
use trustboard_model::refusal::Refusal;

use super::policy_changes::policy_changes;
use super::policy_rules::sound_policy;
use crate::ctx::{Ctx, Halt};

/// Puts another policy in force, whose version is counted here; `seen` is the version that the
/// operator saw. The stored evidence of all hosts waits to be judged again from then on. Gives
/// whether anything changed. Who may is the caller's to say.
pub async fn set_policy(
    ctx: &Ctx,
    actor: &Actor,
    cluster: ClusterId,
    seen: u32,
    policy: Policy,
) -> Result<bool, Refusal> {
    ctx.answer(set(ctx, actor, cluster, seen, policy).await)
}

async fn set(
    ctx: &Ctx,
    actor: &Actor,
    cluster: ClusterId,
    seen: u32,
    policy: Policy,
) -> Result<bool, Halt> {
    let policy = sound_policy(policy)?;
    let mut write = ctx.write().await?;
    let record = write.cluster(cluster).await?.ok_or_else(|| Refusal::not_found("cluster"))?;
    let before = record.policy;
    if policy == (Policy { version: policy.version, ..before.clone() }) {
        write.commit().await?;
        return Ok(false);
    }
    if seen != before.version {
        let now = format!("the policy is {}", before.label());
        let (seen, current) = (u64::from(seen), u64::from(before.version));
        return Err(Refusal::Stale { seen, current, now }.into());
    }
    let after = Policy { version: before.version.saturating_add(1), ..policy };
    write.set_policy(cluster, &after).await?;
    let changed = EventKind::PolicyChanged {
        cluster,
        name: record.cluster.name,
        from: before.version,
        to: after.version,
        changes: policy_changes(&before, &after),
    };
    write.event(actor, Some(record.datacenter.id), changed).await?;
    write.standards_changed(cluster, Because::Policy).await?;
    write.commit().await?;
    Ok(true)
}
