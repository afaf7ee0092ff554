//! Enrols the host whose TPM unwrapped the secret.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::host::IdentityState;
use trustboard_model::id::{EnrolmentId, HostId};
use trustboard_model::refusal::Refusal;

use super::enrol_without_tpm::free_name;
use super::text::host_name;
use crate::ctx::{Ctx, Halt};
use crate::store::record::EnrolmentRecord;
use crate::store::secret::SecretHash;
use crate::store::{HostScope, NewHost, Write};

/// Enrols the host whose TPM unwrapped the secret, which becomes its session credential.
///
/// A wrong secret uses the enrolment up. The right one again, before the enrolment expires, gives
/// the same host and writes nothing: the first answer may have been lost.
pub async fn finish_enrolment(
    ctx: &Ctx,
    enrolment: EnrolmentId,
    secret: &[u8],
) -> Result<HostId, Refusal> {
    ctx.answer(finish(ctx, enrolment, SecretHash::of(secret)).await)
}

async fn finish(ctx: &Ctx, id: EnrolmentId, answer: SecretHash) -> Result<HostId, Halt> {
    let mut write = ctx.write_behind().await?;
    let now = write.now();
    let enrolment = write.enrolment(id).await?.filter(|enrolment| now < enrolment.expires_at);
    let Some(enrolment) = enrolment else {
        return Err(Refusal::not_found("enrolment; it may have expired").into());
    };
    if !enrolment.secret.matches(&answer) {
        if enrolment.host.is_none() {
            write.delete_enrolment(id).await?;
            write.commit().await?;
        }
        let problem = "not what the TPM had to unwrap; enrol again";
        return Err(Refusal::invalid("secret", problem).into());
    }
    match enrolment.host {
        Some(host) => {
            write.commit().await?;
            Ok(host)
        }
        None => enrol(ctx, write, id, &enrolment).await,
    }
}

async fn enrol(
    ctx: &Ctx,
    mut write: Write,
    id: EnrolmentId,
    enrolment: &EnrolmentRecord,
) -> Result<HostId, Halt> {
    let scope = HostScope {
        host: HostId::from_random(ctx.random.id()),
        cluster: enrolment.cluster,
        datacenter: enrolment.datacenter,
    };
    let name = free_name(&mut write, scope.cluster, host_name(&enrolment.facts)?).await?;
    let (identity, facts) = (IdentityState::Enrolled, &enrolment.facts);
    let credential = enrolment.secret;
    write.insert_host(&NewHost { scope, name: &name, credential, identity, facts }).await?;
    write.complete_enrolment(id, scope.host).await?;
    write.use_token(enrolment.token).await?;
    let enrolled = EventKind::HostEnrolled { name, tpm: true };
    write.host_event(&Actor::Host, scope, enrolled).await?;
    let (from, ek) = (IdentityState::None, Some(enrolment.ek));
    let taken = EventKind::IdentityChanged { from, to: identity, ek, reason: None };
    write.host_event(&Actor::Host, scope, taken).await?;
    write.commit().await?;
    Ok(scope.host)
}
