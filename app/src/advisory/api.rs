//! What every page reads of the server.

use leptos::prelude::*;
use trustboard_model::view::Advisories;

use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use crate::backend::{AdvisoriesHandle, ask_of};

/// What stands above every page now.
#[server(prefix = "/api/ui", endpoint = "advisories", input = PostText, output = PostText)]
pub async fn read_advisories() -> Result<Advisories, Failure> {
    ask_of(|AdvisoriesHandle(backend), viewer| async move { backend.advisories(&viewer) }).await
}
