//! Reasons: why a check refused, as a stable code and the facts. The words that an operator
//! reads (title, cause, remedy) come from the catalogue in `trustboard-app`.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::check::{CheckId, Group};
use crate::coded::serde_by_code;

macro_rules! reason_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $check:ident;)*) => {
        /// A stable code for each way in which a check refuses.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ReasonCode {$(
            $(#[$doc])*
            $name,
        )*}

        serde_by_code!(ReasonCode);

        impl ReasonCode {
            /// Every code.
            ///
            /// The order is that of telling: the first failed one heads the row's message.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable text of the code: `secure-boot.disabled`.
            pub const fn code(self) -> &'static str {
                match self {$(Self::$name => $code,)*}
            }

            /// The check that gives it.
            pub const fn check(self) -> CheckId {
                match self {$(Self::$name => CheckId::$check,)*}
            }

            /// The reason with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|reason| reason.code() == code)
            }
        }
    };
}

// Most telling first: what explains the others stands above them. A wrong identity makes the
// signature fail, a broken binding makes the facts worthless, and so on down to warnings.
reason_codes! {
    /// The TPM on record is gone: the host now says that it has none.
    TpmGone = "platform.tpm-gone", TpmPresent;
    /// The TPM is a TPM 1.2, or runs as one.
    TpmVersion12 = "platform.tpm-version-1-2", TpmPresent;
    /// The firmware announces a TPM that the kernel has no driver for.
    TpmNoDriver = "platform.tpm-no-driver", TpmPresent;
    /// The agent may not open the TPM.
    TpmNotPermitted = "platform.tpm-not-permitted", TpmPresent;
    /// Another program holds the TPM.
    TpmBusy = "platform.tpm-busy", TpmPresent;
    /// The TPM failed its self-test.
    TpmFailureMode = "platform.tpm-failure-mode", TpmPresent;
    /// The TPM refuses authorisations after too many wrong ones.
    TpmLockedOut = "platform.tpm-locked-out", TpmPresent;
    /// An earlier owner's password protects a hierarchy.
    TpmOwned = "platform.tpm-owned", TpmPresent;
    /// A hierarchy is disabled.
    TpmHierarchyDisabled = "platform.tpm-hierarchy-disabled", TpmPresent;
    /// The TPM cannot make its endorsement key.
    EkCreationFailed = "platform.ek-creation-failed", TpmPresent;
    /// A TPM seems to be there, but no connection to it can be made.
    TpmUnreachable = "platform.tpm-unreachable", TpmPresent;
    /// The policy demands a TPM 2.0 and there is none.
    TpmMissing = "platform.tpm-missing", TpmPresent;
    /// There is a TPM, but no identity on record: it was added after enrolment.
    NoCachedIdentity = "identity.none-on-record", IdentityOnRecord;
    /// The TPM's EK is not the one on record.
    EkMismatch = "identity.ek-mismatch", EkMatches;
    /// The EK is the one on record, the AK is not.
    AkMismatch = "identity.ak-mismatch", AkMatches;
    /// The same EK or AK is on record for another host.
    IdentityDuplicate = "identity.duplicate", IdentityUnique;
    /// The TPM did not unwrap the credential that was made for its EK and AK.
    IdentityNotProven = "identity.not-proven", IdentityProven;
    /// The answer came after the challenge had expired.
    ChallengeExpired = "freshness.challenge-expired", NonceFresh;
    /// The challenge was made for another host.
    ChallengeWrongHost = "freshness.challenge-wrong-host", NonceFresh;
    /// The quote is bound to another nonce or to other data than was sent.
    NonceMismatch = "freshness.binding-mismatch", NonceBinding;
    /// The quote's extraData is empty.
    NonceEmpty = "freshness.binding-empty", NonceBinding;
    /// The magic is not TPM_GENERATED_VALUE.
    QuoteNotFromTpm = "quote.not-tpm-generated", QuoteStructure;
    /// The AK signed something that is not a quote.
    QuoteWrongType = "quote.wrong-type", QuoteType;
    /// The signature does not verify.
    QuoteSignatureInvalid = "quote.signature-invalid", QuoteSignature;
    /// The signature's scheme or hash is not the key's.
    QuoteSignatureScheme = "quote.signature-scheme", QuoteSignature;
    /// The quote covers other PCRs than were asked for.
    QuoteSelectionMismatch = "quote.selection-mismatch", QuoteSelection;
    /// The PCR values sent are not the quoted ones.
    QuoteDigestMismatch = "quote.pcr-digest-mismatch", QuoteDigest;
    /// The SHA-256 bank is not active.
    Sha256BankInactive = "platform.sha256-bank-inactive", Sha256Bank;
    /// Mandatory PCRs are not in the quote.
    MandatoryPcrsMissing = "quote.mandatory-pcrs-missing", QuoteMandatory;
    /// An active bank was not extended by the firmware.
    BankUnextended = "quote.bank-unextended", UnextendedBank;
    /// UEFI Secure Boot was off.
    SecureBootDisabled = "secure-boot.disabled", SecureBootEnabled;
    /// The firmware measured no Secure Boot state, or an empty one.
    SecureBootUnsupported = "secure-boot.unsupported", SecureBootEnabled;
    /// Secure Boot was on while the firmware's keys were open to change.
    SecureBootSetupMode = "secure-boot.setup-mode", SecureBootMode;
    /// shim was told to start whatever it is given.
    ShimValidationDisabled = "secure-boot.shim-validation-disabled", ShimValidation;
    /// The host has no event log, and its firmware says that Secure Boot is off.
    LogMissingSecureBootOff = "log.missing-secure-boot-off", LogPresent;
    /// The host has no event log.
    LogMissing = "log.missing", LogPresent;
    /// The log stops in the middle of an event.
    LogTruncated = "log.truncated", LogStructure;
    /// The log breaks a rule of its format.
    LogMalformed = "log.malformed", LogStructure;
    /// The log does not explain a quoted PCR.
    ReplayMismatch = "replay.mismatch", ReplayPolicyBank;
    /// The log does not explain a quoted PCR of another active bank.
    ReplayMismatchOtherBank = "replay.mismatch-other-bank", ReplayOtherBanks;
    /// A PCR was extended, but the log holds no event for it.
    PcrUnexplained = "quote.pcr-unexplained", ResetValues;
    /// IMA's measurement list does not explain PCR 10.
    ImaMismatch = "ima.mismatch", ImaReplay;
    /// IMA's measurement list cannot be read.
    ImaListMalformed = "ima.list-malformed", ImaReplay;
    /// A list that was there earlier in this boot is not sent any more.
    ImaListHidden = "ima.list-hidden", ImaReplay;
    /// The boot_aggregate is that of another boot.
    ImaBootAggregateMismatch = "ima.boot-aggregate-mismatch", ImaBootAggregate;
    /// StartupLocality twice, too late, or with an impossible value.
    StartupLocalityMisplaced = "log.startup-locality", LogNoAction;
    /// An informational event carries a digest that pretends to extend.
    NoActionExtends = "log.no-action-extends", LogNoAction;
    /// An event type stands in a PCR where it may not.
    EventTypeNotAllowed = "log.event-type-not-allowed", LogEventTypes;
    /// A separator is missing.
    SeparatorMissing = "log.separator-missing", Separators;
    /// A second separator.
    SeparatorDuplicate = "log.separator-duplicate", Separators;
    /// The firmware measured an error where the separator should stand.
    SeparatorError = "log.separator-error", Separators;
    /// A Secure Boot variable is measured twice, too late, under a wrong GUID, or not at all.
    SecureBootVariableMisplaced = "secure-boot.variable-misplaced", SecureBootVariables;
    /// A Secure Boot event's data is not what its digest covers.
    SecureBootDataForged = "secure-boot.data-forged", SecureBootVariables;
    /// A Secure Boot variable or signature list cannot be read.
    SecureBootVariableMalformed = "secure-boot.variable-malformed", SecureBootVariables;
    /// Secure Boot was on, but PK, KEK or db are empty.
    SecureBootKeysMissing = "secure-boot.keys-missing", SecureBootKeys;
    /// Secure Boot was on, but nothing that ran was measured as signed by a known authority.
    SecureBootAuthorityMissing = "secure-boot.authority-missing", SecureBootAuthority;
    /// What was booted was signed by an authority that is not in db.
    SecureBootAuthorityUnknown = "secure-boot.authority-unknown", SecureBootAuthority;
    /// What was booted was signed by a revoked authority.
    SecureBootAuthorityRevoked = "secure-boot.authority-revoked", SecureBootAuthority;
    /// The platform key is a public test key.
    SecureBootTestKey = "secure-boot.test-key", SecureBootTestKey;
    /// UEFI debug mode was on.
    SecureBootDebugMode = "secure-boot.debug-mode", SecureBootDebug;
    /// An image was let start by a key that the machine's owner enrolled.
    MachineOwnerKeyUsed = "secure-boot.machine-owner-key-used", MachineOwnerKeys;
    /// dbx lacks revocations of the official list.
    RevocationsMissing = "secure-boot.revocations-missing", SecureBootRevocations;
    /// A key that expires in 2026 has no successor beside it.
    RolloverPending = "secure-boot.rollover-pending", SecureBootRollover;
    /// The firmware did not protect memory from devices.
    DmaProtectionDisabled = "boot.dma-protection-disabled", DmaProtection;
    /// A boot option was called and gave up.
    BootOptionFailed = "boot.option-failed", BootApplications;
    /// An application ran before a boot option was called.
    ApplicationBeforeOption = "boot.application-before-option", BootApplications;
    /// The log does not say that the boot services were left.
    BootServicesNotLeft = "boot.services-not-left", BootServicesLeft;
    /// Code of a device ran.
    OptionRomLoaded = "boot.option-rom-loaded", OptionRoms;
    /// A register holds a type of event that has no place there.
    RegisterTypeUnexpected = "log.register-type-unexpected", LogRegisterTypes;
    /// The kernel's command line is not the approved one.
    ConfigurationKernelCommandLineChanged =
        "configuration.kernel-command-line-changed", ApprovedConfiguration;
    /// The initial file system is not the approved one.
    ConfigurationInitrdChanged = "configuration.initrd-changed", ApprovedConfiguration;
    /// The kernel, or a part of a unified kernel image, is not the approved one.
    ConfigurationKernelChanged = "configuration.kernel-changed", ApprovedConfiguration;
    /// The boot loader or shim is not the approved one.
    ConfigurationBootLoaderChanged = "configuration.boot-loader-changed", ApprovedConfiguration;
    /// A Secure Boot variable, an authority or a machine owner's key is not the approved one.
    ConfigurationSecureBootKeysChanged =
        "configuration.secure-boot-keys-changed", ApprovedConfiguration;
    /// The firmware, its settings or an option ROM is not the approved one.
    ConfigurationFirmwareChanged = "configuration.firmware-changed", ApprovedConfiguration;
    /// A command or a file of the boot loader's is not the approved one.
    ConfigurationLoaderCommandChanged =
        "configuration.loader-command-changed", ApprovedConfiguration;
    /// Something else is not as approved.
    ConfigurationNotApproved = "configuration.not-approved", ApprovedConfiguration;
    /// The TPM's counters went backwards: cloned, cleared, swapped or replayed.
    ClockWentBack = "quote.clock-went-back", TpmClock;
    /// The TPM's clock is not safe yet.
    ClockNotSafe = "quote.clock-not-safe", TpmClock;
    /// The TPM's firmware is older than it was.
    TpmFirmwareDowngraded = "quote.tpm-firmware-downgraded", TpmFirmware;
    /// The qualified signer changed.
    QualifiedSignerChanged = "quote.qualified-signer-changed", QualifiedSigner;
    /// No EK certificate, and nobody approved the EK by hand.
    EkNotEndorsed = "identity.ek-not-endorsed", EkEndorsed;
    /// The EK's public area is not that of an endorsement key.
    EkTemplateUnexpected = "key.ek-template-unexpected", EkTemplate;
    /// The EK certificate is for another key.
    EkCertificateWrongKey = "key.ek-certificate-wrong-key", EkCertificateKey;
    /// The AK's attributes are not those of a restricted signing key.
    AkAttributesWrong = "key.ak-attributes-wrong", AkAttributes;
    /// The AK's scheme is missing or weak.
    AkSchemeWeak = "key.ak-scheme-weak", AkScheme;
    /// The AK's nameAlg is weak.
    AkNameWeak = "key.ak-name-weak", AkName;
    /// The EK certificate cannot be read.
    EkCertificateMalformed = "ek-certificate.malformed", EkCertificateEncoding;
    /// No path to a trusted maker's root.
    EkCertificateUnknownIssuer = "ek-certificate.unknown-issuer", EkCertificateChain;
    /// The maker is trusted, but a certificate between its root and the EK certificate is missing.
    EkCertificateIntermediateMissing = "ek-certificate.intermediate-missing", EkCertificateChain;
    /// A certificate of the chain has an invalid signature.
    EkCertificateBadSignature = "ek-certificate.bad-signature", EkCertificateChain;
    /// A certificate of the chain has expired or is not valid yet.
    EkCertificateExpired = "ek-certificate.expired", EkCertificateValidity;
    /// The certificate is not an EK certificate.
    EkCertificateProfile = "ek-certificate.profile-violated", EkCertificateProfile;
    /// The subject alternative name lacks the TPM's attributes.
    EkCertificateNoTpmName = "ek-certificate.no-tpm-name", EkCertificateName;
    /// The certificate names another maker than the TPM does.
    EkCertificateOtherMaker = "ek-certificate.other-maker", EkCertificateMaker;
    /// Key usage or extended key usage do not fit.
    EkCertificateUsage = "ek-certificate.usage-wrong", EkCertificateUsage;
    /// The certificate was revoked by its maker.
    EkCertificateRevoked = "ek-certificate.revoked", EkCertificateRevocation;
    /// The system's logs do not explain a register that they speak of.
    ReplayOsMismatch = "replay.os-mismatch", ReplayOsPcrs;
    /// systemd's log cannot be read.
    SystemdLogMalformed = "systemd.log-malformed", SystemdLog;
    /// A systemd log that was there earlier in this boot is not sent any more.
    SystemdLogHidden = "systemd.log-hidden", SystemdLog;
    /// Files changed while IMA measured them.
    ImaViolations = "ima.violations-found", ImaViolations;
    /// The TPM interface is not one that the policy accepts.
    TpmInterfaceRefused = "platform.tpm-interface-refused", TpmInterface;
    /// The operating system is too old.
    OsTooOld = "platform.os-too-old", OsVersion;
    /// The agent is too old.
    AgentTooOld = "platform.agent-too-old", AgentVersion;
}

