//! `GET /api/v1/hosts/{id}/evidence/{run}/{first|last}`: the evidence that began or ended a run of
//! identical appraisals, as a file, with everything that appraising it again takes.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use trustboard_attest::{Bundle, Standards};
use trustboard_model::refusal::Refusal;
use trustboard_model::view::WhichEvidence;

use super::evidence::file;
use super::{Problem, id};
use crate::auth::operator::SignedIn;
use crate::query::{self, KeptCase};
use crate::state::AppState;
use crate::store::KeptRow;

/// The bundle, for `trustboard inspect evidence`.
pub async fn kept_evidence(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path((host, run, which)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let host = id(&host, "host")?;
    let run = id(&run, "evidence")?;
    let which = WhichEvidence::from_code(&which).ok_or_else(|| Refusal::not_found("evidence"))?;
    let case = query::kept_evidence(&state.ctx, &viewer, host, run, which).await?;
    let KeptCase { host, kept: KeptRow { evidence, standards, with }, report } = case;
    // Reading all makers' certificates is computation.
    let read = tokio::task::spawn_blocking(move || standards.read()).await;
    let standards: Arc<Standards> = match read {
        Ok(Ok(standards)) => Arc::new(standards),
        Ok(Err(problem)) => return Err(unreadable(&problem).into()),
        Err(error) => return Err(unreadable(&error.to_string()).into()),
    };
    let input = evidence.input(host.id, &standards, &with.exceptions, evidence.appraised_at);
    let bundle = Bundle::of(&input, &host.name, &report).write();
    Ok(file(&host.name, evidence.received_at, bundle).into_response())
}

fn unreadable(problem: &str) -> Refusal {
    tracing::error!(problem, "kept standards cannot be read");
    Refusal::Unavailable { trace: "kept-standards".to_owned() }
}
