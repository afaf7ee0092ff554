//! Whether a certificate can be a TPM maker's at all: what is refused here can never help a chain.

use trustboard_model::maker::MakerProblem;

use crate::budget;
use crate::endorsement::{
    Certificate, CertifiedKey, KeyUsage, SignatureAlgorithm, has_roca_fingerprint,
};

/// Why a maker's certificate cannot be used.
pub(super) fn problem(certificate: &Certificate) -> Option<MakerProblem> {
    serial(certificate)
        .or_else(|| key(&certificate.key))
        .or_else(|| signature(certificate))
        .or_else(|| authority(certificate))
}

fn serial(certificate: &Certificate) -> Option<MakerProblem> {
    let detail = certificate.serial_problem()?.to_string();
    Some(MakerProblem::Serial { detail })
}

fn key(key: &CertifiedKey) -> Option<MakerProblem> {
    match key {
        CertifiedKey::Rsa { modulus, exponent } => {
            let weak = |key: String| Some(MakerProblem::WeakKey { key });
            let bits = modulus.len() * 8;
            if bits > *budget::CA_RSA_BITS.end() {
                return Some(MakerProblem::UnknownKey { key: key.describe() });
            }
            // An even exponent does not work, and 1 signs nothing (FIPS 186-5, 5.1).
            let is_odd = exponent.last().is_some_and(|last| last & 1 == 1);
            let is_sound_exponent = is_odd && exponent[..] != [1];
            if bits < *budget::CA_RSA_BITS.start() {
                weak(key.describe())
            } else if !is_sound_exponent {
                weak(format!("{} with an unfit exponent", key.describe()))
            } else if has_roca_fingerprint(modulus) {
                weak(format!("{}, made by a faulty library (CVE-2017-15361)", key.describe()))
            } else {
                None
            }
        }
        CertifiedKey::Ec { .. } => None,
        CertifiedKey::Other(_) => Some(MakerProblem::UnknownKey { key: key.describe() }),
    }
}

fn signature(certificate: &Certificate) -> Option<MakerProblem> {
    if let SignatureAlgorithm::Other(algorithm) = &certificate.algorithm {
        return Some(MakerProblem::UnknownSignature { algorithm: algorithm.clone() });
    }
    // Signed by an older key of the same name (a roll-over) is another matter: it names that key.
    let extensions = &certificate.extensions;
    let names_another_key = extensions.authority_key_id.is_some()
        && extensions.authority_key_id != extensions.subject_key_id;
    let claims_itself = certificate.issuer.matches(&certificate.subject) && !names_another_key;
    (claims_itself && !certificate.is_self_signed()).then_some(MakerProblem::BadSelfSignature)
}

/// RFC 5280, 4.2.1.9 and 4.2.1.3. A root of version 1 has no way to say that it is a CA; it is
/// trusted by its fingerprint or not at all.
fn authority(certificate: &Certificate) -> Option<MakerProblem> {
    let extensions = &certificate.extensions;
    let is_ca = extensions.basic_constraints.is_some_and(|constraints| constraints.ca);
    let cannot_say = certificate.version < 3 && certificate.is_self_signed();
    if !is_ca && !cannot_say {
        return Some(MakerProblem::NotACa);
    }
    if extensions.key_usage.is_some_and(|usage| !usage.has(KeyUsage::KEY_CERT_SIGN)) {
        return Some(MakerProblem::MayNotSign);
    }
    let oid = extensions.unknown_critical.first()?.clone();
    Some(MakerProblem::UnknownCritical { oid })
}
