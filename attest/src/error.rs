//! Malformed evidence. Not to be mistaken for a `Reason`: well formed, and refused.

/// A part of the evidence that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{part}: {problem}")]
pub struct Error {
    /// Which part: `quote`, `signature`, `EK public area`, `event log`.
    pub part: &'static str,
    /// What is wrong, with the offset or the field and the limit.
    pub problem: String,
}
