//! The kinds of mutants.

use fastrand::Rng;
use trustboard_attest::parse_claims;
use trustboard_model::protocol::{Claims, EvidenceMessage};

use trustboard_soft_tpm::AttestationKey;

use crate::support::keys::AkKey;
use crate::support::sha256;
use crate::tally::Judgement;
use crate::world::World;
use crate::{credential, log, mutate};

/// What is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    Quote,
    Signature,
    AkPublic,
    PcrValues,
    Claims,
    Log,
    LogSigned,
    LogRearranged,
    FactsSigned,
    QuoteSigned,
    EkCertificate,
    OtherKey,
    StaleNonce,
    Credential,
}

impl Family {
    pub const ALL: [Self; 14] = [
        Self::Quote,
        Self::Signature,
        Self::AkPublic,
        Self::PcrValues,
        Self::Claims,
        Self::Log,
        Self::LogSigned,
        Self::LogRearranged,
        Self::FactsSigned,
        Self::QuoteSigned,
        Self::EkCertificate,
        Self::OtherKey,
        Self::StaleNonce,
        Self::Credential,
    ];

    pub fn describe(self) -> &'static str {
        match self {
            Self::Quote => "quote: bytes",
            Self::Signature => "signature: bytes",
            Self::AkPublic => "AK's public area: bytes",
            Self::PcrValues => "PCR values: changed, dropped, swapped, moved",
            Self::Claims => "claims: bytes",
            Self::Log => "log: bytes",
            Self::LogSigned => "log: bytes, signed anew by the AK",
            Self::LogRearranged => "log: events re-ordered, relabelled, forged, signed anew",
            Self::FactsSigned => "facts: changed, signed anew by the AK",
            Self::QuoteSigned => "quote: fields changed, signed anew by the AK",
            Self::EkCertificate => "EK certificate on record: bytes",
            Self::OtherKey => "evidence signed by another host's AK",
            Self::StaleNonce => "evidence for another challenge",
            Self::Credential => "credential and the keys that it is for",
        }
    }

    /// Whether mutants are signed.
    pub fn signs(self) -> bool {
        use Family::{FactsSigned, LogRearranged, LogSigned, OtherKey, QuoteSigned};
        matches!(self, LogSigned | LogRearranged | FactsSigned | QuoteSigned | OtherKey)
    }

    /// Makes one mutant and has it judged.
    pub fn judge(self, world: &World, rng: &mut Rng) -> Judgement {
        match self {
            Self::Quote => changed(world, |m| mutate::bytes(&mut quoted(m).attest.0, rng)),
            Self::Signature => changed(world, |m| mutate::bytes(&mut quoted(m).signature.0, rng)),
            Self::AkPublic => changed(world, |m| mutate::bytes(&mut quoted(m).ak_public.0, rng)),
            Self::PcrValues => changed(world, |m| pcr_values(m, rng)),
            Self::Claims => changed(world, |m| mutate::bytes(&mut m.claims.0, rng)),
            Self::Log => {
                let mut log = world.log.clone();
                mutate::bytes(&mut log, rng);
                if log == world.log { Judgement::Same } else { world.judge(&world.message, &log) }
            }
            Self::LogSigned => {
                let mut log = world.log.clone();
                mutate::bytes(&mut log, rng);
                about(world, &log)
            }
            Self::LogRearranged => about(world, &log::rearrange(&world.log, rng)),
            Self::FactsSigned => {
                let mut claims = world.message.claims.0.clone();
                mutate::bytes(&mut claims, rng);
                if claims == world.message.claims.0 {
                    return Judgement::Same;
                }
                world.judge(&world.sign(claims, |_| {}), &world.log)
            }
            Self::QuoteSigned => {
                let claims = world.message.claims.0.clone();
                let message = world.sign(claims, |attest| {
                    // Not the counters: whatever they are, they are the TPM's own.
                    let clock = clock_of(attest);
                    let mut kept = attest[clock.clone()].to_vec();
                    mutate::bytes(attest, rng);
                    if attest.len() >= clock.end {
                        attest[clock].swap_with_slice(&mut kept);
                    }
                });
                if quoted_of(&message) == quoted_of(&world.message) {
                    return Judgement::Same;
                }
                world.judge(&message, &world.log)
            }
            Self::EkCertificate => ek_certificate(world, rng),
            Self::OtherKey => {
                let mut message = world.message.clone();
                let AttestationKey::Ecc(_) = world.scene.ak.0 else { return Judgement::Same };
                let other = AkKey::other_ecc();
                let quoted = quoted(&mut message);
                quoted.signature = other.sign(&quoted.attest).into();
                if rng.bool() {
                    quoted.ak_public = other.public().marshal().into();
                }
                world.judge(&message, &world.log)
            }
            Self::StaleNonce => {
                let mut nonce = [0; 32];
                rng.fill(&mut nonce);
                let challenge = world.stale(nonce);
                let input = world.input(&world.message, &world.log, &world.recorded, &challenge);
                let again = world.recognises(&world.message, &challenge);
                match (again, world.appraised(&input)) {
                    (false, Judgement::Refused) => Judgement::Refused,
                    _ => Judgement::Believed("an answer to another challenge".to_owned()),
                }
            }
            Self::Credential => {
                let identity = crate::support::Scene::genuine().identity();
                credential::judge(&identity, rng)
            }
        }
    }
}

