//! Ends the exceptions whose time has come.

use trustboard_model::event::{Actor, EventKind};
use trustboard_model::job::Because;

use crate::ctx::Ctx;
use crate::store::{HostScope, StoreError};

/// Exceptions that are ended in one transaction.
const BATCH: u32 = 500;

/// Ends the exceptions whose time has come; their hosts wait to be judged again. Gives how many.
pub async fn end_exceptions(ctx: &Ctx) -> Result<usize, StoreError> {
    // Most of the time there are none: a look costs no turn at writing.
    let now = ctx.clock.now();
    if ctx.read().await?.expired_exceptions(now, 1).await?.is_empty() {
        return Ok(0);
    }
    let mut write = ctx.write().await?;
    let ended = write.expired_exceptions(now, BATCH).await?;
    for row in &ended {
        let exception = &row.exception;
        write.end_exception(exception.id).await?;
        if let Some(host) = write.host(exception.host).await? {
            let event = EventKind::ExceptionEnded {
                exception: exception.id,
                code: exception.value.code,
                reason: None,
            };
            write.host_event(&Actor::Server, HostScope::from(&host), event).await?;
        }
        write.judge_again_later(exception.host, Because::Exceptions).await?;
    }
    write.commit().await?;
    Ok(ended.len())
}
