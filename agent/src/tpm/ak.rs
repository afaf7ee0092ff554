//! The attestation key: made once under the SRK, kept outside the TPM as the TPM wrapped it, and
//! loaded for each use.

use serde::{Deserialize, Serialize};
use trustboard_model::bytes::Bytes;
use trustboard_model::digest::Sha256;
use tss_esapi::constants::response_code::Tss2ResponseCodeKind;
use tss_esapi::handles::KeyHandle;
use tss_esapi::structures::{Private, Public};
use tss_esapi::traits::{Marshall as _, UnMarshall as _};

use super::error::{Doing as _, TpmError};
use super::srk::Parent;
use super::{KeyKind, Tpm, template};
use crate::hash::sha256;

/// An AK as it is kept: no secret without the TPM that made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AkBlob {
    /// Its kind.
    pub kind: KeyKind,
    /// The EK that it was enrolled with, so that the same one is presented each time.
    pub ek: KeyKind,
    /// The Name of its parent.
    pub parent: Bytes,
    /// TPMT_PUBLIC.
    pub public: Bytes,
    /// The sensitive half as the parent wrapped it (TPM2B_PRIVATE without the size).
    pub private: Bytes,
}

impl AkBlob {
    /// SHA-256 of the public area: what names the key to people.
    pub fn digest(&self) -> Sha256 {
        sha256(&self.public)
    }
}

impl Tpm {
    /// Makes an AK.
    pub fn create_ak(&mut self, kind: KeyKind, ek: KeyKind) -> Result<AkBlob, TpmError> {
        let template = template::ak(kind)?;
        let made = self.with_srk(|tpm, parent| {
            let template = template.clone();
            let made = tpm
                .with_password(|context| {
                    context.create(parent.handle, template, None, None, None, None)
                })
                .doing("TPM2_Create(AK)")?;
            Ok(Some(AkBlob {
                kind,
                ek,
                parent: parent.name.clone().into(),
                public: made.out_public.marshall().doing("marshalling the AK")?.into(),
                private: made.out_private.value().into(),
            }))
        })?;
        made.ok_or_else(|| TpmError::Unexpected("no parent for the AK".into()))
    }

    /// Makes sure that the AK can be loaded.
    pub fn load_once(&mut self, ak: &AkBlob) -> Result<(), TpmError> {
        self.with_ak(ak, |_, _| Ok(()))
    }

    /// Runs `work` with the AK loaded. [`TpmError::ForeignAk`] if this TPM cannot load it; any
    /// other trouble is another error, so that it does not cost a host its identity.
    pub(super) fn with_ak<T>(
        &mut self,
        ak: &AkBlob,
        work: impl FnOnce(&mut Self, KeyHandle) -> Result<T, TpmError>,
    ) -> Result<T, TpmError> {
        let mut work = Some(work);
        self.with_srk(|tpm, parent| {
            let Some(handle) = tpm.load_ak(ak, parent)? else { return Ok(None) };
            tpm.then_flush(handle.into(), |tpm| match work.take() {
                Some(work) => work(tpm, handle).map(Some),
                None => Ok(None),
            })
        })?
        .ok_or(TpmError::ForeignAk)
    }

    /// Loads the AK if `parent` is its parent.
    fn load_ak(&mut self, ak: &AkBlob, parent: &Parent) -> Result<Option<KeyHandle>, TpmError> {
        if ak.parent.0 != parent.name {
            return Ok(None);
        }
        let public = Public::unmarshall(&ak.public)
            .map_err(|_| TpmError::Malformed { what: "the saved AK" })?;
        let private = Private::try_from(ak.private.0.as_slice())
            .map_err(|_| TpmError::Malformed { what: "the saved AK" })?;
        let loaded = self
            .with_password(|context| context.load(parent.handle, private, public))
            .doing("TPM2_Load(AK)");
        match loaded {
            Ok(handle) => Ok(Some(handle)),
            // P3 12.2: the blob was not wrapped by this parent, or was damaged.
            Err(error) if error.response() == Some(Tss2ResponseCodeKind::Integrity) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
