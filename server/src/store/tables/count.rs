//! How many hosts of each cluster read what, over time: written with the events that change it, as
//! differences, so that the past is the present less everything since.

use std::collections::BTreeMap;

use trustboard_model::event::EventKind;
use trustboard_model::host::Attestation;
use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::time::Timestamp;
use trustboard_model::view::{Changes, CountChange};

use super::column::{Place, integer};
use super::event::HostScope;
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::sql::{FromRow, QueryBuilder};

/// The finer steps, in seconds, which are kept for [`FINE_DAYS`].
pub(crate) const FINE_S: i64 = 60;

/// The coarser steps, in seconds, which are kept as long as conclusions.
pub(crate) const COARSE_S: i64 = 3600;

/// For how many days the finer steps are kept: the longest range that is drawn from them is a day.
pub(crate) const FINE_DAYS: u32 = 3;

/// What an event changes in the counts of its host's cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Step {
    counts: CountChange,
    changes: Changes,
    /// Red alarms that came or went with a host: those that were raised or reset are counted where
    /// they are written.
    red: i64,
}

impl Step {
    fn of(kind: &EventKind) -> Self {
        let mut step = Self::default();
        match kind {
            EventKind::HostEnrolled { .. } => {
                step.counts.hosts = 1;
                step.counts.unknown = 1;
                step.changes.enrolled = 1;
            }
            EventKind::Appraised { from, to, .. } => {
                let from = from.unwrap_or(Attestation::Unknown);
                *of(&mut step.counts, from) -= 1;
                *of(&mut step.counts, *to) += 1;
                let failed = Attestation::Failed;
                step.changes.newly_failed = u64::from(from != failed && *to == failed);
                step.changes.recovered = u64::from(from == failed && *to == Attestation::Passed);
            }
            EventKind::AlarmRaised { .. } => step.changes.alarms_raised = 1,
            EventKind::AlarmReset { .. } => step.changes.alarms_reset = 1,
            _ => {}
        }
        step
    }
}

/// Whether an event of this kind changes a count.
pub(super) fn counts(kind: &EventKind) -> bool {
    matches!(kind, EventKind::HostMoved { .. } | EventKind::HostRemoved { .. })
        || Step::of(kind) != Step::default()
}

const fn of(counts: &mut CountChange, attestation: Attestation) -> &mut i64 {
    match attestation {
        Attestation::Failed => &mut counts.failed,
        Attestation::Unknown => &mut counts.unknown,
        Attestation::NotApplicable => &mut counts.not_applicable,
        Attestation::Passed => &mut counts.passed,
    }
}

impl Step {
    /// Both together.
    fn plus(self, other: Self) -> Self {
        let (mine, theirs) = (self.changes, other.changes);
        Self {
            counts: self.counts.plus(other.counts),
            changes: Changes {
                newly_failed: mine.newly_failed + theirs.newly_failed,
                recovered: mine.recovered + theirs.recovered,
                enrolled: mine.enrolled + theirs.enrolled,
                alarms_raised: mine.alarms_raised + theirs.alarms_raised,
                alarms_reset: mine.alarms_reset + theirs.alarms_reset,
            },
            red: self.red + other.red,
        }
    }

    /// A host that reads this came to a cluster (1) or left it (-1).
    fn moved(attestation: Attestation, red: i64, by: i64) -> Self {
        let mut step = Self { red: red * by, ..Self::default() };
        step.counts.hosts = by;
        *of(&mut step.counts, attestation) = by;
        step
    }
}

/// What events change in the counts of clusters, put together.
#[derive(Debug, Default)]
pub(super) struct Counts(BTreeMap<ClusterId, Step>);

impl Counts {
    fn add(&mut self, cluster: ClusterId, step: Step) {
        if step != Step::default() {
            let so_far = self.0.entry(cluster).or_default();
            *so_far = so_far.plus(step);
        }
    }

    /// Counts red alarms that came, or went.
    pub(super) fn red(&mut self, cluster: ClusterId, by: i64) {
        self.add(cluster, Step { red: by, ..Step::default() });
    }

