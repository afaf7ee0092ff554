//! Choosing, by a plain form.

use leptos::prelude::*;

use super::Display;
use crate::failure::Failure;
use crate::wire::PostText;

/// Keeps choices for this browser. What is empty stays as it was.
#[server(prefix = "/api/ui", endpoint = "display", output = PostText)]
pub async fn choose_display(
    /// A theme's code.
    #[server(default)]
    theme: String,
    /// A density's code.
    #[server(default)]
    density: String,
    /// `on` or `off`.
    #[server(default)]
    shortcuts: String,
) -> Result<Display, Failure> {
    std::future::ready(super::cookie::choose(&theme, &density, &shortcuts)).await
}
