//! The credential that proves EK and AK, and the keys that it is made for.

use aws_lc_rs::cipher::{AES_128, DecryptingKey, DecryptionContext, UnboundCipherKey};
use aws_lc_rs::hmac;
use aws_lc_rs::iv::FixedLength;
use aws_lc_rs::rsa::{OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey};
use fastrand::Rng;
use trustboard_attest::{admit, make_credential};
use trustboard_model::protocol::{CredentialBlob, TpmIdentity};

use crate::mutate;
use crate::support::keys::ek_rsa_private;
use crate::support::sha256;
use crate::tally::Judgement;

const SECRET: [u8; 32] = [0xA5; 32];

/// Whether a TPM that gets a changed credential, or one made for changed keys, gives the secret.
pub fn judge(identity: &TpmIdentity, rng: &mut Rng) -> Judgement {
    let mut presented = identity.clone();
    let mut seed = [0; 64];
    rng.fill(&mut seed);
    let blob = |keys| make_credential(&keys, &SECRET, &seed).ok();
    let Some(mut blob) = admit(&presented).ok().and_then(blob) else {
        return Judgement::Believed("the genuine keys were not admitted".to_owned());
    };
    let genuine = blob.clone();
    match rng.u8(..3) {
        0 => mutate::bytes(&mut blob.id_object.0, rng),
        1 => mutate::bytes(&mut blob.encrypted_secret.0, rng),
        _ => {
            mutate::bytes(&mut presented.ak_public.0, rng);
            if presented.ak_public == identity.ak_public {
                return Judgement::Same;
            }
            // Another AK: the TPM with the genuine one must not be able to answer for it.
            let made =
                admit(&presented).ok().and_then(|keys| make_credential(&keys, &SECRET, &seed).ok());
            let Some(made) = made else { return Judgement::Refused };
            blob = made;
        }
    }
    if blob == genuine {
        return Judgement::Same;
    }
    match activate(&identity.ak_public, &blob) {
        Some(secret) if secret == SECRET => {
            Judgement::Believed("a changed credential gave the secret".to_owned())
        }
        _ => Judgement::Refused,
    }
}

/// TPM2_ActivateCredential of the TPM that holds the genuine keys (Part 1, 24).
fn activate(ak_public: &[u8], blob: &CredentialBlob) -> Option<Vec<u8>> {
    let name = [&[0x00, 0x0B][..], &sha256(ak_public).0].concat();
    let sealed = sized(&blob.encrypted_secret)?;
    let key = OaepPrivateDecryptingKey::new(ek_rsa_private().clone()).ok()?;
    let mut room = vec![0; 256];
    let label = Some(&b"IDENTITY\0"[..]);
    let seed = key.decrypt(&OAEP_SHA256_MGF1SHA256, sealed, &mut room, label).ok()?.to_vec();
    let object = sized(&blob.id_object)?;
    let (outer, identity) = object.split_at_checked(34)?;
    let outer = sized(outer)?;
    let mac = hmac::Key::new(hmac::HMAC_SHA256, &kdfa(&seed, "INTEGRITY", &[], 256));
    hmac::verify(&mac, &[identity, &name[..]].concat(), outer).ok()?;
    let key = UnboundCipherKey::new(&AES_128, &kdfa(&seed, "STORAGE", &name, 128)).ok()?;
    let mut plain = identity.to_vec();
    let iv = DecryptionContext::Iv128(FixedLength::from([0; 16]));
    let plain = DecryptingKey::cfb128(key).ok()?.decrypt(&mut plain, iv).ok()?.to_vec();
    sized(&plain).map(<[u8]>::to_vec)
}

/// What a TPM2B holds, if it holds nothing else.
fn sized(bytes: &[u8]) -> Option<&[u8]> {
    let (size, rest) = bytes.split_first_chunk()?;
    (usize::from(u16::from_be_bytes(*size)) == rest.len()).then_some(rest)
}

/// KDFa with SHA-256 for at most one block.
fn kdfa(key: &[u8], label: &str, context: &[u8], bits: u32) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    let parts = [&1u32.to_be_bytes()[..], label.as_bytes(), &[0], context, &bits.to_be_bytes()];
    hmac::sign(&key, &parts.concat()).as_ref()[..bits as usize / 8].to_vec()
}