impl ReasonCode {
    /// Whether an operator's approval of the EK by its hash answers it: it stands in the place of
    /// what a maker's certificate would prove, and is shown as weaker.
    pub fn yields_to_approval(self) -> bool {
        self == Self::EkNotEndorsed || self.check().group() == Group::EkCertificate
    }
}

impl fmt::Display for ReasonCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Why a check refused. Texts come from the host and are hostile: bounded here, escaped where
/// they are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The stable code.
    pub code: ReasonCode,
    /// Where: `PCR 7, event 3`. The object that was looked at.
    pub place: Option<String>,
    /// What should have been there.
    pub expected: Option<String>,
    /// What was there.
    pub found: Option<String>,
    /// More facts by name, for the catalogue's texts: `pcr`, `bank`, `events`, `issuer`, ...
    pub facts: BTreeMap<String, String>,
}

impl Reason {
    /// The longest text of a reason, in bytes; longer ones are cut with an ellipsis. A SHA-512
    /// digest in hex has 128.
    pub const MAX_TEXT: usize = 512;

    /// A reason without facts yet.
    pub fn new(code: ReasonCode) -> Self {
        Self { code, place: None, expected: None, found: None, facts: BTreeMap::new() }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, place: impl fmt::Display) -> Self {
        self.place = Some(bounded(&place.to_string()));
        self
    }

