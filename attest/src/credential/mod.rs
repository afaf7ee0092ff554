//! MakeCredential in software (TPM 2.0 Part 1, 24): binds an AK to an EK.

mod kdf;
mod make;
mod oaep;
#[cfg(test)]
mod vectors;

use trustboard_model::digest::Sha256;
use trustboard_model::protocol::{CredentialBlob, TpmIdentity};
use trustboard_model::reason::Reason;

use crate::check::{RecordedKeys, key_refusals};
use crate::{Error, hash};

/// Keys that may be put on record: well formed, the AK a restricted signing key, the EK able to
/// receive a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdmittedKeys {
    tpm: TpmIdentity,
    keys: RecordedKeys,
    ek: Sha256,
    ak: Sha256,
}

impl AdmittedKeys {
    /// The keys.
    pub fn tpm(&self) -> &TpmIdentity {
        &self.tpm
    }

    /// SHA-256 of the EK's TPMT_PUBLIC.
    pub fn ek(&self) -> Sha256 {
        self.ek
    }

    /// SHA-256 of the AK's TPMT_PUBLIC.
    pub fn ak(&self) -> Sha256 {
        self.ak
    }
}

/// Why keys cannot be put on record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AdmitError {
    /// They cannot be read.
    #[error(transparent)]
    Malformed(#[from] Error),
    /// They were read, and refused.
    #[error("{}", .0.code)]
    Refused(Box<Reason>),
}

/// Decides whether these keys may be put on record at all. What makes the TPM genuine (its
/// certificate) is judged by every appraisal, so that the table shows it.
pub fn admit(tpm: &TpmIdentity) -> Result<AdmittedKeys, AdmitError> {
    let keys = RecordedKeys::parse(tpm)?;
    if let Some(reason) = key_refusals(&keys).into_iter().next() {
        return Err(AdmitError::Refused(Box::new(reason)));
    }
    let ek = hash::sha256(&[&tpm.ek_public]);
    let ak = hash::sha256(&[&tpm.ak_public]);
    Ok(AdmittedKeys { tpm: tpm.clone(), keys, ek, ak })
}

/// Wraps `secret` so that only the TPM that holds the EK, and has an AK of this name loaded, can
/// unwrap it. `seed` is 64 bytes of fresh randomness for the key exchange.
pub fn make_credential(
    keys: &AdmittedKeys,
    secret: &[u8; 32],
    seed: &[u8; 64],
) -> Result<CredentialBlob, Error> {
    let ak_name = keys.keys.ak.name().ok_or_else(|| Error {
        part: "AK public area",
        problem: "its nameAlg cannot be computed".to_owned(),
    })?;
    make::make(&keys.keys.ek, &ak_name, secret, seed)
}
