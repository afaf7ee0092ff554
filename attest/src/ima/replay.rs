//! Replay of a list against the quoted PCR 10: as a prefix, because the list is read after the
//! quote was made, and may have grown.

use aws_lc_rs::digest::MAX_OUTPUT_LEN;
use trustboard_model::checkpoint::{ImaCheckpoint, ImaRegister};
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::pcr::PcrIndex;
use trustboard_model::reason::bounded;

use super::{ImaEntry, ImaList};
use crate::tpm::QuotedPcrs;
use crate::{budget, hash};

/// The register that IMA extends unless a rule of its policy names another one.
const IMA_PCR: usize = 10;

/// What a part of a list explains of the quoted values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImaReplay {
    /// Each register of each quoted bank that the list extends.
    pub banks: Vec<ImaBank>,
    /// How far the list is proven, or was read; nothing if no later part could go on from here.
    pub checkpoint: Option<ImaCheckpoint>,
    /// Entries of the list that were read, those before this part included.
    pub entries: u64,
    /// Entries from the list's start that explain the quoted PCR 10 of the policy's bank.
    pub proven: Option<u64>,
    /// The first entry whose template digest is not that of its fields, if no bank is explained.
    pub altered: Option<u64>,
}

/// One register of one bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImaBank {
    /// The register.
    pub pcr: PcrIndex,
    /// Its value after the last entry; the bank is that of the value.
    pub computed: Digest,
    /// Entries that extend it.
    pub entries: u64,
    /// After how many of them it had the quoted value.
    pub explained: Option<u64>,
    /// Whether the kernel extended SHA-1 digests that are filled up with zeros.
    pub padded: bool,
}

/// A part of a list, with what is known of what came before.
#[derive(Debug, Clone, Copy)]
pub struct ImaPartRead<'a> {
    /// The entries.
    pub list: &'a ImaList<'a>,
    /// The bytes that they were read from.
    pub bytes: &'a [u8],
    /// The state after everything before them; nothing if they begin the list.
    pub start: Option<&'a ImaCheckpoint>,
    /// Whether the list goes on in another part.
    pub more: bool,
    /// `resetCount` of the quote.
    pub reset_count: u32,
}

