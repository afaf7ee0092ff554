//! Differences: counted, put in the order of telling, and given a fingerprint.

use aws_lc_rs::digest::{Context, SHA256};
use trustboard_model::boot::{Said, Topic};
use trustboard_model::comparison::{Change, Comparison, Difference, Side};
use trustboard_model::configuration::{Reference, ReferenceEvent};
use trustboard_model::digest::{Digest, Sha256};
use trustboard_model::pcr::PcrIndex;

use super::align::{Cells, Step, align};
use super::telling;
use crate::hash;

/// One difference before anything is said about it: a log may have thousands.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    pcr: PcrIndex,
    what: What,
}

#[derive(Debug, Clone)]
enum What {
    Step(Step),
    Value(Digest),
}

impl Finding {
    pub(super) fn value(pcr: PcrIndex, found: &Digest) -> Self {
        Self { pcr, what: What::Value(found.clone()) }
    }

    pub(super) fn step(pcr: PcrIndex, step: Step) -> Self {
        Self { pcr, what: What::Step(step) }
    }
}

/// A measured event that differs.
pub(super) struct Differing<'e> {
    pub topic: Topic,
    pub said: Option<Said>,
    pub number: u32,
    pub digest: &'e [u8],
}

/// All differences from one reference.
pub(super) struct Drawn<'d> {
    pub reference: &'d Reference,
    pub findings: &'d [Finding],
}

impl Drawn<'_> {
    /// Says what they are. `found` gives a measured event by its register and position.
    pub(super) fn comparison<'e>(
        &self,
        found: impl Fn(PcrIndex, usize) -> Option<Differing<'e>>,
    ) -> Comparison {
        let mut fingerprint = Fingerprint::start(self.reference);
        let mut differences = Vec::new();
        for finding in self.findings {
            let Some(difference) = self.difference(finding, &found) else { continue };
            fingerprint.add(finding, &difference.change);
            differences.push(difference);
            if differences.len() >= 2 * Comparison::MOST {
                keep_most_telling(&mut differences);
            }
        }
        keep_most_telling(&mut differences);
        Comparison::Differs {
            closest: self.reference.configuration.clone(),
            count: u32::try_from(self.findings.len()).unwrap_or(u32::MAX),
            differences,
            fingerprint: fingerprint.finish(),
        }
    }

    fn difference<'e>(
        &self,
        finding: &Finding,
        found: impl Fn(PcrIndex, usize) -> Option<Differing<'e>>,
    ) -> Option<Difference> {
        let pcr = finding.pcr;
        let of = self.reference.pcrs.get(&pcr)?;
        let expected = |position: usize| of.events.get(position);
        let found_side = |position| {
            let Differing { topic, said, number, digest } = found(pcr, position)?;
            let digest = hash::to_model(self.reference.bank, digest);
            Some((topic, Side { event: number, digest, said }))
        };
        let (topic, change) = match &finding.what {
            What::Value(found) => {
                let (expected, found) = (of.value.clone(), found.clone());
                (telling::topic_of(pcr), Change::Value { expected, found })
            }
            What::Step(Step::Same { .. }) => return None,
            // The reviewer's topic, not the one that the host's log claims.
            What::Step(Step::Changed { expected: at, found }) => {
                let (expected, (_, found)) = (expected(*at)?, found_side(*found)?);
                (expected.topic, Change::Changed { expected: side(expected), found })
            }
            What::Step(Step::Added { found, .. }) => {
                let (topic, found) = found_side(*found)?;
                (topic, Change::Added { found })
            }
            What::Step(Step::Missing { expected: at }) => {
                let expected = expected(*at)?;
                (expected.topic, Change::Missing { expected: side(expected) })
            }
        };
        Some(Difference { pcr, topic, change })
    }
}

fn side(event: &ReferenceEvent) -> Side {
    Side { event: event.number, digest: event.digest.clone(), said: event.said.clone() }
}

fn keep_most_telling(differences: &mut Vec<Difference>) {
    differences.sort_by_key(telling::rank);
    differences.truncate(Comparison::MOST);
}

/// How `now` differs from `before`, most telling first, at most [`Comparison::MOST`]. An event
/// that may vary in `before` is no difference; registers that only one of them speaks of are
/// not compared.
pub fn differences(before: &Reference, now: &Reference) -> Vec<Difference> {
    if before.bank != now.bank {
        return Vec::new();
    }
    let mut cells = Cells::new();
    let mut findings = Vec::new();
    for (&pcr, expected) in &before.pcrs {
        let Some(found) = now.pcrs.get(&pcr) else { continue };
        if expected.value != found.value {
            let steps = align(&expected.events, found, &mut cells);
            let differing = steps.into_iter().filter(|step| step.is_difference());
            findings.extend(differing.map(|step| Finding::step(pcr, step)));
        }
    }
    let drawn = Drawn { reference: before, findings: &findings };
    let comparison = drawn.comparison(|pcr, position| {
        let event = now.pcrs.get(&pcr)?.events.get(position)?;
        let (topic, number, said) = (event.topic, event.number, event.said.clone());
        Some(Differing { topic, said, number, digest: event.digest.as_bytes() })
    });
    match comparison {
        Comparison::Differs { differences, .. } => differences,
        Comparison::Matched { .. } => Vec::new(),
    }
}

/// See [`Comparison::Differs`]. Event numbers, types and words are left out: they do not change
/// what was measured. Positions in the reference are in: with them and the digests, the values of
/// all registers follow.
struct Fingerprint(Context);

impl Fingerprint {
    fn start(reference: &Reference) -> Self {
        let mut context = Context::new(&SHA256);
        context.update(b"trustboard: differences from a configuration, 1\0");
        context.update(reference.configuration.id.as_bytes());
        Self(context)
    }

    fn add(&mut self, finding: &Finding, change: &Change) {
        let place = match finding.what {
            What::Step(
                Step::Same { expected, .. }
                | Step::Changed { expected, .. }
                | Step::Missing { expected }
                | Step::Added { before: expected, .. },
            ) => expected,
            What::Value(_) => 0,
        };
        let (kind, digests) = match change {
            Change::Changed { expected, found } => {
                (1, [Some(&expected.digest), Some(&found.digest)])
            }
            Change::Added { found } => (2, [None, Some(&found.digest)]),
            Change::Missing { expected } => (3, [Some(&expected.digest), None]),
            Change::Value { expected, found } => (4, [Some(expected), Some(found)]),
        };
        // The kind says which digests follow, and their algorithm how long they are.
        self.0.update(&[kind, u8::from(finding.pcr)]);
        self.0.update(&u64::try_from(place).unwrap_or(u64::MAX).to_be_bytes());
        for digest in digests.into_iter().flatten() {
            self.0.update(&digest.alg().tpm_id().to_be_bytes());
            self.0.update(digest.as_bytes());
        }
    }

    fn finish(self) -> Sha256 {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(self.0.finish().as_ref());
        Sha256(bytes)
    }
}
