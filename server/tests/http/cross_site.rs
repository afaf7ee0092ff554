//! What other sites make a browser send.

use serde_json::json;
use trustboard_model::role::Role;

use crate::support::World;

#[tokio::test]
async fn no_unsafe_request_of_another_site_passes() {
    let world = World::new().await;
    let admin = world.sign_in("root", Role::Administrator).await;
    let before = world.events().await;
    for path in ["/api/v1/datacenters", "/api/ui/act", "/sign-out", "/sign-in", "/nowhere"] {
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
            // A program that says nothing of its origin.
            ("x-nothing", "1"),
        ] {
            let ask = world.post(path).without("sec-fetch-site").by(&admin);
            let answer = ask.header(name, value).json(&json!({ "name": "x" })).send().await;
            let refused = "403 cross-site: the request came from another site";
            assert_eq!(answer.refusal(), refused, "{path} {name}: {value}");
        }
    }
    assert_eq!(world.events().await, before);
    let ask = world.post("/api/v1/datacenters").without("sec-fetch-site").by(&admin);
    let ask = ask.header("origin", "http://127.0.0.1:8080").json(&json!({ "name": "x" }));
    assert_eq!(ask.send().await.status, 201);
}

#[tokio::test]
async fn a_get_of_a_server_function_or_an_action_changes_nothing() {
    let world = World::new().await;
    let admin = world.sign_in("root", Role::Administrator).await;
    for path in ["/api/ui/act", "/api/v1/datacenters", "/sign-out"] {
        let answer = world.get(path).by(&admin).send().await;
        assert!(matches!(answer.status.as_u16(), 404 | 405), "{path}: {}", answer.status);
    }
}
