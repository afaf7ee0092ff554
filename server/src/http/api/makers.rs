//! `/api/v1/makers`: the certificates of TPM makers.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use http::StatusCode;
use serde::Deserialize;
use trustboard_app::backend::TpmMakers as _;
use trustboard_model::bytes::from_hex;
use trustboard_model::digest::Sha256;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{ImportReport, MakerAction, MakerDone, MakersPage};

use super::{Body, Problem, id};
use crate::auth::operator::{Approver, SignedIn};
use crate::makers::archive::FILE_BYTES;
use crate::state::AppState;

/// Bytes of a request that brings a file: the largest file, and the form around it.
pub const MAKERS_BYTES: usize = FILE_BYTES + 64 * 1024;

/// `GET /api/v1/makers`: every certificate, as it is in force.
pub async fn makers(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
) -> Result<Json<MakersPage>, Problem> {
    Ok(Json(state.makers_page(&viewer).await?))
}

/// `GET /api/v1/makers/imports/{id}`: what became of each certificate of an import.
pub async fn makers_import(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(import): Path<String>,
) -> Result<Json<ImportReport>, Problem> {
    Ok(Json(state.makers_import(&viewer, id(&import, "import")?).await?))
}

/// How a file is imported.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct How {
    /// The file's name, for the report.
    file: String,
    /// Whether published roots are trusted at once.
    #[serde(default = "yes")]
    trust_published: bool,
}

fn yes() -> bool {
    true
}

/// `POST /api/v1/makers/import?file=NAME&trust_published=BOOL`: the body is the file.
pub async fn import_makers(
    State(state): State<AppState>,
    Approver(viewer): Approver,
    how: Result<Query<How>, QueryRejection>,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<ImportReport>), Problem> {
    let Query(How { file, trust_published }) = how.map_err(|_| {
        Refusal::invalid("query", "expected file=NAME and optionally trust_published=true or false")
    })?;
    let too_long = |_| Refusal::invalid("body", format!("longer than {FILE_BYTES} bytes"));
    let body = body.map_err(too_long)?;
    let report = state.import_makers(&viewer, &file, body.to_vec(), trust_published).await?;
    Ok((StatusCode::CREATED, Json(report)))
}

/// What a decision is made with.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct With {
    digits: Option<String>,
    reason: Option<String>,
}

/// `POST /api/v1/makers/{fingerprint}/{action}`: `trust`, `distrust`, `remove`.
pub async fn decide_on_maker(
    State(state): State<AppState>,
    Approver(viewer): Approver,
    Path((fingerprint, action)): Path<(String, String)>,
    Body(With { digits, reason }): Body<With>,
) -> Result<Json<MakerDone>, Problem> {
    let fingerprint = fingerprint_of(&fingerprint)?;
    let (field, text, other) = match &action[..] {
        "trust" => ("digits", digits, ("reason", reason)),
        _ => ("reason", reason, ("digits", digits)),
    };
    let Some(action) = MakerAction::from_code(&action, text.clone().unwrap_or_default()) else {
        return Err(Refusal::not_found("action").into());
    };
    if text.is_none() {
        return Err(Refusal::invalid(field, "is missing").into());
    }
    if let (field, Some(_)) = other {
        let problem = format!("does not belong to {}", action.code());
        return Err(Refusal::invalid(field, problem).into());
    }
    Ok(Json(state.decide_on_maker(&viewer, fingerprint, &action).await?))
}

/// A fingerprint in a path. What is none names nothing, so it is answered like an unknown one.
pub(in crate::http) fn fingerprint_of(text: &str) -> Result<Sha256, Refusal> {
    let bytes = from_hex(text).and_then(|bytes| bytes.try_into().ok());
    bytes.map(Sha256).ok_or_else(|| Refusal::not_found("certificate"))
}
