//! Records that another TPM answered than the one on record.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::host::IdentityState;
use trustboard_model::id::HostId;
use trustboard_model::protocol::TpmIdentity;

use crate::ctx::Ctx;
use crate::store::secret::sha256;
use crate::store::{HostScope, StoreError};

/// Records that another EK or AK answered than the one on record, and keeps what was presented.
/// Only an enrolled or mismatched host can mismatch; the same keys again write nothing.
pub async fn note_mismatch(
    ctx: &Ctx,
    host: HostId,
    presented: &TpmIdentity,
) -> Result<(), StoreError> {
    let mut write = ctx.write_behind().await?;
    let Some(record) = write.host(host).await? else { return Ok(()) };
    let from = record.identity;
    if !matches!(from, IdentityState::Enrolled | IdentityState::Mismatched)
        || !write.put_presented(host, presented).await?
    {
        return Ok(());
    }
    let to = IdentityState::Mismatched;
    write.set_identity_state(host, to).await?;
    let ek = Some(sha256(&[&presented.ek_public]));
    let changed = EventKind::IdentityChanged { from, to, ek, reason: None };
    write.host_event(&Actor::Host, HostScope::from(&record), changed).await?;
    write.commit().await
}
