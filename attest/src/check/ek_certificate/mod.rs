//! Group C: the TPM is a genuine one.

mod chain;
mod profile;

use std::ops::RangeInclusive;
use std::sync::{Arc, Weak};

use trustboard_model::check::CheckId;
use trustboard_model::digest::Sha256;
use trustboard_model::facts::HostFacts;
use trustboard_model::reason::{Reason, ReasonCode};
use trustboard_model::time::Timestamp;

use self::chain::{chain_refused, revocation, validity};
use self::profile::{MakerProblem, describe_usage, maker, profile, tpm_name, usage, wrong_key};
use super::RecordedKeys;
use crate::endorsement::{Chain, EkCertificate};
use crate::input::RecordedIdentity;
use crate::memory::Heavy;
use crate::moment::Moment;
use crate::verdict::{Findings, Ledger};
use crate::{Makers, Memory, hash};

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

/// What a certificate on record says and rests on, at these moments and below these makers.
#[derive(Debug)]
pub(crate) struct Endorsed {
    makers: Weak<Makers>,
    holds: RangeInclusive<Timestamp>,
    findings: Findings,
}

impl Endorsed {
    pub(crate) fn new(makers: &Arc<Makers>, moment: Moment, findings: Findings) -> Self {
        Self { makers: Arc::downgrade(makers), holds: moment.holds(), findings }
    }

    fn holds(&self, makers: &Arc<Makers>, now: Timestamp) -> bool {
        std::ptr::eq(self.makers.as_ptr(), Arc::as_ptr(makers)) && self.holds.contains(&now)
    }
}

impl Heavy for Endorsed {
    fn bytes(&self) -> u64 {
        (size_of::<Self>() + self.findings.bytes()) as u64
    }
}

/// Checks the certificate on record, unless `memory` knows what comes of it.
pub(crate) fn ek_certificate(
    identity: &RecordedIdentity,
    keys: &RecordedKeys,
    facts: Option<&HostFacts>,
    makers: &Arc<Makers>,
    now: Timestamp,
    memory: &Memory,
    ledger: &mut Ledger,
) {
    let key = memory.is_there().then(|| key(identity, facts, makers));
    if let Some(known) = key.as_ref().and_then(|key| memory.endorsed(key))
        && known.holds(makers, now)
    {
        ledger.enter(&known.findings);
        return;
    }
    let (mut moment, mut found) = (Moment::at(now), Ledger::default());
    recorded(identity, keys, facts, makers, &mut moment, &mut found);
    let findings = found.into_findings();
    ledger.enter(&findings);
    if let Some(key) = key.filter(|_| findings.are_good()) {
        memory.remember_endorsed(key, Endorsed::new(makers, moment, findings));
    }
}

/// Everything that the findings depend on beside the moment. The makers stand in it by their
/// address, which is theirs for as long as anybody remembers it: see [`Endorsed`].
fn key(identity: &RecordedIdentity, facts: Option<&HostFacts>, makers: &Arc<Makers>) -> Sha256 {
    let RecordedIdentity { tpm, approved_by_operator, .. } = identity;
    let reported = facts.and_then(|facts| facts.tpm.as_ref()).map(|tpm| &tpm.manufacturer[..]);
    let certificate = tpm.ek_certificate.as_ref().map(|bytes| &bytes[..]);
    // Each part by its own digest, so that none can be taken for the end of another.
    let part = |part: Option<&[u8]>| match part {
        Some(bytes) => hash::sha256(&[&[1], bytes]).0,
        None => [0; 32],
    };
    hash::sha256(&[
        b"endorsed",
        &(Arc::as_ptr(makers) as usize).to_be_bytes(),
        &[u8::from(*approved_by_operator)],
        &part(certificate),
        &part(Some(&tpm.ek_public)),
        &part(reported.map(str::as_bytes)),
    ])
}

/// An operator's approval of the EK stands for what a
/// certificate would prove (C22): then refusals of it become "not applicable", except for one
/// that certifies another key.
fn recorded(
    identity: &RecordedIdentity,
    keys: &RecordedKeys,
    facts: Option<&HostFacts>,
    makers: &Makers,
    now: &mut Moment,
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
    let now = &mut Moment::at(now);
    certified(certificate, None, None, makers, now, false, &mut refuse, ledger);
}

#[expect(clippy::too_many_arguments, reason = "each is one of the things that a check looks at")]
fn certified(
    certificate: &EkCertificate,
    keys: Option<&RecordedKeys>,
    facts: Option<&HostFacts>,
    makers: &Makers,
    now: &mut Moment,
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
