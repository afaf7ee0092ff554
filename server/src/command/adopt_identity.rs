//! Puts the keys that a TPM proved on record.

use trustboard_attest::AdmittedKeys;
use trustboard_model::digest::Sha256;
use trustboard_model::event::{Actor, EventKind};
use trustboard_model::host::IdentityState;
use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;

use crate::ctx::{Ctx, Halt};
use crate::store::record::HostRecord;
use crate::store::{HostScope, Write};

/// Puts the keys that a TPM has just proved by credential activation on record.
///
/// ```text
/// Pending ──any keys, or those that an operator accepted──▶ Enrolled
/// Pending ──other keys than those that an operator accepted──▶ Mismatched (and a refusal)
/// Mismatched ──the keys on record again──▶ Enrolled
/// ```
///
/// Keys that are on record already write nothing. That an operator accepted new keys says that
/// the host is the same, not that its TPM is genuine: the EK still needs its maker's certificate,
/// or an approval of its own.
pub async fn adopt_identity(ctx: &Ctx, host: HostId, keys: &AdmittedKeys) -> Result<(), Refusal> {
    ctx.answer(adopt(ctx, host, keys).await)
}

async fn adopt(ctx: &Ctx, host: HostId, keys: &AdmittedKeys) -> Result<(), Halt> {
    let mut write = ctx.write_behind().await?;
    let record = write.host(host).await?.ok_or_else(|| Refusal::not_found("host"))?;
    let stored = write.identity(host).await?;
    let same = stored.is_some_and(|stored| (stored.ek, stored.ak) == (keys.ek(), keys.ak()));
    match record.identity {
        IdentityState::Enrolled if same => Ok(()),
        IdentityState::Mismatched if same => {
            write.delete_presented(host).await?;
            change(write, &record, IdentityState::Enrolled, keys.ek()).await
        }
        IdentityState::Pending => {
            let accepted = write.accepted_ek(host).await?;
            if accepted.is_some_and(|accepted| accepted != keys.ek()) {
                write.put_presented(host, keys.tpm()).await?;
                change(write, &record, IdentityState::Mismatched, keys.ek()).await?;
                let problem = "another EK answered than the one that was accepted".to_owned();
                return Err(Refusal::Conflict { problem }.into());
            }
            write.put_identity(host, keys).await?;
            change(write, &record, IdentityState::Enrolled, keys.ek()).await
        }
        _ => {
            let problem = "no new identity is taken for this host now".to_owned();
            Err(Refusal::Conflict { problem }.into())
        }
    }
}

async fn change(
    mut write: Write,
    record: &HostRecord,
    to: IdentityState,
    ek: Sha256,
) -> Result<(), Halt> {
    write.set_identity_state(record.id, to).await?;
    let changed =
        EventKind::IdentityChanged { from: record.identity, to, ek: Some(ek), reason: None };
    write.host_event(&Actor::Host, HostScope::from(record), changed).await?;
    Ok(write.commit().await?)
}
