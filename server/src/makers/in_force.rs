//! What is in force: the folder's certificates and those in the database, as one set.

use std::collections::BTreeMap;
use std::sync::Arc;

use trustboard_attest::endorsement::{Certificate, Chain, RevocationList};
use trustboard_attest::{Idle, Makers, known_root};
use trustboard_model::digest::Sha256;
use trustboard_model::maker::{CertificateFacts, MakerKind, MakerTrust};
use trustboard_model::time::Timestamp;
use trustboard_model::view::{MakerCertificate, MakerDecided, MakerOrigin, MakerRevocationList};

use super::Folder;
use crate::store::record::{MakerListRecord, MakerRecord};

/// The makers' certificates in force, and what can be said of each.
#[derive(Debug, Clone, Default)]
pub struct InForce {
    set: Arc<Makers>,
    known: Vec<Known>,
    lists: Vec<MakerRevocationList>,
}

#[derive(Debug, Clone)]
struct Known {
    certificate: Certificate,
    facts: CertificateFacts,
    trust: MakerTrust,
    origin: MakerOrigin,
    decision: Option<MakerDecided>,
    chains_to: Option<String>,
}

impl InForce {
    /// Combines the folder with what is on record. Takes as long as its signatures take to verify.
    ///
    /// What an operator distrusts counts nowhere, not even if it lies in the folder. Otherwise what
    /// lies there counts.
    pub(crate) fn of(
        folder: &Folder,
        records: Vec<MakerRecord>,
        lists: Vec<MakerListRecord>,
    ) -> Self {
        let mut known: BTreeMap<Sha256, Known> = BTreeMap::new();
        for record in records {
            let facts = record.certificate.facts();
            let MakerRecord { certificate, trust, file, by, at, decision } = record;
            let origin = MakerOrigin::Import { file, by, at };
            let entry = Known { certificate, facts, trust, origin, decision, chains_to: None };
            known.insert(entry.facts.fingerprint, entry);
        }
        for (certificate, file) in &folder.certificates {
            let facts = certificate.facts();
            let trust = match facts.kind {
                MakerKind::Root => MakerTrust::Trusted,
                MakerKind::Intermediate => MakerTrust::Follows,
            };
            let origin = MakerOrigin::Folder { file: file.clone() };
            match known.get_mut(&facts.fingerprint) {
                None => {
                    let fingerprint = facts.fingerprint;
                    let certificate = certificate.clone();
                    let entry = Known {
                        certificate,
                        facts,
                        trust,
                        origin,
                        decision: None,
                        chains_to: None,
                    };
                    known.insert(fingerprint, entry);
                }
                Some(entry) => {
                    entry.origin = origin;
                    if entry.trust == MakerTrust::Awaiting {
                        entry.trust = trust;
                    }
                }
            }
        }
        let mut set = Makers::default();
        for entry in known.values() {
            let certificate = entry.certificate.clone();
            match entry.trust {
                MakerTrust::Trusted => set.trust(certificate),
                MakerTrust::Follows => set.follow(certificate),
                MakerTrust::Awaiting => set.set_aside(certificate, Idle::Awaiting),
                MakerTrust::Distrusted => set.set_aside(certificate, Idle::Distrusted),
            }
        }
        let lists = combine_lists(folder, lists, &mut set);
        let mut known: Vec<Known> = known.into_values().collect();
        for entry in known.iter_mut().filter(|entry| entry.trust == MakerTrust::Follows) {
            entry.chains_to = Chain::build(&entry.certificate, &set)
                .ok()
                .and_then(|chain| Some(chain.issuers().last()?.subject.to_string()));
        }
        known.sort_by(|one, other| {
            let key = |entry: &Known| {
                (entry.facts.maker.to_lowercase(), entry.facts.kind, entry.facts.subject.clone())
            };
            key(one).cmp(&key(other))
        });
        Self { set: Arc::new(set), known, lists }
    }

    /// What chains are built with.
    pub fn set(&self) -> Arc<Makers> {
        Arc::clone(&self.set)
    }

    /// The certificate with this fingerprint, and what it counts for.
    pub(crate) fn find(&self, fingerprint: &Sha256) -> Option<(&Certificate, MakerTrust)> {
        let entry = self.known.iter().find(|entry| entry.facts.fingerprint == *fingerprint)?;
        Some((&entry.certificate, entry.trust))
    }

    /// Every certificate, by maker, kind and subject.
    pub(crate) fn certificates(&self, now: Timestamp) -> Vec<MakerCertificate> {
        let shown = |entry: &Known| MakerCertificate {
            facts: entry.facts.clone(),
            trust: entry.trust,
            notes: entry.certificate.notes(now),
            published: known_root(&entry.facts.fingerprint).map(Into::into),
            origin: entry.origin.clone(),
            decision: entry.decision.clone(),
            chains_to: entry.chains_to.clone(),
        };
        self.known.iter().map(shown).collect()
    }

    /// Every revocation list, by issuer and date.
    pub(crate) fn lists(&self) -> &[MakerRevocationList] {
        &self.lists
    }
}

fn combine_lists(
    folder: &Folder,
    records: Vec<MakerListRecord>,
    set: &mut Makers,
) -> Vec<MakerRevocationList> {
    let mut all: BTreeMap<Sha256, (RevocationList, MakerOrigin)> = BTreeMap::new();
    for MakerListRecord { list, file, by, at } in records {
        all.insert(list.fingerprint(), (list, MakerOrigin::Import { file, by, at }));
    }
    for (list, file) in &folder.lists {
        let origin = MakerOrigin::Folder { file: file.clone() };
        all.insert(list.fingerprint(), (list.clone(), origin));
    }
    let mut shown = Vec::new();
    for (fingerprint, (list, origin)) in all {
        shown.push(MakerRevocationList {
            fingerprint,
            issuer: list.issuer.to_string(),
            this_update: list.this_update,
            next_update: list.next_update,
            revoked: list.count() as u64,
            verified: set.vouches_for(&list),
            origin,
        });
        set.add_revocation_list(list);
    }
    shown.sort_by(|one, other| {
        (&one.issuer, other.this_update).cmp(&(&other.issuer, one.this_update))
    });
    shown
}
