//! Keeps the keys of a host that wants to enrol until its TPM has proven them.

use trustboard_attest::AdmittedKeys;
use trustboard_model::facts::HostFacts;
use trustboard_model::id::EnrolmentId;
use trustboard_model::refusal::Refusal;

use super::enrol_without_tpm::usable_token;
use super::text::host_name;
use crate::ctx::{Ctx, Halt};
use crate::store::NewEnrolment;
use crate::store::secret::SecretHash;

/// How long a host has to unwrap its credential, in seconds. A TPM takes one or two; the rest is
/// for slow networks.
const ENROLMENT_S: i64 = 5 * 60;

/// Keeps the keys of a host that wants to enrol until its TPM has unwrapped `secret`. One use of
/// the token is reserved for it meanwhile. Makes no event: nobody has enrolled yet.
pub async fn begin_enrolment(
    ctx: &Ctx,
    token: &[u8],
    facts: &HostFacts,
    keys: &AdmittedKeys,
    secret: &[u8; 32],
) -> Result<EnrolmentId, Refusal> {
    ctx.answer(begin(ctx, token, facts, keys, secret).await)
}

async fn begin(
    ctx: &Ctx,
    token: &[u8],
    facts: &HostFacts,
    keys: &AdmittedKeys,
    secret: &[u8; 32],
) -> Result<EnrolmentId, Halt> {
    host_name(facts)?;
    let mut write = ctx.write_behind().await?;
    let token = usable_token(&mut write, token).await?.id;
    let id = EnrolmentId::from_random(ctx.random.id());
    let expires_at = write.now().plus_seconds(ENROLMENT_S);
    let secret = SecretHash::of(secret);
    write.insert_enrolment(&NewEnrolment { id, token, secret, facts, keys, expires_at }).await?;
    write.commit().await?;
    Ok(id)
}
