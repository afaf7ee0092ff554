//! The session: one WebSocket, one CBOR message a binary frame.
//!
//! ```text
//! agent                                  server
//!   ── upgrade, Authorization: Bearer <hex of the session credential> ──▶
//!   ── Hello ──▶
//!   ◀── AskIdentity ──                   (on every connect)
//!   ── Identity ──▶
//!   ◀── Activate ──                      (only if there is something to prove)
//!   ── Activated ──▶
//!   ◀── Challenge ──                     (as often as the policy or an operator asks)
//!   ── Evidence | Cannot ──▶
//! ```

use serde::{Deserialize, Serialize};

use super::{CredentialBlob, KnownIma, OsLogClaims, OsLogs, TpmIdentity};
use crate::bytes::Bytes;
use crate::digest::{HashAlg, Nonce, Sha256};
use crate::facts::HostFacts;
use crate::id::ChallengeId;
use crate::pcr::PcrBankValues;

/// The binding: a quote's extraData is
/// `SHA-256(BINDING_DOMAIN ‖ nonce (32 bytes) ‖ SHA-256(claims))`, 32 bytes.
pub const BINDING_DOMAIN: &[u8] = b"trustboard evidence v1\0";

/// What an agent sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgentMessage {
    /// First message of a session.
    Hello(Hello),
    /// Who the TPM is now; nothing without a TPM 2.0.
    Identity {
        /// The keys.
        tpm: Option<TpmIdentity>,
    },
    /// The secret that the TPM unwrapped.
    Activated {
        /// 32 bytes.
        secret: Bytes,
    },
    /// The answer to a challenge.
    Evidence(EvidenceMessage),
    /// The agent cannot do what was asked.
    Cannot {
        /// The challenge, if it was one.
        challenge: Option<ChallengeId>,
        /// Why, in words for an operator.
        problem: String,
    },
}

/// First message of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The protocol version that the agent speaks.
    pub version: u16,
    /// Facts now: name, boot id, TPM.
    pub facts: HostFacts,
}

/// What a server sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServerMessage {
    /// Say who you are.
    AskIdentity,
    /// Prove it: unwrap this.
    Activate {
        /// What `TPM2_ActivateCredential` takes.
        credential: CredentialBlob,
    },
    /// Give evidence: quote all PCRs of every active bank.
    Challenge {
        /// Names the challenge in the answer.
        id: ChallengeId,
        /// Fresh for this challenge.
        nonce: Nonce,
        /// A log that the server has already verified for this host, which need not be sent again.
        known_log: Option<Sha256>,
        /// Likewise for systemd's log.
        #[serde(default)]
        known_systemd_log: Option<Sha256>,
        /// The part of IMA's list that need not be sent again.
        #[serde(default)]
        known_ima: Option<KnownIma>,
    },
    /// An operator disconnected this host: keep the session, nothing will be asked.
    Parked,
    /// A message was refused; the session goes on unless the server closes it.
    Refused {
        /// A stable code.
        code: String,
        /// What and why.
        problem: String,
    },
}

/// The answer to a challenge. What is inside is nothing until it is appraised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceMessage {
    /// The challenge that it answers.
    pub challenge: ChallengeId,
    /// CBOR of [`Claims`], exactly as it was hashed into the binding.
    pub claims: Bytes,
    /// What the TPM signed; nothing without a TPM 2.0.
    pub quoted: Option<Quoted>,
    /// The event log that the claims speak of.
    pub log: LogPart,
    /// The operating system's own logs; nothing from an agent that does not read them.
    #[serde(default)]
    pub os_logs: Option<OsLogs>,
}

impl EvidenceMessage {
    /// The message without the logs that are kept beside it, under their digests. IMA's part stays:
    /// it is another one in every answer.
    #[must_use]
    pub fn without_logs(&self) -> Self {
        let part = |log: &LogPart| match log {
            LogPart::Full { .. } | LogPart::Known => LogPart::Known,
            LogPart::Absent => LogPart::Absent,
        };
        let Self { challenge, claims, quoted, log, os_logs } = self;
        Self {
            challenge: *challenge,
            claims: claims.clone(),
            quoted: quoted.clone(),
            log: part(log),
            os_logs: os_logs
                .as_ref()
                .map(|logs| OsLogs { ima: logs.ima.clone(), systemd: part(&logs.systemd) }),
        }
    }
}

