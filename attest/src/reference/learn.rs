//! From a log to reference values.

use std::collections::{BTreeMap, BTreeSet};

use trustboard_model::appraisal::{PcrRow, PcrState};
use trustboard_model::configuration::{ConfigurationRef, Reference, ReferenceEvent, ReferencePcr};
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::pcr::PcrIndex;

use super::align::{Cells, Step, align};
use super::{is_usual, may_be_approved};
use crate::budget;
use crate::eventlog::{EventLog, LogError};
use crate::hash;
use crate::meaning::meaning;

/// What a log offers as reference values: every register that it explains and that a
/// configuration may speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learned {
    /// The bank of all digests.
    pub bank: HashAlg,
    /// The registers.
    pub pcrs: BTreeMap<PcrIndex, ReferencePcr>,
}

/// Why nothing can be learned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LearnError {
    /// The log cannot be read.
    #[error("the event log cannot be read: {0}")]
    Log(#[from] LogError),
    /// Only banks whose digests are no longer proof of anything.
    #[error("the event log holds no digests in SHA-256 or a stronger bank")]
    NoStrongBank,
    /// The log explains nothing that a configuration may speak of.
    #[error("the event log explains none of the PCRs 0 to 9 and 11 to 14")]
    NothingExplained,
    /// More events than a reviewer could look at.
    #[error("{found} events; a configuration may have {}", budget::REFERENCE_EVENTS)]
    TooManyEvents {
        /// How many there are.
        found: usize,
    },
    /// A register that the log does not explain.
    #[error("the event log does not explain PCR {0}, or no configuration may speak of it")]
    NotOffered(PcrIndex),
}

/// Learns from a host that verified: its log, and the registers of its latest appraisal. Only
/// registers whose quoted value the log explains count, those at their reset value among them.
pub fn learn_from_report(log: &[u8], pcrs: &[PcrRow]) -> Result<Learned, LearnError> {
    let log = EventLog::parse(log)?;
    let quoted: BTreeSet<HashAlg> = pcrs.iter().map(|row| row.bank).collect();
    let bank = strong_bank(&log, |bank| quoted.contains(&bank))?;
    let explained = pcrs.iter().filter(|row| {
        row.bank == bank && matches!(row.state, PcrState::Explained | PcrState::Reset)
    });
    let values: BTreeMap<PcrIndex, &Digest> = explained.map(|row| (row.pcr, &row.quoted)).collect();
    learn(&log, bank, |pcr, value, _| values.get(&pcr).is_some_and(|quoted| *quoted == value))
}

/// Learns from a log alone: its values are those that replaying it gives. Registers without an
/// event are left out, because nothing says what the operating system extended them with.
pub fn learn_from_log(log: &[u8]) -> Result<Learned, LearnError> {
    let log = EventLog::parse(log)?;
    let bank = strong_bank(&log, |_| true)?;
    learn(&log, bank, |_, _, events| events > 0)
}

/// SHA-256, or else the next stronger bank.
fn strong_bank(
    log: &EventLog<'_>,
    is_quoted: impl Fn(HashAlg) -> bool,
) -> Result<HashAlg, LearnError> {
    [HashAlg::Sha256, HashAlg::Sha384, HashAlg::Sha512]
        .into_iter()
        .find(|bank| log.banks().contains(bank) && is_quoted(*bank))
        .ok_or(LearnError::NoStrongBank)
}

fn learn(
    log: &EventLog<'_>,
    bank: HashAlg,
    counts: impl Fn(PcrIndex, &Digest, u32) -> bool,
) -> Result<Learned, LearnError> {
    let replay = log.replay();
    let Some(replay) = replay.bank(bank) else { return Err(LearnError::NoStrongBank) };
    let of_pcr = |pcr: PcrIndex| {
        log.insecure_events().iter().filter_map(move |event| {
            let of_pcr = event.extends() && event.pcr == u32::from(u8::from(pcr));
            Some((event, event.digest(bank).filter(|_| of_pcr)?))
        })
    };
    let offered: Vec<PcrIndex> = PcrIndex::all()
        .filter(|pcr| may_be_approved(*pcr))
        .filter(|pcr| counts(*pcr, &replay.pcr(*pcr).value, replay.pcr(*pcr).events))
        .collect();
    if offered.is_empty() {
        return Err(LearnError::NothingExplained);
    }
    let found = offered.iter().map(|pcr| of_pcr(*pcr).count()).sum();
    if found > budget::REFERENCE_EVENTS {
        return Err(LearnError::TooManyEvents { found });
    }
    let pcrs = offered.into_iter().map(|pcr| {
        let events = of_pcr(pcr).map(|(event, digest)| {
            let (topic, said) = meaning(event, bank);
            ReferenceEvent {
                number: event.number,
                event_type: event.event_type.0,
                topic,
                digest: hash::to_model(bank, digest),
                said,
                varies: false,
            }
        });
        let events = events.collect();
        (pcr, ReferencePcr { value: replay.pcr(pcr).value.clone(), events })
    });
    Ok(Learned { bank, pcrs: pcrs.collect() })
}

impl Learned {
    /// Keeps the usual registers; see [`is_usual`].
    #[must_use]
    pub fn usual(mut self) -> Self {
        self.pcrs.retain(|pcr, _| is_usual(*pcr));
        self
    }

    /// Keeps these registers; all of them must be offered.
    pub fn only(mut self, pcrs: &[PcrIndex]) -> Result<Self, LearnError> {
        if let Some(&missing) = pcrs.iter().find(|pcr| !self.pcrs.contains_key(pcr)) {
            return Err(LearnError::NotOffered(missing));
        }
        self.pcrs.retain(|pcr, _| pcrs.contains(pcr));
        Ok(self)
    }

    /// Makes it the next version of `before`: the same registers, as far as they are offered, and
    /// what was reviewed as differing from host to host still does where the events agree.
    #[must_use]
    pub fn following(mut self, before: &Reference) -> Self {
        self.pcrs.retain(|pcr, _| before.pcrs.contains_key(pcr));
        if before.bank != self.bank {
            return self;
        }
        let mut cells = Cells::new();
        for (pcr, now) in &mut self.pcrs {
            let Some(before) = before.pcrs.get(pcr) else { continue };
            let steps = align(&before.events, now, &mut cells);
            for step in steps {
                if let Step::Same { expected, found } | Step::Changed { expected, found } = step
                    && let Some(was) = before.events.get(expected)
                    && let Some(event) = now.events.get_mut(found)
                {
                    event.varies = was.varies && was.topic == event.topic;
                }
            }
        }
        self
    }

    /// Marks events that differ from host to host, by their number in the log; all others do not.
    pub fn set_varies(&mut self, numbers: &[u32]) {
        set_varies(&mut self.pcrs, numbers);
    }

    /// Gives it a name.
    pub fn into_reference(self, configuration: ConfigurationRef) -> Reference {
        Reference { configuration, bank: self.bank, pcrs: self.pcrs }
    }
}

fn set_varies(pcrs: &mut BTreeMap<PcrIndex, ReferencePcr>, numbers: &[u32]) {
    for event in pcrs.values_mut().flat_map(|register| &mut register.events) {
        event.varies = numbers.contains(&event.number);
    }
}
