//! The verifier's checks: a closed list, each with a stable code and the item it implements.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::coded::serde_by_code;
use crate::id::ExceptionId;
use crate::time::Timestamp;

macro_rules! checks {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $group:ident, $item:literal;)*) => {
        /// One named check. Every appraisal holds an outcome for every one of them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum CheckId {$(
            $(#[$doc])*
            $name,
        )*}

        serde_by_code!(CheckId);

        impl CheckId {
            /// Every check, in the order in which they are made.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable code: `quote.signature`.
            pub const fn code(self) -> &'static str {
                match self {$(Self::$name => $code,)*}
            }

            /// The group it belongs to.
            pub const fn group(self) -> Group {
                match self {$(Self::$name => Group::$group,)*}
            }

            /// The items of the check list that it implements.
            pub const fn item(self) -> &'static str {
                match self {$(Self::$name => $item,)*}
            }

            /// The check with this code.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|check| check.code() == code)
            }
        }
    };
}

checks! {
    /// A TPM 2.0 is present and the agent can talk to it.
    TpmPresent = "platform.tpm-present", Platform, "J66";
    /// The SHA-256 PCR bank is active.
    Sha256Bank = "platform.sha256-bank", Platform, "D29";
    /// The TPM's register interface is one that the policy accepts.
    TpmInterface = "platform.tpm-interface", Platform, "J65";
    /// The operating system is at least the policy's minimum version.
    OsVersion = "platform.os-version", Platform, "J65";
    /// The agent is at least the policy's minimum version.
    AgentVersion = "platform.agent-version", Platform, "J65";
    /// The challenge was made for this host, has not expired and was not answered before.
    NonceFresh = "freshness.challenge", Freshness, "A1";
    /// The quote's extraData binds the nonce and everything else that was sent.
    NonceBinding = "freshness.binding", Freshness, "A2";
    /// An identity (EK, AK) is on record for the host.
    IdentityOnRecord = "identity.on-record", Identity, "A3 A5";
    /// The TPM's EK is the one on record.
    EkMatches = "identity.ek", Identity, "A3 A6";
    /// The TPM's AK is the one on record.
    AkMatches = "identity.ak", Identity, "A3 A5";
    /// In this session the TPM proved by credential activation that it holds EK and AK.
    IdentityProven = "identity.proven", Identity, "B7";
    /// No other host has the same EK or AK.
    IdentityUnique = "identity.unique", Identity, "A4";
    /// The EK has a certificate, or an operator approved it by its hash.
    EkEndorsed = "identity.endorsed", Identity, "C22";
    /// The EK has the attributes of a restricted decryption key.
    EkTemplate = "key.ek-template", Key, "B11";
    /// The key in the EK certificate is the EK.
    EkCertificateKey = "key.ek-certificate-key", Key, "B8 C19";
    /// The AK's attributes make it a restricted signing key that never left its TPM.
    AkAttributes = "key.ak-attributes", Key, "B9";
    /// The AK's scheme is explicit and strong.
    AkScheme = "key.ak-scheme", Key, "B10";
    /// The AK's nameAlg is SHA-256 or stronger.
    AkName = "key.ak-name", Key, "B12";
    /// The EK certificate can be read; repairs are reported.
    EkCertificateEncoding = "ek-certificate.encoding", EkCertificate, "C13 C20";
    /// The EK certificate chains to a trusted maker's root.
    EkCertificateChain = "ek-certificate.chain", EkCertificate, "C14";
    /// Every certificate of the chain is within its validity.
    EkCertificateValidity = "ek-certificate.validity", EkCertificate, "C14";
    /// Version, serial, issuer and basic constraints are those of an EK certificate.
    EkCertificateProfile = "ek-certificate.profile", EkCertificate, "C15";
    /// The subject alternative name holds manufacturer, model and version.
    EkCertificateName = "ek-certificate.subject", EkCertificate, "C16";
    /// The certificate's manufacturer is the one the TPM reports.
    EkCertificateMaker = "ek-certificate.maker", EkCertificate, "C17";
    /// Key usage and extended key usage are those of an EK certificate.
    EkCertificateUsage = "ek-certificate.usage", EkCertificate, "C18";
    /// The certificate was not revoked.
    EkCertificateRevocation = "ek-certificate.revocation", EkCertificate, "C21";
    /// The quote is a well-formed TPMS_ATTEST made by a TPM.
    QuoteStructure = "quote.structure", Quote, "D23";
    /// The attestation is a quote, not something else the AK signed.
    QuoteType = "quote.type", Quote, "D24";
    /// The signature over exactly these bytes verifies with the AK on record.
    QuoteSignature = "quote.signature", Quote, "D25 D26";
    /// The quote covers exactly the PCRs that were asked for.
    QuoteSelection = "quote.selection", Quote, "D27";
    /// The quote's digest is that of the PCR values sent.
    QuoteDigest = "quote.pcr-digest", Quote, "D28";
    /// The policy's mandatory PCRs are quoted in the SHA-256 bank or a stronger one.
    QuoteMandatory = "quote.mandatory-pcrs", Quote, "D29";
    /// Every active bank was extended by the firmware.
    UnextendedBank = "quote.unextended-bank", Quote, "D30";
    /// PCRs without events have their reset value.
    ResetValues = "quote.reset-values", Quote, "D31";
    /// The qualified signer is the one recorded at enrolment.
    QualifiedSigner = "quote.qualified-signer", Quote, "D32";
    /// The TPM's firmware did not go back to an older version.
    TpmFirmware = "quote.tpm-firmware", Quote, "D33";
    /// Clock and counters of the TPM did not go backwards.
    TpmClock = "quote.clock", Quote, "D34 D35";
    /// The event log is there.
    LogPresent = "log.present", Log, "E41";
    /// The event log can be read from the first byte to the last.
    LogStructure = "log.structure", Log, "E36 E37 E40 E41";
    /// Informational events extend nothing, and StartupLocality stands where it may.
    LogNoAction = "log.no-action", Log, "E38";
    /// Event types and PCR indices are ones that may stand where they stand.
    LogEventTypes = "log.event-types", Log, "E39 G46";
    /// Every register holds only types of events that the profile puts there.
    LogRegisterTypes = "log.register-types", Log, "E39 G46";
    /// The log explains the quoted PCRs of the policy's bank.
    ReplayPolicyBank = "replay.policy-bank", Replay, "F43 F44";
    /// The log explains the quoted PCRs of the other active banks.
    ReplayOtherBanks = "replay.other-banks", Replay, "F43";
    /// PCRs that the operating system extends are explained by a log of their own.
    ReplayOsPcrs = "replay.os-pcrs", Replay, "F45 I61 I62";
    /// IMA's measurement list explains the quoted PCR 10, up to an entry.
    ImaReplay = "ima.replay", OsLogs, "I63 I64";
    /// The list's boot_aggregate is the hash over the boot's registers.
    ImaBootAggregate = "ima.boot-aggregate", OsLogs, "I63";
    /// No file changed while IMA measured it.
    ImaViolations = "ima.violations", OsLogs, "I63";
    /// systemd's measurement log can be read.
    SystemdLog = "systemd.log", OsLogs, "I62";
    /// Exactly one separator ends the firmware phase in each of PCR 0 to 7.
    Separators = "log.separators", Log, "G48";
    /// Nothing ran before a boot option was called, and no boot option failed.
    BootApplications = "boot.applications", Boot, "G47 G49";
    /// The firmware's boot services were left, and the log goes up to there.
    BootServicesLeft = "boot.services-left", Boot, "G50";
    /// No code of a device (option ROM) ran.
    OptionRoms = "boot.option-roms", Boot, "G51";
    /// The firmware protected memory from devices while it booted.
    DmaProtection = "boot.dma-protection", Boot, "G52";
    /// The Secure Boot variables are each measured once, before the separator, with their digest.
    SecureBootVariables = "secure-boot.variables", SecureBoot, "G46 H53 H59";
    /// UEFI Secure Boot was on at boot.
    SecureBootEnabled = "secure-boot.enabled", SecureBoot, "H54";
    /// Platform key, key exchange keys and db are enrolled.
    SecureBootKeys = "secure-boot.keys", SecureBoot, "H55";
    /// What was booted was signed by an authority in db and not in dbx.
    SecureBootAuthority = "secure-boot.authority", SecureBoot, "H55 H56";
    /// The platform key is not a public test key.
    SecureBootTestKey = "secure-boot.test-key", SecureBoot, "H58";
    /// Nothing known to weaken Secure Boot (UEFI debug mode) was measured.
    SecureBootDebug = "secure-boot.debug", SecureBoot, "G52";
    /// The firmware's keys were not open to change (setup mode, audit mode).
    SecureBootMode = "secure-boot.mode", SecureBoot, "H55";
    /// shim verified what it started.
    ShimValidation = "secure-boot.shim-validation", SecureBoot, "H60";
    /// Nothing ran because of a key that the machine's owner enrolled in shim.
    MachineOwnerKeys = "secure-boot.machine-owner-keys", SecureBoot, "H60";
    /// dbx revokes what the official list revokes.
    SecureBootRevocations = "secure-boot.revocations", SecureBoot, "H57";
    /// The keys of Microsoft that expire in 2026 have their successors beside them.
    SecureBootRollover = "secure-boot.rollover", SecureBoot, "H58";
    /// What was booted is a configuration that is approved for the host's cluster.
    ApprovedConfiguration = "configuration.approved", Configuration, "J68";
}

