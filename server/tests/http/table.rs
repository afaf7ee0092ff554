//! The table for programs: filters, exports, views.

use serde_json::json;
use trustboard_model::role::Role;

use crate::support::World;
use crate::support::agent::enrol;

#[tokio::test]
async fn an_export_is_what_the_filter_shows_in_its_columns() {
    let world = World::new().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    for name in ["web-1", "=cmd|' /C calc'!A0", "db-1", "\"><script>"] {
        enrol(&world, name).await;
    }
    let datacenter = world.datacenter;
    let columns = "sort=-name&columns=name,attestation,cluster";
    let path = format!("/api/v1/datacenters/{datacenter}/security.csv?{columns}");
    let csv = world.get(&path).by(&viewer).send().await;
    assert_eq!(csv.status, 200);
    let lines: Vec<_> = csv.text().trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "Name,Attestation,Cluster");
    let names: Vec<_> =
        lines[1..].iter().map(|line| line.rsplitn(3, ',').nth(2).unwrap()).collect();
    let hostile = ["\"\"\"><script>\"", "'=cmd|' /C calc'!A0"];
    assert_eq!(names, ["web-1", "db-1", hostile[1], hostile[0]], "{lines:?}");
    let file = csv.headers["content-disposition"].to_str().unwrap();
    assert!(file.starts_with("attachment; filename=\"trustboard-"), "{file}");
    assert!(file.ends_with(".csv\""), "{file}");

    let narrow = format!("/api/v1/datacenters/{datacenter}/security.jsonl?q=name:web*");
    let lines = world.get(&narrow).by(&viewer).send().await;
    let rows: Vec<serde_json::Value> =
        lines.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((rows.len(), &rows[0]["name"]), (1, &json!("web-1")));
    assert_eq!(rows[0]["attestation"], json!("unknown"));
    assert!(rows[0]["id"].is_string(), "{}", rows[0]);
    assert!(rows[0].get("kernel").is_none(), "only the columns that are shown");

    let german = world.get("/api/v1/security.csv?q=db").by(&viewer);
    let german = german.header("accept-language", "de").send().await;
    let head = german.text().lines().next().unwrap().to_owned();
    assert!(head.contains("Name,Rechenzentrum,Attestierung"), "{head}");
    assert_eq!(german.text().lines().count(), 2);
}

#[tokio::test]
async fn an_export_refuses_what_the_page_refuses() {
    let world = World::new().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    let bad = world.get("/api/v1/security.csv?q=attestation:green").by(&viewer).send().await;
    assert_eq!(bad.status, 422);
    assert!(bad.refusal().contains("attestation:green"), "{}", bad.refusal());
    let lost = "/api/v1/datacenters/00000000-0000-4000-8000-000000000000/security.csv";
    assert_eq!(world.get(lost).by(&viewer).send().await.status, 404);
    assert_eq!(world.get("/api/v1/security.csv").send().await.status, 401);
    let xlsx = world.get("/api/v1/security.xlsx").by(&viewer).send().await;
    assert_eq!(xlsx.status, 404);
}

#[tokio::test]
async fn programs_save_views_and_are_shown_everything_all_the_same() {
    let world = World::new().await;
    let viewer = world.sign_in("vera", Role::Viewer).await;
    enrol(&world, "web-1").await;
    let save = json!({
        "action": "save-view", "name": "Nobody", "shared": true,
        "filter": {
            "query": "name:nobody", "sort": "name", "descending": false, "page": 1,
            "columns": "name,kernel", "view": null,
        },
    });
    let done = world.post("/api/v1/views").by(&viewer).json(&save).send().await;
    assert_eq!(done.status, 200, "{done:?}");
    let first = json!({ "action": "show-first", "id": done.json()["view"] });
    let put = world.post("/api/v1/views").by(&viewer).json(&first).send().await;
    assert_eq!(put.status, 200, "{put:?}");
    let views = world.get("/api/v1/views").by(&viewer).send().await.json();
    assert_eq!((&views[0]["name"], &views[0]["first"]), (&json!("Nobody"), &json!(true)));
    let path = format!("/api/v1/datacenters/{}/security", world.datacenter);
    assert_eq!(world.get(&path).by(&viewer).send().await.json()["total"], json!(1));
    // The page of the same operator shows the view.
    let page = format!("/datacenters/{}/security", world.datacenter);
    let html = world.get(&page).by(&viewer).header("accept", "text/html").send().await;
    assert!(html.text().contains("value=\"name:nobody\""));
}
