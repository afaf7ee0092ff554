//! Actions on many hosts and red alarms, as programs and plain forms ask for them.

use std::fmt::Write as _;

use http::StatusCode;
use http::header::LOCATION;
use serde_json::{Value, json};
use tokio::time::timeout;
use trustboard_model::role::Role;

use crate::support::agent::enrol;
use crate::support::{PATIENCE, Session, World};

/// Forty hosts, `web-00` to `web-29` and `db-30` to `db-39`, all red for the same reason.
async fn forty() -> World {
    let world = World::new().await;
    for number in 0..40 {
        let kind = if number < 30 { "web" } else { "db" };
        enrol(&world, &format!("{kind}-{number:02}")).await;
    }
    world
        .tamper(
            r#"UPDATE hosts SET alarm_red = 1, alarm = '{"colour":"red","occurrence":1,
               "raised_at":1800000000000,"reasons":["secure-boot.disabled"],
               "condition":{"condition":"holds"},"acknowledged":null}'"#,
        )
        .await;
    world
}

async fn get(world: &World, who: &Session, path: &str) -> Value {
    let answer = world.get(path).by(who).send().await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {answer:?}");
    answer.json()
}

/// The job once it has ended.
async fn ended(world: &World, who: &Session, id: &Value) -> Value {
    let path = format!("/api/v1/bulk/{}", id.as_str().unwrap());
    let mut hints = world.state.ctx.live.subscribe();
    loop {
        let job = get(world, who, &path).await;
        if job["state"] != "running" {
            return job;
        }
        let hint = timeout(PATIENCE, hints.recv()).await;
        assert!(hint.is_ok(), "the job does not end: {job}");
    }
}

#[tokio::test]
async fn thirty_of_forty_are_acknowledged_in_one_action() {
    let world = forty().await;
    let olga = world.sign_in("olga", Role::Operator).await;
    let page = get(&world, &olga, "/api/v1/alarms?q=name:web*").await;
    assert_eq!((&page["total"], &page["counts"]["red"]), (&json!(30), &json!(40)));
    let request = json!({
        "selection": "matching",
        "scope": { "scope": "everything" },
        "query": "name:web* alarm:red",
        "seen": page["seq"],
        "action": "acknowledge",
        "comment": "the same firmware update, technician on site",
        "minutes": 240,
    });
    let preview = world.post("/api/v1/bulk/preview").by(&olga).json(&request).send().await.json();
    assert_eq!((&preview["changing"], &preview["condition_holds"]), (&json!(30), &json!(30)));
    assert_eq!(preview["datacenters"], json!([[{ "id": world.datacenter, "name": "Berlin" }, 30]]));
    assert_eq!(preview["examples"][0]["name"], "web-00");
    let before = world.events().await.len();
    let started = world.post("/api/v1/bulk").by(&olga).json(&request).send().await;
    assert_eq!(started.status, StatusCode::ACCEPTED, "{started:?}");
    let job = ended(&world, &olga, &started.json()["id"]).await;
    assert_eq!(
        (&job["total"], &job["changed"], &job["failed"]),
        (&json!(30), &json!(30), &json!(0))
    );
    assert_eq!((&job["started_by"], &job["state"]), (&json!("olga"), &json!("done")));
    let events = world.events().await;
    assert_eq!(events.len() - before, 32, "one for each host, and two of the job");
    // The table's page, whose program saw the job run, says what became of it; others say nothing.
    let table = format!("/datacenters/{}/security", world.datacenter);
    let id = job["id"].as_str().unwrap();
    let page = world.get(&table).by(&olga).header("trustboard-job", id).send().await;
    let link = format!("/jobs/bulk/{id}");
    assert!(page.text().contains(&link), "{}", page.text());
    for watched in ["", "x", "00000000-0000-4000-8000-000000000000"] {
        let page = world.get(&table).by(&olga).header("trustboard-job", watched).send().await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text().contains("/jobs/bulk/"), "{}", page.text());
    }
    let left = get(&world, &olga, "/api/v1/alarms?q=alarm:unacknowledged").await;
    assert_eq!((&left["total"], &left["counts"]["acknowledged"]), (&json!(10), &json!(30)));
    assert_eq!(left["rows"][0]["host"]["name"], "db-30");
    let cause = &left["causes"][0];
    assert_eq!(
        (&cause["reason"], &cause["counts"]["red"]),
        (&json!("secure-boot.disabled"), &json!(40))
    );
    let by_cause = get(&world, &olga, "/api/v1/alarms?q=cause:secure-boot%20name:db*").await;
    assert_eq!(by_cause["total"], 10);
}

