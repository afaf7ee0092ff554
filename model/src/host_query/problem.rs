//! What can be wrong with a query, for the catalogue to put in words.

use std::fmt;

use super::HostQuery;

/// Why a term means nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryProblem {
    /// More than [`HostQuery::MAX_TEXT`] characters.
    TooLong,
    /// More than [`HostQuery::MAX_TERMS`] terms.
    TooManyTerms,
    /// More than [`HostQuery::MAX_VALUES`] values in a term.
    TooManyValues,
    /// Nothing stands after the colon, or between two commas.
    NoValue,
    /// The field has none but these values.
    NotOneOf {
        /// The values.
        possible: Vec<&'static str>,
    },
    /// There is no reason with this code.
    NoReason,
    /// Not an age such as `>10m`.
    NoAge {
        /// The field: `last` or `since`.
        field: &'static str,
    },
    /// Not the hexadecimal digits of a fingerprint, or too few to tell it from others.
    NoFingerprint,
}

/// For programs, in English.
impl fmt::Display for QueryProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "at most {} characters", HostQuery::MAX_TEXT),
            Self::TooManyTerms => write!(f, "at most {} terms", HostQuery::MAX_TERMS),
            Self::TooManyValues => write!(f, "at most {} values", HostQuery::MAX_VALUES),
            Self::NoValue => f.write_str("expected a value"),
            Self::NotOneOf { possible } => write!(f, "expected {}", possible.join(", ")),
            Self::NoReason => f.write_str("there is no reason with this code"),
            Self::NoAge { field } => {
                write!(f, "expected an age such as {field}:>10m or {field}:<2h (s, m, h, d)")
            }
            Self::NoFingerprint => f.write_str("expected 8 to 64 hexadecimal digits"),
        }
    }
}
