//! Grants an exception for exactly what a host's latest appraisal refused.

use trustboard_model::appraisal::Report;
use trustboard_model::check::{CheckId, Outcome};
use trustboard_model::event::EventKind;
use trustboard_model::exception::{ExceptedValue, Exception};
use trustboard_model::id::{ExceptionId, HostId};
use trustboard_model::job::Because;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::Viewer;

use super::text::said;
use crate::auth::operator::may_in;
use crate::ctx::{Ctx, Halt};
use crate::store::HostScope;

/// An exception that is wished for.
#[derive(Debug, Clone)]
pub struct Grant<'a> {
    /// The host.
    pub host: HostId,
    /// The host's revision that the operator saw.
    pub revision: u64,
    /// The check.
    pub check: CheckId,
    /// The refusal that was seen.
    pub value: &'a ExceptedValue,
    /// Why.
    pub reason: &'a str,
    /// For how many days.
    pub days: u32,
}

/// Grants an exception. The latest appraisal must still have the refusal that was seen; where an
/// exception covers it already, nothing is written. Gives whether anything changed.
pub async fn grant_exception(
    ctx: &Ctx,
    viewer: &Viewer,
    wish: &Grant<'_>,
) -> Result<bool, Refusal> {
    ctx.answer(grant(ctx, viewer, wish).await)
}

async fn grant(ctx: &Ctx, viewer: &Viewer, wish: &Grant<'_>) -> Result<bool, Halt> {
    let mut write = ctx.write().await?;
    let host = write.host(wish.host).await?.ok_or_else(|| Refusal::not_found("host"))?;
    may_in(viewer, Role::Approver, host.datacenter.id, "host")?;
    let standing = write.exceptions(host.id).await?;
    let covered = standing.iter().any(|row| row.exception.value == *wish.value);
    if covered {
        write.commit().await?;
        return Ok(false);
    }
    if wish.revision != host.revision {
        let now = format!("attestation {}", host.attestation().code());
        return Err(Refusal::Stale { seen: wish.revision, current: host.revision, now }.into());
    }
    let report = match &host.attested {
        Some(attested) => Some(write.report(attested.appraisal).await?),
        None => None,
    };
    let exception = exception(ctx, viewer, wish, report.as_ref(), write.now())?;
    write.insert_exception(&exception).await?;
    let granted = EventKind::ExceptionGranted {
        exception: exception.id,
        code: exception.value.code,
        reason: exception.reason,
        expires_at: exception.expires_at,
    };
    let actor = viewer.actor();
    write.host_event(&actor, HostScope::from(&host), granted).await?;
    write.judge_again_later(host.id, Because::Exceptions).await?;
    write.commit().await?;
    Ok(true)
}

/// The exception that is wished for, if `report` has exactly this refusal.
pub(crate) fn exception(
    ctx: &Ctx,
    viewer: &Viewer,
    wish: &Grant<'_>,
    report: Option<&Report>,
    now: trustboard_model::time::Timestamp,
) -> Result<Exception, Refusal> {
    let reason = said("reason", wish.reason)?.to_owned();
    if !(1..=Exception::MOST_DAYS).contains(&wish.days) {
        let problem = format!("expected 1 to {}", Exception::MOST_DAYS);
        return Err(Refusal::invalid("days", problem));
    }
    let check = wish.check;
    if check.is_core() {
        let problem = "every other check rests on this one: no exception can cover it";
        return Err(Refusal::invalid("check", problem));
    }
    if wish.value.code.check() != check {
        return Err(Refusal::invalid("value", "it is a refusal of another check"));
    }
    let results = report.map(|report| &report.checks[..]).unwrap_or_default();
    let refused = results.iter().filter(|result| result.check == check).any(|result| {
        matches!(&result.outcome, Outcome::Failed(reason) if ExceptedValue::of(reason) == *wish.value)
    });
    if !refused {
        let problem = "the latest appraisal does not have this refusal".to_owned();
        return Err(Refusal::Conflict { problem });
    }
    Ok(Exception {
        id: ExceptionId::from_random(ctx.random.id()),
        host: wish.host,
        check,
        value: wish.value.clone(),
        reason,
        by: viewer.name.clone(),
        at: now,
        expires_at: now.plus_seconds(i64::from(wish.days) * 24 * 3600),
    })
}
