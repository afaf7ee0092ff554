//! Policies and exceptions: what they change is judged from stored evidence, at once.

use serde_json::{Value, json};
use trustboard_model::alarm::Condition;
use trustboard_model::check::{CheckId, Strictness};
use trustboard_model::exception::ExceptedValue;
use trustboard_model::host::Attestation;
use trustboard_model::job::{Because, Trigger};
use trustboard_model::policy::Policy;
use trustboard_model::rights::Sees;
use trustboard_model::role::Role;
use trustboard_model::view::{AlarmView, Message};
use trustboard_server::makers::{Folder, makers_changed};
use trustboard_server::query;

use super::configurations::Racked;
use crate::support::{Answer, genuine_makers};

impl Racked {
    async fn put_policy(&self, seen: u32, policy: &Policy) -> Answer {
        let path = format!("/api/v1/clusters/{}/policy", self.world.cluster);
        let body = json!({ "seen": seen, "policy": policy });
        self.world.put(&path).by(&self.ada).json(&body).send().await
    }
}

fn strict() -> Policy {
    Policy { minimum_agent: Some("99.0.0".to_owned()), ..Policy::linux_server() }
}

#[tokio::test]
async fn another_policy_is_judged_from_stored_evidence() {
    let racked = Racked::new().await;
    let before = racked.row().await;
    let path = format!("/clusters/{}/policy/impact", racked.world.cluster);
    let body = json!({ "seen": 1, "policy": strict() });
    let impact = racked.post(&path, &racked.oskar, &body).await.json();
    assert_eq!((&impact["turn_red"], &impact["without_evidence"]), (&json!(1), &json!(0)));
    assert_eq!(impact["changes"][0]["to"], "failed");
    assert_eq!(racked.judged().await, before, "a preview changes nothing");

    // Jobs stand in the order of their moments.
    racked.world.clock.advance(1);
    let answer = racked.put_policy(1, &strict()).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.json()["turn_red"], 1);
    let failed = racked.judged().await;
    assert_eq!(failed.attestation, Attestation::Failed);
    assert_eq!(failed.last_verified, before.last_verified);
    let page = query::host(&racked.world.state.ctx, &Sees::Everything, racked.enrolment.host)
        .await
        .unwrap();
    assert_eq!(page.jobs[0].trigger, Trigger::Reappraised { because: Because::Policy });

    assert_eq!(racked.put_policy(1, &Policy::linux_server()).await.json()["refusal"], "stale");
    let events = racked.world.events().await.len();
    assert_eq!(racked.put_policy(7, &strict()).await.status, 200, "it is so already");
    assert_eq!(racked.world.events().await.len(), events);

    racked.put_policy(2, &Policy::linux_server()).await;
    let passed = racked.judged().await;
    assert_eq!(passed.attestation, Attestation::Passed);
    let AlarmView::Red { condition: Condition::Cleared { .. }, .. } = passed.alarm else {
        panic!("{:?}", passed.alarm)
    };
    let page = racked.get(&format!("/clusters/{}/policy", racked.world.cluster)).await;
    assert_eq!(page["policy"]["version"], 3);
}

#[tokio::test]
async fn a_policy_that_makes_no_sense_is_refused_by_its_field() {
    let racked = Racked::new().await;
    let mut core = Policy::linux_server();
    core.strictness.insert(CheckId::QuoteSignature, Strictness::Ignore);
    assert_eq!(
        racked.put_policy(1, &core).await.json()["field"],
        "policy.strictness.quote.signature"
    );
    let mut silent = Policy::linux_server();
    silent.strictness.insert(CheckId::SecureBootEnabled, Strictness::Warn);
    assert_eq!(
        racked.put_policy(1, &silent).await.json()["field"],
        "policy.relaxed.secure-boot.enabled"
    );
    let mut unknown = serde_json::to_value(Policy::linux_server()).unwrap();
    unknown["strictness"] = json!({ "no.such-check": "warn" });
    let path = format!("/api/v1/clusters/{}/policy", racked.world.cluster);
    let body = json!({ "seen": 1, "policy": unknown });
    let refused = racked.world.put(&path).by(&racked.ada).json(&body).send().await;
    assert_eq!((refused.status.as_u16(), &refused.json()["field"]), (422, &json!("body")));
    let body = json!({ "seen": 1, "policy": Policy::linux_server() });
    let refused = racked.world.put(&path).by(&racked.oskar).json(&body).send().await;
    assert_eq!(refused.status, 403, "operators do not set policies");
    let profiles = racked.get("/profiles").await;
    assert_eq!(profiles["vsphere-like"]["require_tpm"], true);
}

