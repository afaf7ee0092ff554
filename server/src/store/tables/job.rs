//! Verification jobs and their steps.

use trustboard_model::id::{HostId, JobId};
use trustboard_model::job::{Job, JobState, Step, Trigger};
use trustboard_model::time::Timestamp;

use super::column::{Place, code, json};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::sql::{self, FromRow, QueryBuilder};

/// Finished jobs kept for each host: more than the host page shows.
const KEPT: u32 = 100;

#[derive(FromRow)]
struct JobRow {
    id: String,
    trigger: String,
    state: String,
    problem: Option<String>,
    queued_at: i64,
    ended_at: Option<i64>,
}

#[derive(FromRow)]
struct StepRow {
    job_id: String,
    at: i64,
    kind: String,
    detail: String,
}

impl JobRow {
    fn with(self, steps: Vec<Step>) -> Result<Job, StoreError> {
        let place = Place { table: "jobs", row: &self.id };
        let state = match (self.state.as_str(), self.problem) {
            ("queued", None) => JobState::Queued,
            ("running", None) => JobState::Running,
            ("done", None) => JobState::Done,
            ("failed", Some(problem)) => JobState::Failed { problem },
            _ => return Err(place.bad("state")),
        };
        Ok(Job {
            id: place.parse("id", &self.id)?,
            trigger: place.json("trigger", &self.trigger)?,
            state,
            queued_at: Timestamp(self.queued_at),
            ended_at: self.ended_at.map(Timestamp),
            steps,
        })
    }
}

impl StepRow {
    fn step(self) -> Result<Step, StoreError> {
        let kind = Place { table: "job_steps", row: &self.job_id }.code("kind", &self.kind)?;
        Ok(Step { at: Timestamp(self.at), kind, detail: self.detail })
    }
}

/// The columns `state` and `problem`.
fn state_columns(state: &JobState) -> (&'static str, Option<&str>) {
    match state {
        JobState::Queued => ("queued", None),
        JobState::Running => ("running", None),
        JobState::Done => ("done", None),
        JobState::Failed { problem } => ("failed", Some(problem)),
    }
}

impl<Mode> Tx<Mode> {
    /// One job of a host with its steps.
    pub(crate) async fn job(&mut self, host: HostId, id: JobId) -> Result<Option<Job>, StoreError> {
        let row: Option<JobRow> = sql::query_as(
            "SELECT id, trigger, state, problem, queued_at, ended_at FROM jobs
             WHERE id = ? AND host_id = ?",
        )
        .bind(id.to_string())
        .bind(host.to_string())
        .fetch_optional(self.connection())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let steps: Vec<StepRow> = sql::query_as(
            "SELECT job_id, at, kind, detail FROM job_steps WHERE job_id = ? ORDER BY number",
        )
        .bind(&row.id)
        .fetch_all(self.connection())
        .await?;
        let steps = steps.into_iter().map(StepRow::step).collect::<Result<_, _>>()?;
        row.with(steps).map(Some)
    }

    /// A host's latest jobs with their steps, the newest first.
    pub(crate) async fn jobs(&mut self, host: HostId, limit: u32) -> Result<Vec<Job>, StoreError> {
        let rows: Vec<JobRow> = sql::query_as(
            "SELECT id, trigger, state, problem, queued_at, ended_at FROM jobs
             WHERE host_id = ? ORDER BY queued_at DESC, id LIMIT ?",
        )
        .bind(host.to_string())
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        let mut steps: Vec<StepRow> = sql::query_as(
            "SELECT job_id, at, kind, detail FROM job_steps WHERE job_id IN (
                 SELECT id FROM jobs WHERE host_id = ? ORDER BY queued_at DESC, id LIMIT ?
             ) ORDER BY job_id, number",
        )
        .bind(host.to_string())
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        let mut jobs = Vec::with_capacity(rows.len());
        for row in rows {
            let own = steps.extract_if(.., |step| step.job_id == row.id);
            let own = own.map(StepRow::step).collect::<Result<_, _>>()?;
            jobs.push(row.with(own)?);
        }
        Ok(jobs)
    }

    /// The triggers of a host's queued and running jobs, the oldest first.
    pub(crate) async fn active_jobs(
        &mut self,
        host: HostId,
    ) -> Result<Vec<(JobId, Trigger)>, StoreError> {
        let rows: Vec<(String, String)> = sql::query_as(
            "SELECT id, trigger FROM jobs WHERE host_id = ? AND state IN ('queued', 'running')
             ORDER BY queued_at, id",
        )
        .bind(host.to_string())
        .fetch_all(self.connection())
        .await?;
        let parsed = |(id, trigger): (String, String)| {
            let place = Place { table: "jobs", row: &id };
            Ok((place.parse("id", &id)?, place.json("trigger", &trigger)?))
        };
        rows.into_iter().map(parsed).collect()
    }

    /// The queued jobs that operators started, or those that came of themselves, of hosts whose
    /// session this server has; if it leads, of those too whose session nobody has. Those of hosts
    /// that may yet come back to somebody wait for that. The oldest first, at most `limit`.
    pub(crate) async fn queued_jobs(
        &mut self,
        by_operators: bool,
        leads: bool,
        limit: u32,
    ) -> Result<Vec<(JobId, HostId, Trigger)>, StoreError> {
        let replica = self.replica().unwrap_or_default();
        let rows: Vec<(String, String, String)> = sql::query_as(
            "SELECT j.id, j.host_id, j.trigger
             FROM jobs j LEFT JOIN connections n ON n.host_id = j.host_id
             WHERE j.state = 'queued' AND j.by_operator = ?
               AND (n.replica = ? OR (n.replica IS NULL AND ? = 1))
             ORDER BY j.queued_at, j.id LIMIT ?",
        )
        .bind(by_operators)
        .bind(replica)
        .bind(leads)
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        let parsed = |(id, host, trigger): (String, String, String)| {
            let place = Place { table: "jobs", row: &id };
            Ok((
                place.parse("id", &id)?,
                place.parse("host_id", &host)?,
                place.json("trigger", &trigger)?,
            ))
        };
        rows.into_iter().map(parsed).collect()
    }
}

