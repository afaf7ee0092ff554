//! Group F and D31: the log explains the quoted PCR values.

use trustboard_model::appraisal::{PcrRow, PcrState};
use trustboard_model::check::CheckId;
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::reason::{Reason, ReasonCode};

use super::quote::is_reset;
use crate::eventlog::{EventLog, Replay, ReplayedLog};
use crate::systemd_log::SystemdLog;
use crate::tpm::{QuotedPcrs, ranges};
use crate::verdict::Ledger;

/// What replay gave.
pub(crate) struct Replayed<'a> {
    pub rows: Vec<PcrRow>,
    /// The replay of every event, whether or not it explains a quoted value.
    pub replay: Option<Replay>,
    /// The events that the verdict may rest on.
    pub log: Option<ReplayedLog<'a>>,
}

/// Replays the log against every quoted bank. Without a log, says what the values alone tell.
/// Words that only systemd measures may follow the firmware's events in its own registers: newer
/// versions close those of the boot loader with `os-separator`.
pub(crate) fn replay<'a>(
    log: Option<&EventLog<'a>>,
    quoted: &QuotedPcrs,
    systemd: Option<&SystemdLog>,
    ledger: &mut Ledger,
) -> Replayed<'a> {
    let replay = log.map(EventLog::replay);
    let rows = rows(replay.as_ref(), quoted, systemd);
    let nothing = |rows| Replayed { rows, replay: None, log: None };
    // `QuotedPcrs` has at least one bank.
    let Some(policy_bank) = quoted.policy_bank() else { return nothing(rows) };
    let Some((log, replay)) = log.zip(replay) else { return nothing(rows) };
    let (policy_rows, other_rows): (Vec<_>, Vec<_>) =
        rows.iter().partition(|row| row.bank == policy_bank);
    if replay.bank(policy_bank).is_some() {
        bank_result(CheckId::ReplayPolicyBank, log, &replay, &policy_rows, ledger);
        reset_values(&policy_rows, ledger);
    } else {
        let why = format!("the log holds no {policy_bank} digests that can be replayed");
        ledger.skip(CheckId::ReplayPolicyBank, &why);
        ledger.skip(CheckId::ResetValues, &why);
    }
    other_banks(log, &replay, quoted, policy_bank, &other_rows, ledger);
    let log = ReplayedLog::before_the_system(log, &replay, quoted, policy_bank, systemd);
    Replayed { rows, replay: Some(replay), log: Some(log) }
}

fn rows(replay: Option<&Replay>, quoted: &QuotedPcrs, systemd: Option<&SystemdLog>) -> Vec<PcrRow> {
    let mut rows = Vec::new();
    for bank in quoted.banks() {
        let replayed_bank = replay.and_then(|replay| replay.bank(bank));
        for (pcr, value) in quoted.bank(bank) {
            let replayed = replayed_bank.map(|bank| bank.pcr(pcr));
            let words = replayed.zip(systemd).and_then(|(replayed, systemd)| {
                systemd.own_words_after(pcr, &replayed.value, value)
            });
            let replayed = replayed.filter(|pcr| pcr.events > 0);
            let events = replayed.map_or(0, |pcr| pcr.events);
            rows.push(match words {
                Some(words) => PcrRow {
                    bank,
                    pcr,
                    quoted: value.clone(),
                    replayed: Some(value.clone()),
                    events: events + words,
                    state: PcrState::Explained,
                },
                None => PcrRow {
                    bank,
                    pcr,
                    quoted: value.clone(),
                    replayed: replayed.map(|pcr| pcr.value.clone()),
                    events,
                    state: state(pcr, value, replayed.map(|r| &r.value), replayed_bank.is_some()),
                },
            });
        }
    }
    rows
}

/// PCRs that an operating system extends after the firmware's log has ended: 8 to 15 and 23
/// (CHECKS 45), and 16, which anybody may reset and extend (PTP 4.6).
pub(super) fn is_of_the_os(pcr: PcrIndex) -> bool {
    (8..=16).contains(&pcr.as_usize()) || pcr.as_usize() == 23
}

fn state(pcr: PcrIndex, quoted: &Digest, replayed: Option<&Digest>, has_log: bool) -> PcrState {
    match replayed {
        Some(replayed) if replayed == quoted => PcrState::Explained,
        None if is_reset(pcr, quoted.as_bytes()) => PcrState::Reset,
        _ if is_of_the_os(pcr) || !has_log => PcrState::NotEvaluated,
        Some(_) => PcrState::Mismatch,
        None => PcrState::Unexplained,
    }
}