    /// By how many hosts, and by how many red ones, each cluster has changed.
    pub(super) fn now(&self) -> Vec<(ClusterId, CountChange, i64)> {
        let changed = self
            .0
            .iter()
            .filter(|(_, step)| step.counts != CountChange::default() || step.red != 0);
        changed.map(|(cluster, step)| (*cluster, step.counts, step.red)).collect()
    }
}

impl Write {
    /// Counts what events of hosts change, before a host is gone.
    pub(super) async fn count(
        &mut self,
        events: &[(HostScope, &EventKind)],
    ) -> Result<(), StoreError> {
        let mut counts = Counts::default();
        for (scope, kind) in events {
            match kind {
                EventKind::HostMoved { from, to, .. } => {
                    let (attestation, red, _) = self.reads(scope.host).await?;
                    counts.add(*from, Step::moved(attestation, red, -1));
                    counts.add(*to, Step::moved(attestation, red, 1));
                }
                EventKind::HostRemoved { .. } => {
                    let (attestation, red, _) = self.reads(scope.host).await?;
                    counts.add(scope.cluster, Step::moved(attestation, red, -1));
                }
                kind => counts.add(scope.cluster, Step::of(kind)),
            }
        }
        self.add_to_counted(&counts).await?;
        self.put_steps(&counts).await
    }

    async fn put_steps(&mut self, counts: &Counts) -> Result<(), StoreError> {
        let changed = counts.0.iter().filter(|(_, step)| {
            step.counts != CountChange::default() || step.changes != Changes::default()
        });
        let steps: Vec<_> =
            changed.flat_map(|(of, step)| [FINE_S, COARSE_S].map(|s| (of, s, step))).collect();
        if steps.is_empty() {
            return Ok(());
        }
        let now = self.now();
        let mut query = QueryBuilder::new(
            "INSERT INTO count_changes (cluster_id, step_s, at, hosts, passed, failed, unknown,
                 not_applicable, newly_failed, recovered, enrolled, alarms_raised,
                 alarms_reset) VALUES ",
        );
        query.rows(&steps, |values, (cluster, step_s, Step { counts, changes, .. })| {
            values.push_bind(cluster.to_string());
            values.push_bind(*step_s).push_bind(beginning(now, *step_s).0);
            for by in [
                counts.hosts,
                counts.passed,
                counts.failed,
                counts.unknown,
                counts.not_applicable,
                integer(changes.newly_failed),
                integer(changes.recovered),
                integer(changes.enrolled),
                integer(changes.alarms_raised),
                integer(changes.alarms_reset),
            ] {
                values.push_bind(by);
            }
        });
        query.push(
            " ON CONFLICT (cluster_id, step_s, at) DO UPDATE SET
                 hosts = count_changes.hosts + excluded.hosts,
                 passed = count_changes.passed + excluded.passed,
                 failed = count_changes.failed + excluded.failed,
                 unknown = count_changes.unknown + excluded.unknown,
                 not_applicable = count_changes.not_applicable + excluded.not_applicable,
                 newly_failed = count_changes.newly_failed + excluded.newly_failed,
                 recovered = count_changes.recovered + excluded.recovered,
                 enrolled = count_changes.enrolled + excluded.enrolled,
                 alarms_raised = count_changes.alarms_raised + excluded.alarms_raised,
                 alarms_reset = count_changes.alarms_reset + excluded.alarms_reset",
        );
        query.build().execute(self.connection()).await?;
        Ok(())
    }
}

/// The beginning of the step that a moment lies in.
pub(crate) fn beginning(at: Timestamp, step_s: i64) -> Timestamp {
    let step_ms = step_s.saturating_mul(1000).max(1);
    Timestamp(at.0 - at.0.rem_euclid(step_ms))
}

/// The changes of one step over many clusters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StepChange {
    /// The beginning of the step.
    pub at: Timestamp,
    pub counts: CountChange,
}

#[derive(FromRow)]
struct StepRow {
    at: i64,
    hosts: i64,
    passed: i64,
    failed: i64,
    unknown: i64,
    not_applicable: i64,
}

