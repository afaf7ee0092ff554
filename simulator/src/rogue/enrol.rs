//! Enrolments by hand: one that is as it should be, and others that are not.

use std::io;

use clap::ValueEnum;
use serde::Serialize;
use trustboard_agent::server_address::ServerAddress;
use trustboard_agent::state::Enrolment;
use trustboard_model::bytes::Bytes;
use trustboard_model::facts::HostFacts;
use trustboard_model::protocol::{
    ENROLL_PATH, EnrollRequest, EnrollResponse, EnrolmentToken, VERSION, limit,
};

use super::request::post;

/// What is wrong with an enrolment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Nothing: it uses the token up.
    Valid,
    /// Nobody has made its token.
    UnknownToken,
    /// It is no CBOR.
    Malformed,
    /// It is longer than the server takes.
    Large,
}

/// The facts of a host that has nothing.
pub fn facts(name: &str) -> HostFacts {
    HostFacts {
        hostname: name.to_owned(),
        machine_id: None,
        boot_id: Some("1".to_owned()),
        os_id: None,
        os_name: None,
        os_version: None,
        kernel: None,
        agent_version: env!("CARGO_PKG_VERSION").to_owned(),
        secure_boot_variable: None,
        log_absent: Some("there is no TPM".to_owned()),
        tpm: None,
        tpm_problem: None,
    }
}

/// A message as CBOR.
pub fn cbor<T: Serialize>(message: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(message, &mut bytes).expect("a protocol message has a CBOR form");
    bytes
}

fn request(token: &EnrolmentToken, name: &str) -> Vec<u8> {
    let token = Bytes(token.secret.to_vec());
    cbor(&EnrollRequest { version: VERSION, token, facts: facts(name), tpm: None })
}

/// Enrols a host without a TPM.
pub async fn enrol(
    server: &ServerAddress,
    token: &EnrolmentToken,
    name: &str,
) -> io::Result<Enrolment> {
    let (status, body) = post(server, token.server, ENROLL_PATH, &request(token, name)).await?;
    match ciborium::from_reader(&body[..]) {
        Ok(EnrollResponse::Enrolled { host, session: credential }) if status == 200 => {
            let (server, fingerprint) = (server.clone(), token.server);
            let others = Vec::new();
            Ok(Enrolment { server, others, fingerprint, host, credential })
        }
        _ => Err(io::Error::other(format!("{name} was not enrolled: {status}"))),
    }
}

/// Sends an enrolment of this kind; gives the status of the answer.
pub async fn try_it(
    server: &ServerAddress,
    token: &EnrolmentToken,
    kind: Kind,
    name: &str,
) -> io::Result<u16> {
    let body = match kind {
        Kind::Valid => request(token, name),
        Kind::UnknownToken => {
            request(&EnrolmentToken { secret: [0x55; 32], ..token.clone() }, name)
        }
        Kind::Malformed => vec![0xFF; 4096],
        Kind::Large => vec![0x40; limit::ENROLL_BYTES + 1],
    };
    Ok(post(server, token.server, ENROLL_PATH, &body).await?.0)
}
