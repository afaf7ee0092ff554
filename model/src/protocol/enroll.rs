//! Enrolment: from a token to a session credential.

use serde::{Deserialize, Serialize};

use crate::bytes::Bytes;
use crate::facts::HostFacts;
use crate::id::{EnrolmentId, HostId};

/// First request, to [`super::ENROLL_PATH`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrollRequest {
    /// The protocol version that the agent speaks.
    pub version: u16,
    /// The secret of the enrolment token, 32 bytes.
    pub token: Bytes,
    /// The host's facts.
    pub facts: HostFacts,
    /// The TPM's keys; nothing on a host without a TPM 2.0.
    pub tpm: Option<TpmIdentity>,
}

/// The public keys of a TPM, as it marshals them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TpmIdentity {
    /// EK: TPMT_PUBLIC (without the TPM2B size).
    pub ek_public: Bytes,
    /// The EK certificate as read from NV (0x01C00002 RSA, 0x01C0000A ECC), padding and all.
    pub ek_certificate: Option<Bytes>,
    /// AK: TPMT_PUBLIC (without the TPM2B size).
    pub ak_public: Bytes,
}

/// Answer to the first request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EnrollResponse {
    /// Unwrap this credential in the TPM and send the secret to [`super::ACTIVATE_PATH`].
    Activate {
        /// Names the enrolment in the second request.
        enrolment: EnrolmentId,
        /// What `TPM2_ActivateCredential` takes.
        credential: CredentialBlob,
    },
    /// The host has no TPM and is enrolled as such.
    Enrolled {
        /// The host's id.
        host: HostId,
        /// The session credential, 32 bytes.
        session: Bytes,
    },
}

/// The two outputs of MakeCredential (TPM 2.0 Part 1, 24).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialBlob {
    /// TPM2B_ID_OBJECT, size included.
    pub id_object: Bytes,
    /// TPM2B_ENCRYPTED_SECRET, size included.
    pub encrypted_secret: Bytes,
}

/// Second request, to [`super::ACTIVATE_PATH`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivateRequest {
    /// The enrolment.
    pub enrolment: EnrolmentId,
    /// The unwrapped secret, 32 bytes; from now on the session credential.
    pub secret: Bytes,
}

/// Answer to the second request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The host's id.
    pub host: HostId,
}
