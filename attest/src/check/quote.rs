//! Group D: the TPM signed these PCR values.

use trustboard_model::bytes::to_hex;
use trustboard_model::check::CheckId;
use trustboard_model::digest::HashAlg;
use trustboard_model::facts::HostFacts;
use trustboard_model::pcr::PcrIndex;
use trustboard_model::policy::Policy;
use trustboard_model::protocol::Quoted;
use trustboard_model::reason::{Reason, ReasonCode};

use super::RecordedKeys;
use crate::hash::is_strong;
use crate::input::Challenge;
use crate::tpm::{
    Attestation, BankSelection, BindingRefusal, PcrRefusal, Public, Quote, QuotedPcrs, Signature,
    SignatureRefusal, SignedQuote, VerifiedQuote, describe, ranges,
};
use crate::verdict::Ledger;

/// D23 to D26 and A2: form, signature by the AK on record, binding. The content is read only when
/// all of it held.
pub(crate) fn verified_quote(
    quoted: &Quoted,
    claims: &[u8],
    keys: &RecordedKeys,
    challenge: &Challenge,
    ledger: &mut Ledger,
) -> Option<VerifiedQuote> {
    let quote = Quote::parse(&quoted.attest)
        .map_err(|error| ledger.malformed(CheckId::QuoteStructure, &error));
    let signature = Signature::parse(&quoted.signature)
        .map_err(|error| ledger.malformed(CheckId::QuoteSignature, &error));
    let (Ok(quote), Ok(signature)) = (quote, signature) else { return None };
    let signed = signed_quote(quote, &signature, &keys.ak, ledger)?;
    match signed.bind(&challenge.nonce, claims) {
        Ok(verified) => Some(verified),
        Err(BindingRefusal::Empty) => {
            ledger.refuse(
                Reason::new(ReasonCode::NonceEmpty)
                    .at("extraData")
                    .expected("the binding of this challenge, 32 bytes")
                    .found("nothing"),
            );
            None
        }
        Err(BindingRefusal::Mismatch { expected, found }) => {
            ledger.refuse(
                Reason::new(ReasonCode::NonceMismatch)
                    .at("extraData")
                    .expected(to_hex(&expected))
                    .found(to_hex(&found)),
            );
            None
        }
    }
}

/// D23 to D26: form, and signature by this key.
pub(crate) fn signed_quote(
    quote: Quote<'_>,
    signature: &Signature,
    ak: &Public,
    ledger: &mut Ledger,
) -> Option<SignedQuote> {
    form(&quote, ledger);
    match quote.verify(ak, signature) {
        Ok(signed) => {
            let how = format!("{}, {}", signature.scheme().describe(), ak.describe_key());
            ledger.pass(CheckId::QuoteSignature, how);
            signed
        }
        Err(SignatureRefusal::Invalid) => {
            ledger.refuse(
                Reason::new(ReasonCode::QuoteSignatureInvalid)
                    .expected("a signature by the AK on record")
                    .found("one that does not verify"),
            );
            None
        }
        Err(SignatureRefusal::Scheme { .. }) if ledger.refused(CheckId::AkScheme) => {
            ledger.skip(CheckId::QuoteSignature, "the AK's own scheme is not accepted");
            None
        }
        Err(SignatureRefusal::Scheme { key, signature }) => {
            ledger.refuse(
                Reason::new(ReasonCode::QuoteSignatureScheme)
                    .expected(key.describe())
                    .found(signature.describe()),
            );
            None
        }
    }
}

/// D23, D24
fn form(quote: &Quote<'_>, ledger: &mut Ledger) {
    match quote.form() {
        Attestation::Foreign { magic } => {
            ledger.refuse(
                Reason::new(ReasonCode::QuoteNotFromTpm)
                    .at("magic")
                    .expected("0xff544347")
                    .found(format!("{magic:#010x}")),
            );
            ledger.skip(CheckId::QuoteType, "no TPM made it");
        }
        Attestation::Other { kind } => {
            ledger.pass(CheckId::QuoteStructure, "made by a TPM");
            ledger.refuse(
                Reason::new(ReasonCode::QuoteWrongType)
                    .at("type")
                    .expected("TPM_ST_ATTEST_QUOTE (0x8018)")
                    .found(format!("{kind:#06x}")),
            );
        }
        Attestation::Quote(_) => {
            ledger.pass(CheckId::QuoteStructure, "TPMS_ATTEST, read whole");
            ledger.pass(CheckId::QuoteType, "TPM_ST_ATTEST_QUOTE");
        }
    }
}

/// D27 to D30: what was quoted, and whether the values sent are the quoted ones.
pub(crate) fn contents(
    quote: &VerifiedQuote,
    quoted: &Quoted,
    facts: &HostFacts,
    policy: &Policy,
    ledger: &mut Ledger,
) -> Option<QuotedPcrs> {
    selection(quote, quoted, facts, ledger);
    match QuotedPcrs::confirm(quote, &quoted.pcrs) {
        Ok(pcrs) => {
            ledger.pass(CheckId::QuoteDigest, format!("{} over the values sent", quote.hash()));
            mandatory(&pcrs, policy, ledger);
            unextended(&pcrs, &quote.info().selection, ledger);
            Some(pcrs)
        }
        Err(PcrRefusal::Selection { quoted, sent }) => {
            ledger.refuse(
                Reason::new(ReasonCode::QuoteSelectionMismatch)
                    .at("PCR values")
                    .expected(quoted)
                    .found(sent),
            );
            None
        }
        Err(PcrRefusal::Digest { quoted, computed }) => {
            ledger.refuse(
                Reason::new(ReasonCode::QuoteDigestMismatch)
                    .at("pcrDigest")
                    .expected(quoted)
                    .found(computed),
            );
            None
        }
    }
}

