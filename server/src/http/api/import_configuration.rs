//! `POST /api/v1/configurations/import`: a form with an event log; the same form as the page's.

use axum::Json;
use axum::extract::multipart::{Multipart, MultipartError, MultipartRejection};
use axum::extract::{FromRequest, Request, State};
use http::StatusCode;
use trustboard_model::id::ClusterId;
use trustboard_model::protocol::limit;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{ConfigurationDone, Viewer};

use super::Problem;
use crate::auth::operator::Operator;
use crate::command::{self, Import};
use crate::state::AppState;

/// Bytes of the form: the longest log, and texts beside it.
pub const IMPORT_BYTES: usize = limit::LOG_BYTES + 128 * 1024;

/// Bytes of a text in the form: 1000 characters, each of at most four bytes.
const TEXT_BYTES: usize = 4000;

/// Fields of the form: clusters are one each.
const FIELDS: usize = 1100;

/// What the form holds.
#[derive(Debug, Default)]
pub struct Form {
    /// The file's name.
    pub file: String,
    /// The event log.
    pub log: Vec<u8>,
    /// The configuration's name.
    pub name: String,
    /// Notes.
    pub notes: String,
    /// Its clusters.
    pub clusters: Vec<ClusterId>,
}

/// Makes a draft from an event log.
pub async fn import_configuration(
    State(state): State<AppState>,
    Operator(viewer): Operator,
    request: Request,
) -> Result<(StatusCode, Json<ConfigurationDone>), Problem> {
    let form = Form::read(request, &state).await?;
    Ok((StatusCode::CREATED, Json(form.import(&state, &viewer).await?)))
}

impl Form {
    /// Reads the form; what does not belong to it is refused by name.
    pub async fn read(request: Request, state: &AppState) -> Result<Self, Refusal> {
        let form = Multipart::from_request(request, state).await;
        let mut form = form.map_err(|rejection: MultipartRejection| {
            Refusal::invalid("body", rejection.body_text())
        })?;
        let (mut read, mut fields) = (Self::default(), 0);
        while let Some(field) = form.next_field().await.map_err(unreadable)? {
            fields += 1;
            if fields > FIELDS {
                return Err(Refusal::invalid("body", format!("more than {FIELDS} fields")));
            }
            let name = field.name().unwrap_or_default().to_owned();
            if name == "log" {
                field.file_name().unwrap_or_default().clone_into(&mut read.file);
                read.log = field.bytes().await.map_err(unreadable)?.to_vec();
                continue;
            }
            let text = field.text().await.map_err(unreadable)?;
            if text.len() > TEXT_BYTES {
                return Err(Refusal::invalid(&name, format!("longer than {TEXT_BYTES} bytes")));
            }
            match name.as_str() {
                "name" => read.name = text,
                "notes" => read.notes = text,
                "clusters" | "clusters[]" => {
                    let cluster = text.parse().map_err(|_| Refusal::not_found("cluster"))?;
                    read.clusters.push(cluster);
                }
                _ => return Err(Refusal::invalid("body", "an unknown field")),
            }
        }
        if read.log.is_empty() {
            return Err(Refusal::invalid("log", "no event log was sent"));
        }
        Ok(read)
    }

    /// Makes the draft.
    pub async fn import(
        &self,
        state: &AppState,
        viewer: &Viewer,
    ) -> Result<ConfigurationDone, Refusal> {
        let Self { file, log, name, notes, clusters } = self;
        let wish = Import { file, log, name, notes, clusters };
        command::import_configuration(&state.ctx, viewer, &wish).await
    }
}

fn unreadable(error: MultipartError) -> Refusal {
    let problem = match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => format!("longer than {IMPORT_BYTES} bytes"),
        _ => "the form cannot be read".to_owned(),
    };
    Refusal::invalid("body", problem)
}
