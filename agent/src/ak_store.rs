//! AKs in the state directory, one file for each TPM that was ever here: a host whose board goes
//! away and comes back finds its key again.

use crate::state::{StateDirectory, StateError};
use crate::tpm::{AkBlob, KeyKind, Tpm, TpmError};

/// The most recent AK.
const CURRENT: &str = "ak.json";

/// What the operator wants for a new AK.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AkPreference {
    /// The kind of the EK.
    #[default]
    LikeEk,
    /// This kind.
    Kind(KeyKind),
}

/// An AK could not be had.
#[derive(Debug, thiserror::Error)]
pub enum AkError {
    /// The TPM.
    #[error(transparent)]
    Tpm(#[from] TpmError),
    /// The state directory.
    #[error(transparent)]
    State(#[from] StateError),
}

/// The AK of this TPM: the kept one if it is of this TPM, else one that was kept earlier for this
/// TPM, else a new one, which is kept.
pub fn ak_of(
    tpm: &mut Tpm,
    state: &StateDirectory,
    preference: AkPreference,
) -> Result<AkBlob, AkError> {
    if let Some(ak) = state.read::<AkBlob>(CURRENT)? {
        if tpm.holds_ak(&ak)? {
            return Ok(ak);
        }
        tracing::warn!(ak = %ak.digest(), "the saved AK is not of this TPM: another TPM, or it was cleared");
        state.write(&earlier(&ak), &ak)?;
    }
    for ak in earlier_aks(state)? {
        if tpm.holds_ak(&ak)? {
            tracing::info!(ak = %ak.digest(), "an AK that was saved earlier is of this TPM");
            state.write(CURRENT, &ak)?;
            return Ok(ak);
        }
    }
    let ek = tpm.endorsement(None)?.kind;
    let kind = match preference {
        AkPreference::LikeEk => ek,
        AkPreference::Kind(kind) => kind,
    };
    let ak = tpm.create_ak(kind, ek)?;
    state.write(CURRENT, &ak)?;
    tracing::info!(ak = %ak.digest(), ak.kind = kind.name(), "made an attestation key");
    Ok(ak)
}

/// The file of an AK that is not the current one.
fn earlier(ak: &AkBlob) -> String {
    let digest = ak.digest().to_string();
    format!("ak-{}.json", digest.get(..16).unwrap_or(&digest))
}

fn earlier_aks(state: &StateDirectory) -> Result<Vec<AkBlob>, StateError> {
    let list = |source| StateError::Io { doing: "list", path: state.path().to_owned(), source };
    let mut aks = Vec::new();
    let entries = match std::fs::read_dir(state.path()) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(aks),
        Err(error) => return Err(list(error)),
    };
    for entry in entries {
        let name = entry.map_err(list)?.file_name();
        if let Some(name) = name.to_str()
            && name.starts_with("ak-")
            && name.ends_with(".json")
        {
            aks.extend(state.read::<AkBlob>(name)?);
        }
    }
    Ok(aks)
}
