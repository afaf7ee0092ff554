//! Checks and their groups.

use trustboard_model::check::{CheckId, Group};

use crate::text::CheckText;

pub(super) fn group(group: Group) -> &'static str {
    match group {
        Group::Platform => "What the policy asks of the platform",
        Group::Freshness => "The answer belongs to this challenge",
        Group::Identity => "The TPM is the one on record",
        Group::Key => "The keys are what they must be",
        Group::EkCertificate => "The TPM is a genuine one",
        Group::Quote => "The TPM signed these PCR values",
        Group::Log => "The event log can be read",
        Group::Replay => "The event log explains the PCR values",
        Group::Boot => "What the log says about the course of the boot",
        Group::SecureBoot => "What the log says about Secure Boot",
        Group::Configuration => "What was booted is what was approved",
        Group::OsLogs => "What the operating system's own logs say",
    }
}

pub(super) fn check(check: CheckId) -> CheckText {
    let (title, meaning) = match check {
        CheckId::TpmPresent => {
            ("TPM 2.0 present", "The host has a TPM 2.0, and the agent can talk to it.")
        }
        CheckId::Sha256Bank => (
            "SHA-256 PCR bank",
            "The SHA-256 bank of the TPM is active, so that PCR values in it can be quoted.",
        ),
        CheckId::TpmInterface => {
            ("TPM interface", "The TPM is reached through an interface that the policy accepts.")
        }
        CheckId::OsVersion => (
            "Operating system version",
            "The operating system is at least the version that the policy asks for.",
        ),
        CheckId::AgentVersion => {
            ("Agent version", "The agent is at least the version that the policy asks for.")
        }
        CheckId::NonceFresh => (
            "Challenge still open",
            "The challenge was made for this host, has not expired and was not answered before.",
        ),
        CheckId::NonceBinding => (
            "Quote bound to the challenge",
            "The TPM signed a hash over the nonce of this challenge and over everything else that was sent.",
        ),
        CheckId::IdentityOnRecord => (
            "Identity on record",
            "An identity of the host's TPM (endorsement key and attestation key) is on record.",
        ),
        CheckId::EkMatches => {
            ("Endorsement key as recorded", "The endorsement key of the TPM is the one on record.")
        }
        CheckId::AkMatches => (
            "Attestation key as recorded",
            "The attestation key that the host uses is the one on record.",
        ),
        CheckId::IdentityProven => (
            "Identity proven in this session",
            "The TPM unwrapped a credential made for its keys, so it holds both of them now.",
        ),
        CheckId::IdentityUnique => (
            "Identity used by one host only",
            "No other host has the same endorsement key or attestation key on record.",
        ),
        CheckId::EkEndorsed => (
            "Endorsement key vouched for",
            "The endorsement key has a certificate of the TPM's maker, or an operator approved the key.",
        ),
        CheckId::EkTemplate => (
            "Kind of endorsement key",
            "The endorsement key is a restricted decryption key, as the profile of the TCG demands.",
        ),
        CheckId::EkCertificateKey => (
            "Certificate for this endorsement key",
            "The key in the endorsement key certificate is the endorsement key itself.",
        ),
        CheckId::AkAttributes => (
            "Kind of attestation key",
            "The attestation key is a restricted signing key that was made in its TPM and cannot leave it.",
        ),
        CheckId::AkScheme => (
            "Signature scheme of the attestation key",
            "The attestation key signs with an explicit, strong scheme.",
        ),
        CheckId::AkName => (
            "Name of the attestation key",
            "The name of the attestation key is computed with SHA-256 or a stronger hash.",
        ),
        CheckId::EkCertificateEncoding => (
            "Certificate can be read",
            "The endorsement key certificate is one well-formed X.509 certificate; what had to be repaired is reported.",
        ),
        CheckId::EkCertificateChain => (
            "Certificate from a trusted maker",
            "The endorsement key certificate chains to a root of a TPM maker that this server trusts.",
        ),
        CheckId::EkCertificateValidity => (
            "Certificate within its validity",
            "Every certificate of the chain is valid at the time of the verification.",
        ),
        CheckId::EkCertificateProfile => (
            "Certificate profile",
            "Version, serial number, issuer and basic constraints are those of an endorsement key certificate.",
        ),
        CheckId::EkCertificateName => (
            "TPM named in the certificate",
            "The certificate names the manufacturer, the model and the version of the TPM.",
        ),
        CheckId::EkCertificateMaker => (
            "Same maker in certificate and TPM",
            "The manufacturer in the certificate is the one that the TPM reports.",
        ),
        CheckId::EkCertificateUsage => (
            "Certificate usage",
            "Key usage and extended key usage are those of an endorsement key certificate.",
        ),
        CheckId::EkCertificateRevocation => {
            ("Certificate not revoked", "The maker has not revoked the certificate.")
        }
        CheckId::QuoteStructure => (
            "Quote structure",
            "The quote is a well-formed attestation structure with the mark that only a TPM puts on what it signs.",
        ),
        CheckId::QuoteType => {
            ("Quote type", "What the attestation key signed is a quote and nothing else.")
        }
        CheckId::QuoteSignature => (
            "Quote signature",
            "The signature over exactly these bytes verifies with the attestation key on record.",
        ),
        CheckId::QuoteSelection => {
            ("PCRs in the quote", "The quote covers exactly the PCRs that were asked for.")
        }
        CheckId::QuoteDigest => (
            "PCR values as quoted",
            "The PCR values that were sent hash to the digest in the quote.",
        ),
        CheckId::QuoteMandatory => (
            "Mandatory PCRs",
            "The PCRs that the policy demands are quoted in the SHA-256 bank or a stronger one.",
        ),
        CheckId::UnextendedBank => (
            "Every active bank measured into",
            "The firmware extended every active PCR bank, so none is left for others to fill.",
        ),
        CheckId::ResetValues => (
            "PCRs without events",
            "A PCR for which the log holds no event still has its reset value.",
        ),
        CheckId::QualifiedSigner => (
            "Qualified signer",
            "The attestation key stands in the same place of the TPM's key hierarchy as when it was recorded.",
        ),
        CheckId::TpmFirmware => {
            ("TPM firmware", "The firmware of the TPM did not go back to an older version.")
        }
        CheckId::TpmClock => (
            "TPM clock and counters",
            "Clock, reset counter and restart counter of the TPM did not go backwards.",
        ),
        CheckId::LogPresent => ("Event log present", "The host sent the event log of its boot."),
        CheckId::LogStructure => {
            ("Event log structure", "The event log can be read from the first byte to the last.")
        }
        CheckId::LogNoAction => (
            "Informational events",
            "Informational events extend nothing, and the startup locality stands where it may.",
        ),
        CheckId::LogEventTypes => {
            ("Event types", "Every event stands in a PCR in which its type may stand.")
        }
        CheckId::LogRegisterTypes => (
            "Event types of every PCR",
            "Every PCR holds only types of events that the profile puts there.",
        ),
        CheckId::ReplayPolicyBank => (
            "Log replay",
            "Replaying the event log gives the quoted PCR values of the policy's bank.",
        ),
        CheckId::ReplayOtherBanks => (
            "Log replay, other banks",
            "Replaying the event log gives the quoted PCR values of the other active banks.",
        ),
        CheckId::ReplayOsPcrs => (
            "PCRs of the operating system",
            "PCRs that the operating system extends are explained by a log of their own.",
        ),
        CheckId::ImaReplay => (
            "IMA measurement list",
            "The list of files that the kernel measured explains the quoted PCR 10, entry by entry.",
        ),
        CheckId::ImaBootAggregate => (
            "IMA boot_aggregate",
            "IMA's list begins with the hash over the registers of the same boot.",
        ),
        CheckId::ImaViolations => {
            ("IMA violations", "No file changed while the kernel measured it.")
        }
        CheckId::SystemdLog => (
            "systemd measurement log",
            "The log of what systemd measured after the boot loader can be read, and does not go away.",
        ),
        CheckId::Separators => {
            ("Separators", "Exactly one separator ends the firmware's part in each of PCR 0 to 7.")
        }
        CheckId::BootApplications => (
            "Boot options",
            "Nothing ran before a boot option was called, and the first boot option started the system.",
        ),
        CheckId::BootServicesLeft => (
            "Handover to the system",
            "The firmware handed over to the operating system, and the log goes up to there.",
        ),
        CheckId::OptionRoms => {
            ("Option ROMs", "No code that a device brings along ran during boot.")
        }
        CheckId::DmaProtection => {
            ("DMA protection", "The firmware protected memory from devices while it booted.")
        }
        CheckId::SecureBootVariables => (
            "Secure Boot variables",
            "Each Secure Boot variable is measured once, in its place, and its digest covers its data.",
        ),
        CheckId::SecureBootEnabled => {
            ("Secure Boot on", "UEFI Secure Boot was on at the last boot.")
        }
        CheckId::SecureBootKeys => (
            "Secure Boot keys",
            "The platform key, the key exchange keys and the signature database are enrolled.",
        ),
        CheckId::SecureBootAuthority => (
            "Secure Boot authority",
            "What was booted was signed by an authority that is in db and not in dbx.",
        ),
        CheckId::SecureBootTestKey => {
            ("Platform key", "The platform key is not a test key whose private half is public.")
        }
        CheckId::SecureBootDebug => {
            ("UEFI debug mode", "Nothing that is known to weaken Secure Boot was measured.")
        }
        CheckId::SecureBootMode => (
            "Secure Boot mode",
            "The keys of the firmware were not open to change: neither setup mode nor audit mode.",
        ),
        CheckId::ShimValidation => (
            "Verification by shim",
            "shim verified the boot loader and the kernel that it started.",
        ),
        CheckId::MachineOwnerKeys => (
            "Machine owner keys",
            "Nothing was started because of a key that the owner of the machine enrolled.",
        ),
        CheckId::SecureBootRevocations => (
            "Revocations up to date",
            "dbx revokes everything that the official list of the server revokes.",
        ),
        CheckId::SecureBootRollover => (
            "Keys of Microsoft renewed",
            "The keys of Microsoft that expire in 2026 have their successors beside them.",
        ),
        CheckId::ApprovedConfiguration => (
            "Approved configuration",
            "What was booted is a configuration that is approved for the host's cluster.",
        ),
    };
    CheckText { title, meaning }
}
