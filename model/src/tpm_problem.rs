//! What prevents the use of a TPM that seems to be there.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why the agent cannot use the TPM: a claim of the host, which can only make things worse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TpmProblem {
    /// What an operator can do something about.
    pub kind: TpmProblemKind,
    /// What the agent tried and what came back; at most
    /// [`HostFacts::MAX_TEXT`](crate::facts::HostFacts::MAX_TEXT) bytes.
    pub text: String,
}

impl fmt::Display for TpmProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The states that an agent can tell apart. Each has its own remedy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TpmProblemKind {
    /// It is a TPM 1.2, or a TPM 2.0 that firmware setup runs as one.
    Version12,
    /// The firmware announces a TPM, but the kernel has no driver that can use it.
    NoDriver,
    /// The agent may not open the device.
    NotPermitted,
    /// Another program holds the device.
    Busy,
    /// The TPM failed its self-test and answers nothing else (TPM 2.0 Part 1, 12.3: failure mode).
    FailureMode,
    /// Too many wrong passwords: the TPM refuses authorisations for a while (Part 1, 19.8).
    LockedOut,
    /// A password that an earlier owner set protects a hierarchy that the agent needs.
    Owned,
    /// Firmware setup or an earlier program disabled a hierarchy that the agent needs.
    HierarchyDisabled,
    /// The TPM cannot make its endorsement key.
    EkCreationFailed,
    /// No PCR bank is active, or none that an agent knows.
    NoBank,
    /// Anything else, also what a newer agent may tell apart.
    #[serde(other)]
    NotAnswering,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_newer_agents_are_read_as_the_general_one() {
        let kind = |json| serde_json::from_str::<TpmProblemKind>(json).unwrap();
        assert_eq!(kind("\"version12\""), TpmProblemKind::Version12);
        assert_eq!(kind("\"hierarchy-disabled\""), TpmProblemKind::HierarchyDisabled);
        assert_eq!(kind("\"struck-by-lightning\""), TpmProblemKind::NotAnswering);
        let mut cbor = Vec::new();
        ciborium::into_writer("struck-by-lightning", &mut cbor).unwrap();
        let read: TpmProblemKind = ciborium::from_reader(&cbor[..]).unwrap();
        assert_eq!(read, TpmProblemKind::NotAnswering);
    }
}
