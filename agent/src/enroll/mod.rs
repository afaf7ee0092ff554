//! Enrolment: from a token to a session credential.
//!
//! ```text
//! token, keys, facts ──▶ ENROLL_PATH ──▶ Enrolled (no TPM)
//!                                    └─▶ Activate ──▶ TPM unwraps ──▶ ACTIVATE_PATH ──▶ Enrolled
//! ```

mod request;
mod token_source;

pub use request::RequestError;
pub use token_source::{TokenError, token};

use trustboard_model::bytes::Bytes;
use trustboard_model::facts::HostFacts;
use trustboard_model::protocol::{
    ACTIVATE_PATH, ActivateRequest, ENROLL_PATH, EnrollRequest, EnrollResponse, Enrolled,
    EnrolmentToken, VERSION,
};

use crate::attester::{AttestError, Attester};
use crate::server_address::ServerAddress;
use crate::state::{Enrolment, StateDirectory, StateError};
use crate::worker::{WorkError, Worker};
use request::Requests;

/// Bytes of a session credential.
const CREDENTIAL_BYTES: usize = 32;

/// Why a host is not enrolled.
#[derive(Debug, thiserror::Error)]
pub enum EnrollError {
    /// The server did not answer, or refused.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// The TPM.
    #[error(transparent)]
    Attest(#[from] AttestError),
    /// The TPM's thread.
    #[error(transparent)]
    Work(#[from] WorkError),
    /// The state directory.
    #[error(transparent)]
    State(#[from] StateError),
    /// There is nobody to ask.
    #[error("no server was named")]
    NoServer,
    /// The server's credential is no credential.
    #[error("the session credential has {found} bytes, not {CREDENTIAL_BYTES}")]
    WrongCredential {
        /// How many it has.
        found: usize,
    },
}

/// A host that is enrolled.
#[derive(Debug)]
pub struct EnrolledHost {
    /// What is to be kept.
    pub enrolment: Enrolment,
    /// The facts that were sent: whether there is a TPM, and what stands in its way.
    pub facts: HostFacts,
}

/// Enrols this host with the first of these servers that answers, and keeps what came of it.
pub async fn enroll<A: Attester>(
    servers: &[ServerAddress],
    token: &EnrolmentToken,
    worker: &Worker<A>,
    state: &StateDirectory,
) -> Result<EnrolledHost, EnrollError> {
    state.prepare()?;
    let enrolled = ask(servers, token, worker).await?;
    state.keep_enrolment(&enrolled.enrolment)?;
    Ok(enrolled)
}

/// Enrols this host, and leaves it to the caller to keep what came of it.
pub async fn ask<A: Attester>(
    servers: &[ServerAddress],
    token: &EnrolmentToken,
    worker: &Worker<A>,
) -> Result<EnrolledHost, EnrollError> {
    let (facts, tpm) = worker.run(|host| (host.facts(), host.identity())).await?;
    let request = EnrollRequest {
        version: VERSION,
        token: Bytes(token.secret.to_vec()),
        facts: facts.clone(),
        tpm: tpm?,
    };
    let (mut requests, response) = ask_first(servers, token, &request).await?;
    let (host, credential) = match response {
        EnrollResponse::Enrolled { host, session } => (host, session),
        EnrollResponse::Activate { enrolment, credential } => {
            let secret = Bytes(worker.run(move |host| host.activate(&credential)).await??);
            let request = ActivateRequest { enrolment, secret: secret.clone() };
            let Enrolled { host } = requests.post(ACTIVATE_PATH, &request).await?;
            (host, secret)
        }
    };
    if credential.len() != CREDENTIAL_BYTES {
        return Err(EnrollError::WrongCredential { found: credential.len() });
    }
    let (server, fingerprint) = (requests.server().clone(), token.server);
    let mut enrolment = Enrolment { server, others: Vec::new(), fingerprint, host, credential };
    enrolment.add_servers(servers);
    Ok(EnrolledHost { enrolment, facts })
}

/// Asks one server after the other until one can be connected to. What it refuses, all refuse.
async fn ask_first<'s>(
    servers: &'s [ServerAddress],
    token: &EnrolmentToken,
    request: &EnrollRequest,
) -> Result<(Requests<'s>, EnrollResponse), EnrollError> {
    let (last, first) = servers.split_last().ok_or(EnrollError::NoServer)?;
    for server in first {
        let mut requests = Requests::to(server, token.server);
        match requests.post(ENROLL_PATH, request).await {
            Err(RequestError::Connect(error)) => tracing::warn!("{error}; trying another server"),
            answered => return Ok((requests, answered?)),
        }
    }
    let mut requests = Requests::to(last, token.server);
    let response = requests.post(ENROLL_PATH, request).await?;
    Ok((requests, response))
}
