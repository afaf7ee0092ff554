//! The port through which screens reach the server: reads and one write. The server implements
//! it with its queries and commands; server functions read it from the context.
//!
//! What a server that mounts these pages gives to each request:
//! - as context ([`leptos::prelude::provide_context`]): [`BackendHandle`],
//!   [`ConfigurationsHandle`], [`PoliciesHandle`] and [`Assets`](crate::assets::Assets);
//! - as request extension: the [`Viewer`], if somebody is signed in.
//!
//! What it serves besides: `POST /sign-in` (form fields `name`, `password`, `then`), `POST
//! /sign-out`, and the live stream at `GET /api/v1/live?datacenter=ID` (server-sent events whose
//! data is a [`LiveHint`](trustboard_model::view::LiveHint) in JSON; unnamed events, ids are event
//! numbers, `&after=N` resumes after event N; without `datacenter` hints of all of them). A refused
//! sign-in goes back to `/sign-in?refused=CODE&name=…&then=…`, where CODE is the tag of the
//! [`Refusal`] (`wrong-credentials`, `too-many` with `&retry=S`) or `link-used`.

mod access;
mod administration;
mod advisories;
mod alarms;
mod arrangement;
mod bulk;
mod causes;
mod configurations;
mod find;
mod history;
mod makers;
mod policies;
mod table;

pub use access::Access;
pub use administration::Administration;
pub use advisories::Advisories;
pub(crate) use advisories::at_request as advisories_at_request;
pub use alarms::Alarms;
pub use arrangement::Arrangement;
pub use bulk::BulkActions;
pub use causes::Causes;
pub use configurations::Configurations;
pub use find::Finder;
pub use history::History;
pub use makers::TpmMakers;
pub use policies::Policies;
pub use table::HostTables;

use std::sync::Arc;

use async_trait::async_trait;
use axum::http::header::ACCEPT;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use trustboard_model::id::{HostId, JobId};
use trustboard_model::job::Job;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{
    CommandDone, HostCommand, HostPage, HostRow, Inventory, Scope, SecurityFilter, SecurityPage,
    Viewer,
};

use crate::failure::Failure;

/// What the server does for a screen. Every method checks what `viewer` may do.
#[async_trait]
pub trait Backend: Send + Sync {
    /// The inventory tree.
    async fn inventory(&self, viewer: &Viewer) -> Result<Inventory, Refusal>;

    /// Monitor > Security of one datacenter, or of all that the viewer sees.
    async fn security(
        &self,
        viewer: &Viewer,
        scope: Scope,
        filter: SecurityFilter,
    ) -> Result<SecurityPage, Refusal>;

    /// One row of the table, after the live stream said that it changed.
    async fn row(&self, viewer: &Viewer, host: HostId) -> Result<HostRow, Refusal>;

    /// The host page.
    async fn host(&self, viewer: &Viewer, host: HostId) -> Result<HostPage, Refusal>;

    /// One job with its steps.
    async fn job(&self, viewer: &Viewer, host: HostId, job: JobId) -> Result<Job, Refusal>;

    /// Does something to a host.
    async fn command(&self, viewer: &Viewer, command: HostCommand) -> Result<CommandDone, Refusal>;
}

/// Users, accounts, sessions and keys, in the same context.
#[derive(Clone)]
pub struct AccessHandle(pub Arc<dyn Access>);

/// The backend as it stands in the context of every page and server function.
#[derive(Clone)]
pub struct BackendHandle(pub Arc<dyn Backend>);

/// Red alarms and events, in the same context.
#[derive(Clone)]
pub struct AlarmsHandle(pub Arc<dyn Alarms>);

/// Actions on many hosts, in the same context.
#[derive(Clone)]
pub struct BulkActionsHandle(pub Arc<dyn BulkActions>);

/// What hosts of one cause have in common, in the same context.
#[derive(Clone)]
pub struct CausesHandle(pub Arc<dyn Causes>);

/// The inventory's arrangement and enrolment, in the same context.
#[derive(Clone)]
pub struct ArrangementHandle(pub Arc<dyn Arrangement>);

/// The audit trail and the server's health, in the same context.
#[derive(Clone)]
pub struct AdministrationHandle(pub Arc<dyn Administration>);

/// The approved configurations, in the same context.
#[derive(Clone)]
pub struct ConfigurationsHandle(pub Arc<dyn Configurations>);

/// Finds things by name, in the same context.
#[derive(Clone)]
pub struct FinderHandle(pub Arc<dyn Finder>);

/// The overview and the past of hosts, in the same context.
#[derive(Clone)]
pub struct HistoryHandle(pub Arc<dyn History>);

/// The certificates of TPM makers, in the same context.
#[derive(Clone)]
pub struct TpmMakersHandle(pub Arc<dyn TpmMakers>);

/// What operators choose for the table of hosts, in the same context.
#[derive(Clone)]
pub struct HostTablesHandle(pub Arc<dyn HostTables>);

/// The policies and exceptions, in the same context.
#[derive(Clone)]
pub struct PoliciesHandle(pub Arc<dyn Policies>);

/// What every reader is told of the server, in the same context.
#[derive(Clone)]
pub struct AdvisoriesHandle(pub Arc<dyn Advisories>);

/// Who is signed in, from the request.
pub(crate) fn viewer() -> Option<Viewer> {
    use_context::<Parts>()?.extensions.get::<Viewer>().cloned()
}

/// Asks the backend for the signed-in viewer. A program gets the status of a refusal; a page gets
/// it where the refusal is shown, see [`answer_with`]; a plain form is sent back to its page.
pub(crate) async fn ask<T, Answer>(
    question: impl FnOnce(Arc<dyn Backend>, Viewer) -> Answer,
) -> Result<T, Failure>
where
    Answer: Future<Output = Result<T, Refusal>>,
{
    ask_of(|BackendHandle(backend), viewer| question(backend, viewer)).await
}

/// As [`ask`], of the part of the server behind another handle.
pub(crate) async fn ask_of<Handle, T, Answer>(
    question: impl FnOnce(Handle, Viewer) -> Answer,
) -> Result<T, Failure>
where
    Handle: Clone + 'static,
    Answer: Future<Output = Result<T, Refusal>>,
{
    let response = use_context::<ResponseOptions>();
    let program = is_post() && !is_form_post();
    let answer = match (viewer(), use_context::<Handle>()) {
        (None, _) => Err(Refusal::SignInRequired),
        (_, None) => Err(Refusal::Unavailable { trace: "no-backend".to_owned() }),
        (Some(viewer), Some(handle)) => question(handle, viewer).await,
    };
    if let (Err(refusal), Some(response), true) = (&answer, response, program) {
        set_status(&response, refusal);
    }
    answer.map_err(Failure::Refused)
}

/// Gives a page the status of what it shows instead of its content.
pub(crate) fn answer_with(failure: &Failure) {
    if let (Failure::Refused(refusal), Some(response)) = (failure, use_context::<ResponseOptions>())
    {
        set_status(&response, refusal);
    }
}

fn set_status(response: &ResponseOptions, refusal: &Refusal) {
    if let Ok(status) = StatusCode::from_u16(refusal.status()) {
        response.set_status(status);
    }
}

fn is_post() -> bool {
    use_context::<Parts>().is_some_and(|parts| parts.method == Method::POST)
}

/// Whether a form posted this request without the help of the wasm.
pub(crate) fn is_form_post() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        let accept = parts.headers.get(ACCEPT).and_then(|value| value.to_str().ok());
        parts.method == Method::POST && accept.is_some_and(|types| types.contains("text/html"))
    })
}