/// The refusal that the host's latest appraisal has, as an exception names it.
fn refusal(row: &trustboard_model::view::HostRow) -> (CheckId, ExceptedValue) {
    let Message::Reasons { reasons } = &row.message else { panic!("{:?}", row.message) };
    (reasons[0].code.check(), ExceptedValue::of(&reasons[0]))
}

#[tokio::test]
async fn an_exception_covers_exactly_one_refusal_until_it_ends() {
    let mut racked = Racked::new().await;
    racked.put_policy(1, &strict()).await;
    let failed = racked.judged().await;
    let (check, value) = refusal(&failed);
    let path = format!("/hosts/{}/exceptions", racked.enrolment.host);
    let wish = |revision: u64, value: &ExceptedValue, days: u32| {
        json!({
            "revision": revision, "check": check, "value": value,
            "reason": "update is ordered", "days": days,
        })
    };
    let other = ExceptedValue { found: Some("0.0.1".to_owned()), ..value.clone() };
    let refused = racked.post(&path, &racked.ada, &wish(failed.revision, &other, 1)).await;
    assert_eq!(refused.json()["refusal"], "conflict");
    let refused = racked.post(&path, &racked.ada, &wish(failed.revision, &value, 367)).await;
    assert_eq!(refused.json()["field"], "days");
    let refused = racked.post(&path, &racked.ada, &wish(failed.revision - 1, &value, 1)).await;
    assert_eq!(refused.json()["refusal"], "stale");
    let refused = racked.post(&path, &racked.oskar, &wish(failed.revision, &value, 1)).await;
    assert_eq!(refused.status, 403);

    let impact = racked
        .post(&format!("{path}/impact"), &racked.oskar, &wish(failed.revision, &value, 1))
        .await;
    assert_eq!(impact.json()["turn_green"], 1, "{impact:?}");
    assert_eq!(racked.row().await.exceptions, 0);
    let granted = racked.post(&path, &racked.ada, &wish(failed.revision, &value, 1)).await;
    assert_eq!((granted.status.as_u16(), &granted.json()["turn_green"]), (200, &json!(1)));
    let row = racked.judged().await;
    assert_eq!((row.attestation, row.exceptions), (Attestation::Passed, 1));
    let events = racked.world.events().await.len();
    let again = racked.post(&path, &racked.ada, &wish(row.revision, &value, 1)).await;
    assert_eq!(again.status, 200, "{again:?}");
    assert_eq!(racked.world.events().await.len(), events, "repeating writes nothing");
    let listed = racked.get(&path).await;
    assert_eq!((&listed[0]["used"], &listed[0]["exception"]["by"]), (&json!(true), &json!("ada")));
    // New evidence falls under it, too.
    assert_eq!(racked.verify().await.attestation, Attestation::Passed);
    assert_eq!(racked.judged().await.attestation, Attestation::Passed);

    racked.world.clock.advance(24 * 3600);
    trustboard_server::command::end_exceptions(&racked.world.state.ctx).await.unwrap();
    let row = racked.judged().await;
    assert_eq!((row.attestation, row.exceptions), (Attestation::Failed, 0));
    assert_eq!(racked.world.events().await.iter().filter(|e| **e == "exception-ended").count(), 1);
}

#[tokio::test]
async fn a_revoked_exception_covers_nothing_any_more() {
    let racked = Racked::new().await;
    racked.put_policy(1, &strict()).await;
    let failed = racked.judged().await;
    let (check, value) = refusal(&failed);
    let path = format!("/hosts/{}/exceptions", racked.enrolment.host);
    let wish = json!({
        "revision": failed.revision, "check": check, "value": value,
        "reason": "update is ordered", "days": 30,
    });
    racked.post(&path, &racked.ada, &wish).await;
    assert_eq!(racked.judged().await.attestation, Attestation::Passed);
    let id = racked.get(&path).await[0]["exception"]["id"].as_str().unwrap().to_owned();
    let revoke = format!("/exceptions/{id}/revoke");
    let reason = json!({ "reason": "the update came" });
    let viewer = racked.world.sign_in("vera", Role::Viewer).await;
    assert_eq!(racked.post(&revoke, &viewer, &reason).await.status, 403);
    let answer = racked.post(&revoke, &racked.ada, &reason).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["turn_red"]), (200, &json!(1)));
    assert_eq!(racked.judged().await.attestation, Attestation::Failed);
    let events = racked.world.events().await.len();
    assert_eq!(racked.post(&revoke, &racked.ada, &reason).await.status, 200);
    assert_eq!(racked.world.events().await.len(), events, "repeating writes nothing");
    let unknown = format!("/exceptions/{}/revoke", racked.world.cluster);
    assert_eq!(racked.post(&unknown, &racked.ada, &reason).await.status, 404);
}

