//! The past of a host with a TPM: the auditor's question, answered with a file.

use serde_json::{Value, json};
use trustboard_attest::Bundle;
use trustboard_model::host::Attestation;
use trustboard_model::rights::Sees;
use trustboard_model::role::Role;
use trustboard_model::time::Timestamp;
use trustboard_model::verdict::Verdict;
use trustboard_server::query;

use crate::configurations::Racked;
use crate::support::World;

/// A host that matched what Ada approved, was tampered with an hour later, and repaired another
/// hour later; the moments of the three.
async fn repaired() -> (Racked, [Timestamp; 3]) {
    let mut racked = Racked::new().await;
    let capture = json!({
        "action": "capture", "host": racked.enrolment.host, "name": "Debian",
        "notes": "", "clusters": [], "pcrs": [],
    });
    let draft = racked.post("/configurations", &racked.oskar, &capture).await.json();
    let id = &draft["configuration"]["id"];
    let approve = json!({ "action": "approve", "id": id, "revision": 1, "keep_older": false });
    let answer = racked.post("/configurations", &racked.ada, &approve).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(racked.judged().await.attestation, Attestation::Passed);
    let good = racked.verify().await.last_verified.unwrap();
    racked.world.clock.advance(3600);
    let tampered = racked.boots("init=/bin/sh").await;
    assert_eq!(tampered.attestation, Attestation::Failed);
    racked.world.clock.advance(3600);
    let repaired = racked.boots("quiet").await;
    assert_eq!(repaired.attestation, Attestation::Passed);
    let at = [good, tampered.last_verified.unwrap(), repaired.last_verified.unwrap()];
    (racked, at)
}

/// The evidence that an answer names, downloaded.
async fn bundle(racked: &Racked, evidence: &Value) -> Bundle {
    let text = |key: &str| evidence[key].as_str().unwrap().to_owned();
    let path = format!(
        "/api/v1/hosts/{}/evidence/{}/{}",
        racked.enrolment.host,
        text("appraisal"),
        text("which")
    );
    let answer = racked.world.get(&path).by(&racked.oskar).send().await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let name = answer.headers["content-disposition"].to_str().unwrap();
    assert!(name.starts_with("attachment; filename=\"web-1-"), "{name}");
    Bundle::read(&answer.body).unwrap()
}

#[tokio::test]
async fn was_it_trusted_then_who_says_so_and_can_it_be_checked() {
    let (racked, [good, tampered, _]) = repaired().await;
    let host = racked.enrolment.host;
    let at = |at: Timestamp| format!("/hosts/{host}/at?time={at}");
    let then = racked.get(&at(good.plus_seconds(60))).await;
    let moment = &then["moment"];
    assert_eq!(moment["span"]["attestation"], "passed", "{then:#}");
    assert_eq!(moment["configuration"]["configuration"]["name"], "Debian");
    assert_eq!(moment["configuration"]["approvals"][0]["name"], "ada");
    assert_eq!(moment["covered"]["covered"], "gap", "an hour is longer than the policy allows");
    assert_eq!(then["policy"]["version"], 1);
    let proof = bundle(&racked, &then["before"]).await;
    assert_eq!(proof.received_at, good);
    let appraisal = proof.appraise(proof.appraised_at).unwrap();
    assert_eq!(appraisal.report().verdict, Verdict::Trusted);
    assert_eq!(proof.report.verdict, Verdict::Trusted);

    let then = racked.get(&at(tampered.plus_seconds(60))).await;
    assert_eq!(then["moment"]["span"]["attestation"], "failed");
    assert_eq!(then["moment"]["span"]["reasons"][0], "configuration.kernel-command-line-changed");
    let proof = bundle(&racked, &then["before"]).await;
    let appraisal = proof.appraise(proof.appraised_at).unwrap();
    assert!(matches!(appraisal.report().verdict, Verdict::Untrusted(_)));
    // The TPM's counter says that the host booted between this evidence and the next.
    assert_ne!(then["before"]["resets"], then["after"]["resets"]);
    let proof = bundle(&racked, &then["after"]).await;
    assert_eq!(proof.appraise(proof.appraised_at).unwrap().report().verdict, Verdict::Trusted);
}