impl fmt::Display for CheckId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl CheckId {
    /// Whether every other outcome rests on it: no policy relaxes it and no exception covers it.
    pub const fn is_core(self) -> bool {
        matches!(self.group(), Group::Freshness)
            || matches!(
                self,
                Self::IdentityOnRecord
                    | Self::EkMatches
                    | Self::AkMatches
                    | Self::IdentityProven
                    | Self::AkAttributes
                    | Self::QuoteStructure
                    | Self::QuoteType
                    | Self::QuoteSignature
                    | Self::QuoteSelection
                    | Self::QuoteDigest
            )
    }
}

/// A group of checks, as the host page shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// What the policy asks of the platform.
    Platform,
    /// The answer belongs to this challenge.
    Freshness,
    /// The TPM is the one on record.
    Identity,
    /// The keys are what they must be.
    Key,
    /// The TPM is a genuine one.
    EkCertificate,
    /// The TPM signed these PCR values.
    Quote,
    /// The event log can be read.
    Log,
    /// The event log explains the PCR values.
    Replay,
    /// What the log says about the course of the boot.
    Boot,
    /// What the log says about Secure Boot.
    SecureBoot,
    /// What was booted is what an operator approved.
    Configuration,
    /// The operating system's own logs: IMA and systemd.
    OsLogs,
}

