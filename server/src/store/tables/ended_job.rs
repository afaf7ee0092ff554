//! Jobs that end with their appraisals, written for many hosts at a time.

use std::collections::{HashMap, HashSet};

use trustboard_model::id::{HostId, JobId};
use trustboard_model::job::{Step, Trigger};

use super::Write;
use super::column::{Place, code, json};
use crate::store::StoreError;
use crate::store::sql::QueryBuilder;

/// A job that ends now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EndedJob<'a> {
    pub id: JobId,
    pub host: HostId,
    /// What started it, if it has no row yet.
    pub new: Option<&'a Trigger>,
    /// Its last steps.
    pub steps: &'a [Step],
}

impl Write {
    /// Ends jobs, each another one. One that had ended before stays as it is.
    pub(crate) async fn end_jobs(&mut self, all: &[EndedJob<'_>]) -> Result<(), StoreError> {
        let (new, known): (Vec<_>, Vec<_>) = all.iter().partition(|job| job.new.is_some());
        self.insert_ended(&new).await?;
        let mut last = self.end_known(&known).await?;
        last.extend(new.iter().map(|job| (job.id, 0)));
        let mut steps = Vec::new();
        for job in all {
            let Some(last) = last.get(&job.id) else { continue };
            steps.extend((last + 1..).zip(job.steps).map(|(number, step)| (job.id, number, step)));
        }
        if steps.is_empty() {
            return Ok(());
        }
        let mut sql =
            QueryBuilder::new("INSERT INTO job_steps (job_id, number, at, kind, detail) VALUES ");
        sql.rows(&steps, |values, (job, number, step)| {
            values.push_bind(job.to_string()).push_bind(*number).push_bind(step.at.0);
            values.push_bind(code(&step.kind)).push_bind(&step.detail);
        });
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Adds jobs that have ended already.
    async fn insert_ended(&mut self, all: &[&EndedJob<'_>]) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        let hosts: Vec<HostId> = all.iter().map(|job| job.host).collect();
        self.make_room_for_jobs(&hosts).await?;
        let (now, replica) = (self.now().0, self.replica());
        let mut sql = QueryBuilder::new(
            "INSERT INTO jobs (id, host_id, trigger, state, queued_at, ended_at, by_operator, replica)
             VALUES ",
        );
        sql.rows(all, |values, job| {
            values.push_bind(job.id.to_string()).push_bind(job.host.to_string());
            values.push_bind(job.new.map(json)).push_bind("done").push_bind(now).push_bind(now);
            values.push_bind(matches!(job.new, Some(Trigger::Operator { .. })));
            values.push_bind(replica.clone());
        });
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Ends jobs that have rows. Gives those that had not ended before, each with the number of its
    /// last step.
    async fn end_known(
        &mut self,
        all: &[&EndedJob<'_>],
    ) -> Result<HashMap<JobId, i64>, StoreError> {
        if all.is_empty() {
            return Ok(HashMap::new());
        }
        let mut sql = QueryBuilder::new("UPDATE jobs SET state = 'done', ended_at = ");
        sql.push_bind(self.now().0).push(", replica = ").push_bind(self.replica());
        sql.push(" WHERE state IN ('queued', 'running') AND id IN ");
        sql.list(all.iter().map(|job| job.id.to_string())).push(" RETURNING id");
        let ended: Vec<String> = sql.build_query_scalar().fetch_all(self.connection()).await?;
        let parsed = |id: &str| Place { table: "jobs", row: id }.parse::<JobId>("id", id);
        let ended: HashSet<JobId> = ended.iter().map(|id| parsed(id)).collect::<Result<_, _>>()?;
        let mut last: HashMap<JobId, i64> = ended.iter().map(|id| (*id, 0)).collect();
        let mut sql =
            QueryBuilder::new("SELECT job_id, max(number) FROM job_steps WHERE job_id IN ");
        sql.list(ended.iter().map(ToString::to_string)).push(" GROUP BY job_id");
        let rows: Vec<(String, i64)> = sql.build_query_as().fetch_all(self.connection()).await?;
        for (id, number) in rows {
            last.insert(parsed(&id)?, number);
        }
        Ok(last)
    }
}
