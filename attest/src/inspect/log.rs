//! An event log by itself, or beside PCR values.

use trustboard_model::appraisal::{PcrRow, SecureBoot};
use trustboard_model::boot::BootItem;
use trustboard_model::check::{CheckId, Outcome};
use trustboard_model::pcr::{PcrBankValues, PcrIndex};

use crate::boot::LastOn;
use crate::check;
use crate::eventlog::EventLog;
use crate::meaning::booted;
use crate::tpm::QuotedPcrs;
use crate::verdict::Ledger;

/// What a log says, if the PCR values are what they are said to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogInspection {
    /// The checks that apply, in the order of `CheckId::ALL`.
    pub checks: Vec<(CheckId, Outcome)>,
    /// Each register beside what the log says it should be.
    pub pcrs: Vec<PcrRow>,
    /// Secure Boot at that boot.
    pub secure_boot: SecureBoot,
    /// What was booted.
    pub booted: Vec<BootItem>,
}

/// Looks at a log. `values` are what somebody read from the TPM; without any, the values that
/// replaying the log gives stand in for them, and nothing is compared. Nobody signed for either.
pub fn inspect_log(log: &EventLog<'_>, values: Option<&[PcrBankValues]>) -> LogInspection {
    let mut ledger = Ledger::default();
    ledger.pass(CheckId::LogStructure, format!("{} events", log.len()));
    check::log_rules(log, &mut ledger);
    let values = if let Some(values) = values {
        QuotedPcrs::unproven(values)
    } else {
        let why = "no PCR values to compare with";
        for of_values in [
            CheckId::ResetValues,
            CheckId::ReplayPolicyBank,
            CheckId::ReplayOtherBanks,
            CheckId::ReplayOsPcrs,
        ] {
            ledger.not_applicable(of_values, why);
        }
        let replay = log.replay();
        let banks = replay.banks().iter().map(|bank| PcrBankValues {
            bank: bank.bank(),
            values: PcrIndex::all().map(|pcr| (pcr, bank.pcr(pcr).value.clone())).collect(),
        });
        QuotedPcrs::unproven(&banks.collect::<Vec<_>>())
    };
    let replayed = check::replay(Some(log), &values, None, &mut ledger);
    if let Some(bank) = values.policy_bank() {
        check::os_registers(&replayed.rows, bank, &mut ledger);
    }
    let mut inspection = LogInspection {
        checks: Vec::new(),
        pcrs: replayed.rows,
        secure_boot: SecureBoot::Unknown,
        booted: Vec::new(),
    };
    if let Some(log) = replayed.log {
        inspection.booted = booted(&log);
        check::separators(&log, &mut ledger);
        check::course(&log, &mut ledger);
        inspection.secure_boot = check::secure_boot(&log, &LastOn::new(None), None, &mut ledger);
    }
    inspection.checks = ledger.into_outcomes();
    inspection
}
