//! A host with its stored evidence, as judging it again takes it.

use trustboard_model::exception::Exception;
use trustboard_model::id::HostId;

use crate::ctx::Ctx;
use crate::store::evidence::StoredEvidence;
use crate::store::record::HostRecord;
use crate::store::{Read, StoreError};

/// A host with its stored evidence.
#[derive(Debug, Clone)]
pub(crate) struct StoredCase {
    pub host: HostRecord,
    /// Nothing if there is none that can be judged again.
    pub evidence: Option<StoredEvidence>,
    /// The exceptions that were granted for it.
    pub exceptions: Vec<Exception>,
    /// The number of what the cluster's hosts are judged by.
    pub standards: u64,
}

/// A host with its stored evidence; nothing if there is no such host.
pub(crate) async fn stored_case(ctx: &Ctx, host: HostId) -> Result<Option<StoredCase>, StoreError> {
    read_case(&mut ctx.read().await?, host).await
}

/// The same within a reading that goes on.
pub(crate) async fn read_case(
    read: &mut Read,
    host: HostId,
) -> Result<Option<StoredCase>, StoreError> {
    let Some(record) = read.host(host).await? else { return Ok(None) };
    let exceptions = match record.exceptions {
        0 => Vec::new(),
        _ => read.exceptions(host).await?,
    };
    let plans = read.plans(&[host]).await?;
    let standards = plans.get(&host).map_or(0, |plan| plan.standards);
    Ok(Some(StoredCase {
        evidence: read.stored_evidence(host).await?,
        exceptions: exceptions.into_iter().map(|row| row.exception).collect(),
        standards,
        host: record,
    }))
}
