//! Evidence of a run of appraisals, with everything that appraising it again takes.

use trustboard_model::appraisal::Report;
use trustboard_model::id::{AppraisalId, HostId};
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{Viewer, WhichEvidence};

use super::host::seen;
use crate::ctx::{Ctx, Halt};
use crate::store::KeptRow;
use crate::store::record::HostRecord;

/// Evidence with its host and the newest report of its run.
pub(crate) struct KeptCase {
    pub host: HostRecord,
    pub kept: KeptRow,
    pub report: Report,
}

/// The first or last evidence of a run of a host.
pub(crate) async fn kept_evidence(
    ctx: &Ctx,
    viewer: &Viewer,
    host: HostId,
    appraisal: AppraisalId,
    which: WhichEvidence,
) -> Result<KeptCase, Refusal> {
    ctx.answer(find(ctx, viewer, host, appraisal, which).await)
}

async fn find(
    ctx: &Ctx,
    viewer: &Viewer,
    host: HostId,
    appraisal: AppraisalId,
    which: WhichEvidence,
) -> Result<KeptCase, Halt> {
    let mut read = ctx.read().await?;
    let record = seen(&mut read, viewer, host).await?;
    let kept = read.kept(host, appraisal, which).await?;
    let kept = kept.ok_or_else(|| Refusal::not_found("evidence"))?;
    let report = read.report(appraisal).await?;
    Ok(KeptCase { host: record, kept, report })
}
