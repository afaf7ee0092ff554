//! Makes the row of a verification job.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::id::{HostId, JobId};
use trustboard_model::job::{Step, StepKind, Trigger};
use trustboard_model::refusal::Refusal;

use super::record_hello::transient;
use crate::ctx::{Ctx, Halt};
use crate::store::record::HostRecord;
use crate::store::{HostScope, StoreError, Write};

/// Makes the row of a verification job. What an operator started is an event; what follows from a
/// boot or a reconnect is not. Scheduled verifications get a row only if they change something.
pub async fn start_job(
    ctx: &Ctx,
    actor: &Actor,
    host: HostId,
    trigger: Trigger,
) -> Result<JobId, Refusal> {
    ctx.answer(start(ctx, actor, host, &trigger).await)
}

async fn start(ctx: &Ctx, actor: &Actor, host: HostId, trigger: &Trigger) -> Result<JobId, Halt> {
    let mut write = ctx.write_behind().await?;
    let record = write.host(host).await?.ok_or_else(|| Refusal::not_found("host"))?;
    let (job, _) = queue(ctx, &mut write, actor, &record, trigger).await?;
    write.commit().await?;
    Ok(job)
}

/// Queues a job, and gives the host's revision after it.
pub(super) async fn queue(
    ctx: &Ctx,
    write: &mut Write,
    actor: &Actor,
    record: &HostRecord,
    trigger: &Trigger,
) -> Result<(JobId, u64), StoreError> {
    let job = JobId::from_random(ctx.random.id());
    write.insert_job(job, record.id, trigger).await?;
    let detail = match trigger {
        Trigger::Scheduled => "the interval came round".to_owned(),
        Trigger::Boot => "the host was booted".to_owned(),
        Trigger::Reconnect => "the agent connected again".to_owned(),
        Trigger::Operator { name, .. } => format!("started by {name}"),
        Trigger::Reappraised { .. } => "what the host is judged by changed".to_owned(),
    };
    let queued = Step { at: write.now(), kind: StepKind::Queued, detail };
    write.add_first_step(job, &queued).await?;
    let scope = HostScope::from(record);
    let revision = if matches!(trigger, Trigger::Operator { .. }) {
        write.host_event(actor, scope, EventKind::JobStarted { job }).await?
    } else {
        write.hint(transient(scope, "job"));
        record.revision
    };
    Ok((job, revision))
}
