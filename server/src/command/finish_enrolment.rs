//! Enrols the host whose TPM unwrapped the secret.

use trustboard_model::id::{EnrolmentId, HostId};
use trustboard_model::refusal::Refusal;

use crate::ctx::Ctx;

/// Enrols the host whose TPM unwrapped the secret.
pub async fn finish_enrolment(
    ctx: &Ctx,
    enrolment: EnrolmentId,
    secret: &[u8],
) -> Result<HostId, Refusal> {
    todo!()
}
