//! Operators, sessions and sign-in codes.

use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Rights;
use trustboard_model::role::Role;
use trustboard_server::command::{self, SignedIn};
use trustboard_server::query;

use super::{Database, World, conflicts, console, invalid_field, missing};

const HOUR: i64 = 3600;

async fn ada<D: Database>(world: &World<D>) {
    let hash = Some("$argon2id$1".to_owned());
    command::create_operator(&world.ctx, &console(), "ada", Role::Operator, hash).await.unwrap();
}

async fn signed_in<D: Database>(world: &World<D>) -> SignedIn {
    command::sign_in(&world.ctx, "ada", true).await.unwrap()
}

async fn is_in<D: Database>(world: &World<D>, session: &SignedIn) -> bool {
    query::session(&world.ctx, &session.secret).await.unwrap().is_some()
}

pub async fn passwords_let_in_and_refusals_are_events<D: Database>() {
    let world = World::<D>::new().await;
    ada(&world).await;
    let ctx = &world.ctx;
    let hash = query::password_hash(ctx, "ada").await.unwrap();
    assert_eq!(hash.as_deref(), Some("$argon2id$1"));
    assert_eq!(query::password_hash(ctx, "bob").await.unwrap(), None);
    let before = world.seq().await;
    for (name, verified) in [("ada", false), ("bob", true), ("\u{1b}[2J", false)] {
        let refused = command::sign_in(ctx, name, verified).await;
        assert_eq!(refused, Err(Refusal::WrongCredentials));
    }
    assert_eq!(world.codes_after(before).await, ["sign-in-refused"; 3]);
    let before = world.seq().await;
    let session = signed_in(&world).await;
    assert_eq!(world.codes_after(before).await, ["signed-in"]);
    let viewer = query::session(ctx, &session.secret).await.unwrap().unwrap();
    assert_eq!((viewer.name.as_str(), viewer.rights.clone()), ("ada", Role::Operator.into()));
    assert_eq!(viewer, session.viewer);
    assert_eq!(query::session(ctx, b"forged").await.unwrap(), None);
    assert!(!format!("{session:?}").contains(&format!("{:?}", session.secret)));
}

pub async fn sessions_end_when_idle_when_old_and_when_told<D: Database>() {
    let world = World::<D>::new().await;
    ada(&world).await;
    let idle = signed_in(&world).await;
    world.clock.advance(12 * HOUR - 1);
    assert!(is_in(&world, &idle).await);
    world.clock.advance(1);
    assert!(!is_in(&world, &idle).await);

    let busy = signed_in(&world).await;
    for _ in 0..167 {
        world.clock.advance(HOUR);
        assert!(is_in(&world, &busy).await);
        command::touch_session(&world.ctx, &busy.secret).await.unwrap();
    }
    world.clock.advance(HOUR);
    assert!(!is_in(&world, &busy).await, "a week is the most");

    let ended = signed_in(&world).await;
    let before = world.seq().await;
    command::sign_out(&world.ctx, &ended.secret).await.unwrap();
    command::sign_out(&world.ctx, &ended.secret).await.unwrap();
    assert!(!is_in(&world, &ended).await);
    assert_eq!(world.codes_after(before).await, ["signed-out"]);
}

pub async fn a_new_password_ends_sessions_and_a_new_role_counts_at_once<D: Database>() {
    let world = World::<D>::new().await;
    ada(&world).await;
    let ctx = &world.ctx;
    let session = signed_in(&world).await;
    let before = world.seq().await;
    let role = || Some(Rights::everywhere(Role::Viewer));
    command::change_operator(ctx, &console(), "ada", role(), None).await.unwrap();
    command::change_operator(ctx, &console(), "ada", role(), None).await.unwrap();
    let viewer = query::session(ctx, &session.secret).await.unwrap().unwrap();
    assert_eq!(viewer.rights, Role::Viewer.into());
    let hash = Some("$argon2id$2".to_owned());
    command::change_operator(ctx, &console(), "ada", None, hash.clone()).await.unwrap();
    assert!(!is_in(&world, &session).await);
    assert_eq!(query::password_hash(ctx, "ada").await.unwrap(), hash);
    assert_eq!(world.codes_after(before).await, ["operator-changed"; 2]);
    let nobody = command::change_operator(ctx, &console(), "bob", role(), None).await;
    assert_eq!(missing(nobody), "operator");
}

pub async fn codes_let_in_once_and_expire<D: Database>() {
    let world = World::<D>::new().await;
    ada(&world).await;
    let ctx = &world.ctx;
    let before = world.seq().await;
    let code = command::create_sign_in_code(ctx, &console(), "ada", 60).await.unwrap();
    let session = command::sign_in_with_code(ctx, &code).await.unwrap();
    assert!(is_in(&world, &session).await);
    let again = command::sign_in_with_code(ctx, &code).await;
    assert_eq!(again, Err(Refusal::WrongCredentials));
    let late = command::create_sign_in_code(ctx, &console(), "ada", 60).await.unwrap();
    world.clock.advance(60);
    assert_eq!(command::sign_in_with_code(ctx, &late).await, Err(Refusal::WrongCredentials));
    let codes = world.codes_after(before).await;
    let refused = "sign-in-refused";
    assert_eq!(codes, ["operator-changed", "signed-in", refused, "operator-changed", refused]);
    let endless = command::create_sign_in_code(ctx, &console(), "ada", u32::MAX).await;
    assert_eq!(invalid_field(endless), "ttl_s");
    let nobody = command::create_sign_in_code(ctx, &console(), "bob", 60).await;
    assert_eq!(missing(nobody), "operator");
}

pub async fn names_are_bounded_and_unique<D: Database>() {
    let world = World::<D>::new().await;
    ada(&world).await;
    let create = |name: &'static str| {
        let ctx = world.ctx.clone();
        async move { command::create_operator(&ctx, &console(), name, Role::Viewer, None).await }
    };
    assert!(conflicts(create("Ada").await));
    assert_eq!(invalid_field(create("ada lovelace").await), "name");
    create("bob").await.unwrap();
}
