//! Records that steady hosts said the same again: many of them in one transaction.

use std::collections::{HashMap, HashSet};

use trustboard_attest::{Challenge, Recognised};
use trustboard_model::host::Freshness;
use trustboard_model::id::{AppraisalId, ChallengeId, ClusterId, DatacenterId, HostId};
use trustboard_model::time::Timestamp;
use trustboard_model::view::LiveHint;

use crate::ctx::Ctx;
use crate::live::LiveMessage;
use crate::store::repeated::{RepeatedAnswer, RepeatedRow};
use crate::store::{Pace, StoreError};

/// An answer that says the same as the appraisal that it rests on, and on what condition that still
/// holds.
#[derive(Debug, Clone, Copy)]
pub struct Repeated<'a> {
    /// What was recognised.
    pub recognised: &'a Recognised,
    /// The run that it extends.
    pub appraisal: AppraisalId,
    /// The host's revision.
    pub revision: u64,
    /// The host's cluster.
    pub cluster: ClusterId,
    /// The host's datacenter.
    pub datacenter: DatacenterId,
    /// The number of the standards of its cluster.
    pub standards: u64,
    /// The challenge that it answers.
    pub challenge: &'a Challenge,
    /// The name of that challenge.
    pub id: ChallengeId,
    /// TPMS_ATTEST of the answer.
    pub attest: &'a [u8],
    /// TPMT_SIGNATURE of the answer.
    pub signature: &'a [u8],
    /// When it arrived.
    pub received_at: Timestamp,
}

/// What became of them.
#[derive(Debug, Default)]
pub struct RecordedRepeated {
    hosts: HashSet<HostId>,
    paces: HashMap<ClusterId, Pace>,
}

impl RecordedRepeated {
    /// The interval of a host's cluster in seconds, if its answer is on record. Nothing: what it
    /// rests on has changed, so that it must be appraised in full.
    pub fn interval_of(&self, host: HostId, cluster: ClusterId) -> Option<u32> {
        let pace = self.paces.get(&cluster).filter(|_| self.hosts.contains(&host));
        pace.map(|pace| pace.interval_s)
    }
}

/// Records answers that were recognised, all in one transaction. One whose host's record is no
/// longer what it rests on is left out: nothing of it is written.
///
/// Nothing changes but when the hosts were verified, so there is no event, and no row but that of a
/// gap before a late answer; browsers get a transient hint each.
pub async fn record_repeated(
    ctx: &Ctx,
    repeated: &[Repeated<'_>],
) -> Result<RecordedRepeated, StoreError> {
    let mut write = ctx.write_gathered().await?;
    let paces = write.paces().await?;
    let answers: Vec<RepeatedRow> = repeated
        .iter()
        .filter(|one| paces.get(&one.cluster).is_some_and(|pace| pace.standards == one.standards))
        .filter_map(|one| {
            let pace = paces.get(&one.cluster)?;
            Some(RepeatedRow {
                host: one.recognised.host(),
                appraisal: one.appraisal,
                revision: one.revision,
                fresh_since: fresh_since(pace.max_age_s, one.received_at),
                at: one.received_at,
                answer: RepeatedAnswer {
                    challenge: one.id,
                    nonce: one.challenge.nonce,
                    expires_at: one.challenge.expires_at,
                    attest: one.attest.into(),
                    signature: one.signature.into(),
                    repetition: one.recognised.repetition(),
                },
            })
        })
        .collect();
    let hosts = write.repeat(&answers).await?;
    for one in repeated {
        let host = one.recognised.host();
        if hosts.contains(&host) {
            let (datacenter, at) = (one.datacenter, one.received_at);
            let hint = LiveHint::Verified { host, datacenter, at };
            write.hint(LiveMessage { seq: None, hint });
        }
    }
    write.commit().await?;
    Ok(RecordedRepeated { hosts, paces })
}

/// The first moment of a last verification that is not stale at `now`.
fn fresh_since(max_age_s: u32, now: Timestamp) -> Timestamp {
    let first = now.plus_seconds(-i64::from(max_age_s));
    debug_assert_eq!(Freshness::derive(Some(first), max_age_s, now), Freshness::Fresh);
    first
}
