//! The host page.

use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Sees;
use trustboard_model::view::{HostPage, IdentityView, Viewer};

use super::row::{seen_host, shown};
use crate::ctx::{Ctx, Halt};
use crate::store::Read;
use crate::store::record::HostRecord;

/// What [`HostPage`] promises.
const JOBS: u32 = 20;
const SPANS: u32 = 50;
const EVENTS: u32 = 100;

/// The host page.
pub async fn host(ctx: &Ctx, sees: &Sees, host: HostId) -> Result<HostPage, Refusal> {
    ctx.answer(page(ctx, sees, host).await)
}

async fn page(ctx: &Ctx, sees: &Sees, host: HostId) -> Result<HostPage, Halt> {
    let mut read = ctx.read().await?;
    let now = ctx.clock.now();
    let record = seen_host(&mut read, sees, host).await?;
    let report = match &record.attested {
        Some(attested) => Some(read.report(attested.appraisal).await?),
        None => None,
    };
    let more = read.more_of(&[host]).await?.remove(&host).unwrap_or_default();
    Ok(HostPage {
        report,
        facts: read.facts(host).await?,
        identity: identity(&mut read, &record).await?,
        exceptions: read.exceptions(host).await?,
        jobs: read.jobs(host, JOBS).await?,
        spans: read.spans(host, SPANS).await?,
        events: read.host_events(host, EVENTS).await?,
        row: shown(record, more, now),
        now,
        seq: read.chain_head().await?.seq,
    })
}

/// A host that the viewer may see; another one is as if it were not there.
pub(super) async fn seen(
    read: &mut Read,
    viewer: &Viewer,
    host: HostId,
) -> Result<HostRecord, Halt> {
    seen_host(read, &viewer.rights.sees(), host).await
}

async fn identity(read: &mut Read, record: &HostRecord) -> Result<IdentityView, Halt> {
    let stored = read.identity(record.id).await?;
    Ok(IdentityView {
        state: record.identity,
        ek: stored.as_ref().map(|stored| stored.ek),
        ak: stored.as_ref().map(|stored| stored.ak),
        since: stored.as_ref().map(|stored| stored.since),
        presented_ek: read.presented_ek(record.id).await?,
    })
}
