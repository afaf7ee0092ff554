//! The session with a server that the test plays.

#![expect(clippy::unwrap_used, reason = "a test")]

mod fake_server;
mod soft_tpm;

use std::time::Duration;

use fake_server::{Conversation, FakeServer, PATIENCE, answer};
use futures_util::{SinkExt as _, StreamExt as _};
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use soft_tpm::{Make, SoftTpm, make_credential};
use tempfile::TempDir;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use trustboard_agent::ak_store::AkPreference;
use trustboard_agent::attester::LocalHost;
use trustboard_agent::event_log;
use trustboard_agent::hash::sha256;
use trustboard_agent::session::{self, Timing};
use trustboard_agent::state::{Enrolment, StateDirectory};
use trustboard_agent::text_file::under;
use trustboard_agent::tls::{self, ConnectError};
use trustboard_agent::tpm_choice::TpmChoice;
use trustboard_agent::worker::Worker;
use trustboard_model::bytes::Bytes;
use trustboard_model::digest::Nonce;
use trustboard_model::id::ChallengeId;
use trustboard_model::protocol::{AgentMessage, CredentialBlob, LogPart, ServerMessage};

/// An agent in a session.
struct Agent {
    root: TempDir,
    stop: watch::Sender<bool>,
    session: JoinHandle<()>,
}

impl Agent {
    fn start(enrolment: Enrolment, timing: Timing) -> Self {
        Self::start_with(TpmChoice::Auto, enrolment, timing)
    }

    fn start_with(tpm: TpmChoice, enrolment: Enrolment, timing: Timing) -> Self {
        let root = tempfile::tempdir().unwrap();
        let host = LocalHost {
            sysroot: root.path().to_owned(),
            tpm,
            state: StateDirectory::new(root.path().join("state")),
            ak: AkPreference::LikeEk,
        };
        let worker = Worker::start(host).unwrap();
        let (stop, stopped) = watch::channel(false);
        let session = tokio::spawn(async move {
            session::run(|| enrolment.clone(), &worker, timing, || 0.0, stopped).await.unwrap();
        });
        Self { root, stop, session }
    }

    async fn stop(self) {
        self.stop.send(true).unwrap();
        timeout(PATIENCE, self.session).await.unwrap().unwrap();
    }
}

async fn greeted(server: &FakeServer) -> Conversation {
    let mut conversation = server.session().await;
    let AgentMessage::Hello(hello) = conversation.hear().await else { panic!("expected Hello") };
    assert_eq!(hello.version, trustboard_model::protocol::VERSION);
    conversation
}

fn challenge(known_log: Option<trustboard_model::digest::Sha256>) -> ServerMessage {
    ServerMessage::Challenge {
        id: ChallengeId::from_random([1; 16]),
        nonce: Nonce([2; 32]),
        known_log,
        known_systemd_log: None,
        known_ima: None,
    }
}

#[tokio::test]
async fn every_question_has_its_answer() {
    let server = FakeServer::start().await;
    let agent = Agent::start(server.enrolment(), Timing::default());
    let mut conversation = greeted(&server).await;

    conversation.say(&ServerMessage::AskIdentity).await;
    assert_eq!(conversation.hear().await, AgentMessage::Identity { tpm: None });

    let credential =
        CredentialBlob { id_object: Bytes::default(), encrypted_secret: Bytes::default() };
    conversation.say(&ServerMessage::Activate { credential }).await;
    let AgentMessage::Cannot { challenge: None, problem } = conversation.hear().await else {
        panic!("expected Cannot")
    };
    assert!(problem.contains("no usable TPM 2.0"), "{problem}");

    // Nothing to answer, and no end of the session.
    conversation.say(&ServerMessage::Parked).await;
    let refused = ServerMessage::Refused { code: "x".into(), problem: "y".into() };
    conversation.say(&refused).await;

    conversation.say(&challenge(None)).await;
    let AgentMessage::Evidence(evidence) = conversation.hear().await else {
        panic!("expected Evidence")
    };
    assert_eq!((evidence.quoted, evidence.log), (None, LogPart::Absent));
    agent.stop().await;
}

#[tokio::test]
async fn a_tpm_proves_itself_and_quotes() {
    let tpm = SoftTpm::start(&Make::default());
    let server = FakeServer::start().await;
    let choice = TpmChoice::Tcti(tpm.tcti());
    let agent = Agent::start_with(choice, server.enrolment(), Timing::default());
    // Twice, as after a lost connection: the same identity.
    let mut identities = Vec::new();
    for _ in 0..2 {
        let mut conversation = greeted(&server).await;
        conversation.say(&ServerMessage::AskIdentity).await;
        let AgentMessage::Identity { tpm: Some(keys) } = conversation.hear().await else {
            panic!("expected Identity")
        };
        let credential = make_credential(&keys, &[0x77; 32]);
        conversation.say(&ServerMessage::Activate { credential }).await;
        let secret = vec![0x77; 32].into();
        assert_eq!(conversation.hear().await, AgentMessage::Activated { secret });
        conversation.say(&challenge(None)).await;
        let AgentMessage::Evidence(evidence) = conversation.hear().await else {
            panic!("expected Evidence")
        };
        assert_eq!(evidence.challenge, ChallengeId::from_random([1; 16]));
        assert_eq!(evidence.quoted.unwrap().ak_public, keys.ak_public);
        identities.push(keys);
    }
    assert_eq!(identities[0], identities[1]);
    agent.stop().await;
}