fn quoted(message: &mut EvidenceMessage) -> &mut trustboard_model::protocol::Quoted {
    message.quoted.as_mut().unwrap()
}

fn quoted_of(message: &EvidenceMessage) -> &[u8] {
    &message.quoted.as_ref().unwrap().attest
}

fn changed(world: &World, change: impl FnOnce(&mut EvidenceMessage)) -> Judgement {
    let mut message = world.message.clone();
    change(&mut message);
    if message == world.message { Judgement::Same } else { world.judge(&message, &world.log) }
}

/// The log's digest goes into the claims, and they are signed: the host may send any log.
fn about(world: &World, log: &[u8]) -> Judgement {
    if log == world.log {
        return Judgement::Same;
    }
    let claims = parse_claims(&world.message.claims).unwrap();
    let claims = Claims { log_digest: Some(sha256(log)), ..claims };
    let mut bytes = Vec::new();
    ciborium::into_writer(&claims, &mut bytes).unwrap();
    world.judge(&world.sign(bytes, |_| {}), log)
}

/// TPMS_CLOCK_INFO and firmwareVersion.
fn clock_of(attest: &[u8]) -> std::ops::Range<usize> {
    let signer = usize::from(u16::from_be_bytes([attest[6], attest[7]]));
    let start = 8 + signer + 2 + 32;
    start..start + 17 + 8
}

fn pcr_values(message: &mut EvidenceMessage, rng: &mut Rng) {
    let pcrs = &mut quoted(message).pcrs;
    let bank = rng.usize(..pcrs.len());
    let at = rng.usize(..24);
    match rng.u8(..6) {
        0 | 1 => {
            let (pcr, value) = pcrs[bank].values[at].clone();
            let mut bytes = value.as_bytes().to_vec();
            let byte = rng.usize(..bytes.len());
            bytes[byte] ^= 1 << rng.u8(..8);
            let digest = trustboard_model::digest::Digest::new(value.alg(), bytes).unwrap();
            pcrs[bank].values[at] = (pcr, digest);
        }
        2 => drop(pcrs[bank].values.remove(at)),
        3 => {
            let other = rng.usize(..24);
            let (a, b) = (pcrs[bank].values[at].1.clone(), pcrs[bank].values[other].1.clone());
            pcrs[bank].values[at].1 = b;
            pcrs[bank].values[other].1 = a;
        }
        4 => {
            let other = rng.usize(..pcrs.len());
            pcrs.swap(bank, other);
            if rng.bool() {
                pcrs.pop();
            }
        }
        _ => {
            let copy = pcrs[bank].clone();
            pcrs.push(copy);
        }
    }
}

/// A maker's certificate that was changed.
fn ek_certificate(world: &World, rng: &mut Rng) -> Judgement {
    let mut recorded = world.recorded.clone();
    let genuine = recorded.tpm.ek_certificate.clone().unwrap().0;
    let mut bytes = genuine.clone();
    mutate::bytes(&mut bytes, rng);
    if bytes.starts_with(&genuine) {
        // The whole certificate, and something after it: cut off, and said to be (CHECKS 13, 20).
        return Judgement::Same;
    }
    recorded.tpm.ek_certificate = Some(bytes.into());
    let challenge = &world.scene.challenge;
    let input = world.input(&world.message, &world.log, &recorded, challenge);
    match world.appraised(&input) {
        Judgement::Refused => Judgement::Refused,
        _ => Judgement::Believed("a changed EK certificate".to_owned()),
    }
}
