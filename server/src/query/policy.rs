//! The policy of a cluster, with the exceptions of its hosts.

use trustboard_model::id::ClusterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Sees;
use trustboard_model::view::PolicyPage;

use crate::ctx::{Ctx, Halt};

/// The policy of one cluster.
pub async fn policy(ctx: &Ctx, sees: &Sees, cluster: ClusterId) -> Result<PolicyPage, Refusal> {
    ctx.answer(page(ctx, sees, cluster).await)
}

async fn page(ctx: &Ctx, sees: &Sees, cluster: ClusterId) -> Result<PolicyPage, Halt> {
    let mut read = ctx.read().await?;
    let record = read.cluster(cluster).await?;
    let record = record.filter(|record| sees.includes(record.datacenter.id));
    let record = record.ok_or_else(|| Refusal::not_found("cluster"))?;
    Ok(PolicyPage {
        cluster: record.cluster,
        datacenter: record.datacenter,
        policy: record.policy,
        exceptions: read.exceptions_of_cluster(cluster).await?,
        now: ctx.clock.now(),
    })
}
