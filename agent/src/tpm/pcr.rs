//! PCR selections and values (P3 22.4).

use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::pcr::{PcrBankValues, PcrIndex};
use tss_esapi::interface_types::algorithm::HashingAlgorithm;
use tss_esapi::structures::{PcrSelectSize, PcrSelection, PcrSelectionList, PcrSlot};
use tss_esapi::tss2_esys::{TPML_PCR_SELECTION, TPMS_PCR_SELECTION};

use super::Tpm;
use super::error::{Doing as _, TpmError};

/// Values that one TPM2_PCR_Read gives at most (TPML_DIGEST, P2 10.9.6).
const READ_AT_ONCE: usize = 8;

impl Tpm {
    /// Reads all PCRs of the banks. Nothing but a quote proves them, nor that they are of one
    /// moment.
    pub(super) fn read_pcrs(&mut self, banks: &[HashAlg]) -> Result<Vec<PcrBankValues>, TpmError> {
        banks
            .iter()
            .map(|&bank| {
                let mut values = Vec::with_capacity(PcrIndex::all().count());
                let mut wanted: Vec<PcrIndex> = PcrIndex::all().collect();
                while !wanted.is_empty() {
                    let asked = &wanted[..wanted.len().min(READ_AT_ONCE)]; // at most its length
                    let read = self.read_some(bank, asked)?;
                    let got = |pcr: &PcrIndex| read.iter().any(|(index, _)| index == pcr);
                    wanted.retain(|pcr| !got(pcr));
                    values.extend(read);
                }
                Ok(PcrBankValues { bank, values })
            })
            .collect()
    }

    /// One TPM2_PCR_Read. A TPM may give fewer than asked for, but never none of a bank that it
    /// calls active.
    fn read_some(
        &mut self,
        bank: HashAlg,
        pcrs: &[PcrIndex],
    ) -> Result<Vec<(PcrIndex, Digest)>, TpmError> {
        let selection = selection_list([(bank, pcrs)])?;
        let (_counter, read, digests) = self
            .context
            .execute_without_session(|context| context.pcr_read(selection))
            .doing("TPM2_PCR_Read")?;
        let read: Vec<PcrIndex> = read
            .get_selections()
            .iter()
            .flat_map(PcrSelection::selected)
            .filter_map(index)
            .collect();
        if read.is_empty() || read.len() != digests.len() || !read.iter().all(|i| pcrs.contains(i))
        {
            return Err(TpmError::Unexpected(format!(
                "{} values for {} registers of the {bank} bank",
                digests.len(),
                read.len(),
            )));
        }
        read.into_iter()
            .zip(digests.value())
            .map(|(pcr, value)| match Digest::new(bank, value.value()) {
                Ok(value) => Ok((pcr, value)),
                Err(error) => Err(TpmError::Unexpected(format!("PCR {pcr}: {error}"))),
            })
            .collect()
    }
}

/// A TPML_PCR_SELECTION in the given order. The library's own builder keeps banks in a hash map
/// and so loses their order, on which the digest in a quote depends.
pub(super) fn selection_list<'a>(
    banks: impl IntoIterator<Item = (HashAlg, &'a [PcrIndex])>,
) -> Result<PcrSelectionList, TpmError> {
    let build = || {
        let mut list = TPML_PCR_SELECTION::default();
        for (entry, (bank, pcrs)) in list.pcrSelections.iter_mut().zip(banks) {
            let slots: Vec<PcrSlot> = pcrs.iter().copied().map(slot).collect::<Result<_, _>>()?;
            let bank = HashingAlgorithm::try_from(bank.tpm_id())?;
            let selection = PcrSelection::create(bank, PcrSelectSize::ThreeOctets, &slots)?;
            *entry = TPMS_PCR_SELECTION::from(selection);
            list.count += 1;
        }
        PcrSelectionList::try_from(list)
    };
    build().doing("building the PCR selection")
}

/// The library's name for a register: a bit.
fn slot(index: PcrIndex) -> tss_esapi::Result<PcrSlot> {
    PcrSlot::try_from(1_u32 << u8::from(index))
}

/// Our name for a register, if it is one of the 24.
fn index(slot: PcrSlot) -> Option<PcrIndex> {
    let bit = u32::from(slot).trailing_zeros();
    u8::try_from(bit).ok().and_then(|bit| PcrIndex::try_from(bit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn banks_keep_their_order() {
        let all: Vec<PcrIndex> = PcrIndex::all().collect();
        let banks = [HashAlg::Sha384, HashAlg::Sha1, HashAlg::Sha256];
        let list = selection_list(banks.iter().map(|bank| (*bank, &all[..]))).unwrap();
        let raw = TPML_PCR_SELECTION::from(list);
        assert_eq!(raw.count, 3);
        for (entry, bank) in raw.pcrSelections.iter().zip(banks) {
            assert_eq!(entry.hash, bank.tpm_id());
            assert_eq!((entry.sizeofSelect, entry.pcrSelect), (3, [0xFF, 0xFF, 0xFF, 0]));
        }
    }

    #[test]
    fn registers_and_bits_agree() {
        for pcr in PcrIndex::all() {
            assert_eq!(index(slot(pcr).unwrap()), Some(pcr));
        }
    }
}
