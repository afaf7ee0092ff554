//! The table's page, as its own program needs it.

use axum::body::Body;
use axum::http::{Request, header};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use trustboard_model::role::Role;

use site::{Site, table};

#[expect(dead_code, reason = "other tests need more of it")]
mod fleet;
#[expect(dead_code, reason = "other tests need more of it")]
mod site;

#[tokio::test]
async fn it_starts_the_tables_program_and_carries_no_data_of_a_framework() {
    let site = Site::new(fleet::rows(), Role::Operator);
    let page = site.get(&table()).await;
    let script = page.text("script[type=module]");
    assert!(script.contains(r#"from "/pkg/t.js""#), "{script}");
    assert!(script.contains(r#"init({module_or_path:"/pkg/t.wasm"})"#), "{script}");
    assert_eq!(page.attributes("link[rel=preload]", "href"), ["/pkg/t.wasm"]);
    assert!(!page.html.contains("__RESOLVED_RESOURCES["), "nothing is to be taken over");
    let other = site.get("/").await;
    assert!(other.text("script[type=module]").contains(r#"from "/pkg/a.js""#));
    assert!(other.html.contains("__RESOLVED_RESOURCES["));
}

#[tokio::test]
async fn it_says_what_the_program_cannot_know() {
    let site = Site::new(fleet::rows(), Role::Operator);
    let page = site.get(&format!("{}?q=alarm:red&sort=-name", table())).await;
    let fact = |name: &str| page.attributes("#facts", &format!("data-{name}")).concat();
    assert_eq!(fact("datacenter"), fleet::datacenter().id.to_string());
    assert_eq!(fact("query"), "alarm:red");
    assert_eq!(fact("address"), format!("{}?q=alarm:red&sort=-name", table()));
    assert!(fact("columns").starts_with("name,attestation,"), "{}", fact("columns"));
    assert!(
        ["viewer", "viewer-name", "now", "seq", "total", "most"]
            .iter()
            .all(|name| !fact(name).is_empty())
    );
    assert!(page.html.contains(r#"data-phrase="ago-min">{count} min ago<"#));
    // Every shortcut of the sheet, for the program to hide those that nothing answers to.
    assert_eq!(page.count("#keys [data-strokes]"), 18);
    let rows = page.attributes("tr[data-host]", "data-revision");
    assert!(!rows.is_empty() && rows.iter().all(|revision| revision.parse::<u64>().is_ok()));
}

/// What the server suggests at the bar in the text.
async fn suggested(site: &Site, text: &str) -> Value {
    let caret = text.find('|').expect("a bar in the text");
    let text = text.replace('|', "");
    let datacenter = fleet::datacenter().id.to_string();
    let question = json!({ "datacenter": datacenter, "text": text, "caret": caret });
    let request = Request::post("/api/ui/suggest")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json")
        .body(Body::from(question.to_string()))
        .expect("a request");
    let body = site.send(request).await.into_body().collect().await.expect("a body").to_bytes();
    serde_json::from_slice(&body).expect("an answer in JSON")
}

#[tokio::test]
async fn fields_values_and_names_are_suggested() {
    let site = Site::new(fleet::rows(), Role::Viewer);
    let fields = suggested(&site, "att|").await;
    assert_eq!(fields[0]["text"], "attestation:");
    assert_eq!((&fields[0]["caret"], &fields[0]["goes_on"]), (&json!(12), &json!(true)));
    let values = suggested(&site, "attestation:fa| web").await;
    assert_eq!(values[0]["text"], "attestation:failed web");
    let name = &fleet::rows()[0].name;
    let names = suggested(&site, &format!("name:{}|", &name[..3])).await;
    let labels: Vec<&str> =
        names.as_array().unwrap().iter().filter_map(|one| one["label"].as_str()).collect();
    assert!(labels.contains(&name.as_str()), "{labels:?}");
}
