//! A measured boot: what firmware and boot loaders measure, in order. One list gives both the
//! extends that the TPM sees and the binary log that describes them.
//!
//! Formats: TCG PC Client Platform Firmware Profile 1.06 ("PFP"), chapter 10.

use std::collections::BTreeMap;

use trustboard_model::digest::Digest;
use trustboard_model::pcr::PcrIndex;

use super::bank::Bank;
use super::event::{EventType, locality_event, spec_id_event};

/// One measurement.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Measurement {
    pcr: PcrIndex,
    kind: EventType,
    /// What was hashed: the event's data, or an image or text that the data only describes.
    measured: Vec<u8>,
    /// The event's data.
    data: Vec<u8>,
    /// What was hashed into the TPM, if that is not what the log says.
    really: Option<Vec<u8>>,
}

/// What the TPM is told: one register, and a digest for each active bank.
pub type Extend = (PcrIndex, Vec<Digest>);

/// A boot as firmware records it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BootLog {
    banks: Vec<Bank>,
    startup_locality: u8,
    measurements: Vec<Measurement>,
}

impl BootLog {
    /// An empty log for a TPM with these active banks, ascending, that was started from this
    /// locality: 0, or 3 where a hardware root of trust starts the TPM (PFP 10.4.5.3).
    pub fn new(banks: &[Bank], startup_locality: u8) -> Self {
        Self { banks: banks.to_vec(), startup_locality, measurements: Vec::new() }
    }

    /// Measures the event's data itself.
    pub fn measure(&mut self, pcr: PcrIndex, kind: EventType, data: Vec<u8>) {
        self.measure_other(pcr, kind, data.clone(), data);
    }

    /// Measures something that the event's data only describes: an image, a command line.
    pub fn measure_other(
        &mut self,
        pcr: PcrIndex,
        kind: EventType,
        measured: Vec<u8>,
        data: Vec<u8>,
    ) {
        self.measurements.push(Measurement { pcr, kind, measured, data, really: None });
    }

    /// Puts `parameter` behind the kernel's command line, as GRUB measures it.
    pub fn measure_command_line(&mut self, parameter: &str) {
        let ipl = |m: &&mut Measurement| m.data.starts_with(b"kernel_cmdline: ");
        if let Some(event) = self.measurements.iter_mut().find(ipl) {
            event.measured.push(b' ');
            event.measured.extend(parameter.as_bytes());
            event.data = [&b"kernel_cmdline: "[..], &event.measured, &[0]].concat();
        }
    }

    /// Lets the TPM see something else than what the last event says: whatever was loaded in its
    /// place.
    pub fn replace_last(&mut self, really: Vec<u8>) {
        if let Some(last) = self.measurements.last_mut() {
            last.really = Some(really);
        }
    }

    /// The extends, in order, as the TPM sees them.
    pub fn extends(&self) -> Vec<Extend> {
        let extend = |measurement: &Measurement| {
            let seen = measurement.really.as_ref().unwrap_or(&measurement.measured);
            (measurement.pcr, self.digests(seen))
        };
        self.measurements.iter().map(extend).collect()
    }

    /// The binary log (`binary_bios_measurements`).
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut log = spec_id_event(&self.banks);
        if self.startup_locality != 0 {
            log.extend(locality_event(&self.banks, self.startup_locality));
        }
        for measurement in &self.measurements {
            let digests = self.digests(&measurement.measured);
            measurement.kind.write(&mut log, measurement.pcr, &digests, &measurement.data);
        }
        log
    }

    /// The registers that the log claims, bank by bank, in the order of [`PcrIndex::all`].
    pub fn replay(&self) -> BTreeMap<Bank, Vec<Digest>> {
        self.fold(|measurement| &measurement.measured)
    }

    /// The registers that the TPM has after this boot.
    pub fn registers(&self) -> BTreeMap<Bank, Vec<Digest>> {
        self.fold(|measurement| measurement.really.as_ref().unwrap_or(&measurement.measured))
    }

    fn fold(&self, seen: impl Fn(&Measurement) -> &Vec<u8>) -> BTreeMap<Bank, Vec<Digest>> {
        let mut banks = BTreeMap::new();
        for &bank in &self.banks {
            let mut registers: Vec<_> =
                PcrIndex::all().map(|pcr| Digest::filled(bank.alg(), pcr.reset_byte())).collect();
            if let Some(first) = registers.first_mut() {
                let zeros = vec![0; bank.alg().len() - 1];
                let start = [zeros, vec![self.startup_locality]].concat();
                *first = Digest::new(bank.alg(), start).expect("as long as the algorithm says");
            }
            for measurement in &self.measurements {
                let digest = bank.hash(&[seen(measurement)]);
                if let Some(register) = registers.get_mut(measurement.pcr.as_usize()) {
                    *register = bank.hash(&[register.as_bytes(), digest.as_bytes()]);
                }
            }
            banks.insert(bank, registers);
        }
        banks
    }

    fn digests(&self, measured: &[u8]) -> Vec<Digest> {
        self.banks.iter().map(|bank| bank.hash(&[measured])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pcr(index: u8) -> PcrIndex {
        index.try_into().unwrap()
    }

    #[test]
    fn a_replaced_image_changes_the_tpm_but_not_the_log() {
        let mut honest = BootLog::new(&[Bank::Sha256], 0);
        honest.measure(pcr(4), EventType::EFI_ACTION, b"boot".to_vec());
        let mut replaced = honest.clone();
        replaced.replace_last(b"something else".to_vec());
        assert_eq!(honest.to_bytes(), replaced.to_bytes());
        assert_eq!(honest.replay(), replaced.replay());
        assert_eq!(honest.replay(), honest.registers());
        let (claimed, real) = (replaced.replay(), replaced.registers());
        for index in 0..24 {
            let same = claimed[&Bank::Sha256][index] == real[&Bank::Sha256][index];
            assert_eq!(same, index != 4, "PCR {index}");
        }
    }

    #[test]
    fn the_first_register_starts_at_the_locality() {
        let log = BootLog::new(&[Bank::Sha1, Bank::Sha384], 3);
        for registers in log.replay().values() {
            assert_eq!(registers[0].as_bytes().last(), Some(&3));
            assert!(registers[1].as_bytes().iter().all(|&byte| byte == 0));
            assert!(registers[17].as_bytes().iter().all(|&byte| byte == 0xFF));
        }
        let bytes = log.to_bytes();
        assert!(bytes.windows(17).any(|window| window == b"StartupLocality\0\x03"));
    }
}
