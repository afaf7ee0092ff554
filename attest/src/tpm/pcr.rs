//! PCR values that a verified quote confirms.

use std::collections::BTreeMap;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::Context;
use trustboard_model::bytes::to_hex;
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::pcr::{PcrBankValues, PcrIndex};

use super::VerifiedQuote;
use crate::hash;

/// PCR values that were quoted: exactly the selection of the quote, and its digest is theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotedPcrs {
    banks: BTreeMap<HashAlg, BTreeMap<PcrIndex, Digest>>,
}

/// Why values are not the quoted ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PcrRefusal {
    /// Values are missing for what was quoted, or there are values for what was not quoted.
    Selection {
        /// What was quoted.
        quoted: String,
        /// What was sent.
        sent: String,
    },
    /// Their digest is another one.
    Digest {
        /// The quote's.
        quoted: String,
        /// That of the values.
        computed: String,
    },
}

impl QuotedPcrs {
    /// Confirms values by a quote. pcrDigest is the hash over the selected values in the order of
    /// the selection's banks, registers ascending (Part 3, TPM2_Quote; Part 4, PCRComputeCurrentDigest).
    pub fn confirm(quote: &VerifiedQuote, sent: &[PcrBankValues]) -> Result<Self, PcrRefusal> {
        let refused = || PcrRefusal::Selection {
            quoted: describe(quote.info().selection.iter().map(|s| (s.alg(), &s.pcrs[..]))),
            sent: {
                let sent: Vec<_> =
                    sent.iter().map(|bank| (Some(bank.bank), indices(bank))).collect();
                describe(sent.iter().map(|(bank, pcrs)| (*bank, &pcrs[..])))
            },
        };
        let mut values: BTreeMap<HashAlg, BTreeMap<PcrIndex, Digest>> = BTreeMap::new();
        for bank in sent {
            let registers: BTreeMap<_, _> = bank.values.iter().cloned().collect();
            let well_formed = registers.len() == bank.values.len()
                && registers.values().all(|value| value.alg() == bank.bank);
            if !well_formed || values.insert(bank.bank, registers).is_some() {
                return Err(refused());
            }
        }
        // SM3 as the hash of a signing scheme was refused with the signature.
        let Some(algorithm) = hash::algorithm(quote.hash()) else { return Err(refused()) };
        let mut context = Context::new(algorithm);
        let mut banks = BTreeMap::new();
        for selection in quote.info().selection.iter().filter(|s| !s.pcrs.is_empty()) {
            let Some(bank) = selection.alg() else { return Err(refused()) };
            // Also refuses a bank that is selected twice: its values are gone the second time.
            let Some(registers) = values.remove(&bank) else { return Err(refused()) };
            if !registers.keys().eq(&selection.pcrs) {
                return Err(refused());
            }
            for value in registers.values() {
                context.update(value.as_bytes());
            }
            banks.insert(bank, registers);
        }
        if banks.is_empty() || values.values().any(|registers| !registers.is_empty()) {
            return Err(refused());
        }
        let computed = context.finish();
        let quoted = &quote.info().pcr_digest;
        if verify_slices_are_equal(quoted, computed.as_ref()).is_err() {
            let (quoted, computed) = (to_hex(quoted), to_hex(computed.as_ref()));
            return Err(PcrRefusal::Digest { quoted, computed });
        }
        Ok(Self { banks })
    }

    /// Values that nobody signed for, in the place of quoted ones: only for looking at logs. Of
    /// a register that stands there twice the last value counts.
    pub(crate) fn unproven(values: &[PcrBankValues]) -> Self {
        let of_bank = |bank: &PcrBankValues| (bank.bank, bank.values.iter().cloned().collect());
        Self { banks: values.iter().map(of_bank).collect() }
    }

    /// The quoted banks, weakest first.
    pub fn banks(&self) -> impl Iterator<Item = HashAlg> {
        self.banks.keys().copied()
    }

    /// The quoted registers of a bank, ascending.
    pub fn bank(&self, bank: HashAlg) -> impl Iterator<Item = (PcrIndex, &Digest)> {
        self.banks.get(&bank).into_iter().flatten().map(|(&pcr, value)| (pcr, value))
    }

    /// One value.
    pub fn value(&self, bank: HashAlg, pcr: PcrIndex) -> Option<&Digest> {
        self.banks.get(&bank)?.get(&pcr)
    }

    /// The bank that a verdict rests on: SHA-256, or else the next stronger one, or else SHA-1.
    pub fn policy_bank(&self) -> Option<HashAlg> {
        use HashAlg::{Sha1, Sha256, Sha384, Sha512, Sm3_256};
        [Sha256, Sha384, Sha512, Sm3_256, Sha1]
            .into_iter()
            .find(|bank| self.banks.contains_key(bank))
    }
}

fn indices(bank: &PcrBankValues) -> Vec<PcrIndex> {
    bank.values.iter().map(|(pcr, _)| *pcr).collect()
}

/// `SHA-1: 0-23; SHA-256: 0-7, 9`.
pub(crate) fn describe<'a>(
    banks: impl Iterator<Item = (Option<HashAlg>, &'a [PcrIndex])>,
) -> String {
    let parts: Vec<String> = banks
        .map(|(bank, pcrs)| {
            let bank = bank.map_or("unknown bank", HashAlg::name);
            format!("{bank}: {}", ranges(pcrs))
        })
        .collect();
    if parts.is_empty() { "nothing".to_owned() } else { parts.join("; ") }
}

/// `0-7, 9` or `none`.
pub(crate) fn ranges(pcrs: &[PcrIndex]) -> String {
    let mut runs: Vec<(u8, u8)> = Vec::new();
    for pcr in pcrs.iter().map(|&pcr| u8::from(pcr)) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == pcr => *last = pcr,
            _ => runs.push((pcr, pcr)),
        }
    }
    let texts: Vec<String> =
        runs.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a}-{b}") }).collect();
    if texts.is_empty() { "none".to_owned() } else { texts.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_read_as_people_write_them() {
        let pcrs: Vec<PcrIndex> = PcrIndex::all().filter(|pcr| u8::from(*pcr) != 8).collect();
        assert_eq!(ranges(&pcrs), "0-7, 9-23");
        assert_eq!(ranges(&[]), "none");
    }
}
