//! The TPM is a genuine one: its endorsement key certificate.

use super::VERIFY_THEN_RESET;
use crate::text::reason::ReasonEntry;

/// The way round a certificate that no update repairs.
const APPROVE_BY_HAND: &str = "If the certificate cannot be repaired and the machine is yours: compare the endorsement key on the host page with what trustboard-agent status shows at its console, then accept the identity on the host page. Your approval of this key stands in the certificate's place and is shown as weaker.";
const LOOK: &str = "Host page: the failed check, TPM manufacturer, model and firmware. On the host: tpm2_getekcertificate -o ek.crt, then openssl x509 -inform der -in ek.crt -text.";

pub(super) const MALFORMED: ReasonEntry = ReasonEntry {
    title: "The endorsement key certificate cannot be read",
    sentence: "What the TPM holds as its certificate is not one well-formed X.509 certificate.",
    cause: "The certificate in the TPM is damaged or cut off, or its maker wrote something else there.",
    remedy: &[
        "Restart the agent, so that it reads the certificate again.",
        "Update the firmware of the TPM: some makers repair the certificate with it.",
        APPROVE_BY_HAND,
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const UNKNOWN_ISSUER: ReasonEntry = ReasonEntry {
    title: "The endorsement key certificate's issuer is not a trusted TPM maker",
    sentence: "No path leads from [“{issuer}”|the certificate's issuer] to a root that this server trusts.",
    cause: "The maker's root or an intermediate certificate has not been given to this server, or the certificate is not from a TPM maker.",
    remedy: &[
        "Look under “TPM makers” whether a certificate of this maker awaits confirmation: compare its fingerprint with what the maker publishes, and trust it.",
        "If there is none: get the root and intermediate certificates from the maker's own site[; the certificate itself names {address}], and import them under “TPM makers”. Published roots are recognised; others are confirmed by their fingerprint.",
        "If the TPM is a virtual one, add the root of the platform that issued its certificate.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const INTERMEDIATE_MISSING: ReasonEntry = ReasonEntry {
    title: "An intermediate certificate of the TPM's maker is missing",
    sentence: "This server trusts [“{root}”|the maker's root], but [“{issuer}”|the certificate's issuer], which should lead there, has not been imported[ ({place} names it)].",
    cause: "Makers add issuing CAs with every generation of TPMs, and this one came after the certificates on this server were collected.",
    remedy: &[
        "Get the certificate of [“{issuer}”|the issuer] from the maker's site[: the certificate below it names {address}].",
        "Check that it is the right one[: its subject key identifier is {key-id}].",
        "Import it under “TPM makers”. It needs no confirmation: it counts only because the trusted root signed it.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const BAD_SIGNATURE: ReasonEntry = ReasonEntry {
    title: "A signature in the endorsement key certificate's chain is invalid",
    sentence: "A certificate of the chain was not signed by the one above it[ ({place})].",
    cause: "The certificate is damaged or forged, or a file of the maker's certificates is not what its name says.",
    remedy: &[
        "Compare the maker's certificates on this server with the fingerprints that the maker publishes.",
        "If they are right, the certificate in the TPM is damaged or forged: do not trust this TPM, and ask its maker.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const EXPIRED: ReasonEntry = ReasonEntry {
    title: "A certificate of the endorsement key's chain is not valid at this time",
    sentence: "A certificate of the chain has expired or is not valid yet[ ({place})].",
    cause: "The maker gave the certificate a short life, an intermediate certificate has expired, or the server's clock is wrong.",
    remedy: &[
        "Check the clock of the server.",
        "Get the maker's current intermediate certificates and import them under “TPM makers”.",
        "Update the firmware of the TPM: some makers renew the certificate with it.",
        APPROVE_BY_HAND,
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const PROFILE: ReasonEntry = ReasonEntry {
    title: "The certificate is not an endorsement key certificate",
    sentence: "The certificate breaks the profile of endorsement key certificates.",
    cause: "Another certificate stands where the TPM keeps the one of its endorsement key, or its maker did not follow the profile.",
    remedy: &[
        "Update the firmware of the TPM and of the board.",
        "Ask the maker whether this certificate is theirs; until then do not trust it.",
        APPROVE_BY_HAND,
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const NO_TPM_NAME: ReasonEntry = ReasonEntry {
    title: "The certificate does not name its TPM",
    sentence: "Manufacturer, model or version of the TPM are missing in the certificate.",
    cause: "The certificate is not an endorsement key certificate, or its maker did not follow the profile.",
    remedy: &[
        "Update the firmware of the TPM.",
        "Ask the maker whether this certificate is theirs; until then do not trust it.",
        APPROVE_BY_HAND,
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const OTHER_MAKER: ReasonEntry = ReasonEntry {
    title: "Certificate and TPM name different manufacturers",
    sentence: "The certificate was made for a TPM of another manufacturer than this TPM says it has.",
    cause: "The certificate belongs to another TPM, or what the host says of its TPM is not true.",
    remedy: &[
        "Compare the manufacturer on the host page with the module that is in the machine.",
        "Restart the agent, so that it reads the certificate and the properties again.",
        "If they still differ, treat it as an incident: the certificate may be a copy from another TPM.",
        VERIFY_THEN_RESET,
    ],
    look: LOOK,
};

pub(super) const USAGE: ReasonEntry = ReasonEntry {
    title: "The endorsement key certificate's usage is not as it should be",
    sentence: "Key usage or extended key usage do not fit an endorsement key.",
    cause: "Old certificates of some makers leave the key usage out or mark it wrongly. By itself this is no sign of an attack.",
    remedy: &[
        "Note the TPM model; the certificate cannot be changed on the host.",
        "Update the firmware of the TPM if the maker offers a corrected certificate.",
        "Nothing else needs doing: by default the policy only warns of this.",
    ],
    look: LOOK,
};

pub(super) const REVOKED: ReasonEntry = ReasonEntry {
    title: "The TPM's maker has revoked its endorsement key certificate",
    sentence: "The certificate stands on its maker's list of revoked certificates[ ({place})].",
    cause: "The key is known or feared to be compromised, or the maker withdrew a faulty series.",
    remedy: &[
        "Read the maker's advisory for this TPM model.",
        "Enter maintenance mode, and move the host's work elsewhere.",
        "Replace the TPM, or update its firmware if the maker says that this makes a new key.",
        "Accept the new identity on the host page, then reset the alarm to green once Attestation reads Passed.",
    ],
    look: LOOK,
};
