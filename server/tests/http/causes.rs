//! Hosts of one cause: counted, listed, selected and dealt with as just those.

use http::header::LOCATION;
use serde_json::{Value, json};
use trustboard_model::host::Attestation;
use trustboard_model::policy::Policy;
use trustboard_model::role::Role;

use crate::configurations::Racked;
use crate::support::World;
use crate::support::agent::enrol;

/// A host that boots what nobody approved: `quiet splash` in the place of `quiet`.
async fn changed() -> Racked {
    let mut racked = Racked::new().await;
    let capture = json!({
        "action": "capture", "host": racked.enrolment.host, "name": "Debian 12",
        "notes": "", "clusters": [], "pcrs": [],
    });
    let draft = racked.post("/configurations", &racked.ada, &capture).await.json();
    let id = &draft["configuration"]["id"];
    let approve = json!({ "action": "approve", "id": id, "revision": 1, "keep_older": false });
    assert_eq!(racked.post("/configurations", &racked.ada, &approve).await.status, 200);
    racked.world.judged().await;
    assert_eq!(racked.boots("quiet splash").await.attestation, Attestation::Failed);
    racked
}

/// The first digits of the only cause's fingerprint.
async fn cause(racked: &Racked) -> String {
    let summary = racked.get("/summary").await;
    let whole = summary["causes"][0]["differences"][0]["fingerprint"].as_str().unwrap().to_owned();
    whole[..16].to_owned()
}

/// How many hosts of the table match.
async fn matching(racked: &Racked, query: &str) -> Value {
    racked.get(&format!("/security?q={query}")).await["total"].clone()
}

#[tokio::test]
async fn a_cause_is_accepted_and_just_its_hosts_are_verified_and_reset() {
    let mut racked = changed().await;
    let cause = cause(&racked).await;
    let path = format!("/causes/{cause}");
    let page = racked.get(&path).await;
    assert_eq!(
        (&page["failing"], &page["red"], &page["cleared"], &page["judging"]),
        (&json!(1), &json!(1), &json!(0), &json!(0)),
        "{page:#}"
    );
    assert_eq!(page["reason"], "configuration.kernel-command-line-changed");
    assert_eq!(page["example"]["host"]["name"], "web-1");
    assert_eq!(page["example"]["comparison"]["closest"]["name"], "Debian 12");
    assert_eq!(page["datacenters"][0][1], 1);
    assert_eq!(matching(&racked, &format!("cause:{cause}")).await, 1);

    let screen = racked.world.get(&path).by(&racked.ada).send().await.text().to_owned();
    for part in ["What this would change", "would turn to Passed", "name=\"cause\""] {
        assert!(screen.contains(part), "{part}: {screen}");
    }
    let form = format!(
        "host={}&revision={}&reason=the+splash+screen&keep_older=true&cause={cause}",
        racked.enrolment.host, page["example"]["revision"]
    );
    let post = racked.world.post("/api/ui/accept-change").by(&racked.ada);
    let answer = post.header("accept", "text/html").form(&form).send().await;
    assert_eq!(answer.headers[LOCATION], path, "{answer:?}");
    // Until it has been judged again, nothing is offered to be accepted twice.
    assert_eq!(racked.get(&path).await["judging"], 1);
    let screen = racked.world.get(&path).by(&racked.ada).send().await.text().to_owned();
    assert!(!screen.contains("id=\"accept\""));

    racked.world.judged().await;
    let page = racked.get(&path).await;
    assert_eq!(
        (&page["failing"], &page["red"], &page["cleared"], &page["example"]),
        (&json!(0), &json!(1), &json!(1), &Value::Null),
        "{page:#}"
    );
    assert_eq!(page["matched"]["version"], 2);
    assert_eq!(matching(&racked, &format!("difference:{cause}")).await, 0);
    assert_eq!(matching(&racked, &format!("cause:{cause}")).await, 1, "it waits to be reset");
    let screen = racked.world.get(&path).by(&racked.oskar).send().await.text().to_owned();
    assert!(screen.contains("Approved as Debian 12, version 2"), "{screen}");

    let request = json!({
        "selection": "matching", "scope": { "scope": "everything" },
        "query": format!("cause:{cause}"), "seen": page["seq"],
        "action": "verify-then-reset", "reason": "approved",
    });
    assert_eq!(racked.post("/bulk", &racked.oskar, &request).await.status, 202);
    racked.host.answer(&mut racked.agent).await;
    let green = |row: &trustboard_model::view::HostRow| {
        matches!(row.alarm, trustboard_model::view::AlarmView::Green)
    };
    racked.world.row_when(racked.enrolment.host, green).await;
    let page = racked.get(&path).await;
    assert_eq!(
        (&page["failing"], &page["red"], &page["reason"]),
        (&json!(0), &json!(0), &Value::Null)
    );
    let screen = racked.world.get(&path).by(&racked.oskar).send().await.text().to_owned();
    assert!(screen.contains("All is dealt with"), "{screen}");
}

