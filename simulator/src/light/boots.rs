//! What a boot leaves: the event log and the registers. Hosts that boot alike share one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use trustboard_model::digest::Sha256;
use trustboard_model::pcr::{PcrBankValues, PcrIndex};
use trustboard_soft_tpm::sha256;
use uuid::Uuid;

use super::behaviour::Behaviour;
use super::inhabitant::Inhabitant;
use crate::firmware::{self, Bank, Disk, Keys, Machine, UBUNTU_24_04};

/// The disk that those of all hosts which do not have their own were copied from.
const MASTER: u128 = 0x8c2f_41d7_66ab_4e0b_9a70_3f51_c7de_0001;

/// The root file system of the image that all hosts were installed from, by operating system.
const ROOT: u128 = 0x3d5e_9f10_2b7c_4a86_b1e4_77a0_95cc_0000;

/// What one boot left.
#[derive(Debug)]
pub struct Booted {
    /// The event log, and its SHA-256.
    pub log: Vec<u8>,
    /// SHA-256 of it.
    pub digest: Sha256,
    /// The registers of every active bank.
    pub pcrs: Vec<PcrBankValues>,
    /// Whether Secure Boot was on.
    pub secure_boot: bool,
}

/// What makes a boot what it is.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Which {
    software: &'static str,
    disk: u128,
    banks: Vec<Bank>,
    behaviour: Behaviour,
    parameter: Option<&'static str>,
    /// Counts the boots of a host that changes its disk with each of them.
    fresh: Option<u32>,
}

/// Boots hosts.
#[derive(Debug)]
pub struct Boots {
    keys: Keys,
    known: Mutex<HashMap<Which, Weak<Booted>>>,
}

impl Boots {
    /// Of hosts whose firmware has these Secure Boot keys.
    pub fn new(keys: Keys) -> Self {
        Self { keys, known: Mutex::default() }
    }

    /// Boots a host that is like this now.
    pub fn boot(&self, host: &Inhabitant, behaviour: Behaviour) -> Arc<Booted> {
        self.boot_from(host, behaviour, None)
    }

    /// Boots it from a disk that nobody has seen: the log is like no other.
    pub fn boot_afresh(&self, host: &Inhabitant, behaviour: Behaviour, boot: u32) -> Arc<Booted> {
        self.boot_from(host, behaviour, Some(boot))
    }

    fn boot_from(
        &self,
        host: &Inhabitant,
        behaviour: Behaviour,
        fresh: Option<u32>,
    ) -> Arc<Booted> {
        let own = host.distinct || fresh.is_some();
        let disk = if own { (u128::from(host.number) + 1) << 16 } else { 0 };
        let disk = MASTER + disk + (u128::from(fresh.unwrap_or(0)) << 64);
        let which = Which {
            software: host.software.id,
            disk,
            banks: host.banks(),
            behaviour,
            parameter: host.boot_parameter(),
            fresh,
        };
        if own {
            return Arc::new(self.measure(host, &which));
        }
        // Others wait meanwhile: a boot takes a fraction of a millisecond.
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(booted) = known.get(&which).and_then(Weak::upgrade) {
            return booted;
        }
        let booted = Arc::new(self.measure(host, &which));
        known.insert(which, Arc::downgrade(&booted));
        booted
    }

    fn measure(&self, host: &Inhabitant, which: &Which) -> Booted {
        let machine = Machine {
            software: host.software,
            disk: Disk { guid: Uuid::from_u128(which.disk) },
            root: Uuid::from_u128(ROOT + host.software.id.len() as u128),
            banks: which.banks.clone(),
            // One model of board for each system, as a fleet has it.
            startup_locality: if host.software == UBUNTU_24_04 { 3 } else { 0 },
        };
        let choices = which.behaviour.choices();
        let mut log = firmware::boot(&machine, &self.keys, choices);
        if let Some(parameter) = which.parameter {
            log.measure_command_line(parameter);
        }
        let pcrs = log.registers().into_iter().map(|(bank, registers)| PcrBankValues {
            bank: bank.alg(),
            values: PcrIndex::all().zip(registers).collect(),
        });
        let pcrs = pcrs.collect();
        let log = match which.behaviour {
            Behaviour::UnreadableLog => b"no space left on device\n".to_vec(),
            _ => log.to_bytes(),
        };
        Booted { digest: sha256(&log), log, pcrs, secure_boot: choices.secure_boot }
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::Plan;
    use super::*;

    #[test]
    fn hosts_with_the_same_disk_share_a_boot_and_others_do_not() {
        let dir = tempfile::tempdir().unwrap();
        let boots = Boots::new(Keys::load_or_make(dir.path()).unwrap());
        let hosts = Plan::healthy(400, 1, 1).inhabitants();
        let alike = |one: &Inhabitant, other: &Inhabitant| {
            one.software == other.software && one.both_banks == other.both_banks
        };
        let booted: Vec<_> = hosts.iter().map(|h| boots.boot(h, Behaviour::Healthy)).collect();
        for (one, first) in hosts.iter().zip(&booted) {
            for (other, second) in hosts.iter().zip(&booted) {
                let same = one == other || (alike(one, other) && !one.distinct && !other.distinct);
                assert_eq!(first.digest == second.digest, same, "{} {}", one.name, other.name);
            }
        }
        let afresh = boots.boot_afresh(&hosts[0], Behaviour::Healthy, 1);
        let again = boots.boot_afresh(&hosts[0], Behaviour::Healthy, 2);
        assert!(afresh.digest != booted[0].digest && afresh.digest != again.digest);
        assert_eq!(afresh.pcrs[0].values[4], booted[0].pcrs[0].values[4]);
        // What is told apart by a configuration is alike on all hosts of a system: PCR 4.
        let updated = boots.boot(&hosts[0], Behaviour::GrubUpdate);
        assert_eq!(updated.pcrs[0].values[7], booted[0].pcrs[0].values[7]);
        assert_ne!(updated.pcrs[0].values[4], booted[0].pcrs[0].values[4]);
    }
}
