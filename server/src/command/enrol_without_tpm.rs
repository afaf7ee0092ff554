//! Enrols a host that has no TPM 2.0.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::facts::HostFacts;
use trustboard_model::host::IdentityState;
use trustboard_model::id::{ClusterId, HostId};
use trustboard_model::refusal::Refusal;
use trustboard_model::time::Timestamp;

use super::text::{host_name, numbered};
use crate::ctx::{Ctx, Halt};
use crate::store::record::TokenRecord;
use crate::store::secret::SecretHash;
use crate::store::{HostEvents, HostScope, NewHost, Write};

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
    let enrolled = EventKind::HostEnrolled { name: name.clone(), tpm: false };
    let events = vec![(Actor::Host, enrolled)];
    let revision = events.len() as u64;
    let new = NewHost { scope, name: &name, credential, identity, facts, revision };
    write.insert_hosts(&[new]).await?;
    write.use_tokens(&[(token.id, 1)]).await?;
    write.events_of_hosts(vec![HostEvents { scope, events, hints: Vec::new() }]).await?;
    write.commit().await?;
    Ok((scope.host, secret))
}

/// The token with this secret, if it can be used now.
async fn usable_token(write: &mut Write, secret: &[u8]) -> Result<TokenRecord, Halt> {
    let now = write.now();
    let token = write.token_by_secret(SecretHash::of(secret), now).await?;
    match (unusable(token.as_ref(), now), token) {
        (None, Some(token)) => Ok(token),
        (problem, _) => Err(Refusal::invalid("token", problem.unwrap_or_default()).into()),
    }
}

/// Why a token that was looked for cannot be used now; nothing if it can.
pub(super) fn unusable(token: Option<&TokenRecord>, now: Timestamp) -> Option<&'static str> {
    match token {
        None => Some("there is no such enrolment token"),
        Some(token) if token.revoked => Some("the enrolment token was revoked"),
        Some(token) if token.expires_at <= now => Some("the enrolment token has expired"),
        Some(token) if token.free == 0 => Some("the enrolment token is used up"),
        Some(_) => None,
    }
}

/// The name of a new host: another one than those of its cluster.
async fn free_name(write: &mut Write, cluster: ClusterId, name: &str) -> Result<String, Halt> {
    let mut number = 1;
    loop {
        let candidate = numbered(name, number);
        if !write.host_is_named(cluster, &candidate).await? {
            return Ok(candidate);
        }
        number += 1;
    }
}
