//! What the TPM says of itself: TPM2_GetCapability (P3 30.2).

use trustboard_model::digest::HashAlg;
use tss_esapi::constants::{CapabilityType, PropertyTag};
use tss_esapi::structures::CapabilityData;
use tss_esapi::tss2_esys::TPML_PCR_SELECTION;

use super::Tpm;
use super::error::{Doing as _, TpmError};

/// Unsigned claims of the TPM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Properties {
    /// `TPM_PT_FAMILY_INDICATOR`: `2.0`.
    pub family: String,
    /// `TPM_PT_MANUFACTURER` as text.
    pub manufacturer: String,
    /// `TPM_PT_VENDOR_STRING_1` to `_4` joined.
    pub model: String,
    /// `TPM_PT_FIRMWARE_VERSION_1` and `_2` as four numbers.
    pub firmware: String,
}

impl Tpm {
    /// Reads the properties.
    pub fn properties(&mut self) -> Result<Properties, TpmError> {
        let mut property = |tag| {
            self.context
                .get_tpm_property(tag)
                .doing("TPM2_GetCapability(TPM_PROPERTIES)")
                .map(Option::unwrap_or_default)
        };
        let firmware =
            [property(PropertyTag::FirmwareVersion1)?, property(PropertyTag::FirmwareVersion2)?];
        Ok(Properties {
            family: text(&[property(PropertyTag::FamilyIndicator)?]),
            manufacturer: text(&[property(PropertyTag::Manufacturer)?]),
            model: text(&[
                property(PropertyTag::VendorString1)?,
                property(PropertyTag::VendorString2)?,
                property(PropertyTag::VendorString3)?,
                property(PropertyTag::VendorString4)?,
            ]),
            firmware: dotted(firmware),
        })
    }

    /// The banks that are allocated and have at least one PCR, ascending by algorithm.
    ///
    /// A bank with an algorithm that has no name here (SHA-3) is left out with a warning: the
    /// protocol cannot speak of it.
    pub fn active_banks(&mut self) -> Result<Vec<HashAlg>, TpmError> {
        // 16 is the most that TPML_PCR_SELECTION holds; a TPM answers with all of them.
        let (data, _more) = self
            .context
            .execute_without_session(|context| {
                context.get_capability(CapabilityType::AssignedPcr, 0, 16)
            })
            .doing("TPM2_GetCapability(PCRS)")?;
        let CapabilityData::AssignedPcr(selections) = data else {
            return Err(TpmError::Unexpected("another capability than TPM_CAP_PCRS".into()));
        };
        let mut banks = Vec::new();
        let raw = TPML_PCR_SELECTION::from(selections);
        for selection in raw.pcrSelections.iter().take(raw.count as usize) {
            if selection.pcrSelect.iter().all(|octet| *octet == 0) {
                continue;
            }
            if let Some(bank) = HashAlg::from_tpm_id(selection.hash) {
                banks.push(bank);
            } else {
                tracing::warn!(
                    "the TPM has an active PCR bank of algorithm {:#06x}, which is not quoted",
                    selection.hash
                );
            }
        }
        banks.sort_unstable();
        banks.dedup();
        Ok(banks)
    }

    /// The usual banks that the TPM implements besides `active` ones. Asked for nothing but proof
    /// that they are inactive, so that a TPM that does not say counts as one without them.
    pub(super) fn inactive_banks(&mut self, active: &[HashAlg]) -> Vec<HashAlg> {
        [HashAlg::Sha1, HashAlg::Sha256, HashAlg::Sha384]
            .into_iter()
            .filter(|bank| !active.contains(bank) && self.implements(*bank))
            .collect()
    }

    fn implements(&mut self, bank: HashAlg) -> bool {
        let id = u32::from(bank.tpm_id());
        let found = self.context.execute_without_session(|context| {
            context.get_capability(CapabilityType::Algorithms, id, 1)
        });
        let Ok((CapabilityData::Algorithms(algorithms), _more)) = found else { return false };
        // The first algorithm from this number on: another one if it is not implemented.
        let first = algorithms.as_ref().first();
        first.is_some_and(|first| u16::from(first.algorithm_identifier()) == bank.tpm_id())
    }

    /// Whether there is an object at a persistent handle, or an NV index: asked for instead of
    /// tried, so that its absence is no error.
    pub(super) fn has_handle(&mut self, handle: u32) -> Result<bool, TpmError> {
        let (data, _more) = self
            .context
            .execute_without_session(|context| {
                context.get_capability(CapabilityType::Handles, handle, 1)
            })
            .doing("TPM2_GetCapability(HANDLES)")?;
        let CapabilityData::Handles(handles) = data else {
            return Err(TpmError::Unexpected("another capability than TPM_CAP_HANDLES".into()));
        };
        Ok(handles.into_inner().into_iter().any(|found| u32::from(found) == handle))
    }
}

/// Four ASCII characters a word; padding (zero bytes, blanks) and what cannot be printed is left
/// out.
fn text(words: &[u32]) -> String {
    words
        .iter()
        .flat_map(|word| word.to_be_bytes())
        .filter(|byte| byte.is_ascii_graphic() || *byte == b' ')
        .map(char::from)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Two 32-bit words as four 16-bit numbers, as makers write them: `7.85.4555.0`.
fn dotted(words: [u32; 2]) -> String {
    words
        .iter()
        .map(|word| format!("{}.{}", word >> 16, word & 0xFFFF))
        .collect::<Vec<_>>()
        .join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_text() {
        assert_eq!(text(&[0x322E_3000]), "2.0");
        assert_eq!(text(&[u32::from_be_bytes(*b"IFX\0")]), "IFX");
        assert_eq!(
            text(&[u32::from_be_bytes(*b"SLB9"), u32::from_be_bytes(*b"670\0"), 0, 0]),
            "SLB9670"
        );
        assert_eq!(text(&[0x0007_1BFF]), "");
    }

    #[test]
    fn firmware_versions_are_four_numbers() {
        assert_eq!(dotted([0x0007_0055, 0x0011_CB00]), "7.85.17.51968");
    }
}