/// Everything that is signed besides the PCRs, through the binding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The host's facts.
    pub facts: HostFacts,
    /// SHA-256 of the event log; nothing if there is none.
    pub log_digest: Option<Sha256>,
    /// The operating system's own logs; nothing from an agent that does not read them.
    #[serde(default)]
    pub os_logs: Option<OsLogClaims>,
}

/// A quote with the values that it covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quoted {
    /// The AK that signed, TPMT_PUBLIC: compared with the record, never used instead of it.
    pub ak_public: Bytes,
    /// TPMS_ATTEST, exactly as signed (without the TPM2B size).
    pub attest: Bytes,
    /// TPMT_SIGNATURE.
    pub signature: Bytes,
    /// The banks that were quoted, ascending: all that are active.
    pub banks: Vec<HashAlg>,
    /// The values, one entry a bank, each with the registers quoted.
    pub pcrs: Vec<PcrBankValues>,
}

/// The event log, or why it is not here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogPart {
    /// `/sys/kernel/security/tpm0/binary_bios_measurements`, whole.
    Full {
        /// The bytes.
        bytes: Bytes,
    },
    /// The one that the server named in the challenge.
    Known,
    /// There is none; `HostFacts::log_absent` says why.
    Absent,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::ImaPart;

    fn round_trip(message: &ServerMessage) -> Vec<u8> {
        let mut bytes = Vec::new();
        ciborium::into_writer(message, &mut bytes).unwrap();
        assert_eq!(&ciborium::from_reader::<ServerMessage, _>(&bytes[..]).unwrap(), message);
        bytes
    }

    #[test]
    fn messages_survive_cbor_with_byte_strings_as_byte_strings() {
        let id = ChallengeId::from_random([1; 16]);
        let bytes = round_trip(&ServerMessage::Challenge {
            id,
            nonce: Nonce([2; 32]),
            known_log: None,
            known_systemd_log: None,
            known_ima: None,
        });
        // 0x58 0x20: a byte string of 32 bytes (RFC 8949 3.1), not an array.
        assert!(bytes.windows(3).any(|window| window == [0x58, 0x20, 2]));
        round_trip(&ServerMessage::Parked);
    }

    #[test]
    fn evidence_survives_cbor() {
        let message = AgentMessage::Evidence(EvidenceMessage {
            challenge: ChallengeId::from_random([1; 16]),
            claims: Bytes(vec![0xA0]),
            quoted: None,
            log: LogPart::Full { bytes: Bytes(vec![1, 2, 3]) },
            os_logs: Some(OsLogs {
                ima: ImaPart::Part {
                    digests: HashAlg::Sha1,
                    from: 0,
                    bytes: Bytes(vec![4]),
                    more: false,
                },
                systemd: LogPart::Absent,
            }),
        });
        let mut bytes = Vec::new();
        ciborium::into_writer(&message, &mut bytes).unwrap();
        assert_eq!(ciborium::from_reader::<AgentMessage, _>(&bytes[..]).unwrap(), message);
    }

    #[test]
    fn what_an_earlier_version_does_not_send_is_absent_not_an_error() {
        #[derive(Serialize)]
        struct Earlier {
            challenge: ChallengeId,
            claims: Bytes,
            quoted: Option<Quoted>,
            log: LogPart,
        }
        let challenge = ChallengeId::from_random([1; 16]);
        let earlier =
            Earlier { challenge, claims: Bytes::default(), quoted: None, log: LogPart::Absent };
        let mut bytes = Vec::new();
        ciborium::into_writer(&earlier, &mut bytes).unwrap();
        let read: EvidenceMessage = ciborium::from_reader(&bytes[..]).unwrap();
        assert_eq!((read.challenge, read.os_logs), (challenge, None));
    }
}