#[tokio::test]
async fn a_log_is_sent_once_and_named_from_then_on() {
    let server = FakeServer::start().await;
    let agent = Agent::start(server.enrolment(), Timing::default());
    let path = under(agent.root.path(), event_log::PATH);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, b"events").unwrap();
    let mut conversation = greeted(&server).await;
    for (known, expected) in [
        (None, LogPart::Full { bytes: b"events".to_vec().into() }),
        (Some(sha256(b"events")), LogPart::Known),
        (Some(sha256(b"others")), LogPart::Full { bytes: b"events".to_vec().into() }),
    ] {
        conversation.say(&challenge(known)).await;
        let AgentMessage::Evidence(evidence) = conversation.hear().await else {
            panic!("expected Evidence")
        };
        assert_eq!(evidence.log, expected);
    }
    agent.stop().await;
}

#[tokio::test]
async fn a_lost_session_comes_back() {
    let server = FakeServer::start().await;
    let agent = Agent::start(server.enrolment(), Timing::default());
    // Dropped without a word, closed politely, and ended by words that are none.
    drop(greeted(&server).await);
    greeted(&server).await.0.close(None).await.unwrap();
    let mut third = greeted(&server).await;
    third.0.send(Message::Binary(vec![0xFF].into())).await.unwrap();
    greeted(&server).await;
    agent.stop().await;
}

#[tokio::test]
async fn of_several_servers_another_is_gone_to_when_one_does_not_answer() {
    let (one, other) = FakeServer::pair().await;
    let enrolment = Enrolment { others: vec![other.address()], ..one.enrolment() };
    // The first that is chosen is the first of the list: the test's chance is always 0.
    let agent = Agent::start(enrolment, Timing::default());
    let conversation = greeted(&one).await;
    let second = other.address();
    drop(one);
    drop(conversation);
    greeted(&other).await;
    assert_eq!(other.address(), second);
    // The first is gone for good; the agent comes back to whoever is there.
    greeted(&other).await;
    agent.stop().await;
}

#[tokio::test]
async fn a_server_that_falls_silent_is_left() {
    let server = FakeServer::start().await;
    let timing = Timing {
        ping_after: Duration::from_millis(50),
        dead_after: Duration::from_millis(400),
        ..Timing::default()
    };
    let agent = Agent::start(server.enrolment(), timing);
    // Held open but never read from again, so that no ping is answered.
    let silent = greeted(&server).await;
    let mut second = greeted(&server).await;
    // Pings are answered while the test listens: the session outlives the limit.
    let listening = timeout(timing.dead_after * 3, async {
        loop {
            assert!(matches!(second.0.next().await, Some(Ok(Message::Ping(_)))));
        }
    });
    assert!(listening.await.is_err(), "the session lasts");
    drop(silent);
    agent.stop().await;
}

#[tokio::test]
async fn a_stop_is_said_to_the_server() {
    let server = FakeServer::start().await;
    let agent = Agent::start(server.enrolment(), Timing::default());
    let mut conversation = greeted(&server).await;
    agent.stop.send(true).unwrap();
    let frame = loop {
        match timeout(PATIENCE, conversation.0.next()).await.unwrap() {
            Some(Ok(Message::Close(frame))) => break frame.unwrap(),
            Some(Ok(_)) => {}
            other => panic!("expected a farewell, found {other:?}"),
        }
    };
    assert_eq!(frame.code, CloseCode::Away);
    timeout(PATIENCE, agent.session).await.unwrap().unwrap();
}

#[tokio::test]
async fn an_unknown_host_does_not_hammer_the_server() {
    let server = FakeServer::start().await;
    let agent = Agent::start(server.enrolment(), Timing::default());
    let stream = server.connection().await.unwrap();
    answer(stream, "401 Unauthorized", b"").await;
    // An ordinary failure would bring it back within a quarter of a second.
    assert!(timeout(Duration::from_secs(2), server.connection()).await.is_err());
    agent.stop().await;
}

#[tokio::test]
async fn another_certificate_is_refused_by_its_fingerprint() {
    let server = FakeServer::start().await;
    let other = FakeServer::start().await;
    let address = server.address();
    let attempt = tls::connect(&address, other.fingerprint);
    let (error, _) = tokio::join!(attempt, server.connection());
    let Err(error @ ConnectError::WrongCertificate { found, expected, .. }) = error else {
        panic!("expected WrongCertificate")
    };
    assert_eq!((found, expected), (server.fingerprint, other.fingerprint));
    assert!(error.to_string().contains(&found.to_string()));
}

#[tokio::test]
async fn the_right_certificate_without_its_key_is_refused() {
    let CertifiedKey { cert, .. } =
        generate_simple_self_signed(["trustboard.test".to_owned()]).unwrap();
    let thief = FakeServer::start_with(cert.der().clone(), &KeyPair::generate().unwrap()).await;
    let address = thief.address();
    let attempt = tls::connect(&address, thief.fingerprint);
    let (result, _) = tokio::join!(attempt, thief.connection());
    assert!(matches!(result, Err(ConnectError::Tls { .. })), "{result:?}");
}
