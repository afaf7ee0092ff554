//! Configurations from the first capture to an accepted change, with evidence that a TPM signed.

use std::net::SocketAddr;

use http::header::CONTENT_TYPE;
use serde_json::{Value, json};
use trustboard_attest::Bundle;
use trustboard_model::bytes::from_hex;
use trustboard_model::host::Attestation;
use trustboard_model::policy::Policy;
use trustboard_model::role::Role;
use trustboard_model::view::{HostRow, Message};
use trustboard_server::query;

use crate::support::agent::{Agent, Enrolment};
use crate::support::evidence::boot::{Boot, BootEvent};
use crate::support::tpm::TpmHost;
use crate::support::{Answer, Session, World};

/// A server with one host, verified once, and its operators.
pub struct Racked {
    pub world: World,
    pub host: TpmHost,
    pub enrolment: Enrolment,
    pub agent: Agent,
    pub ada: Session,
    pub oskar: Session,
}

/// EV_IPL: what the boot loader measures (PFP 1.06, 10.4.1).
const IPL: u32 = 0x0000_000D;

fn booting(command_line: &str) -> Boot {
    let mut boot = Boot::secure();
    let words = format!("kernel_cmdline: {command_line}\0");
    let mut event = BootEvent::new(8, IPL, words.as_bytes());
    event.hashed = command_line.as_bytes().to_vec();
    boot.events.push(event);
    boot
}

impl Racked {
    pub async fn new() -> Self {
        let mut world = World::new().await;
        let address: SocketAddr = world.listen_to_agents().await;
        let mut host = TpmHost::healthy("web-1");
        host.scene.boot = booting("quiet");
        let enrolment = host.enrol(&world).await;
        let mut agent = host.connect(address, &enrolment).await;
        host.prove(&mut agent).await;
        host.answer(&mut agent).await;
        world.row_when(enrolment.host, |row| row.attestation == Attestation::Passed).await;
        let ada = world.sign_in("ada", Role::Administrator).await;
        let oskar = world.sign_in("oskar", Role::Operator).await;
        Self { world, host, enrolment, agent, ada, oskar }
    }

    pub async fn row(&self) -> HostRow {
        self.world.row(self.enrolment.host).await
    }

    /// The row once everything that waits was judged again.
    pub async fn judged(&self) -> HostRow {
        self.world.judged().await;
        self.row().await
    }

    /// Verifies the host now.
    pub async fn verify(&mut self) -> HostRow {
        let before = self.row().await;
        self.world.clock.advance(1);
        let path = format!("/api/v1/hosts/{}/verify-now", self.enrolment.host);
        let body = json!({ "revision": before.revision });
        let answer = self.world.post(&path).by(&self.oskar).json(&body).send().await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let fresh = |row: &HostRow| !row.verifying && row.last_verified > before.last_verified;
        let answers = async {
            loop {
                // After an hour its own turn has come, too.
                self.host.answer(&mut self.agent).await;
            }
        };
        tokio::select! {
            row = self.world.row_when(self.enrolment.host, fresh) => row,
            () = answers => unreachable!("it answers for ever"),
        }
    }

    /// The host boots with another kernel command line.
    pub async fn boots(&mut self, command_line: &str) -> HostRow {
        self.host.scene.boot = booting(command_line);
        self.host.scene.attest.reset_count += 1;
        self.verify().await
    }

    pub async fn post(&self, path: &str, by: &Session, body: &Value) -> Answer {
        self.world.post(&format!("/api/v1{path}")).by(by).json(body).send().await
    }

    pub async fn get(&self, path: &str) -> Value {
        let answer = self.world.get(&format!("/api/v1{path}")).by(&self.oskar).send().await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }

    async fn does(&self, by: &Session, action: Value) -> Value {
        let answer = self.post("/configurations", by, &action).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }

    /// Captures what the host booted; gives the draft's id.
    async fn capture(&self, name: &str) -> String {
        let action = json!({
            "action": "capture", "host": self.enrolment.host, "name": name,
            "notes": "after the update", "clusters": [], "pcrs": [],
        });
        let done = self.does(&self.oskar, action).await;
        assert_eq!((done["state"].as_str(), &done["reappraised"]), (Some("draft"), &json!(0)));
        done["configuration"]["id"].as_str().unwrap().to_owned()
    }

    async fn revision(&self, id: &str) -> u64 {
        self.get(&format!("/configurations/{id}")).await["row"]["revision"].as_u64().unwrap()
    }