impl Write {
    /// Adds a job, and takes away the host's oldest finished ones beyond those that are kept.
    pub(crate) async fn insert_job(
        &mut self,
        id: JobId,
        host: HostId,
        trigger: &Trigger,
    ) -> Result<(), StoreError> {
        let now = self.now();
        self.make_room_for_jobs(&[host]).await?;
        sql::query(
            "INSERT INTO jobs (id, host_id, trigger, state, queued_at, by_operator)
             VALUES (?, ?, ?, 'queued', ?, ?)",
        )
        .bind(id.to_string())
        .bind(host.to_string())
        .bind(json(trigger))
        .bind(now.0)
        .bind(matches!(trigger, Trigger::Operator { .. }))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Takes away the oldest finished jobs of hosts beyond those that are kept.
    pub(super) async fn make_room_for_jobs(&mut self, hosts: &[HostId]) -> Result<(), StoreError> {
        let mut query = QueryBuilder::new("SELECT host_id FROM jobs WHERE host_id IN ");
        query.list(hosts.iter().map(ToString::to_string));
        query.push(" GROUP BY host_id HAVING count(*) > ").push_bind(KEPT);
        let full: Vec<String> = query.build_query_scalar().fetch_all(self.connection()).await?;
        for host in full {
            sql::query(
                "DELETE FROM jobs WHERE host_id = ?1 AND state IN ('done', 'failed') AND id IN (
                     SELECT id FROM jobs WHERE host_id = ?1 ORDER BY queued_at DESC
                     LIMIT 1000000 OFFSET ?2
                 )",
            )
            .bind(host)
            .bind(KEPT)
            .execute(self.connection())
            .await?;
        }
        Ok(())
    }

    /// Adds steps to a job's log. A job that has ended, or was never there, takes none; gives the
    /// host if they were taken.
    pub(crate) async fn add_steps(
        &mut self,
        job: JobId,
        steps: &[Step],
    ) -> Result<Option<HostId>, StoreError> {
        let (key, replica) = (job.to_string(), self.replica());
        let host: Option<String> = sql::query_scalar(
            "UPDATE jobs SET state = 'running', replica = ?
             WHERE id = ? AND state IN ('queued', 'running') RETURNING host_id",
        )
        .bind(replica)
        .bind(&key)
        .fetch_optional(self.connection())
        .await?;
        let Some(host) = host else { return Ok(None) };
        for step in steps {
            self.insert_step(&key, step).await?;
        }
        Place { table: "jobs", row: &key }.parse("host_id", &host).map(Some)
    }

    /// Begins the log of a job that waits for its turn.
    pub(crate) async fn add_first_step(
        &mut self,
        job: JobId,
        step: &Step,
    ) -> Result<(), StoreError> {
        self.insert_step(&job.to_string(), step).await
    }

    async fn insert_step(&mut self, job: &str, step: &Step) -> Result<(), StoreError> {
        sql::query(
            "INSERT INTO job_steps (job_id, number, at, kind, detail)
             SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ? FROM job_steps WHERE job_id = ?",
        )
        .bind(job)
        .bind(step.at.0)
        .bind(code(&step.kind))
        .bind(&step.detail)
        .bind(job)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Moves a job that has not ended to this state. Gives its host, unless it had ended.
    pub(crate) async fn set_job_state(
        &mut self,
        job: JobId,
        state: &JobState,
    ) -> Result<Option<HostId>, StoreError> {
        let now = self.now();
        let key = job.to_string();
        let (column, problem) = state_columns(state);
        let ended = matches!(state, JobState::Done | JobState::Failed { .. });
        let host: Option<String> = sql::query_scalar(
            "UPDATE jobs SET state = ?, problem = ?, ended_at = ?
             WHERE id = ? AND state IN ('queued', 'running') AND state <> ? RETURNING host_id",
        )
        .bind(column)
        .bind(problem)
        .bind(ended.then_some(now.0))
        .bind(&key)
        .bind(column)
        .fetch_optional(self.connection())
        .await?;
        let place = Place { table: "jobs", row: &key };
        host.map(|host| place.parse("host_id", &host)).transpose()
    }

    /// Puts jobs back into the queue that were run by a server that is not there any more. Gives
    /// how many.
    pub(crate) async fn requeue_jobs(&mut self) -> Result<u64, StoreError> {
        let now = self.now();
        let done = sql::query(
            "UPDATE jobs SET state = 'queued', replica = NULL
             WHERE state = 'running' AND (replica IS NULL OR replica NOT IN (
                 SELECT id FROM replicas WHERE leased_until > ?))",
        )
        .bind(now.0)
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected())
    }
}
