//! Which hosts there are. The demonstration's: two datacenters, ten hosts, every scenario that fails
//! by itself once and three healthy ones, with the mixture of systems and TPMs that a fleet has.

use trustboard_model::facts::TpmInterface;

use crate::firmware::{Bank, DEBIAN_12, ROCKY_9, Software, UBUNTU_24_04};
use crate::scenario::Scenario;
use crate::tpm::EkKind;

/// One host as it was ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostPlan {
    /// Its name, unique in a fleet.
    pub name: String,
    /// Where it stands.
    pub datacenter: String,
    /// The cluster it belongs to.
    pub cluster: String,
    /// What is installed.
    pub software: Software,
    /// How its TPM is wired.
    pub interface: TpmInterface,
    /// What its TPM has a certificate for.
    pub ek: EkKind,
    /// The TPM's active banks as the firmware setup has them, ascending.
    pub banks: Vec<Bank>,
    /// 3 if a hardware root of trust starts the TPM, else 0.
    pub startup_locality: u8,
    /// What is played with it first.
    pub scenario: Scenario,
}

impl HostPlan {
    /// `datacenter/cluster`: what an enrolment token is for.
    pub fn place(&self) -> String {
        format!("{}/{}", self.datacenter, self.cluster)
    }
}

/// The demonstration's hosts.
pub fn demo() -> Vec<HostPlan> {
    use Bank::{Sha1, Sha256, Sha384};
    use EkKind::{EccP256, Rsa2048};
    use Scenario as S;
    use TpmInterface::{Crb, Tis};

    let db = ("fra-1", "db-prod", DEBIAN_12);
    let edge = ("fra-1", "k8s-edge", UBUNTU_24_04);
    let web = ("lyo-2", "web", DEBIAN_12);
    let lab = ("lyo-2", "lab", ROCKY_9);
    [
        ("db-prod-01", db, (Tis, Rsa2048, vec![Sha256], 0), S::Healthy),
        ("db-prod-02", db, (Tis, Rsa2048, vec![Sha1, Sha256], 0), S::SecureBootOff),
        ("db-prod-03", db, (Tis, EccP256, vec![Sha256], 0), S::EkReplaced),
        ("edge-fra-01", edge, (Crb, EccP256, vec![Sha256, Sha384], 3), S::Healthy),
        ("edge-fra-02", edge, (Crb, EccP256, vec![Sha256, Sha384], 3), S::BootLoaderChanged),
        ("edge-fra-03", edge, (Crb, Rsa2048, vec![Sha256], 0), S::OldNonce),
        ("web-lyo-01", web, (Tis, Rsa2048, vec![Sha1, Sha256], 0), S::Healthy),
        ("web-lyo-02", web, (Tis, Rsa2048, vec![Sha256], 0), S::TpmAddedLater),
        ("lab-lyo-01", lab, (Crb, EccP256, vec![Sha256], 0), S::NoTpm),
        ("lab-lyo-02", lab, (Tis, Rsa2048, vec![Sha1, Sha256], 0), S::Sha256BankInactive),
    ]
    .into_iter()
    .map(|(name, place, tpm, scenario)| HostPlan {
        name: name.to_owned(),
        datacenter: place.0.to_owned(),
        cluster: place.1.to_owned(),
        software: place.2,
        interface: tpm.0,
        ek: tpm.1,
        banks: tpm.2,
        startup_locality: tpm.3,
        scenario,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_scenario_is_played_and_names_are_unique() {
        let hosts = demo();
        for scenario in Scenario::ALL {
            let count = hosts.iter().filter(|host| host.scenario == scenario).count();
            let expected = match scenario {
                Scenario::Healthy => 3,
                // Nothing is wrong with these before somebody approves a configuration.
                _ if scenario.needs_configuration() => 0,
                _ => 1,
            };
            assert_eq!(count, expected, "{scenario}");
        }
        let names: BTreeSet<_> = hosts.iter().map(|host| &host.name).collect();
        assert_eq!(names.len(), hosts.len());
        let datacenters: BTreeSet<_> = hosts.iter().map(|host| &host.datacenter).collect();
        assert_eq!(datacenters.len(), 2);
    }
}