#[tokio::test]
async fn what_waits_for_its_second_person_is_named_with_the_way_there() {
    let racked = changed().await;
    let cluster = racked.world.cluster;
    let path = format!("/api/v1/clusters/{cluster}/policy");
    let policy = Policy { two_approvals: true, ..Policy::linux_server() };
    let put = racked.world.put(&path).by(&racked.ada);
    assert_eq!(put.json(&json!({ "seen": 1, "policy": policy })).send().await.status, 200);
    racked.world.judged().await;
    let cause = cause(&racked).await;
    let page = racked.get(&format!("/causes/{cause}")).await;
    assert_eq!((&page["example"]["two_approvals"], &page["awaiting"]), (&json!(true), &json!([])));
    let accept = json!({
        "action": "accept-change", "host": racked.enrolment.host,
        "revision": page["example"]["revision"], "reason": "splash", "keep_older": true,
    });
    let done = racked.post("/configurations", &racked.ada, &accept).await.json();
    assert_eq!(done["state"], "awaiting-second");
    let page = racked.get(&format!("/causes/{cause}")).await;
    assert_eq!(page["failing"], 1, "one person is not enough");
    assert_eq!(page["awaiting"][0]["configuration"], done["configuration"]);
    let berta = racked.world.sign_in("berta", Role::Approver).await;
    let screen =
        racked.world.get(&format!("/causes/{cause}")).by(&berta).send().await.text().to_owned();
    let way =
        format!("/configurations/{}?review=approve", done["configuration"]["id"].as_str().unwrap());
    assert!(screen.contains(&way), "{screen}");
}

#[tokio::test]
async fn counts_lists_and_alarms_of_a_cause_agree() {
    let world = World::new().await;
    for number in 0..9 {
        enrol(&world, &format!("web-{number}")).await;
    }
    // Five fail for the command line, three of them alike; two for Secure Boot and the command line.
    world
        .tamper(
            "UPDATE hosts SET attestation = 'failed',
               first_reason = 'configuration.kernel-command-line-changed',
               codes = ' configuration.kernel-command-line-changed ',
               difference = unhex('0123456789abcdef' || '000000000000000000000000000000000000000000000000')
             WHERE name < 'web-3'",
        )
        .await;
    world
        .tamper(
            "UPDATE hosts SET attestation = 'failed',
               first_reason = 'configuration.kernel-command-line-changed',
               codes = ' configuration.kernel-command-line-changed ', difference = randomblob(32)
             WHERE name IN ('web-3', 'web-4')",
        )
        .await;
    world
        .tamper(
            "UPDATE hosts SET attestation = 'failed', first_reason = 'secure-boot.disabled',
               codes = ' secure-boot.disabled  configuration.kernel-command-line-changed ',
               difference = randomblob(32)
             WHERE name IN ('web-5', 'web-6')",
        )
        .await;
    world
        .tamper(
            "UPDATE hosts SET alarm_red = 1, alarm_difference = difference,
               alarm = json_object('colour', 'red', 'occurrence', 1, 'raised_at', 1800000000000,
                 'reasons', json_array(first_reason), 'acknowledged', NULL,
                 'condition', json_object('condition', 'holds'))
               WHERE first_reason IS NOT NULL",
        )
        .await;
    let vera = world.sign_in("vera", Role::Viewer).await;
    let get = async |path: &str| {
        let answer = world.get(&format!("/api/v1{path}")).by(&vera).send().await;
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        answer.json()
    };
    let summary = get("/summary").await;
    let cause = &summary["causes"][0];
    assert_eq!((&cause["group"]["hosts"], &cause["distinct"]), (&json!(5), &json!(3)));
    assert_eq!(cause["differences"][0]["group"]["hosts"], 3);
    let code = cause["reason"].as_str().unwrap();
    for (query, hosts) in [
        (format!("first-reason:{code}"), 5),
        ("first-reason:configuration".to_owned(), 5),
        (format!("reason:{code}"), 7),
        ("difference:0123456789abcdef".to_owned(), 3),
        ("cause:0123456789abcdef".to_owned(), 3),
        ("-cause:0123456789abcdef".to_owned(), 6),
    ] {
        assert_eq!(get(&format!("/security?q={query}")).await["total"], hosts, "{query}");
    }
    let alarms = get("/alarms").await;
    assert_eq!(alarms["causes"].as_array().unwrap().len(), 2);
    let cause = &alarms["causes"][0];
    assert_eq!((&cause["reason"], &cause["counts"]["red"]), (&json!(code), &json!(5)));
    assert_eq!(cause["differences"][0], json!(["0123456789abcdef", 3]));
    assert_eq!(cause["differences"].as_array().unwrap().len(), 3);
    assert_eq!(get("/causes/0123456789abcdef").await["failing"], 3);
    let wrong = world.get("/api/v1/causes/0123").by(&vera).send().await;
    assert_eq!(wrong.json()["refusal"], "invalid", "{wrong:?}");
}
