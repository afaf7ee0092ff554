//! TPM2_Quote (P3 18.4) over every PCR of every active bank, and over the usual banks that are
//! not active: a bank that is quoted without registers is proven to be inactive.

use trustboard_model::digest::HashAlg;
use trustboard_model::pcr::{PcrBankValues, PcrIndex};
use trustboard_model::protocol::Quoted;
use tss_esapi::structures::{Attest, AttestInfo, Data, SignatureScheme};
use tss_esapi::traits::{Marshall as _, UnMarshall as _};

use super::error::{Doing as _, TpmError};
use super::pcr::selection_list;
use super::{AkBlob, Tpm};
use crate::hash::sha256;

/// How often a quote is tried again because a PCR changed between it and the reading of values.
/// PCR 10 changes with every file that IMA measures for the first time.
const ATTEMPTS: u32 = 8;

impl Tpm {
    /// Quotes all 24 PCRs of every active bank, ascending, with `qualifying` as extraData, and
    /// reads the values that the quote is over.
    pub fn quote(&mut self, ak: &AkBlob, qualifying: &[u8; 32]) -> Result<Quoted, TpmError> {
        let banks = self.active_banks()?;
        if banks.is_empty() {
            return Err(TpmError::NoActiveBank);
        }
        let mut asked = banks.clone();
        asked.extend(self.inactive_banks(&banks));
        asked.sort_unstable();
        match self.quote_banks(ak, qualifying, &banks, &asked) {
            // Some TPMs refuse to be asked for a bank that they could have, but do not.
            Err(_) if asked != banks => self.quote_banks(ak, qualifying, &banks, &banks),
            result => result,
        }
    }

    fn quote_banks(
        &mut self,
        ak: &AkBlob,
        qualifying: &[u8; 32],
        banks: &[HashAlg],
        asked: &[HashAlg],
    ) -> Result<Quoted, TpmError> {
        self.with_ak(ak, |tpm, key| {
            let all: Vec<PcrIndex> = PcrIndex::all().collect();
            until_consistent(|| {
                let selection = selection_list(asked.iter().map(|bank| (*bank, &all[..])))?;
                let (attest, signature) = tpm
                    .with_password(|context| {
                        let data = Data::try_from(qualifying.as_slice())?;
                        context.quote(key, data, SignatureScheme::Null, selection)
                    })
                    .doing("TPM2_Quote")?;
                let AttestInfo::Quote { info } = attest.attested() else {
                    return Err(TpmError::Unexpected("no quote in answer to TPM2_Quote".into()));
                };
                let pcrs = tpm.read_pcrs(banks)?;
                if pcr_digest(&pcrs) != info.pcr_digest().value() {
                    return Ok(None);
                }
                quoted(ak, banks, pcrs, &attest, &signature).map(Some)
            })
        })
    }
}

/// Tries until quote and values belong together, but not for ever.
fn until_consistent<T>(
    mut attempt: impl FnMut() -> Result<Option<T>, TpmError>,
) -> Result<T, TpmError> {
    for _ in 0..ATTEMPTS {
        if let Some(value) = attempt()? {
            return Ok(value);
        }
    }
    Err(TpmError::PcrsKeepChanging { attempts: ATTEMPTS })
}

/// What is sent. The library hands out parsed structures and marshals them again: TPM marshalling
/// is canonical (P2 4.2), so these are the bytes that the TPM signed.
fn quoted(
    ak: &AkBlob,
    banks: &[HashAlg],
    pcrs: Vec<PcrBankValues>,
    attest: &Attest,
    signature: &tss_esapi::structures::Signature,
) -> Result<Quoted, TpmError> {
    Ok(Quoted {
        ak_public: ak.public.clone(),
        attest: attest.marshall().doing("marshalling the quote")?.into(),
        signature: signature.marshall().doing("marshalling the signature")?.into(),
        banks: banks.to_vec(),
        pcrs,
    })
}

/// `resetCount` of a quote that this TPM made; nothing but a number to compare with another one
/// of the same key (P1 36.7).
pub fn quoted_reset_count(quoted: &Quoted) -> u32 {
    Attest::unmarshall(&quoted.attest).map_or(0, |attest| attest.clock_info().reset_count())
}

/// The digest in a quote: a hash of the AK's scheme, SHA-256 for every AK that the agent makes,
/// over all values in the order of the selection (P3 18.4).
fn pcr_digest(pcrs: &[PcrBankValues]) -> [u8; 32] {
    let values: Vec<u8> = pcrs
        .iter()
        .flat_map(|bank| bank.values.iter().flat_map(|(_, value)| value.as_bytes()))
        .copied()
        .collect();
    sha256(&values).0
}

#[cfg(test)]
mod tests {
    use trustboard_model::digest::Digest;

    use super::*;

    #[test]
    fn a_race_is_tried_again_but_not_for_ever() {
        let mut calls = 0;
        let third = until_consistent(|| {
            calls += 1;
            Ok((calls == 3).then_some("consistent"))
        });
        assert_eq!((third.unwrap(), calls), ("consistent", 3));

        let mut calls = 0;
        let never = until_consistent::<()>(|| {
            calls += 1;
            Ok(None)
        });
        assert!(matches!(never, Err(TpmError::PcrsKeepChanging { attempts: ATTEMPTS })));
        assert_eq!(calls, ATTEMPTS);

        let broken = until_consistent::<()>(|| Err(TpmError::NoActiveBank));
        assert!(matches!(broken, Err(TpmError::NoActiveBank)));
    }

    #[test]
    fn the_digest_is_over_all_values_in_order() {
        let bank = |bank, byte| PcrBankValues {
            bank,
            values: PcrIndex::all().map(|pcr| (pcr, Digest::filled(bank, byte))).collect(),
        };
        let banks = [bank(HashAlg::Sha1, 1), bank(HashAlg::Sha256, 2)];
        assert_eq!(pcr_digest(&banks), sha256(&[vec![1; 480], vec![2; 768]].concat()).0);
    }
}
