//! The keys are what they must be.

use super::VERIFY_THEN_RESET;
use crate::text::reason::ReasonEntry;

/// What to do about an attestation key that should never have been admitted.
const NEW_AK: &str = "Enrol the host again with a new token: the agent then makes a new attestation key with the right properties.";
/// What to do about a weak one, and where to look.
const WEAK_AK_REMEDY: &[&str] = &["Install the current agent.", NEW_AK, VERIFY_THEN_RESET];
const WEAK_AK_LOOK: &str = "Host page: the failed check, TPM model and firmware.";

pub(super) const EK_TEMPLATE_UNEXPECTED: ReasonEntry = ReasonEntry {
    title: "The endorsement key is not of the expected kind",
    sentence: "The endorsement key is not a restricted decryption key as the TCG's profile demands.",
    cause: "The TPM uses a template of its own, or something else than an endorsement key was presented.",
    remedy: &[
        "Update the agent and the firmware of the TPM, and enrol the host again.",
        "If the TPM keeps presenting this key, do not trust it: replace the module.",
        VERIFY_THEN_RESET,
    ],
    look: "Host page: the failed check, TPM manufacturer, model and firmware.",
};

pub(super) const EK_CERTIFICATE_WRONG_KEY: ReasonEntry = ReasonEntry {
    title: "Endorsement key does not match EK certificate",
    sentence: "The certificate in the TPM was made for another key than the endorsement key that the TPM uses.",
    cause: "The TPM holds a certificate for another key type (RSA or ECC), its seed was changed after the certificate was made, or the certificate was copied from another TPM.",
    remedy: &[
        "Update the firmware of the TPM and of the board, and boot.",
        "Restart the agent, so that it reads the keys and the certificate again.",
        "If it stays so, do not trust this TPM: ask its maker, or replace the module.",
        VERIFY_THEN_RESET,
    ],
    look: "Host page: the failed check, identity, TPM model and firmware. On the host: tpm2_getekcertificate.",
};

pub(super) const AK_ATTRIBUTES_WRONG: ReasonEntry = ReasonEntry {
    title: "The attestation key is not a restricted signing key",
    sentence: "The attestation key is not one that signs only what its TPM made itself.",
    cause: "The key was not made by the agent, or by a faulty version of it. Such a key could sign a quote that no TPM made.",
    remedy: &["Do not trust what this host says until this is solved.", NEW_AK, VERIFY_THEN_RESET],
    look: "Host page: the failed check and identity. On the host: trustboard-agent --version and its state folder.",
};

pub(super) const AK_SCHEME_WEAK: ReasonEntry = ReasonEntry {
    title: "The attestation key's signature scheme is missing or weak",
    sentence: "The attestation key signs with a scheme that is missing or weak.",
    cause: "An old agent made the key, or the TPM knows only weak schemes.",
    remedy: WEAK_AK_REMEDY,
    look: WEAK_AK_LOOK,
};

pub(super) const AK_NAME_WEAK: ReasonEntry = ReasonEntry {
    title: "The attestation key's name is computed with a weak hash",
    sentence: "The name of the attestation key uses a weak hash.",
    cause: "An old agent made the key, or the TPM knows only SHA-1.",
    remedy: WEAK_AK_REMEDY,
    look: WEAK_AK_LOOK,
};
