//! `POST /agent/v1/enroll`: from a token to a credential that only this TPM can unwrap.

use std::net::SocketAddr;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{ConnectInfo, State};
use axum::response::{IntoResponse, Response};
use trustboard_attest::{AdmitError, AdmittedKeys, admit, make_credential};
use trustboard_model::bytes;
use trustboard_model::protocol::{EnrollRequest, EnrollResponse, TpmIdentity, VERSION};

use super::{AgentRefusal, Answer, message};
use crate::command::{self, Applicant};
use crate::job::enrol;
use crate::query;
use crate::session::wire;
use crate::state::AppState;

/// Takes the facts and keys of a host that holds an enrolment token.
pub async fn enroll(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, AgentRefusal> {
    state.limits.enrol.take(peer.ip(), state.ctx.clock.uptime())?;
    let request: EnrollRequest = message(body)?;
    if request.version != VERSION {
        let problem = format!(
            "the agent speaks version {} of the protocol, the server {VERSION}",
            request.version
        );
        return Err(AgentRefusal::new(400, "version", problem));
    }
    let turn = state.limits.arrival().await;
    let known = query::token_cluster(&state.ctx, &request.token).await;
    if known.map_err(|error| state.ctx.unavailable(&error))?.is_none() {
        return Err(AgentRefusal::new(
            403,
            "token",
            "the enrolment token is unknown, used up, revoked or expired",
        ));
    }
    wire::check_facts(&request.facts)
        .map_err(|problem| AgentRefusal::new(422, "facts", problem))?;
    let answer = match &request.tpm {
        None => without_tpm(&state, &request).await?,
        Some(tpm) => with_tpm(&state, &request, tpm).await?,
    };
    drop(turn);
    // A use of the token was taken or reserved for it, which limits more than an address can.
    state.limits.enrol.give_back(&peer.ip());
    Ok(answer)
}

async fn without_tpm(state: &AppState, request: &EnrollRequest) -> Result<Response, AgentRefusal> {
    let (host, session) =
        command::enrol_without_tpm(&state.ctx, &request.token, &request.facts).await?;
    tracing::info!(host.id = %host, host.name = request.facts.hostname, "enrolled without a TPM");
    let session = bytes::Bytes(session.to_vec());
    Ok(Answer(EnrollResponse::Enrolled { host, session }).into_response())
}

async fn with_tpm(
    state: &AppState,
    request: &EnrollRequest,
    tpm: &TpmIdentity,
) -> Result<Response, AgentRefusal> {
    wire::check_identity(tpm).map_err(|problem| AgentRefusal::new(422, "keys", problem))?;
    let keys = admitted(tpm)?;
    let ctx = &state.ctx;
    let secret = ctx.random.secret();
    let mut seed = [0; 64];
    ctx.random.fill(&mut seed);
    let credential = make_credential(&keys, &secret, &seed)
        .map_err(|error| AgentRefusal::new(422, "keys", error.to_string()))?;
    let applicant = Applicant::new(&request.token, request.facts.clone(), keys, &secret);
    let enrolment = enrol::begin(state, applicant).await?;
    Ok(Answer(EnrollResponse::Activate { enrolment, credential }).into_response())
}

fn admitted(tpm: &TpmIdentity) -> Result<AdmittedKeys, AgentRefusal> {
    admit(tpm).map_err(|error| match error {
        AdmitError::Malformed(error) => AgentRefusal::new(422, "keys", error.to_string()),
        AdmitError::Refused(reason) => {
            let problem = format!("these keys cannot be put on record: {}", reason.code);
            AgentRefusal::new(422, reason.code.code(), problem)
        }
    })
}
