//! What each role may do.

use serde_json::{Value, json};
use trustboard_model::role::Role;

use crate::support::World;
use crate::support::agent::enrol;

fn actions() -> Vec<(&'static str, Value)> {
    let reason = json!({ "revision": 0, "reason": "because" });
    vec![
        ("verify-now", json!({ "revision": 0 })),
        ("verify-then-reset", reason.clone()),
        ("acknowledge", json!({ "revision": 0, "comment": "mine" })),
        ("reset", reason.clone()),
        ("enter-maintenance", reason.clone()),
        ("leave-maintenance", json!({ "revision": 0 })),
        ("disconnect", reason.clone()),
        ("connect", json!({ "revision": 0 })),
        ("confirm-reset", json!({ "revision": 0 })),
        ("decline-reset", reason.clone()),
        ("accept-identity", reason),
    ]
}

#[tokio::test]
async fn a_viewer_reads_everything_and_does_nothing() {
    let world = World::new().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    let host = enrol(&world, "h1").await.host;
    let datacenter = world.datacenter;
    for path in [
        "/api/v1/inventory".to_owned(),
        format!("/api/v1/datacenters/{datacenter}/security"),
        format!("/api/v1/hosts/{host}"),
        format!("/api/v1/hosts/{host}/row"),
        "/api/v1/audit".to_owned(),
    ] {
        assert_eq!(world.get(&path).by(&viewer).send().await.status, 200, "{path}");
    }
    let before = world.events().await;
    for (action, body) in actions() {
        let path = format!("/api/v1/hosts/{host}/{action}");
        let answer = world.post(&path).by(&viewer).json(&body).send().await;
        let needs = if action == "accept-identity" { "approver" } else { "operator" };
        let refused = format!("403 forbidden: this needs the role {needs}");
        assert_eq!(answer.refusal(), refused, "{action}");
        // The server function that buttons and forms use.
        let form = format!("host={host}&revision=0&action={action}&text=because&minutes=");
        let answer = world.post("/api/ui/act").by(&viewer).form(&form).send().await;
        assert_eq!(answer.status, 403, "{action}: {answer:?}");
    }
    assert_eq!(world.events().await, before);
}

#[tokio::test]
async fn only_administrators_manage_the_inventory() {
    let world = World::new().await;
    let operator = world.sign_in("olga", Role::Operator).await;
    let admin = world.sign_in("root", Role::Administrator).await;
    let datacenter = json!({ "name": "Lyon" });
    let cluster = json!({ "datacenter": world.datacenter, "name": "Rack-2", "interval_s": 60 });
    let token = json!({ "cluster": world.cluster, "uses": 3, "ttl_s": 3600 });
    for (path, body) in [
        ("/api/v1/datacenters", datacenter),
        ("/api/v1/clusters", cluster),
        ("/api/v1/tokens", token),
    ] {
        let refused = world.post(path).by(&operator).json(&body).send().await.refusal();
        assert_eq!(refused, "403 forbidden: this needs the role administrator", "{path}");
        let made = world.post(path).by(&admin).json(&body).send().await;
        assert_eq!(made.status, 201, "{path}: {made:?}");
    }
}

#[tokio::test]
async fn a_cluster_has_an_interval_and_an_age_that_make_sense() {
    let world = World::new().await;
    let admin = world.sign_in("root", Role::Administrator).await;
    let made = async |name: &str, times: Value| {
        let mut body = json!({ "datacenter": world.datacenter, "name": name });
        for (field, seconds) in times.as_object().unwrap() {
            body[field] = seconds.clone();
        }
        world.post("/api/v1/clusters").by(&admin).json(&body).send().await
    };
    for (times, problem) in [
        (json!({ "interval_s": 1 }), "interval_s: from 2 to 86400 seconds"),
        (
            json!({ "interval_s": 2, "max_age_s": 4 }),
            "max_age_s: above interval_s, and from 5 to 864000 seconds",
        ),
    ] {
        let refused = made("Rack-2", times).await;
        assert_eq!(refused.status, 422, "{refused:?}");
        assert!(refused.refusal().contains(problem), "{}", refused.refusal());
    }
    let id = made("Rack-2", json!({ "interval_s": 2 })).await.json()["id"].clone();
    let path = format!("/api/v1/clusters/{}/policy", id.as_str().unwrap());
    let policy = world.get(&path).by(&admin).send().await.json()["policy"].clone();
    assert_eq!((&policy["interval_s"], &policy["max_age_s"]), (&json!(2), &json!(15)));
}

#[tokio::test]
async fn a_stranger_gets_nothing() {
    let world = World::new().await;
    let host = enrol(&world, "h1").await.host;
    for path in ["/api/v1/inventory", "/api/v1/audit", "/api/v1/live"] {
        let refused = world.get(path).send().await.refusal();
        assert_eq!(refused, "401 sign-in-required: sign in first", "{path}");
    }
    for (action, body) in actions() {
        let path = format!("/api/v1/hosts/{host}/{action}");
        assert_eq!(world.post(&path).json(&body).send().await.status, 401, "{action}");
    }
    let forged = crate::support::Session(format!("trustboard={}", "ab".repeat(32)));
    assert_eq!(world.get("/api/v1/inventory").by(&forged).send().await.status, 401);
}
