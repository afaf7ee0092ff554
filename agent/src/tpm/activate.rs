//! TPM2_ActivateCredential (P3 12.5): proves that EK and AK are in the same TPM.

use trustboard_model::protocol::CredentialBlob;
use tss_esapi::constants::SessionType;
use tss_esapi::handles::{AuthHandle, SessionHandle};
use tss_esapi::interface_types::algorithm::HashingAlgorithm;
use tss_esapi::interface_types::session_handles::{AuthSession, PolicySession};
use tss_esapi::structures::{Digest, EncryptedSecret, IdObject, Nonce, SymmetricDefinition};

use super::error::{Doing as _, TpmError};
use super::{AkBlob, Tpm};

impl Tpm {
    /// Unwraps a credential that a server made for this TPM's EK and AK.
    pub fn activate(
        &mut self,
        ak: &AkBlob,
        credential: &CredentialBlob,
    ) -> Result<Vec<u8>, TpmError> {
        let id_object = unsized_2b(&credential.id_object)
            .and_then(|bytes| IdObject::try_from(bytes).ok())
            .ok_or(TpmError::Malformed { what: "the server's credential (TPM2B_ID_OBJECT)" })?;
        let secret = unsized_2b(&credential.encrypted_secret)
            .and_then(|bytes| EncryptedSecret::try_from(bytes).ok())
            .ok_or(TpmError::Malformed {
                what: "the server's credential (TPM2B_ENCRYPTED_SECRET)",
            })?;
        self.with_ak(ak, |tpm, ak_handle| {
            tpm.with_ek(ak.ek, |tpm, ek_handle| {
                tpm.with_ek_policy(|tpm, policy| {
                    let sessions = (Some(AuthSession::Password), Some(policy), None);
                    tpm.context
                        .execute_with_sessions(sessions, |context| {
                            context.activate_credential(ak_handle, ek_handle, id_object, secret)
                        })
                        .doing("TPM2_ActivateCredential")
                        .map(|secret| secret.value().to_vec())
                })
            })
        })
    }

    /// Runs `work` with a session that satisfies the EK's policy: PolicySecret with the
    /// endorsement hierarchy (EKP B.6.2).
    fn with_ek_policy<T>(
        &mut self,
        work: impl FnOnce(&mut Self, AuthSession) -> Result<T, TpmError>,
    ) -> Result<T, TpmError> {
        let session = self
            .context
            .execute_without_session(|context| {
                context.start_auth_session(
                    None,
                    None,
                    None,
                    SessionType::Policy,
                    SymmetricDefinition::AES_128_CFB,
                    HashingAlgorithm::Sha256,
                )
            })
            .doing("TPM2_StartAuthSession")?
            .ok_or_else(|| TpmError::Unexpected("no session".into()))?;
        self.then_flush(SessionHandle::from(session).into(), |tpm| {
            tpm.with_password(|context| {
                context.policy_secret(
                    PolicySession::try_from(session)?,
                    AuthHandle::Endorsement,
                    Nonce::default(),
                    Digest::default(),
                    Nonce::default(),
                    None,
                )
            })
            .doing("TPM2_PolicySecret; is the endorsement hierarchy locked by a password?")?;
            work(tpm, session)
        })
    }
}

/// The content of a TPM2B: two bytes of size, then exactly as many bytes.
fn unsized_2b(bytes: &[u8]) -> Option<&[u8]> {
    let (size, content) = bytes.split_first_chunk::<2>()?;
    (usize::from(u16::from_be_bytes(*size)) == content.len()).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_must_be_that_of_the_content() {
        assert_eq!(unsized_2b(&[0, 2, 7, 8]), Some(&[7, 8][..]));
        assert_eq!(unsized_2b(&[0, 0]), Some(&[][..]));
        for bad in [&[][..], &[0], &[0, 2, 7], &[0, 1, 7, 8]] {
            assert_eq!(unsized_2b(bad), None);
        }
    }
}