    async fn approve(&self, id: &str) -> Value {
        let revision = self.revision(id).await;
        self.does(&self.ada, approval(id, revision)).await
    }
}

fn approval(id: &str, revision: u64) -> Value {
    json!({ "action": "approve", "id": id, "revision": revision, "keep_older": false })
}

fn mismatch(row: &HostRow) -> &trustboard_model::reason::Reason {
    match &row.message {
        Message::Reasons { reasons } => &reasons[0],
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_was_approved_passes_and_what_differs_is_named() {
    let mut racked = Racked::new().await;
    let id = racked.capture("Debian 12.8").await;
    let page = racked.get(&format!("/configurations/{id}")).await;
    assert_eq!(page["row"]["clusters"][0]["name"], "Rack-1", "the host's own");
    assert!(page["reference"]["pcrs"]["8"]["events"][0]["said"]["text"] != Value::Null, "{page}");
    // A draft changes nothing.
    assert_eq!(racked.judged().await.attestation, Attestation::Passed);
    let revision = racked.revision(&id).await;
    let refused = racked.post("/configurations", &racked.oskar, &approval(&id, revision)).await;
    assert_eq!(refused.status, 403, "operators do not approve");
    let refused = racked.post("/configurations", &racked.ada, &approval(&id, revision + 1)).await;
    assert_eq!(refused.json()["refusal"], "stale");

    let done = racked.approve(&id).await;
    assert_eq!((done["state"].as_str(), &done["reappraised"]), (Some("approved"), &json!(1)));
    let row = racked.judged().await;
    assert_eq!((row.attestation, row.message), (Attestation::Passed, Message::Nothing));
    let list = racked.get("/configurations").await;
    assert_eq!((&list[0]["hosts"], &list[0]["state"]), (&json!(1), &json!("approved")));

    let row = racked.boots("quiet init=/bin/sh").await;
    assert_eq!(row.attestation, Attestation::Failed);
    let reason = mismatch(&row);
    assert!(reason.facts.contains_key("fingerprint"), "{reason:?}");
    let list = racked.get("/configurations").await;
    assert_eq!(list[0]["hosts"], 0);
    assert!(list[0]["last_matched"].is_u64(), "{list}");
    // Back to what was approved.
    assert_eq!(racked.boots("quiet").await.attestation, Attestation::Passed);
}

#[tokio::test]
async fn an_accepted_change_is_the_next_version_and_the_older_one_is_superseded() {
    let mut racked = Racked::new().await;
    let id = racked.capture("Debian 12.8").await;
    racked.approve(&id).await;
    racked.world.judged().await;
    let row = racked.boots("quiet splash").await;
    let accept = |revision: u64| {
        json!({
            "action": "accept-change", "host": racked.enrolment.host, "revision": revision,
            "reason": "splash screen", "keep_older": false,
        })
    };
    let stale = racked.post("/configurations", &racked.ada, &accept(row.revision - 1)).await;
    assert_eq!(stale.json()["refusal"], "stale");
    let what_if = racked.post("/configurations/impact", &racked.oskar, &accept(row.revision)).await;
    let impact = what_if.json();
    assert_eq!((&impact["turn_green"], &impact["hosts"]), (&json!(1), &json!(1)), "{impact}");
    assert_eq!(racked.row().await, row, "a preview changes nothing");

    let done = racked.does(&racked.ada, accept(row.revision)).await;
    assert_eq!(
        (&done["configuration"]["version"], &done["state"]),
        (&json!(2), &json!("approved"))
    );
    let after = racked.judged().await;
    assert_eq!(after.attestation, Attestation::Passed);
    assert_eq!(after.last_verified, row.last_verified, "that was no verification");
    assert!(matches!(
        after.alarm,
        trustboard_model::view::AlarmView::Red {
            condition: trustboard_model::alarm::Condition::Cleared { .. },
            ..
        }
    ));
    let second = done["configuration"]["id"].as_str().unwrap();
    let page = racked.get(&format!("/configurations/{second}")).await;
    assert_eq!(page["versions"][1]["state"], "superseded");
    let events = racked.world.events().await;
    for code in ["configuration-captured", "configuration-approved", "configuration-superseded"] {
        assert!(events.contains(&code), "{code}");
    }
    assert_eq!(events.iter().filter(|code| **code == "change-accepted").count(), 1);
    // The log of the first version is there for as long as that is on record.
    let log = trustboard_model::digest::Sha256(
        from_hex(racked.get(&format!("/configurations/{id}")).await["log"].as_str().unwrap())
            .unwrap()
            .try_into()
            .unwrap(),
    );
    racked.boots("third").await;
    assert!(query::event_log(&racked.world.state.ctx, log).await.unwrap().is_some());
    // What the older version let pass does not any more.
    let row = racked.boots("quiet").await;
    assert_eq!(row.attestation, Attestation::Failed);
}

#[tokio::test]
async fn a_policy_can_demand_a_second_person() {
    let racked = Racked::new().await;
    let cluster = racked.world.cluster;
    let policy = Policy { two_approvals: true, ..Policy::linux_server() };
    let path = format!("/api/v1/clusters/{cluster}/policy");
    let put = racked.world.put(&path).by(&racked.ada);
    assert_eq!(put.json(&json!({ "seen": 1, "policy": policy })).send().await.status, 200);
    let id = racked.capture("Debian 12.8").await;
    let done = racked.approve(&id).await;
    assert_eq!((&done["state"], &done["reappraised"]), (&json!("awaiting-second"), &json!(0)));
    let before = racked.world.events().await.len();
    assert_eq!(racked.approve(&id).await["state"], "awaiting-second", "once more is not twice");
    assert_eq!(racked.world.events().await.len(), before);
    let berta = racked.world.sign_in("berta", Role::Administrator).await;
    let revision = racked.revision(&id).await;
    let done = racked.does(&berta, approval(&id, revision)).await;
    assert_eq!((&done["state"], &done["reappraised"]), (&json!("approved"), &json!(1)));
}

#[tokio::test]
async fn a_draft_is_edited_until_it_is_approved() {
    let mut racked = Racked::new().await;
    let id = racked.capture("Debian 12.8").await;
    let page = racked.get(&format!("/configurations/{id}")).await;
    let events = page["reference"]["pcrs"]["8"]["events"].as_array().unwrap();
    let number = events.last().unwrap()["number"].as_u64().unwrap();
    let edit = |revision: u64, pcrs: Value| {
        json!({
            "action": "edit", "id": id, "revision": revision, "notes": "reviewed",
            "clusters": [racked.world.cluster], "pcrs": pcrs, "varies": [number],
        })
    };
    let revision = racked.revision(&id).await;
    let refused = racked.post("/configurations", &racked.oskar, &edit(revision, json!([]))).await;
    assert_eq!(refused.json()["field"], "pcrs", "{refused:?}");
    let refused = racked.post("/configurations", &racked.oskar, &edit(revision, json!([10]))).await;
    assert_eq!(refused.json()["field"], "pcrs", "{refused:?}");
    let stale = racked.post("/configurations", &racked.oskar, &edit(9, json!([7, 8]))).await;
    assert_eq!(stale.json()["refusal"], "stale");
    racked.does(&racked.oskar, edit(revision, json!([7, 8]))).await;
    let before = racked.world.events().await.len();
    racked.does(&racked.oskar, edit(revision, json!([7, 8]))).await;
    assert_eq!(racked.world.events().await.len(), before, "repeating writes nothing");
    racked.approve(&id).await;
    let refused = racked.post("/configurations", &racked.oskar, &edit(9, json!([7]))).await;
    assert_eq!(refused.status, 409, "{refused:?}");
    racked.world.judged().await;
    // The command line may vary now.
    assert_eq!(racked.boots("another one").await.attestation, Attestation::Passed);
}

#[tokio::test]
async fn without_the_only_approved_one_a_cluster_verifies_the_rest() {
    let mut racked = Racked::new().await;
    let id = racked.capture("Debian 12.8").await;
    racked.approve(&id).await;
    racked.world.judged().await;
    assert_eq!(racked.boots("changed").await.attestation, Attestation::Failed);
    let revision = racked.revision(&id).await;
    let retire =
        json!({ "action": "retire", "id": id, "revision": revision, "reason": "obsolete" });
    assert_eq!(racked.post("/configurations", &racked.oskar, &retire).await.status, 403);
    let impact = racked.post("/configurations/impact", &racked.ada, &retire).await.json();
    assert_eq!(impact["turn_green"], 1, "{impact}");
    racked.does(&racked.ada, retire.clone()).await;
    assert_eq!(racked.judged().await.attestation, Attestation::Passed);
    let before = racked.world.events().await.len();
    racked.does(&racked.ada, retire).await;
    assert_eq!(racked.world.events().await.len(), before, "repeating writes nothing");
    assert_eq!(racked.get("/configurations").await, json!([]));
    assert_eq!(racked.get("/configurations?all=true").await[0]["state"], "retired");
}

fn form(fields: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, value) in fields {
        let file = if file.is_empty() { String::new() } else { format!("; filename=\"{file}\"") };
        let head =
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n");
        body.extend(head.as_bytes());
        body.extend(*value);
        body.extend(b"\r\n");
    }
    body.extend(b"--edge--\r\n");
    body
}

#[tokio::test]
async fn a_log_file_becomes_a_draft() {
    let racked = Racked::new().await;
    let (_, log) = racked.host.scene.evidence();
    let cluster = racked.world.cluster.to_string();
    let send = |path: &str, by: &Session, fields: Vec<u8>| {
        let ask = racked.world.post(path).by(by);
        ask.header(CONTENT_TYPE.as_str(), "multipart/form-data; boundary=edge").body(&fields).send()
    };
    let fields = form(&[
        ("log", "binary_bios_measurements", &log),
        ("name", "", b"From a file"),
        ("notes", "", b""),
        ("clusters[]", "", cluster.as_bytes()),
    ]);
    let api = "/api/v1/configurations/import";
    let made = send(api, &racked.oskar, fields.clone()).await;
    assert_eq!(made.status, 201, "{made:?}");
    let id = made.json()["configuration"]["id"].as_str().unwrap().to_owned();
    let page = racked.get(&format!("/configurations/{id}")).await;
    assert_eq!(page["row"]["source"]["name"], "binary_bios_measurements");
    // The same form on the page leads to the draft, which is the next version.
    let made = send("/configurations/import", &racked.oskar, fields.clone()).await;
    assert_eq!(made.status, 303);
    assert!(made.location().starts_with("/configurations/"), "{}", made.location());
    let viewer = racked.world.sign_in("vera", Role::Viewer).await;
    assert_eq!(send(api, &viewer, fields).await.status, 403);
    for (log, problem) in [(&b""[..], "log"), (b"no log at all", "log")] {
        let refused = send(api, &racked.oskar, form(&[("log", "f", log), ("name", "", b"x")]));
        assert_eq!(refused.await.json()["field"], problem);
    }
    let long = vec![0; 2 * 1024 * 1024];
    let refused = send(api, &racked.oskar, form(&[("log", "f", &long), ("name", "", b"x")])).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    let again = send("/configurations/import", &racked.oskar, form(&[("log", "f", b"no log")]));
    assert_eq!(again.await.location(), "/configurations");
    // It matches the host that it came from.
    racked.approve(&id).await;
    assert_eq!(racked.judged().await.attestation, Attestation::Passed);
    assert_eq!(racked.get("/configurations").await[1]["hosts"], 1);
}

#[tokio::test]
async fn the_bundle_of_a_host_concludes_what_its_row_says() {
    let mut racked = Racked::new().await;
    let id = racked.capture("Debian 12.8").await;
    racked.approve(&id).await;
    racked.world.judged().await;
    for (command_line, attestation) in
        [("quiet", Attestation::Passed), ("rescue", Attestation::Failed)]
    {
        racked.boots(command_line).await;
        let path = format!("/api/v1/hosts/{}/evidence", racked.enrolment.host);
        let answer = racked.world.get(&path).by(&racked.oskar).send().await;
        assert_eq!(answer.headers[CONTENT_TYPE], "application/cbor");
        let name = answer.headers["content-disposition"].to_str().unwrap();
        assert!(name.starts_with("attachment; filename=\"web-1-") && name.ends_with("Z.cbor\""));
        let bundle = Bundle::read(&answer.body).unwrap();
        let appraisal = bundle.appraise(bundle.appraised_at).unwrap();
        assert_eq!(appraisal.attestation(), attestation);
        assert_eq!(appraisal.report(), &bundle.report, "nothing that it depended on is missing");
    }
    let path = format!("/api/v1/hosts/{}/evidence", racked.enrolment.host);
    assert_eq!(racked.world.get(&path).send().await.status, 401);
    let fresh = TpmHost::healthy("web-2").enrol(&racked.world).await;
    let path = format!("/api/v1/hosts/{}/evidence", fresh.host);
    let refused = racked.world.get(&path).by(&racked.oskar).send().await;
    assert_eq!(refused.json()["refusal"], "conflict", "{refused:?}");
}