impl StepRow {
    fn counts(&self) -> CountChange {
        let Self { hosts, passed, failed, unknown, not_applicable, .. } = *self;
        CountChange { hosts, passed, failed, unknown, not_applicable }
    }
}

#[derive(FromRow)]
struct ClusterRow {
    cluster_id: String,
    hosts: i64,
    passed: i64,
    failed: i64,
    unknown: i64,
    not_applicable: i64,
    newly_failed: i64,
    recovered: i64,
    enrolled: i64,
    alarms_raised: i64,
    alarms_reset: i64,
}

/// What changed in one cluster since a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ClusterChange {
    pub cluster: ClusterId,
    pub counts: CountChange,
    pub changes: Changes,
}

impl<Mode> Tx<Mode> {
    /// What changed from `from` on in these datacenters, or in all, or in one cluster of them, in
    /// steps of `step_s` (one of [`FINE_S`] and [`COARSE_S`]); the latest step first.
    pub(crate) async fn count_steps(
        &mut self,
        of: Option<&[DatacenterId]>,
        cluster: Option<ClusterId>,
        step_s: i64,
        from: Timestamp,
    ) -> Result<Vec<StepChange>, StoreError> {
        let mut query = QueryBuilder::new(
            "SELECT n.at, CAST(sum(n.hosts) AS BIGINT) AS hosts, CAST(sum(n.passed) AS BIGINT) AS passed, CAST(sum(n.failed) AS BIGINT) AS failed,
                    CAST(sum(n.unknown) AS BIGINT) AS unknown, CAST(sum(n.not_applicable) AS BIGINT) AS not_applicable
             FROM count_changes n ",
        );
        push_steps(&mut query, of, step_s, from);
        if let Some(cluster) = cluster {
            query.push(" AND n.cluster_id = ").push_bind(cluster.to_string());
        }
        query.push(" GROUP BY n.at ORDER BY n.at DESC");
        let rows: Vec<StepRow> = query.build_query_as().fetch_all(self.connection()).await?;
        let change = |row: &StepRow| StepChange { at: Timestamp(row.at), counts: row.counts() };
        Ok(rows.iter().map(change).collect())
    }

    /// What changed from `from` on (to the minute, at most [`FINE_DAYS`] ago) by cluster.
    pub(crate) async fn changes_by_cluster(
        &mut self,
        of: Option<&[DatacenterId]>,
        from: Timestamp,
    ) -> Result<Vec<ClusterChange>, StoreError> {
        let mut query = QueryBuilder::new(
            "SELECT n.cluster_id, CAST(sum(n.hosts) AS BIGINT) AS hosts, CAST(sum(n.passed) AS BIGINT) AS passed,
                    CAST(sum(n.failed) AS BIGINT) AS failed, CAST(sum(n.unknown) AS BIGINT) AS unknown,
                    CAST(sum(n.not_applicable) AS BIGINT) AS not_applicable, CAST(sum(n.newly_failed) AS BIGINT) AS newly_failed,
                    CAST(sum(n.recovered) AS BIGINT) AS recovered, CAST(sum(n.enrolled) AS BIGINT) AS enrolled,
                    CAST(sum(n.alarms_raised) AS BIGINT) AS alarms_raised, CAST(sum(n.alarms_reset) AS BIGINT) AS alarms_reset
             FROM count_changes n ",
        );
        push_steps(&mut query, of, FINE_S, from);
        query.push(" GROUP BY n.cluster_id");
        let rows: Vec<ClusterRow> = query.build_query_as().fetch_all(self.connection()).await?;
        rows.iter().map(ClusterRow::change).collect()
    }
}

impl ClusterRow {
    fn change(&self) -> Result<ClusterChange, StoreError> {
        let place = Place { table: "count_changes", row: &self.cluster_id };
        let Self { hosts, passed, failed, unknown, not_applicable, .. } = *self;
        Ok(ClusterChange {
            cluster: place.parse("cluster_id", &self.cluster_id)?,
            counts: CountChange { hosts, passed, failed, unknown, not_applicable },
            changes: Changes {
                newly_failed: place.number("newly_failed", self.newly_failed)?,
                recovered: place.number("recovered", self.recovered)?,
                enrolled: place.number("enrolled", self.enrolled)?,
                alarms_raised: place.number("alarms_raised", self.alarms_raised)?,
                alarms_reset: place.number("alarms_reset", self.alarms_reset)?,
            },
        })
    }
}

