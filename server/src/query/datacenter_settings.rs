//! The Configuration tab of a datacenter: what holds in each of its clusters.

use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{ClusterSettings, Counts, DatacenterSettings, Named};

use crate::ctx::{Ctx, Halt};
use crate::store::Read;

/// The Configuration tab of one datacenter.
pub async fn datacenter_settings(
    ctx: &Ctx,
    datacenter: DatacenterId,
) -> Result<DatacenterSettings, Refusal> {
    ctx.answer(page(ctx, datacenter).await)
}

async fn page(ctx: &Ctx, id: DatacenterId) -> Result<DatacenterSettings, Halt> {
    let mut read = ctx.read().await?;
    let now = ctx.clock.now();
    let datacenter = read.datacenter(id).await?.ok_or_else(|| Refusal::not_found("datacenter"))?;
    let counts = read.counts_of_clusters(id, now).await?;
    let approved = read.approved_names(id).await?;
    let tokens = read.good_tokens(id, now).await?;
    let mut clusters = Vec::new();
    for cluster in read.clusters(id).await? {
        let of = |(known, _): &&(ClusterId, Counts)| *known == cluster.id;
        let count = counts.iter().find(of).map(|(_, counts)| *counts).unwrap_or_default();
        let mut settings = settings(&mut read, cluster, count).await?;
        let id = settings.cluster.id;
        let its = approved.iter().filter(|(known, _)| *known == id);
        settings.approved = its.map(|(_, configuration)| configuration.clone()).collect();
        let its = tokens.iter().find(|(known, _)| *known == id);
        settings.tokens = its.map_or(0, |(_, count)| *count);
        clusters.push(settings);
    }
    let mut others = read.datacenters().await?;
    others.retain(|other| other.id != id);
    Ok(DatacenterSettings { datacenter, clusters, others, now })
}

async fn settings(
    read: &mut Read,
    cluster: Named<ClusterId>,
    counts: Counts,
) -> Result<ClusterSettings, Halt> {
    let record = read.cluster(cluster.id).await?.ok_or_else(|| Refusal::not_found("cluster"))?;
    Ok(ClusterSettings {
        cluster,
        counts,
        policy: record.policy.name,
        policy_version: record.policy.version,
        interval_s: record.policy.interval_s,
        max_age_s: record.policy.max_age_s,
        approved: Vec::new(),
        tokens: 0,
    })
}