#[tokio::test]
async fn what_everything_rests_on_cannot_be_excepted() {
    let racked = Racked::new().await;
    let row = racked.row().await;
    let wish = json!({
        "revision": row.revision, "check": "quote.signature", "reason": "please", "days": 1,
        "value": { "code": "quote.signature-invalid", "place": null, "found": null,
                   "fingerprint": null },
    });
    let path = format!("/hosts/{}/exceptions", racked.enrolment.host);
    assert_eq!(racked.post(&path, &racked.ada, &wish).await.json()["field"], "check");
}

#[tokio::test]
async fn other_makers_are_noticed_and_hosts_judged_again() {
    let racked = Racked::new().await;
    let state = &racked.world.state;
    state.note_standards(Because::Makers).await;
    let before = racked.judged().await;
    assert_eq!(before.attestation, Attestation::Passed);
    state.replace_makers_folder(Folder::default());
    makers_changed(state).await;
    assert_eq!(racked.judged().await.attestation, Attestation::Failed);
    state.replace_makers_folder(genuine_makers());
    makers_changed(state).await;
    assert_eq!(racked.judged().await.attestation, Attestation::Passed);
}

#[tokio::test]
async fn a_host_whose_evidence_is_of_another_version_is_counted_honestly() {
    let racked = Racked::new().await;
    let forget = "UPDATE evidence SET context = NULL";
    racked.world.tamper(forget).await;
    let answer = racked.put_policy(1, &strict()).await.json();
    let expected: [(&str, Value); 4] = [
        ("hosts", json!(1)),
        ("without_evidence", json!(1)),
        ("turn_red", json!(0)),
        ("not_looked_at", json!(0)),
    ];
    for (field, value) in expected {
        assert_eq!(answer[field], value, "{field}");
    }
    assert_eq!(racked.judged().await.attestation, Attestation::Passed, "nothing new is known");
}

#[tokio::test]
async fn many_hosts_are_previewed_and_judged_in_batches() {
    let racked = Racked::new().await;
    racked
        .world
        .tamper(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 249)
             INSERT INTO hosts (id, cluster_id, datacenter_id, name, created_at, credential_hash,
                 presence, presence_since, identity_state, alarm, alarm_red, verdict, attestation,
                 conclusion, appraisal_id, since, known_log)
             SELECT format('00000000-0000-4000-8000-%012d', i), cluster_id, datacenter_id,
                 'copy-' || i, created_at, randomblob(32), 'disconnected', presence_since,
                 identity_state, alarm, alarm_red, verdict, attestation, conclusion, appraisal_id,
                 since, known_log FROM n, (SELECT * FROM hosts LIMIT 1);
             INSERT INTO verified (host_id, cluster_id, datacenter_id, name, at, appraisal_id)
             SELECT h.id, h.cluster_id, h.datacenter_id, h.name, v.at, h.appraisal_id
                 FROM hosts h, verified v WHERE h.name LIKE 'copy-%';
             UPDATE counted SET hosts = hosts + 249, passed = passed + 249;
             INSERT INTO host_facts (host_id, since, facts)
             SELECT h.id, f.since, f.facts FROM hosts h, host_facts f
                 WHERE h.name LIKE 'copy-%';
             INSERT INTO identities SELECT h.id, ek_public, ek_certificate, ak_public,
                 ek, ak, i.since, approved_by_operator, qualified_signer
                 FROM hosts h, identities i WHERE h.name LIKE 'copy-%';
             INSERT INTO evidence (host_id, received_at, cbor, context, log, appraised_at)
                 SELECT h.id, received_at, cbor, context, log, appraised_at FROM hosts h, evidence
                 WHERE h.name LIKE 'copy-%';",
        )
        .await;
    let path = format!("/clusters/{}/policy/impact", racked.world.cluster);
    let body = json!({ "seen": 1, "policy": strict() });
    let impact = racked.post(&path, &racked.oskar, &body).await.json();
    assert_eq!((&impact["hosts"], &impact["not_looked_at"]), (&json!(250), &json!(0)));
    assert_eq!(impact["changes"].as_array().unwrap().len(), 200, "the list has an end");
    racked.put_policy(1, &strict()).await;
    racked.judged().await;
    let inventory = racked.get("/inventory").await;
    assert_eq!(inventory["datacenters"][0]["counts"]["failed"], 250, "{inventory}");
}