#[tokio::test]
async fn one_host_by_name_is_reset_too_and_failures_are_listed() {
    let world = forty().await;
    let olga = world.sign_in("olga", Role::Operator).await;
    let rows = get(&world, &olga, "/api/v1/alarms?q=name:web-0*").await;
    let seen = |index: usize| {
        let host = &rows["rows"][index]["host"];
        json!({ "host": host["id"], "revision": host["revision"] })
    };
    // Somebody is faster on the second one.
    let second = rows["rows"][1]["host"].clone();
    let path = format!("/api/v1/hosts/{}/acknowledge", second["id"].as_str().unwrap());
    let wish = json!({ "revision": second["revision"], "comment": "mine" });
    let otto = world.sign_in("otto", Role::Operator).await;
    assert_eq!(world.post(&path).by(&otto).json(&wish).send().await.status, StatusCode::OK);
    let request = json!({
        "selection": "hosts",
        "hosts": [seen(0), seen(1), { "host": "00000000-0000-4000-8000-000000000000", "revision": 1 }],
        "action": "reset",
        "reason": "mended",
    });
    let preview = world.post("/api/v1/bulk/preview").by(&olga).json(&request).send().await.json();
    let told = [&preview["hosts"], &preview["changing"], &preview["stale"], &preview["impossible"]];
    assert_eq!(told, [&json!(3), &json!(1), &json!(1), &json!(1)]);
    let started = world.post("/api/v1/bulk").by(&olga).json(&request).send().await.json();
    let job = ended(&world, &olga, &started["id"]).await;
    assert_eq!((&job["changed"], &job["failed"]), (&json!(1), &json!(2)));
    let failures = job["failures"].as_array().unwrap();
    assert_eq!(
        (&failures[0]["host"], &failures[0]["refusal"]["refusal"]),
        (&json!({ "id": second["id"], "name": second["name"] }), &json!("stale"))
    );
    assert_eq!(failures[1]["refusal"]["refusal"], "not-found");
    let page =
        world.get(&format!("/jobs/bulk/{}", job["id"].as_str().unwrap())).by(&olga).send().await;
    let html = page.text();
    assert!(html.contains("has changed since") && html.contains("data-retry"), "{html}");
    let after =
        get(&world, &olga, &format!("/api/v1/bulk/{}?after=1", job["id"].as_str().unwrap())).await;
    assert_eq!(after["failures"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_plain_form_asks_starts_and_follows() {
    let world = forty().await;
    let olga = world.sign_in("olga", Role::Operator).await;
    let alarms = world.get("/alarms").by(&olga).send().await.text().to_owned();
    assert!(alarms.contains("web-00") && alarms.contains("Nobody is on it"), "{alarms}");
    let rows = get(&world, &olga, "/api/v1/alarms?q=name:db*").await;
    let boxes: Vec<String> = rows["rows"].as_array().unwrap()[..2]
        .iter()
        .map(|row| {
            format!("host={}.{}", row["host"]["id"].as_str().unwrap(), row["host"]["revision"])
        })
        .collect();
    let asks = format!("/bulk?action=reset&{}", boxes.join("&"));
    let html = world.get(&asks).by(&olga).send().await.text().to_owned();
    assert!(html.contains("2 hosts change"), "{html}");
    assert!(html.contains("Reset to green: 2 hosts") && !html.contains(" disabled"), "{html}");
    assert!(html.contains("On 2 of them the condition still holds"), "{html}");
    let selection = json!({ "selection": "hosts", "hosts": [
        { "host": rows["rows"][0]["host"]["id"], "revision": rows["rows"][0]["host"]["revision"] },
    ] });
    let selection: String = form_urlencoded(&selection.to_string());
    let post = |text: &str| {
        let form = format!("selection={selection}&action=reset&text={text}");
        world
            .post("/api/ui/start-bulk")
            .header("accept", "text/html")
            .header("referer", &format!("http://127.0.0.1:8080{asks}"))
            .form(&form)
            .by(&olga)
    };
    // Without a reason it is refused, and the form comes back.
    let refused = post("").send().await;
    assert_eq!(refused.headers[LOCATION].to_str().unwrap(), asks, "{refused:?}");
    let started = post("known").send().await;
    let job = started.headers[LOCATION].to_str().unwrap().to_owned();
    assert!(job.starts_with("/jobs/bulk/"), "{job}");
    let id = json!(job.trim_start_matches("/jobs/bulk/"));
    assert_eq!(ended(&world, &olga, &id).await["changed"], 1);
    let html = world.get(&job).by(&olga).send().await.text().to_owned();
    assert!(html.contains("1 of 1") && html.contains("olga"), "{html}");
    let events = world.get("/events?kind=jobs").by(&olga).send().await.text().to_owned();
    assert!(events.contains("Started “Reset to green” on 1 hosts"), "{events}");
}

fn form_urlencoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        let _ = write!(encoded, "%{byte:02X}");
        encoded
    })
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_by_name() {
    let world = forty().await;
    let olga = world.sign_in("olga", Role::Operator).await;
    let vera = world.sign_in("vera", Role::Viewer).await;
    let matching = |more: Value| {
        let mut request = json!({
            "selection": "matching", "scope": { "scope": "everything" }, "query": "", "seen": 1,
            "action": "reset", "reason": "x",
        });
        for (name, value) in more.as_object().unwrap() {
            request[name] = value.clone();
        }
        request
    };
    for (more, field) in [
        (json!({ "query": "attestation:good" }), "body"),
        (json!({ "query": "x ".repeat(600) }), "body"),
        (json!({ "seen": 10_000 }), "seen"),
        (json!({ "action": "explode" }), "body"),
        (json!({ "action": "accept-identity" }), "action"),
        (json!({ "reason": "\u{1b}[31m" }), "reason"),
        (json!({ "reason": "x".repeat(1001) }), "reason"),
        (json!({ "selection": "hosts", "hosts": [] }), "hosts"),
    ] {
        let answer =
            world.post("/api/v1/bulk").by(&olga).json(&matching(more.clone())).send().await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{more}: {answer:?}");
        assert_eq!(answer.json()["field"], field, "{more}");
    }
    let hosts =
        vec![json!({ "host": "00000000-0000-4000-8000-000000000000", "revision": 1 }); 1001];
    let many = matching(json!({ "selection": "hosts", "hosts": hosts }));
    let answer = world.post("/api/v1/bulk").by(&olga).json(&many).send().await;
    assert_eq!(answer.json()["field"], "hosts", "a thousand fit into the body");
    let forbidden = world.post("/api/v1/bulk").by(&vera).json(&matching(json!({}))).send().await;
    assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
    assert_eq!(world.post("/api/v1/bulk").json(&matching(json!({}))).send().await.status, 401);
    for path in ["/api/v1/bulk/x", "/api/v1/bulk/00000000-0000-4000-8000-000000000000"] {
        assert_eq!(world.get(path).by(&olga).send().await.status, StatusCode::NOT_FOUND);
    }
    for (path, field) in [
        ("/api/v1/alarms?q=last:10m", "q"),
        ("/api/v1/alarms?sort=name", "sort"),
        ("/api/v1/alarms?page=x", "page"),
        ("/api/v1/alarms/export?format=pdf", "format"),
        ("/api/v1/events?kind=secret", "kind"),
        ("/api/v1/events?before=x", "before"),
    ] {
        let answer = world.get(path).by(&olga).send().await;
        assert_eq!(answer.json()["field"], field, "{path}");
    }
    let odd = world.get("/alarms?q=attestation:good").by(&olga).send().await;
    assert_eq!(odd.status, StatusCode::OK);
    assert!(odd.text().contains("attestation:good"), "what was written stays");
}

#[tokio::test]
async fn exports_hold_what_the_filter_shows() {
    let world = forty().await;
    let vera = world.sign_in("vera", Role::Viewer).await;
    world.tamper("UPDATE hosts SET name = '=cmd()' WHERE name = 'db-30'").await;
    let path = "/api/v1/alarms/export?format=csv&q=-name:web*";
    let csv = world.get(path).by(&vera).send().await;
    assert_eq!(csv.status, StatusCode::OK);
    let csv = csv.text();
    assert_eq!(csv.lines().count(), 11, "{csv}");
    assert!(
        csv.contains("'=cmd(),Rack-1,Berlin,Host Secure Boot is disabled,secure-boot.disabled,"),
        "{csv}"
    );
    let german =
        world.get(path).by(&vera).header("accept-language", "de").send().await.text().to_owned();
    assert!(german.contains("Auftreten"), "{german}");
    let lines =
        world.get("/api/v1/alarms/export?format=jsonl").by(&vera).send().await.text().to_owned();
    assert_eq!(lines.lines().count(), 40);
    let first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(first["reasons"], json!(["secure-boot.disabled"]));
}

#[tokio::test]
async fn the_automatic_reset_is_an_administrators_choice() {
    let world = World::new().await;
    let olga = world.sign_in("olga", Role::Operator).await;
    let root = world.sign_in("root", Role::Administrator).await;
    let path = format!("/api/v1/datacenters/{}/alarm-settings", world.datacenter);
    assert_eq!(get(&world, &olga, &path).await, json!({ "automatic_reset": false }));
    let on = json!({ "automatic_reset": true });
    assert_eq!(world.put(&path).by(&olga).json(&on).send().await.status, StatusCode::FORBIDDEN);
    assert_eq!(world.put(&path).by(&root).json(&on).send().await.json(), on);
    assert_eq!(get(&world, &olga, &path).await, on);
    assert_eq!(world.events().await.last(), Some(&"automatic-reset-changed"));
    let page =
        world.get(&format!("/datacenters/{}/alarms", world.datacenter)).by(&root).send().await;
    let html = page.text();
    assert!(
        html.contains(r#"data-automatic-reset="true""#) && html.contains("No alarm is red"),
        "{html}"
    );
}
