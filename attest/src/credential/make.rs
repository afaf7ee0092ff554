//! The steps of TPM2_MakeCredential (Part 3, 12.6; Part 1, 24 and B.10.3, C.6.3).

use aws_lc_rs::agreement::{self, ECDH_P256, ECDH_P384, PrivateKey, UnparsedPublicKey};
use aws_lc_rs::cipher::{AES_128, AES_256, EncryptingKey, EncryptionContext, UnboundCipherKey};
use aws_lc_rs::hmac;
use aws_lc_rs::iv::FixedLength;
use trustboard_model::digest::HashAlg;
use trustboard_model::protocol::CredentialBlob;

use super::kdf::{hmac_algorithm, kdfa, kdfe};
use super::oaep;
use crate::Error;
use crate::tpm::{Curve, Key, Public, alg, uncompressed_point};

const LABEL: &str = "IDENTITY";

/// Wraps `secret` for the holder of `ek` and a key of `name`. Everything secret comes from `seed`.
pub(crate) fn make(
    ek: &Public,
    name: &[u8],
    secret: &[u8],
    seed: &[u8; 64],
) -> Result<CredentialBlob, Error> {
    let fail = |problem: &str| Error { part: "EK public area", problem: problem.to_owned() };
    let hash = ek.name_alg().ok_or_else(|| fail("its nameAlg is not known"))?;
    let symmetric = ek.symmetric().ok_or_else(|| fail("it has no symmetric algorithm"))?;
    let (shared, encrypted_secret) = match ek.key() {
        Key::Rsa { exponent, modulus, .. } => share_rsa(hash, modulus, *exponent, seed),
        Key::Ecc { curve, x, y } => share_ecc(hash, *curve, x, y, seed),
    }
    .ok_or_else(|| fail("no secret can be exchanged with this key"))?;
    let id_object = protect(hash, symmetric.bits, &shared, name, secret)
        .ok_or_else(|| fail("its nameAlg or symmetric algorithm is not supported"))?;
    debug_assert_eq!(symmetric.algorithm, alg::AES);
    Ok(CredentialBlob { id_object: id_object.into(), encrypted_secret: encrypted_secret.into() })
}

/// `length` bytes that only who knows `seed` can compute, different for each `use_`.
fn derive(seed: &[u8; 64], use_: &str, length: usize) -> Option<Vec<u8>> {
    let bits = u32::try_from(length * 8).ok()?;
    kdfa(HashAlg::Sha512, seed, use_, b"trustboard credential v1", &[], bits)
}

/// A TPM2B.
fn sized(bytes: &[u8]) -> Option<Vec<u8>> {
    Some([&u16::try_from(bytes.len()).ok()?.to_be_bytes()[..], bytes].concat())
}

/// RSA: a random seed under OAEP with the EK's nameAlg and the label "IDENTITY\0" (Part 1, B.10.4).
fn share_rsa(
    hash: HashAlg,
    modulus: &[u8],
    exponent: u32,
    seed: &[u8; 64],
) -> Option<(Vec<u8>, Vec<u8>)> {
    let shared = derive(seed, "SEED", hash.len())?;
    let salt = derive(seed, "OAEP", hash.len())?;
    let label = [LABEL.as_bytes(), &[0]].concat();
    let encrypted = oaep::encrypt(hash, modulus, exponent, &label, &shared, &salt)?;
    Some((shared, sized(&encrypted)?))
}

/// ECC: one-pass Diffie-Hellman and KDFe over the x coordinates (Part 1, C.6.1, C.6.3).
fn share_ecc(
    hash: HashAlg,
    curve: Curve,
    x: &[u8],
    y: &[u8],
    seed: &[u8; 64],
) -> Option<(Vec<u8>, Vec<u8>)> {
    let size = curve.coordinate_bytes()?;
    let algorithm = match curve {
        Curve::P256 => &ECDH_P256,
        Curve::P384 => &ECDH_P384,
        Curve::Other(_) => return None,
    };
    // A scalar outside the group's order has a probability below 2^-32: then take the next one.
    let ephemeral = ["ECDH1", "ECDH2", "ECDH3", "ECDH4"].iter().find_map(|use_| {
        PrivateKey::from_private_key(algorithm, &derive(seed, use_, size)?).ok()
    })?;
    share_ecc_with(hash, curve, x, y, LABEL, &ephemeral)
}

pub(super) fn share_ecc_with(
    hash: HashAlg,
    curve: Curve,
    x: &[u8],
    y: &[u8],
    label: &str,
    ephemeral: &PrivateKey,
) -> Option<(Vec<u8>, Vec<u8>)> {
    let size = curve.coordinate_bytes()?;
    let public = ephemeral.compute_public_key().ok()?;
    let (ours_x, ours_y) = public.as_ref().strip_prefix(&[4])?.split_at_checked(size)?;
    let theirs = UnparsedPublicKey::new(ephemeral.algorithm(), uncompressed_point(curve, x, y)?);
    let bits = u32::try_from(hash.len() * 8).ok()?;
    let shared = agreement::agree(ephemeral, theirs, (), |z| {
        kdfe(hash, z, label, ours_x, x, bits).ok_or(())
    })
    .ok()?;
    // TPMS_ECC_POINT inside a TPM2B_ENCRYPTED_SECRET.
    let point = [sized(ours_x)?, sized(ours_y)?].concat();
    Some((shared, sized(&point)?))
}

/// TPM2B_ID_OBJECT: the secret under AES-CFB and an HMAC over it and the AK's Name (Part 1, 24.4,
/// 24.5).
fn protect(
    hash: HashAlg,
    key_bits: u16,
    shared: &[u8],
    name: &[u8],
    secret: &[u8],
) -> Option<Vec<u8>> {
    let key = kdfa(hash, shared, "STORAGE", name, &[], u32::from(key_bits))?;
    let cipher = match key_bits {
        128 => &AES_128,
        256 => &AES_256,
        _ => return None,
    };
    let key = EncryptingKey::cfb128(UnboundCipherKey::new(cipher, &key).ok()?).ok()?;
    let mut identity = sized(secret)?;
    // The key is used once, so the specification's IV of zeros is sound.
    let iv = EncryptionContext::Iv128(FixedLength::from([0; 16]));
    key.less_safe_encrypt(&mut identity, iv).ok()?;
    let bits = u32::try_from(hash.len() * 8).ok()?;
    let hmac_key = kdfa(hash, shared, "INTEGRITY", &[], &[], bits)?;
    let hmac_key = hmac::Key::new(hmac_algorithm(hash)?, &hmac_key);
    let outer = hmac::sign(&hmac_key, &[&identity[..], name].concat());
    sized(&[sized(outer.as_ref())?, identity].concat())
}
