//! Enrolment: what a host without a good token, or with bad words, is told.

use trustboard_model::bytes::Bytes;
use trustboard_model::event::Actor;
use trustboard_model::id::EnrolmentId;
use trustboard_model::protocol::{
    ACTIVATE_PATH, ActivateRequest, ENROLL_PATH, EnrollRequest, EnrollResponse, VERSION,
};
use trustboard_server::command;

use crate::support::World;
use crate::support::agent::{cbor, facts};
use crate::support::tpm::TpmHost;

fn request(token: &[u8]) -> EnrollRequest {
    EnrollRequest {
        version: VERSION,
        token: Bytes(token.to_vec()),
        facts: facts("h1", "boot-1"),
        tpm: None,
    }
}

async fn refused(world: &World, path: &str, body: &[u8]) -> String {
    world.agent_post(path).body(body).send().await.agent_refusal()
}

#[tokio::test]
async fn messages_that_cannot_be_read_say_where() {
    let world = World::new().await;
    let whole = cbor(&request(&world.token(1).await));
    let before = world.events().await;
    // {"x": [[[...]]]}
    let nested = [&[0xA1, 0x61, b'x'][..], &[0x81; 500]].concat();
    for path in [ENROLL_PATH, ACTIVATE_PATH] {
        for (body, words) in [
            (&b""[..], "400 malformed: the message ends too early"),
            (b"{\"version\":1}", "400 malformed: "),
            (b"\xff\xff", "400 malformed: "),
            (&nested, "400 malformed: nested deeper than 16 levels"),
            (&vec![0; 70_000], "413 too-large: the request is longer than 65536 bytes"),
        ] {
            let refused = refused(&world, path, body).await;
            assert!(refused.starts_with(words), "{path} {refused}");
        }
    }
    for end in (1..whole.len()).step_by(7) {
        let refused = refused(&world, ENROLL_PATH, &whole[..end]).await;
        assert!(refused.starts_with("400 malformed"), "{end}: {refused}");
    }
    let more = [&whole[..], &[0]].concat();
    assert_eq!(
        refused(&world, ENROLL_PATH, &more).await,
        "400 malformed: 1 bytes follow the message"
    );
    assert_eq!(world.events().await, before);
}

#[tokio::test]
async fn only_a_good_token_enrols_and_only_as_often_as_it_says() {
    let world = World::new().await;
    let token = world.token(2).await;
    let words = "403 token: the enrolment token is unknown, used up, revoked or expired";
    let mut forged = token;
    forged[31] ^= 1;
    for bad in [&b""[..], &[0; 32], &forged, &[&token[..], &[0]].concat()] {
        assert_eq!(refused(&world, ENROLL_PATH, &cbor(&request(bad))).await, words);
    }
    for _ in 0..2 {
        let answer = world.agent_post(ENROLL_PATH).body(&cbor(&request(&token))).send().await;
        assert_eq!(answer.status, 200);
    }
    assert_eq!(refused(&world, ENROLL_PATH, &cbor(&request(&token))).await, words);

    let expired = world.token(1).await;
    world.clock.advance(3601);
    assert_eq!(refused(&world, ENROLL_PATH, &cbor(&request(&expired))).await, words);

    let console = Actor::Console("test".to_owned());
    let made = command::create_token(&world.state.ctx, &console, world.cluster, 3600, 1).await;
    let (id, secret) = made.unwrap();
    command::revoke_token(&world.state.ctx, &console, id).await.unwrap();
    assert_eq!(refused(&world, ENROLL_PATH, &cbor(&request(&secret))).await, words);
}

#[tokio::test]
async fn facts_and_keys_have_limits_that_are_named() {
    let world = World::new().await;
    let token = world.token(100).await;
    let good = request(&token);
    let host = TpmHost::healthy("h1");
    let keys = host.identity();
    let with = |edit: &dyn Fn(&mut EnrollRequest)| {
        let mut request = good.clone();
        edit(&mut request);
        cbor(&request)
    };
    let before = world.events().await;
    for (body, words) in [
        (with(&|r| r.version = 2), "400 version: the agent speaks version 2"),
        (with(&|r| r.facts.hostname = "x".repeat(257)), "422 facts: hostname: 257 bytes, at most"),
        (with(&|r| r.facts.hostname = " ".into()), "422 facts: hostname: it is empty"),
        (with(&|r| r.facts.kernel = Some("a\nb".into())), "422 facts: kernel: it has control"),
        (
            with(&|r| {
                let mut keys = keys.clone();
                keys.ek_certificate = Some(Bytes(vec![0; 8193]));
                r.tpm = Some(keys);
            }),
            "422 keys: EK certificate: 8193 bytes, at most 8192",
        ),
        (
            with(&|r| {
                let mut keys = keys.clone();
                keys.ak_public.0.pop();
                r.tpm = Some(keys);
            }),
            "422 keys: AK public area",
        ),
        (
            with(&|r| {
                let mut weak = TpmHost::healthy("h1");
                // Not fixedTPM (TPM 2.0 Part 2, 8.3.3.2): the key could have been imported.
                weak.scene.ak_public.attributes ^= 1 << 1;
                r.tpm = Some(weak.identity());
            }),
            "422 key.ak-attributes",
        ),
    ] {
        let refused = refused(&world, ENROLL_PATH, &body).await;
        assert!(refused.starts_with(words), "{refused} instead of {words}");
    }
    assert_eq!(world.events().await, before);
}

#[tokio::test]
async fn only_the_tpm_itself_finishes_an_enrolment() {
    let world = World::new().await;
    let host = TpmHost::healthy("h1");
    let token = world.token(2).await;
    let body = EnrollRequest { facts: host.facts(), tpm: Some(host.identity()), ..request(&token) };
    let begin = || async {
        let answer = world.agent_post(ENROLL_PATH).body(&cbor(&body)).send().await;
        match ciborium::from_reader(&answer.body[..]).unwrap() {
            EnrollResponse::Activate { enrolment, credential } => (enrolment, credential),
            other @ EnrollResponse::Enrolled { .. } => panic!("{other:?}"),
        }
    };
    let finish = |enrolment: EnrolmentId, secret: Vec<u8>| {
        let body = cbor(&ActivateRequest { enrolment, secret: secret.into() });
        world.agent_post(ACTIVATE_PATH).body(&body).send()
    };
    let (enrolment, credential) = begin().await;
    let secret = host.activate(&credential);
    let unknown = finish(EnrolmentId::from_random([9; 16]), secret.clone()).await.agent_refusal();
    assert!(unknown.starts_with("404 not-found: there is no such enrolment"), "{unknown}");
    let wrong = finish(enrolment, vec![7; 32]).await.agent_refusal();
    assert!(wrong.starts_with("422 invalid: secret"), "{wrong}");
    // One guess is all there is.
    assert_eq!(finish(enrolment, secret).await.status, 404);
    assert!(!world.events().await.contains(&"host-enrolled"));

    let (enrolment, credential) = begin().await;
    world.clock.advance(301);
    assert_eq!(finish(enrolment, host.activate(&credential)).await.status, 404);
    assert!(!world.events().await.contains(&"host-enrolled"));
}

#[tokio::test]
async fn a_flood_of_requests_is_told_to_wait() {
    let world = World::new().await;
    let body = cbor(&request(&[0; 32]));
    let mut last = String::new();
    for _ in 0..501 {
        last = refused(&world, ENROLL_PATH, &body).await;
    }
    assert!(last.starts_with("429 too-many: "), "{last}");
}
