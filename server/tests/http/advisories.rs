//! What stands above every page: verifications that are behind schedule, here or at another server.

use std::time::Duration;

use serde_json::json;
use trustboard_model::role::Role;
use trustboard_model::view::LiveHint;
use trustboard_server::advisories;

use crate::support::{PATIENCE, Session, World};

const SAID: &str = "Verifications are behind schedule.";

/// The server is this far behind for long enough to say so.
fn lasts(world: &World, behind_ms: i64) {
    for _ in 0..2 {
        world.state.vitals.lateness().note(world.now(), behind_ms);
        world.clock.advance(10);
    }
}

async fn page(world: &World, path: &str, session: &Session) -> String {
    let answer = world.get(path).by(session).header("accept", "text/html").send().await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.text().to_owned()
}

#[tokio::test]
async fn every_page_says_that_verifications_are_late_and_by_how_much() {
    let world = World::new().await;
    let ada = world.sign_in("ada", Role::Administrator).await;
    let eve = world.sign_in("eve", Role::Viewer).await;
    assert!(!page(&world, "/", &eve).await.contains(SAID));
    lasts(&world, 42_000);
    let table = format!("/datacenters/{}/security", world.datacenter);
    for path in ["/", "/alarms", &table] {
        for session in [&ada, &eve] {
            let page = page(&world, path, session).await;
            assert!(page.contains(SAID), "{path}: {page}");
            assert!(page.contains("about 45\u{a0}s late"), "{path}: {page}");
        }
    }
    let told = |page: &str| page.matches("href=\"/administration/health\"").count();
    let (hers, his) = (page(&world, "/alarms", &ada).await, page(&world, "/alarms", &eve).await);
    assert!(told(&hers) > told(&his), "the way to the figures is for who may see them");
    assert_eq!(told(&his), 0);
    let german = world.get("/").by(&eve).header("accept", "text/html");
    let german = german.header("accept-language", "de").send().await;
    assert!(german.text().contains("Prüfungen sind im Rückstand."), "{german:?}");

    // What programs read.
    let told = world.post("/api/ui/advisories").by(&eve).json(&json!({})).send().await;
    assert_eq!(told.json()["late"]["by_s"], 45, "{told:?}");
    let stranger = world.post("/api/ui/advisories").json(&json!({})).send().await;
    assert_eq!(stranger.status, 401);
    let health = world.get("/api/v1/health").by(&ada).send().await.json();
    assert_eq!(health["schedule"]["behind_ms"], 42_000, "{health}");
    assert_eq!(health["schedule"]["late"]["by_s"], 45, "{health}");
    let metrics = world.get("/api/v1/metrics").by(&eve).send().await;
    for sample in ["trustboard_schedule_behind_seconds 42.0", "trustboard_late 1.0"] {
        assert!(metrics.text().contains(sample), "{}", metrics.text());
    }

    lasts(&world, 0);
    assert!(!page(&world, "/", &eve).await.contains(SAID));
    let metrics = world.get("/api/v1/metrics").by(&eve).send().await;
    assert!(metrics.text().contains("trustboard_late 0.0"), "{}", metrics.text());
}

#[tokio::test]
async fn that_another_server_is_late_is_said_at_this_one_and_browsers_hear_of_it() {
    let one = World::replica().await;
    let other = one.another().await;
    let eve = other.sign_in("eve", Role::Viewer).await;
    let mut stream = other.state.ctx.live.subscribe();
    let watching = tokio::spawn(advisories::run(other.state.clone()));
    let mut says = async |behind_ms: i64| {
        lasts(&one, behind_ms);
        let heard = async { while stream.recv().await.unwrap().hint != LiveHint::Advisory {} };
        tokio::time::timeout(PATIENCE, heard).await.expect("browsers hear of it");
        // Not again as long as nothing changes.
        tokio::time::sleep(Duration::from_millis(1500)).await;
        while let Ok(message) = stream.try_recv() {
            assert_ne!(message.hint, LiveHint::Advisory);
        }
        page(&other, "/", &eve).await
    };
    let shown = says(90_000).await;
    assert!(shown.contains("about 1\u{a0}min 30\u{a0}s late"), "{shown}");
    let shown = says(0).await;
    assert!(!shown.contains(SAID), "{shown}");
    watching.abort();
}
