//! Enrolment tokens as administrators see them: made, used, listed, revoked.

use serde_json::{Value, json};
use trustboard_model::role::Role;

use crate::support::agent::enrol;
use crate::support::{Session, World};

async fn page(world: &World, by: &Session) -> Value {
    let path = format!("/api/v1/clusters/{}/enrolment", world.cluster);
    world.get(&path).by(by).send().await.json()
}

#[tokio::test]
async fn tokens_are_listed_with_what_is_left_of_them_and_can_be_revoked() {
    let world = World::new().await;
    let root = world.sign_in("root", Role::Administrator).await;
    let body = json!({ "cluster": world.cluster, "uses": 3, "ttl_s": 3600 });
    let made = world.post("/api/v1/tokens").by(&root).json(&body).send().await;
    assert_eq!(made.status, 201);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let secret = made.json()["token"].as_str().unwrap().to_owned();
    world.clock.advance(1);
    enrol(&world, "web-1").await;
    let listed = page(&world, &root).await;
    let tokens = listed["tokens"].as_array().unwrap();
    assert_eq!(tokens.len(), 2);
    assert_eq!(tokens[0]["state"], json!({ "state": "used-up" }), "the newest first");
    assert_eq!(tokens[0]["created_by"], json!({ "by": "console", "name": "test" }));
    assert_eq!((&tokens[1]["uses"], &tokens[1]["uses_left"]), (&json!(3), &json!(3)));
    assert_eq!(tokens[1]["created_by"], json!({ "by": "operator", "name": "root" }));
    assert_eq!(tokens[1]["state"], json!({ "state": "good" }));
    assert!(!listed.to_string().contains(&secret[4..]), "a secret is shown once");
    let arrivals = listed["arrivals"].as_array().unwrap();
    assert_eq!((arrivals.len(), &arrivals[0]["row"]["name"]), (1, &json!("web-1")));

    let revoke = format!("/api/v1/tokens/{id}/revoke");
    assert_eq!(world.post(&revoke).by(&root).send().await.status, 200);
    let before = world.events().await.len();
    assert_eq!(world.post(&revoke).by(&root).send().await.status, 200);
    assert_eq!(world.events().await.len(), before, "revoking again writes nothing");
    assert_eq!(page(&world, &root).await["tokens"][1]["state"]["state"], "revoked");
    let unknown = "/api/v1/tokens/00000000-0000-4000-8000-000000000000/revoke";
    assert_eq!(world.post(unknown).by(&root).send().await.status, 404);
    world.clock.advance(7200);
    let olga = world.sign_in("olga", Role::Operator).await;
    let refused = world.get(&format!("/api/v1/clusters/{}/enrolment", world.cluster));
    let refused = refused.by(&olga).send().await.refusal();
    assert_eq!(refused, "403 forbidden: this needs the role administrator");
}

#[tokio::test]
async fn the_form_shows_the_command_once() {
    let world = World::new().await;
    let root = world.sign_in("root", Role::Administrator).await;
    let page = format!("/clusters/{}/enrol", world.cluster);
    let form = format!("cluster={}&ttl_s=3600&uses=2&then={page}", world.cluster);
    let posted = world.post("/api/ui/new-token").by(&root).header("accept", "text/html");
    let answer = posted.form(&form).send().await;
    assert_eq!((answer.status.as_u16(), answer.location()), (302, &*page));
    let cookie = answer.session().unwrap();
    assert!(answer.headers["set-cookie"].to_str().unwrap().contains("HttpOnly"));
    assert!(!answer.location().contains("tb1."), "no secret in an address");
    let both = Session(format!("{}; {}", root.0, cookie.0));
    let shown = world.get(&page).by(&both).send().await;
    assert_eq!(shown.status, 200);
    let text = shown.text();
    assert!(text.contains("printf %s tb1."), "the command is there");
    assert!(text.contains("--token-stdin"));
    assert!(!text.contains("&gt;tb1."));
    let again = world.get(&page).by(&root).send().await;
    assert!(!again.text().contains("tb1."), "and nowhere a second time");
    // Somebody else's page as the way back is not followed.
    let form = format!("cluster={}&ttl_s=3600&uses=2&then=//evil.example", world.cluster);
    let posted = world.post("/api/ui/new-token").by(&root).header("accept", "text/html");
    assert_eq!(posted.form(&form).send().await.location(), "/");
    let bad = format!("cluster={}&ttl_s=3600&uses=0", world.cluster);
    let posted = world.post("/api/ui/new-token").by(&root).header("accept", "text/html");
    let refused = posted.header("referer", &format!("http://127.0.0.1:8080{page}")).form(&bad);
    assert_eq!(refused.send().await.location(), page);
}