impl ImaPartRead<'_> {
    /// Replays it for every quoted bank that can be computed. The policy's bank decides how far
    /// the list is proven.
    pub fn replay(&self, quoted: &QuotedPcrs) -> ImaReplay {
        let policy_bank = quoted.policy_bank();
        let mut runs: Vec<Run> = Vec::new();
        for bank in quoted.banks().filter(|bank| hash::algorithm(*bank).is_some()) {
            let own = self.run(bank, false, quoted);
            let explained = own.iter().any(|run| run.pcr.as_usize() == IMA_PCR && run.matched());
            if explained || bank == HashAlg::Sha1 {
                runs.extend(own);
                continue;
            }
            let padded = self.run(bank, true, quoted);
            let explained = padded.iter().any(|run| run.pcr.as_usize() == IMA_PCR && run.matched());
            if explained {
                runs.extend(padded);
            } else {
                runs.extend(own);
                if self.more {
                    runs.extend(padded);
                }
            }
        }
        let of_policy = |run: &&Run| Some(run.bank) == policy_bank;
        let proven = runs
            .iter()
            .filter(of_policy)
            .find(|run| run.pcr.as_usize() == IMA_PCR && run.matched())
            .map(|_| self.cut(runs.iter().filter(of_policy)));
        let before = self.start.map_or(0, |start| start.entries);
        let checkpoint = match proven {
            Some(cut) => self.checkpoint(cut, true, &runs),
            None if self.more => self.checkpoint(self.list.insecure_entries().len(), false, &runs),
            None => None,
        };
        let altered = if proven.is_none() { self.altered().map(|at| before + at) } else { None };
        ImaReplay {
            banks: runs
                .iter()
                .filter(|run| run.matched() || !run.padded)
                .map(Run::finish)
                .collect(),
            checkpoint: checkpoint.or_else(|| self.start.cloned()),
            entries: before + count(self.list.insecure_entries().len()),
            proven: proven.map(|cut| before + count(cut)),
            altered,
        }
    }

    /// The registers of a bank, extended by every entry.
    fn run(&self, bank: HashAlg, padded: bool, quoted: &QuotedPcrs) -> Vec<Run> {
        let mut runs: Vec<Run> = match self.start {
            None => PcrIndex::all()
                .filter(|pcr| pcr.as_usize() == IMA_PCR)
                .map(|pcr| Run::new(bank, pcr, padded, &[0; MAX_OUTPUT_LEN], 0))
                .collect(),
            Some(start) => {
                let of_bank = |register: &&ImaRegister| {
                    register.value.alg() == bank && register.padded == padded
                };
                let resume = |register: &ImaRegister| {
                    let value = register.value.as_bytes();
                    Run::new(bank, register.pcr, padded, value, register.entries)
                };
                start.registers.iter().filter(of_bank).map(resume).collect()
            }
        };
        if runs.is_empty() {
            // What came before did not explain this bank; nothing that follows can.
            return runs;
        }
        for run in &mut runs {
            run.compare(quoted);
        }
        for (at, entry) in self.list.insecure_entries().iter().enumerate() {
            let position = match runs.iter().position(|run| run.pcr == entry.pcr) {
                Some(position) => position,
                None if runs.len() < budget::IMA_REGISTERS => {
                    runs.push(Run::new(bank, entry.pcr, padded, &[0; MAX_OUTPUT_LEN], 0));
                    runs.len() - 1
                }
                None => continue,
            };
            let Some(run) = runs.get_mut(position) else { continue };
            run.leave(at);
            run.extend(self.list, entry);
            run.compare(quoted);
        }
        runs
    }

    /// How many entries of this part come before the first one that the quote does not have.
    fn cut<'r>(&self, runs: impl Iterator<Item = &'r Run>) -> usize {
        let ends = runs.filter_map(|run| run.explained.as_ref()).filter_map(|at| at.next_entry);
        ends.min().unwrap_or(self.list.insecure_entries().len())
    }

    /// The state after `entries` entries of this part, if it is known: that of the quoted values,
    /// or that after the last entry.
    fn checkpoint(&self, entries: usize, proven: bool, runs: &[Run]) -> Option<ImaCheckpoint> {
        let at_the_end = entries == self.list.insecure_entries().len();
        let one_register = runs.iter().all(|run| run.pcr.as_usize() == IMA_PCR);
        if proven && !at_the_end && !one_register {
            return None;
        }
        let mut state = self.start.cloned().unwrap_or_else(|| ImaCheckpoint {
            reset_count: self.reset_count,
            offset: 0,
            from: 0,
            part: hash::sha256(&[]),
            digests: self.list.digests(),
            entries: 0,
            violations: 0,
            first_violation: None,
            templates: Vec::new(),
            boot_aggregates: Vec::new(),
            registers: Vec::new(),
            proven,
        });
        for entry in self.list.insecure_entries().iter().take(entries) {
            note(&mut state, self.list, entry);
        }
        let end = self.list.end_of(entries);
        if end > 0 {
            let most = usize::try_from(ImaCheckpoint::PART_BYTES).unwrap_or(usize::MAX);
            let begin = end.saturating_sub(most);
            state.from = state.offset + count(begin);
            state.part = hash::sha256(&[self.bytes.get(begin..end)?]);
            state.offset += count(end);
        }
        state.proven = proven;
        state.registers = runs
            .iter()
            .filter_map(|run| if proven { run.quoted_state() } else { Some(run.end_state()) })
            .collect();
        Some(state)
    }

    fn altered(&self) -> Option<u64> {
        let entries = self.list.insecure_entries();
        let honest = |entry: &ImaEntry<'_>| {
            let computed = self.list.template_digest(entry, self.list.digests());
            entry.is_violation()
                || computed.is_none_or(|computed| computed.as_ref() == entry.listed)
        };
        entries.iter().position(|entry| !honest(entry)).map(|at| count(at) + 1)
    }
}

