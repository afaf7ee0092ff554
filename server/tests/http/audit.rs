//! The audit trail: filtered, exported, verified; and the server's health.

use std::time::Duration;

use serde_json::{Value, json};
use trustboard_model::id::HostId;
use trustboard_model::rights::Rights;
use trustboard_model::role::Role;

use crate::support::agent::enrol;
use crate::support::{Session, World};

async fn trail(world: &World, by: &Session, query: &str) -> Value {
    let answer = world.get(&format!("/api/v1/audit/trail{query}")).by(by).send().await;
    assert_eq!(answer.status, 200, "{query}: {answer:?}");
    answer.json()
}

fn kinds(page: &Value) -> Vec<String> {
    let rows = page["rows"].as_array().unwrap().iter();
    rows.map(|row| row["event"]["kind"]["event"].as_str().unwrap().to_owned()).collect()
}

async fn lived_in() -> (World, Session, HostId) {
    let world = World::new().await;
    let root = world.sign_in("root", Role::Administrator).await;
    world.clock.advance(3600);
    let host = enrol(&world, "=web,\"1\"").await.host;
    (world, root, host)
}

#[tokio::test]
async fn events_are_found_by_who_what_where_and_when() {
    let (world, root, host) = lived_in().await;
    let all = trail(&world, &root, "").await;
    assert_eq!(kinds(&all)[0], "host-enrolled", "newest first");
    assert_eq!(all["more"], false);
    assert_eq!(all["rows"][0]["host"], "=web,\"1\"");
    let by_root = trail(&world, &root, "?who=root").await;
    assert_eq!(kinds(&by_root), ["signed-in"]);
    let hosts = trail(&world, &root, "?who=%28hosts%29").await;
    assert_eq!(kinds(&hosts), ["host-enrolled"]);
    assert_eq!(kinds(&trail(&world, &root, "?kind=datacenter-created").await).len(), 1);
    let about = trail(&world, &root, &format!("?host={host}")).await;
    assert_eq!(kinds(&about), ["host-enrolled"]);
    let of = format!("?datacenter={}&kind=token-created", world.datacenter);
    assert_eq!(kinds(&trail(&world, &root, &of).await), ["token-created"]);
    let now = world.now();
    let since = format!("?from={}", now.plus_seconds(-60));
    assert_eq!(kinds(&trail(&world, &root, &since).await), ["host-enrolled", "token-created"]);
    let until = format!("?until={}", now.plus_seconds(-60));
    assert!(!kinds(&trail(&world, &root, &until).await).contains(&"host-enrolled".to_owned()));
    let none = format!("?from={}", now.plus_seconds(60));
    assert_eq!(kinds(&trail(&world, &root, &none).await), Vec::<String>::new());
    let older = trail(&world, &root, "?before=3").await;
    assert_eq!(kinds(&older), ["cluster-created", "datacenter-created"]);
    let refused = world.get("/api/v1/audit/trail?kind=nonsense").by(&root).send().await.refusal();
    assert_eq!(refused, "422 invalid: kind: there is no such kind of event");
}

#[tokio::test]
async fn an_administrator_of_a_datacenter_reads_the_events_of_that() {
    let (world, _, _) = lived_in().await;
    let rights = Rights::only_in(world.datacenter, Role::Administrator);
    let berta = world.sign_in("berta", rights).await;
    let refused = world.get("/api/v1/audit/trail").by(&berta).send().await.refusal();
    assert_eq!(refused, "403 forbidden: this needs the role administrator");
    let own = format!("?datacenter={}", world.datacenter);
    assert!(kinds(&trail(&world, &berta, &own).await).contains(&"host-enrolled".to_owned()));
    for path in ["/api/v1/audit/check", "/api/v1/health"] {
        assert_eq!(world.get(path).by(&berta).send().await.status, 403, "{path}");
    }
    let olga = world.sign_in("olga", Role::Operator).await;
    let refused = world.get(&format!("/api/v1/audit/export{own}")).by(&olga).send().await;
    assert_eq!(refused.status, 403);
}

#[tokio::test]
async fn an_export_is_what_the_filter_shows_and_no_formula() {
    let (world, root, _) = lived_in().await;
    let csv =
        world.get("/api/v1/audit/export?format=csv&kind=host-enrolled").by(&root).send().await;
    assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8; header=present");
    let name = csv.headers["content-disposition"].to_str().unwrap();
    assert!(name.starts_with("attachment; filename=\"trustboard-audit-20"), "{name}");
    let lines: Vec<_> = csv.text().trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "Number,When,Who,Kind,Datacenter,Host,What,Hash");
    assert_eq!(lines.len(), 2);
    assert!(lines[1].contains(",\"'=web,\"\"1\"\"\","), "{}", lines[1]);
    let german = world.get("/api/v1/audit/export").by(&root).header("accept-language", "de");
    assert!(german.send().await.text().contains("Nummer,Wann,Wer,Art,Rechenzentrum,Host,Was,Hash"));
    let lines = world.get("/api/v1/audit/export?format=jsonl").by(&root).send().await;
    let rows: Vec<Value> =
        lines.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), world.events().await.len());
    assert_eq!(rows[0]["kind"]["event"], "host-enrolled");
    assert_eq!(rows[0]["host_name"], "=web,\"1\"");
    assert!(rows[0]["words"].as_str().unwrap().starts_with("The host enrolled as"));
    let refused = world.get("/api/v1/audit/export?format=xlsx").by(&root).send().await.refusal();
    assert_eq!(refused, "422 invalid: format: expected csv or jsonl");
}

