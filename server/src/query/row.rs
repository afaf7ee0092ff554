//! One row of the table.

use trustboard_model::appraisal::SecureBoot;
use trustboard_model::host::Freshness;
use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Sees;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{AlarmView, HostMore, HostRow};

use super::message::message;
use crate::ctx::{Ctx, Halt};
use crate::store::Read;
use crate::store::record::HostRecord;

/// One row of the table.
pub async fn row(ctx: &Ctx, sees: &Sees, host: HostId) -> Result<HostRow, Refusal> {
    ctx.answer(find(ctx, sees, host).await)
}

async fn find(ctx: &Ctx, sees: &Sees, host: HostId) -> Result<HostRow, Halt> {
    let mut read = ctx.read().await?;
    let record = seen_host(&mut read, sees, host).await?;
    let more = read.more_of(&[host]).await?.remove(&host).unwrap_or_default();
    Ok(shown(record, more, ctx.clock.now()))
}

/// A host, if it is seen; to whoever does not see it, it is not there.
pub(super) async fn seen_host(
    read: &mut Read,
    sees: &Sees,
    host: HostId,
) -> Result<HostRecord, Halt> {
    let record = read.host(host).await?.filter(|record| sees.includes(record.datacenter.id));
    Ok(record.ok_or_else(|| Refusal::not_found("host"))?)
}

/// A host as the table shows it now.
pub(super) fn shown(record: HostRecord, more: HostMore, now: Timestamp) -> HostRow {
    let attested = record.attested.as_ref();
    let last_verified = attested.map(|attested| attested.last_verified);
    HostRow {
        attestation: record.attestation(),
        freshness: Freshness::derive(last_verified, record.max_age_s, now),
        last_verified,
        since: attested.map(|attested| attested.since),
        last_passed: attested.and_then(|attested| attested.last_passed),
        secure_boot: attested.map_or(SecureBoot::Unknown, |attested| attested.secure_boot),
        alarm: AlarmView::of(&record.alarm, now),
        message: message(&record),
        maintenance: record.maintenance.is_some(),
        id: record.id,
        revision: record.revision,
        name: record.name,
        cluster: record.cluster,
        datacenter: record.datacenter,
        presence: record.presence,
        identity: record.identity,
        tpm_version: record.tpm_version,
        verifying: record.verifying,
        exceptions: record.exceptions,
        ek_by_operator: record.ek_by_operator,
        more,
    }
}
