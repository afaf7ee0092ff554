//! What a host is like when it is switched on.

use crate::firmware::{Bank, BootLoader, Choices, CommandLine, Initrd};
use crate::plan::HostPlan;
use crate::scenario::Scenario;

/// Which TPM is on the board. There is one that came with the host, and one to swap it for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chip {
    /// The one that the host was delivered with.
    First,
    /// The one from the spare-parts shelf.
    Spare,
}

/// What a host is like when it is switched on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The TPM, if there is one.
    pub chip: Option<Chip>,
    /// The active PCR banks, ascending.
    pub banks: Vec<Bank>,
    /// Firmware setup and disk.
    pub choices: Choices,
}

impl Condition {
    /// As it was ordered.
    pub fn healthy(plan: &HostPlan) -> Self {
        Self { chip: Some(Chip::First), banks: plan.banks.clone(), choices: Choices::DELIVERED }
    }

    /// As the scenario wants it.
    pub fn of(plan: &HostPlan, scenario: Scenario) -> Self {
        let mut condition = Self::healthy(plan);
        match scenario {
            Scenario::Healthy | Scenario::TpmAddedLater | Scenario::OldNonce => {}
            Scenario::SecureBootOff => condition.choices.secure_boot = false,
            Scenario::Sha256BankInactive => condition.banks = vec![Bank::Sha1],
            Scenario::NoTpm => condition.chip = None,
            Scenario::BootLoaderChanged => condition.choices.boot_loader = BootLoader::Replaced,
            Scenario::KernelCommandLineChanged => {
                condition.choices.command_line = CommandLine::WithShell;
            }
            Scenario::InitrdChanged => condition.choices.initrd = Initrd::Rebuilt,
            Scenario::EkReplaced => condition.chip = Some(Chip::Spare),
        }
        condition
    }

    /// As it was on the day of the enrolment of a host that plays the scenario.
    pub fn at_enrolment(plan: &HostPlan, scenario: Scenario) -> Self {
        let chip = match scenario {
            Scenario::NoTpm | Scenario::TpmAddedLater => None,
            _ => Some(Chip::First),
        };
        Self { chip, ..Self::of(plan, scenario) }
    }
}
