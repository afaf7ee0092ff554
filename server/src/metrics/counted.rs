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

/// What was written in one transaction.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Commit {
    /// Commands that shared it.
    pub commands: usize,
    /// How long the disk took.
    pub took: Duration,
}

/// Verifications since the start.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Totals {
    /// That ended with an appraisal.
    pub verified: u64,
    /// After which Attestation reads Failed.
    pub failed: u64,
    /// Whose evidence was recognised.
    pub steady: u64,
    /// That ended without an appraisal.
    pub unverified: u64,
    /// How long those that ended with one took together.
    pub took: Duration,
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
    group: Histogram,
    commit: Histogram,
    commit_failures: Counter,
    requests: [Counter; 5],
    request: Histogram,
    refusals: By,
    sign_ins: By,
    turned_away: By,
    /// The sum of the last of `stages`, for the log.
    whole_us: Counter,
    /// The sum of `unverified`, for the log.
    unverified_in_all: Counter,
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
        let group = Histogram::new(exponential_buckets(1.0, 2.0, 12));
        let (commit, request) = (times(), times());
        let commit_failures = Counter::default();
        let requests = By::default();
        let (refusals, sign_ins, turned_away) = (By::default(), By::default(), By::default());
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
        all.register("commit_commands", "Commands that share a transaction", group.clone());
        all.register_with_unit(
            "commit_duration",
            "How long a transaction takes to reach the disk",
            Unit::Seconds,
            commit.clone(),
        );
        all.register(
            "commit_failures",
            "Transactions that could not be committed",
            commit_failures.clone(),
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
        all.register(
            "connections_refused",
            "Connections closed below HTTP, by the limit that they met",
            turned_away.clone(),
        );
        all.register("errors", "Errors in the log, by part of the server", errors.clone());
        let of = |family: &By, label, value| family.get_or_create_owned(&[(label, value)]);
        // What an alert asks for is there from the start, at zero.
        for (family, label, value) in [
            (&refusals, "code", "unavailable"),
            (&unverified, "why", "unanswered"),
            (&sign_ins, "why", "wrong-credentials"),
            (&turned_away, "limit", "silent"),
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
            group,
            commit,
            commit_failures,
            requests: ["1xx", "2xx", "3xx", "4xx", "5xx"]
                .map(|class| of(&requests, "status", class)),
            request,
            refusals,
            sign_ins,
            turned_away,
            whole_us: Counter::default(),
            unverified_in_all: Counter::default(),
            errors,
            registry: all,
        }
    }

    pub(super) fn registry(&self) -> &Registry {
        &self.registry
    }

    /// So many verifications ended with an appraisal, after which Attestation reads so.
    pub(crate) fn verified(&self, reads: Attestation, times: u64) {
        let known = Attestation::ALL.iter().zip(&self.verdicts).find(|(of, _)| **of == reads);
        if let Some((_, counter)) = known {
            counter.inc_by(times);
        }
    }

    /// New evidence was appraised.
    pub(crate) fn appraised(&self, steady: bool) {
        if steady { &self.steady } else { &self.full }.inc();
    }

    /// A verification ended without an appraisal.
    pub(crate) fn unverified(&self, why: &'static str) {
        self.unverified.get_or_create_owned(&[("why", why)]).inc();
        self.unverified_in_all.inc();
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
        if stage == Stage::Whole {
            self.whole_us.inc_by(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        }
    }

    /// A transaction reached the disk, or did not.
    pub(crate) fn committed(&self, commit: Commit, whether: bool) {
        if whether {
            self.group.observe(f64::from(u32::try_from(commit.commands).unwrap_or(u32::MAX)));
            self.commit.observe(commit.took.as_secs_f64());
        } else {
            self.commit_failures.inc();
        }
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

    /// A connection met a limit below HTTP.
    pub(crate) fn turned_away(&self, limit: &'static str) {
        self.turned_away.get_or_create_owned(&[("limit", limit)]).inc();
    }

    /// What was counted since the start, for the log.
    pub(crate) fn totals(&self) -> Totals {
        let failed = Attestation::ALL.iter().zip(&self.verdicts);
        let failed = failed.filter(|(of, _)| **of == Attestation::Failed);
        Totals {
            verified: self.verdicts.iter().map(Counter::get).sum(),
            failed: failed.map(|(_, counter)| counter.get()).sum(),
            steady: self.steady.get(),
            unverified: self.unverified_in_all.get(),
            took: Duration::from_micros(self.whole_us.get()),
        }
    }

    /// An error was logged by the module `target`: `trustboard_server::job::verify`.
    pub(crate) fn error(&self, target: &str) {
        let own = target.strip_prefix("trustboard_server::");
        let part = own.map_or("libraries", |own| own.split("::").next().unwrap_or(own));
        self.errors.get_or_create_owned(&[("part", part.to_owned())]).inc();
    }
}
