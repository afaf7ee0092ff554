//! What the page reads.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use trustboard_model::id::ImportId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{ImportReport, MakersPage};

use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use crate::backend::{TpmMakersHandle, ask_of};

/// Everything on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MakersView {
    /// The certificates.
    pub page: MakersPage,
    /// The report of the import that the address names; a refusal if it is not kept any more.
    pub report: Option<Result<ImportReport, Refusal>>,
}

/// The certificates of TPM makers, and one import's report.
#[server(prefix = "/api/ui", endpoint = "makers", input = PostText, output = PostText)]
pub async fn read_makers(
    /// The import whose report is wanted too.
    import: Option<ImportId>,
) -> Result<MakersView, Failure> {
    ask_of(|TpmMakersHandle(backend), viewer| async move {
        let page = backend.makers_page(&viewer).await?;
        let report = match import {
            None => None,
            Some(import) => Some(backend.makers_import(&viewer, import).await),
        };
        Ok(MakersView { page, report })
    })
    .await
}
