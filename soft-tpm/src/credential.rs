//! ActivateCredential in software (TPM 2.0 Part 3, 12.5; Part 1, 24), from the receiving side.

use aws_lc_rs::cipher::{AES_128, DecryptingKey, DecryptionContext, UnboundCipherKey};
use aws_lc_rs::hmac;
use aws_lc_rs::iv::FixedLength;
use trustboard_model::protocol::CredentialBlob;

use super::hash::sha256;

/// The secret in a credential, with the seed that the EK recovered; nothing if it was made for
/// another key than the one with this TPMT_PUBLIC, or is damaged. For a nameAlg of SHA-256 and
/// AES-128, which the EK templates L-1 and L-2 have.
pub fn unwrap_credential(
    seed: &[u8],
    ak_public: &[u8],
    credential: &CredentialBlob,
) -> Option<Vec<u8>> {
    let name = [&[0x00, 0x0B][..], &sha256(ak_public).0].concat();
    let object = sized(&credential.id_object)?;
    let (outer, identity) = sized_first(object)?;
    let key = hmac::Key::new(hmac::HMAC_SHA256, &kdfa(seed, "INTEGRITY", &[], 256));
    hmac::verify(&key, &[identity, &name].concat(), outer).ok()?;
    let key = UnboundCipherKey::new(&AES_128, &kdfa(seed, "STORAGE", &name, 128)).ok()?;
    let mut identity = identity.to_vec();
    // Part 1, 24.4: the key is used once, with an IV of zeros.
    let zeros = DecryptionContext::Iv128(FixedLength::from([0; 16]));
    let plain = DecryptingKey::cfb128(key).ok()?.decrypt(&mut identity, zeros).ok()?;
    sized(plain).map(<[u8]>::to_vec)
}

/// The content of a TPM2B, which must be all there is.
pub(crate) fn sized(bytes: &[u8]) -> Option<&[u8]> {
    let (content, rest) = sized_first(bytes)?;
    rest.is_empty().then_some(content)
}

/// The content of a TPM2B, and what follows.
pub(crate) fn sized_first(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (size, rest) = bytes.split_first_chunk::<2>()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*size)))
}

/// KDFa (Part 1, 11.4.10.2) with SHA-256 for at most one block.
fn kdfa(key: &[u8], label: &str, context: &[u8], bits: u32) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    let parts = [&1_u32.to_be_bytes()[..], label.as_bytes(), &[0], context, &bits.to_be_bytes()];
    let mut block = hmac::sign(&key, &parts.concat()).as_ref().to_vec();
    block.truncate(bits as usize / 8);
    block
}
