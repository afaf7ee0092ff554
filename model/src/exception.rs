//! Exceptions: one host may fail one check in exactly one way, for a time.

use serde::{Deserialize, Serialize};

use crate::check::{CheckId, Excepted};
use crate::id::{ExceptionId, HostId};
use crate::reason::{Reason, ReasonCode};
use crate::time::Timestamp;

/// An exception that an operator granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// Its id.
    pub id: ExceptionId,
    /// The host.
    pub host: HostId,
    /// The check.
    pub check: CheckId,
    /// The refusal that it covers, and no other.
    pub value: ExceptedValue,
    /// Why.
    pub reason: String,
    /// Who granted it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// When it ends. There is no exception for ever.
    pub expires_at: Timestamp,
}

/// What makes a refusal this one: where it was and what was found there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ExceptedValue {
    /// The code.
    pub code: ReasonCode,
    /// Where.
    pub place: Option<String>,
    /// What was found: a digest, a setting.
    pub found: Option<String>,
    /// The fact `fingerprint` of reasons that sum up more than their text shows.
    pub fingerprint: Option<String>,
}

impl ExceptedValue {
    /// What makes `reason` this one.
    pub fn of(reason: &Reason) -> Self {
        Self {
            code: reason.code,
            place: reason.place.clone(),
            found: reason.found.clone(),
            fingerprint: reason.facts.get("fingerprint").cloned(),
        }
    }
}

impl Exception {
    /// The longest time that one is granted for, in days.
    pub const MOST_DAYS: u32 = 366;

    /// Whether it covers `reason` of its host at `now`. What no exception may cover is named by
    /// [`CheckId::is_core`].
    pub fn covers(&self, reason: &Reason, now: Timestamp) -> bool {
        now < self.expires_at
            && !self.check.is_core()
            && reason.code.check() == self.check
            && ExceptedValue::of(reason) == self.value
    }

    /// As an appraisal names it.
    pub fn excepted(&self) -> Excepted {
        Excepted {
            id: self.id,
            by: self.by.clone(),
            reason: self.reason.clone(),
            expires_at: self.expires_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(found: &str) -> Reason {
        Reason::new(ReasonCode::EkCertificateExpired).at("certificate 1").found(found)
    }

    fn exception(of: &Reason) -> Exception {
        Exception {
            id: ExceptionId::from_random([1; 16]),
            host: HostId::from_random([2; 16]),
            check: of.code.check(),
            value: ExceptedValue::of(of),
            reason: "replacement ordered".to_owned(),
            by: "ada".to_owned(),
            at: Timestamp(0),
            expires_at: Timestamp(1000),
        }
    }

    #[test]
    fn covers_exactly_its_value_until_it_ends() {
        let exception = exception(&reason("2024-01-01"));
        assert!(exception.covers(&reason("2024-01-01"), Timestamp(999)));
        assert!(!exception.covers(&reason("2024-01-01"), Timestamp(1000)), "ended");
        assert!(!exception.covers(&reason("2023-01-01"), Timestamp(999)), "another value");
    }

    #[test]
    fn never_covers_what_everything_rests_on() {
        let forged = Reason::new(ReasonCode::QuoteSignatureInvalid);
        assert!(!exception(&forged).covers(&forged, Timestamp(0)));
    }
}