#[tokio::test]
async fn a_long_trail_has_pages_and_its_export_all_of_it() {
    let (world, root, _) = lived_in().await;
    for number in 0..120 {
        let body = json!({ "name": format!("Place {number}") });
        let made = world.post("/api/v1/datacenters").by(&root).json(&body).send().await;
        assert_eq!(made.status, 201);
    }
    let (mut before, mut seen) = (String::new(), 0);
    loop {
        let query = format!("?kind=datacenter-created&who=root{before}");
        let page = trail(&world, &root, &query).await;
        let rows = page["rows"].as_array().unwrap();
        seen += rows.len();
        if page["more"] == false {
            break;
        }
        assert_eq!(rows.len(), 50);
        before = format!("&before={}", rows.last().unwrap()["event"]["seq"]);
    }
    assert_eq!(seen, 120);
    let export = world.get("/api/v1/audit/export?kind=datacenter-created&who=root&before=3");
    assert_eq!(export.by(&root).send().await.text().lines().count(), 1, "only the heading");
}

async fn checked(world: &World, root: &Session) -> Value {
    let started = world.post("/api/v1/audit/check").by(root).send().await;
    assert_eq!(started.status, 202, "{started:?}");
    for _ in 0..500 {
        let check = world.get("/api/v1/audit/check").by(root).send().await.json();
        if check["running"].is_null() {
            return check["last"].clone();
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the verification did not end");
}

#[tokio::test]
async fn the_chain_is_verified_and_says_where_it_breaks() {
    let (world, root, _) = lived_in().await;
    let before = world.get("/api/v1/audit/check").by(&root).send().await.json();
    assert_eq!(before, json!({ "running": null, "last": null }));
    let events = world.events().await.len();
    let whole = checked(&world, &root).await;
    assert_eq!(whole["found"]["found"], "whole");
    assert_eq!(whole["found"]["events"], events);
    assert_eq!(whole["by"], json!({ "by": "operator", "name": "root" }));
    assert_eq!(world.events().await.last(), Some(&"chain-verified"));
    world.tamper("UPDATE events SET body = replace(body, 'Berlin', 'Munich') WHERE seq = 1").await;
    let broken = checked(&world, &root).await;
    assert_eq!(
        (&broken["found"]["found"], &broken["found"]["first"]),
        (&json!("broken"), &json!(1))
    );
    assert_eq!(world.events().await.last(), Some(&"chain-broken"));
    world.tamper("UPDATE events SET actor = 'person:eve' WHERE seq = 2").await;
    world.tamper("UPDATE events SET body = replace(body, 'Munich', 'Berlin') WHERE seq = 1").await;
    let moved = checked(&world, &root).await;
    let problem = moved["found"]["problem"].as_str().unwrap();
    assert!(problem.contains("column actor"), "{problem}");
}

#[tokio::test]
async fn the_servers_health_is_measured() {
    let (world, root, _) = lived_in().await;
    let health = world.get("/api/v1/health").by(&root).send().await.json();
    assert_eq!(health["version"], env!("CARGO_PKG_VERSION"));
    assert!(health["database"]["bytes"].as_u64().unwrap() > 4096);
    assert!(health["database"]["backed_up_at"].is_null(), "unknown is not a time");
    assert_eq!((&health["jobs"]["queued"], &health["replicas"]), (&json!(0), &json!(1)));
    assert_eq!(health["most_streams"], 1000);
}

#[tokio::test]
async fn the_server_says_what_it_keeps_and_what_tidying_took_away() {
    let (world, root, _) = lived_in().await;
    let kept = async || {
        let health = world.get("/api/v1/health").by(&root).send().await.json();
        let kept = health["kept"].as_array().unwrap().clone();
        move |kind: &str| {
            kept.iter()
                .find(|kept| kept["kind"] == kind)
                .unwrap_or_else(|| panic!("{kind}"))
                .clone()
        }
    };
    let before = kept().await;
    assert_eq!(before("events")["days"], Value::Null, "for ever");
    assert!(before("events")["rows"].as_u64().unwrap() > 3);
    assert_eq!(before("events")["oldest"], world.now().plus_seconds(-3600).0);
    assert_eq!((&before("sessions")["rows"], &before("sessions")["days"]), (&json!(1), &json!(7)));
    assert_eq!(before("jobs")["days"], 90);
    assert_eq!(before("jobs")["tidied_at"], Value::Null);
    trustboard_server::job::forget::forget(&world.state).await.unwrap();
    let after = kept().await;
    for kind in ["evidence", "conclusions", "jobs", "bulk-jobs", "imports"] {
        assert_eq!(after(kind)["tidied_at"], world.now().0, "{kind}");
        assert_eq!(after(kind)["removed"], 0, "{kind}");
    }
    let page = world.get("/administration/health").by(&root).send().await;
    assert!(page.text().contains("What is kept"), "{page:?}");
}
