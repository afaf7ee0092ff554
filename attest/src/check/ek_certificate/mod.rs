//! Group C: the TPM is a genuine one.

mod chain;
mod profile;

use trustboard_model::check::CheckId;
use trustboard_model::facts::HostFacts;
use trustboard_model::reason::{Reason, ReasonCode};
use trustboard_model::time::Timestamp;

use self::chain::{chain_refused, revocation, validity};
use self::profile::{MakerProblem, describe_usage, maker, profile, tpm_name, usage, wrong_key};
use super::RecordedKeys;
use crate::Makers;
use crate::endorsement::{Chain, EkCertificate};
use crate::input::RecordedIdentity;
use crate::verdict::Ledger;

/// Everything that says something about the certificate; without one nothing applies.
const CHECKS: [CheckId; 8] = [
    CheckId::EkCertificateEncoding,
    CheckId::EkCertificateChain,
    CheckId::EkCertificateValidity,
    CheckId::EkCertificateProfile,
    CheckId::EkCertificateName,
    CheckId::EkCertificateMaker,
    CheckId::EkCertificateUsage,
    CheckId::EkCertificateRevocation,
];

/// Checks the certificate on record. An operator's approval of the EK stands for what a
/// certificate would prove (C22): then refusals of it become "not applicable", except for one
/// that certifies another key.
pub(crate) fn ek_certificate(
    identity: &RecordedIdentity,
    keys: &RecordedKeys,
    facts: Option<&HostFacts>,
    makers: &Makers,
    now: Timestamp,
    ledger: &mut Ledger,
) {
    let Some(bytes) = &identity.tpm.ek_certificate else {
        ledger.not_applicable(CheckId::EkCertificateKey, "the TPM has no EK certificate");
        for check in CHECKS {
            ledger.not_applicable(check, "the TPM has no EK certificate");
        }
        return;
    };
    let approved = identity.approved_by_operator;
    let mut refuse = |ledger: &mut Ledger, reason: Reason| {
        if approved && CHECKS.contains(&reason.code.check()) {
            let why = format!("{}, but an operator approved this EK by its hash", reason.code);
            ledger.not_applicable(reason.code.check(), why);
        } else {
            ledger.refuse(reason);
        }
    };
    let certificate = match EkCertificate::parse(bytes) {
        Ok(certificate) => certificate,
        Err(error) => {
            refuse(
                ledger,
                Reason::new(ReasonCode::EkCertificateMalformed)
                    .expected("one X.509 certificate")
                    .found(error.problem),
            );
            for check in CHECKS.into_iter().chain([CheckId::EkCertificateKey]) {
                if approved {
                    ledger.not_applicable(check, "the EK certificate cannot be read");
                } else {
                    ledger.skip(check, "the EK certificate cannot be read");
                }
            }
            return;
        }
    };
    certified(&certificate, Some(keys), facts, makers, now, approved, &mut refuse, ledger);
}

/// Checks a certificate by itself: the TPM that it was made for is not at hand.
pub(crate) fn ek_certificate_alone(
    certificate: &EkCertificate,
    makers: &Makers,
    now: Timestamp,
    ledger: &mut Ledger,
) {
    let mut refuse = |ledger: &mut Ledger, reason| ledger.refuse(reason);
    certified(certificate, None, None, makers, now, false, &mut refuse, ledger);
}

#[expect(clippy::too_many_arguments, reason = "each is one of the things that a check looks at")]
fn certified(
    certificate: &EkCertificate,
    keys: Option<&RecordedKeys>,
    facts: Option<&HostFacts>,
    makers: &Makers,
    now: Timestamp,
    approved: bool,
    mut refuse: &mut impl FnMut(&mut Ledger, Reason),
    ledger: &mut Ledger,
) {
    let repairs: Vec<String> = certificate.repairs().iter().map(ToString::to_string).collect();
    let repairs = if repairs.is_empty() { "DER".to_owned() } else { repairs.join(", ") };
    ledger.pass(CheckId::EkCertificateEncoding, repairs);
    let certificate = certificate.certificate();
    for reason in [
        keys.and_then(|keys| wrong_key(certificate, keys)),
        profile(certificate),
        tpm_name(certificate),
        usage(certificate),
    ]
    .into_iter()
    .flatten()
    {
        refuse(ledger, reason);
    }
    if keys.is_some() {
        ledger.pass(CheckId::EkCertificateKey, certificate.key.describe());
    } else {
        ledger.skip(CheckId::EkCertificateKey, "the TPM is not at hand");
    }
    ledger.pass(
        CheckId::EkCertificateProfile,
        format!("version 3, serial number {}", certificate.serial_text()),
    );
    if let Some(name) = certificate.extensions.tpm_name() {
        let maker = name.manufacturer_text().unwrap_or_else(|| name.manufacturer.clone());
        let text = format!("{maker}, model {}, version {}", name.model, name.version);
        ledger.pass(CheckId::EkCertificateName, text);
    }
    ledger.pass(CheckId::EkCertificateUsage, describe_usage(certificate));
    match maker(certificate, facts) {
        Ok(seen) => ledger.pass(CheckId::EkCertificateMaker, seen),
        Err(MakerProblem::Unknown(why)) => ledger.skip(CheckId::EkCertificateMaker, why),
        Err(MakerProblem::Other(reason)) => refuse(ledger, *reason),
    }
    match Chain::build(certificate, makers) {
        Ok(chain) => {
            let names: Vec<String> =
                chain.issuers().iter().map(|issuer| issuer.subject.to_string()).collect();
            let legacy =
                if chain.rests_on_sha1() { "; with SHA-1, as old makers signed" } else { "" };
            ledger.pass(CheckId::EkCertificateChain, format!("{}{legacy}", names.join(" < ")));
            match validity(&chain, now) {
                Some(reason) => refuse(ledger, reason),
                None => ledger.pass(
                    CheckId::EkCertificateValidity,
                    format!("until {}", certificate.not_after),
                ),
            }
            revocation(&chain, makers, now, &mut refuse, ledger);
        }
        Err(refusal) => {
            refuse(ledger, chain_refused(certificate, refusal));
            for check in [CheckId::EkCertificateValidity, CheckId::EkCertificateRevocation] {
                if approved {
                    ledger.not_applicable(check, "no chain, but an operator approved this EK");
                } else {
                    ledger.skip(check, "no chain to a maker's root");
                }
            }
        }
    }
}
