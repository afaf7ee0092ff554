//! `GET /api/v1/audit/trail?…`: events by who, what, where and when, newest first; `.../export` for
//! all of them as a file; `.../check` whether the chain is whole.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode};
use trustboard_app::backend::Administration as _;
use trustboard_app::language;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{AuditFilter, AuditPage, ChainCheck};

use super::Problem;
use crate::audit_export::{AuditPages, heading};
use crate::auth::operator::Administrator;
use crate::backend::administration::may_audit;
use crate::export::{Format, download};
use crate::state::AppState;

type Pairs = Result<Query<Vec<(String, String)>>, QueryRejection>;

fn filter(pairs: &[(String, String)]) -> Result<AuditFilter, Refusal> {
    let pairs = pairs.iter().map(|(name, value)| (&**name, &**value));
    AuditFilter::parse(pairs).map_err(|error| {
        let (parameter, problem) = error.parts();
        Refusal::invalid(parameter, problem)
    })
}

fn read(query: Pairs) -> Result<Vec<(String, String)>, Refusal> {
    query.map(|Query(pairs)| pairs).map_err(|_| Refusal::invalid("query", "cannot be read"))
}

/// One page of the events that match.
pub async fn audit_trail(
    State(state): State<AppState>,
    Administrator(viewer): Administrator,
    query: Pairs,
) -> Result<Json<AuditPage>, Problem> {
    Ok(Json(state.audit(&viewer, filter(&read(query)?)?).await?))
}

/// All events that match, as a file: `format=csv` in the reader's language, or `format=jsonl`.
pub async fn audit_export(
    State(state): State<AppState>,
    Administrator(viewer): Administrator,
    headers: HeaderMap,
    query: Pairs,
) -> Result<Response, Problem> {
    let pairs = read(query)?;
    let format = pairs.iter().find(|(name, _)| name == "format");
    let format = format.map_or(Some(Format::Csv), |(_, code)| Format::from_code(code));
    let format = format.ok_or_else(|| Refusal::invalid("format", "expected csv or jsonl"))?;
    let filter = filter(&pairs)?;
    may_audit(&viewer, &filter)?;
    let language = language::of_headers(&headers);
    let now = state.ctx.clock.now();
    tracing::info!(operator = viewer.name, format = format.code(), "exports the audit trail");
    let pages = AuditPages::new(state.ctx.clone(), filter, language);
    let name = format!("trustboard-audit-{}", &now.to_string()[..10]);
    Ok(download(&name, format, heading(language), pages).into_response())
}

/// How far the verification of the chain is, and what the last one found.
pub async fn chain_check(
    State(state): State<AppState>,
    Administrator(viewer): Administrator,
) -> Result<Json<ChainCheck>, Problem> {
    Ok(Json(state.chain_check(&viewer).await?))
}

/// Starts a verification of the chain, unless one runs.
pub async fn verify_chain(
    State(state): State<AppState>,
    Administrator(viewer): Administrator,
) -> Result<(StatusCode, Json<ChainCheck>), Problem> {
    Ok((StatusCode::ACCEPTED, Json(state.verify_chain(&viewer).await?)))
}
