//! Replay: extend every event's digest in order and compare with what was quoted.

use aws_lc_rs::digest::MAX_OUTPUT_LEN;
use trustboard_model::digest::{Digest, HashAlg};
use trustboard_model::pcr::PcrIndex;

use super::{Event, EventLog, EventType};
use crate::hash;
use crate::systemd_log::SystemdLog;
use crate::tpm::QuotedPcrs;

const PCRS: usize = PcrIndex::COUNT as usize;

/// What a log says the PCRs should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    banks: Vec<BankReplay>,
}

/// One bank of a replay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankReplay {
    bank: HashAlg,
    pcrs: Vec<PcrReplay>,
}

/// One register of a replay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PcrReplay {
    /// The value after the last event.
    pub value: Digest,
    /// How many events extended it.
    pub events: u32,
}

impl EventLog<'_> {
    /// Replays the log for each bank that it holds digests for and that can be computed.
    pub fn replay(&self) -> Replay {
        let banks = self.banks().iter().filter(|bank| hash::algorithm(**bank).is_some());
        Replay { banks: banks.map(|&bank| self.replay_bank(bank)).collect() }
    }

    fn replay_bank(&self, bank: HashAlg) -> BankReplay {
        let mut registers: Vec<Register> =
            PcrIndex::all().map(|pcr| Register::start(self, bank, pcr)).collect();
        for event in self.events().iter().filter(|event| event.extends()) {
            let register = usize::try_from(event.pcr).ok().and_then(|i| registers.get_mut(i));
            if let (Some(register), Some(digest)) = (register, event.digest(bank)) {
                register.extend(digest);
            }
        }
        BankReplay { bank, pcrs: registers.iter().map(Register::finish).collect() }
    }

    /// The locality that the TPM was started from, if the log says so where it may: PCR 0 then
    /// starts at that number instead of zero (PFP 1.06, 10.4.5.3).
    pub fn startup_locality(&self) -> Option<u8> {
        let mut before_pcr0 =
            self.events().iter().take_while(|event| !(event.extends() && event.pcr == 0));
        before_pcr0.find_map(Event::startup_locality)
    }

    /// After how many events of `pcr` its value was `value`: the log is longer than what was
    /// quoted, or something after that point was added to it or left out of it.
    pub fn prefix_with_value(&self, pcr: PcrIndex, value: &Digest) -> Option<u32> {
        let bank = value.alg();
        hash::algorithm(bank)?;
        let mut register = Register::start(self, bank, pcr);
        let of_pcr = |event: &&Event<'_>| event.extends() && event.pcr == u32::from(u8::from(pcr));
        for event in self.events().iter().filter(of_pcr) {
            if register.value() == value.as_bytes() {
                return Some(register.events);
            }
            if let Some(digest) = event.digest(bank) {
                register.extend(digest);
            }
        }
        (register.value() == value.as_bytes()).then_some(register.events)
    }
}

impl Event<'_> {
    /// The locality that a StartupLocality event names, whether or not it stands where it may.
    pub(crate) fn startup_locality(&self) -> Option<u8> {
        match self.data.strip_prefix(b"StartupLocality\0")? {
            [locality] if self.event_type == EventType::NO_ACTION && self.pcr == 0 => {
                Some(*locality)
            }
            _ => None,
        }
    }
}

/// A register while it is replayed.
struct Register {
    bank: HashAlg,
    /// As many bytes as the bank's digests have count.
    value: [u8; MAX_OUTPUT_LEN],
    events: u32,
}

impl Register {
    fn start(log: &EventLog<'_>, bank: HashAlg, pcr: PcrIndex) -> Self {
        let mut register = Self { bank, value: [pcr.reset_byte(); MAX_OUTPUT_LEN], events: 0 };
        if pcr.as_usize() == 0
            && let Some(locality) = log.startup_locality()
            && let Some(last) = register.value.get_mut(bank.len() - 1)
        {
            *last = locality;
        }
        register
    }

