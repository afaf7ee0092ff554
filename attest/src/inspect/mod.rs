//! Looking at single pieces of evidence without a server: an event log, a quote, a certificate,
//! PCR values as tools write them.
//!
//! The checks are those of an appraisal. What an appraisal knows besides (the host's identity,
//! the challenge, the policy) is missing here, so nothing here makes a verdict: whole evidence is
//! appraised again with [`crate::Bundle`].

mod ek;
mod key;
mod log;
mod pcr_text;
mod quote;

use trustboard_model::check::{CheckId, Outcome, Strictness};
use trustboard_model::policy::Policy;

pub use ek::{EkInspection, inspect_ek};
pub use key::read_attestation_key;
pub use log::{LogInspection, inspect_log};
pub use pcr_text::read_pcr_values;
pub use quote::{QuoteInspection, QuoteParts, inspect_quote};

/// How a refusal counts in an inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The piece disagrees with itself, with what stands beside it, or with a specification.
    Refused,
    /// It is consistent, and says something that a policy may refuse: Secure Boot is off.
    Finding,
}

/// How a refusal of this check counts. Policies take some refusals as warnings: those, and what
/// is merely said about the state of a host, are findings.
pub fn weight(check: CheckId) -> Weight {
    let of_the_host = matches!(
        check,
        CheckId::SecureBootEnabled
            | CheckId::SecureBootKeys
            | CheckId::SecureBootAuthority
            | CheckId::SecureBootTestKey
            | CheckId::SecureBootDebug
            | CheckId::SecureBootMode
            | CheckId::ShimValidation
            | CheckId::UnextendedBank
    );
    if of_the_host || Policy::default_strictness(check) != Strictness::Fail {
        Weight::Finding
    } else {
        Weight::Refused
    }
}

/// Whether any outcome refuses the piece.
pub fn is_refused(checks: &[(CheckId, Outcome)]) -> bool {
    checks.iter().any(|(check, outcome)| {
        matches!(outcome, Outcome::Failed(_)) && weight(*check) == Weight::Refused
    })
}
