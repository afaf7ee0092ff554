//! A host's states: identity, presence, and what is derived from the last appraisal.

use serde::{Deserialize, Serialize};

use crate::appraisal::{Report, SecureBoot};
use crate::time::Timestamp;
use crate::verdict::{Cause, Verdict};

/// The identity (EK, AK) on record for a host.
///
/// ```text
/// None ──TPM proves EK and AK at enrolment or Connect──▶ Enrolled
/// None ──TPM seen without either──▶ None (attestation fails: no cached identity key)
/// Enrolled ──another EK or AK answers──▶ Mismatched ──operator accepts──▶ Pending ──proof──▶ Enrolled
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdentityState {
    /// Nothing on record.
    None,
    /// A new identity will be taken at the next connection of the agent.
    Pending,
    /// On record and proven by credential activation.
    Enrolled,
    /// The host answered with another EK or AK than the one on record.
    Mismatched,
}

/// Presence is the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// The agent's session is open.
    Connected,
    /// There is no session, or it did not answer.
    NotResponding,
    /// Disconnected by an operator.
    Disconnected,
}

/// What the Attestation column reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Attestation {
    /// Untrusted.
    Failed,
    /// Nothing is known.
    Unknown,
    /// No TPM 2.0.
    NotApplicable,
    /// Trusted.
    Passed,
}

impl Attestation {
    /// Every value, in the order of the column's sort: what needs a person first.
    pub const ALL: [Self; 4] = [Self::Failed, Self::Unknown, Self::NotApplicable, Self::Passed];

    /// The stable code for URLs, exports and the database: `failed`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::NotApplicable => "n-a",
            Self::Passed => "passed",
        }
    }

    /// The value with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.code() == code)
    }

    /// What the column reads after an appraisal with this verdict.
    pub fn of(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Trusted => Self::Passed,
            Verdict::Untrusted(_) => Self::Failed,
            Verdict::Unknown(Cause::NoTpm) => Self::NotApplicable,
            Verdict::Unknown(_) => Self::Unknown,
        }
    }
}

/// Whether the last appraisal still says something about now. Derived, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Freshness {
    /// Never verified.
    Never,
    /// Within the policy's maximum age.
    Fresh,
    /// Older.
    Stale,
}

impl Freshness {
    /// From the moment of the last appraisal, the policy's maximum age in seconds, and now.
    pub fn derive(last_verified: Option<Timestamp>, max_age_s: u32, now: Timestamp) -> Self {
        match last_verified {
            None => Self::Never,
            Some(at) if now.millis_since(at) <= i64::from(max_age_s) * 1000 => Self::Fresh,
            Some(_) => Self::Stale,
        }
    }
}

/// The Secure Boot column.
pub fn secure_boot_of(report: Option<&Report>) -> SecureBoot {
    report.map_or(SecureBoot::Unknown, |report| report.secure_boot)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn freshness_turns_stale_after_the_maximum_age() {
        let at = Timestamp(1_000_000);
        assert_eq!(Freshness::derive(None, 60, at), Freshness::Never);
        assert_eq!(Freshness::derive(Some(at), 60, at.plus_seconds(60)), Freshness::Fresh);
        assert_eq!(Freshness::derive(Some(at), 60, at.plus_seconds(61)), Freshness::Stale);
    }
}
