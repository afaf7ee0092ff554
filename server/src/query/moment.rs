//! What a host read at any moment of its past, and what proves it.

use trustboard_model::appraisal::Report;
use trustboard_model::comparison::Comparison;
use trustboard_model::configuration::ConfigurationRef;
use trustboard_model::host::Freshness;
use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{
    ApprovedThen, Concluded, Covered, Moment, MomentPage, Named, PolicyThen, Retention, Span,
    Viewer,
};

use super::host::seen;
use crate::ctx::{Ctx, Halt};
use crate::store::Read;
use crate::store::record::HostRecord;

/// What a host read at `at`.
pub async fn moment(
    ctx: &Ctx,
    viewer: &Viewer,
    host: HostId,
    at: Timestamp,
    retention: Retention,
) -> Result<MomentPage, Refusal> {
    ctx.answer(page(ctx, viewer, host, at, retention).await)
}

async fn page(
    ctx: &Ctx,
    viewer: &Viewer,
    host: HostId,
    at: Timestamp,
    retention: Retention,
) -> Result<MomentPage, Halt> {
    let mut read = ctx.read().await?;
    let now = ctx.clock.now();
    let record = seen(&mut read, viewer, host).await?;
    if at > now {
        return Err(Refusal::invalid("time", "lies in the future").into());
    }
    let enrolled_at = read.enrolled_at(host).await?;
    let moment = match read.span_at(host, at).await? {
        Some(span) => {
            Moment::Concluded(Box::new(concluded(&mut read, &record, span, at, now).await?))
        }
        None if at < enrolled_at => Moment::NotEnrolled,
        None if at < retention.conclusions_from(now) => Moment::NotKept,
        None => Moment::NotVerified { first: read.first_span_at(host).await? },
    };
    let report = match &moment {
        Moment::Concluded(concluded) => concluded.report.as_ref(),
        _ => None,
    };
    let policy = policy(&mut read, &record, report, at).await?;
    let (before, after) = read.kept_around(host, at).await?;
    Ok(MomentPage {
        host: Named { id: record.id, name: record.name },
        cluster: record.cluster,
        datacenter: record.datacenter,
        at,
        now,
        enrolled_at,
        moment,
        policy,
        before,
        after,
        retention,
    })
}

async fn concluded(
    read: &mut Read,
    record: &HostRecord,
    span: Span,
    at: Timestamp,
    now: Timestamp,
) -> Result<Concluded, Halt> {
    let covered = covered(read, record, at, now).await?;
    let report = read.report(span.id).await?;
    let configuration = match &report.comparison {
        Some(Comparison::Matched { configuration }) => {
            Some(approved(read, configuration.clone()).await?)
        }
        Some(Comparison::Differs { .. }) | None => None,
    };
    Ok(Concluded { span, report: Some(report), covered, configuration })
}

/// Whether the host was being verified.
async fn covered(
    read: &mut Read,
    record: &HostRecord,
    at: Timestamp,
    now: Timestamp,
) -> Result<Covered, Halt> {
    if let Some(gap) = read.gaps_between(record.id, at, at, 1).await?.first() {
        return Ok(Covered::Gap { from: gap.from, until: gap.until });
    }
    if let Some(from) = open_gap(record, now)
        && from < at
    {
        return Ok(Covered::Gap { from, until: None });
    }
    let since = read.gaps_since().await?;
    Ok(if at < since { Covered::NotRecorded { since } } else { Covered::Verified })
}

/// Since when a host has not been verified, if that is longer than its policy allows.
pub(super) fn open_gap(record: &HostRecord, now: Timestamp) -> Option<Timestamp> {
    let last = record.attested.as_ref()?.last_verified;
    (Freshness::derive(Some(last), record.max_age_s, now) == Freshness::Stale).then_some(last)
}

/// A configuration with who approved it.
pub(super) async fn approved(
    read: &mut Read,
    configuration: ConfigurationRef,
) -> Result<ApprovedThen, Halt> {
    let record = read.configuration(configuration.id).await?;
    let approvals = record.map(|record| record.row.approvals).unwrap_or_default();
    Ok(ApprovedThen { configuration, approvals })
}

/// The policy in force then: its version by the audit trail, its name if the policy of now or the
/// report of then has that version.
async fn policy(
    read: &mut Read,
    record: &HostRecord,
    report: Option<&Report>,
    at: Timestamp,
) -> Result<PolicyThen, Halt> {
    let cluster = read.cluster(record.cluster.id).await?;
    let current = cluster.ok_or_else(|| Refusal::not_found("cluster"))?.policy;
    let version = read.policy_at(record.cluster.id, at, current.version).await?;
    let label = format!(", version {version}");
    let name = if version == current.version {
        Some(current.name)
    } else {
        report.and_then(|report| Some(report.policy.strip_suffix(&label)?.to_owned()))
    };
    Ok(PolicyThen { version, name })
}
