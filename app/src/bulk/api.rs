//! Server functions of actions on many hosts.

use leptos::prelude::*;
use trustboard_model::id::BulkId;
use trustboard_model::view::{BulkJob, BulkPreview, BulkRequest, BulkRow};

use crate::failure::Failure;
use crate::wire::PostText;

#[cfg(feature = "ssr")]
use crate::backend::{BulkActionsHandle, ask_of};

/// What an action would do.
#[server(prefix = "/api/ui", endpoint = "bulk-preview", input = PostText, output = PostText)]
pub async fn read_bulk_preview(
    /// The hosts and the action; its text does not matter yet.
    request: BulkRequest,
) -> Result<BulkPreview, Failure> {
    ask_of(|BulkActionsHandle(backend), viewer| async move {
        backend.bulk_preview(&viewer, request).await
    })
    .await
}

/// Starts it. Flat texts, because a plain form posts them; that is led to the job's page.
#[server(prefix = "/api/ui", endpoint = "start-bulk", output = PostText)]
pub async fn start_bulk(
    /// The selection, in JSON.
    selection: String,
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
) -> Result<BulkJob, Failure> {
    use trustboard_model::refusal::Refusal;

    use crate::change::{self, Change};

    let parsed = crate::action::parse(&action, &text, &minutes, &until);
    let selection = serde_json::from_str(&selection)
        .map_err(|_| Refusal::invalid("selection", "cannot be read"));
    let answer = ask_of(|BulkActionsHandle(backend), viewer| async move {
        let request = BulkRequest { selection: selection?, action: parsed? };
        backend.bulk_start(&viewer, request).await
    })
    .await;
    match &answer {
        Ok(job) if crate::backend::is_form_post() => {
            leptos_axum::redirect(&super::job_address(job.id));
        }
        Ok(_) => {}
        Err(failure) => {
            let typed = vec![("text".to_owned(), text), ("minutes".to_owned(), minutes)];
            let outcome = Err(failure.clone());
            change::leave(&Change { form: "bulk".to_owned(), typed, outcome }, None);
        }
    }
    answer
}

/// How far a job is.
#[server(prefix = "/api/ui", endpoint = "bulk-job", input = PostText, output = PostText)]
pub async fn read_bulk_job(
    /// Which.
    id: BulkId,
    /// The failures that are skipped.
    after: u32,
) -> Result<BulkJob, Failure> {
    ask_of(|BulkActionsHandle(backend), viewer| async move {
        backend.bulk_job(&viewer, id, after).await
    })
    .await
}

/// Stops a job. A plain form comes back to the page that it stands on.
#[server(prefix = "/api/ui", endpoint = "cancel-bulk", output = PostText)]
pub async fn cancel_bulk(
    /// Which.
    id: BulkId,
) -> Result<BulkJob, Failure> {
    use crate::change::{self, Change};

    let answer = ask_of(|BulkActionsHandle(backend), viewer| async move {
        backend.bulk_cancel(&viewer, id).await
    })
    .await;
    match &answer {
        Ok(_) if crate::backend::is_form_post() => leptos_axum::redirect(&super::job_address(id)),
        Ok(_) => {}
        Err(failure) => {
            let outcome = Err(failure.clone());
            let form = "cancel-bulk".to_owned();
            change::leave(&Change { form, typed: Vec::new(), outcome }, None);
        }
    }
    answer
}

/// The running jobs of whoever looks.
#[server(prefix = "/api/ui", endpoint = "own-bulk-jobs", input = PostText, output = PostText)]
pub async fn read_own_bulk_jobs() -> Result<Vec<BulkRow>, Failure> {
    ask_of(|BulkActionsHandle(backend), viewer| async move { backend.own_bulk_jobs(&viewer).await })
        .await
}
