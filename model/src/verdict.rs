//! The verdict: three answers, not two, and no default.

use serde::{Deserialize, Serialize};

use crate::reason::Reason;

/// What an appraisal concludes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "verdict", content = "why")]
pub enum Verdict {
    /// Every check that the policy demands was made and passed.
    Trusted,
    /// The evidence was read, and refused.
    Untrusted(Reasons),
    /// The evidence proves nothing either way.
    Unknown(Cause),
}

/// One or more reasons, the most telling first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Reason>", into = "Vec<Reason>")]
pub struct Reasons(Vec<Reason>);

/// There must be a reason to be untrusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an untrusted verdict without a reason")]
pub struct NoReason;

impl Reasons {
    /// The reasons, put in order of telling.
    pub fn new(mut reasons: Vec<Reason>) -> Result<Self, NoReason> {
        if reasons.is_empty() {
            return Err(NoReason);
        }
        reasons.sort_by_key(|reason| reason.code);
        Ok(Self(reasons))
    }

    /// The most telling one.
    pub fn first(&self) -> &Reason {
        // Never empty: `new` is the only way in.
        &self.0[0]
    }

    /// All, the most telling first.
    pub fn all(&self) -> &[Reason] {
        &self.0
    }
}

impl TryFrom<Vec<Reason>> for Reasons {
    type Error = NoReason;

    fn try_from(reasons: Vec<Reason>) -> Result<Self, NoReason> {
        Self::new(reasons)
    }
}

impl From<Reasons> for Vec<Reason> {
    fn from(reasons: Reasons) -> Self {
        reasons.0
    }
}

/// Why an appraisal concludes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "cause")]
pub enum Cause {
    /// The host has no TPM 2.0 and the policy does not demand one. Shown as N/A.
    NoTpm,
    /// A part of the evidence cannot be read.
    Malformed {
        /// Which part: `quote`, `signature`, `event log`.
        part: String,
        /// What is wrong with it, with the offset or the field.
        problem: String,
    },
    /// The host answered that it cannot give evidence.
    HostRefused {
        /// The agent's words.
        problem: String,
    },
    /// A check that the policy demands could not be made.
    NotEvaluated {
        /// The check's code.
        check: crate::check::CheckId,
        /// Why not.
        problem: String,
    },
}

impl Cause {
    /// A stable code for filters, exports and the catalogue: `unknown.no-tpm`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoTpm => "unknown.no-tpm",
            Self::Malformed { .. } => "unknown.malformed",
            Self::HostRefused { .. } => "unknown.host-refused",
            Self::NotEvaluated { .. } => "unknown.not-evaluated",
        }
    }
}
