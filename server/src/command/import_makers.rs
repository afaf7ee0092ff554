//! Imports certificates of TPM makers.

use std::collections::BTreeSet;

use trustboard_attest::{FileItem, known_root};
use trustboard_model::digest::Sha256;
use trustboard_model::event::{Actor, EventKind};
use trustboard_model::id::ImportId;
use trustboard_model::maker::{ImportCounts, MakerKind, MakerProblem, MakerTrust};
use trustboard_model::reason::bounded;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{ImportLine, ImportOutcome, ImportReport, ImportSummary};

use crate::ctx::{Ctx, Halt};
use crate::makers::Found;
use crate::store::Write;

/// Certificates and revocation lists on record: more than all makers of the world have, and few
/// enough to build chains with.
const MOST: u64 = 4096;

/// Reports of imports that are kept.
const REPORTS: u32 = 20;

/// Imports what a file holds. Published roots are trusted at once if `trust_published` says so;
/// other roots await confirmation. What is known already stays as it is.
///
/// Always writes the report and one event, also if nothing was new: that somebody imported a file
/// is what happened.
pub async fn import_makers(
    ctx: &Ctx,
    actor: &Actor,
    file: &str,
    found: Vec<Found>,
    trust_published: bool,
) -> Result<ImportReport, Refusal> {
    ctx.answer(import(ctx, actor, file, found, trust_published).await)
}

async fn import(
    ctx: &Ctx,
    actor: &Actor,
    file: &str,
    found: Vec<Found>,
    trust_published: bool,
) -> Result<ImportReport, Halt> {
    let file = bounded(file.trim());
    let mut write = ctx.write().await?;
    let room = MOST.saturating_sub(write.count_makers().await?);
    let mut import =
        Import { actor, file, trust_published, room, seen: BTreeSet::new(), trusted: Vec::new() };
    let mut lines = Vec::with_capacity(found.len());
    let mut counts = ImportCounts::default();
    for found in found {
        let line = import.take(&mut write, found).await?;
        *match line.outcome {
            ImportOutcome::Trusted { .. } => &mut counts.trusted,
            ImportOutcome::Awaiting => &mut counts.awaiting,
            ImportOutcome::Follows => &mut counts.follows,
            ImportOutcome::List { .. } => &mut counts.lists,
            ImportOutcome::Known { .. } | ImportOutcome::Repeated => &mut counts.known,
            ImportOutcome::Refused { .. } => &mut counts.refused,
        } += 1;
        lines.push(line);
    }
    let Import { file, trusted, .. } = import;
    let (by, at) = (actor.clone(), write.now());
    let id = ImportId::from_random(ctx.random.id());
    let report =
        ImportReport { summary: ImportSummary { id, file: file.clone(), by, at, counts }, lines };
    write.insert_maker_import(&report, REPORTS).await?;
    let imported = EventKind::MakersImported { import: id, file, trusted, counts };
    write.event(actor, None, imported).await?;
    write.commit().await?;
    Ok(report)
}

struct Import<'a> {
    actor: &'a Actor,
    file: String,
    trust_published: bool,
    /// How many more may be put on record.
    room: u64,
    seen: BTreeSet<Sha256>,
    /// Fingerprints of the published roots that are trusted from now on.
    trusted: Vec<Sha256>,
}

impl Import<'_> {
    /// Puts one thing on record, if it is of use and new.
    async fn take(&mut self, write: &mut Write, found: Found) -> Result<ImportLine, Halt> {
        let Found { place, number, item } = found;
        let mut line = ImportLine {
            place: bounded(&place),
            number,
            facts: None,
            notes: Vec::new(),
            repairs: Vec::new(),
            outcome: ImportOutcome::Repeated,
        };
        let full = || MakerProblem::TooMany { limit: MOST };
        match item {
            FileItem::Refused { facts, problem } => {
                line.facts = facts.map(|facts| *facts);
                line.outcome = ImportOutcome::Refused { problem };
            }
            FileItem::RevocationList(list) => {
                let fingerprint = list.fingerprint();
                if !self.seen.insert(fingerprint) {
                    return Ok(line);
                }
                line.outcome = if write.maker_list(fingerprint).await?.is_some() {
                    ImportOutcome::Known { trust: None }
                } else if self.room == 0 {
                    ImportOutcome::Refused { problem: full() }
                } else {
                    self.room -= 1;
                    write.insert_maker_list(&list, &self.file, self.actor).await?;
                    ImportOutcome::List { issuer: bounded(&list.issuer.to_string()) }
                };
            }
            FileItem::Certificate(usable) => {
                let facts = usable.certificate.facts();
                let (fingerprint, kind) = (facts.fingerprint, facts.kind);
                line.notes = usable.certificate.notes(write.now());
                line.repairs = usable.repairs;
                line.facts = Some(facts);
                if !self.seen.insert(fingerprint) {
                    return Ok(line);
                }
                line.outcome = if let Some(trust) = write.maker_trust(fingerprint).await? {
                    ImportOutcome::Known { trust: Some(trust) }
                } else if self.room == 0 {
                    ImportOutcome::Refused { problem: full() }
                } else {
                    self.room -= 1;
                    let (trust, outcome) = self.decide(fingerprint, kind);
                    let certificate = &usable.certificate;
                    write
                        .insert_maker_certificate(certificate, trust, &self.file, self.actor)
                        .await?;
                    outcome
                };
            }
        }
        Ok(line)
    }

    /// What a new certificate counts for. A published one that is not self-signed is what its maker
    /// publishes as the top of its chains; untrusted, it is an intermediate like any other.
    fn decide(&mut self, fingerprint: Sha256, kind: MakerKind) -> (MakerTrust, ImportOutcome) {
        match (known_root(&fingerprint), kind) {
            (Some(root), _) if self.trust_published => {
                self.trusted.push(fingerprint);
                (MakerTrust::Trusted, ImportOutcome::Trusted { published: root.into() })
            }
            (_, MakerKind::Root) => (MakerTrust::Awaiting, ImportOutcome::Awaiting),
            (_, MakerKind::Intermediate) => (MakerTrust::Follows, ImportOutcome::Follows),
        }
    }
}
