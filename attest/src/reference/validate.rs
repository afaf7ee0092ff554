//! Whether reference values are what they must be, wherever they came from.

use trustboard_model::configuration::{Reference, ReferencePcr};
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::pcr::PcrIndex;

use super::may_be_approved;
use crate::{budget, hash};

/// Why they are not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// A bank whose digests are no longer proof of anything, or that cannot be computed.
    #[error("{0} is not a bank that a configuration may rest on: SHA-256, SHA-384, SHA-512")]
    WeakBank(HashAlg),
    /// Nothing to compare with: every host would match.
    #[error("a configuration speaks of at least one register")]
    Empty,
    /// A register that no configuration may speak of.
    #[error("no configuration may speak of PCR {0}")]
    Register(PcrIndex),
    /// Too many events.
    #[error("{found} events; a configuration may have {}", budget::REFERENCE_EVENTS)]
    TooManyEvents {
        /// How many there are.
        found: usize,
    },
    /// A digest of another bank.
    #[error("PCR {0}: a digest is not of the bank")]
    OtherBank(PcrIndex),
    /// Numbers do not ascend.
    #[error("PCR {0}: the events are not in the order of a log")]
    Order(PcrIndex),
    /// The events do not give the value.
    #[error("PCR {0}: replaying the events does not give the value")]
    Replay(PcrIndex),
}

/// Checks what the types cannot say: the bank, the registers, the order of the events, and that
/// replaying them gives each register's value.
pub fn validate(reference: &Reference) -> Result<(), ReferenceError> {
    let bank = reference.bank;
    if !hash::is_strong(bank) {
        return Err(ReferenceError::WeakBank(bank));
    }
    if reference.pcrs.is_empty() {
        return Err(ReferenceError::Empty);
    }
    let found = reference.pcrs.values().map(|register| register.events.len()).sum();
    if found > budget::REFERENCE_EVENTS {
        return Err(ReferenceError::TooManyEvents { found });
    }
    for (&pcr, register) in &reference.pcrs {
        if !may_be_approved(pcr) {
            return Err(ReferenceError::Register(pcr));
        }
        let of_bank = |digest: &Digest| digest.alg() == bank;
        if !of_bank(&register.value) || !register.events.iter().all(|e| of_bank(&e.digest)) {
            return Err(ReferenceError::OtherBank(pcr));
        }
        if !register.events.is_sorted_by(|a, b| a.number < b.number) {
            return Err(ReferenceError::Order(pcr));
        }
        if start_of_reference(pcr, register).is_none() {
            return Err(ReferenceError::Replay(pcr));
        }
    }
    Ok(())
}

/// The last byte of the value that a reference's register started from.
pub(super) fn start_of_reference(pcr: PcrIndex, register: &ReferencePcr) -> Option<u8> {
    let digests = || register.events.iter().map(|event| event.digest.as_bytes());
    start(pcr, &register.value, digests)
}

/// The last byte of the value that a register started from, if extending `digests` gives `value`:
/// the locality of the TPM's start for PCR 0 (PFP 1.06, 10.4.5.3), else zero.
pub(super) fn start<'d, I>(pcr: PcrIndex, value: &Digest, digests: impl Fn() -> I) -> Option<u8>
where
    I: Iterator<Item = &'d [u8]>,
{
    const LOCALITIES: &[u8] = &[0, 3, 4];
    let bank = value.alg();
    let starts = if pcr.as_usize() == 0 { LOCALITIES } else { &[0] };
    starts.iter().copied().find(|locality| {
        let mut first = vec![0; bank.len()];
        if let Some(last) = first.last_mut() {
            *last = *locality;
        }
        let end = digests().try_fold(first, |register, digest| {
            Some(hash::extend(bank, &register, digest)?.as_ref().to_vec())
        });
        end.is_some_and(|end| end == value.as_bytes())
    })
}
