//! B8, C15 to C18: what an EK certificate must say.

use trustboard_model::facts::HostFacts;
use trustboard_model::reason::{Reason, ReasonCode};

use crate::check::RecordedKeys;
use crate::endorsement::{Certificate, CertifiedKey, KeyUsage, SerialProblem};

/// B8
pub(super) fn wrong_key(certificate: &Certificate, keys: &RecordedKeys) -> Option<Reason> {
    (!certificate.key.is_key_of(&keys.ek)).then(|| {
        Reason::new(ReasonCode::EkCertificateWrongKey)
            .expected(format!("the EK on record ({})", keys.ek.describe_key()))
            .found(format!("another key ({})", certificate.key.describe()))
    })
}

/// C15: version 3, a positive serial number, an issuer, not a CA, nothing critical that is not
/// understood.
pub(super) fn profile(certificate: &Certificate) -> Option<Reason> {
    let refuse = |expected: &str, found: String| {
        Some(Reason::new(ReasonCode::EkCertificateProfile).expected(expected).found(found))
    };
    if certificate.version != 3 {
        return refuse("version 3", format!("version {}", certificate.version));
    }
    if let Some(problem) =
        certificate.serial_problem().filter(|problem| *problem != SerialProblem::NotMinimal)
    {
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
pub(super) fn tpm_name(certificate: &Certificate) -> Option<Reason> {
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

/// Why the maker is not confirmed.
pub(super) enum MakerProblem {
    Unknown(String),
    Other(Box<Reason>),
}

/// C17
pub(super) fn maker(
    certificate: &Certificate,
    facts: Option<&HostFacts>,
) -> Result<String, MakerProblem> {
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
pub(super) fn usage(certificate: &Certificate) -> Option<Reason> {
    let refuse = |expected: &str, found: String| {
        Some(Reason::new(ReasonCode::EkCertificateUsage).expected(expected).found(found))
    };
    let extensions = &certificate.extensions;
    if let Some(purposes) = &extensions.extended_key_usage
        && !purposes.iter().any(|purpose| purpose == EK_PURPOSE)
    {
        return refuse("tcg-kp-EKCertificate (2.23.133.8.1)", purposes.join(", "));
    }
    let (bit, name) = match certificate.key {
        CertifiedKey::Ec { .. } => (KeyUsage::KEY_AGREEMENT, "keyAgreement"),
        CertifiedKey::Rsa { .. } | CertifiedKey::Other(_) => {
            (KeyUsage::KEY_ENCIPHERMENT, "keyEncipherment")
        }
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

pub(super) fn describe_usage(certificate: &Certificate) -> String {
    match &certificate.extensions.extended_key_usage {
        None => "key usage fits, no extended key usage".to_owned(),
        Some(purposes) => format!("key usage fits, extended key usage {}", purposes.join(", ")),
    }
}