/// F43, F44: passes, or refuses for the first register that the log does not explain.
fn bank_result(
    check: CheckId,
    log: &EventLog<'_>,
    replay: &Replay,
    rows: &[&PcrRow],
    ledger: &mut Ledger,
) {
    let of_state = |state| -> Vec<PcrIndex> {
        rows.iter().filter(|row| row.state == state).map(|row| row.pcr).collect()
    };
    let mismatches = of_state(PcrState::Mismatch);
    let explained = of_state(PcrState::Explained);
    let first = rows.iter().find(|row| row.state == PcrState::Mismatch);
    let Some((row, replayed)) = first.and_then(|row| Some((row, row.replayed.as_ref()?))) else {
        if explained.is_empty() {
            ledger.skip(check, "the log extends none of the quoted PCRs");
        } else {
            ledger.pass(check, format!("PCRs {} explained", ranges(&explained)));
        }
        return;
    };
    let code = if check == CheckId::ReplayPolicyBank {
        ReasonCode::ReplayMismatch
    } else {
        ReasonCode::ReplayMismatchOtherBank
    };
    let mut reason = Reason::new(code)
        .at(format!("PCR {} ({}), {} bank", row.pcr, row.pcr.purpose(), row.bank))
        .expected(replayed)
        .found(&row.quoted)
        .with("bank", row.bank)
        .with("pcr", row.pcr)
        .with("purpose", row.pcr.purpose())
        .with("computed", replayed)
        .with("quoted", &row.quoted)
        .with("events", row.events)
        .with("pcrs", ranges(&mismatches))
        .with("explained", ranges(&explained));
    if let Some(prefix) = log.prefix_with_value(row.pcr, &row.quoted) {
        reason = reason.with("prefix_events", prefix);
    }
    let bank = replay.bank(row.bank);
    if let Some(id) = bank.and_then(|bank| bank.missing_at_the_end(row.pcr, &row.quoted)) {
        reason = reason.with("missing_events", id);
    }
    ledger.refuse(reason);
}

/// F43: other active banks. One that the firmware never extended is `quote.bank-unextended`; one
/// that it extended without logging digests is a mismatch.
fn other_banks(
    log: &EventLog<'_>,
    replay: &Replay,
    quoted: &QuotedPcrs,
    policy_bank: HashAlg,
    rows: &[&PcrRow],
    ledger: &mut Ledger,
) {
    let others: Vec<HashAlg> = quoted.banks().filter(|bank| *bank != policy_bank).collect();
    if others.is_empty() {
        ledger.not_applicable(CheckId::ReplayOtherBanks, "no other bank is active");
        return;
    }
    for bank in &others {
        let of_bank: Vec<&PcrRow> = rows.iter().copied().filter(|row| row.bank == *bank).collect();
        if replay.bank(*bank).is_some() {
            if of_bank.iter().any(|row| row.state == PcrState::Mismatch) {
                bank_result(CheckId::ReplayOtherBanks, log, replay, &of_bank, ledger);
            }
        } else if of_bank.iter().any(|row| row.pcr.as_usize() < 8 && row.state != PcrState::Reset) {
            if crate::hash::algorithm(*bank).is_none() {
                ledger.skip(CheckId::ReplayOtherBanks, format!("{bank} cannot be computed here"));
                continue;
            }
            ledger.refuse(
                Reason::new(ReasonCode::ReplayMismatchOtherBank)
                    .at(format!("{bank} bank"))
                    .expected(format!("{bank} digests in the log"))
                    .found("none")
                    .with("bank", bank),
            );
        }
    }
    let names: Vec<_> = others.iter().map(|bank| bank.name()).collect();
    ledger.pass(CheckId::ReplayOtherBanks, format!("{} explained", names.join(", ")));
}

/// D31: a register without events has its reset value, or something extended it that no log
/// speaks of.
fn reset_values(rows: &[&PcrRow], ledger: &mut Ledger) {
    match rows.iter().find(|row| row.state == PcrState::Unexplained) {
        None => ledger.pass(CheckId::ResetValues, "no register was extended without a log"),
        Some(row) => ledger.refuse(
            Reason::new(ReasonCode::PcrUnexplained)
                .at(format!("PCR {} ({}), {} bank", row.pcr, row.pcr.purpose(), row.bank))
                .expected(Digest::filled(row.bank, row.pcr.reset_byte()))
                .found(&row.quoted)
                .with("bank", row.bank)
                .with("pcr", row.pcr)
                .with("purpose", row.pcr.purpose()),
        ),
    }
}
