//! The inventory's arrangement: who may change what, what follows, and what is left.

use http::header::LOCATION;
use serde_json::{Value, json};
use trustboard_model::bytes::to_hex;
use trustboard_model::event::Actor;
use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::policy::Policy;
use trustboard_model::protocol::SESSION_PATH;
use trustboard_model::rights::Rights;
use trustboard_model::role::Role;
use trustboard_server::command;

use crate::support::agent::enrol;
use crate::support::{Answer, Session, World};

fn console() -> Actor {
    Actor::Console("test".to_owned())
}

async fn arrange(world: &World, by: &Session, action: Value) -> Answer {
    world.post("/api/v1/arrange").by(by).json(&action).send().await
}

/// Another datacenter with a cluster.
async fn lyon(world: &World) -> (DatacenterId, ClusterId) {
    let ctx = &world.state.ctx;
    let lyon = command::create_datacenter(ctx, &console(), "Lyon").await.unwrap();
    let policy = Policy::linux_server();
    let cluster = command::create_cluster(ctx, &console(), lyon, "Rack-9", policy).await.unwrap();
    (lyon, cluster)
}

#[tokio::test]
async fn places_are_renamed_moved_and_deleted_when_empty() {
    let world = World::new().await;
    let root = world.sign_in("root", Role::Administrator).await;
    let (lyon, _) = lyon(&world).await;
    let (berlin, rack) = (world.datacenter, world.cluster);
    let before = world.events().await.len();
    let rename = json!({ "action": "rename-datacenter", "id": berlin, "seen": "Berlin", "name": " Berlin II " });
    assert_eq!(arrange(&world, &root, rename.clone()).await.json()["changed"], true);
    assert_eq!(arrange(&world, &root, rename).await.json()["changed"], false, "it is so already");
    let outdated =
        json!({ "action": "rename-datacenter", "id": berlin, "seen": "Berlin", "name": "B" });
    let refused = arrange(&world, &root, outdated).await.refusal();
    assert_eq!(refused, "409 conflict: somebody was faster: it is called Berlin II by now");
    let taken =
        json!({ "action": "rename-datacenter", "id": berlin, "seen": "Berlin II", "name": "lyon" });
    let refused = arrange(&world, &root, taken).await.refusal();
    assert_eq!(refused, "409 conflict: there is a datacenter named lyon already");
    let rename =
        json!({ "action": "rename-cluster", "id": rack, "seen": "Rack-1", "name": "rack-1" });
    assert_eq!(arrange(&world, &root, rename).await.json()["changed"], true, "another case");

    let full = json!({ "action": "delete-datacenter", "id": berlin });
    let refused = arrange(&world, &root, full.clone()).await.refusal();
    let words = "409 conflict: there are clusters in this datacenter; move or delete them first";
    assert_eq!(refused, words);
    let moving = json!({ "action": "move-cluster", "id": rack, "from": berlin, "to": lyon });
    assert_eq!(arrange(&world, &root, moving.clone()).await.json()["changed"], true);
    assert_eq!(arrange(&world, &root, moving).await.json()["changed"], false);
    assert_eq!(arrange(&world, &root, full.clone()).await.status, 200);
    assert_eq!(
        arrange(&world, &root, full).await.refusal(),
        "404 not-found: there is no such datacenter"
    );
    let events = world.events().await;
    let made = ["datacenter-renamed", "cluster-renamed", "cluster-moved", "datacenter-deleted"];
    assert_eq!(events[before..], made, "refusals and repetitions write nothing");
}

#[tokio::test]
async fn a_cluster_with_hosts_is_not_deleted() {
    let world = World::new().await;
    let root = world.sign_in("root", Role::Administrator).await;
    let host = enrol(&world, "web-1").await.host;
    let delete = json!({ "action": "delete-cluster", "id": world.cluster });
    let refused = arrange(&world, &root, delete.clone()).await.refusal();
    assert_eq!(refused, "409 conflict: there are hosts in this cluster; move or remove them first");
    let remove = json!({ "action": "remove-hosts", "hosts": [host], "from": world.datacenter,
                         "reason": "scrapped", "confirm": "web-1" });
    assert_eq!(arrange(&world, &root, remove).await.json()["hosts"], 1);
    assert_eq!(arrange(&world, &root, delete).await.status, 200);
}

