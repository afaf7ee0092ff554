//! Which light hosts there are: everything about a host follows from its number and the plan.

use serde::{Deserialize, Serialize};

use super::behaviour::Behaviour;
use super::inhabitant::Inhabitant;
use crate::error::Error;
use crate::firmware::{DEBIAN_12, ROCKY_9, Software, UBUNTU_24_04};

/// The most hosts of a fleet: more file descriptors than one process is ever given.
const MOST_HOSTS: u32 = 200_000;

/// Names of datacenters; further ones are numbered.
const DATACENTERS: [&str; 6] = ["fra-1", "lyo-2", "dub-3", "waw-4", "mad-5", "hel-6"];

/// Names of clusters; further ones are numbered.
const CLUSTERS: [&str; 6] = ["db", "web", "k8s", "batch", "edge", "store"];

/// A fleet of light hosts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// How many there are.
    pub hosts: u32,
    /// In how many datacenters.
    pub datacenters: u32,
    /// In how many clusters in all; every datacenter has as many.
    pub clusters: u32,
    /// How many of a hundred have RSA 2048 keys; the others have P-256.
    pub rsa_percent: u8,
    /// How many of a hundred have a disk whose GUIDs are its own, and therefore an event log that
    /// no other host has. The disks of the others were copied whole.
    pub distinct_percent: u8,
    /// Who is not healthy; the hosts of a group are spread over all clusters.
    pub groups: Vec<Group>,
}

/// Hosts that behave alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// How.
    pub behaviour: Behaviour,
    /// How many.
    pub hosts: u32,
}

impl Plan {
    /// A fleet in which nothing is wrong.
    pub fn healthy(hosts: u32, datacenters: u32, clusters: u32) -> Self {
        let (rsa_percent, distinct_percent) = (20, 50);
        Self { hosts, datacenters, clusters, rsa_percent, distinct_percent, groups: Vec::new() }
    }

    /// The fleet of a bad morning: of every 10,000 hosts 412 have an update of GRUB that nobody
    /// approved, and some dozens have reasons of their own.
    pub fn morning(hosts: u32, datacenters: u32, clusters: u32) -> Self {
        let of = |share: u32| (u64::from(hosts) * u64::from(share)).div_ceil(10_000);
        let group = |(behaviour, share)| {
            let hosts = u32::try_from(of(share)).unwrap_or(u32::MAX);
            Group { behaviour, hosts }
        };
        let groups = [
            (Behaviour::GrubUpdate, 412),
            (Behaviour::SecureBootOff, 14),
            (Behaviour::KernelCommandLineChanged, 9),
            (Behaviour::BootLoaderReplaced, 3),
            (Behaviour::UnreadableLog, 5),
            (Behaviour::NoCertificate, 6),
            (Behaviour::NoTpm, 21),
            (Behaviour::Slow, 10),
            (Behaviour::Silent, 4),
        ];
        let groups = groups.map(group).into();
        Self { groups, ..Self::healthy(hosts, datacenters, clusters) }
    }

    /// Refuses a plan that cannot be.
    pub fn check(&self) -> Result<(), Error> {
        let refuse = |problem: String| Err(Error::Refused(problem));
        if self.hosts == 0 || self.hosts > MOST_HOSTS {
            return refuse(format!("expected 1 to {MOST_HOSTS} hosts"));
        }
        if self.datacenters == 0 || !self.clusters.is_multiple_of(self.datacenters) {
            return refuse("expected as many clusters in every datacenter".to_owned());
        }
        if self.clusters < self.datacenters || self.clusters > self.hosts {
            return refuse("expected a cluster in every datacenter, and a host in each".to_owned());
        }
        if self.rsa_percent > 100 || self.distinct_percent > 100 {
            return refuse("a share has at most a hundred parts of a hundred".to_owned());
        }
        let ill: u64 = self.groups.iter().map(|group| u64::from(group.hosts)).sum();
        if ill > u64::from(self.hosts) {
            return refuse(format!("{ill} hosts misbehave, but there are {}", self.hosts));
        }
        let outdated = self.groups.iter().filter(|g| g.behaviour == Behaviour::GrubUpdate);
        let outdated: u64 = outdated.map(|group| u64::from(group.hosts)).sum();
        let debian = (0..self.hosts).filter(|&number| self.software(number) == DEBIAN_12).count();
        if outdated > debian as u64 {
            return refuse(format!("only {debian} hosts have the GRUB that is updated"));
        }
        Ok(())
    }

    /// Every host, by its number.
    pub fn inhabitants(&self) -> Vec<Inhabitant> {
        let behaviours = self.behaviours();
        (0..self.hosts).zip(behaviours).map(|(number, b)| self.inhabitant(number, b)).collect()
    }

    /// `datacenter/cluster` of every cluster with how many hosts it has.
    pub fn places(&self) -> Vec<(String, String, u32)> {
        let each = self.clusters / self.datacenters;
        (0..self.clusters)
            .map(|cluster| {
                let (datacenter, of_datacenter) = (cluster / each, cluster % each);
                let hosts = (0..self.hosts).filter(|&number| self.cluster_of(number) == cluster);
                let hosts = u32::try_from(hosts.count()).unwrap_or(u32::MAX);
                (
                    named(&DATACENTERS, "dc", datacenter),
                    named(&CLUSTERS, "cluster", of_datacenter),
                    hosts,
                )
            })
            .collect()
    }

    fn cluster_of(&self, number: u32) -> u32 {
        let each = self.clusters / self.datacenters;
        let datacenter = number % self.datacenters;
        datacenter * each + number / self.datacenters % each
    }

