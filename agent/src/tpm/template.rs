//! Public templates of the keys that the agent makes or looks for.

use tss_esapi::attributes::{ObjectAttributes, ObjectAttributesBuilder};
use tss_esapi::interface_types::algorithm::{HashingAlgorithm, PublicAlgorithm};
use tss_esapi::interface_types::ecc::EccCurve;
use tss_esapi::interface_types::key_bits::RsaKeyBits;
use tss_esapi::structures::{
    Digest, EccParameter, EccPoint, EccScheme, HashScheme, KeyDerivationFunctionScheme, Public,
    PublicBuilder, PublicEccParameters, PublicKeyRsa, PublicRsaParameters, RsaExponent, RsaScheme,
    SymmetricDefinitionObject,
};

use super::KeyKind;
use super::error::{Doing as _, TpmError};

/// PolicyA of EKP B.6.2 for SHA-256: PolicySecret with the endorsement hierarchy.
const EK_POLICY_SHA256: [u8; 32] = [
    0x83, 0x71, 0x97, 0x67, 0x44, 0x84, 0xb3, 0xf8, 0x1a, 0x90, 0xcc, 0x8d, 0x46, 0xa5, 0xd7, 0x24,
    0xfd, 0x52, 0xd7, 0x6e, 0x06, 0x52, 0x0b, 0x64, 0xf2, 0xa1, 0xda, 0x1b, 0x33, 0x14, 0x69, 0xaa,
];

/// The default EK templates L-1 (RSA 2048) and L-2 (ECC P-256): EKP B.3.3 and B.3.4.
pub(super) fn ek(kind: KeyKind) -> Result<Public, TpmError> {
    let attributes = ObjectAttributesBuilder::new()
        .with_fixed_tpm(true)
        .with_fixed_parent(true)
        .with_sensitive_data_origin(true)
        .with_admin_with_policy(true)
        .with_restricted(true)
        .with_decrypt(true)
        .build()
        .doing("building the EK template")?;
    let policy = Digest::try_from(EK_POLICY_SHA256.as_slice()).doing("building the EK template")?;
    storage(kind, attributes, policy).doing("building the EK template")
}

/// The ECC storage root key of TPM v2.0 Provisioning Guidance 7.5.1.
pub(super) fn srk() -> Result<Public, TpmError> {
    let attributes = ObjectAttributesBuilder::new()
        .with_fixed_tpm(true)
        .with_fixed_parent(true)
        .with_sensitive_data_origin(true)
        .with_user_with_auth(true)
        .with_no_da(true)
        .with_restricted(true)
        .with_decrypt(true)
        .build()
        .doing("building the SRK template")?;
    storage(KeyKind::EccP256, attributes, Digest::default()).doing("building the SRK template")
}

/// A restricted signing key with an explicit scheme and SHA-256, so that it can sign nothing but
/// what the TPM itself made (P1 31.4).
pub(super) fn ak(kind: KeyKind) -> Result<Public, TpmError> {
    let build = || {
        let attributes = ObjectAttributesBuilder::new()
            .with_fixed_tpm(true)
            .with_fixed_parent(true)
            .with_sensitive_data_origin(true)
            .with_user_with_auth(true)
            .with_no_da(true)
            .with_restricted(true)
            .with_sign_encrypt(true)
            .build()?;
        let hash = HashScheme::new(HashingAlgorithm::Sha256);
        let builder = PublicBuilder::new()
            .with_name_hashing_algorithm(HashingAlgorithm::Sha256)
            .with_object_attributes(attributes);
        match kind {
            KeyKind::Rsa2048 => builder
                .with_public_algorithm(PublicAlgorithm::Rsa)
                .with_rsa_parameters(PublicRsaParameters::new(
                    SymmetricDefinitionObject::Null,
                    RsaScheme::RsaSsa(hash),
                    RsaKeyBits::Rsa2048,
                    RsaExponent::default(),
                ))
                .with_rsa_unique_identifier(PublicKeyRsa::default()),
            KeyKind::EccP256 => builder
                .with_public_algorithm(PublicAlgorithm::Ecc)
                .with_ecc_parameters(PublicEccParameters::new(
                    SymmetricDefinitionObject::Null,
                    EccScheme::EcDsa(hash),
                    EccCurve::NistP256,
                    KeyDerivationFunctionScheme::Null,
                ))
                .with_ecc_unique_identifier(EccPoint::default()),
        }
        .build()
    };
    build().doing("building the AK template")
}

/// A restricted decryption key with AES-128-CFB, SHA-256 as name algorithm, and the unique field
/// of zero bytes that the templates prescribe.
fn storage(
    kind: KeyKind,
    attributes: ObjectAttributes,
    policy: Digest,
) -> tss_esapi::Result<Public> {
    let builder = PublicBuilder::new()
        .with_name_hashing_algorithm(HashingAlgorithm::Sha256)
        .with_object_attributes(attributes)
        .with_auth_policy(policy);
    match kind {
        KeyKind::Rsa2048 => builder
            .with_public_algorithm(PublicAlgorithm::Rsa)
            .with_rsa_parameters(PublicRsaParameters::new(
                SymmetricDefinitionObject::AES_128_CFB,
                RsaScheme::Null,
                RsaKeyBits::Rsa2048,
                RsaExponent::default(),
            ))
            .with_rsa_unique_identifier(PublicKeyRsa::new_empty_with_size(RsaKeyBits::Rsa2048)),
        KeyKind::EccP256 => {
            let zeros = || EccParameter::try_from([0; 32].as_slice());
            builder
                .with_public_algorithm(PublicAlgorithm::Ecc)
                .with_ecc_parameters(PublicEccParameters::new(
                    SymmetricDefinitionObject::AES_128_CFB,
                    EccScheme::Null,
                    EccCurve::NistP256,
                    KeyDerivationFunctionScheme::Null,
                ))
                .with_ecc_unique_identifier(EccPoint::new(zeros()?, zeros()?))
        }
    }
    .build()
}
