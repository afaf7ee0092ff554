//! Pages, their headers, and who gets them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use trustboard_model::role::Role;
use trustboard_server::router;

use crate::support::agent::enrol;
use crate::support::{PATIENCE, World};

#[tokio::test]
async fn a_stranger_is_led_to_the_sign_in_and_back_afterwards() {
    let world = World::new().await;
    world.sign_in("vera", Role::Viewer).await;
    for (path, then) in [
        ("/", "/sign-in"),
        ("/hosts/1?x=a%20b", "/sign-in?then=%2Fhosts%2F1%3Fx%3Da%2520b"),
        ("/nowhere", "/sign-in?then=%2Fnowhere"),
    ] {
        let answer = world.get(path).header("accept", "text/html").send().await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, then));
    }
    let form = world.get("/sign-in").send().await;
    assert_eq!(form.status, 200);
    assert!(form.text().contains(r#"action="/sign-in""#));
}

#[tokio::test]
async fn a_page_shows_what_is_there_and_lets_only_its_own_scripts_run() {
    let world = World::new().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    let host = enrol(&world, "db-prod-01").await.host;
    for path in [format!("/datacenters/{}/security", world.datacenter), format!("/hosts/{host}")] {
        let page = world.get(&path).by(&viewer).header("accept", "text/html").send().await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("db-prod-01"), "{}", page.text());
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap();
        assert!(policy.contains("frame-ancestors 'none'") && nonce.len() >= 16, "{policy}");
        assert!(!policy.contains("unsafe-inline"));
        for script in page.text().split("<script").skip(1) {
            assert!(script.contains(&format!("nonce=\"{nonce}\"")), "{script}");
        }
        let again = world.get(&path).by(&viewer).send().await;
        assert_ne!(again.headers["content-security-policy"], policy, "a nonce is used once");
    }
}

#[tokio::test]
async fn pages_of_things_that_are_not_there_say_so() {
    let world = World::new().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    let nowhere = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
    for path in [
        "/nowhere".to_owned(),
        format!("/hosts/{nowhere}"),
        format!("/datacenters/{nowhere}/security"),
    ] {
        let page = world.get(&path).by(&viewer).header("accept", "text/html").send().await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.headers["content-type"].to_str().unwrap().starts_with("text/html"));
    }
}

#[tokio::test]
async fn every_answer_has_its_safety_headers() {
    let world = World::new().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    for path in ["/", "/sign-in", "/api/v1/inventory", "/api/v1/nothing", "/healthz", "/pkg/x.js"] {
        let answer = world.get(path).by(&viewer).send().await;
        let header = |name: &str| answer.headers.get(name).map(|value| value.to_str().unwrap());
        assert_eq!(header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(header("referrer-policy"), Some("same-origin"), "{path}");
        assert_eq!(header("cache-control"), Some("no-store"), "{path}");
        assert!(header("content-security-policy").unwrap().contains("frame-ancestors 'none'"));
        assert_eq!(header("strict-transport-security"), None, "plain HTTP on loopback");
        assert_eq!(header("x-request-id").unwrap().len(), 16, "{path}");
    }
}

#[tokio::test]
async fn over_tls_cookies_are_bound_to_the_host_and_http_is_forgotten() {
    let world = World::reached_by(true).await;
    let session = world.sign_in("vera", Role::Viewer).await;
    assert!(session.0.starts_with("__Host-trustboard="), "{session:?}");
    let answer = world.get("/").by(&session).send().await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["strict-transport-security"], "max-age=31536000");
    // A cookie that plain HTTP could have set is none.
    let plain = crate::support::Session(session.0.replace("__Host-", ""));
    assert_eq!(world.get("/api/v1/inventory").by(&plain).send().await.status, 401);
}

#[tokio::test]
async fn a_plain_form_acts_and_leads_back_to_its_page() {
    let world = World::new().await;
    let operator = world.sign_in("olga", Role::Operator).await;
    let host = enrol(&world, "h1").await.host;
    let form = format!("host={host}&revision=1&action=enter-maintenance&text=disk+swap&minutes=");
    let ask = world.post("/api/ui/act").by(&operator).header("accept", "text/html");
    let page = format!("http://127.0.0.1:8080/hosts/{host}");
    let answer = ask.header("referer", &page).form(&form).send().await;
    assert!(answer.status.is_redirection(), "{answer:?}");
    // The path alone: a referrer's site is somebody's word.
    assert_eq!(answer.location().trim_end_matches('?'), format!("/hosts/{host}"));
    assert!(world.row(host).await.maintenance);
}

#[tokio::test]
async fn alive_and_ready_until_the_server_stops() {
    let world = World::new().await;
    assert_eq!(world.get("/healthz").send().await.text(), "alive\n");
    assert_eq!(world.get("/readyz").send().await.text(), "ready\n");
    world.stop();
    assert_eq!(world.get("/healthz").send().await.status, 200);
    assert_eq!(world.get("/readyz").send().await.status, 503);
}

/// As many worker threads as it takes for both to happen in the same moment.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn pages_are_answered_while_other_servers_of_the_process_start() {
    let world = World::new().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    let (state, over) = (world.state.clone(), Arc::new(AtomicBool::new(false)));
    let starting = tokio::task::spawn_blocking({
        let over = Arc::clone(&over);
        move || {
            while !over.load(Ordering::Relaxed) {
                drop(router::browsers(state.clone()));
            }
        }
    });
    // Sixty: one of twenty got away one time in ten.
    let ask = || world.get("/alarms").by(&viewer).header("accept", "text/html").send();
    let pages = futures_util::future::join_all((0..60).map(|_| ask()));
    let pages = tokio::time::timeout(PATIENCE, pages).await;
    over.store(true, Ordering::Relaxed);
    starting.await.unwrap();
    assert!(pages.expect("all pages are answered").iter().all(|page| page.status == 200));
}
