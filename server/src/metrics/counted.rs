//! What is counted where it happens. Every handle is made once: counting is an addition, and no
//! label is put together on the way.

use std::sync::LazyLock;
use std::time::Duration;

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};
use trustboard_model::host::Attestation;

use super::{Label, PREFIX};

/// The shortest time that is told from a shorter one, in seconds: a steady appraisal takes 0.1 ms.
const SHORTEST_S: f64 = 0.000_125;

/// Each bucket is longer than the one before by this factor: a quantile is known to a fifth.
const FACTOR: f64 = std::f64::consts::SQRT_2;

/// Up to 45 s: longer than an agent may take.
const BUCKETS: u16 = 38;

/// A part of a verification that is timed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// From the challenge to the answer.
    Answer,
    /// Appraising, waiting for a turn included.
    Appraisal,
    /// Recording, until it is on the disk.
    Commit,
    /// All of it, the questions before the challenge included.
    Whole,
}

type By = Family<Label, Counter>;

/// The handles.
#[derive(Debug)]
pub(crate) struct Counted {
    registry: Registry,
    verdicts: [Counter; Attestation::ALL.len()],
    steady: Counter,
    full: Counter,
    unverified: By,
    stages: [Histogram; 4],
    requests: [Counter; 5],
    request: Histogram,
    refusals: By,
    sign_ins: By,
    errors: Family<[(&'static str, String); 1], Counter>,
}

/// The handles of this process.
pub(crate) fn counted() -> &'static Counted {
    static COUNTED: LazyLock<Counted> = LazyLock::new(Counted::new);
    &COUNTED
}

fn times() -> Histogram {
    Histogram::new(exponential_buckets(SHORTEST_S, FACTOR, BUCKETS))
}

impl Counted {
    fn new() -> Self {
        let mut all = Registry::with_prefix(PREFIX);
        let verdicts = By::default();
        let appraisals = By::default();
        let unverified = By::default();
        let stages = Family::<Label, Histogram>::new_with_constructor(times);
        let request = times();
        let requests = By::default();
        let (refusals, sign_ins) = (By::default(), By::default());
        let errors = Family::default();
        all.register(
            "verifications",
            "Verifications that ended with an appraisal, by what Attestation reads",
            verdicts.clone(),
        );
        all.register(
            "appraisals",
            "Appraisals of new evidence: recognised as the same as before (steady), or in full",
            appraisals.clone(),
        );
        all.register(
            "verification_failures",
            "Verifications that ended without an appraisal, by what was in the way",
            unverified.clone(),
        );
        all.register_with_unit(
            "verification_stage_duration",
            "How long the parts of verifications take",
            Unit::Seconds,
            stages.clone(),
        );
        all.register("requests", "Requests answered, by class of status", requests.clone());
        all.register_with_unit(
            "request_duration",
            "How long answers take to begin",
            Unit::Seconds,
            request.clone(),
        );
        all.register("refusals", "Requests refused, by the refusal's code", refusals.clone());
        all.register("sign_in_refusals", "Sign-ins refused, by why", sign_ins.clone());
        all.register("errors", "Errors in the log, by part of the server", errors.clone());
        let of = |family: &By, label, value| family.get_or_create_owned(&[(label, value)]);
        // What an alert asks for is there from the start, at zero.
        for (family, label, value) in [
            (&refusals, "code", "unavailable"),
            (&unverified, "why", "unanswered"),
            (&sign_ins, "why", "wrong-credentials"),
        ] {
            of(family, label, value);
        }
        errors.get_or_create_owned(&[("part", "server".to_owned())]);
        Self {
            verdicts: Attestation::ALL.map(|of_all| of(&verdicts, "attestation", of_all.code())),
            steady: of(&appraisals, "kind", "steady"),
            full: of(&appraisals, "kind", "full"),
            unverified,
            stages: ["answer", "appraisal", "commit", "whole"]
                .map(|stage| stages.get_or_create_owned(&[("stage", stage)])),
            requests: ["1xx", "2xx", "3xx", "4xx", "5xx"]
                .map(|class| of(&requests, "status", class)),
            request,
            refusals,
            sign_ins,
            errors,
            registry: all,
        }
    }

    pub(super) fn registry(&self) -> &Registry {
        &self.registry
    }

    /// A verification ended with an appraisal, after which Attestation reads so.
    pub(crate) fn verified(&self, reads: Attestation) {
        let known = Attestation::ALL.iter().zip(&self.verdicts).find(|(of, _)| **of == reads);
        if let Some((_, counter)) = known {
            counter.inc();
        }
    }

    /// New evidence was appraised.
    pub(crate) fn appraised(&self, steady: bool) {
        if steady { &self.steady } else { &self.full }.inc();
    }

    /// A verification ended without an appraisal.
    pub(crate) fn unverified(&self, why: &'static str) {
        self.unverified.get_or_create_owned(&[("why", why)]).inc();
    }

    /// A part of a verification took so long.
    pub(crate) fn took(&self, stage: Stage, took: Duration) {
        let [answer, appraisal, commit, whole] = &self.stages;
        let histogram = match stage {
            Stage::Answer => answer,
            Stage::Appraisal => appraisal,
            Stage::Commit => commit,
            Stage::Whole => whole,
        };
        histogram.observe(took.as_secs_f64());
    }

    /// A request was answered.
    pub(crate) fn answered(&self, status: u16, took: Duration) {
        if let Some(class) = self.requests.get(usize::from(status / 100).wrapping_sub(1)) {
            class.inc();
        }
        self.request.observe(took.as_secs_f64());
    }

    /// A request was refused.
    pub(crate) fn refused(&self, code: &'static str) {
        self.refusals.get_or_create_owned(&[("code", code)]).inc();
    }

    /// Somebody was not signed in.
    pub(crate) fn sign_in_refused(&self, code: &'static str) {
        self.sign_ins.get_or_create_owned(&[("why", code)]).inc();
    }

    /// An error was logged by the module `target`: `trustboard_server::job::verify`.
    pub(crate) fn error(&self, target: &str) {
        let own = target.strip_prefix("trustboard_server::");
        let part = own.map_or("libraries", |own| own.split("::").next().unwrap_or(own));
        self.errors.get_or_create_owned(&[("part", part.to_owned())]).inc();
    }
}
