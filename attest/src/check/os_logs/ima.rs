//! I63 and I64: IMA's measurement list.

use trustboard_model::appraisal::{PcrRow, PcrState};
use trustboard_model::boot::{BootItem, Said, Topic};
use trustboard_model::check::CheckId;
use trustboard_model::checkpoint::ImaCheckpoint;
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::protocol::ImaPart;
use trustboard_model::reason::{Reason, ReasonCode};

use super::super::quote::is_reset;
use crate::eventlog::Replay;
use crate::ima::{BootAggregate, ImaList, ImaPartRead, ImaReplay, PcrValues, check_boot_aggregate};
use crate::tpm::QuotedPcrs;
use crate::verdict::Ledger;

const CHECKS: [CheckId; 3] =
    [CheckId::ImaReplay, CheckId::ImaBootAggregate, CheckId::ImaViolations];

/// The list as it was sent.
pub(super) enum Ima<'a> {
    /// There is none, and why.
    Absent(String),
    /// It was refused, or what it continues is not on record.
    Settled,
    /// It can be replayed.
    Read {
        list: ImaList<'a>,
        bytes: &'a [u8],
        start: Option<&'a ImaCheckpoint>,
        more: bool,
        reset_count: u32,
    },
}

/// Reads the part that was sent. `before` is the checkpoint of this boot.
pub(super) fn read<'a>(
    part: Option<&'a ImaPart>,
    why: String,
    before: Option<&'a ImaCheckpoint>,
    reset_count: u32,
    ledger: &mut Ledger,
) -> Ima<'a> {
    let (digests, from, bytes, more) = match part {
        Some(ImaPart::Part { digests, from, bytes, more }) => (*digests, *from, bytes, *more),
        None | Some(ImaPart::Absent) => match before {
            None => return Ima::Absent(why),
            Some(before) => {
                ledger.refuse(
                    Reason::new(ReasonCode::ImaListHidden)
                        .at(CheckedPcr)
                        .expected(format!("a list of at least {} entries", before.entries))
                        .found(why)
                        .with("entries", before.entries),
                );
                return Ima::Settled;
            }
        },
    };
    let start = match before {
        _ if from == 0 => None,
        Some(before) if before.offset == from && before.digests == digests => Some(before),
        _ => {
            let why = format!(
                "the list was sent from byte {from} on, and what comes before is not on record; \
                 the next answer brings it whole"
            );
            ledger.skip(CheckId::ImaReplay, why);
            return Ima::Settled;
        }
    };
    match ImaList::parse(bytes, digests, more) {
        Ok(list) => Ima::Read { list, bytes, start, more, reset_count },
        Err(error) => {
            let entries = start.map_or(0, |start| start.entries);
            let entry = entries + u64::try_from(error.entry).unwrap_or(u64::MAX);
            ledger.refuse(
                Reason::new(ReasonCode::ImaListMalformed)
                    .at(format!("entry {entry}"))
                    .found(&error.problem)
                    .with("entry", entry),
            );
            Ima::Settled
        }
    }
}

/// PCR 10 as an object of a message.
struct CheckedPcr;

impl std::fmt::Display for CheckedPcr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PCR 10 (IMA)")
    }
}

/// The register.
fn pcr10() -> Option<PcrIndex> {
    PcrIndex::try_from(10).ok()
}

impl Ima<'_> {
    /// I63: the list explains the quoted PCR 10 as a prefix.
    pub(super) fn replay(self, quoted: &QuotedPcrs, ledger: &mut Ledger) -> Option<ImaReplay> {
        let bank = quoted.policy_bank()?;
        let value = pcr10().and_then(|pcr| quoted.value(bank, pcr).map(|value| (pcr, value)));
        let extended = value.filter(|(pcr, value)| !is_reset(*pcr, value.as_bytes()));
        let (list, bytes, start, more, reset_count) = match (self, extended) {
            (Self::Absent(why), None) => {
                none(&why, ledger);
                return None;
            }
            (Self::Absent(why), Some(_)) => {
                none(&format!("{why}; what extended PCR 10 is an open question"), ledger);
                return None;
            }
            (Self::Settled, _) => {
                for check in CHECKS {
                    ledger.skip(check, "there is no list that can be replayed");
                }
                return None;
            }
            (Self::Read { start: None, .. }, None) => {
                none(
                    "the kernel does not measure into this TPM: PCR 10 was never extended",
                    ledger,
                );
                return None;
            }
            (Self::Read { list, bytes, start, more, reset_count }, _) => {
                (list, bytes, start, more, reset_count)
            }
        };
        let part = ImaPartRead { list: &list, bytes, start, more, reset_count };
        let replay = part.replay(quoted);
        match replay.proven {
            Some(proven) => proven_list(&replay, proven, bank, ledger),
            None if more => {
                let why = format!(
                    "{} entries were read; the rest of the list follows with the next answer",
                    replay.entries
                );
                for check in CHECKS {
                    ledger.skip(check, &why);
                }
            }
            None => {
                let last = start.filter(|start| start.proven).map_or(0, |start| start.entries);
                unexplained(&replay, last, value.map(|(_, value)| value), bank, ledger);
                for check in CHECKS {
                    ledger.skip(check, "the list does not explain PCR 10");
                }
            }
        }
        Some(replay)
    }
}

/// There is no list to check.
fn none(why: &str, ledger: &mut Ledger) {
    for check in CHECKS {
        ledger.not_applicable(check, why);
    }
}

