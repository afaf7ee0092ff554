//! What these pages read.

use leptos::prelude::*;
use trustboard_model::id::{DatacenterId, HostId};
use trustboard_model::view::{HostList, HostListFilter, RemovedHost};

use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use crate::backend::{ArrangementHandle, ask_of};

/// One page of a datacenter's hosts.
#[server(prefix = "/api/ui", endpoint = "host-list", input = PostText, output = PostText)]
pub async fn read_hosts(
    /// The datacenter.
    datacenter: DatacenterId,
    /// Which of them, in which order.
    filter: HostListFilter,
) -> Result<HostList, Failure> {
    ask_of(|ArrangementHandle(backend), viewer| async move {
        backend.host_list(&viewer, datacenter, filter).await
    })
    .await
}

/// What is left of a host that was removed.
#[server(prefix = "/api/ui", endpoint = "removed-host", input = PostText, output = PostText)]
pub async fn read_removed(
    /// The host.
    host: HostId,
) -> Result<RemovedHost, Failure> {
    ask_of(|ArrangementHandle(backend), viewer| async move {
        backend.removed_host(&viewer, host).await
    })
    .await
}
