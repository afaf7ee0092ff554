//! Host facts: what a host says of itself. Signed with the evidence, so nobody can swap them on
//! the way, but claims all the same: only PCRs and the replayed log prove anything.

use serde::{Deserialize, Serialize};

use crate::digest::HashAlg;
use crate::tpm_problem::TpmProblem;

/// What the agent collected about its host. Every text is at most [`HostFacts::MAX_TEXT`] bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostFacts {
    /// The host's own name.
    pub hostname: String,
    /// `/etc/machine-id`, if there is one.
    pub machine_id: Option<String>,
    /// `/proc/sys/kernel/random/boot_id`: another one after each boot.
    pub boot_id: Option<String>,
    /// `ID` of os-release: `debian`.
    pub os_id: Option<String>,
    /// `PRETTY_NAME` of os-release: `Debian GNU/Linux 12 (bookworm)`.
    pub os_name: Option<String>,
    /// `VERSION_ID` of os-release: `12`.
    pub os_version: Option<String>,
    /// The kernel's release: `6.1.0-27-amd64`.
    pub kernel: Option<String>,
    /// The agent's version: `0.1.0`.
    pub agent_version: String,
    /// What the firmware variable `SecureBoot` says; nothing if there is no such variable.
    pub secure_boot_variable: Option<bool>,
    /// Why there is no event log, in the agent's words, if there is none.
    pub log_absent: Option<String>,
    /// The TPM, if the agent can talk to one.
    pub tpm: Option<TpmFacts>,
    /// What prevents the use of a TPM that seems to be there.
    pub tpm_problem: Option<TpmProblem>,
}

impl HostFacts {
    /// The longest text that the server accepts in a fact, in bytes (a POSIX host name has at most
    /// 255; PRETTY_NAMEs stay below 100).
    pub const MAX_TEXT: usize = 256;
}

/// The TPM as `TPM2_GetCapability` describes it. Unsigned by the TPM; signed as a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TpmFacts {
    /// `TPM_PT_FAMILY_INDICATOR`: `2.0`.
    pub family: String,
    /// `TPM_PT_MANUFACTURER` as text: `IFX`, `STM`, `NTC`, `IBM`.
    pub manufacturer: String,
    /// `TPM_PT_VENDOR_STRING_*` joined: the model.
    pub model: String,
    /// `TPM_PT_FIRMWARE_VERSION_1` and `_2` as four numbers: `7.85.4555.0`.
    pub firmware: String,
    /// How the operating system talks to it.
    pub interface: TpmInterface,
    /// The banks that are allocated and have PCRs (`TPM_CAP_PCRS`), ascending.
    pub active_banks: Vec<HashAlg>,
}

/// The TPM's register interface (PC Client Platform TPM Profile).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TpmInterface {
    /// TIS / FIFO
    Tis,
    /// Command response buffer
    Crb,
    /// The operating system does not say.
    Unknown,
}

impl TpmInterface {
    /// `TIS/FIFO`, `CRB` or `unknown`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tis => "TIS/FIFO",
            Self::Crb => "CRB",
            Self::Unknown => "unknown",
        }
    }
}