fn proven_list(replay: &ImaReplay, proven: u64, bank: HashAlg, ledger: &mut Ledger) {
    let newer = match replay.entries.saturating_sub(proven) {
        0 => String::new(),
        newer => format!(", {newer} are newer than the quote"),
    };
    let padded = replay.banks.iter().any(|of| of.computed.alg() == bank && of.padded);
    let how = if padded { ", by SHA-1 digests filled up with zeros" } else { "" };
    ledger
        .pass(CheckId::ImaReplay, format!("{proven} entries explain PCR 10 ({bank}){how}{newer}"));
    let Some(state) = replay.checkpoint.as_ref() else { return };
    if state.violations == 0 {
        ledger.pass(CheckId::ImaViolations, "none");
    } else {
        ledger.refuse(
            Reason::new(ReasonCode::ImaViolations)
                .at(CheckedPcr)
                .expected("no violations")
                .found(state.first_violation.as_deref().unwrap_or("a file without a name"))
                .with("violations", state.violations)
                .with("entries", state.entries),
        );
    }
}

/// `last`: entries that an earlier quote of this boot proved.
fn unexplained(
    replay: &ImaReplay,
    last: u64,
    quoted: Option<&Digest>,
    bank: HashAlg,
    ledger: &mut Ledger,
) {
    let of_pcr10 = || replay.banks.iter().filter(|of| of.pcr.as_usize() == 10);
    let computed = of_pcr10().find(|of| of.computed.alg() == bank).map(|of| &of.computed);
    let matched = of_pcr10().filter_map(|of| of.explained).max().unwrap_or(0).max(last);
    let mut reason = Reason::new(ReasonCode::ImaMismatch)
        .at(format!("PCR 10 (IMA), {bank} bank"))
        .found(quoted.map_or("no value".to_owned(), ToString::to_string))
        .with("bank", bank)
        .with("pcr", "10")
        .with("entries", replay.entries)
        .with("matched", matched);
    reason = match computed {
        Some(computed) => reason.expected(computed),
        None => reason.expected("a value that the list leads to"),
    };
    if let Some(altered) = replay.altered {
        reason = reason.with("entry", altered);
    }
    ledger.refuse(reason);
}

/// I63: `boot_aggregate` is the hash over the registers of the same boot.
pub(super) fn boot_aggregate(
    ima: &ImaReplay,
    firmware: Option<&Replay>,
    quoted: &QuotedPcrs,
    rows: &[PcrRow],
    bank: HashAlg,
    ledger: &mut Ledger,
) {
    let Some(state) = ima.checkpoint.as_ref().filter(|_| ima.proven.is_some()) else { return };
    if state.boot_aggregates.is_empty() {
        ledger.refuse(
            Reason::new(ReasonCode::ImaBootAggregateMismatch)
                .at("entry 1")
                .expected("boot_aggregate")
                .found("no such entry with a digest of a TPM's bank"),
        );
        return;
    }
    // What systemd extended since stands in the quote, and not yet in the boot_aggregate.
    let at_start = |bank: HashAlg, pcr: PcrIndex| {
        let explained = rows
            .iter()
            .any(|row| (row.bank, row.pcr, row.state) == (bank, pcr, PcrState::Explained));
        let replayed = firmware.and_then(|replay| replay.bank(bank)).map(|bank| bank.pcr(pcr));
        match replayed {
            Some(replayed) if explained && replayed.events > 0 => Some(replayed.value.clone()),
            _ => quoted.value(bank, pcr).cloned(),
        }
    };
    let now = |bank: HashAlg, pcr: PcrIndex| quoted.value(bank, pcr).cloned();
    let values: [PcrValues<'_>; 2] = [&at_start, &now];
    for found in &state.boot_aggregates {
        match check_boot_aggregate(found, &values) {
            BootAggregate::Matches { bank, last } => ledger.pass(
                CheckId::ImaBootAggregate,
                format!("{} over PCRs 0-{last} of the {bank} bank", found.alg()),
            ),
            BootAggregate::Differs { .. } if extended_since(rows, bank) => {
                ledger.not_applicable(
                    CheckId::ImaBootAggregate,
                    "PCR 8 or 9 was extended since by something that no log speaks of",
                );
            }
            BootAggregate::Differs { expected } => ledger.refuse(
                Reason::new(ReasonCode::ImaBootAggregateMismatch)
                    .at("entry 1, boot_aggregate")
                    .expected(expected)
                    .found(found),
            ),
            BootAggregate::NotComputable => ledger.skip(
                CheckId::ImaBootAggregate,
                format!("the {} bank is not quoted, or cannot be computed here", found.alg()),
            ),
        }
    }
}

/// Whether PCR 8 or 9 hold something that no log explains, though one explains the others: they
/// may have had other values when IMA started.
fn extended_since(rows: &[PcrRow], bank: HashAlg) -> bool {
    let of_bank = || rows.iter().filter(|row| row.bank == bank);
    of_bank().any(|row| row.pcr.as_usize() < 8 && row.state == PcrState::Explained)
        && of_bank().any(|row| {
            [8, 9].contains(&row.pcr.as_usize())
                && matches!(row.state, PcrState::NotEvaluated | PcrState::Mismatch)
        })
}

/// One line about the list for the host's page.
pub(super) fn summary(ima: &ImaReplay, quoted: &QuotedPcrs, bank: HashAlg) -> Option<BootItem> {
    let (state, proven) = (ima.checkpoint.as_ref()?, ima.proven?);
    let pcr = pcr10()?;
    let templates = state.templates.join(", ");
    let said = format!("{proven} entries ({templates}), {} violations", state.violations);
    Some(BootItem {
        topic: Topic::Files,
        said: Some(Said::covered(&said)),
        pcr,
        event: None,
        digest: quoted.value(bank, pcr).cloned(),
    })
}
