//! The credential that proves EK and AK, and the keys that it is made for.

use fastrand::Rng;
use trustboard_attest::{admit, make_credential};
use trustboard_model::protocol::TpmIdentity;

use crate::mutate;
use crate::support::keys::ek_rsa_private;
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
    // TPM2_ActivateCredential of the TPM that holds the genuine keys (Part 1, 24).
    match ek_rsa_private().activate(&identity.ak_public, &blob) {
        Some(secret) if secret == SECRET => {
            Judgement::Believed("a changed credential gave the secret".to_owned())
        }
        _ => Judgement::Refused,
    }
}