#[tokio::test]
async fn moved_hosts_are_somewhere_else_and_are_judged_there() {
    let world = World::new().await;
    let root = world.sign_in("root", Role::Administrator).await;
    let (lyon, rack) = lyon(&world).await;
    let (one, two) = (enrol(&world, "web-1").await.host, enrol(&world, "web-2").await.host);
    let moving = json!({ "action": "move-hosts", "hosts": [one, two], "from": world.datacenter, "to": rack });
    let impact = world.post("/api/v1/arrange/impact").by(&root).json(&moving).send().await.json();
    assert_eq!((&impact["hosts"], &impact["without_evidence"]), (&json!(2), &json!(2)));
    let arranged = arrange(&world, &root, moving.clone()).await.json();
    assert_eq!((&arranged["hosts"], &arranged["left"]), (&json!(2), &json!([])));
    let row = world.row(one).await;
    assert_eq!((row.datacenter.id, row.cluster.id), (lyon, rack));
    // Somebody else's page still shows them in Berlin.
    let left = arrange(&world, &root, moving).await.json();
    assert_eq!((&left["changed"], &left["hosts"]), (&json!(false), &json!(0)));
    assert_eq!(left["left"][0]["host"], "web-1");
    let why = left["left"][0]["why"]["problem"].as_str().unwrap();
    assert_eq!(why, "somebody was faster: it is in Lyon by now");
}

#[tokio::test]
async fn a_host_whose_name_is_taken_stays_and_the_others_move() {
    let world = World::new().await;
    let root = world.sign_in("root", Role::Administrator).await;
    let (lyon, rack) = lyon(&world).await;
    let first = enrol(&world, "web-1").await.host;
    let there =
        json!({ "action": "move-hosts", "hosts": [first], "from": world.datacenter, "to": rack });
    assert_eq!(arrange(&world, &root, there).await.json()["hosts"], 1);
    let (same, other) = (enrol(&world, "WEB-1").await.host, enrol(&world, "web-3").await.host);
    let moving = json!({ "action": "move-hosts", "hosts": [same, other], "from": world.datacenter, "to": rack });
    let arranged = arrange(&world, &root, moving).await.json();
    assert_eq!((&arranged["changed"], &arranged["hosts"]), (&json!(true), &json!(1)));
    assert_eq!(arranged["left"][0]["host"], "WEB-1");
    assert_eq!(world.row(other).await.datacenter.id, lyon);
    assert_eq!(world.row(same).await.datacenter.id, world.datacenter);
}

#[tokio::test]
async fn too_many_hosts_and_none_are_refused() {
    let world = World::new().await;
    let root = world.sign_in("root", Role::Administrator).await;
    let id = enrol(&world, "web-1").await.host;
    for hosts in [vec![], vec![id; 501]] {
        let action = json!({ "action": "remove-hosts", "hosts": hosts, "from": world.datacenter,
                             "reason": "x", "confirm": "x" });
        let refused = arrange(&world, &root, action).await.refusal();
        assert_eq!(refused, "422 invalid: hosts: expected 1 to 500 hosts");
    }
}

#[tokio::test]
async fn a_removed_host_leaves_its_history_and_its_agent_is_told() {
    let world = World::new().await;
    let root = world.sign_in("root", Role::Administrator).await;
    let enrolment = enrol(&world, "web-1").await;
    let host = enrolment.host;
    let remove = |confirm: &str, reason: &str| {
        json!({ "action": "remove-hosts", "hosts": [host], "from": world.datacenter,
                "reason": reason, "confirm": confirm })
    };
    let refused = arrange(&world, &root, remove("web-2", "scrapped")).await.refusal();
    assert_eq!(refused, "422 invalid: confirm: expected web-1");
    let refused = arrange(&world, &root, remove("web-1", " ")).await.refusal();
    assert_eq!(refused, "422 invalid: reason: expected 1 to 1000 characters");
    assert_eq!(world.row(host).await.name, "web-1", "it is still there");
    assert_eq!(arrange(&world, &root, remove(" web-1 ", "scrapped")).await.json()["hosts"], 1);

    let gone = world.get(&format!("/api/v1/hosts/{host}")).by(&root).send().await;
    assert_eq!(gone.status, 404);
    // An old link to its page, or to one of its tabs, leads to what is left of it.
    for tab in ["", "/history?days=7"] {
        let page = world.get(&format!("/hosts/{host}{tab}")).by(&root).send().await;
        assert_eq!(page.status, 303, "{tab}");
        assert_eq!(page.headers[LOCATION].to_str().unwrap(), format!("/hosts/{host}/removed"));
    }
    let left = world.get(&format!("/api/v1/hosts/{host}/removed")).by(&root).send().await.json();
    assert_eq!((&left["host"]["name"], &left["reason"]), (&json!("web-1"), &json!("scrapped")));
    assert_eq!(left["removed_by"], json!({ "by": "operator", "name": "root" }));
    let codes: Vec<_> = left["events"].as_array().unwrap().iter().collect();
    assert_eq!(codes[0]["kind"]["event"], "host-removed");
    assert_eq!(codes.last().unwrap()["kind"]["event"], "host-enrolled");

    let bearer = format!("Bearer {}", to_hex(&enrolment.credential));
    let refused = world.agent_get(SESSION_PATH).header("authorization", &bearer).send().await;
    let words = refused.agent_refusal();
    assert!(
        words.starts_with("410 removed: the host web-1 was removed from Trustboard at 20"),
        "{words}"
    );
    assert!(words.ends_with("to take it back, enrol it with a new token"), "{words}");
    // The same machine may come back, under its own name.
    let again = enrol(&world, "web-1").await;
    assert_ne!(again.host, host);
    assert_eq!(world.row(again.host).await.name, "web-1");
}

