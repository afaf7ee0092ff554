//! Records that a verification could not be finished. The verdict stands.

use trustboard_model::id::{HostId, JobId};
use trustboard_model::job::Step;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// Records that a verification could not be finished. The verdict stands.
pub async fn record_verification_failure(
    ctx: &Ctx,
    host: HostId,
    job: Option<JobId>,
    steps: Vec<Step>,
    problem: &str,
) -> Result<(), StoreError> {
    todo!()
}
