//! Records the facts that an agent opened its session with.

use trustboard_model::facts::HostFacts;
use trustboard_model::id::HostId;
use trustboard_model::view::LiveHint;

use crate::ctx::Ctx;
use crate::live::LiveMessage;
use crate::store::{HostScope, StoreError};

/// Records the facts that an agent opened its session with, if they are other ones than before.
///
/// Facts are claims of the host and no part of its audited state, so they make no event; browsers
/// get a transient hint.
pub async fn record_hello(ctx: &Ctx, host: HostId, facts: &HostFacts) -> Result<(), StoreError> {
    let mut write = ctx.write_behind().await?;
    let Some(record) = write.host(host).await? else { return Ok(()) };
    if write.put_facts(&[(host, facts)]).await?.is_empty() {
        return Ok(());
    }
    write.hint(transient((&record).into(), "facts"));
    write.commit().await
}

/// A hint that a host's row must be read again without an event behind it.
pub(super) fn transient(scope: HostScope, event: &str) -> LiveMessage {
    let HostScope { host, cluster, datacenter } = scope;
    let hint = LiveHint::Host { host, cluster, datacenter, event: event.to_owned(), by: None };
    LiveMessage { seq: None, hint }
}
