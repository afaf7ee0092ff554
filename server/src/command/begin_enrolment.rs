//! Keeps the keys of hosts that want to enrol until their TPMs have proven them: many in one
//! transaction.

use trustboard_attest::AdmittedKeys;
use trustboard_model::facts::HostFacts;
use trustboard_model::id::{EnrolmentId, TokenId};
use trustboard_model::refusal::Refusal;
use trustboard_model::time::Timestamp;

use super::enrol_without_tpm::unusable;
use super::text::host_name;
use crate::ctx::Ctx;
use crate::store::record::TokenRecord;
use crate::store::secret::SecretHash;
use crate::store::{NewEnrolment, StoreError};

/// How long a host has to unwrap its credential, in seconds. A TPM takes one or two; the rest is
/// for slow networks.
const ENROLMENT_S: i64 = 5 * 60;

/// A host that wants to enrol.
#[derive(Debug)]
pub struct Applicant {
    token: SecretHash,
    facts: HostFacts,
    keys: AdmittedKeys,
    secret: SecretHash,
}

impl Applicant {
    /// One that holds this token and says this of itself; its TPM is to unwrap `secret`.
    pub fn new(token: &[u8], facts: HostFacts, keys: AdmittedKeys, secret: &[u8; 32]) -> Self {
        Self { token: SecretHash::of(token), facts, keys, secret: SecretHash::of(secret) }
    }
}

/// What became of each.
pub type Begun = Result<EnrolmentId, Refusal>;

/// Keeps the keys of a host that wants to enrol until its TPM has unwrapped `secret`. One use of
/// the token is reserved for it meanwhile. Makes no event: nobody has enrolled yet.
pub async fn begin_enrolment(
    ctx: &Ctx,
    token: &[u8],
    facts: &HostFacts,
    keys: &AdmittedKeys,
    secret: &[u8; 32],
) -> Result<EnrolmentId, Refusal> {
    let one = Applicant::new(token, facts.clone(), keys.clone(), secret);
    match begin_enrolments(ctx, &[&one]).await {
        Ok(mut begun) => begun.pop().unwrap_or_else(|| Err(Refusal::not_found("enrolment"))),
        Err(error) => Err(ctx.unavailable(&error)),
    }
}

/// The same of many hosts, as if one after the other. If it fails, none of them is kept.
pub async fn begin_enrolments(ctx: &Ctx, all: &[&Applicant]) -> Result<Vec<Begun>, StoreError> {
    let mut write = ctx.write_gathered().await?;
    let now = write.now();
    let hashes: Vec<SecretHash> = all.iter().map(|one| one.token).collect();
    let mut tokens = write.tokens_by_secrets(&hashes, now).await?;
    let (mut begun, mut rows) = (Vec::with_capacity(all.len()), Vec::new());
    for one in all {
        let token = tokens.get_mut(one.token.as_bytes());
        let row = reserve(one, token, now).map(|token| NewEnrolment {
            id: EnrolmentId::from_random(ctx.random.id()),
            token,
            secret: one.secret,
            facts: &one.facts,
            keys: &one.keys,
            expires_at: now.plus_seconds(ENROLMENT_S),
        });
        begun.push(row.as_ref().map(|row| row.id).map_err(Clone::clone));
        rows.extend(row);
    }
    if !rows.is_empty() {
        write.insert_enrolments(&rows).await?;
        write.commit().await?;
    }
    Ok(begun)
}

/// Reserves a use of its token for a host, if there is one: of those that the ones before it left.
fn reserve(
    one: &Applicant,
    token: Option<&mut TokenRecord>,
    now: Timestamp,
) -> Result<TokenId, Refusal> {
    host_name(&one.facts)?;
    match (unusable(token.as_deref(), now), token) {
        (None, Some(token)) => {
            token.free -= 1; // a usable one has a use
            Ok(token.id)
        }
        (problem, _) => Err(Refusal::invalid("token", problem.unwrap_or_default())),
    }
}
