//! What the page reads.

use leptos::prelude::*;
use trustboard_model::view::Health;

use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use crate::backend::{AdministrationHandle, ask_of};

/// Everything that is known of the server's health.
#[server(prefix = "/api/ui", endpoint = "health", input = PostText, output = PostText)]
pub async fn read_health() -> Result<Health, Failure> {
    ask_of(|AdministrationHandle(backend), viewer| async move { backend.health(&viewer).await })
        .await
}
