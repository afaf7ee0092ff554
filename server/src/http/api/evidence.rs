//! `GET /api/v1/hosts/{id}/evidence`: a host's latest evidence as a file, with everything that
//! appraising it again takes.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use trustboard_attest::Bundle;
use trustboard_model::refusal::Refusal;
use trustboard_model::time::Timestamp;

use super::{Problem, id};
use crate::auth::operator::SignedIn;
use crate::query::{self, StoredCase};
use crate::standards::Numbered;
use crate::state::AppState;

/// The bundle, for `trustboard inspect evidence`.
pub async fn evidence(
    State(state): State<AppState>,
    SignedIn(viewer): SignedIn,
    Path(host): Path<String>,
) -> Result<Response, Problem> {
    let host = id(&host, "host")?;
    let unavailable = |error| Problem(state.ctx.unavailable(&error));
    let found = query::latest_evidence(&state.ctx, &viewer.rights.sees(), host)
        .await
        .map_err(unavailable)?;
    let (case, report) = found.ok_or_else(|| Refusal::not_found("host"))?;
    let StoredCase { host, evidence, exceptions, standards } = case;
    let (Some(evidence), Some(report)) = (evidence, report) else {
        let problem = "there is no evidence of this host that could be appraised again; after its \
                       next verification there is";
        return Err(Refusal::Conflict { problem: problem.to_owned() }.into());
    };
    let standards = state.standards(host.cluster.id, standards).await.map_err(unavailable)?;
    let Numbered { standards, .. } = standards.ok_or_else(|| Refusal::not_found("cluster"))?;
    let input = evidence.input(host.id, &standards, &exceptions, evidence.appraised_at);
    let bundle = Bundle::of(&input, &host.name, &report).write();
    Ok(file(&host.name, evidence.received_at, bundle).into_response())
}

/// A bundle as a file to be kept.
pub(super) fn file(host: &str, received_at: Timestamp, bundle: Vec<u8>) -> impl IntoResponse {
    let name = file_name(host, received_at, "cbor");
    let headers = [
        (CONTENT_TYPE, Bundle::MEDIA_TYPE.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, bundle)
}

/// `web-1-20261121T203435Z.cbor`: only letters that every file system and header takes.
pub(super) fn file_name(host: &str, at: Timestamp, ending: &str) -> String {
    let fits = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' };
    let host: String = host.chars().map(fits).take(64).collect();
    let time: String = at.to_string().chars().filter(|c| !"-:".contains(*c)).collect();
    let time = time.split('.').next().unwrap_or_default();
    format!("{}-{time}Z.{ending}", host.trim_start_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_host_and_time_in_plain_letters() {
        let at = Timestamp(1_763_744_400_250);
        assert_eq!(file_name("web-1", at, "cbor"), "web-1-20251121T170000Z.cbor");
        assert_eq!(file_name("../\"\r\nä", at, "cbor"), "_____-20251121T170000Z.cbor");
    }
}
