//! The database gives no answer: what is said of it, and to whom in which form.

use trustboard_model::role::Role;

use crate::support::World;

#[tokio::test]
async fn a_page_says_so_as_a_page_in_its_language_and_the_api_as_json() {
    let world = World::new().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    world.state.ctx.store.close().await;
    for (language, words) in [("en", "could not"), ("de", "nicht"), ("fr", "pas")] {
        let ask = world.get("/alarms").by(&viewer).header("accept", "text/html,*/*");
        let answer = ask.header("accept-language", language).send().await;
        assert_eq!(answer.status, 503, "{answer:?}");
        let page = answer.text();
        assert!(page.contains(&format!("<html lang=\"{language}\"")), "{page}");
        assert!(page.contains("role=\"alert\"") && page.contains(words), "{page}");
    }
    for accept in ["application/json", "text/html"] {
        let ask = world.get("/api/v1/inventory").by(&viewer).header("accept", accept);
        assert!(ask.send().await.refusal().starts_with("503 unavailable: "));
    }
    let ready = world.get("/readyz").send().await;
    assert_eq!((ready.status.as_u16(), ready.text()), (503, "the database does not answer\n"));
    assert_eq!(world.get("/healthz").send().await.status, 200);
}

#[tokio::test]
async fn metrics_go_on_without_what_only_the_database_knows() {
    let world = World::new().await;
    assert!(world.metrics().await.contains("trustboard_database_reachable 1"));
    world.state.ctx.store.close().await;
    let text = world.metrics().await;
    for sample in ["trustboard_database_reachable 0", "trustboard_ready 0", "process_open_fds "] {
        assert!(text.contains(sample), "{sample} is not in {text}");
    }
    assert!(!text.contains("trustboard_hosts{"), "{text}");
}
