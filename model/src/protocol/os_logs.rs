//! The operating system's own logs in evidence: IMA's measurement list and systemd's log.
//!
//! Both may grow while evidence is collected. So they are read twice: before the quote, when
//! their digests go into the claims that the quote binds, and after it, so that what is sent
//! holds at least what was quoted. What is sent begins with what was claimed.

use serde::{Deserialize, Serialize};

use super::LogPart;
use crate::bytes::Bytes;
use crate::digest::{HashAlg, Sha256};

/// The part of IMA's list that a server has already replayed, in a challenge. An agent whose list
/// has these bytes in this place sends only what follows; else it sends the list from its start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownIma {
    /// `resetCount` of the quote that the part was replayed against: after a boot there is
    /// another list.
    pub reset_count: u32,
    /// Where the latest replayed part begins, in bytes of the list.
    pub from: u64,
    /// Where it ends, and where what follows begins.
    pub to: u64,
    /// SHA-256 of the bytes in between.
    pub digest: Sha256,
}

/// What the claims say of the operating system's logs, as they were before the quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OsLogClaims {
    /// IMA's measurement list.
    pub ima: Claimed,
    /// systemd's measurement log.
    pub systemd: Claimed,
}

/// What the claims say of one log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Claimed {
    /// It is there.
    Present {
        /// Where the part begins that is spoken of, in bytes; zero for a whole log.
        from: u64,
        /// How long the part was before the quote.
        bytes: u64,
        /// SHA-256 of so many bytes from there.
        digest: Sha256,
    },
    /// It is not there.
    Absent {
        /// Why, in the agent's words.
        why: String,
    },
}

/// The logs themselves, as they were after the quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OsLogs {
    /// IMA's measurement list, or what follows the part that the challenge named.
    pub ima: ImaPart,
    /// `/run/log/systemd/tpm2-measure.log`.
    pub systemd: LogPart,
}

/// A part of IMA's measurement list, as the kernel writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImaPart {
    /// Bytes of the list.
    Part {
        /// The algorithm of its template digests: SHA-1 in `binary_runtime_measurements`, another
        /// one in `binary_runtime_measurements_sha256` and so on.
        digests: HashAlg,
        /// Where the part begins: zero, or where the one ends that the challenge named.
        from: u64,
        /// The bytes. The last entry may be cut off if there are more.
        bytes: Bytes,
        /// There is more than `limit::IMA_BYTES`; the next answer goes on.
        more: bool,
    },
    /// There is none.
    Absent,
}
