//! What can be wrong with a light host, and how it can answer.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::firmware::{BootLoader, Choices, CommandLine, Initrd};

/// What a light host is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Behaviour {
    /// Nothing is wrong.
    Healthy,
    /// GRUB was updated, which nobody has approved yet; on every host in the same way.
    GrubUpdate,
    /// Secure Boot is off in the firmware setup.
    SecureBootOff,
    /// The kernel starts with a shell.
    KernelCommandLineChanged,
    /// The initial file system was built anew.
    InitrdChanged,
    /// The TPM measured another boot loader than the event log names.
    BootLoaderReplaced,
    /// The event log is no event log.
    UnreadableLog,
    /// The TPM came without a certificate.
    NoCertificate,
    /// There is no TPM.
    NoTpm,
    /// Every answer takes five seconds.
    Slow,
    /// The agent introduces itself after a boot, and answers no question from then on.
    Silent,
    /// Every quote is over another nonce than the one that was asked for.
    WrongAnswer,
    /// The TPM's clock runs at twice the speed, as those of some makers nearly do.
    ClockSkew,
    /// Everything that the host says of itself is meant to harm whoever shows it.
    Hostile,
}

/// How long a slow host takes for each answer: as long as a slow TPM for an RSA quote of three
/// banks, and far below the server's limit.
const SLOW: Duration = Duration::from_secs(5);

impl Behaviour {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Healthy,
        Self::GrubUpdate,
        Self::SecureBootOff,
        Self::KernelCommandLineChanged,
        Self::InitrdChanged,
        Self::BootLoaderReplaced,
        Self::UnreadableLog,
        Self::NoCertificate,
        Self::NoTpm,
        Self::Slow,
        Self::Silent,
        Self::WrongAnswer,
        Self::ClockSkew,
        Self::Hostile,
    ];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Healthy => "healthy",
            Self::GrubUpdate => "grub-update",
            Self::SecureBootOff => "secure-boot-off",
            Self::KernelCommandLineChanged => "kernel-command-line-changed",
            Self::InitrdChanged => "initrd-changed",
            Self::BootLoaderReplaced => "boot-loader-replaced",
            Self::UnreadableLog => "unreadable-log",
            Self::NoCertificate => "no-certificate",
            Self::NoTpm => "no-tpm",
            Self::Slow => "slow",
            Self::Silent => "silent",
            Self::WrongAnswer => "wrong-answer",
            Self::ClockSkew => "clock-skew",
            Self::Hostile => "hostile",
        }
    }

    /// Whether the host was delivered like this. The others are delivered healthy, and become it
    /// with their next boot.
    pub const fn from_delivery(self) -> bool {
        matches!(self, Self::NoCertificate | Self::NoTpm | Self::Hostile)
    }

    /// What was chosen in the firmware setup, and what lies on the disk.
    pub const fn choices(self) -> Choices {
        let mut choices = Choices::DELIVERED;
        match self {
            Self::GrubUpdate => choices.boot_loader = BootLoader::Updated,
            Self::SecureBootOff => choices.secure_boot = false,
            Self::KernelCommandLineChanged => choices.command_line = CommandLine::WithShell,
            Self::InitrdChanged => choices.initrd = Initrd::Rebuilt,
            Self::BootLoaderReplaced => choices.boot_loader = BootLoader::Replaced,
            _ => {}
        }
        choices
    }

    /// How long the host takes for each answer; nothing if it never gives one.
    pub const fn pause(self) -> Option<Duration> {
        match self {
            Self::Slow => Some(SLOW),
            Self::Silent => None,
            _ => Some(Duration::ZERO),
        }
    }
}

impl fmt::Display for Behaviour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that no behaviour has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no behaviour has this name; there are {}", Behaviour::ALL.map(Behaviour::name).join(", "))]
pub struct UnknownBehaviour;

impl FromStr for Behaviour {
    type Err = UnknownBehaviour;

    fn from_str(text: &str) -> Result<Self, UnknownBehaviour> {
        Self::ALL.into_iter().find(|behaviour| behaviour.name() == text).ok_or(UnknownBehaviour)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_both_ways_and_are_those_of_the_plan() {
        for behaviour in Behaviour::ALL {
            assert_eq!(behaviour.name().parse(), Ok(behaviour));
            assert_eq!(serde_json::to_string(&behaviour).unwrap(), format!("\"{behaviour}\""));
        }
        assert!("flood".parse::<Behaviour>().unwrap_err().to_string().contains("grub-update"));
    }
}
