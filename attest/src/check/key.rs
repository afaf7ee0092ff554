//! Group B: the keys are what they must be.

use trustboard_model::check::CheckId;
use trustboard_model::reason::{Reason, ReasonCode};

use super::RecordedKeys;
use crate::endorsement::has_roca_fingerprint;
use crate::hash::is_strong;
use crate::tpm::{Attributes, Curve, Key, Public, alg};
use crate::verdict::Ledger;

/// Checks both keys.
pub(crate) fn keys(keys: &RecordedKeys, ledger: &mut Ledger) {
    let RecordedKeys { ek, ak } = keys;
    for reason in key_refusals(keys) {
        ledger.refuse(reason);
    }
    ledger.pass(CheckId::EkTemplate, describe_ek(ek));
    ak_passes(ak, ledger);
}

/// The attestation key alone.
pub(crate) fn ak(ak: &Public, ledger: &mut Ledger) {
    for reason in [ak_attributes(ak), ak_scheme(ak), ak_name(ak)].into_iter().flatten() {
        ledger.refuse(reason);
    }
    ak_passes(ak, ledger);
}

fn ak_passes(ak: &Public, ledger: &mut Ledger) {
    ledger.pass(CheckId::AkAttributes, ak.attributes().names());
    ledger.pass(CheckId::AkScheme, format!("{}, {}", ak.scheme().describe(), ak.describe_key()));
    ledger.pass(CheckId::AkName, ak.name_alg().map_or("", |alg| alg.name()));
}

/// Every way in which the keys are not what they must be, for appraisals and for enrolment.
pub(crate) fn key_refusals(keys: &RecordedKeys) -> Vec<Reason> {
    let RecordedKeys { ek, ak } = keys;
    [ek_template(ek), ak_attributes(ak), ak_scheme(ak), ak_name(ak)].into_iter().flatten().collect()
}

/// B11: a storage key that never leaves its TPM and decrypts only what has the TPM's form. The
/// authorisation policy is reported but not demanded: templates in NV may have another one, and
/// it decides who on the host may use the key, not what using it proves.
fn ek_template(ek: &Public) -> Option<Reason> {
    const SET: [Attributes; 5] = [
        Attributes::FIXED_TPM,
        Attributes::FIXED_PARENT,
        Attributes::SENSITIVE_DATA_ORIGIN,
        Attributes::RESTRICTED,
        Attributes::DECRYPT,
    ];
    let refuse = |expected: &str, found: String| {
        Some(Reason::new(ReasonCode::EkTemplateUnexpected).expected(expected).found(found))
    };
    let attributes = ek.attributes();
    let clear = [Attributes::SIGN, Attributes::ENCRYPTED_DUPLICATION];
    if !SET.iter().all(|set| attributes.has(*set)) || clear.iter().any(|set| attributes.has(*set)) {
        return refuse(
            "fixedTPM, fixedParent, sensitiveDataOrigin, restricted, decrypt; not sign",
            attributes.names(),
        );
    }
    match ek.symmetric() {
        Some(aes)
            if aes.algorithm == alg::AES
                && aes.mode == alg::CFB
                && [128, 256].contains(&aes.bits) => {}
        Some(other) => {
            return refuse("AES-CFB with 128 or 256 bits", format!("{other:04x?}"));
        }
        None => return refuse("AES-CFB with 128 or 256 bits", "no symmetric algorithm".to_owned()),
    }
    if !ek.name_alg().is_some_and(is_strong) {
        return refuse("nameAlg SHA-256 or stronger", format!("{:#06x}", ek.name_alg_id()));
    }
    match ek.key() {
        Key::Rsa { bits, .. } if *bits < 2048 => refuse("RSA 2048 or more", ek.describe_key()),
        Key::Rsa { modulus, .. } if has_roca_fingerprint(modulus) => refuse(
            "a key without known weakness",
            "a key made by Infineon's faulty library (CVE-2017-15361, ROCA)".to_owned(),
        ),
        Key::Ecc { curve: Curve::Other(_), .. } => refuse("NIST P-256 or P-384", ek.describe_key()),
        Key::Rsa { .. } | Key::Ecc { .. } => None,
    }
}

fn describe_ek(ek: &Public) -> String {
    /// PolicyA with SHA-256 (EKP 2.6, B.6.2): templates L-1 and L-2.
    const POLICY_A: [u8; 4] = [0x83, 0x71, 0x97, 0x67];
    /// PolicyB with SHA-256 (EKP 2.6, B.6.3) and its SHA-384 form: templates H-1 to H-4.
    const POLICY_B: [[u8; 4]; 2] = [[0xCA, 0x3D, 0x0A, 0x99], [0xB2, 0x6E, 0x7D, 0x28]];
    let policy = ek.auth_policy();
    let template = if policy.starts_with(&POLICY_A) {
        "standard template, low range"
    } else if POLICY_B.iter().any(|start| policy.starts_with(start)) {
        "standard template, high range"
    } else {
        "another authorisation policy than the standard templates"
    };
    format!("{}, {template}", ek.describe_key())
}

/// B9. Free: userWithAuth, adminWithPolicy, and noDA, which the AKs of cloud TPMs lack.
fn ak_attributes(ak: &Public) -> Option<Reason> {
    let set = [
        Attributes::FIXED_TPM,
        Attributes::FIXED_PARENT,
        Attributes::SENSITIVE_DATA_ORIGIN,
        Attributes::RESTRICTED,
        Attributes::SIGN,
    ];
    let clear = [Attributes::DECRYPT, Attributes::ENCRYPTED_DUPLICATION];
    let attributes = ak.attributes();
    let good = set.iter().all(|set| attributes.has(*set))
        && !clear.iter().any(|clear| attributes.has(*clear));
    (!good).then(|| {
        Reason::new(ReasonCode::AkAttributesWrong)
            .expected(
                "fixedTPM, fixedParent, sensitiveDataOrigin, restricted, sign; \
                 not decrypt, encryptedDuplication",
            )
            .found(attributes.names())
    })
}

/// B10: explicit, so that the TPM and the verifier agree on it beforehand; SHA-2; RSA from 2048
/// bits with the usual exponent or a larger one, or one of the NIST curves.
fn ak_scheme(ak: &Public) -> Option<Reason> {
    let scheme = ak.scheme();
    let strong_hash = scheme.hash_alg().is_some_and(is_strong);
    let good = strong_hash
        && match ak.key() {
            Key::Rsa { bits, exponent, .. } => {
                [alg::RSASSA, alg::RSAPSS].contains(&scheme.scheme)
                    && *bits >= 2048
                    && *exponent >= 65537
                    && exponent % 2 == 1
            }
            Key::Ecc { curve, .. } => {
                scheme.scheme == alg::ECDSA && !matches!(curve, Curve::Other(_))
            }
        };
    (!good).then(|| {
        Reason::new(ReasonCode::AkSchemeWeak)
            .expected(
                "RSASSA or RSAPSS from 2048 bits, or ECDSA on P-256 or P-384; SHA-256 or stronger",
            )
            .found(format!("{}, {}", scheme.describe(), ak.describe_key()))
    })
}

/// B12
fn ak_name(ak: &Public) -> Option<Reason> {
    (!ak.name_alg().is_some_and(is_strong)).then(|| {
        let found = ak.name_alg().map_or(format!("{:#06x}", ak.name_alg_id()), |a| a.to_string());
        Reason::new(ReasonCode::AkNameWeak).expected("SHA-256 or stronger").found(found)
    })
}