#[tokio::test]
async fn evidence_keeps_the_standards_of_its_time() {
    let (racked, [good, ..]) = repaired().await;
    let before = racked.get(&format!("/hosts/{}/at?time={good}", racked.enrolment.host)).await;
    racked.world.clock.advance(60);
    // Another policy from now on: it demands an agent that does not exist yet.
    let path = format!("/api/v1/clusters/{}/policy", racked.world.cluster);
    let now = racked.world.get(&path).by(&racked.ada).send().await.json();
    let mut policy = now["policy"].clone();
    policy["minimum_agent"] = json!("99.0.0");
    let body = json!({ "seen": 1, "policy": policy });
    let answer = racked.world.put(&path).by(&racked.ada).json(&body).send().await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(racked.judged().await.attestation, Attestation::Failed);
    let after = racked.get(&format!("/hosts/{}/at?time={good}", racked.enrolment.host)).await;
    assert_eq!(after["moment"]["span"], before["moment"]["span"]);
    assert_eq!(after["policy"], json!({ "version": 1, "name": "Linux server" }));
    let proof = bundle(&racked, &after["before"]).await;
    assert_eq!(proof.policy.version, 1);
    assert_eq!(proof.appraise(proof.appraised_at).unwrap().report().verdict, Verdict::Trusted);
    // What was judged again is kept with what it was judged by then.
    let now = racked.world.now();
    let latest = racked.get(&format!("/hosts/{}/at?time={now}", racked.enrolment.host)).await;
    assert_eq!(
        (&latest["moment"]["span"]["attestation"], latest["policy"]["version"].as_u64()),
        (&json!("failed"), Some(2))
    );
    let proof = bundle(&racked, &latest["before"]).await;
    assert_eq!(proof.policy.version, 2);
    let verdict = proof.appraise(proof.appraised_at).unwrap().report().verdict.clone();
    assert!(matches!(verdict, Verdict::Untrusted(_)), "{verdict:?}");
}

#[tokio::test]
async fn evidence_that_is_not_kept_is_not_there() {
    let (racked, [good, ..]) = repaired().await;
    let host = racked.enrolment.host;
    let page = racked.get(&format!("/hosts/{host}/at?time={good}")).await;
    let run = page["before"]["appraisal"].as_str().unwrap();
    let nowhere = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
    for path in [
        format!("/api/v1/hosts/{host}/evidence/{nowhere}/first"),
        format!("/api/v1/hosts/{host}/evidence/{run}/middle"),
        format!("/api/v1/hosts/{nowhere}/evidence/{run}/first"),
        format!("/api/v1/hosts/{nowhere}/at?time=2026-11-03T14:00:00Z"),
        format!("/api/v1/hosts/{nowhere}/timeline"),
        format!("/api/v1/hosts/{nowhere}/log"),
        format!("/api/v1/datacenters/{nowhere}/report"),
        format!("/api/v1/datacenters/{nowhere}/summary"),
        format!("/api/v1/datacenters/{}/report?part=2", racked.world.datacenter),
    ] {
        assert_eq!(racked.world.get(&path).by(&racked.oskar).send().await.status, 404, "{path}");
    }
    for path in [
        format!("/api/v1/hosts/{host}/at?time=yesterday"),
        format!("/api/v1/hosts/{host}/at"),
        format!("/api/v1/hosts/{host}/timeline?from=x"),
        format!("/api/v1/hosts/{host}/log?pcr=24"),
        "/api/v1/summary?range=1y".to_owned(),
    ] {
        let answer = racked.world.get(&path).by(&racked.oskar).send().await;
        assert_eq!(answer.status, 422, "{path}");
    }
}

