//! Server functions: what a screen in the browser can ask. Each is one call to the backend, which
//! checks what the viewer may do. Writes are never GET; the server refuses posts of other sites.

use leptos::prelude::*;
use trustboard_model::id::HostId;
use trustboard_model::view::{
    CommandDone, HostPage, HostRow, Inventory, Scope, SecurityFilter, SecurityPage,
};

use crate::failure::Failure;
use crate::wire::PostText;

/// The inventory tree.
#[server(prefix = "/api/ui", endpoint = "inventory", input = PostText, output = PostText)]
pub async fn read_inventory() -> Result<Inventory, Failure> {
    crate::backend::ask(|backend, viewer| async move { backend.inventory(&viewer).await }).await
}

/// Monitor > Security of one datacenter, or of all that the viewer sees.
#[server(prefix = "/api/ui", endpoint = "security", input = PostText, output = PostText)]
pub async fn read_security(
    /// Where.
    scope: Scope,
    /// What of it, in which order.
    filter: SecurityFilter,
) -> Result<SecurityPage, Failure> {
    crate::backend::ask(
        |backend, viewer| async move { backend.security(&viewer, scope, filter).await },
    )
    .await
}

/// One row of the table.
#[server(prefix = "/api/ui", endpoint = "row", input = PostText, output = PostText)]
pub async fn read_row(
    /// The host.
    host: HostId,
) -> Result<HostRow, Failure> {
    crate::backend::ask(|backend, viewer| async move { backend.row(&viewer, host).await }).await
}

/// The host page.
#[server(prefix = "/api/ui", endpoint = "host", input = PostText, output = PostText)]
pub async fn read_host(
    /// The host.
    host: HostId,
) -> Result<HostPage, Failure> {
    let answer =
        crate::backend::ask(|backend, viewer| async move { backend.host(&viewer, host).await })
            .await;
    if matches!(&answer, Err(Failure::Refused(refusal)) if refusal.status() == 404)
        && crate::hosts::api::read_removed(host).await.is_ok()
    {
        // What is left of it has a page of its own.
        leptos_axum::redirect(&format!("/hosts/{host}/removed"));
    }
    answer
}

/// Does something to a host. Flat texts, because a plain form posts them.
#[server(prefix = "/api/ui", endpoint = "act", output = PostText)]
pub async fn act(
    /// The host.
    host: HostId,
    /// The revision that the operator saw.
    revision: u64,
    /// The action's code.
    action: String,
    /// Its comment or reason.
    #[server(default)]
    text: String,
    /// Minutes until an acknowledgement lapses; empty for never.
    #[server(default)]
    minutes: String,
    /// The day with whose end an acknowledgement lapses; empty for none.
    #[server(default)]
    until: String,
) -> Result<CommandDone, Failure> {
    use trustboard_model::view::HostCommand;

    use crate::notice::{self, Notice};

    let parsed = crate::action::parse(&action, &text, &minutes, &until);
    let answer = crate::backend::ask(|backend, viewer| async move {
        backend.command(&viewer, HostCommand { host, revision, action: parsed? }).await
    })
    .await;
    notice::leave(&Notice::of(host, &action, &text, &answer));
    answer
}
