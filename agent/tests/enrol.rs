//! Enrolment with a server that the test plays.

#![expect(clippy::unwrap_used, reason = "a test")]

mod fake_server;
mod soft_tpm;

use fake_server::{FakeServer, answer, answer_and_wait, cbor};
use soft_tpm::{Make, SoftTpm, make_credential};
use trustboard_agent::ak_store::AkPreference;
use trustboard_agent::attester::LocalHost;
use trustboard_agent::enroll::{EnrollError, enroll};
use trustboard_agent::state::StateDirectory;
use trustboard_agent::tpm_choice::TpmChoice;
use trustboard_agent::worker::Worker;
use trustboard_model::id::{EnrolmentId, HostId};
use trustboard_model::protocol::{
    ACTIVATE_PATH, ActivateRequest, ENROLL_PATH, EnrollRequest, EnrollResponse, Enrolled, VERSION,
};

fn host_without_tpm() -> (tempfile::TempDir, LocalHost) {
    let root = tempfile::tempdir().unwrap();
    let host = LocalHost {
        sysroot: root.path().to_owned(),
        tpm: TpmChoice::Auto,
        state: StateDirectory::new(root.path().join("state")),
        ak: AkPreference::LikeEk,
    };
    (root, host)
}

/// Enrols a host with a TPM while the server leaves its connection open after an answer, or closes it.
async fn enrolled(stays_open: bool) {
    let tpm = SoftTpm::start(&Make::default());
    let server = FakeServer::start().await;
    let (address, token) = (server.address(), server.token());
    let host = tpm.host();
    let state = host.state.clone();
    let worker = Worker::start(host).unwrap();
    let (enrolment, id) = (EnrolmentId::from_random([1; 16]), HostId::from_random([2; 16]));
    let secret = [0x77; 32];

    let play = async {
        let (path, request, stream) = server.request::<EnrollRequest>().await;
        assert_eq!((path.as_str(), request.version), (ENROLL_PATH, VERSION));
        assert_eq!(request.token.0, token.secret);
        assert!(request.facts.tpm.is_some());
        let keys = request.tpm.unwrap();
        let credential = make_credential(&keys, &secret);
        let activate = cbor(&EnrollResponse::Activate { enrolment, credential });
        let (path, request, stream) = if stays_open {
            let stream = answer_and_wait(stream, "200 OK", &activate).await;
            FakeServer::request_on::<ActivateRequest>(stream).await
        } else {
            answer(stream, "200 OK", &activate).await;
            server.request::<ActivateRequest>().await
        };
        assert_eq!((path.as_str(), request.enrolment), (ACTIVATE_PATH, enrolment));
        assert_eq!(request.secret.0, secret);
        answer(stream, "200 OK", &cbor(&Enrolled { host: id })).await;
    };
    let (result, ()) =
        tokio::join!(enroll(std::slice::from_ref(&address), &token, &worker, &state), play);
    let kept = state.enrolment().unwrap().unwrap();
    assert_eq!(result.unwrap().enrolment, kept);
    assert_eq!((kept.host, kept.fingerprint, kept.server), (id, server.fingerprint, address));
    assert_eq!(kept.credential.0, secret);
}

#[tokio::test]
async fn a_tpm_proves_itself_and_its_secret_becomes_the_credential() {
    enrolled(true).await;
}

#[tokio::test]
async fn a_server_that_closes_the_connection_meanwhile_is_asked_over_another() {
    enrolled(false).await;
}

#[tokio::test]
async fn a_host_without_a_tpm_is_enrolled_as_such() {
    let server = FakeServer::start().await;
    let (address, token) = (server.address(), server.token());
    let (_root, host) = host_without_tpm();
    let state = host.state.clone();
    let worker = Worker::start(host).unwrap();
    let play = async {
        let (_, request, stream) = server.request::<EnrollRequest>().await;
        assert_eq!((request.tpm, request.facts.tpm), (None, None));
        let response = EnrollResponse::Enrolled {
            host: HostId::from_random([2; 16]),
            session: vec![0xAB; 32].into(),
        };
        answer(stream, "200 OK", &cbor(&response)).await;
    };
    let (result, ()) =
        tokio::join!(enroll(std::slice::from_ref(&address), &token, &worker, &state), play);
    assert_eq!(result.unwrap().facts.tpm_problem, None);
    assert_eq!(state.enrolment().unwrap().unwrap().credential.0, [0xAB; 32]);
}

/// What becomes of an enrolment that the server answers so.
async fn refusal(status: &str, body: Vec<u8>) -> EnrollError {
    let server = FakeServer::start().await;
    let (address, token) = (server.address(), server.token());
    let (_root, host) = host_without_tpm();
    let state = host.state.clone();
    let worker = Worker::start(host).unwrap();
    let play = async {
        let (_, _, stream) = server.request::<EnrollRequest>().await;
        answer(stream, status, &body).await;
    };
    let (result, ()) =
        tokio::join!(enroll(std::slice::from_ref(&address), &token, &worker, &state), play);
    assert_eq!(state.enrolment().unwrap(), None, "nothing is kept");
    result.unwrap_err()
}

#[tokio::test]
async fn a_refusal_is_told_and_nothing_is_kept() {
    let text = refusal("403 Forbidden", b"the token has expired".to_vec()).await.to_string();
    assert!(text.contains("403") && text.contains("the token has expired"), "{text}");
    let text = refusal("401 Unauthorized", Vec::new()).await.to_string();
    assert!(text.contains("token is unknown, used up or expired"), "{text}");
}

#[tokio::test]
async fn answers_that_are_none_are_refused() {
    let text = refusal("200 OK", b"<html>".to_vec()).await.to_string();
    assert!(text.contains("cannot be read"), "{text}");
    let text = refusal("200 OK", vec![0; 65 * 1024]).await.to_string();
    assert!(text.contains("length limit"), "{text}");
    let short = EnrollResponse::Enrolled {
        host: HostId::from_random([2; 16]),
        session: vec![1; 31].into(),
    };
    let error = refusal("200 OK", cbor(&short)).await;
    assert!(matches!(error, EnrollError::WrongCredential { found: 31 }));
}

#[tokio::test]
async fn the_token_is_not_sent_to_another_server() {
    let (right, wrong) = (FakeServer::start().await, FakeServer::start().await);
    let (_root, host) = host_without_tpm();
    let state = host.state.clone();
    let worker = Worker::start(host).unwrap();
    let (address, token) = (wrong.address(), right.token());
    let (result, connection) = tokio::join!(
        enroll(std::slice::from_ref(&address), &token, &worker, &state),
        wrong.connection()
    );
    let text = result.unwrap_err().to_string();
    assert!(text.contains(&wrong.fingerprint.to_string()), "{text}");
    assert!(connection.is_none(), "the handshake came to nothing");
}

#[tokio::test]
async fn a_state_directory_that_cannot_be_written_costs_no_token() {
    let server = FakeServer::start().await;
    let (root, host) = host_without_tpm();
    let file = root.path().join("file");
    std::fs::write(&file, "").unwrap();
    let state = StateDirectory::new(&file);
    let worker = Worker::start(host).unwrap();
    let result = enroll(&[server.address()], &server.token(), &worker, &state).await;
    assert!(matches!(result, Err(EnrollError::State(_))), "{result:?}");
}
