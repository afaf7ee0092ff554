//! What can go wrong with a TPM, in words for an operator.

use trustboard_model::tpm_problem::TpmProblemKind;
use tss_esapi::Error;
use tss_esapi::constants::response_code::Tss2ResponseCodeKind;

/// What fails if the TPM cannot make its endorsement key.
pub(super) const CREATE_EK: &str =
    "TPM2_CreatePrimary(EK); is the endorsement hierarchy locked by a password?";

/// A failure of the TPM, of the way to it, or of what it answered.
#[derive(Debug, thiserror::Error)]
pub enum TpmError {
    /// A TCTI string that cannot be used.
    #[error("cannot use the TCTI string {given:?}: {problem}")]
    InvalidTcti {
        /// The text.
        given: String,
        /// Why not.
        problem: &'static str,
    },
    /// No connection.
    #[error("cannot open the TPM at {tcti}: {problem}")]
    Unreachable {
        /// Where.
        tcti: String,
        /// What an operator can do something about.
        kind: TpmProblemKind,
        /// Why, as the operating system or the TSS say.
        problem: String,
    },
    /// Something that is no TPM 2.0 answered.
    #[error("the TPM at {tcti} says it is of family {family:?}, not 2.0")]
    WrongFamily {
        /// Where.
        tcti: String,
        /// `TPM_PT_FAMILY_INDICATOR`.
        family: String,
    },
    /// A command failed.
    #[error("{command} failed: {source}")]
    Command {
        /// The command, or what it was needed for.
        command: &'static str,
        /// The TPM's answer.
        source: Error,
    },
    /// The TPM answered something that it must not answer.
    #[error("unexpected answer from the TPM: {0}")]
    Unexpected(String),
    /// A saved AK or a credential from the server that is no TPM structure.
    #[error("{what} cannot be read")]
    Malformed {
        /// What.
        what: &'static str,
    },
    /// An AK of another TPM, or of this one before it was cleared.
    #[error("the attestation key was not made by this TPM as it is now")]
    ForeignAk,
    /// PCRs changed between quote and reading, each time.
    #[error("PCRs changed during each of {attempts} attempts to quote them")]
    PcrsKeepChanging {
        /// The number of attempts.
        attempts: u32,
    },
    /// More data than the agent handles.
    #[error("{what} has {found} bytes, more than the limit of {limit}")]
    TooLarge {
        /// What.
        what: &'static str,
        /// Its size.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// A TPM on which nothing can be quoted.
    #[error("the TPM has no active PCR bank that this agent knows")]
    NoActiveBank,
}

impl TpmError {
    /// The state of the TPM that stands behind this failure, if it is one that lasts and that an
    /// operator can end. Response codes: P2 6.6.
    pub fn state(&self) -> Option<TpmProblemKind> {
        match self {
            Self::Unreachable { kind, .. } => Some(*kind),
            Self::WrongFamily { family, .. } if family == "1.2" => Some(TpmProblemKind::Version12),
            Self::NoActiveBank => Some(TpmProblemKind::NoBank),
            Self::Command { command, .. } => match self.response() {
                Some(Tss2ResponseCodeKind::Failure) => Some(TpmProblemKind::FailureMode),
                Some(Tss2ResponseCodeKind::Lockout) => Some(TpmProblemKind::LockedOut),
                Some(Tss2ResponseCodeKind::Hierarchy) => Some(TpmProblemKind::HierarchyDisabled),
                Some(Tss2ResponseCodeKind::AuthFail | Tss2ResponseCodeKind::BadAuth) => {
                    Some(TpmProblemKind::Owned)
                }
                _ if *command == CREATE_EK => Some(TpmProblemKind::EkCreationFailed),
                _ => None,
            },
            _ => None,
        }
    }

    /// The kind of the TPM's answer, if it is a command's failure with one.
    pub(super) fn response(&self) -> Option<Tss2ResponseCodeKind> {
        match self {
            Self::Command { source: Error::Tss2Error(code), .. } => code.kind(),
            _ => None,
        }
    }
}

/// Names the command when a call of the library fails.
pub(super) trait Doing<T> {
    fn doing(self, command: &'static str) -> Result<T, TpmError>;
}

impl<T> Doing<T> for tss_esapi::Result<T> {
    fn doing(self, command: &'static str) -> Result<T, TpmError> {
        self.map_err(|source| TpmError::Command { command, source })
    }
}
