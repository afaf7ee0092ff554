//! A host's latest evidence with the report that was made of it: of one moment.

use trustboard_model::appraisal::Report;
use trustboard_model::id::HostId;
use trustboard_model::rights::Sees;

use super::{StoredCase, read_case};
use crate::ctx::Ctx;
use crate::store::StoreError;

/// A host with its stored evidence, and the latest report; nothing if there is no such host
/// to be seen.
pub(crate) async fn latest_evidence(
    ctx: &Ctx,
    sees: &Sees,
    host: HostId,
) -> Result<Option<(StoredCase, Option<Report>)>, StoreError> {
    let mut read = ctx.read().await?;
    let case = read_case(&mut read, host).await?;
    let seen = case.filter(|case| sees.includes(case.host.datacenter.id));
    let Some(case) = seen else { return Ok(None) };
    let report = match &case.host.attested {
        Some(attested) => Some(read.report(attested.appraisal).await?),
        None => None,
    };
    Ok(Some((case, report)))
}
