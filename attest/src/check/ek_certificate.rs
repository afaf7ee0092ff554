//! Group C: the TPM is a genuine one.

use trustboard_model::check::CheckId;
use trustboard_model::facts::HostFacts;
use trustboard_model::reason::{Reason, ReasonCode};
use trustboard_model::time::Timestamp;

use super::RecordedKeys;
use crate::Makers;
use crate::endorsement::{Certificate, Chain, ChainRefusal, EkCertificate, KeyUsage};
use crate::input::RecordedIdentity;
use crate::tpm::Key;
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
    let repairs: Vec<String> = certificate.repairs().iter().map(ToString::to_string).collect();
    let repairs = if repairs.is_empty() { "DER".to_owned() } else { repairs.join(", ") };
    ledger.pass(CheckId::EkCertificateEncoding, repairs);
    let certificate = certificate.certificate();
    for reason in [
        wrong_key(certificate, keys),
        profile(certificate),
        tpm_name(certificate),
        usage(certificate, &keys.ek),
    ]
    .into_iter()
    .flatten()
    {
        refuse(ledger, reason);
    }
    ledger.pass(CheckId::EkCertificateKey, certificate.key.describe());
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

/// B8
fn wrong_key(certificate: &Certificate, keys: &RecordedKeys) -> Option<Reason> {
    (!certificate.key.is_key_of(&keys.ek)).then(|| {
        Reason::new(ReasonCode::EkCertificateWrongKey)
            .expected(format!("the EK on record ({})", keys.ek.describe_key()))
            .found(format!("another key ({})", certificate.key.describe()))
    })
}

/// C15: version 3, a positive serial number, an issuer, not a CA, nothing critical that is not
/// understood.
fn profile(certificate: &Certificate) -> Option<Reason> {
    use crate::endorsement::SerialProblem::NotMinimal;
    let refuse = |expected: &str, found: String| {
        Some(Reason::new(ReasonCode::EkCertificateProfile).expected(expected).found(found))
    };
    if certificate.version != 3 {
        return refuse("version 3", format!("version {}", certificate.version));
    }
    if let Some(problem) = certificate.serial_problem().filter(|problem| *problem != NotMinimal) {
        return refuse("a positive serial number", problem.to_string());
    }
    if certificate.issuer.is_empty() {
        return refuse("an issuer", "an empty name".to_owned());
    }
    if certificate.extensions.basic_constraints.is_some_and(|constraints| constraints.ca) {
        return refuse("not a CA", "a CA".to_owned());
    }
    match &certificate.extensions.unknown_critical[..] {
        [] => None,
        [oid, ..] => refuse("no critical extension that is not understood", oid.clone()),
    }
}

/// C16: one directory name with manufacturer, model and version; critical if, and only if, the
/// subject is empty. Old certificates mark it critical beside a subject: harmless, accepted.
fn tpm_name(certificate: &Certificate) -> Option<Reason> {
    let refuse = |found: &str| {
        Some(
            Reason::new(ReasonCode::EkCertificateNoTpmName)
                .expected("subjectAltName with tpmManufacturer, tpmModel and tpmVersion")
                .found(found),
        )
    };
    let Some(alt_name) = &certificate.extensions.subject_alt_name else {
        return refuse("no subjectAltName");
    };
    if certificate.extensions.tpm_name().is_none() {
        return refuse("a subjectAltName without them");
    }
    if certificate.subject.is_empty() && !alt_name.critical {
        return refuse("a subjectAltName that is not critical beside an empty subject");
    }
    None
}

enum MakerProblem {
    Unknown(String),
    Other(Box<Reason>),
}

/// C17
fn maker(certificate: &Certificate, facts: Option<&HostFacts>) -> Result<String, MakerProblem> {
    /// Vendor ids that certificates write otherwise than the TPM does. swtpm's local CA writes
    /// IBM's PCI vendor id.
    const ALIASES: [(&str, &str); 1] = [("id:00001014", "IBM")];
    let unknown = |why: &str| Err(MakerProblem::Unknown(why.to_owned()));
    let Some(name) = certificate.extensions.tpm_name() else {
        return unknown("the certificate names no manufacturer");
    };
    let Some(tpm) = facts.and_then(|facts| facts.tpm.as_ref()) else {
        return unknown("the TPM's own words are not signed for this challenge");
    };
    let reported = tpm.manufacturer.trim_matches(['\0', ' ']);
    let alias = ALIASES.iter().find(|(id, _)| name.manufacturer.eq_ignore_ascii_case(id));
    let certified = match alias {
        Some((_, maker)) => Some((*maker).to_owned()),
        None => name.manufacturer_text(),
    };
    if certified.as_deref() == Some(reported) {
        return Ok(reported.to_owned());
    }
    Err(MakerProblem::Other(Box::new(
        Reason::new(ReasonCode::EkCertificateOtherMaker)
            .expected(format!("{reported}, as the TPM says"))
            .found(certified.unwrap_or(name.manufacturer)),
    )))
}

const EK_PURPOSE: &str = "2.23.133.8.1";

