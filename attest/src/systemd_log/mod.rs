//! systemd's measurement log: what userspace measured since the kernel was started.
//!
//! `/run/log/systemd/tpm2-measure.log` holds one JSON record for each measurement, close to TCG's
//! Canonical Event Log (CEL-JSON), in a JSON text sequence (RFC 7464). As with the firmware's log
//! only the digests can be proven, by replay; a record's words only where the digest is theirs.

mod parse;
mod replay;

pub use parse::{Record, SystemdLog, SystemdLogError};
pub use replay::SystemdReplay;
