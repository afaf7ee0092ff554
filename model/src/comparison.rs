//! What a host booted beside what was approved.

use serde::{Deserialize, Serialize};

use crate::boot::{Said, Topic};
use crate::configuration::ConfigurationRef;
use crate::digest::{Digest, Sha256};
use crate::pcr::PcrIndex;

/// The result of comparing proven measurements with every approved configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "result")]
pub enum Comparison {
    /// One matches.
    Matched {
        /// Which.
        configuration: ConfigurationRef,
    },
    /// None matches; the closest is the one with the fewest differences.
    Differs {
        /// The closest.
        closest: ConfigurationRef,
        /// How many differences there are.
        count: u32,
        /// The first of them, at most [`Comparison::MOST`], most telling first.
        differences: Vec<Difference>,
        /// SHA-256 over the configuration's id and every difference: hosts with the same
        /// fingerprint differ from the same configuration in the same way.
        fingerprint: Sha256,
    },
}

impl Comparison {
    /// How many differences are kept. An operator acts on the first few; a kernel update changes
    /// fewer than twenty events.
    pub const MOST: usize = 64;
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// The register.
    pub pcr: PcrIndex,
    /// What it is about.
    pub topic: Topic,
    /// How it differs.
    pub change: Change,
}

/// How a register's events differ from the reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "change")]
pub enum Change {
    /// Another digest in the same place.
    Changed {
        /// As approved.
        expected: Side,
        /// As measured.
        found: Side,
    },
    /// An event that the configuration does not have.
    Added {
        /// As measured.
        found: Side,
    },
    /// An event of the configuration that did not happen.
    Missing {
        /// As approved.
        expected: Side,
    },
    /// The register's value differs, and no log says by what.
    Value {
        /// As approved.
        expected: Digest,
        /// As quoted.
        found: Digest,
    },
}

/// One side of a difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// The event's place in its log, from 1.
    pub event: u32,
    /// Its digest.
    pub digest: Digest,
    /// What its log says of it.
    pub said: Option<Said>,
}
