//! F45: PCRs 8 to 16 and 23, which the system extends after the firmware's log has ended. Each
//! is explained whole by the logs together, or it is not: never "passed" for a part.

use trustboard_model::appraisal::{PcrRow, PcrState};
use trustboard_model::check::CheckId;
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::reason::{Reason, ReasonCode};

use super::super::replay::is_of_the_os;
use crate::eventlog::Replay;
use crate::ima::ImaReplay;
use crate::systemd_log::SystemdLog;
use crate::tpm::ranges;
use crate::verdict::Ledger;

/// A register of the policy's bank that so many of systemd's records explain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Explained {
    pub pcr: PcrIndex,
    pub records: u32,
}

/// Completes the rows that the firmware's log alone leaves open.
pub(super) fn complete(
    rows: &mut [PcrRow],
    ima: Option<&ImaReplay>,
    systemd: &SystemdLog,
    firmware: Option<&Replay>,
    policy_bank: Option<HashAlg>,
) -> Vec<Explained> {
    let mut explained = Vec::new();
    for row in rows {
        let start = firmware
            .and_then(|replay| replay.bank(row.bank))
            .map(|bank| bank.pcr(row.pcr))
            .filter(|replayed| replayed.events > 0);
        let (events, start) = match start {
            Some(replayed) => (replayed.events, replayed.value.clone()),
            None => (0, Digest::filled(row.bank, row.pcr.reset_byte())),
        };
        let open = is_of_the_os(row.pcr) && row.state == PcrState::NotEvaluated;
        let listed = ima.and_then(|ima| {
            ima.banks.iter().find(|of| of.pcr == row.pcr && of.computed.alg() == row.bank)
        });
        if let (true, Some(listed)) = (open, listed) {
            let entries = listed.explained.unwrap_or(listed.entries);
            row.events = u32::try_from(entries).unwrap_or(u32::MAX);
            if listed.explained.is_some() {
                row.state = PcrState::Explained;
                row.replayed = Some(row.quoted.clone());
            } else {
                row.state = PcrState::Mismatch;
                row.replayed = Some(listed.computed.clone());
            }
            continue;
        }
        let Some(replay) = systemd.replay(row.pcr, &start, &row.quoted) else { continue };
        // Below the system's registers `check::replay` has decided, by systemd's own words only.
        if open {
            row.events = events + replay.explained.unwrap_or(replay.records);
            row.replayed = Some(match replay.explained {
                Some(_) => row.quoted.clone(),
                None => replay.computed.clone(),
            });
            row.state = match replay.explained {
                Some(_) => PcrState::Explained,
                None => PcrState::Mismatch,
            };
        }
        if Some(row.bank) == policy_bank
            && row.state == PcrState::Explained
            && let Some(records) = replay.explained
        {
            explained.push(Explained { pcr: row.pcr, records });
        }
    }
    explained
}

/// The check over the policy's bank, and what another bank shows beside it.
pub(crate) fn judge(rows: &[PcrRow], policy_bank: HashAlg, ledger: &mut Ledger) {
    let of_the_os = |row: &&PcrRow| is_of_the_os(row.pcr);
    let of_policy: Vec<&PcrRow> =
        rows.iter().filter(|row| row.bank == policy_bank).filter(of_the_os).collect();
    let of_state = |state| -> Vec<PcrIndex> {
        of_policy.iter().filter(|row| row.state == state).map(|row| row.pcr).collect()
    };
    // PCR 10 has a check of its own, which says more.
    let ima_refused = ledger.refused(CheckId::ImaReplay);
    let wrong = of_policy
        .iter()
        .find(|row| row.state == PcrState::Mismatch && !(ima_refused && row.pcr.as_usize() == 10));
    let explained = of_state(PcrState::Explained);
    let mut open = of_state(PcrState::NotEvaluated);
    if ima_refused {
        open.extend(of_state(PcrState::Mismatch));
        open.sort_unstable();
    }
    if let Some(row) = wrong {
        ledger.refuse(mismatch(ReasonCode::ReplayOsMismatch, row));
    } else if !open.is_empty() {
        let why = format!(
            "PCRs {} were extended by something that no log explains; explained: {}",
            ranges(&open),
            ranges(&explained)
        );
        ledger.skip(CheckId::ReplayOsPcrs, why);
    } else if !explained.is_empty() {
        ledger.pass(CheckId::ReplayOsPcrs, format!("PCRs {} explained", ranges(&explained)));
    } else {
        ledger.not_applicable(CheckId::ReplayOsPcrs, "none was extended");
    }
    let explained_here = |row: &PcrRow| {
        of_policy.iter().any(|of| of.pcr == row.pcr && of.state == PcrState::Explained)
    };
    let other = rows
        .iter()
        .filter(of_the_os)
        .find(|row| row.state == PcrState::Mismatch && explained_here(row));
    if let Some(row) = other {
        ledger.refuse(mismatch(ReasonCode::ReplayMismatchOtherBank, row));
    }
}

fn mismatch(code: ReasonCode, row: &PcrRow) -> Reason {
    let reason = Reason::new(code)
        .at(format!("PCR {} ({}), {} bank", row.pcr, row.pcr.purpose(), row.bank))
        .found(&row.quoted)
        .with("bank", row.bank)
        .with("pcr", row.pcr)
        .with("purpose", row.pcr.purpose())
        .with("events", row.events);
    match &row.replayed {
        Some(replayed) => reason.expected(replayed),
        None => reason,
    }
}
