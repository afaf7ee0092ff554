//! J68: what was booted is what an operator approved.

use trustboard_model::appraisal::{PcrRow, PcrState};
use trustboard_model::check::CheckId;
use trustboard_model::comparison::Comparison;
use trustboard_model::configuration::Reference;
use trustboard_model::pcr::PcrIndex;

use crate::eventlog::{EventLog, ReplayedLog};
use crate::reference;
use crate::tpm::QuotedPcrs;
use crate::verdict::Ledger;

const CHECK: CheckId = CheckId::ApprovedConfiguration;

/// Compares what was proven with what is approved for the cluster.
///
/// Quoted values that are the approved ones pass whatever the log says: the TPM signed them. What
/// differs must be explained by the log; where the log fails to, the reason is the log's
/// (`replay.mismatch`, `log.missing`), and nothing can be said here.
pub(crate) fn configuration(
    approved: &[Reference],
    quoted: &QuotedPcrs,
    log: Option<&EventLog<'_>>,
    replayed: Option<&ReplayedLog<'_>>,
    rows: &[PcrRow],
    ledger: &mut Ledger,
) -> Option<Comparison> {
    if approved.is_empty() {
        return None;
    }
    let Some(comparison) = reference::compare(approved, quoted, log, replayed) else {
        ledger.skip(CHECK, "no approved configuration speaks of the banks and PCRs quoted");
        return None;
    };
    match &comparison {
        Comparison::Matched { configuration } => {
            ledger
                .pass(CHECK, format!("{}, version {}", configuration.name, configuration.version));
        }
        Comparison::Differs { closest, .. } => {
            let closest = approved.iter().find(|of| of.configuration == *closest);
            if let Some(pcr) = closest.and_then(|of| unexplained(of, quoted, log.is_some(), rows)) {
                ledger.skip(CHECK, format!("the log does not explain PCR {pcr}, which differs"));
                return None;
            }
            if let Some(reason) = reference::reason(&comparison) {
                ledger.refuse(reason);
            }
        }
    }
    Some(comparison)
}

/// The first register that differs and that the log should have explained.
fn unexplained(
    closest: &Reference,
    quoted: &QuotedPcrs,
    has_log: bool,
    rows: &[PcrRow],
) -> Option<PcrIndex> {
    let state = |pcr: PcrIndex| {
        let mut of_bank = rows.iter().filter(|row| row.bank == closest.bank);
        of_bank.find(|row| row.pcr == pcr).map(|row| row.state)
    };
    let differs = |pcr: PcrIndex| {
        let expected = closest.pcrs.get(&pcr).map(|register| &register.value);
        quoted.value(closest.bank, pcr) != expected
    };
    let open = |pcr: PcrIndex| {
        !has_log || matches!(state(pcr), None | Some(PcrState::Mismatch | PcrState::Unexplained))
    };
    closest.pcrs.keys().copied().find(|&pcr| differs(pcr) && open(pcr))
}
