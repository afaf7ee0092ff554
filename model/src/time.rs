//! A moment in time, to the millisecond, always UTC.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike as _, NaiveDateTime, Timelike as _, Utc};
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z.
///
/// This crate never reads a clock: a `Timestamp` is always handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The same moment, `seconds` later (or earlier, if negative).
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Milliseconds from `earlier` to `self`; negative if `earlier` is later.
    pub fn millis_since(self, earlier: Timestamp) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The moment as chrono knows it; the far past or future saturates.
    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or(if self.0 < 0 {
            DateTime::<Utc>::MIN_UTC
        } else {
            DateTime::<Utc>::MAX_UTC
        })
    }
}

/// RFC 3339 in UTC with milliseconds: `2026-11-21T17:12:18.250Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not chrono's formatter, which would come into the wasm with all that it can format.
        let at = self.to_utc();
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            at.year(),
            at.month(),
            at.day(),
            at.hour(),
            at.minute(),
            at.second(),
            self.0.rem_euclid(1000)
        )
    }
}

/// Text that is no moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a time such as 2026-11-03T14:00:00Z (RFC 3339); without a zone it is UTC")]
pub struct InvalidTimestamp;

/// RFC 3339; or what a form's field for date and time holds, `2026-11-03T14:00` with or without
/// seconds, which is taken as UTC.
impl FromStr for Timestamp {
    type Err = InvalidTimestamp;

    fn from_str(text: &str) -> Result<Self, InvalidTimestamp> {
        if let Ok(at) = DateTime::parse_from_rfc3339(text) {
            return Ok(Self(at.timestamp_millis()));
        }
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
            .into_iter()
            .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
            .map(|at| Self(at.and_utc().timestamp_millis()))
            .ok_or(InvalidTimestamp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn displays_as_rfc_3339() {
        assert_eq!(Timestamp(1_763_744_400_250).to_string(), "2025-11-21T17:00:00.250Z");
    }

    #[test]
    fn reads_what_it_displays_and_what_forms_send() {
        let at = Timestamp(1_763_744_400_250);
        assert_eq!(at.to_string().parse(), Ok(at));
        assert_eq!("2025-11-21T18:00:00.25+01:00".parse(), Ok(at));
        assert_eq!("2025-11-21T17:00".parse(), Ok(Timestamp(1_763_744_400_000)));
        assert_eq!("2025-11-21T17:00:01".parse(), Ok(Timestamp(1_763_744_401_000)));
        for text in ["", "yesterday", "2025-11-21", "2025-13-01T00:00:00Z"] {
            assert_eq!(text.parse::<Timestamp>(), Err(InvalidTimestamp), "{text}");
        }
    }

    #[test]
    fn extremes_do_not_panic() {
        let _ = Timestamp(i64::MAX).to_string();
        let _ = Timestamp(i64::MIN).plus_seconds(-1).to_string();
    }
}
