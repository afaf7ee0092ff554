//! A host's latest evidence with the report that was made of it: of one moment.

use trustboard_model::appraisal::Report;
use trustboard_model::id::HostId;

use super::{StoredCase, read_case};
use crate::ctx::Ctx;
use crate::store::StoreError;

/// A host with its stored evidence, and the latest report; nothing if there is no such host.
pub(crate) async fn latest_evidence(
    ctx: &Ctx,
    host: HostId,
) -> Result<Option<(StoredCase, Option<Report>)>, StoreError> {
    let mut read = ctx.read().await?;
    let Some(case) = read_case(&mut read, host).await? else { return Ok(None) };
    let report = match &case.host.attested {
        Some(attested) => Some(read.report(attested.appraisal).await?),
        None => None,
    };
    Ok(Some((case, report)))
}
