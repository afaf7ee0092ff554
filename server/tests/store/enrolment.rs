//! Tokens and enrolments.

use trustboard_model::bytes::to_hex;
use trustboard_model::event::Actor;
use trustboard_model::host::{Attestation, IdentityState, Presence};
use trustboard_model::id::{ClusterId, EnrolmentId, TokenId};
use trustboard_model::rights::Sees;
use trustboard_model::view::Message;
use trustboard_server::{command, query};

use super::evidence::{SoftTpm, TPM};
use super::{Database, START, TOKEN_S, World, console, facts, facts_with_tpm};
use super::{invalid_field, missing};

const SECRET: [u8; 32] = [0x5A; 32];

pub async fn a_host_without_tpm_enrols_and_its_name_is_numbered<D: Database>() {
    let world = World::<D>::new().await;
    let (_, web) = world.berlin().await;
    let token = world.token(web, 5).await;
    let ctx = &world.ctx;
    assert_eq!(query::token_cluster(ctx, &token).await.unwrap(), Some(web));
    let before = world.seq().await;
    let (host, credential) =
        command::enrol_without_tpm(ctx, &token, &facts("web-1")).await.unwrap();
    assert_eq!(world.codes_after(before).await, ["host-enrolled"]);
    assert_eq!(query::host_by_credential(ctx, &credential).await.unwrap(), Some(host));
    assert_eq!(query::host_by_credential(ctx, b"forged").await.unwrap(), None);
    let row = world.row(host).await;
    assert_eq!((row.name.as_str(), row.revision), ("web-1", 1));
    assert_eq!((row.identity, row.presence), (IdentityState::None, Presence::NotResponding));
    assert_eq!((row.attestation, row.last_verified), (Attestation::Unknown, None));
    assert_eq!(row.message, Message::NotResponding { since: START });
    for name in ["web-1-2", "web-1-3"] {
        let (second, _) = command::enrol_without_tpm(ctx, &token, &facts("web-1")).await.unwrap();
        assert_eq!(world.row(second).await.name, name);
    }
    let nameless = command::enrol_without_tpm(ctx, &token, &facts("\n")).await;
    assert_eq!(invalid_field(nameless), "facts.hostname");
}

pub async fn tokens_expire_are_used_up_and_can_be_revoked<D: Database>() {
    let world = World::<D>::new().await;
    let (_, web) = world.berlin().await;
    let ctx = &world.ctx;
    let facts = facts("web-1");
    let used = world.token(web, 1).await;
    command::enrol_without_tpm(ctx, &used, &facts).await.unwrap();
    let (id, revoked) = command::create_token(ctx, &console(), web, TOKEN_S, 9).await.unwrap();
    let before = world.seq().await;
    command::revoke_token(ctx, &console(), id).await.unwrap();
    command::revoke_token(ctx, &console(), id).await.unwrap();
    assert_eq!(world.codes_after(before).await, ["token-revoked"]);
    let late = world.token(web, 9).await;
    world.clock.advance(i64::from(TOKEN_S));
    let before = world.seq().await;
    for token in [used, revoked, late, [0; 32]] {
        assert_eq!(query::token_cluster(ctx, &token).await.unwrap(), None);
        let refused = command::enrol_without_tpm(ctx, &token, &facts).await;
        assert_eq!(invalid_field(refused), "token");
        let refused = command::begin_enrolment(ctx, &token, &facts, &TPM.keys(), &SECRET).await;
        assert_eq!(invalid_field(refused), "token");
    }
    assert!(world.codes_after(before).await.is_empty());
    let lost = TokenId::from_random([1; 16]);
    assert_eq!(missing(command::revoke_token(ctx, &console(), lost).await), "token");
    let nowhere = ClusterId::from_random([1; 16]);
    let lost = command::create_token(ctx, &console(), nowhere, 60, 1).await;
    assert_eq!(missing(lost), "cluster");
    for (ttl_s, uses, field) in [(0, 1, "ttl_s"), (u32::MAX, 1, "ttl_s"), (60, 0, "uses")] {
        let refused = command::create_token(ctx, &console(), web, ttl_s, uses).await;
        assert_eq!(invalid_field(refused), field);
    }
}