/// What came of one check. There is no default: what was not evaluated did not pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "result", content = "detail")]
pub enum Outcome {
    /// Made, and held. The text says in a few words what was seen (`RSASSA SHA-256, 2048 bits`).
    Passed(Option<String>),
    /// Made, and refused. What that means for the verdict is the policy's: see [`Strictness`].
    Failed(crate::reason::Reason),
    /// Could not be made: what it needs is missing or could not be read. Never a pass.
    NotEvaluated(String),
    /// Does not apply to this host or policy.
    NotApplicable(String),
}

/// How strictly a policy takes a failed check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strictness {
    /// The host is untrusted.
    Fail,
    /// Shown as a warning; the verdict stands.
    Warn,
    /// Recorded only.
    Ignore,
}

/// One line of an appraisal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckResult {
    /// Which check.
    pub check: CheckId,
    /// What came of it.
    pub outcome: Outcome,
    /// How strictly the policy takes it.
    pub strictness: Strictness,
    /// The exception that covers exactly this refusal, if one is in force.
    #[serde(default)]
    pub exception: Option<Excepted>,
}

impl CheckResult {
    /// Whether it makes the host untrusted.
    pub fn condemns(&self) -> bool {
        matches!(self.outcome, Outcome::Failed(_))
            && self.strictness == Strictness::Fail
            && self.exception.is_none()
    }
}

/// The exception that a refusal fell under, as it was at the time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excepted {
    /// The exception.
    pub id: ExceptionId,
    /// Who granted it.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When it ends.
    pub expires_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_found_again() {
        let codes: BTreeSet<_> = CheckId::ALL.iter().map(|check| check.code()).collect();
        assert_eq!(codes.len(), CheckId::ALL.len());
        assert!(CheckId::ALL.iter().all(|&check| CheckId::from_code(check.code()) == Some(check)));
    }
}