#[tokio::test]
async fn a_failure_is_grouped_and_told_event_by_event() {
    let mut racked = repaired().await.0;
    let host = racked.enrolment.host;
    racked.boots("init=/bin/sh").await;
    let summary = racked.get("/summary?range=6h").await;
    let cause = &summary["causes"][0];
    assert_eq!(cause["reason"], "configuration.kernel-command-line-changed");
    let difference = &cause["differences"][0];
    assert_eq!(difference["fingerprint"].as_str().unwrap().len(), 64);
    assert_eq!(difference["short"]["first"][0]["topic"], "kernel-command-line");
    assert_eq!(difference["group"]["example"]["name"], "web-1");
    let datacenter = racked.world.datacenter;
    let own = racked.get(&format!("/datacenters/{datacenter}/summary")).await;
    assert_eq!(own["causes"], summary["causes"]);
    assert_eq!(own["changes"]["newly_failed"], 2);

    let all = racked.get(&format!("/hosts/{host}/log")).await;
    let differing = racked.get(&format!("/hosts/{host}/log?differing=true")).await;
    let register = racked.get(&format!("/hosts/{host}/log?pcr=8")).await;
    // The register holds its separator, too.
    assert_eq!((&differing["total"], &register["total"]), (&json!(1), &json!(2)));
    let told = register["entries"].as_array().unwrap();
    assert!(told.contains(&differing["entries"][0]), "{register:#}");
    assert_eq!(differing["entries"][0]["differs"], true);
    assert!(all["total"].as_u64().unwrap() > 5);

    let timeline = racked.get(&format!("/hosts/{host}/timeline")).await;
    assert_eq!(timeline["boots"].as_array().unwrap().len(), 4);
    let events: Vec<_> = timeline["events"].as_array().unwrap().iter().collect();
    assert!(events.iter().any(|event| event["kind"]["event"] == "configuration-approved"));

    let report = racked.get(&format!("/datacenters/{datacenter}/report")).await;
    assert_eq!((&report["generated_by"], &report["parts"]), (&json!("oskar"), &json!(1)));
    assert_eq!(report["hosts"][0]["row"]["name"], "web-1");
    assert_eq!(report["head"].as_str().unwrap().len(), 64);
}

#[tokio::test]
async fn a_host_can_be_taken_away_as_csv_and_json() {
    let racked = repaired().await.0;
    let path = format!("/api/v1/hosts/{}/export", racked.enrolment.host);
    let csv = racked.world.get(&path).by(&racked.oskar).send().await;
    assert_eq!(csv.status, 200);
    let name = csv.headers["content-disposition"].to_str().unwrap();
    assert!(name.starts_with("attachment; filename=\"web-1-") && name.ends_with("Z.csv\""));
    let text = csv.text();
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "kind,name,value,detail,at");
    assert!(lines.iter().any(|line| line.starts_with("host,attestation,passed,")), "{text}");
    assert!(lines.iter().any(|line| line.starts_with("event,alarm-raised,")), "{text}");
    let json = racked.world.get(&format!("{path}?format=json")).by(&racked.oskar).send().await;
    assert_eq!(json.json()["row"]["name"], "web-1");
    let other = racked.world.get(&format!("{path}?format=xml")).by(&racked.oskar).send().await;
    assert_eq!(other.status, 422);
    assert_eq!(racked.world.get(&path).send().await.status, 401);
}

#[tokio::test]
async fn nobody_sees_what_is_not_theirs() {
    let world = World::new().await;
    for path in ["/api/v1/summary", "/api/v1/hosts/x/at?time=2026-11-03T14:00:00Z"] {
        assert_eq!(world.get(path).send().await.status, 401, "{path}");
    }
    let viewer = world.sign_in("vera", Role::Viewer).await;
    let summary = world.get("/api/v1/summary").by(&viewer).send().await.json();
    let own = query::inventory(&world.state.ctx, &Sees::Everything).await;
    assert_eq!(summary["datacenters"].as_array().unwrap().len(), own.unwrap().datacenters.len());
}
