//! AKs in the state directory: that of this TPM, and those of TPMs that were here before, so that
//! a host whose board goes away and comes back finds its key again.

use crate::state::{StateDirectory, StateError};
use crate::tpm::{AkBlob, KeyKind, Tpm, TpmError};

const FILE: &str = "attestation-keys.json";

/// AKs that are kept; the ones used longest ago go first.
const KEPT: usize = 8;

/// What the operator wants for a new AK.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AkPreference {
    /// The kind of the EK.
    #[default]
    LikeEk,
    /// This kind.
    Kind(KeyKind),
}

/// Nothing came of work with the AK.
#[derive(Debug, thiserror::Error)]
pub enum AkError {
    /// The TPM.
    #[error(transparent)]
    Tpm(#[from] TpmError),
    /// The state directory.
    #[error(transparent)]
    State(#[from] StateError),
}

/// Does `work` with the AK of this TPM: a kept one, else a new one, which is kept before it is
/// used.
pub fn with_ak<T>(
    tpm: &mut Tpm,
    state: &StateDirectory,
    preference: AkPreference,
    mut work: impl FnMut(&mut Tpm, &AkBlob) -> Result<T, TpmError>,
) -> Result<T, AkError> {
    if let Some(value) = with_kept_ak(tpm, state, &mut work)? {
        return Ok(value);
    }
    let ak = make_ak(tpm, state, preference)?;
    Ok(work(tpm, &ak)?)
}

/// Does `work` with the AK of this TPM if one is kept. `work` is tried with each kept AK until
/// one is not foreign to the TPM.
pub fn with_kept_ak<T>(
    tpm: &mut Tpm,
    state: &StateDirectory,
    mut work: impl FnMut(&mut Tpm, &AkBlob) -> Result<T, TpmError>,
) -> Result<Option<T>, AkError> {
    let mut kept: Vec<AkBlob> = state.read(FILE)?.unwrap_or_default();
    let mut found = None;
    for (position, ak) in kept.iter().enumerate() {
        match work(tpm, ak) {
            Err(TpmError::ForeignAk) => {}
            Err(error) => return Err(error.into()),
            Ok(value) => {
                found = Some((position, value));
                break;
            }
        }
    }
    let Some((position, value)) = found else { return Ok(None) };
    if position > 0 {
        let ak = kept.remove(position);
        kept.insert(0, ak);
        state.write(FILE, &kept)?;
    }
    Ok(Some(value))
}

fn make_ak(
    tpm: &mut Tpm,
    state: &StateDirectory,
    preference: AkPreference,
) -> Result<AkBlob, AkError> {
    let mut kept: Vec<AkBlob> = state.read(FILE)?.unwrap_or_default();
    let ek = tpm.endorsement(None)?.kind;
    let kind = match preference {
        AkPreference::LikeEk => ek,
        AkPreference::Kind(kind) => kind,
    };
    let ak = tpm.create_ak(kind, ek)?;
    if kept.is_empty() {
        tracing::info!(ak = %ak.digest(), ak.kind = kind.name(), "made an attestation key");
    } else {
        tracing::warn!(
            ak = %ak.digest(),
            ak.kind = kind.name(),
            "made a new attestation key: no saved one is of this TPM, which is another one or was \
             cleared"
        );
    }
    kept.insert(0, ak.clone());
    kept.truncate(KEPT);
    state.write(FILE, &kept)?;
    Ok(ak)
}
