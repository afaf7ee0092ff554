//! The appraisal in a form that can be stored, sent and shown.
//!
//! Only `trustboard_attest::appraise` makes one that can be recorded; this is its content.

use serde::{Deserialize, Serialize};

use crate::boot::BootItem;
use crate::check::CheckResult;
use crate::comparison::Comparison;
use crate::digest::{Digest, HashAlg, Sha256};
use crate::pcr::PcrIndex;
use crate::verdict::Verdict;

/// The verifier's complete result for one piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The conclusion.
    pub verdict: Verdict,
    /// Every check, in the order of `CheckId::ALL`.
    pub checks: Vec<CheckResult>,
    /// Secure Boot as PCR 7 and the replayed log prove it.
    pub secure_boot: SecureBoot,
    /// Quoted values beside those that the log explains; empty if there is no verified quote.
    pub pcrs: Vec<PcrRow>,
    /// What was booted, in the order of the boot: from the replayed log only.
    #[serde(default)]
    pub booted: Vec<BootItem>,
    /// The comparison with the approved configurations; nothing if none is approved for the
    /// cluster, or if there was nothing proven to compare.
    #[serde(default)]
    pub comparison: Option<Comparison>,
    /// Counters of the quote, if it was verified.
    pub clock: Option<ClockInfo>,
    /// SHA-256 of the event log that was appraised.
    pub log_digest: Option<Sha256>,
    /// The name and version of the policy.
    pub policy: String,
    /// The version of the verifier.
    pub verifier: String,
}

/// One PCR of one bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PcrRow {
    /// The bank.
    pub bank: HashAlg,
    /// The register.
    pub pcr: PcrIndex,
    /// The quoted value.
    pub quoted: Digest,
    /// What the log says it should be; nothing if no log speaks of it.
    pub replayed: Option<Digest>,
    /// How many events of the log extend it.
    pub events: u32,
    /// What to make of the two.
    pub state: PcrState,
}

/// What a PCR row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PcrState {
    /// The log explains the quoted value.
    Explained,
    /// The log gives another value.
    Mismatch,
    /// No events, and the register has its reset value.
    Reset,
    /// Extended by the operating system, for which there is no log here: not evaluated.
    NotEvaluated,
    /// Extended, and no log says by what.
    Unexplained,
}

/// Secure Boot as it was at boot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecureBoot {
    /// Proven on.
    On,
    /// Proven off.
    Off,
    /// The firmware measures no state.
    Unsupported,
    /// Not proven either way.
    Unknown,
}

/// `TPMS_CLOCK_INFO` (TPM 2.0 Part 2) and the firmware version of a verified quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockInfo {
    /// Milliseconds that the TPM was powered.
    pub clock: u64,
    /// Resets since the TPM was cleared: one more after each boot.
    pub reset_count: u32,
    /// Resumes and restarts since the last reset.
    pub restart_count: u32,
    /// Whether `clock` can be relied on.
    pub safe: bool,
    /// `firmwareVersion` of the quote.
    pub firmware_version: u64,
}
