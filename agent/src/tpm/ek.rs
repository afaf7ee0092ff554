//! The endorsement key and its certificate (EKP 2.2.1.4: low range).

use trustboard_model::bytes::Bytes;
use trustboard_model::protocol::limit;
use tss_esapi::constants::PropertyTag;
use tss_esapi::handles::{KeyHandle, NvIndexHandle, NvIndexTpmHandle, ObjectHandle, TpmHandle};
use tss_esapi::interface_types::resource_handles::{Hierarchy, NvAuth};
use tss_esapi::structures::Public;
use tss_esapi::traits::Marshall as _;

use super::error::{CREATE_EK, Doing as _, TpmError};
use super::{KeyKind, Tpm, template};

/// Bytes that one TPM2_NV_Read asks for at most, unless the TPM allows fewer. The smallest
/// `TPM_PT_NV_BUFFER_MAX` of the PC Client profile is 512.
const NV_CHUNK: usize = 512;

/// The EK's public half.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endorsement {
    /// Which of the two default templates.
    pub kind: KeyKind,
    /// TPMT_PUBLIC.
    pub public: Bytes,
    /// The certificate as it lies in NV, padding and all; nothing if there is none.
    pub certificate: Option<Bytes>,
}

impl Tpm {
    /// Reads the EK, one of the two default templates: the one given; else the one that has a
    /// certificate, RSA first; else RSA.
    pub fn endorsement(&mut self, wanted: Option<KeyKind>) -> Result<Endorsement, TpmError> {
        let kind = match wanted {
            Some(kind) => kind,
            None if self.has_handle(certificate_index(KeyKind::Rsa2048))? => KeyKind::Rsa2048,
            None if self.has_handle(certificate_index(KeyKind::EccP256))? => KeyKind::EccP256,
            None => KeyKind::Rsa2048,
        };
        let certificate = self.ek_certificate(kind)?;
        let public = self.with_ek(kind, |tpm, ek| {
            let (public, ..) = tpm
                .context
                .execute_without_session(|context| context.read_public(ek))
                .doing("TPM2_ReadPublic(EK)")?;
            public.marshall().doing("marshalling the EK")
        })?;
        Ok(Endorsement { kind, public: public.into(), certificate })
    }

    /// Runs `work` with the EK: the persistent one if there is one and it is of the default
    /// template, else one that is made for the moment (and is the same key, P1 14).
    pub(super) fn with_ek<T>(
        &mut self,
        kind: KeyKind,
        work: impl FnOnce(&mut Self, KeyHandle) -> Result<T, TpmError>,
    ) -> Result<T, TpmError> {
        let template = template::ek(kind)?;
        if let Some(ek) = self.persistent(persistent_handle(kind))?
            && same_template(&ek.public, &template)
        {
            return work(self, ek.handle);
        }
        let ek = self
            .with_password(|context| {
                context.create_primary(Hierarchy::Endorsement, template, None, None, None, None)
            })
            .doing(CREATE_EK)?
            .key_handle;
        self.then_flush(ek.into(), |tpm| work(tpm, ek))
    }

    /// The key at a persistent handle, if there is one.
    pub(super) fn persistent(&mut self, handle: u32) -> Result<Option<Persistent>, TpmError> {
        if !self.has_handle(handle)? {
            return Ok(None);
        }
        self.context
            .execute_without_session(|context| {
                let handle = TpmHandle::try_from(handle)?;
                let handle = KeyHandle::from(context.tr_from_tpm_public(handle)?);
                let (public, name, _) = context.read_public(handle)?;
                Ok(Some(Persistent { handle, public, name: name.value().to_vec() }))
            })
            .doing("TPM2_ReadPublic of a persistent key")
    }

