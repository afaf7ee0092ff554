//! Groups A and B: the TPM is the one on record.

use trustboard_model::bytes::Bytes;
use trustboard_model::check::CheckId;
use trustboard_model::protocol::{Quoted, TpmIdentity};
use trustboard_model::reason::{Reason, ReasonCode};

use crate::input::{Input, Proof, RecordedIdentity};
use crate::tpm::Public;
use crate::verdict::Ledger;
use crate::{Error, hash};

/// The keys on record. Nothing else verifies evidence (A5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RecordedKeys {
    pub ek: Public,
    pub ak: Public,
}

impl RecordedKeys {
    pub(crate) fn parse(tpm: &TpmIdentity) -> Result<Self, Error> {
        let ek = Public::parse("EK public area", &tpm.ek_public)?;
        let ak = Public::parse("AK public area", &tpm.ak_public)?;
        Ok(Self { ek, ak })
    }
}

/// Compares who the TPM says it is with the record. Gives the keys on record.
pub(crate) fn identity(
    input: &Input<'_>,
    quoted: &Quoted,
    ledger: &mut Ledger,
) -> Option<RecordedKeys> {
    const NONE: &str = "no identity on record";
    let Some(recorded) = input.identity else {
        ledger.refuse(no_cached_identity(input, quoted));
        for check in [
            CheckId::EkMatches,
            CheckId::AkMatches,
            CheckId::IdentityProven,
            CheckId::IdentityUnique,
            CheckId::EkEndorsed,
        ] {
            ledger.skip(check, NONE);
        }
        return None;
    };
    ledger.pass(CheckId::IdentityOnRecord, format!("EK {}", fingerprint(&recorded.tpm.ek_public)));
    compare_ek(input, recorded, ledger);
    compare_ak(input, recorded, quoted, ledger);
    match &input.session.proof {
        Proof::Proven => {
            ledger.pass(CheckId::IdentityProven, "the TPM unwrapped a credential in this session");
        }
        Proof::NotAsked => ledger.skip(
            CheckId::IdentityProven,
            "the TPM was not asked: it presented other keys than those on record",
        ),
        Proof::Failed { problem } => {
            ledger.refuse(Reason::new(ReasonCode::IdentityNotProven).found(problem));
        }
    }
    match &recorded.duplicate_of {
        None => ledger.pass(CheckId::IdentityUnique, "no other host has these keys"),
        Some(other) => ledger.refuse(
            Reason::new(ReasonCode::IdentityDuplicate)
                .expected("keys that no other host has")
                .found(format!("the keys of {other}"))
                .with("other_host", other),
        ),
    }
    match (&recorded.tpm.ek_certificate, recorded.approved_by_operator) {
        (Some(_), false) => ledger.pass(CheckId::EkEndorsed, "by an EK certificate"),
        (_, true) => ledger.pass(
            CheckId::EkEndorsed,
            "by an operator, who approved the EK by its hash: weaker than a maker's certificate",
        ),
        (None, false) => ledger.refuse(
            Reason::new(ReasonCode::EkNotEndorsed)
                .expected("an EK certificate, or an operator's approval of the EK")
                .found("neither")
                .with("ek", hash::sha256(&[&recorded.tpm.ek_public])),
        ),
    }
    match RecordedKeys::parse(&recorded.tpm) {
        Ok(keys) => Some(keys),
        Err(error) => {
            ledger.malformed(CheckId::EkTemplate, &error);
            None
        }
    }
}

fn no_cached_identity(input: &Input<'_>, quoted: &Quoted) -> Reason {
    let ak = format!("a TPM with AK {}", fingerprint(&quoted.ak_public));
    let found = match &input.session.presented {
        Some(tpm) => format!("a TPM with EK {}", fingerprint(&tpm.ek_public)),
        None => ak,
    };
    Reason::new(ReasonCode::NoCachedIdentity).expected("an identity on record").found(found)
}

fn compare_ek(input: &Input<'_>, recorded: &RecordedIdentity, ledger: &mut Ledger) {
    match &input.session.presented {
        None => ledger.skip(CheckId::EkMatches, "the TPM did not present its keys in this session"),
        Some(presented) if presented.ek_public == recorded.tpm.ek_public => {
            ledger.pass(CheckId::EkMatches, fingerprint(&presented.ek_public));
        }
        Some(presented) => ledger.refuse(
            Reason::new(ReasonCode::EkMismatch)
                .expected(fingerprint(&recorded.tpm.ek_public))
                .found(fingerprint(&presented.ek_public)),
        ),
    }
}

fn compare_ak(
    input: &Input<'_>,
    recorded: &RecordedIdentity,
    quoted: &Quoted,
    ledger: &mut Ledger,
) {
    if ledger.refused(CheckId::EkMatches) {
        // Another EK has other AKs: one reason says it all.
        ledger.skip(CheckId::AkMatches, "the EK is another one");
        return;
    }
    let Some(presented) = &input.session.presented else {
        ledger.skip(CheckId::AkMatches, "the TPM did not present its keys in this session");
        return;
    };
    let on_record = &recorded.tpm.ak_public;
    match [&presented.ak_public, &quoted.ak_public].into_iter().find(|ak| *ak != on_record) {
        None => ledger.pass(CheckId::AkMatches, fingerprint(on_record)),
        Some(other) => ledger.refuse(
            Reason::new(ReasonCode::AkMismatch)
                .expected(fingerprint(on_record))
                .found(fingerprint(other)),
        ),
    }
}

/// SHA-256 of a public area, as operators approve keys by.
fn fingerprint(public: &Bytes) -> String {
    hash::sha256(&[public]).to_string()
}
