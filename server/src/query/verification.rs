//! What a verification of a host needs to know.

use trustboard_attest::{History, RecordedIdentity};
use trustboard_model::digest::Sha256;
use trustboard_model::host::{IdentityState, Presence};
use trustboard_model::id::{ClusterId, DatacenterId, HostId};
use trustboard_model::policy::Policy;
use trustboard_model::time::Timestamp;

use crate::ctx::Ctx;
use crate::store::StoreError;

/// A host as its session and its verifications see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerificationContext {
    /// The host.
    pub host: HostId,
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
    /// The policy of its cluster.
    pub policy: Policy,
    /// What earlier evidence of this identity said.
    pub history: History,
    /// The boot id of the latest facts.
    pub boot_id: Option<String>,
    /// The event log that need not be sent again.
    pub known_log: Option<Sha256>,
    /// When it was last appraised.
    pub last_verified: Option<Timestamp>,
}

/// What a verification of a host needs to know.
pub async fn verification(
    ctx: &Ctx,
    host: HostId,
) -> Result<Option<VerificationContext>, StoreError> {
    todo!()
}