    /// Says what was expected.
    #[must_use]
    pub fn expected(mut self, expected: impl fmt::Display) -> Self {
        self.expected = Some(bounded(&expected.to_string()));
        self
    }

    /// Says what was found.
    #[must_use]
    pub fn found(mut self, found: impl fmt::Display) -> Self {
        self.found = Some(bounded(&found.to_string()));
        self
    }

    /// Adds a fact by name.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.facts.insert(name.to_owned(), bounded(&value.to_string()));
        self
    }
}

/// `text` cut to [`Reason::MAX_TEXT`] bytes at a character boundary, control characters replaced.
pub fn bounded(text: &str) -> String {
    // Nearly every text is short and plain.
    if text.len() <= Reason::MAX_TEXT && text.bytes().all(|byte| (0x20..0x7F).contains(&byte)) {
        return text.to_owned();
    }
    let clean = |c: char| if c.is_control() { '\u{FFFD}' } else { c };
    let mut cut: String = text.chars().map(clean).take(Reason::MAX_TEXT).collect();
    if cut.len() > Reason::MAX_TEXT {
        let end = (0..=Reason::MAX_TEXT - 3).rev().find(|&i| cut.is_char_boundary(i)).unwrap_or(0);
        cut.truncate(end);
        cut.push('…');
    }
    cut
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique() {
        let codes: BTreeSet<_> = ReasonCode::ALL.iter().map(|reason| reason.code()).collect();
        assert_eq!(codes.len(), ReasonCode::ALL.len());
    }

    #[test]
    fn every_check_can_refuse() {
        let can: BTreeSet<_> = ReasonCode::ALL.iter().map(|reason| reason.check()).collect();
        let cannot: Vec<_> = CheckId::ALL.iter().filter(|check| !can.contains(check)).collect();
        assert_eq!(cannot, [&CheckId::ALL[0]; 0]);
    }

    #[test]
    fn texts_are_bounded_and_clean() {
        assert_eq!(bounded("a\u{1b}[31m\n"), "a\u{FFFD}[31m\u{FFFD}");
        assert!(bounded(&"é".repeat(2000)).len() <= Reason::MAX_TEXT);
    }
}
