//! Enrols a host that has no TPM 2.0.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::facts::HostFacts;
use trustboard_model::host::IdentityState;
use trustboard_model::id::{ClusterId, HostId};
use trustboard_model::refusal::Refusal;

use super::text::{host_name, numbered};
use crate::ctx::{Ctx, Halt};
use crate::store::record::TokenRecord;
use crate::store::secret::SecretHash;
use crate::store::{HostScope, NewHost, Write};

/// Enrols a host that has no TPM 2.0: it has no identity. Gives its session credential.
pub async fn enrol_without_tpm(
    ctx: &Ctx,
    token: &[u8],
    facts: &HostFacts,
) -> Result<(HostId, [u8; 32]), Refusal> {
    ctx.answer(enrol(ctx, token, facts).await)
}

async fn enrol(ctx: &Ctx, token: &[u8], facts: &HostFacts) -> Result<(HostId, [u8; 32]), Halt> {
    let name = host_name(facts)?;
    let mut write = ctx.write_behind().await?;
    let token = usable_token(&mut write, token).await?;
    let secret = ctx.random.secret();
    let scope = HostScope {
        host: HostId::from_random(ctx.random.id()),
        cluster: token.cluster,
        datacenter: token.datacenter,
    };
    let name = free_name(&mut write, token.cluster, name).await?;
    let credential = SecretHash::of(&secret);
    let identity = IdentityState::None;
    write.insert_host(&NewHost { scope, name: &name, credential, identity, facts }).await?;
    write.use_token(token.id).await?;
    let enrolled = EventKind::HostEnrolled { name, tpm: false };
    write.host_event(&Actor::Host, scope, enrolled).await?;
    write.commit().await?;
    Ok((scope.host, secret))
}

/// The token with this secret, if it can be used now.
pub(super) async fn usable_token(write: &mut Write, secret: &[u8]) -> Result<TokenRecord, Halt> {
    let now = write.now();
    let token = write.token_by_secret(SecretHash::of(secret), now).await?;
    let problem = match &token {
        None => "there is no such enrolment token",
        Some(token) if token.revoked => "the enrolment token was revoked",
        Some(token) if token.expires_at <= now => "the enrolment token has expired",
        Some(token) if token.free == 0 => "the enrolment token is used up",
        Some(_) => "",
    };
    token.filter(|_| problem.is_empty()).ok_or_else(|| Refusal::invalid("token", problem).into())
}

/// The name of a new host: another one than those of its cluster.
pub(super) async fn free_name(
    write: &mut Write,
    cluster: ClusterId,
    name: &str,
) -> Result<String, Halt> {
    let mut number = 1;
    loop {
        let candidate = numbered(name, number);
        if !write.host_is_named(cluster, &candidate).await? {
            return Ok(candidate);
        }
        number += 1;
    }
}
