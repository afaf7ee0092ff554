//! Signing in and out, by password and by link.

use trustboard_model::bytes::to_hex;
use trustboard_model::event::Actor;
use trustboard_model::role::Role;
use trustboard_server::auth::password;
use trustboard_server::command;

use crate::support::World;

const PASSWORD: &str = "correct horse battery";

async fn with_operator() -> World {
    let world = World::new().await;
    let hash = password::hash(PASSWORD, &[1; password::SALT]).unwrap();
    let console = Actor::Console("test".to_owned());
    let (ctx, role) = (&world.state.ctx, Role::Operator);
    command::create_operator(ctx, &console, "alice", role, Some(hash)).await.unwrap();
    world
}

fn form(name: &str, password: &str) -> String {
    format!("name={name}&password={}&then=%2Fhosts%2F1", password.replace(' ', "+"))
}

#[tokio::test]
async fn a_password_opens_a_session_and_leads_back() {
    let world = with_operator().await;
    let answer = world.post("/sign-in").form(&form("alice", PASSWORD)).send().await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/hosts/1"));
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
    let session = answer.session().unwrap();
    assert_eq!(world.get("/api/v1/inventory").by(&session).send().await.status, 200);
    assert_eq!(world.get("/").by(&session).send().await.status, 200);

    let out = world.post("/sign-out").by(&session).send().await;
    assert_eq!((out.status.as_u16(), out.location()), (303, "/sign-in"));
    assert!(out.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    let refused = world.get("/api/v1/inventory").by(&session).send().await.refusal();
    assert_eq!(refused, "401 sign-in-required: sign in first");
    assert_eq!(world.events().await[2..], ["operator-created", "signed-in", "signed-out"]);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_look_the_same() {
    let world = with_operator().await;
    for name in ["alice", "nobody"] {
        let answer = world.post("/sign-in").form(&form(name, "wrong")).send().await;
        let expected = format!("/sign-in?refused=wrong-credentials&name={name}&then=%2Fhosts%2F1");
        assert_eq!((answer.status.as_u16(), answer.location()), (303, &*expected));
        assert!(answer.session().is_none());
    }
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let world = with_operator().await;
    let form = format!("name=alice&password={}&then=//evil.example", PASSWORD.replace(' ', "+"));
    let answer = world.post("/sign-in").form(&form).send().await;
    assert_eq!(answer.location(), "/");
}

#[tokio::test]
async fn guessing_is_slowed_down_for_one_name_and_other_names_go_on() {
    let world = with_operator().await;
    for _ in 0..10 {
        world.post("/sign-in").form(&form("alice", "guess")).send().await;
    }
    let answer = world.post("/sign-in").form(&form("alice", PASSWORD)).send().await;
    assert!(answer.location().starts_with("/sign-in?refused=too-many&retry=30"), "{answer:?}");
    let other = world.post("/sign-in").form(&form("bob", "guess")).send().await;
    assert!(other.location().starts_with("/sign-in?refused=wrong-credentials"));
    world.clock.advance(30);
    let answer = world.post("/sign-in").form(&form("alice", PASSWORD)).send().await;
    assert_eq!(answer.location(), "/hosts/1");
}

#[tokio::test]
async fn a_link_signs_in_once_and_not_after_it_has_expired() {
    let world = with_operator().await;
    let console = Actor::Console("test".to_owned());
    let page = world.get("/sign-in/link").send().await;
    assert_eq!(page.status, 200);
    assert!(page.headers["content-security-policy"].to_str().unwrap().contains("'nonce-"));

    let mut codes = Vec::new();
    for _ in 0..2 {
        let code = command::create_sign_in_code(&world.state.ctx, &console, "alice", 60).await;
        codes.push(format!("code={}", to_hex(&code.unwrap())));
    }
    let first = world.post("/sign-in").form(&codes[0]).send().await;
    assert!(first.session().is_some() && first.location() == "/");
    let again = world.post("/sign-in").form(&codes[0]).send().await;
    assert_eq!(again.location(), "/sign-in?refused=link-used");
    world.clock.advance(61);
    for late in [&*codes[1], "code=00", "code=zz"] {
        let answer = world.post("/sign-in").form(late).send().await;
        assert_eq!(answer.location(), "/sign-in?refused=link-used");
        assert!(answer.session().is_none());
    }
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_after_a_week() {
    let world = World::new().await;
    let idle = world.sign_in("idle", Role::Viewer).await;
    let busy = world.sign_in("busy", Role::Viewer).await;
    let mut hours = 0;
    let refused = loop {
        world.clock.advance(3 * 3600);
        hours += 3;
        let answer = world.get("/api/v1/inventory").by(&busy).send().await;
        if answer.status != 200 {
            break answer;
        }
        if hours == 15 {
            let answer = world.get("/api/v1/inventory").by(&idle).send().await;
            assert_eq!(answer.status, 401);
        }
        assert!(hours <= 7 * 24, "a session does not last for ever");
    };
    assert_eq!(refused.refusal(), "401 sign-in-required: sign in first");
    assert!(hours > 6 * 24, "a session in use lasts: {hours} h");
}
