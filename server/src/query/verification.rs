//! What verifications of hosts need to know.

use std::collections::HashMap;

use trustboard_attest::{History, RecordedIdentity};
use trustboard_model::digest::Sha256;
use trustboard_model::exception::Exception;
use trustboard_model::host::{Attestation, IdentityState, Presence};
use trustboard_model::id::{ClusterId, DatacenterId, HostId};
use trustboard_model::time::Timestamp;

use crate::ctx::Ctx;
use crate::store::record::HostRecord;
use crate::store::{Standing, StoreError};

/// A host as its session and its verifications see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerificationContext {
    /// The host.
    pub host: HostId,
    /// Its revision: what is known here is as of it.
    pub revision: u64,
    /// Its name.
    pub name: String,
    /// Its cluster.
    pub cluster: ClusterId,
    /// Its datacenter.
    pub datacenter: DatacenterId,
    /// The connection on record.
    pub presence: Presence,
    /// The state of its identity.
    pub identity_state: IdentityState,
    /// The identity on record, if there is one.
    pub identity: Option<RecordedIdentity>,
    /// Seconds between two scheduled verifications.
    pub interval_s: u32,
    /// The number of what the cluster's hosts are judged by.
    pub standards: u64,
    /// The exceptions that were granted for it.
    pub exceptions: Vec<Exception>,
    /// What earlier evidence of this identity said.
    pub history: History,
    /// The boot id of the latest facts.
    pub boot_id: Option<String>,
    /// The event log that need not be sent again.
    pub known_log: Option<Sha256>,
    /// The systemd log that need not be sent again.
    pub known_systemd_log: Option<Sha256>,
    /// When it was last appraised.
    pub last_verified: Option<Timestamp>,
    /// What its next appraisal is compared with, if nothing stands in the way of recording it with
    /// those of many others: see [`crate::command::Renewal`].
    pub(crate) plain: Option<Box<Standing>>,
}

/// What a verification of a host needs to know; nothing if there is no such host.
pub async fn verification(
    ctx: &Ctx,
    host: HostId,
) -> Result<Option<VerificationContext>, StoreError> {
    Ok(verifications(ctx, &[host]).await?.remove(&host))
}

/// What verifications of hosts need to know; those that are not there are left out. As many
/// statements as for one.
pub async fn verifications(
    ctx: &Ctx,
    hosts: &[HostId],
) -> Result<HashMap<HostId, VerificationContext>, StoreError> {
    let mut read = ctx.read_behind().await?;
    let records = read.hosts(hosts).await?;
    let mut standings = read.standings(hosts).await?;
    let mut identities = read.identities(hosts).await?;
    let plans = read.plans(hosts).await?;
    let mut exceptions: HashMap<_, Vec<_>> = HashMap::new();
    let excepted: Vec<_> =
        records.iter().filter(|record| record.exceptions > 0).map(|record| record.id).collect();
    if !excepted.is_empty() {
        for row in read.exceptions_of(&excepted).await? {
            exceptions.entry(row.exception.host).or_default().push(row.exception);
        }
    }
    let context = |record: HostRecord| {
        let host = record.id;
        // They are of one state of the database: who is there has all of it.
        let (standing, plan) = (standings.remove(&host)?, plans.get(&host)?);
        let is_plain = record.attestation() == Attestation::Passed
            && record.alarm.is_left_by_passing()
            && record.problem.is_none()
            && record.exceptions == 0;
        let context = VerificationContext {
            host,
            revision: record.revision,
            name: record.name,
            cluster: record.cluster.id,
            datacenter: record.datacenter.id,
            presence: record.presence,
            identity_state: record.identity,
            identity: identities.remove(&host).map(|stored| stored.recorded),
            interval_s: plan.interval_s,
            standards: plan.standards,
            exceptions: exceptions.remove(&host).unwrap_or_default(),
            history: standing.history.clone().into(),
            boot_id: plan.boot_id.clone(),
            known_log: standing.known_log,
            known_systemd_log: standing.known_systemd_log,
            last_verified: record.attested.map(|attested| attested.last_verified),
            plain: is_plain.then(|| Box::new(standing)),
        };
        Some((host, context))
    };
    Ok(records.into_iter().filter_map(context).collect())
}
