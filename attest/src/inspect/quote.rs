//! A quote with its signature, the key that made it, and what else is at hand.

use trustboard_model::bytes::to_hex;
use trustboard_model::check::{CheckId, Outcome};
use trustboard_model::pcr::PcrBankValues;
use trustboard_model::reason::{Reason, ReasonCode};

use super::key::{AttestationKey, read_attestation_key};
use crate::Error;
use crate::check;
use crate::tpm::{
    Attestation, BindingRefusal, PcrRefusal, Quote, QuoteInfo, QuotedPcrs, Signature, SignedQuote,
};
use crate::verdict::Ledger;

/// A quote in its parts, as files of other tools hold them.
#[derive(Debug, Clone, Copy)]
pub struct QuoteParts<'a> {
    /// TPMS_ATTEST, or TPM2B_ATTEST around it.
    pub attest: &'a [u8],
    /// TPMT_SIGNATURE.
    pub signature: &'a [u8],
    /// The key: see [`read_attestation_key`].
    pub key: &'a [u8],
    /// PCR values; those that were not quoted are left aside.
    pub pcrs: Option<&'a [PcrBankValues]>,
    /// What extraData must be. For a quote made for Trustboard that is the binding of
    /// `docs/protocol.md`, not the nonce itself.
    pub extra_data: Option<&'a [u8]>,
}

/// What a quote proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteInspection {
    /// The checks that apply, in the order of `CheckId::ALL`.
    pub checks: Vec<(CheckId, Outcome)>,
    /// The key, in words.
    pub key: String,
    /// The content; nothing if the signature does not verify or it is no quote.
    pub info: Option<QuoteInfo>,
}

/// Looks at a quote. An error says that a part cannot be read.
pub fn inspect_quote(parts: &QuoteParts<'_>) -> Result<QuoteInspection, Error> {
    let mut ledger = Ledger::default();
    let quote = Quote::parse(without_size(parts.attest))?;
    let signature = Signature::parse(parts.signature)?;
    let key = read_attestation_key(parts.key, &signature)?;
    let described = key.public().describe_key();
    match &key {
        AttestationKey::Tpm(public) => check::ak(public, &mut ledger),
        AttestationKey::Bare(_) => {
            let why = "the file holds the bare key, which says nothing of its attributes";
            for of_the_area in [CheckId::AkAttributes, CheckId::AkScheme, CheckId::AkName] {
                ledger.skip(of_the_area, why);
            }
        }
    }
    let kind = quote.form().clone();
    let signed = check::signed_quote(quote, &signature, key.public(), &mut ledger);
    let info = signed.as_ref().map(|signed| signed.insecure_unbound_info().clone());
    if let Some(signed) = signed {
        contents(signed, parts, &mut ledger);
    } else {
        let why = match kind {
            Attestation::Quote(_) => "the signature does not verify",
            Attestation::Other { .. } | Attestation::Foreign { .. } => "it is not a quote",
        };
        for of_the_content in [CheckId::NonceBinding, CheckId::QuoteDigest] {
            ledger.skip(of_the_content, why);
        }
    }
    Ok(QuoteInspection { checks: ledger.into_outcomes(), key: described, info })
}

fn contents(signed: SignedQuote, parts: &QuoteParts<'_>, ledger: &mut Ledger) {
    let found = signed.insecure_unbound_info().extra_data.clone();
    let expected = parts.extra_data.unwrap_or(&found);
    let verified = match signed.insecure_bind_raw(expected) {
        Ok(verified) => verified,
        Err(BindingRefusal::Empty) => {
            ledger.refuse(Reason::new(ReasonCode::NonceEmpty).at("extraData").found("nothing"));
            ledger.skip(CheckId::QuoteDigest, "the quote answers no challenge");
            return;
        }
        Err(BindingRefusal::Mismatch { expected, found }) => {
            ledger.refuse(
                Reason::new(ReasonCode::NonceMismatch)
                    .at("extraData")
                    .expected(to_hex(&expected))
                    .found(to_hex(&found)),
            );
            ledger.skip(CheckId::QuoteDigest, "the quote answers another challenge");
            return;
        }
    };
    if parts.extra_data.is_some() {
        ledger.pass(CheckId::NonceBinding, "extraData is the one given");
    } else {
        let why = format!("no nonce to compare with; extraData is {}", to_hex(&found));
        ledger.skip(CheckId::NonceBinding, why);
    }
    let Some(values) = parts.pcrs else {
        ledger.skip(CheckId::QuoteDigest, "no PCR values to compare with");
        return;
    };
    let quoted: Vec<PcrBankValues> = verified
        .info()
        .selection
        .iter()
        .filter_map(|selection| {
            let of_bank = values.iter().find(|values| Some(values.bank) == selection.alg())?;
            let is_quoted = |value: &&(_, _)| selection.pcrs.contains(&value.0);
            let values: Vec<_> = of_bank.values.iter().filter(is_quoted).cloned().collect();
            (!values.is_empty()).then_some(PcrBankValues { bank: of_bank.bank, values })
        })
        .collect();
    match QuotedPcrs::confirm(&verified, &quoted) {
        Ok(_) => ledger.pass(CheckId::QuoteDigest, format!("{} over the values", verified.hash())),
        Err(PcrRefusal::Selection { quoted, sent }) => ledger.refuse(
            Reason::new(ReasonCode::QuoteSelectionMismatch)
                .at("PCR values")
                .expected(quoted)
                .found(sent),
        ),
        Err(PcrRefusal::Digest { quoted, computed }) => ledger.refuse(
            Reason::new(ReasonCode::QuoteDigestMismatch)
                .at("pcrDigest")
                .expected(quoted)
                .found(computed),
        ),
    }
}

/// What a TPM2B of exactly this length holds, or the bytes as they are. No TPMS_ATTEST is read as
/// one by mistake: its first two bytes would be a size of 65,364.
fn without_size(bytes: &[u8]) -> &[u8] {
    match bytes {
        [high, low, rest @ ..] if usize::from(u16::from_be_bytes([*high, *low])) == rest.len() => {
            rest
        }
        other => other,
    }
}
