//! What operators of vSphere know, and what Trustboard says in its place.

use trustboard_model::reason::ReasonCode::{self, *};
use trustboard_model::verdict::Cause;

/// One message of vCenter or ESXi.
pub struct Row {
    /// How it can be recognised.
    pub there: &'static str,
    /// The reasons that stand in its place, the likeliest first.
    pub reasons: &'static [ReasonCode],
    /// What else it can be.
    pub causes: fn() -> Vec<Cause>,
    /// What is to be known besides.
    pub note: &'static str,
}

const fn row(there: &'static str, reasons: &'static [ReasonCode], note: &'static str) -> Row {
    Row { there, reasons, causes: Vec::new, note }
}

/// Every message about attestation, and the neighbours that a host with a TPM can meet.
pub const ROWS: &[Row] = &[
    row("Host secure boot was disabled", &[SecureBootDisabled, SecureBootUnsupported], ""),
    row(
        "No cached identity key, loading from DB (in vpxd.log only)",
        &[NoCachedIdentity],
        "The remedy is the same: maintenance mode, disconnect, connect.",
    ),
    Row {
        causes: || {
            vec![
                Cause::HostRefused { problem: String::new() },
                Cause::Malformed { part: String::new(), problem: String::new() },
            ]
        },
        ..row(
            "Internal failure",
            &[],
            "There is no such message: whatever can go wrong is one of the reasons on this page, or one of these.",
        )
    },
    Row {
        causes: || vec![Cause::NoTpm],
        ..row("N/A", &[TpmMissing, TpmGone, TpmVersion12, TpmNoDriver], "")
    },
    row(
        "TPM 2.0 device detected but a connection cannot be established",
        &[
            TpmNoDriver,
            TpmNotPermitted,
            TpmBusy,
            TpmFailureMode,
            TpmLockedOut,
            TpmUnreachable,
            TpmInterfaceRefused,
            Sha256BankInactive,
        ],
        "A CRB interface is usable here; only a policy can refuse it.",
    ),
    row(
        "TPM 2.0 SHA-256 PCR bank not found to be active",
        &[Sha256BankInactive, BankUnextended],
        "",
    ),
    row("TPM 2.0 device does not have the TIS interface active", &[TpmInterfaceRefused], ""),
    row("Unable to acquire ownership of TPM 2.0 device", &[TpmOwned], ""),
    row("No RSA Endorsement Key certificate found in non-volatile memory", &[EkNotEndorsed], ""),
    row(
        "Endorsement key does not match EK certificate",
        &[EkCertificateWrongKey, EkCertificateMalformed],
        "A certificate whose key has the OID rsaesOaep is read, so it is no mismatch here.",
    ),
    row(
        "Endorsement Key creation failed on the device",
        &[TpmHierarchyDisabled, EkCreationFailed, TpmFailureMode],
        "",
    ),
    row(
        "The new host TPM endorsement key doesn't match the one stored in the DB",
        &[EkMismatch, AkMismatch],
        "Accept the new identity on the host's page; nothing is edited in a database.",
    ),
    row(
        "Host TPM attestation failed",
        &[QuoteSignatureInvalid, QuoteDigestMismatch, ReplayMismatch],
        "The alarm carries the reasons themselves; these are the ones that have no message of their own there.",
    ),
    row(
        "Trusted Host attestation failed",
        &[EkNotEndorsed, EkCertificateUnknownIssuer],
        "An image that nobody approved is the comparison with the approved configurations.",
    ),
    row(
        "A security violation was detected (the screen after the TPM was cleared or replaced)",
        &[AkMismatch, EkMismatch, ClockWentBack, SecureBootDisabled],
        "Trustboard seals nothing to the TPM, so the host boots; the row says what changed.",
    ),
    row(
        "UEFI Secure Boot failed: Failed to verify signatures",
        &[SecureBootAuthorityUnknown, SecureBootAuthorityRevoked, SecureBootAuthorityMissing],
        "A host that does not boot reads “Not responding”.",
    ),
    row(
        "The host does not start after a board, battery, processor or memory was changed",
        &[EkMismatch, TpmGone, SecureBootDisabled],
        "",
    ),
    row(
        "TPM does not appear to be speaking the 2.0 protocol",
        &[TpmVersion12, TpmInterfaceRefused],
        "",
    ),
    row(
        "TPM Encryption Recovery Key Backup Alarm; encryption settings cannot be set to mode TPM",
        &[],
        "Has no counterpart: Trustboard seals nothing to the TPM.",
    ),
];
