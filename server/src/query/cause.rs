//! One cause: its hosts, what they differ in, and how far it is dealt with.

use trustboard_model::comparison::Comparison;
use trustboard_model::configuration::{ConfigurationRef, ConfigurationState};
use trustboard_model::host_query::Fingerprint;
use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::verdict::Verdict;
use trustboard_model::view::{CauseExample, CausePage, ConfigurationRow, Named, Scope, Viewer};

use super::configurations::seen;
use super::within::{Part, within};
use crate::ctx::{Ctx, Halt};
use crate::store::Read;

/// The hosts of a cause that the viewer sees. A cause that nobody has any more is an empty page, and
/// no refusal: its link stays good after all is done.
pub async fn cause(ctx: &Ctx, viewer: &Viewer, cause: Fingerprint) -> Result<CausePage, Refusal> {
    ctx.answer(page(ctx, viewer, cause).await)
}

async fn page(ctx: &Ctx, viewer: &Viewer, cause: Fingerprint) -> Result<CausePage, Halt> {
    let mut read = ctx.read().await?;
    let now = ctx.clock.now();
    let Part { within, datacenters, .. } = within(&mut read, viewer, Scope::Everything).await?;
    let places = read.cause_hosts(&within, &cause, now).await?;
    let example = match places.iter().filter_map(|place| place.example).min() {
        Some(host) => example(&mut read, host).await?,
        None => None,
    };
    let matched = match read.cause_matched(&within, &cause, now).await? {
        Some(id) => read.configuration(id).await?.map(|found| found.row.configuration),
        None => None,
    };
    let awaiting = match example.as_ref().and_then(|example| closest(example)) {
        Some(closest) => awaiting(&mut read, viewer, &closest.name).await?,
        None => Vec::new(),
    };
    let sum = |of: fn(&crate::store::CauseHosts) -> u32| places.iter().map(of).sum();
    let mut counted: Vec<_> = places
        .iter()
        .filter_map(|place| {
            let named = datacenters.iter().find(|named| named.id == place.datacenter)?;
            Some((named.clone(), place.hosts))
        })
        .collect();
    counted.sort_by(|(one, many), (other, more)| {
        more.cmp(many).then_with(|| one.name.cmp(&other.name))
    });
    Ok(CausePage {
        reason: example
            .as_ref()
            .map(|example| example.reason.code)
            .or_else(|| places.iter().find_map(|place| place.reason)),
        failing: sum(|place| place.failing),
        judging: sum(|place| place.judging),
        red: sum(|place| place.red),
        cleared: sum(|place| place.cleared),
        datacenters: counted,
        since: places.iter().map(|place| place.since).min(),
        example,
        matched,
        awaiting,
        cause,
        now,
        seq: read.chain_head().await?.seq,
    })
}

fn closest(example: &CauseExample) -> Option<&ConfigurationRef> {
    match &example.comparison {
        Some(Comparison::Differs { closest, .. }) => Some(closest),
        Some(Comparison::Matched { .. }) | None => None,
    }
}

/// A host with its report, read in the transaction that found it.
async fn example(read: &mut Read, host: HostId) -> Result<Option<CauseExample>, Halt> {
    let Some(record) = read.host(host).await? else { return Ok(None) };
    let Some(attested) = &record.attested else { return Ok(None) };
    let report = read.report(attested.appraisal).await?;
    let Verdict::Untrusted(reasons) = &report.verdict else { return Ok(None) };
    let policy = read.cluster(record.cluster.id).await?.map(|cluster| cluster.policy);
    let two = read.settings().await?.two_person_approvals;
    Ok(Some(CauseExample {
        host: Named { id: record.id, name: record.name },
        revision: record.revision,
        datacenter: record.datacenter.id,
        reason: reasons.first().clone(),
        comparison: report.comparison,
        two_approvals: two || policy.is_some_and(|policy| policy.two_approvals),
    }))
}

/// Versions of a configuration that one operator has approved, and a second one has not.
async fn awaiting(
    read: &mut Read,
    viewer: &Viewer,
    name: &str,
) -> Result<Vec<ConfigurationRow>, Halt> {
    let mut versions = read.versions(name).await?;
    versions.retain(|row| row.state == ConfigurationState::AwaitingSecond);
    seen(read, viewer, versions).await
}
