//! The one question.

use leptos::prelude::*;
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
