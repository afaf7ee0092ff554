//! Records that a verification could not be finished. The verdict stands.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::id::{HostId, JobId};
use trustboard_model::job::{JobState, Step};
use trustboard_model::reason::bounded;

use super::record_hello::transient;
use crate::ctx::Ctx;
use crate::store::{HostScope, StoreError};

/// Records that a verification could not be finished: no answer, no session, the agent's error.
/// What the last appraisal concluded stands, and goes stale. An event is made only if the problem
/// is another one than that of the verification before.
pub async fn record_verification_failure(
    ctx: &Ctx,
    host: HostId,
    job: Option<JobId>,
    steps: Vec<Step>,
    problem: &str,
) -> Result<(), StoreError> {
    let problem = bounded(problem);
    let mut write = ctx.write_behind().await?;
    let Some(record) = write.host(host).await? else { return Ok(()) };
    let new = record.problem.as_ref().is_none_or(|standing| standing.text != problem);
    if !new && job.is_none() {
        return Ok(());
    }
    let scope = HostScope::from(&record);
    if let Some(job) = job {
        write.add_steps(job, &steps).await?;
        write.set_job_state(job, &JobState::Failed { problem: problem.clone() }).await?;
        write.job_hint(host, job).await?;
    }
    if new {
        write.set_problem(host, &problem).await?;
        let failed = EventKind::VerificationFailed { job, problem };
        write.host_event(&Actor::Server, scope, failed).await?;
    } else {
        write.hint(transient(scope, "job"));
    }
    write.commit().await
}
