//! What can be wrong with a host, and what a verifier has to say about it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use trustboard_model::host::Attestation;
use trustboard_model::reason::ReasonCode;
use trustboard_model::verdict::Cause;

/// The state that a host is played in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scenario {
    /// Nothing is wrong.
    Healthy,
    /// Secure Boot is off in the firmware setup.
    SecureBootOff,
    /// The host was enrolled without a TPM and has one now.
    TpmAddedLater,
    /// Only the TPM's SHA-1 bank is active.
    Sha256BankInactive,
    /// There is no TPM.
    NoTpm,
    /// The TPM measured another boot loader than the event log names.
    BootLoaderChanged,
    /// Somebody edited the boot entry: the kernel starts with a shell. Measured truthfully.
    KernelCommandLineChanged,
    /// Somebody built the initial file system anew. Measured truthfully.
    InitrdChanged,
    /// Another TPM sits on the board than the one that was enrolled.
    EkReplaced,
    /// Somebody on the wire to the TPM answers each challenge with an earlier quote.
    OldNonce,
}

/// What the server must say about a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    /// Attestation Passed.
    Passed,
    /// Attestation Failed, this reason first.
    Failed(ReasonCode),
    /// Attestation N/A: no TPM, and none was on record.
    NotApplicable,
}

impl Scenario {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Healthy,
        Self::SecureBootOff,
        Self::TpmAddedLater,
        Self::Sha256BankInactive,
        Self::NoTpm,
        Self::BootLoaderChanged,
        Self::KernelCommandLineChanged,
        Self::InitrdChanged,
        Self::EkReplaced,
        Self::OldNonce,
    ];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::SecureBootOff => "secure-boot-off",
            Self::TpmAddedLater => "tpm-added-later",
            Self::Sha256BankInactive => "sha256-bank-inactive",
            Self::NoTpm => "no-tpm",
            Self::BootLoaderChanged => "boot-loader-changed",
            Self::KernelCommandLineChanged => "kernel-command-line-changed",
            Self::InitrdChanged => "initrd-changed",
            Self::EkReplaced => "ek-replaced",
            Self::OldNonce => "old-nonce",
        }
    }

    /// What was done to the host, to be read after its name and a colon.
    pub const fn done(self) -> &'static str {
        match self {
            Self::Healthy => "everything as it should be",
            Self::SecureBootOff => "Secure Boot switched off in the firmware setup",
            Self::TpmAddedLater => "a TPM put on the board of a host that was enrolled without one",
            Self::Sha256BankInactive => "the TPM's SHA-256 bank switched off, SHA-1 left",
            Self::NoTpm => "no TPM on the board",
            Self::BootLoaderChanged => "GRUB replaced, the event log still names the old one",
            Self::KernelCommandLineChanged => "init=/bin/sh put on the kernel's command line",
            Self::InitrdChanged => "the initrd built anew with something else in it",
            Self::EkReplaced => "another TPM put on the board",
            Self::OldNonce => {
                "an interposer put on the wire to the TPM, which repeats an old quote"
            }
        }
    }

    /// What mends it on the host, as the server's remedy says.
    pub const fn mended(self) -> &'static str {
        match self {
            Self::Healthy => "nothing was wrong",
            Self::SecureBootOff => "Secure Boot switched on in the firmware setup",
            Self::TpmAddedLater => "the TPM stays; the server needs a new identity for it",
            Self::Sha256BankInactive => "the TPM's SHA-256 bank switched on in the firmware setup",
            Self::NoTpm => "the TPM put back on the board",
            Self::BootLoaderChanged => "GRUB installed anew from the distribution",
            Self::KernelCommandLineChanged => "the boot entry as it was",
            Self::InitrdChanged => "the initrd as it was",
            Self::EkReplaced => "the enrolled TPM put back on the board",
            Self::OldNonce => "the interposer taken off the wire",
        }
    }

    /// Whether it is only wrong to a server that knows what is approved: everything was measured
    /// and logged as it happened.
    pub const fn needs_configuration(self) -> bool {
        matches!(self, Self::KernelCommandLineChanged | Self::InitrdChanged)
    }

    /// What the server must say about a host in this state. `had_tpm`: whether the host has an
    /// identity on record. Without an approved configuration: the simulator knows of none.
    pub const fn expectation(self, had_tpm: bool) -> Expectation {
        match self {
            Self::Healthy | Self::KernelCommandLineChanged | Self::InitrdChanged => {
                Expectation::Passed
            }
            Self::SecureBootOff => Expectation::Failed(ReasonCode::SecureBootDisabled),
            Self::TpmAddedLater => Expectation::Failed(ReasonCode::NoCachedIdentity),
            Self::Sha256BankInactive => Expectation::Failed(ReasonCode::Sha256BankInactive),
            Self::NoTpm if had_tpm => Expectation::Failed(ReasonCode::TpmGone),
            Self::NoTpm => Expectation::NotApplicable,
            Self::BootLoaderChanged => Expectation::Failed(ReasonCode::ReplayMismatch),
            Self::EkReplaced => Expectation::Failed(ReasonCode::EkMismatch),
            Self::OldNonce => Expectation::Failed(ReasonCode::NonceMismatch),
        }
    }
}

impl Expectation {
    /// What the Attestation column must read.
    pub const fn attestation(self) -> Attestation {
        match self {
            Self::Passed => Attestation::Passed,
            Self::Failed(_) => Attestation::Failed,
            Self::NotApplicable => Attestation::NotApplicable,
        }
    }

    /// The reason's code or the cause's: `secure-boot.disabled`.
    pub const fn code(self) -> Option<&'static str> {
        match self {
            Self::Passed => None,
            Self::Failed(reason) => Some(reason.code()),
            Self::NotApplicable => Some(Cause::NoTpm.code()),
        }
    }
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passed => f.write_str("Attestation Passed"),
            Self::Failed(reason) => write!(f, "Attestation Failed ({reason})"),
            Self::NotApplicable => f.write_str("Attestation N/A (no TPM 2.0)"),
        }
    }
}

impl fmt::Display for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that no scenario has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no scenario has this name; there are {}", names())]
pub struct UnknownScenario;

fn names() -> String {
    Scenario::ALL.map(Scenario::name).join(", ")
}

impl FromStr for Scenario {
    type Err = UnknownScenario;

    fn from_str(text: &str) -> Result<Self, UnknownScenario> {
        Self::ALL.into_iter().find(|scenario| scenario.name() == text).ok_or(UnknownScenario)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_both_ways_and_are_those_of_the_record() {
        for scenario in Scenario::ALL {
            assert_eq!(scenario.name().parse(), Ok(scenario));
            let json = serde_json::to_string(&scenario).unwrap();
            assert_eq!(json, format!("\"{scenario}\""));
        }
        let error = "flood".parse::<Scenario>().unwrap_err().to_string();
        assert!(error.contains("secure-boot-off"), "{error}");
    }

    #[test]
    fn a_tpm_that_is_gone_is_not_the_same_as_none() {
        assert_eq!(Scenario::NoTpm.expectation(false).code(), Some("unknown.no-tpm"));
        assert_eq!(Scenario::NoTpm.expectation(true).code(), Some("platform.tpm-gone"));
    }
}
