//! The server function of jobs and events.

use leptos::prelude::*;
use trustboard_model::view::{EventFilter, EventsPage, Scope};

use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use crate::backend::{AlarmsHandle, ask_of};

/// Jobs and events.
#[server(prefix = "/api/ui", endpoint = "events", input = PostText, output = PostText)]
pub async fn read_events(
    /// Where.
    scope: Scope,
    /// Which events.
    filter: EventFilter,
) -> Result<EventsPage, Failure> {
    ask_of(
        |AlarmsHandle(backend), viewer| async move { backend.events(&viewer, scope, filter).await },
    )
    .await
}
