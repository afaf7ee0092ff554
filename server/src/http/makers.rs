//! The forms of the page of TPM makers: plain ones, so that they work without scripts. Both lead
//! back to the page, which says what became of them.

use axum::Form;
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::extract::rejection::FormRejection;
use axum::extract::{Multipart, Path, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::MakerAction;

use super::Problem;
use super::api::fingerprint_of;
use super::sign_in::see_other;
use crate::auth::operator::{Approver, may_everywhere};
use crate::makers::archive::FILE_BYTES;
use crate::state::AppState;

/// `POST /makers/import`: a file, and whether published roots are trusted at once.
pub async fn import_makers(
    State(state): State<AppState>,
    Approver(viewer): Approver,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    may_everywhere(&viewer, Role::Approver)?;
    let back = |code: &str| see_other(&format!("/makers?refused={code}"), HeaderMap::new());
    let Ok(form) = form else { return Ok(back("unreadable")) };
    let Sent { name, bytes, trust_published } = match read(form).await {
        Ok(sent) => sent,
        Err(NotSent(code)) => return Ok(back(code)),
    };
    if bytes.is_empty() {
        return Ok(back("no-file"));
    }
    let report = state.import_makers(&viewer, &name, bytes, trust_published).await?;
    let id = report.summary.id;
    Ok(see_other(&format!("/makers?import={id}#report"), HeaderMap::new()))
}

#[derive(Default)]
struct Sent {
    name: String,
    bytes: Vec<u8>,
    trust_published: bool,
}

/// The code of why a form brought no file.
struct NotSent(&'static str);

impl From<MultipartError> for NotSent {
    fn from(error: MultipartError) -> Self {
        let too_large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
        Self(if too_large { "too-large" } else { "unreadable" })
    }
}

async fn read(mut form: Multipart) -> Result<Sent, NotSent> {
    let mut sent = Sent::default();
    while let Some(field) = form.next_field().await? {
        match field.name() {
            Some("file") => {
                sent.name = field.file_name().unwrap_or_default().to_owned();
                sent.bytes = read_file(field).await?;
            }
            Some("trust") => sent.trust_published = true,
            _ => {}
        }
    }
    Ok(sent)
}

async fn read_file(mut field: Field<'_>) -> Result<Vec<u8>, NotSent> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > FILE_BYTES {
            return Err(NotSent("too-large"));
        }
    }
    Ok(bytes)
}

/// What a decision's form holds.
#[derive(Deserialize)]
pub struct Fields {
    /// Digits or a reason.
    #[serde(default)]
    text: String,
}

/// `POST /makers/{fingerprint}/{action}`: trusts, distrusts or removes.
pub async fn decide_on_maker(
    State(state): State<AppState>,
    Approver(viewer): Approver,
    Path((fingerprint, action)): Path<(String, String)>,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Response, Problem> {
    let fingerprint = fingerprint_of(&fingerprint)?;
    let Form(Fields { text }) = form.map_err(|_| Refusal::invalid("form", "cannot be read"))?;
    let Some(action) = MakerAction::from_code(&action, text) else {
        return Err(Refusal::not_found("action").into());
    };
    let code = action.code();
    let became = match state.decide_on_maker(&viewer, fingerprint, &action).await {
        Ok(done) if done.changed => format!("done={code}"),
        Ok(_) => "done=nothing".to_owned(),
        Err(Refusal::Invalid { field, .. }) => format!("refused={field}"),
        Err(Refusal::Conflict { .. }) => "refused=folder".to_owned(),
        Err(Refusal::NotFound { .. }) => "refused=gone".to_owned(),
        Err(refusal) => return Err(refusal.into()),
    };
    let address = format!("/makers?certificate={fingerprint}&{became}#certificate");
    Ok(see_other(&address, HeaderMap::new()))
}