    /// Reads an EK certificate from NV, whole and as it is.
    fn ek_certificate(&mut self, kind: KeyKind) -> Result<Option<Bytes>, TpmError> {
        let index = certificate_index(kind);
        if !self.has_handle(index)? {
            return Ok(None);
        }
        let most = self
            .context
            .get_tpm_property(PropertyTag::NvBufferMax)
            .doing("TPM2_GetCapability(NV_BUFFER_MAX)")?
            .and_then(|most| usize::try_from(most).ok())
            .map_or(NV_CHUNK, |most| most.clamp(1, NV_CHUNK));
        let nv = self
            .context
            .execute_without_session(|context| {
                let index = NvIndexTpmHandle::new(index)?;
                context.tr_from_tpm_public(index.into()).map(NvIndexHandle::from)
            })
            .doing("TPM2_NV_ReadPublic(EK certificate)")?;
        let (public, _name) = self
            .context
            .execute_without_session(|context| context.nv_read_public(nv))
            .doing("TPM2_NV_ReadPublic(EK certificate)")?;
        let attributes = public.attributes();
        if !attributes.written() {
            return Ok(None);
        }
        let size = within_limit(public.data_size())?;
        // EKP 2.2.1: the index is readable with its own (empty) authorisation or the owner's.
        let auth = if attributes.auth_read() { NvAuth::NvIndex(nv) } else { NvAuth::Owner };
        let mut certificate = Vec::with_capacity(size);
        while certificate.len() < size {
            let count = most.min(size - certificate.len());
            // Both fit: the size of an NV index is a 16-bit number (TPMS_NV_PUBLIC.dataSize).
            let part = (u16::try_from(count), u16::try_from(certificate.len()));
            let (Ok(count), Ok(offset)) = part else {
                return Err(TpmError::Unexpected(format!("an NV index of {size} bytes")));
            };
            let chunk = self
                .with_password(|context| context.nv_read(auth, nv, count, offset))
                .doing("TPM2_NV_Read(EK certificate)")?;
            if chunk.value().is_empty() {
                return Err(TpmError::Unexpected("an empty part of the EK certificate".into()));
            }
            certificate.extend_from_slice(chunk.value());
        }
        self.context
            .execute_without_session(|context| context.tr_close(&mut ObjectHandle::from(nv)))
            .doing("closing the EK certificate's NV index")?;
        Ok(Some(certificate.into()))
    }
}

/// A key at a persistent handle.
pub(super) struct Persistent {
    pub(super) handle: KeyHandle,
    pub(super) public: Public,
    pub(super) name: Vec<u8>,
}

/// The size of an NV index, if a certificate of that size may be sent.
fn within_limit(size: usize) -> Result<usize, TpmError> {
    if size > limit::EK_CERTIFICATE_BYTES {
        return Err(TpmError::TooLarge {
            what: "the EK certificate's NV index",
            found: size,
            limit: limit::EK_CERTIFICATE_BYTES,
        });
    }
    Ok(size)
}

/// NV index of the certificate (EKP 2.2.1.4).
const fn certificate_index(kind: KeyKind) -> u32 {
    match kind {
        KeyKind::Rsa2048 => 0x01C0_0002,
        KeyKind::EccP256 => 0x01C0_000A,
    }
}

/// Where an EK is made persistent by convention (Provisioning Guidance 7.8 reserves the range
/// 0x81010000 to 0x8101FFFF for endorsement keys).
const fn persistent_handle(kind: KeyKind) -> u32 {
    match kind {
        KeyKind::Rsa2048 => 0x8101_0001,
        KeyKind::EccP256 => 0x8101_0002,
    }
}

/// Whether a key is of a template: everything equal but the unique field.
fn same_template(key: &Public, template: &Public) -> bool {
    match (key, template) {
        (
            Public::Rsa {
                object_attributes, name_hashing_algorithm, auth_policy, parameters, ..
            },
            Public::Rsa {
                object_attributes: attributes,
                name_hashing_algorithm: hash,
                auth_policy: policy,
                parameters: wanted,
                ..
            },
        ) => {
            (object_attributes, name_hashing_algorithm, auth_policy, parameters)
                == (attributes, hash, policy, wanted)
        }
        (
            Public::Ecc {
                object_attributes, name_hashing_algorithm, auth_policy, parameters, ..
            },
            Public::Ecc {
                object_attributes: attributes,
                name_hashing_algorithm: hash,
                auth_policy: policy,
                parameters: wanted,
                ..
            },
        ) => {
            (object_attributes, name_hashing_algorithm, auth_policy, parameters)
                == (attributes, hash, policy, wanted)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_beyond_the_limit_is_refused_with_words() {
        assert_eq!(within_limit(8192).unwrap(), 8192);
        let text = within_limit(8193).unwrap_err().to_string();
        assert!(text.contains("8193") && text.contains("limit of 8192"), "{text}");
    }

    #[test]
    fn only_a_key_of_the_same_template_is_the_ek() {
        let rsa = template::ek(KeyKind::Rsa2048).unwrap();
        let ecc = template::ek(KeyKind::EccP256).unwrap();
        assert!(same_template(&rsa, &rsa) && same_template(&ecc, &ecc));
        assert!(!same_template(&rsa, &ecc) && !same_template(&ecc, &rsa));
        assert!(!same_template(&template::srk().unwrap(), &ecc));
    }
}