/// Keeps what an entry says for the summary and for later parts.
fn note(state: &mut ImaCheckpoint, list: &ImaList<'_>, entry: &ImaEntry<'_>) {
    state.entries += 1;
    if entry.is_violation() {
        state.violations += 1;
        if state.first_violation.is_none() {
            state.first_violation = Some(bounded(&String::from_utf8_lossy(entry.name)));
        }
    }
    let template = list.template_of(entry);
    if !state.templates.iter().any(|known| known == template)
        && state.templates.len() < budget::IMA_TEMPLATES
    {
        state.templates.push(template.to_owned());
    }
    if entry.name == b"boot_aggregate"
        && let Some(digest) = entry.digest.and_then(super::FileDigest::to_digest)
        && !state.boot_aggregates.contains(&digest)
        && state.boot_aggregates.len() < budget::BOOT_AGGREGATES
    {
        state.boot_aggregates.push(digest);
    }
}

/// One register of one bank while it is replayed.
struct Run {
    bank: HashAlg,
    pcr: PcrIndex,
    padded: bool,
    /// As many bytes as the bank's digests have count.
    value: [u8; MAX_OUTPUT_LEN],
    entries: u64,
    explained: Option<Explained>,
}

/// Where a register had the quoted value.
struct Explained {
    /// After so many of its entries.
    entries: u64,
    /// The value.
    value: Digest,
    /// The position in this part of the next entry that extends it.
    next_entry: Option<usize>,
}

impl Run {
    fn new(bank: HashAlg, pcr: PcrIndex, padded: bool, value: &[u8], entries: u64) -> Self {
        let mut run =
            Self { bank, pcr, padded, value: [0; MAX_OUTPUT_LEN], entries, explained: None };
        for (byte, start) in run.value.iter_mut().zip(value) {
            *byte = *start;
        }
        run
    }

    fn value(&self) -> &[u8] {
        // No bank has longer digests than the longest algorithm.
        &self.value[..self.bank.len()]
    }

    fn matched(&self) -> bool {
        self.explained.is_some()
    }

    /// The entry at `at` is about to extend it.
    fn leave(&mut self, at: usize) {
        if let Some(Explained { next_entry: next @ None, .. }) = &mut self.explained {
            *next = Some(at);
        }
    }

    fn extend(&mut self, list: &ImaList<'_>, entry: &ImaEntry<'_>) {
        let mut digest = [0; MAX_OUTPUT_LEN];
        if entry.is_violation() {
            digest = [0xFF; MAX_OUTPUT_LEN];
        } else {
            let alg = if self.padded { HashAlg::Sha1 } else { self.bank };
            // Only banks that can be computed are replayed.
            let Some(computed) = list.template_digest(entry, alg) else { return };
            for (byte, new) in digest.iter_mut().zip(computed.as_ref()) {
                *byte = *new;
            }
        }
        // No bank has longer digests than the longest algorithm.
        let digest = &digest[..self.bank.len()];
        let Some(extended) = hash::extend(self.bank, self.value(), digest) else { return };
        for (byte, new) in self.value.iter_mut().zip(extended.as_ref()) {
            *byte = *new;
        }
        self.entries += 1;
    }

    fn compare(&mut self, quoted: &QuotedPcrs) {
        let quoted = quoted.value(self.bank, self.pcr);
        if quoted.is_some_and(|quoted| quoted.as_bytes() == self.value()) {
            let value = hash::to_model(self.bank, self.value());
            self.explained = Some(Explained { entries: self.entries, value, next_entry: None });
        }
    }

    fn quoted_state(&self) -> Option<ImaRegister> {
        let Explained { entries, value, .. } = self.explained.as_ref()?;
        let (value, entries) = (value.clone(), *entries);
        Some(ImaRegister { pcr: self.pcr, value, padded: self.padded, entries })
    }

    fn finish(&self) -> ImaBank {
        ImaBank {
            pcr: self.pcr,
            computed: hash::to_model(self.bank, self.value()),
            entries: self.entries,
            explained: self.explained.as_ref().map(|explained| explained.entries),
            padded: self.padded,
        }
    }

    fn end_state(&self) -> ImaRegister {
        ImaRegister {
            pcr: self.pcr,
            value: hash::to_model(self.bank, self.value()),
            padded: self.padded,
            entries: self.entries,
        }
    }
}

fn count(number: usize) -> u64 {
    // No part of a list has as many bytes as 64 bits can count.
    u64::try_from(number).unwrap_or(u64::MAX)
}
