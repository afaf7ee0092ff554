//! `boot_aggregate`: the first entry of a list, a hash over the registers that the firmware and
//! the boot loader had filled when the kernel started IMA.

use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::pcr::PcrIndex;

use crate::hash;

/// Where a register's value comes from.
pub type PcrValues<'a> = &'a dyn Fn(HashAlg, PcrIndex) -> Option<Digest>;

/// What a `boot_aggregate` is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BootAggregate {
    /// The hash over these registers.
    Matches {
        /// The bank of the registers.
        bank: HashAlg,
        /// The last register; the first is 0.
        last: u8,
    },
    /// Another one.
    Differs {
        /// What it should be.
        expected: Digest,
    },
    /// The bank that it is made of is not there, or cannot be computed.
    NotComputable,
}

/// Compares a `boot_aggregate` with registers as they were when IMA started: `values` are tried
/// one after the other.
///
/// Kernels since 5.8 hash the bank of the digest's own algorithm, PCRs 0 to 7 for SHA-1 and 0 to 9
/// for others (`ima_calc_boot_aggregate_tfm`). Earlier ones took PCRs 0 to 7, and the SHA-1
/// bank whatever the algorithm was.
pub fn check_boot_aggregate(found: &Digest, values: &[PcrValues<'_>]) -> BootAggregate {
    let alg = found.alg();
    let over = |values: PcrValues<'_>, bank: HashAlg, last: u8| {
        let registers = PcrIndex::all().take(usize::from(last) + 1);
        let values: Option<Vec<Digest>> = registers.map(|pcr| values(bank, pcr)).collect();
        let values = values?;
        let parts: Vec<&[u8]> = values.iter().map(Digest::as_bytes).collect();
        Some(hash::to_model(alg, hash::hash(alg, &parts)?.as_ref()))
    };
    let mut expected = None;
    for values in values {
        for (bank, last) in [(alg, 9), (alg, 7), (HashAlg::Sha1, 7)] {
            let Some(computed) = over(values, bank, last) else { continue };
            if computed == *found {
                return BootAggregate::Matches { bank, last };
            }
            if alg != HashAlg::Sha1 || last == 7 {
                expected.get_or_insert(computed);
            }
        }
    }
    expected.map_or(BootAggregate::NotComputable, |expected| BootAggregate::Differs { expected })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(bank: HashAlg, pcr: PcrIndex) -> Option<Digest> {
        (bank != HashAlg::Sha384).then(|| Digest::filled(bank, u8::from(pcr)))
    }

    fn aggregate(alg: HashAlg, bank: HashAlg, last: u8) -> Digest {
        let values: Vec<u8> = (0..=last).flat_map(|pcr| vec![pcr; bank.len()]).collect();
        hash::to_model(alg, hash::hash(alg, &[&values]).unwrap().as_ref())
    }

    #[test]
    fn each_generation_of_kernels_has_its_registers() {
        let (sha1, sha256) = (HashAlg::Sha1, HashAlg::Sha256);
        for (alg, bank, last) in [(sha256, sha256, 9), (sha256, sha256, 7), (sha1, sha1, 7)] {
            let found = aggregate(alg, bank, last);
            let outcome = check_boot_aggregate(&found, &[&values]);
            assert_eq!(outcome, BootAggregate::Matches { bank, last });
        }
        let outcome = check_boot_aggregate(&aggregate(sha256, sha1, 7), &[&values]);
        assert_eq!(outcome, BootAggregate::Matches { bank: sha1, last: 7 });
    }

    #[test]
    fn another_boot_differs_and_a_missing_bank_is_said() {
        let found = Digest::filled(HashAlg::Sha256, 0);
        let expected = aggregate(HashAlg::Sha256, HashAlg::Sha256, 9);
        let outcome = check_boot_aggregate(&found, &[&values]);
        assert_eq!(outcome, BootAggregate::Differs { expected });
        let outcome = check_boot_aggregate(&Digest::filled(HashAlg::Sha384, 1), &[&|_, _| None]);
        assert_eq!(outcome, BootAggregate::NotComputable);
    }
}
