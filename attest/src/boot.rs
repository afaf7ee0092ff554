//! What a boot comes to: everything that follows from an event log and the quoted values.

use std::cell::Cell;
use std::sync::{Arc, Weak};

use trustboard_model::appraisal::{PcrRow, SecureBoot};
use trustboard_model::boot::BootItem;
use trustboard_model::comparison::Comparison;
use trustboard_model::digest::{Digest, Sha256};
use trustboard_model::time::Timestamp;

use crate::eventlog::Replay;
use crate::meaning::booted;
use crate::memory::Heavy;
use crate::systemd_log::SystemdLog;
use crate::tpm::QuotedPcrs;
use crate::verdict::{Findings, Ledger};
use crate::{Memory, Standards, check, hash};

/// What was found of a boot. Findings stand in three parts, because what the system's own logs tell
/// is found between them.
#[derive(Debug)]
pub(crate) struct BootJudged {
    /// Whether the log can be read, and what its form allows.
    pub structure: Findings,
    /// Whether it explains the quoted values, and what is approved.
    pub replay: Findings,
    /// How the boot went, and what Secure Boot says.
    pub course: Findings,
    /// Each register beside what the log says it should be.
    pub rows: Vec<PcrRow>,
    /// The replay of every event.
    pub replayed: Option<Replay>,
    pub comparison: Option<Comparison>,
    pub booted: Vec<BootItem>,
    pub secure_boot: SecureBoot,
    /// Whether there is a log that can be read.
    pub is_readable: bool,
    standards: Weak<Standards>,
}

/// When Secure Boot was last proven on, and whether that was asked for.
pub(crate) struct LastOn {
    at: Option<Timestamp>,
    asked: Cell<bool>,
}

impl LastOn {
    pub(crate) fn new(at: Option<Timestamp>) -> Self {
        Self { at, asked: Cell::new(false) }
    }

    pub(crate) fn get(&self) -> Option<Timestamp> {
        self.asked.set(true);
        self.at
    }
}

/// Judges a boot: the bytes of its log with their SHA-256, if there is one; what was quoted; systemd's
/// log, if there is one.
///
/// `memory` knows the result if the same log with the same values was judged by the same standards,
/// and nothing else went into it.
pub(crate) fn judge_boot(
    log: Option<(&[u8], Sha256)>,
    quoted: &QuotedPcrs,
    systemd: Option<&SystemdLog>,
    standards: &Arc<Standards>,
    last_on: Option<Timestamp>,
    memory: &Memory,
) -> Arc<BootJudged> {
    let key = match (log, systemd) {
        (Some((_, digest)), None) if memory.is_there() => Some(key(&digest, quoted, standards)),
        _ => None,
    };
    if let Some(known) = key.as_ref().and_then(|key| memory.boot(key))
        && std::ptr::eq(known.standards.as_ptr(), Arc::as_ptr(standards))
    {
        return known;
    }
    let last_on = LastOn::new(last_on);
    let log = log.map(|(bytes, _)| bytes);
    let judged = Arc::new(judge(log, quoted, systemd, standards, &last_on));
    if let Some(key) = key
        && !last_on.asked.get()
        && judged.is_good()
    {
        memory.remember_boot(key, &judged);
    }
    judged
}

/// Everything that the result depends on, where no systemd log is. The standards stand in it by
/// their address, which is theirs for as long as anybody remembers it: see [`BootJudged`].
fn key(log: &Sha256, quoted: &QuotedPcrs, standards: &Arc<Standards>) -> Sha256 {
    let mut bytes = b"boot".to_vec();
    bytes.extend((Arc::as_ptr(standards) as usize).to_be_bytes());
    bytes.extend(log.0);
    for bank in quoted.banks() {
        bytes.extend(bank.tpm_id().to_be_bytes());
        bytes.extend((quoted.bank(bank).count() as u64).to_be_bytes());
        for (pcr, value) in quoted.bank(bank) {
            // All values of a bank are of one size.
            bytes.push(u8::from(pcr));
            bytes.extend(value.as_bytes());
        }
    }
    hash::sha256(&[&bytes])
}

fn judge(
    log: Option<&[u8]>,
    quoted: &QuotedPcrs,
    systemd: Option<&SystemdLog>,
    standards: &Arc<Standards>,
    last_on: &LastOn,
) -> BootJudged {
    let mut ledger = Ledger::default();
    let log = log.and_then(|bytes| check::read_log(bytes, &mut ledger));
    let structure = ledger.into_findings();

    let mut ledger = Ledger::default();
    let replayed = check::replay(log.as_ref(), quoted, systemd, &mut ledger);
    let (of_log, proven) = (log.as_ref(), replayed.log.as_ref());
    let comparison = check::configuration(
        &standards.approved,
        quoted,
        of_log,
        proven,
        &replayed.rows,
        &mut ledger,
    );
    let replay = ledger.into_findings();

    let mut ledger = Ledger::default();
    let (mut items, mut secure_boot) = (Vec::new(), SecureBoot::Unknown);
    if let Some(log) = &replayed.log {
        items = booted(log);
        check::separators(log, &mut ledger);
        check::course(log, &mut ledger);
        let official = standards.revocations.as_deref();
        secure_boot = check::secure_boot(log, last_on, official, &mut ledger);
    }
    BootJudged {
        structure,
        replay,
        course: ledger.into_findings(),
        is_readable: replayed.log.is_some(),
        rows: replayed.rows,
        replayed: replayed.replay,
        comparison,
        booted: items,
        secure_boot,
        standards: Arc::downgrade(standards),
    }
}

impl BootJudged {
    fn is_good(&self) -> bool {
        let Self { structure, replay, course, comparison, is_readable, .. } = self;
        let found = structure.are_good() && replay.are_good() && course.are_good();
        found && *is_readable && !matches!(comparison, Some(Comparison::Differs { .. }))
    }
}

impl Heavy for BootJudged {
    fn bytes(&self) -> u64 {
        let digest = |digest: &Digest| digest.as_bytes().len();
        let findings = self.structure.bytes() + self.replay.bytes() + self.course.bytes();
        let row = |row: &PcrRow| {
            size_of::<PcrRow>() + digest(&row.quoted) + row.replayed.as_ref().map_or(0, digest)
        };
        let item = |item: &BootItem| {
            let said = item.said.as_ref().map_or(0, |said| said.text.len());
            size_of::<BootItem>() + said + item.digest.as_ref().map_or(0, digest)
        };
        let rows: usize = self.rows.iter().map(row).sum();
        let items: usize = self.booted.iter().map(item).sum();
        // A replay has one value for each row at the most, and the comparison one name.
        (size_of::<Self>() + findings + 2 * rows + items) as u64
    }
}
