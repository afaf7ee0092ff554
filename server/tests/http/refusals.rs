//! What is asked wrongly, or about things that are not there.

use serde_json::json;
use trustboard_model::role::Role;

use crate::support::World;
use crate::support::agent::enrol;

const NOWHERE: &str = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";

#[tokio::test]
async fn unknown_things_are_named() {
    let world = World::new().await;
    let admin = world.sign_in("root", Role::Administrator).await;
    let host = enrol(&world, "h1").await.host;
    for id in [NOWHERE, "1", "%2e%2e", "x'--"] {
        for (path, what) in [
            (format!("/api/v1/datacenters/{id}/security"), "datacenter"),
            (format!("/api/v1/hosts/{id}"), "host"),
            (format!("/api/v1/hosts/{id}/row"), "host"),
            (format!("/api/v1/hosts/{host}/jobs/{id}"), "job"),
        ] {
            let refused = world.get(&path).by(&admin).send().await.refusal();
            assert_eq!(refused, format!("404 not-found: there is no such {what}"), "{path}");
        }
    }
    let body = json!({ "revision": 1 });
    let path = format!("/api/v1/hosts/{NOWHERE}/verify-now");
    let refused = world.post(&path).by(&admin).json(&body).send().await.refusal();
    assert_eq!(refused, "404 not-found: there is no such host");
    let path = format!("/api/v1/hosts/{host}/explode");
    let refused = world.post(&path).by(&admin).json(&body).send().await.refusal();
    assert_eq!(refused, "404 not-found: there is no such action");
    let refused = world.get("/api/v2/inventory").by(&admin).send().await.refusal();
    assert_eq!(refused, "404 not-found: there is no such endpoint");
}

#[tokio::test]
async fn a_filter_that_means_nothing_is_named() {
    let world = World::new().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    let path = format!("/api/v1/datacenters/{}/security?attestation=good", world.datacenter);
    let refused = world.get(&path).by(&viewer).send().await.refusal();
    assert!(refused.starts_with("422 invalid: attestation: expected"), "{refused}");
    let path = format!("/api/v1/datacenters/{}/security?q=%00%27--&page=2", world.datacenter);
    assert_eq!(world.get(&path).by(&viewer).send().await.status, 200);
}

#[tokio::test]
async fn bodies_that_are_no_commands_are_refused_with_the_field() {
    let world = World::new().await;
    let operator = world.sign_in("olga", Role::Operator).await;
    let host = enrol(&world, "h1").await.host;
    let path = format!("/api/v1/hosts/{host}/reset");
    let before = world.events().await;
    for (body, words) in [
        ("", "body: not JSON"),
        ("{", "body: not JSON"),
        ("[]", "body: "),
        ("{}", "body: "),
        (r#"{"revision":-1,"reason":"x"}"#, "body: "),
        (r#"{"revision":1}"#, "reason: is missing"),
        (r#"{"revision":1,"reason":"x","colour":"green"}"#, "body: "),
        (r#"{"revision":1,"reason":"x","comment":"y"}"#, "comment: does not belong to reset"),
        (r#"{"revision":1,"reason":""}"#, "reason: "),
    ] {
        let ask = world.post(&path).by(&operator).header("content-type", "application/json");
        let refused = ask.body(body.as_bytes()).send().await.refusal();
        assert!(refused.starts_with(&format!("422 invalid: {words}")), "{body}: {refused}");
    }
    let long = json!({ "revision": 1, "reason": "x".repeat(1001) });
    let refused = world.post(&path).by(&operator).json(&long).send().await.refusal();
    assert!(refused.contains("1000"), "{refused}");
    let huge = json!({ "revision": 1, "reason": "x".repeat(40_000) });
    let refused = world.post(&path).by(&operator).json(&huge).send().await.refusal();
    assert_eq!(refused, "422 invalid: body: longer than 32768 bytes");
    let ask = world.post(&path).by(&operator).form("revision=1&reason=x");
    assert!(ask.send().await.refusal().contains("expected content-type: application/json"));
    assert_eq!(world.events().await, before);
}