/// C18. A critical EKU and a missing key usage (old STMicroelectronics certificates) are
/// deviations that the default policy only warns of.
fn usage(certificate: &Certificate, ek: &crate::tpm::Public) -> Option<Reason> {
    let refuse = |expected: &str, found: String| {
        Some(Reason::new(ReasonCode::EkCertificateUsage).expected(expected).found(found))
    };
    let extensions = &certificate.extensions;
    if let Some(purposes) = &extensions.extended_key_usage
        && !purposes.iter().any(|purpose| purpose == EK_PURPOSE)
    {
        return refuse("tcg-kp-EKCertificate (2.23.133.8.1)", purposes.join(", "));
    }
    let (bit, name) = match ek.key() {
        Key::Rsa { .. } => (KeyUsage::KEY_ENCIPHERMENT, "keyEncipherment"),
        Key::Ecc { .. } => (KeyUsage::KEY_AGREEMENT, "keyAgreement"),
    };
    match extensions.key_usage {
        None => return refuse(name, "no key usage (EKP 2.6, 3.5.4 demands it)".to_owned()),
        Some(usage) if !usage.has(bit) => return refuse(name, "other key usages".to_owned()),
        Some(_) => {}
    }
    if extensions.extended_key_usage_critical {
        let found = "a critical one (EKP 2.6, 3.5.8)".to_owned();
        return refuse("an extended key usage that is not critical", found);
    }
    None
}

fn describe_usage(certificate: &Certificate) -> String {
    match &certificate.extensions.extended_key_usage {
        None => "key usage fits, no extended key usage".to_owned(),
        Some(purposes) => format!("key usage fits, extended key usage {}", purposes.join(", ")),
    }
}

fn chain_refused(certificate: &Certificate, refusal: ChainRefusal) -> Reason {
    let expected = "a chain to a trusted maker's root";
    match refusal {
        ChainRefusal::UnknownIssuer { issuer } => {
            Reason::new(ReasonCode::EkCertificateUnknownIssuer)
                .expected(expected)
                .found(format!("no certificate of {issuer} among the makers"))
                .with("issuer", issuer)
        }
        ChainRefusal::BadSignature { subject, issuer } => {
            Reason::new(ReasonCode::EkCertificateBadSignature)
                .at(format!("certificate of {subject}"))
                .expected(format!("signed by {issuer}"))
                .found("a signature that does not verify with that key")
                .with("issuer", issuer)
        }
        ChainRefusal::NotAnIssuer { issuer, problem } => {
            Reason::new(ReasonCode::EkCertificateUnknownIssuer)
                .at(format!("certificate of {issuer}"))
                .expected(expected)
                .found(problem)
                .with("issuer", issuer)
        }
        ChainRefusal::TooDeep => Reason::new(ReasonCode::EkCertificateUnknownIssuer)
            .expected(expected)
            .found("no path of reasonable length")
            .with("issuer", &certificate.issuer),
    }
}

/// C14. Roots count too: an operator removes one that has expired.
fn validity(chain: &Chain<'_>, now: Timestamp) -> Option<Reason> {
    let of_chain = [chain.leaf()].into_iter().chain(chain.issuers().iter().copied());
    let refuse = |certificate: &Certificate, expected: String| {
        Some(
            Reason::new(ReasonCode::EkCertificateExpired)
                .at(format!("certificate of {}", certificate.subject))
                .expected(expected)
                .found(now),
        )
    };
    for certificate in of_chain {
        if now < certificate.not_before {
            return refuse(certificate, format!("from {}", certificate.not_before));
        }
        if now > certificate.not_after {
            return refuse(certificate, format!("until {}", certificate.not_after));
        }
    }
    None
}

/// C21: against the revocation lists that were imported with the makers. Nothing is fetched: the
/// verifier has no network.
fn revocation(
    chain: &Chain<'_>,
    makers: &Makers,
    now: Timestamp,
    refuse: &mut impl FnMut(&mut Ledger, Reason),
    ledger: &mut Ledger,
) {
    const CHECK: CheckId = CheckId::EkCertificateRevocation;
    let subjects = [chain.leaf()].into_iter().chain(chain.issuers().iter().copied());
    let mut oldest: Option<Timestamp> = None;
    for (subject, issuer) in subjects.zip(chain.issuers().iter().copied()) {
        let Some(list) = makers.revocation_list(issuer) else {
            let who = &issuer.subject;
            ledger.skip(CHECK, format!("not checked: no revocation list of {who} was imported"));
            continue;
        };
        if list.lists(subject) {
            refuse(
                ledger,
                Reason::new(ReasonCode::EkCertificateRevoked)
                    .at(format!("certificate of {}", subject.subject))
                    .expected("not on its maker's list")
                    .found(format!("serial number {}", subject.serial_text()))
                    .with("issuer", &issuer.subject),
            );
        }
        if list.next_update.is_some_and(|next| now > next) {
            let who = &issuer.subject;
            ledger.skip(CHECK, format!("the revocation list of {who} is out of date"));
        }
        oldest = Some(oldest.map_or(list.this_update, |oldest| oldest.min(list.this_update)));
    }
    if let Some(oldest) = oldest {
        ledger.pass(CHECK, format!("on no list; the oldest is of {oldest}"));
    }
}
