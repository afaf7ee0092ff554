//! The dated report of one datacenter.

use std::collections::HashMap;

use trustboard_model::configuration::ConfigurationRef;
use trustboard_model::id::{ConfigurationId, DatacenterId, HostId};
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{ApprovedThen, ComplianceHost, CompliancePage, Viewer};

use super::row::shown;
use crate::ctx::{Ctx, Halt};
use crate::store::record::HostRecord;
use crate::store::{Read, Within};

/// The report, or a part of it; parts are counted from 1. One past the last is not found.
pub async fn compliance(
    ctx: &Ctx,
    viewer: &Viewer,
    datacenter: DatacenterId,
    part: u32,
) -> Result<CompliancePage, Refusal> {
    ctx.answer(page(ctx, viewer, datacenter, part).await)
}

async fn page(
    ctx: &Ctx,
    viewer: &Viewer,
    datacenter: DatacenterId,
    part: u32,
) -> Result<CompliancePage, Halt> {
    let mut read = ctx.read().await?;
    let now = ctx.clock.now();
    let missing = || Refusal::not_found("datacenter");
    let named = read.datacenter(datacenter).await?.ok_or_else(missing)?;
    if !viewer.sees(datacenter) {
        return Err(missing().into());
    }
    let counts = read.counts_within(&Within::Datacenter(datacenter), now).await?;
    let parts = counts.hosts.div_ceil(CompliancePage::PART).max(1);
    if !(1..=parts).contains(&part) {
        return Err(Refusal::not_found("part").into());
    }
    let (mut policies, mut exceptions) = (Vec::new(), Vec::new());
    for cluster in read.clusters(datacenter).await? {
        if let Some(record) = read.cluster(cluster.id).await? {
            policies.push((cluster.clone(), record.policy.label()));
        }
        exceptions.extend(read.exceptions_of_cluster(cluster.id).await?);
    }
    let configurations = configurations(&mut read).await?;
    let offset = (part - 1).saturating_mul(CompliancePage::PART);
    let records = read.hosts_of_report(datacenter, CompliancePage::PART, offset).await?;
    let ids: Vec<HostId> = records.iter().map(|record| record.id).collect();
    let mut more = read.more_of(&ids).await?;
    let host = |record: HostRecord| {
        let more = more.remove(&record.id).unwrap_or_default();
        let matched = more.configuration.as_ref().map(|configuration| configuration.id);
        ComplianceHost {
            configuration: matched.and_then(|id| configurations.get(&id).cloned()),
            row: shown(record, more, now),
        }
    };
    let head = read.chain_head().await?;
    Ok(CompliancePage {
        datacenter: named,
        generated_at: now,
        generated_by: viewer.name.clone(),
        counts,
        policies,
        hosts: records.into_iter().map(host).collect(),
        part,
        parts,
        exceptions,
        seq: head.seq,
        head: head.hash,
    })
}

/// Every version of every configuration with who approved it: as many as operators made.
async fn configurations(read: &mut Read) -> Result<HashMap<ConfigurationId, ApprovedThen>, Halt> {
    let rows = read.configurations(true).await?;
    let entry = |row: trustboard_model::view::ConfigurationRow| {
        let configuration: ConfigurationRef = row.configuration;
        (configuration.id, ApprovedThen { configuration, approvals: row.approvals })
    };
    Ok(rows.into_iter().map(entry).collect())
}
