//! Enrols the hosts whose TPMs unwrapped their secrets: many in one transaction.

mod names;

use std::collections::{BTreeMap, HashMap};

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::host::IdentityState;
use trustboard_model::id::{EnrolmentId, HostId, TokenId};
use trustboard_model::refusal::Refusal;

use self::names::named;
use super::text::host_name;
use crate::ctx::Ctx;
use crate::store::record::EnrolmentRecord;
use crate::store::secret::SecretHash;
use crate::store::{HostEvents, HostScope, NewHost, StoreError, Write};

/// What a TPM unwrapped, for the enrolment that asked for it.
#[derive(Debug, Clone, Copy)]
pub struct Unwrapped {
    enrolment: EnrolmentId,
    secret: SecretHash,
}

impl Unwrapped {
    /// This secret, for this enrolment.
    pub fn new(enrolment: EnrolmentId, secret: &[u8]) -> Self {
        Self { enrolment, secret: SecretHash::of(secret) }
    }
}

/// What became of each.
pub type Finished = Result<HostId, Refusal>;

/// Enrols the host whose TPM unwrapped the secret, which becomes its session credential.
///
/// A wrong secret uses the enrolment up. The right one again, before the enrolment expires, gives
/// the same host and writes nothing: the first answer may have been lost.
pub async fn finish_enrolment(
    ctx: &Ctx,
    enrolment: EnrolmentId,
    secret: &[u8],
) -> Result<HostId, Refusal> {
    match finish_enrolments(ctx, &[Unwrapped::new(enrolment, secret)]).await {
        Ok(mut finished) => finished.pop().unwrap_or_else(|| Err(unknown())),
        Err(error) => Err(ctx.unavailable(&error)),
    }
}

/// The same of many, as if one after the other. If it fails, none of them is enrolled.
pub async fn finish_enrolments(ctx: &Ctx, all: &[Unwrapped]) -> Result<Vec<Finished>, StoreError> {
    let mut write = ctx.write_gathered().await?;
    let now = write.now();
    let ids: Vec<EnrolmentId> = all.iter().map(|one| one.enrolment).collect();
    let mut open = write.enrolments(&ids).await?;
    open.retain(|_, enrolment| now < enrolment.expires_at);
    let (mut enrolling, mut used_up) = (Vec::new(), Vec::new());
    let mut finished = Vec::with_capacity(all.len());
    for one in all {
        let decided = decide(one, &mut open, || HostId::from_random(ctx.random.id()));
        finished.push(match decided {
            Decided::Enrols(host) => {
                enrolling.push((one.enrolment, host));
                Ok(host)
            }
            Decided::Enrolled(host) => Ok(host),
            Decided::Refused(refusal) => Err(refusal),
            Decided::UsedUp(refusal) => {
                used_up.push(one.enrolment);
                Err(refusal)
            }
        });
    }
    write.delete_enrolments(&used_up).await?;
    enrol(&mut write, &open, enrolling).await?;
    // What was found done already may be of a command that is not on the disk yet.
    write.commit().await?;
    Ok(finished)
}

/// What becomes of one.
enum Decided {
    /// This host comes of it.
    Enrols(HostId),
    /// This one did.
    Enrolled(HostId),
    Refused(Refusal),
    /// Refused, and there is no second attempt.
    UsedUp(Refusal),
}

fn decide(
    one: &Unwrapped,
    open: &mut HashMap<EnrolmentId, EnrolmentRecord>,
    new: impl FnOnce() -> HostId,
) -> Decided {
    let Some(enrolment) = open.get_mut(&one.enrolment) else { return Decided::Refused(unknown()) };
    if !enrolment.secret.matches(&one.secret) {
        let problem = "not what the TPM had to unwrap; enrol again";
        let refusal = Refusal::invalid("secret", problem);
        if enrolment.host.is_some() {
            return Decided::Refused(refusal);
        }
        open.remove(&one.enrolment);
        return Decided::UsedUp(refusal);
    }
    if let Some(host) = enrolment.host {
        return Decided::Enrolled(host);
    }
    if let Err(refusal) = host_name(&enrolment.facts) {
        return Decided::Refused(refusal);
    }
    Decided::Enrols(*enrolment.host.insert(new()))
}

fn unknown() -> Refusal {
    Refusal::not_found("enrolment; it may have expired")
}

/// A host that is about to be added.
struct Enrolling<'a> {
    id: EnrolmentId,
    enrolment: &'a EnrolmentRecord,
    scope: HostScope,
}

/// Adds the hosts that come of these enrolments.
async fn enrol(
    write: &mut Write,
    open: &HashMap<EnrolmentId, EnrolmentRecord>,
    hosts: Vec<(EnrolmentId, HostId)>,
) -> Result<(), StoreError> {
    let enrolling = |(id, host)| {
        let enrolment = open.get(&id)?;
        let EnrolmentRecord { cluster, datacenter, .. } = *enrolment;
        Some(Enrolling { id, enrolment, scope: HostScope { host, cluster, datacenter } })
    };
    let mut rest: Vec<Enrolling<'_>> = hosts.into_iter().filter_map(enrolling).collect();
    while !rest.is_empty() {
        // Of those that would have one name, the second is to see the first.
        let (named, later) = named(write, rest).await?;
        add(write, &named).await?;
        rest = later;
    }
    Ok(())
}

/// Adds hosts, each with its name.
async fn add(write: &mut Write, all: &[(Enrolling<'_>, String)]) -> Result<(), StoreError> {
    let identity = IdentityState::Enrolled;
    let host = |(one, name): &'_ (Enrolling<'_>, String)| {
        let enrolled = EventKind::HostEnrolled { name: name.clone(), tpm: true };
        let (from, ek) = (IdentityState::None, Some(one.enrolment.ek));
        let taken = EventKind::IdentityChanged { from, to: identity, ek, reason: None };
        let events = [enrolled, taken].map(|event| (Actor::Host, event)).into();
        HostEvents { scope: one.scope, events, hints: Vec::new() }
    };
    let events: Vec<HostEvents> = all.iter().map(host).collect();
    let rows = all.iter().zip(&events).map(|((one, name), of)| NewHost {
        scope: one.scope,
        name,
        credential: one.enrolment.secret,
        identity,
        facts: &one.enrolment.facts,
        revision: of.events.len() as u64,
    });
    write.insert_hosts(&rows.collect::<Vec<_>>()).await?;
    let done: Vec<_> = all.iter().map(|(one, _)| (one.id, one.scope.host)).collect();
    write.complete_enrolments(&done).await?;
    let mut uses = BTreeMap::<TokenId, u32>::new();
    for (one, _) in all {
        *uses.entry(one.enrolment.token).or_default() += 1;
    }
    write.use_tokens(&uses.into_iter().collect::<Vec<_>>()).await?;
    write.events_of_hosts(events).await
}
