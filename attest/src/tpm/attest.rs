//! TPMS_ATTEST: what a TPM signs.

use trustboard_model::appraisal::ClockInfo;
use trustboard_model::digest::HashAlg;
use trustboard_model::pcr::PcrIndex;
use trustboard_model::protocol::limit;

use crate::reader::Reader;
use crate::{Error, budget};

/// `TPM_GENERATED_VALUE` (Part 2, 6.2): a restricted key signs nothing from outside that starts
/// with it.
pub const GENERATED: u32 = 0xFF54_4347;
/// `TPM_ST_ATTEST_QUOTE` (Part 2, 6.9).
pub const ATTEST_QUOTE: u16 = 0x8018;

/// A TPMS_ATTEST (Part 2, 10.12.12), read as far as it can mean something here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attestation {
    /// The magic says that no TPM made it: what follows has no meaning.
    Foreign {
        /// What stands where `TPM_GENERATED_VALUE` should.
        magic: u32,
    },
    /// Made by a TPM, but not a quote (a certification, a time stamp, ...).
    Other {
        /// Its `TPM_ST`.
        kind: u16,
    },
    /// A quote.
    Quote(QuoteInfo),
}

/// The content of a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteInfo {
    /// The Qualified Name of the signing key.
    pub qualified_signer: Vec<u8>,
    /// What the caller of the TPM asked to be signed along.
    pub extra_data: Vec<u8>,
    /// Counters and firmware version.
    pub clock: ClockInfo,
    /// What was quoted, in the order of the structure.
    pub selection: Vec<BankSelection>,
    /// The digest over the selected values.
    pub pcr_digest: Vec<u8>,
}

/// A TPMS_PCR_SELECTION (Part 2, 10.6.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankSelection {
    /// `TPM_ALG_ID` of the bank.
    pub bank: u16,
    /// The registers, ascending. None says that the bank is not allocated.
    pub pcrs: Vec<PcrIndex>,
}

impl BankSelection {
    /// The bank, if it is one that is known here.
    pub fn alg(&self) -> Option<HashAlg> {
        HashAlg::from_tpm_id(self.bank)
    }
}

impl Attestation {
    /// Reads one TPMS_ATTEST.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let mut reader = Reader::new("quote", bytes);
        if bytes.len() > limit::QUOTE_BYTES {
            let problem = format!("{} bytes; limit {}", bytes.len(), limit::QUOTE_BYTES);
            return Err(reader.error(problem));
        }
        let magic = reader.u32_be("magic")?;
        if magic != GENERATED {
            return Ok(Self::Foreign { magic });
        }
        let kind = reader.u16_be("type")?;
        if kind != ATTEST_QUOTE {
            return Ok(Self::Other { kind });
        }
        // TPM2B_NAME and TPM2B_DATA: at most TPMT_HA, 2 + 64 bytes (Part 2, 10.4.3, 10.5.3).
        let qualified_signer = reader.tpm2b("qualifiedSigner", 66)?.to_vec();
        let extra_data = reader.tpm2b("extraData", 66)?.to_vec();
        let clock = reader.u64_be("clock")?;
        let reset_count = reader.u32_be("resetCount")?;
        let restart_count = reader.u32_be("restartCount")?;
        let safe = match reader.u8("safe")? {
            0 => false,
            1 => true,
            // TPMI_YES_NO (Part 2, 9.2)
            other => return Err(reader.error(format!("safe is {other}, neither 0 nor 1"))),
        };
        let firmware_version = reader.u64_be("firmwareVersion")?;
        let selection = read_selection(&mut reader)?;
        let pcr_digest = reader.tpm2b("pcrDigest", 64)?.to_vec();
        reader.finish()?;
        let clock = ClockInfo { clock, reset_count, restart_count, safe, firmware_version };
        Ok(Self::Quote(QuoteInfo { qualified_signer, extra_data, clock, selection, pcr_digest }))
    }
}

/// TPML_PCR_SELECTION (Part 2, 10.9.7)
fn read_selection(reader: &mut Reader<'_>) -> Result<Vec<BankSelection>, Error> {
    let count = reader.u32_be("pcrSelect count")?;
    if count > budget::QUOTE_BANKS {
        let problem = format!("pcrSelect names {count} banks; limit {}", budget::QUOTE_BANKS);
        return Err(reader.error(problem));
    }
    let mut selection = Vec::new();
    for _ in 0..count {
        let bank = reader.u16_be("pcrSelect hash")?;
        let size = reader.u8("sizeofSelect")?;
        let bitmap = reader.take(usize::from(size), "pcrSelect bitmap")?;
        let mut pcrs = Vec::new();
        for (byte, bits) in (0u8..).zip(bitmap) {
            for bit in (0u8..8).filter(|bit| bits & (1 << bit) != 0) {
                let index = byte.saturating_mul(8).saturating_add(bit);
                pcrs.push(PcrIndex::try_from(index).map_err(|e| reader.error(e.to_string()))?);
            }
        }
        selection.push(BankSelection { bank, pcrs });
    }
    Ok(selection)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote() -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend(GENERATED.to_be_bytes());
        bytes.extend(ATTEST_QUOTE.to_be_bytes());
        bytes.extend([0, 0, 0, 2, 7, 7]);
        bytes.extend([0; 8]);
        bytes.extend([0, 0, 0, 1, 0, 0, 0, 2, 1]);
        bytes.extend([0; 8]);
        bytes.extend([0, 0, 0, 1, 0, 0x0B, 3, 0x81, 0, 0x80, 0, 1, 9]);
        bytes
    }

    #[test]
    fn a_quote_is_read_whole() {
        let Attestation::Quote(info) = Attestation::parse(&quote()).unwrap() else { panic!() };
        assert_eq!(info.extra_data, [7, 7]);
        assert_eq!((info.clock.reset_count, info.clock.restart_count), (1, 2));
        let pcrs: Vec<u8> = info.selection[0].pcrs.iter().map(|&pcr| pcr.into()).collect();
        assert_eq!(pcrs, [0, 7, 23]);
    }

    #[test]
    fn bytes_after_the_end_a_wrong_flag_and_a_fourth_register_byte_are_refused() {
        let mut long = quote();
        long.push(0);
        assert!(Attestation::parse(&long).unwrap_err().problem.contains("follow the end"));
        let mut flag = quote();
        flag[28] = 2;
        assert!(Attestation::parse(&flag).unwrap_err().problem.contains("safe is 2"));
        let mut wide = quote();
        wide[43] = 4;
        wide.insert(47, 1);
        assert!(Attestation::parse(&wide).unwrap_err().problem.contains("above 23"));
    }

    #[test]
    fn what_no_quote_is_says_what_it_is() {
        let mut foreign = quote();
        foreign[0] = 0;
        assert!(matches!(Attestation::parse(&foreign), Ok(Attestation::Foreign { .. })));
        let mut certify = quote();
        certify[5] = 0x17;
        assert_eq!(Attestation::parse(&certify), Ok(Attestation::Other { kind: 0x8017 }));
    }
}