#[tokio::test]
async fn what_somebody_may_do_depends_on_the_datacenter() {
    let world = World::new().await;
    let (lyon, rack) = lyon(&world).await;
    let host = enrol(&world, "web-1").await.host;
    let rights = Rights::only_in(world.datacenter, Role::Administrator);
    let berta = world.sign_in("berta", rights).await;
    let olga = world.sign_in("olga", Role::Operator).await;
    let moving =
        json!({ "action": "move-hosts", "hosts": [host], "from": world.datacenter, "to": rack });
    let away = json!({ "action": "move-cluster", "id": world.cluster, "from": world.datacenter, "to": lyon });
    let new = json!({ "action": "create-datacenter", "name": "Rome" });
    let rename =
        json!({ "action": "rename-cluster", "id": world.cluster, "seen": "Rack-1", "name": "R" });
    // What she does not see is not there.
    assert_eq!(
        arrange(&world, &berta, moving).await.refusal(),
        "404 not-found: there is no such cluster"
    );
    assert_eq!(
        arrange(&world, &berta, away).await.refusal(),
        "404 not-found: there is no such datacenter"
    );
    let needs = "403 forbidden: this needs the role administrator";
    assert_eq!(arrange(&world, &berta, new).await.refusal(), needs);
    assert_eq!(arrange(&world, &olga, rename.clone()).await.refusal(), needs);
    assert_eq!(arrange(&world, &berta, rename).await.status, 200);
    let enrolment = format!("/api/v1/clusters/{rack}/enrolment");
    let refused = world.get(&enrolment).by(&berta).send().await.refusal();
    assert_eq!(refused, "404 not-found: there is no such cluster");
    for page in ["settings", "hosts"] {
        let there = format!("/api/v1/datacenters/{lyon}/{page}");
        assert_eq!(world.get(&there).by(&berta).send().await.status, 404, "{page}");
        let here = format!("/api/v1/datacenters/{}/{page}", world.datacenter);
        assert_eq!(world.get(&here).by(&olga).send().await.status, 200, "{page}");
    }
}

#[tokio::test]
async fn the_tabs_of_a_datacenter_say_what_holds_and_who_is_there() {
    let world = World::new().await;
    let root = world.sign_in("root", Role::Administrator).await;
    let (_, rack) = lyon(&world).await;
    enrol(&world, "web-1").await;
    enrol(&world, "db-1").await;
    world.token(5).await;
    let path = format!("/api/v1/datacenters/{}/settings", world.datacenter);
    let settings = world.get(&path).by(&root).send().await.json();
    let cluster = &settings["clusters"][0];
    assert_eq!((&cluster["tokens"], &cluster["counts"]["hosts"]), (&json!(1), &json!(2)));
    assert_eq!(cluster["interval_s"], Policy::linux_server().interval_s);
    assert_eq!(settings["others"][0]["name"], "Lyon");
    let hosts = |query: &str| {
        let path = format!("/api/v1/datacenters/{}/hosts{query}", world.datacenter);
        let (world, root) = (&world, &root);
        async move { world.get(&path).by(root).send().await.json() }
    };
    let names = |list: &Value| -> Vec<String> {
        let rows = list["rows"].as_array().unwrap().iter();
        rows.map(|row| row["host"]["name"].as_str().unwrap().to_owned()).collect()
    };
    let list = hosts("").await;
    assert_eq!((names(&list), &list["total"]), (vec!["db-1".into(), "web-1".into()], &json!(2)));
    assert_eq!(list["targets"][1]["cluster"]["id"], json!(rack));
    assert_eq!(names(&hosts("?sort=-name").await), ["web-1", "db-1"]);
    for column in trustboard_model::view::HostColumn::ALL {
        let list = hosts(&format!("?sort=-{}", column.code())).await;
        assert_eq!(list["total"], 2, "{column:?}");
        assert_eq!(names(&list).len(), 2, "{column:?}");
    }
    assert_eq!(names(&hosts("?q=web*").await), Vec::<String>::new(), "a word is no pattern");
    assert_eq!(names(&hosts("?q=name:web*").await), ["web-1"]);
    let refused = world.get(&format!("/api/v1/datacenters/{}/hosts?sort=colour", world.datacenter));
    assert_eq!(
        refused.by(&root).send().await.refusal(),
        "422 invalid: sort: there is no such column"
    );
}
