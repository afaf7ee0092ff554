//! Approved configurations: what a host may have booted (RFC 9334: reference values).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::boot::{Said, Topic};
use crate::digest::{Digest, HashAlg};
use crate::id::ConfigurationId;
use crate::pcr::PcrIndex;

/// The measured values of one version of a configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Which one.
    pub configuration: ConfigurationRef,
    /// The bank of all digests here.
    pub bank: HashAlg,
    /// What it speaks of; a register that is not here may hold anything.
    pub pcrs: BTreeMap<PcrIndex, ReferencePcr>,
}

/// How an appraisal, an event and a row name a configuration.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ConfigurationRef {
    /// The id of this version.
    pub id: ConfigurationId,
    /// Its name, the same in all versions: `Debian 12.8, kernel 6.1.0-27`.
    pub name: String,
    /// Its version, from 1.
    pub version: u32,
}

/// What one register must have measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferencePcr {
    /// The value after the last event. A host with this value matches whatever its events are.
    pub value: Digest,
    /// The events that make it, in order. Replaying their digests gives `value`.
    pub events: Vec<ReferenceEvent>,
}

/// One event of a configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferenceEvent {
    /// Its place in the log that it was taken from, from 1.
    pub number: u32,
    /// Its type (PFP 1.06, 10.4.1). Attacker-controlled in a log, so never compared.
    pub event_type: u32,
    /// What it is about.
    pub topic: Topic,
    /// What extended the register.
    pub digest: Digest,
    /// What the log said of it.
    pub said: Option<Said>,
    /// Set by a reviewer: differs from host to host (a disk's GUID, a serial number). A host must
    /// have an event in this place, with any digest.
    pub varies: bool,
}

/// Where a configuration is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConfigurationState {
    /// Captured or imported; nothing rests on it yet, and it may be edited.
    Draft,
    /// One operator approved it, and a policy demands a second.
    AwaitingSecond,
    /// Hosts of its clusters pass if they match it.
    Approved,
    /// A newer version took its place.
    Superseded,
    /// An operator took it out of use.
    Retired,
}

impl ConfigurationState {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::AwaitingSecond => "awaiting-second",
            Self::Approved => "approved",
            Self::Superseded => "superseded",
            Self::Retired => "retired",
        }
    }
}
