//! One light host as it was ordered, and what it says of itself.

use trustboard_model::facts::{HostFacts, TpmFacts, TpmInterface};

use super::behaviour::Behaviour;
use crate::firmware::{Bank, Software};

/// A light host as it was ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inhabitant {
    /// Its number in the fleet, from 0.
    pub number: u32,
    /// Its name, unique in a fleet.
    pub name: String,
    /// Where it stands.
    pub datacenter: String,
    /// The cluster it belongs to.
    pub cluster: String,
    /// What is installed.
    pub software: Software,
    /// Whether its keys are RSA 2048; else they are P-256.
    pub rsa: bool,
    /// Whether its disk has GUIDs of its own.
    pub distinct: bool,
    /// Whether the SHA-1 bank is active beside SHA-256.
    pub both_banks: bool,
    /// What it is like.
    pub behaviour: Behaviour,
}

/// Names that would do harm where they are not shown as what they are: markup, a formula, a text
/// that turns the direction of what follows, one without a space, one from the right to the left,
/// pictures, a template, a path.
const HOSTILE: [&str; 8] = [
    "<script>window.__broken=1</script>",
    "=HYPERLINK(\"https://example.invalid\";\"x\")",
    "a\u{202E}gnp.exe\u{2066}b",
    "W",
    "مضيف-العربية",
    "👩🏽‍🚀🏴‍☠️\u{200B}\u{FEFF}",
    "\"><img src=x onerror=window.__broken=1>{{7*7}}${7*7}",
    "+cmd|' /C calc'!A0../../etc/passwd",
];

impl Inhabitant {
    /// `datacenter/cluster`: what an enrolment token is for.
    pub fn place(&self) -> String {
        format!("{}/{}", self.datacenter, self.cluster)
    }

    /// The active banks of its TPM, ascending.
    pub fn banks(&self) -> Vec<Bank> {
        if self.both_banks { vec![Bank::Sha1, Bank::Sha256] } else { vec![Bank::Sha256] }
    }

    /// What it says of itself after its `boot`th boot.
    pub fn facts(&self, boot_id: String, secure_boot: bool, log_absent: Option<&str>) -> HostFacts {
        let has_tpm = self.behaviour != Behaviour::NoTpm;
        let banks = self.banks().iter().map(|bank| bank.alg()).collect();
        let mut facts = HostFacts {
            hostname: self.name.clone(),
            machine_id: Some(format!("{:032x}", u128::from(self.number) | 0xF1EE_7000_0000)),
            boot_id: Some(boot_id),
            os_id: Some(self.software.id.to_owned()),
            os_name: Some(self.software.name.to_owned()),
            os_version: Some(self.software.version.to_owned()),
            kernel: Some(self.software.kernel.to_owned()),
            agent_version: trustboard_agent::VERSION.to_owned(),
            secure_boot_variable: Some(secure_boot),
            log_absent: log_absent.map(str::to_owned),
            tpm: has_tpm.then(|| TpmFacts {
                family: "2.0".to_owned(),
                manufacturer: "STM".to_owned(),
                model: "NG-TPM 9".to_owned(),
                firmware: "1.258.0.0".to_owned(),
                interface: if self.rsa { TpmInterface::Tis } else { TpmInterface::Crb },
                active_banks: banks,
            }),
            tpm_problem: None,
        };
        if self.behaviour == Behaviour::Hostile {
            self.harm(&mut facts);
        }
        facts
    }

    /// Fills every text with something hostile, as long as the protocol lets it be.
    fn harm(&self, facts: &mut HostFacts) {
        let text = |shift: u32, most: usize| {
            let words = HOSTILE[(self.number + shift) as usize % HOSTILE.len()]; // a remainder
            let mut text = words.to_owned();
            // One text in two is as long as may be, without a place to break it.
            if (self.number + shift).is_multiple_of(2) {
                while text.len() + words.chars().next_back().map_or(1, char::len_utf8) <= most {
                    text.push(words.chars().next_back().unwrap_or('x'));
                }
            }
            text
        };
        // The server's limit on names (RFC 1035 2.3.4), with the number that keeps them apart.
        facts.hostname = format!("{}{}", text(0, 240), self.number);
        facts.os_id = Some(text(1, HostFacts::MAX_TEXT));
        facts.os_name = Some(text(2, HostFacts::MAX_TEXT));
        facts.os_version = Some(text(3, HostFacts::MAX_TEXT));
        facts.kernel = Some(text(4, HostFacts::MAX_TEXT));
        facts.agent_version = text(5, HostFacts::MAX_TEXT);
        if let Some(tpm) = &mut facts.tpm {
            tpm.manufacturer = text(6, HostFacts::MAX_TEXT);
            tpm.model = text(7, HostFacts::MAX_TEXT);
            tpm.firmware = text(8, HostFacts::MAX_TEXT);
        }
    }

    /// A name for the subject of its certificate, if it has an unusual one.
    pub fn subject(&self) -> Option<&'static str> {
        let hostile = self.behaviour == Behaviour::Hostile;
        hostile.then(|| HOSTILE[(self.number as usize + 3) % HOSTILE.len()]) // a remainder
    }

    /// What follows the kernel's command line, if it has an unusual one.
    pub fn boot_parameter(&self) -> Option<&'static str> {
        let hostile = self.behaviour == Behaviour::Hostile;
        hostile.then(|| HOSTILE[(self.number as usize + 5) % HOSTILE.len()]) // a remainder
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan::Plan;
    use super::*;

    #[test]
    fn hostile_texts_are_as_long_as_the_protocol_allows_and_no_longer() {
        let mut host = Plan::healthy(1, 1, 1).inhabitants().remove(0);
        host.behaviour = Behaviour::Hostile;
        let mut longest = 0;
        for number in 0..16 {
            host.number = number;
            let facts = host.facts("boot".to_owned(), true, None);
            let tpm = facts.tpm.unwrap();
            let texts = [facts.os_name, facts.os_version, facts.kernel, facts.os_id];
            let texts =
                texts.into_iter().flatten().chain([tpm.model, tpm.firmware, tpm.manufacturer]);
            for text in texts.chain([facts.agent_version]) {
                longest = longest.max(text.len());
                assert!(text.len() <= HostFacts::MAX_TEXT && !text.chars().any(char::is_control));
            }
            assert!(facts.hostname.len() <= 253);
        }
        assert!(longest > 250);
    }
}