    /// Half of the clusters have Debian; a cluster has one system, so that one configuration is
    /// enough for it.
    fn software(&self, number: u32) -> Software {
        let each = self.clusters / self.datacenters;
        match self.cluster_of(number) % each % 4 {
            0 | 1 => DEBIAN_12,
            2 => UBUNTU_24_04,
            _ => ROCKY_9,
        }
    }

    /// A healthy host of each system, with all clusters that have it as `datacenter/cluster`.
    pub fn samples(&self) -> Vec<(Inhabitant, Vec<String>)> {
        let mut samples: Vec<(Inhabitant, Vec<String>)> = Vec::new();
        for host in self.inhabitants() {
            let healthy = host.behaviour == Behaviour::Healthy;
            let place = host.place();
            match samples.iter_mut().find(|(sample, _)| sample.software == host.software) {
                Some((_, places)) if places.contains(&place) => {}
                Some((_, places)) => places.push(place),
                None if healthy => samples.push((host, vec![place])),
                None => {}
            }
        }
        samples
    }

    fn inhabitant(&self, number: u32, behaviour: Behaviour) -> Inhabitant {
        let each = self.clusters / self.datacenters;
        let cluster = self.cluster_of(number);
        let (datacenter, of_datacenter) = (cluster / each, cluster % each);
        let datacenter = named(&DATACENTERS, "dc", datacenter);
        let cluster = named(&CLUSTERS, "cluster", of_datacenter);
        Inhabitant {
            number,
            name: format!("{cluster}-{datacenter}-{number:05}"),
            datacenter,
            cluster,
            software: self.software(number),
            // Numbers that are far apart, so that neither share goes with a cluster or a system.
            rsa: (number.wrapping_mul(37) + 11) % 100 < u32::from(self.rsa_percent),
            distinct: (number.wrapping_mul(61) + 7) % 100 < u32::from(self.distinct_percent),
            both_banks: number % 4 == 1,
            behaviour,
        }
    }

    /// What each host is like. The hosts of a group stand at equal distances among those that are
    /// left.
    fn behaviours(&self) -> Vec<Behaviour> {
        let mut behaviours = vec![Behaviour::Healthy; self.hosts as usize];
        for group in &self.groups {
            let fits = |&number: &u32| {
                behaviours[number as usize] == Behaviour::Healthy // as long as there are hosts
                    && (group.behaviour != Behaviour::GrubUpdate
                        || self.software(number) == DEBIAN_12)
            };
            let free: Vec<u32> = (0..self.hosts).filter(fits).collect();
            let step = |place: u32| u64::from(place) * free.len() as u64 / u64::from(group.hosts);
            for place in 0..group.hosts.min(u32::try_from(free.len()).unwrap_or(u32::MAX)) {
                let at = usize::try_from(step(place)).unwrap_or(usize::MAX);
                behaviours[free[at] as usize] = group.behaviour; // `at` is below their number
            }
        }
        behaviours
    }
}

fn named(names: &[&str], further: &str, number: u32) -> String {
    let name = names.get(number as usize).map(|&name| name.to_owned());
    name.unwrap_or_else(|| format!("{further}-{}", number + 1))
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn a_bad_morning_is_the_same_in_every_datacenter() {
        let plan = Plan::morning(10_000, 3, 12);
        plan.check().unwrap();
        let hosts = plan.inhabitants();
        let names: BTreeSet<_> = hosts.iter().map(|host| &host.name).collect();
        assert_eq!(names.len(), 10_000);
        let mut updated: BTreeMap<&str, usize> = BTreeMap::new();
        for host in hosts.iter().filter(|host| host.behaviour == Behaviour::GrubUpdate) {
            assert_eq!(host.software, DEBIAN_12);
            *updated.entry(&host.datacenter).or_default() += 1;
        }
        assert_eq!(updated.values().sum::<usize>(), 412);
        assert_eq!(updated.len(), 3);
        assert!(updated.values().all(|&hosts| hosts > 100), "{updated:?}");
        for group in &plan.groups {
            let alike = hosts.iter().filter(|host| host.behaviour == group.behaviour).count();
            assert_eq!(alike, group.hosts as usize, "{}", group.behaviour);
        }
        let places = plan.places();
        assert_eq!(places.len(), 12);
        assert_eq!(places.iter().map(|(_, _, hosts)| hosts).sum::<u32>(), 10_000);
        let samples = plan.samples();
        let mut clusters: Vec<_> = samples.iter().map(|(_, places)| places.len()).collect();
        clusters.sort_unstable();
        assert_eq!(clusters, [3, 3, 6]);
        let rsa = hosts.iter().filter(|host| host.rsa).count();
        let distinct = hosts.iter().filter(|host| host.distinct).count();
        assert_eq!((rsa, distinct), (2_000, 5_000));
    }

    #[test]
    fn a_small_one_has_each_of_everything() {
        let plan = Plan::morning(60, 3, 6);
        plan.check().unwrap();
        let hosts = plan.inhabitants();
        assert!(plan.groups.iter().all(|group| group.hosts > 0));
        let ill = hosts.iter().filter(|host| host.behaviour != Behaviour::Healthy).count();
        assert_eq!(ill, plan.groups.iter().map(|group| group.hosts as usize).sum::<usize>());
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for (hosts, datacenters, clusters) in [(0, 1, 1), (10, 0, 1), (10, 2, 3), (2, 1, 3)] {
            assert!(Plan::healthy(hosts, datacenters, clusters).check().is_err());
        }
        let groups = vec![Group { behaviour: Behaviour::Silent, hosts: 11 }];
        assert!(Plan { groups, ..Plan::healthy(10, 1, 1) }.check().is_err());
        let groups = vec![Group { behaviour: Behaviour::GrubUpdate, hosts: 10 }];
        assert!(Plan { groups, ..Plan::healthy(100, 1, 1) }.check().is_ok());
    }
}