    fn value(&self) -> &[u8] {
        // No bank has longer digests than the longest algorithm.
        &self.value[..self.bank.len()]
    }

    fn extend(&mut self, digest: &[u8]) {
        // Callers replay only banks that can be computed.
        let Some(extended) = hash::extend(self.bank, self.value(), digest) else { return };
        for (byte, new) in self.value.iter_mut().zip(extended.as_ref()) {
            *byte = *new;
        }
        self.events = self.events.saturating_add(1);
    }

    fn finish(&self) -> PcrReplay {
        PcrReplay { value: hash::to_model(self.bank, self.value()), events: self.events }
    }
}

impl Replay {
    /// One bank, if the log holds digests for it and they can be computed.
    pub fn bank(&self, bank: HashAlg) -> Option<&BankReplay> {
        self.banks.iter().find(|replay| replay.bank == bank)
    }

    /// All banks.
    pub fn banks(&self) -> &[BankReplay] {
        &self.banks
    }
}

impl BankReplay {
    /// The bank.
    pub fn bank(&self) -> HashAlg {
        self.bank
    }

    /// One register.
    pub fn pcr(&self, pcr: PcrIndex) -> &PcrReplay {
        // `pcrs` has one entry for each of the 24 indices.
        &self.pcrs[pcr.as_usize()]
    }
}

/// The events of a log that explain quoted values of one bank: the only way to believe an event.
#[derive(Debug, Clone)]
pub struct ReplayedLog<'a> {
    bank: HashAlg,
    pcrs: [Option<Vec<Event<'a>>>; PCRS],
}

impl<'a> ReplayedLog<'a> {
    /// Keeps the events of every register whose quoted value they explain in `bank`. Events
    /// without a digest in that bank extended nothing there and are left out.
    pub fn new(log: &EventLog<'a>, replay: &Replay, quoted: &QuotedPcrs, bank: HashAlg) -> Self {
        Self::before_the_system(log, replay, quoted, bank, None)
    }

    /// The same for registers that systemd extended afterwards by words that only it measures.
    /// Other records may not follow: what a boot loader measured could hide among them.
    pub(crate) fn before_the_system(
        log: &EventLog<'a>,
        replay: &Replay,
        quoted: &QuotedPcrs,
        bank: HashAlg,
        systemd: Option<&SystemdLog>,
    ) -> Self {
        let mut pcrs = [const { None }; PCRS];
        for (slot, pcr) in pcrs.iter_mut().zip(PcrIndex::all()) {
            let explained = match (replay.bank(bank), quoted.value(bank, pcr)) {
                (Some(replay), Some(quoted)) => {
                    let replayed = &replay.pcr(pcr).value;
                    replayed == quoted
                        || systemd.is_some_and(|systemd| {
                            systemd.own_words_after(pcr, replayed, quoted).is_some()
                        })
                }
                _ => false,
            };
            if explained {
                let proven = |event: &&Event<'_>| {
                    event.pcr == u32::from(u8::from(pcr))
                        && event.extends()
                        && event.digest(bank).is_some()
                };
                *slot = Some(log.events().iter().filter(proven).cloned().collect());
            }
        }
        Self { bank, pcrs }
    }

    /// The bank that they were replayed in.
    pub fn bank(&self) -> HashAlg {
        self.bank
    }

    /// The events that extended a register, in order; nothing if the log does not explain its
    /// quoted value.
    pub fn events(&self, pcr: PcrIndex) -> Option<&[Event<'a>]> {
        self.pcrs.get(pcr.as_usize())?.as_deref()
    }

    /// Whether an event's data is what its digest covers.
    pub fn covers_data(&self, event: &Event<'_>) -> bool {
        self.covers(event, event.data)
    }

    /// Whether an event's digest is that of `data`.
    pub fn covers(&self, event: &Event<'_>, data: &[u8]) -> bool {
        event.covers(self.bank, data)
    }
}
