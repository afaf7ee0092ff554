//! What these pages read.

use leptos::prelude::*;
use trustboard_model::view::FirstSteps;

use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use crate::backend::{ArrangementHandle, ask_of};

/// How far the first steps are.
#[server(prefix = "/api/ui", endpoint = "first-steps", input = PostText, output = PostText)]
pub async fn read_first_steps() -> Result<FirstSteps, Failure> {
    ask_of(|ArrangementHandle(backend), viewer| async move { backend.first_steps(&viewer).await })
        .await
}
