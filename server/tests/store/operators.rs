//! Operators, sessions and sign-in codes.

use trustboard_model::event::Actor;
use trustboard_model::id::OperatorId;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Rights;
use trustboard_model::role::Role;
use trustboard_model::view::{NewKey, Viewer};
use trustboard_server::command::{self, SignedIn};
use trustboard_server::query;

use super::{Database, World, conflicts, console, invalid_field, missing, viewer};

const HOUR: i64 = 3600;

/// The problem of a conflict.
fn problem<T: std::fmt::Debug>(result: Result<T, Refusal>) -> String {
    match result.unwrap_err() {
        Refusal::Conflict { problem } => problem,
        other => panic!("no conflict: {other:?}"),
    }
}

async fn ada<D: Database>(world: &World<D>) {
    let hash = Some("$argon2id$1".to_owned());
    command::create_operator(&world.ctx, &console(), "ada", Role::Operator, hash).await.unwrap();
}

async fn signed_in<D: Database>(world: &World<D>) -> SignedIn {
    command::sign_in(&world.ctx, "ada", true, &command::From::default()).await.unwrap()
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
        let refused = command::sign_in(ctx, name, verified, &command::From::default()).await;
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

pub async fn a_reset_password_ends_sessions_and_new_roles_count_at_once<D: Database>() {
    let world = World::<D>::new().await;
    ada(&world).await;
    let ctx = &world.ctx;
    let root = viewer("root", Role::Administrator);
    let session = signed_in(&world).await;
    let id = session.viewer.id;
    let before = world.seq().await;
    let (old, new) = (Rights::everywhere(Role::Operator), Rights::everywhere(Role::Viewer));
    assert!(command::set_rights(ctx, &root, id, &old, &new).await.unwrap().changed);
    assert!(!command::set_rights(ctx, &root, id, &old, &new).await.unwrap().changed);
    let viewer = query::session(ctx, &session.secret).await.unwrap().unwrap();
    assert_eq!(viewer.rights, new);
    let stale = command::set_rights(ctx, &root, id, &old, &Rights::default()).await;
    assert!(problem(stale).contains("have changed since"));
    let (name, code) = command::reset_password(ctx, &root, id).await.unwrap();
    assert_eq!(name, "ada");
    assert!(!is_in(&world, &session).await);
    assert_eq!(query::password_hash(ctx, "ada").await.unwrap(), None);
    let again = command::sign_in_with_code(ctx, &code.secret, &command::From::default()).await;
    assert_eq!(again.unwrap().viewer.name, "ada");
    let codes = ["operator-changed", "password-reset", "sign-in-link-made", "signed-in"];
    assert_eq!(world.codes_after(before).await, codes);
    let nobody = OperatorId::from_random([77; 16]);
    assert_eq!(missing(command::reset_password(ctx, &root, nobody).await), "operator");
    let olga = super::viewer("olga", Role::Approver);
    let refused = command::set_rights(ctx, &olga, id, &new, &old).await;
    assert_eq!(refused.unwrap_err(), Refusal::Forbidden { needs: Role::Administrator });
}

pub async fn the_last_administrator_stays_and_nobody_disables_themselves<D: Database>() {
    let world = World::<D>::new().await;
    let ctx = &world.ctx;
    let all = || Rights::everywhere(Role::Administrator);
    let ada = command::create_operator(ctx, &console(), "ada", all(), None).await.unwrap();
    let bob = command::create_operator(ctx, &console(), "bob", all(), None).await.unwrap();
    let as_ada = Viewer::everywhere(ada, "ada", Role::Administrator);
    let as_bob = Viewer::everywhere(bob, "bob", Role::Administrator);
    let own = command::disable_operator(ctx, &as_ada, ada, "done").await;
    assert!(problem(own).contains("themselves"));
    assert!(command::disable_operator(ctx, &as_ada, bob, "left").await.unwrap().changed);
    assert!(!command::disable_operator(ctx, &as_ada, bob, "left").await.unwrap().changed);
    for refused in [
        command::set_rights(ctx, &as_ada, ada, &all(), &Rights::default()).await,
        command::disable_operator(ctx, &as_bob, ada, "revenge").await,
    ] {
        assert!(problem(refused).contains("the last administrator"));
    }
    assert!(command::enable_operator(ctx, &as_ada, bob).await.unwrap().changed);
    command::set_rights(ctx, &as_ada, ada, &all(), &Rights::default()).await.unwrap();
}

pub async fn whoever_is_disabled_gets_in_in_no_way<D: Database>() {
    let world = World::<D>::new().await;
    ada(&world).await;
    let ctx = &world.ctx;
    let root = viewer("root", Role::Administrator);
    let session = signed_in(&world).await;
    let new = NewKey { name: "ci".to_owned(), role: Role::Viewer, datacenters: None, days: 90 };
    let key = command::create_key(ctx, &session.viewer, &new).await.unwrap();
    let code = command::create_sign_in_code(ctx, &console(), "ada", 60).await.unwrap();
    command::disable_operator(ctx, &root, session.viewer.id, "left").await.unwrap();
    assert!(!is_in(&world, &session).await);
    assert_eq!(query::api_key(ctx, &key.secret).await.unwrap(), None);
    assert_eq!(query::password_hash(ctx, "ada").await.unwrap(), None);
    let from = command::From::default();
    let by_code = command::sign_in_with_code(ctx, &code, &from).await;
    assert_eq!(by_code, Err(Refusal::WrongCredentials));
    let by_password = command::sign_in(ctx, "ada", true, &from).await;
    assert_eq!(by_password, Err(Refusal::WrongCredentials));
    assert!(conflicts(command::create_sign_in_code(ctx, &console(), "ada", 60).await));
    command::enable_operator(ctx, &root, session.viewer.id).await.unwrap();
    let with_key = query::api_key(ctx, &key.secret).await.unwrap().unwrap();
    assert_eq!(with_key.actor(), Actor::of_operator("ada", Some("ci")));
}

pub async fn a_key_may_at_most_what_its_owner_may<D: Database>() {
    let world = World::<D>::new().await;
    ada(&world).await;
    let ctx = &world.ctx;
    let ada = signed_in(&world).await.viewer;
    let (berlin, _) = world.berlin().await;
    let new = |name: &str| NewKey {
        name: name.to_owned(),
        role: Role::Operator,
        datacenters: Some(vec![berlin]),
        days: 1,
    };
    let before = world.seq().await;
    let key = command::create_key(ctx, &ada, &new("ci")).await.unwrap();
    let holder = || async { query::api_key(ctx, &key.secret).await.unwrap() };
    let rights = || async { holder().await.map(|viewer| viewer.rights) };
    assert_eq!(rights().await, Some(Rights::only_in(berlin, Role::Operator)));
    let root = viewer("root", Role::Administrator);
    let (old, less) = (Rights::everywhere(Role::Operator), Rights::everywhere(Role::Viewer));
    command::set_rights(ctx, &root, ada.id, &old, &less).await.unwrap();
    assert_eq!(rights().await, Some(Rights::only_in(berlin, Role::Viewer)));
    command::set_rights(ctx, &root, ada.id, &less, &Rights::default()).await.unwrap();
    assert_eq!(rights().await, Some(Rights::default()));
    // A key makes no keys, and manages nothing that is its owner's.
    let by_key = holder().await.unwrap();
    let refused = command::create_key(ctx, &by_key, &new("more")).await.err();
    assert_eq!(refused, Some(Refusal::NotWithKey));
    assert!(conflicts(command::create_key(ctx, &ada, &new("CI")).await.map(|_| ())));
    for (bad, field) in [
        (NewKey { name: " ".to_owned(), ..new("x") }, "name"),
        (NewKey { days: 367, ..new("x") }, "days"),
        (NewKey { role: Role::Administrator, ..new("x") }, "role"),
        (NewKey { datacenters: Some(Vec::new()), ..new("x") }, "datacenters"),
    ] {
        let refused = command::create_key(ctx, &ada, &bad).await.map(|_| ());
        assert_eq!(invalid_field(refused), field);
    }
    world.clock.advance(24 * HOUR);
    assert_eq!(holder().await, None, "it has expired");
    let codes = ["key-created", "operator-changed", "operator-changed"];
    assert_eq!(world.codes_after(before).await, codes);
}

pub async fn codes_let_in_once_and_expire<D: Database>() {
    let world = World::<D>::new().await;
    ada(&world).await;
    let ctx = &world.ctx;
    let before = world.seq().await;
    let code = command::create_sign_in_code(ctx, &console(), "ada", 60).await.unwrap();
    let session = command::sign_in_with_code(ctx, &code, &command::From::default()).await.unwrap();
    assert!(is_in(&world, &session).await);
    let again = command::sign_in_with_code(ctx, &code, &command::From::default()).await;
    assert_eq!(again, Err(Refusal::WrongCredentials));
    let late = command::create_sign_in_code(ctx, &console(), "ada", 60).await.unwrap();
    world.clock.advance(60);
    assert_eq!(
        command::sign_in_with_code(ctx, &late, &command::From::default()).await,
        Err(Refusal::WrongCredentials)
    );
    let codes = world.codes_after(before).await;
    let refused = "sign-in-refused";
    let made = "sign-in-link-made";
    assert_eq!(codes, [made, "signed-in", refused, made, refused]);
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