/// D27: all 24 PCRs of every active bank were asked for. A bank that is quoted without registers
/// is proven inactive, and must not be called active.
fn selection(quote: &VerifiedQuote, quoted: &Quoted, facts: &HostFacts, ledger: &mut Ledger) {
    let Some(tpm) = &facts.tpm else {
        ledger.skip(CheckId::QuoteSelection, "the host does not say which banks are active");
        return;
    };
    let selected: Vec<_> =
        quote.info().selection.iter().filter(|bank| !bank.pcrs.is_empty()).collect();
    let all: Vec<PcrIndex> = PcrIndex::all().collect();
    let mut banks: Vec<HashAlg> = selected.iter().filter_map(|bank| bank.alg()).collect();
    banks.sort_unstable();
    let mut active = tpm.active_banks.clone();
    active.sort_unstable();
    let whole = selected.iter().all(|bank| bank.pcrs == all);
    let exact = !banks.is_empty() && banks.len() == selected.len() && banks == active;
    let found = describe(selected.iter().map(|bank| (bank.alg(), &bank.pcrs[..])));
    if whole && exact && banks == quoted.banks {
        ledger.pass(CheckId::QuoteSelection, found);
    } else {
        ledger.refuse(
            Reason::new(ReasonCode::QuoteSelectionMismatch)
                .at("pcrSelect")
                .expected(describe(active.iter().map(|bank| (Some(*bank), &all[..]))))
                .found(found),
        );
    }
}

/// D29
fn mandatory(pcrs: &QuotedPcrs, policy: &Policy, ledger: &mut Ledger) {
    let missing: Vec<PcrIndex> = policy
        .mandatory_pcrs
        .iter()
        .copied()
        .filter(|pcr| !pcrs.banks().any(|bank| is_strong(bank) && pcrs.value(bank, *pcr).is_some()))
        .collect();
    if policy.mandatory_pcrs.is_empty() {
        ledger.not_applicable(CheckId::QuoteMandatory, "the policy names none");
    } else if missing.is_empty() {
        ledger.pass(CheckId::QuoteMandatory, format!("PCRs {}", ranges(&policy.mandatory_pcrs)));
    } else {
        ledger.refuse(
            Reason::new(ReasonCode::MandatoryPcrsMissing)
                .expected(format!("PCRs {} in SHA-256 or stronger", ranges(&policy.mandatory_pcrs)))
                .found(format!("PCRs {} are not quoted there", ranges(&missing)))
                .with("pcrs", ranges(&missing)),
        );
    }
}

/// D30: PCRs 0 to 7 of an active bank still have their reset values: the firmware did not measure
/// into it, so software can extend it to whatever it likes (CVE-2021-42299).
fn unextended(pcrs: &QuotedPcrs, selection: &[BankSelection], ledger: &mut Ledger) {
    let untouched = pcrs.banks().find(|bank| {
        let mut firmware = pcrs.bank(*bank).filter(|(pcr, _)| pcr.as_usize() < 8).peekable();
        firmware.peek().is_some() && firmware.all(|(pcr, value)| is_reset(pcr, value.as_bytes()))
    });
    match untouched {
        None => {
            let banks: Vec<_> = pcrs.banks().map(HashAlg::name).collect();
            let unproven = unproven_banks(selection);
            ledger.pass(CheckId::UnextendedBank, format!("{}{unproven}", banks.join(", ")));
        }
        Some(bank) => ledger.refuse(
            Reason::new(ReasonCode::BankUnextended)
                .at(format!("{bank} bank"))
                .expected("PCRs 0-7 extended by the firmware")
                .found("PCRs 0-7 at their reset values")
                .with("bank", bank),
        ),
    }
}

/// Banks that the quote says nothing about. One that is quoted without registers is proven
/// inactive; one that is not quoted at all is so only by the host's word.
fn unproven_banks(selection: &[BankSelection]) -> String {
    let missing: Vec<_> = [HashAlg::Sha1, HashAlg::Sha256, HashAlg::Sha384]
        .into_iter()
        .filter(|bank| !selection.iter().any(|selected| selected.alg() == Some(*bank)))
        .map(HashAlg::name)
        .collect();
    if missing.is_empty() {
        String::new()
    } else {
        format!("; by the host's word alone inactive: {}", missing.join(", "))
    }
}

/// Whether a register was never extended. PCR 0 starts at the number of the startup locality.
pub(super) fn is_reset(pcr: PcrIndex, value: &[u8]) -> bool {
    let reset = pcr.reset_byte();
    match value.split_last() {
        Some((last, rest)) => {
            let last_is_reset = *last == reset || (pcr.as_usize() == 0 && [3, 4].contains(last));
            last_is_reset && rest.iter().all(|&byte| byte == reset)
        }
        None => true,
    }
}