pub async fn keys_are_on_record_once_the_secret_is_proven<D: Database>() {
    let world = World::<D>::new().await;
    let (_, web) = world.berlin().await;
    let ctx = &world.ctx;
    let token = world.token(web, 1).await;
    let facts = facts_with_tpm("web-1");
    let keys = TPM.keys();
    let before = world.seq().await;
    let id = command::begin_enrolment(ctx, &token, &facts, &keys, &SECRET).await.unwrap();
    assert_eq!(query::host_by_credential(ctx, &SECRET).await.unwrap(), None);
    let host = command::finish_enrolment(ctx, id, &SECRET).await.unwrap();
    assert_eq!(world.codes_after(before).await, ["host-enrolled", "identity-changed"]);
    assert_eq!(query::host_by_credential(ctx, &SECRET).await.unwrap(), Some(host));
    let page = query::host(ctx, &Sees::Everything, host).await.unwrap();
    assert_eq!(page.identity.state, IdentityState::Enrolled);
    assert_eq!((page.identity.ek, page.identity.ak), (Some(keys.ek()), Some(keys.ak())));
    assert_eq!(page.row.tpm_version.as_deref(), Some("2.0"));
    assert!(page.events.iter().all(|event| event.actor == Actor::Host));
    let context = query::verification(ctx, host).await.unwrap().unwrap();
    let identity = context.identity.unwrap();
    assert_eq!(identity.tpm, TPM.identity);
    assert!(!identity.approved_by_operator);

    let before = world.seq().await;
    assert_eq!(command::finish_enrolment(ctx, id, &SECRET).await, Ok(host), "the answer was lost");
    assert_eq!(invalid_field(command::finish_enrolment(ctx, id, b"x").await), "secret");
    assert!(world.codes_after(before).await.is_empty());
    assert_eq!(query::token_cluster(ctx, &token).await.unwrap(), None, "used up");
}

pub async fn a_wrong_secret_uses_the_enrolment_up<D: Database>() {
    let world = World::<D>::new().await;
    let (_, web) = world.berlin().await;
    let ctx = &world.ctx;
    let token = world.token(web, 1).await;
    let facts = facts_with_tpm("web-1");
    let id = command::begin_enrolment(ctx, &token, &facts, &TPM.keys(), &SECRET).await.unwrap();
    assert_eq!(invalid_field(command::finish_enrolment(ctx, id, &[1; 32]).await), "secret");
    missing(command::finish_enrolment(ctx, id, &SECRET).await);
    assert_eq!(query::token_cluster(ctx, &token).await.unwrap(), Some(web), "not used");
    let lost = EnrolmentId::from_random([2; 16]);
    missing(command::finish_enrolment(ctx, lost, &SECRET).await);
}

pub async fn a_running_enrolment_reserves_a_use_until_it_expires<D: Database>() {
    let world = World::<D>::new().await;
    let (_, web) = world.berlin().await;
    let ctx = &world.ctx;
    let token = world.token(web, 1).await;
    let facts = facts_with_tpm("web-1");
    let id = command::begin_enrolment(ctx, &token, &facts, &TPM.keys(), &SECRET).await.unwrap();
    let other = SoftTpm::new().keys();
    let second = command::begin_enrolment(ctx, &token, &facts, &other, &[1; 32]).await;
    assert_eq!(invalid_field(second), "token");
    world.clock.advance(300);
    missing(command::finish_enrolment(ctx, id, &SECRET).await);
    let id = command::begin_enrolment(ctx, &token, &facts, &other, &[1; 32]).await.unwrap();
    command::finish_enrolment(ctx, id, &[1; 32]).await.unwrap();
}

pub async fn secrets_are_not_in_the_database<D: Database>() {
    let world = World::<D>::new().await;
    let (_, web) = world.berlin().await;
    let ctx = &world.ctx;
    let token = world.token(web, 2).await;
    let facts = facts_with_tpm("web-1");
    let id = command::begin_enrolment(ctx, &token, &facts, &TPM.keys(), &SECRET).await.unwrap();
    command::finish_enrolment(ctx, id, &SECRET).await.unwrap();
    let role = trustboard_model::role::Role::Viewer;
    command::create_operator(ctx, &console(), "ada", role, None).await.unwrap();
    let code = command::create_sign_in_code(ctx, &console(), "ada", 60).await.unwrap();
    let session =
        command::sign_in(ctx, "ada", true, &command::From::default()).await.unwrap().secret;
    let stored = world.db.bytes().await;
    let holds = |part: &[u8]| stored.windows(part.len()).any(|window| window == part);
    assert!(holds(b"web-1"), "this looks at the right bytes");
    for secret in [token, SECRET, code, session] {
        assert!(!holds(&secret) && !holds(to_hex(&secret).as_bytes()));
    }
}