fn push_steps(query: &mut QueryBuilder, of: Option<&[DatacenterId]>, step_s: i64, from: Timestamp) {
    query.push("WHERE n.step_s = ").push_bind(step_s);
    query.push(" AND n.at >= ").push_bind(from.0);
    if let Some(datacenters) = of {
        query.push(" AND n.cluster_id IN (SELECT id FROM clusters WHERE ");
        push_datacenters(query, "datacenter_id", Some(datacenters));
        query.push(")");
    }
}

/// Pushes a condition that `column` names one of these datacenters; one that always holds for all.
pub(super) fn push_datacenters(
    query: &mut QueryBuilder,
    column: &'static str,
    of: Option<&[DatacenterId]>,
) {
    match of {
        None => {
            query.push("TRUE");
        }
        Some(datacenters) => {
            query.push(column).push(" IN (");
            let mut ids = query.separated(", ");
            for id in datacenters {
                ids.push_bind(id.to_string());
            }
            query.push(")");
        }
    }
}

#[cfg(test)]
mod tests {
    use trustboard_model::appraisal::SecureBoot;
    use trustboard_model::id::AppraisalId;

    use super::*;

    fn appraised(from: Option<Attestation>, to: Attestation) -> Step {
        Step::of(&EventKind::Appraised {
            appraisal: AppraisalId::from_random([0; 16]),
            job: None,
            from,
            to,
            secure_boot: SecureBoot::On,
            reasons: Vec::new(),
        })
    }

    #[test]
    fn an_appraisal_moves_one_host_from_one_count_to_another() {
        let first = appraised(None, Attestation::Passed);
        assert_eq!((first.counts.unknown, first.counts.passed, first.counts.hosts), (-1, 1, 0));
        assert_eq!(first.changes, Changes::default());
        let fell = appraised(Some(Attestation::Passed), Attestation::Failed);
        assert_eq!((fell.counts.passed, fell.counts.failed), (-1, 1));
        assert_eq!((fell.changes.newly_failed, fell.changes.recovered), (1, 0));
        let rose = appraised(Some(Attestation::Failed), Attestation::Passed);
        assert_eq!((rose.changes.newly_failed, rose.changes.recovered), (0, 1));
        let same = appraised(Some(Attestation::Failed), Attestation::Failed);
        assert_eq!(same, Step::default(), "another reason changes no count");
    }

    #[test]
    fn what_comes_and_goes_in_one_cluster_is_counted_once() {
        let cluster = ClusterId::from_random([1; 16]);
        let mut counts = Counts::default();
        let failed = appraised(Some(Attestation::Passed), Attestation::Failed);
        counts.add(cluster, failed);
        counts.add(cluster, failed);
        counts.red(cluster, 2);
        let fell = CountChange { passed: -2, failed: 2, ..CountChange::default() };
        assert_eq!(counts.now(), [(cluster, fell, 2)]);
        assert_eq!(counts.0[&cluster].changes.newly_failed, 2);
        counts.add(cluster, appraised(Some(Attestation::Failed), Attestation::Passed));
        counts.add(cluster, appraised(Some(Attestation::Failed), Attestation::Passed));
        counts.red(cluster, -2);
        assert!(counts.now().is_empty(), "what is as before is not written");
        assert_eq!(counts.0[&cluster].changes.recovered, 2, "that it was otherwise is");
    }

    #[test]
    fn steps_begin_at_whole_minutes_and_hours() {
        let at = Timestamp(1_763_744_461_250);
        assert_eq!(beginning(at, FINE_S), Timestamp(1_763_744_460_000));
        assert_eq!(beginning(at, COARSE_S), Timestamp(1_763_744_400_000));
    }
}
