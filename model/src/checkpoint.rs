//! How far IMA's measurement list was replayed: what lets the next answer of the same boot begin
//! where this one ended.

use serde::{Deserialize, Serialize};

use crate::digest::{Digest, HashAlg, Sha256};
use crate::pcr::PcrIndex;
use crate::protocol::KnownIma;

/// The state of a replay after the first `offset` bytes of a list. Only the verifier makes one.
///
/// It needs no proof of its own: what follows is replayed from these values, and explains the
/// quoted ones only if everything before was what the TPM was extended with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImaCheckpoint {
    /// `resetCount` of the quote; another one means another list.
    pub reset_count: u32,
    /// Bytes that were replayed.
    pub offset: u64,
    /// A place before `offset`, at most [`ImaCheckpoint::PART_BYTES`].
    pub from: u64,
    /// SHA-256 of the bytes from there to `offset`: by them an agent knows its list again.
    pub part: Sha256,
    /// The algorithm of the list's template digests.
    pub digests: HashAlg,
    /// Entries that were replayed.
    pub entries: u64,
    /// Violations among them.
    pub violations: u64,
    /// What the first of them was about.
    pub first_violation: Option<String>,
    /// The templates that were met, in the order in which they were.
    pub templates: Vec<String>,
    /// The distinct digests of `boot_aggregate` entries, in order.
    pub boot_aggregates: Vec<Digest>,
    /// The registers' values after the last entry.
    pub registers: Vec<ImaRegister>,
    /// Whether the values are quoted ones. Before a long list has been sent whole they are not.
    pub proven: bool,
}

/// A register during a replay of IMA's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImaRegister {
    /// The register: 10, unless the host's IMA policy names others.
    pub pcr: PcrIndex,
    /// The bank is that of the value.
    pub value: Digest,
    /// Whether the kernel extends this bank with the template's SHA-1 digest, filled up with
    /// zeros: those before 5.8 do for all banks, later ones where they lack the algorithm.
    pub padded: bool,
    /// Entries that extended it.
    pub entries: u64,
}

impl ImaCheckpoint {
    /// The most bytes that an agent is asked to recognise: a hundred entries and more, of which
    /// no two hosts and no two boots have the same.
    pub const PART_BYTES: u64 = 16 * 1024;

    /// As a challenge names it.
    pub fn known(&self) -> KnownIma {
        KnownIma {
            reset_count: self.reset_count,
            from: self.from,
            to: self.offset,
            digest: self.part,
        }
    }
}

/// What was seen of the operating system's logs, for the next appraisal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OsLogsSeen {
    /// How far IMA's list was replayed.
    pub ima: Option<ImaCheckpoint>,
    /// `resetCount` of the latest quote with which systemd's log came: in the same boot it does
    /// not go away.
    pub systemd: Option<u32>,
}
