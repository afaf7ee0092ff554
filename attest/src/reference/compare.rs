//! Proven measurements beside what was approved.

use std::cell::OnceCell;
use std::cmp::Reverse;

use trustboard_model::boot::Topic;
use trustboard_model::comparison::Comparison;
use trustboard_model::configuration::Reference;
use trustboard_model::digest::HashAlg;
use trustboard_model::pcr::PcrIndex;

use super::align::{Cells, Found, align};
use super::difference::{Differing, Drawn, Finding};
use super::validate::{start, start_of_reference};
use crate::eventlog::{Event, EventLog, ReplayedLog};
use crate::hash;
use crate::meaning::meaning;
use crate::tpm::QuotedPcrs;

/// The first configuration whose every register was quoted with exactly its value. Nothing is
/// read from a log for it, and nothing allocated: this is what a steady host costs.
pub(crate) fn matching<'r>(
    approved: &'r [Reference],
    quoted: &QuotedPcrs,
) -> Option<&'r Reference> {
    approved.iter().filter(|reference| is_comparable(reference, quoted)).find(|reference| {
        let mut registers = reference.pcrs.iter();
        registers.all(|(&pcr, of)| quoted.value(reference.bank, pcr) == Some(&of.value))
    })
}

/// Whether every register that a configuration speaks of was quoted, in a bank that proves
/// something.
fn is_comparable(reference: &Reference, quoted: &QuotedPcrs) -> bool {
    let was_quoted = |pcr: &PcrIndex| quoted.value(reference.bank, *pcr).is_some();
    hash::is_strong(reference.bank)
        && !reference.pcrs.is_empty()
        && reference.pcrs.keys().all(was_quoted)
}

/// Compares with every approved configuration; nothing if none speaks of what was quoted.
///
/// A register matches if its quoted value is the reference's, whatever explains it, or if the log
/// explains it and its events are the reference's but for those that may vary.
pub(crate) fn compare(
    approved: &[Reference],
    quoted: &QuotedPcrs,
    log: Option<&EventLog<'_>>,
    replayed: Option<&ReplayedLog<'_>>,
) -> Option<Comparison> {
    let matched = |reference: &Reference| {
        Some(Comparison::Matched { configuration: reference.configuration.clone() })
    };
    if let Some(reference) = matching(approved, quoted) {
        return matched(reference);
    }
    let mut cells = Cells::new();
    let mut closest: Option<(&Reference, Vec<Finding>)> = None;
    let measured = Measured { quoted, log, replayed, other: OnceCell::new() };
    for reference in approved.iter().filter(|reference| is_comparable(reference, quoted)) {
        let findings = measured.beside(reference, &mut cells);
        if findings.is_empty() {
            return matched(reference);
        }
        // Ties go to the newer version, and else by id: the same evidence has the same answer.
        let key = |of: &Reference, findings: &[Finding]| {
            (findings.len(), Reverse(of.configuration.version), *of.configuration.id.as_bytes())
        };
        let nearer =
            closest.as_ref().is_none_or(|(of, best)| key(reference, &findings) < key(of, best));
        if nearer {
            closest = Some((reference, findings));
        }
    }
    let (reference, findings) = closest?;
    let replayed = measured.replayed(reference.bank);
    let drawn = Drawn { reference, findings: &findings };
    Some(drawn.comparison(|pcr, position| {
        let event = replayed?.events(pcr)?.get(position)?;
        let (topic, said) = meaning(event, reference.bank);
        Some(Differing { topic, said, number: event.number, digest: event.digest(reference.bank)? })
    }))
}

/// What was proven.
struct Measured<'m, 'a> {
    quoted: &'m QuotedPcrs,
    log: Option<&'m EventLog<'a>>,
    /// In the bank that the verdict rests on.
    replayed: Option<&'m ReplayedLog<'a>>,
    /// In another bank, when a configuration was learned in one.
    other: OnceCell<Vec<ReplayedLog<'a>>>,
}

impl<'a> Measured<'_, 'a> {
    fn replayed(&self, bank: HashAlg) -> Option<&ReplayedLog<'a>> {
        if let Some(replayed) = self.replayed.filter(|replayed| replayed.bank() == bank) {
            return Some(replayed);
        }
        let others = self.other.get_or_init(|| {
            let Some(log) = self.log else { return Vec::new() };
            let replay = log.replay();
            let banks = self.quoted.banks().filter(|bank| hash::is_strong(*bank));
            banks.map(|bank| ReplayedLog::new(log, &replay, self.quoted, bank)).collect()
        });
        others.iter().find(|replayed| replayed.bank() == bank)
    }

    /// Every difference from a reference, registers ascending, each in the order of its events.
    fn beside(&self, reference: &Reference, cells: &mut Cells) -> Vec<Finding> {
        let bank = reference.bank;
        let replayed = self.replayed(bank);
        let mut findings = Vec::new();
        for (&pcr, expected) in &reference.pcrs {
            // Every register was quoted: see `is_comparable`.
            let Some(value) = self.quoted.value(bank, pcr) else { continue };
            if *value == expected.value {
                continue;
            }
            let Some(events) = replayed.and_then(|replayed| replayed.events(pcr)) else {
                findings.push(Finding::value(pcr, value));
                continue;
            };
            // Events that may vary can hide that the TPM was started from another locality.
            let digests = || events.iter().filter_map(|event| event.digest(bank));
            if start(pcr, value, digests) != start_of_reference(pcr, expected) {
                findings.push(Finding::value(pcr, value));
            }
            let found = Register { events, bank, topics: OnceCell::new() };
            let steps = align(&expected.events, &found, cells);
            let differing = steps.into_iter().filter(|step| step.is_difference());
            findings.extend(differing.map(|step| Finding::step(pcr, step)));
        }
        findings
    }
}

/// The events of a register, and what they are about, which is read once if at all.
struct Register<'e, 'a> {
    events: &'e [Event<'a>],
    bank: HashAlg,
    topics: OnceCell<Vec<Topic>>,
}

impl Found for Register<'_, '_> {
    fn len(&self) -> usize {
        self.events.len()
    }

    fn digest(&self, position: usize) -> &[u8] {
        self.events.get(position).and_then(|event| event.digest(self.bank)).unwrap_or_default()
    }

    fn topic(&self, position: usize) -> Topic {
        let topics = self
            .topics
            .get_or_init(|| self.events.iter().map(|event| meaning(event, self.bank).0).collect());
        topics.get(position).copied().unwrap_or(Topic::Other)
    }
}
