//! The one question.

use leptos::prelude::*;
use trustboard_model::id::HostId;
use trustboard_model::view::Findings;

use crate::failure::Failure;
use crate::wire::PostText;

/// What has such a name.
#[server(prefix = "/api/ui", endpoint = "find", input = PostText, output = PostText)]
pub async fn find_by_name(
    /// Letters of the name.
    name: String,
) -> Result<Findings, Failure> {
    crate::backend::ask_of(|crate::backend::FinderHandle(finder), viewer| async move {
        finder.find(&viewer, &name).await
    })
    .await
}

/// What a host is called: all that a line of news needs of it.
#[server(prefix = "/api/ui", endpoint = "host-name", input = PostText, output = PostText)]
pub async fn name_of_host(
    /// The host.
    host: HostId,
) -> Result<String, Failure> {
    crate::backend::ask(|backend, viewer| async move {
        backend.row(&viewer, host).await.map(|row| row.name)
    })
    .await
}
