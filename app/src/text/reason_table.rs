//! Which text belongs to which reason: the same names in every language.

/// Writes `fn reason` for a language whose modules hold the texts under these names. A code
/// without a text does not compile.
macro_rules! reason_table {
    () => {
        pub(super) fn reason(
            code: trustboard_model::reason::ReasonCode,
        ) -> &'static crate::text::reason::ReasonEntry {
            use trustboard_model::reason::ReasonCode;
            match code {
                ReasonCode::TpmGone => &platform::TPM_GONE,
                ReasonCode::TpmVersion12 => &tpm::VERSION_1_2,
                ReasonCode::TpmNoDriver => &tpm::NO_DRIVER,
                ReasonCode::TpmNotPermitted => &tpm::NOT_PERMITTED,
                ReasonCode::TpmBusy => &tpm::BUSY,
                ReasonCode::TpmFailureMode => &tpm::FAILURE_MODE,
                ReasonCode::TpmLockedOut => &tpm::LOCKED_OUT,
                ReasonCode::TpmOwned => &tpm::OWNED,
                ReasonCode::TpmHierarchyDisabled => &tpm::HIERARCHY_DISABLED,
                ReasonCode::EkCreationFailed => &tpm::EK_CREATION_FAILED,
                ReasonCode::TpmUnreachable => &platform::TPM_UNREACHABLE,
                ReasonCode::TpmMissing => &platform::TPM_MISSING,
                ReasonCode::NoCachedIdentity => &identity::NO_CACHED_IDENTITY,
                ReasonCode::EkMismatch => &identity::EK_MISMATCH,
                ReasonCode::AkMismatch => &identity::AK_MISMATCH,
                ReasonCode::IdentityDuplicate => &identity::IDENTITY_DUPLICATE,
                ReasonCode::IdentityNotProven => &identity::IDENTITY_NOT_PROVEN,
                ReasonCode::ChallengeExpired => &identity::CHALLENGE_EXPIRED,
                ReasonCode::ChallengeWrongHost => &identity::CHALLENGE_WRONG_HOST,
                ReasonCode::NonceMismatch => &identity::NONCE_MISMATCH,
                ReasonCode::NonceEmpty => &identity::NONCE_EMPTY,
                ReasonCode::QuoteNotFromTpm => &quote::NOT_FROM_TPM,
                ReasonCode::QuoteWrongType => &quote::WRONG_TYPE,
                ReasonCode::QuoteSignatureInvalid => &quote::SIGNATURE_INVALID,
                ReasonCode::QuoteSignatureScheme => &quote::SIGNATURE_SCHEME,
                ReasonCode::QuoteSelectionMismatch => &quote::SELECTION_MISMATCH,
                ReasonCode::QuoteDigestMismatch => &quote::DIGEST_MISMATCH,
                ReasonCode::Sha256BankInactive => &platform::SHA256_BANK_INACTIVE,
                ReasonCode::MandatoryPcrsMissing => &quote::MANDATORY_PCRS_MISSING,
                ReasonCode::BankUnextended => &quote::BANK_UNEXTENDED,
                ReasonCode::SecureBootDisabled => &secure_boot::DISABLED,
                ReasonCode::SecureBootUnsupported => &secure_boot::UNSUPPORTED,
                ReasonCode::SecureBootSetupMode => &secure_boot::SETUP_MODE,
                ReasonCode::ShimValidationDisabled => &secure_boot::SHIM_VALIDATION_DISABLED,
                ReasonCode::LogMissingSecureBootOff => &log::MISSING_SECURE_BOOT_OFF,
                ReasonCode::LogMissing => &log::MISSING,
                ReasonCode::LogTruncated => &log::TRUNCATED,
                ReasonCode::LogMalformed => &log::MALFORMED,
                ReasonCode::ReplayMismatch => &log::REPLAY_MISMATCH,
                ReasonCode::ReplayMismatchOtherBank => &log::REPLAY_MISMATCH_OTHER_BANK,
                ReasonCode::PcrUnexplained => &quote::PCR_UNEXPLAINED,
                ReasonCode::ImaMismatch => &os_logs::IMA_MISMATCH,
                ReasonCode::ImaListMalformed => &os_logs::IMA_LIST_MALFORMED,
                ReasonCode::ImaListHidden => &os_logs::IMA_LIST_HIDDEN,
                ReasonCode::ImaBootAggregateMismatch => &os_logs::IMA_BOOT_AGGREGATE,
                ReasonCode::StartupLocalityMisplaced => &log::STARTUP_LOCALITY,
                ReasonCode::NoActionExtends => &log::NO_ACTION_EXTENDS,
                ReasonCode::EventTypeNotAllowed => &log::EVENT_TYPE,
                ReasonCode::SeparatorMissing => &log::SEPARATOR_MISSING,
                ReasonCode::SeparatorDuplicate => &log::SEPARATOR_DUPLICATE,
                ReasonCode::SeparatorError => &log::SEPARATOR_ERROR,
                ReasonCode::SecureBootVariableMisplaced => &secure_boot::VARIABLE_MISPLACED,
                ReasonCode::SecureBootDataForged => &secure_boot::DATA_FORGED,
                ReasonCode::SecureBootVariableMalformed => &secure_boot::VARIABLE_MALFORMED,
                ReasonCode::SecureBootKeysMissing => &secure_boot::KEYS_MISSING,
                ReasonCode::SecureBootAuthorityMissing => &secure_boot::AUTHORITY_MISSING,
                ReasonCode::SecureBootAuthorityUnknown => &secure_boot::AUTHORITY_UNKNOWN,
                ReasonCode::SecureBootAuthorityRevoked => &secure_boot::AUTHORITY_REVOKED,
                ReasonCode::SecureBootTestKey => &secure_boot::TEST_KEY,
                ReasonCode::SecureBootDebugMode => &secure_boot::DEBUG_MODE,
                ReasonCode::MachineOwnerKeyUsed => &secure_boot::MACHINE_OWNER_KEY_USED,
                ReasonCode::RevocationsMissing => &secure_boot::REVOCATIONS_MISSING,
                ReasonCode::RolloverPending => &secure_boot::ROLLOVER_PENDING,
                ReasonCode::DmaProtectionDisabled => &boot::DMA_PROTECTION_DISABLED,
                ReasonCode::BootOptionFailed => &boot::OPTION_FAILED,
                ReasonCode::ApplicationBeforeOption => &boot::APPLICATION_BEFORE_OPTION,
                ReasonCode::BootServicesNotLeft => &boot::SERVICES_NOT_LEFT,
                ReasonCode::OptionRomLoaded => &boot::OPTION_ROM_LOADED,
                ReasonCode::RegisterTypeUnexpected => &log::REGISTER_TYPE,
                ReasonCode::ConfigurationKernelCommandLineChanged => {
                    &configuration::KERNEL_COMMAND_LINE_CHANGED
                }
                ReasonCode::ConfigurationInitrdChanged => &configuration::INITRD_CHANGED,
                ReasonCode::ConfigurationKernelChanged => &configuration::KERNEL_CHANGED,
                ReasonCode::ConfigurationBootLoaderChanged => &configuration::BOOT_LOADER_CHANGED,
                ReasonCode::ConfigurationSecureBootKeysChanged => {
                    &configuration::SECURE_BOOT_KEYS_CHANGED
                }
                ReasonCode::ConfigurationFirmwareChanged => &configuration::FIRMWARE_CHANGED,
                ReasonCode::ConfigurationLoaderCommandChanged => {
                    &configuration::LOADER_COMMAND_CHANGED
                }
                ReasonCode::ConfigurationNotApproved => &configuration::NOT_APPROVED,
                ReasonCode::ClockWentBack => &quote::CLOCK_WENT_BACK,
                ReasonCode::ClockNotSafe => &quote::CLOCK_NOT_SAFE,
                ReasonCode::TpmFirmwareDowngraded => &quote::FIRMWARE_DOWNGRADED,
                ReasonCode::QualifiedSignerChanged => &quote::QUALIFIED_SIGNER_CHANGED,
                ReasonCode::EkNotEndorsed => &identity::EK_NOT_ENDORSED,
                ReasonCode::EkTemplateUnexpected => &keys::EK_TEMPLATE_UNEXPECTED,
                ReasonCode::EkCertificateWrongKey => &keys::EK_CERTIFICATE_WRONG_KEY,
                ReasonCode::AkAttributesWrong => &keys::AK_ATTRIBUTES_WRONG,
                ReasonCode::AkSchemeWeak => &keys::AK_SCHEME_WEAK,
                ReasonCode::AkNameWeak => &keys::AK_NAME_WEAK,
                ReasonCode::EkCertificateMalformed => &certificate::MALFORMED,
                ReasonCode::EkCertificateUnknownIssuer => &certificate::UNKNOWN_ISSUER,
                ReasonCode::EkCertificateIntermediateMissing => &certificate::INTERMEDIATE_MISSING,
                ReasonCode::EkCertificateBadSignature => &certificate::BAD_SIGNATURE,
                ReasonCode::EkCertificateExpired => &certificate::EXPIRED,
                ReasonCode::EkCertificateProfile => &certificate::PROFILE,
                ReasonCode::EkCertificateNoTpmName => &certificate::NO_TPM_NAME,
                ReasonCode::EkCertificateOtherMaker => &certificate::OTHER_MAKER,
                ReasonCode::EkCertificateUsage => &certificate::USAGE,
                ReasonCode::EkCertificateRevoked => &certificate::REVOKED,
                ReasonCode::ReplayOsMismatch => &os_logs::OS_MISMATCH,
                ReasonCode::SystemdLogMalformed => &os_logs::SYSTEMD_LOG_MALFORMED,
                ReasonCode::SystemdLogHidden => &os_logs::SYSTEMD_LOG_HIDDEN,
                ReasonCode::ImaViolations => &os_logs::IMA_VIOLATIONS,
                ReasonCode::TpmInterfaceRefused => &platform::TPM_INTERFACE_REFUSED,
                ReasonCode::OsTooOld => &platform::OS_TOO_OLD,
                ReasonCode::AgentTooOld => &platform::AGENT_TOO_OLD,
            }
        }
    };
}

pub(super) use reason_table;
