//! TPM makers' certificates: imported one by one, confirmed by a person, in force at once.

use serde_json::{Value, json};
use trustboard_attest::endorsement::{Certificate, Chain};
use trustboard_model::event::{Actor, EventKind};
use trustboard_model::role::Role;
use trustboard_server::makers::{InForce, read_bundle};
use trustboard_server::query::{self, ChainState};
use trustboard_server::{command, makers};

use crate::support::evidence::maker::{CertificateSpec, Maker, key, pem};
use crate::support::{Answer, Session, World, administrator};

/// A maker that the server does not know: root, intermediate, and an end of the chain below them.
struct Other {
    root: Vec<u8>,
    intermediate: Vec<u8>,
    end: Vec<u8>,
}

fn other() -> Other {
    let (top, middle) = (key(), key());
    Other {
        root: CertificateSpec::ca("Other Root", "Other Root", &top).sign(&top),
        intermediate: CertificateSpec::ca("Other Root", "Other CA", &middle).sign(&top),
        end: CertificateSpec::ca("Other CA", "Other end", &key()).sign(&middle),
    }
}

fn bundle(other: &Other) -> Vec<u8> {
    [pem("CERTIFICATE", &other.root), pem("CERTIFICATE", &other.intermediate)].concat()
}

fn fingerprint(der: &[u8]) -> String {
    Certificate::parse("certificate", der).unwrap().fingerprint().to_string()
}

fn chains(world: &World, der: &[u8]) -> bool {
    let certificate = Certificate::parse("certificate", der).unwrap();
    Chain::build(&certificate, &world.state.makers()).is_ok()
}

async fn import(world: &World, by: &Session, file: &str, bytes: &[u8]) -> Answer {
    let path = format!("/api/v1/makers/import?file={file}");
    world.post(&path).by(by).body(bytes).send().await
}

async fn decide(world: &World, by: &Session, der: &[u8], action: &str, body: Value) -> Answer {
    let path = format!("/api/v1/makers/{}/{action}", fingerprint(der));
    world.post(&path).by(by).json(&body).send().await
}

async fn page(world: &World, by: &Session) -> Value {
    let answer = world.get("/api/v1/makers").by(by).send().await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

/// The state of the certificate on the page.
async fn state(world: &World, by: &Session, der: &[u8]) -> Option<String> {
    let page = page(world, by).await;
    let fingerprint = fingerprint(der);
    let certificates = page["certificates"].as_array().unwrap().clone();
    let found = certificates.iter().find(|c| c["fingerprint"] == *fingerprint)?;
    Some(found["trust"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn an_unknown_root_counts_once_its_fingerprint_was_compared() {
    let world = World::new().await;
    let admin = world.sign_in("root", Role::Administrator).await;
    let other = other();
    assert!(!chains(&world, &other.end));

    let answer = import(&world, &admin, "other.pem", &bundle(&other)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let report = answer.json();
    assert_eq!(report["counts"]["awaiting"], 1);
    assert_eq!(report["counts"]["follows"], 1);
    assert_eq!(report["lines"][0]["outcome"]["outcome"], "awaiting");
    assert_eq!(report["lines"][0]["facts"]["subject"], "CN=Other Root");
    assert_eq!(report["lines"][1]["number"], 2);
    assert_eq!(state(&world, &admin, &other.root).await.unwrap(), "awaiting");
    assert!(!chains(&world, &other.end), "a root counts for nothing before it is confirmed");
    let kept = format!("/api/v1/makers/imports/{}", report["id"].as_str().unwrap());
    assert_eq!(world.get(&kept).by(&admin).send().await.json(), report);

    let wrong = decide(&world, &admin, &other.root, "trust", json!({"digits": "00000000"})).await;
    assert!(wrong.refusal().starts_with("422 invalid: digits: expected the last 8"), "{wrong:?}");
    let end = fingerprint(&other.root)[56..].to_owned();
    let right = json!({ "digits": end });
    let done = decide(&world, &admin, &other.root, "trust", right.clone()).await;
    assert_eq!(done.json(), json!({ "changed": true }));
    assert!(chains(&world, &other.end));
    let page = page(&world, &admin).await;
    let leads =
        page["certificates"].as_array().unwrap().iter().find(|c| c["subject"] == "CN=Other CA");
    assert_eq!(leads.unwrap()["chains_to"], "CN=Other Root");

    // Again: nothing to do, no event.
    let before = world.events().await;
    let done = decide(&world, &admin, &other.root, "trust", right).await;
    assert_eq!(done.json(), json!({ "changed": false }));
    assert_eq!(world.events().await, before);
    assert_eq!(before[before.len() - 2..], ["makers-imported", "maker-trust-changed"]);
    let whole = query::verify_chain(&world.state.ctx).await.unwrap();
    assert!(matches!(whole, ChainState::Whole { .. }), "{whole:?}");
}

#[tokio::test]
async fn what_is_known_stays_as_it_is_and_what_is_broken_is_named() {
    let world = World::new().await;
    let admin = world.sign_in("root", Role::Administrator).await;
    let other = other();
    import(&world, &admin, "one.pem", &bundle(&other)).await;
    let reason = json!({ "reason": "not ours" });
    decide(&world, &admin, &other.root, "distrust", reason).await;
    let leaf = {
        let mut spec = CertificateSpec::ca("Other CA", "Leaf", &key());
        spec.extensions.clear();
        spec.sign(&key())
    };
    let file = [bundle(&other), bundle(&other), pem("CERTIFICATE", &leaf), pem("X", &[])].concat();
    let report = import(&world, &admin, "two.pem", &file).await.json();
    let outcomes: Vec<&Value> =
        report["lines"].as_array().unwrap().iter().map(|line| &line["outcome"]).collect();
    assert_eq!(
        outcomes,
        [
            &json!({ "outcome": "known", "trust": "distrusted" }),
            &json!({ "outcome": "known", "trust": "follows" }),
            &json!({ "outcome": "repeated" }),
            &json!({ "outcome": "repeated" }),
            &json!({ "outcome": "refused", "problem": "not-a-ca" }),
            &json!({ "outcome": "refused", "problem": "something-else", "what": "X" }),
        ]
    );
    assert_eq!(report["lines"][4]["facts"]["subject"], "CN=Leaf");
    assert_eq!(state(&world, &admin, &other.root).await.unwrap(), "distrusted");
    assert!(!chains(&world, &other.end));
}

#[tokio::test]
async fn the_folders_certificates_count_unless_somebody_distrusts_them() {
    let world = World::new().await;
    let admin = world.sign_in("root", Role::Administrator).await;
    let maker = Maker::genuine();
    let page = page(&world, &admin).await;
    let of_folder = page["certificates"].as_array().unwrap().clone();
    assert_eq!(of_folder.len(), 2);
    assert!(of_folder.iter().all(|c| c["origin"]["from"] == "folder"), "{of_folder:?}");
    let fingerprint = of_folder.iter().find(|c| c["kind"] == "root").unwrap()["fingerprint"]
        .as_str()
        .unwrap()
        .to_owned();
    let act = |action: &str, body: Value| {
        let path = format!("/api/v1/makers/{fingerprint}/{action}");
        let (world, admin) = (&world, &admin);
        async move { world.post(&path).by(admin).json(&body).send().await }
    };
    let refused = act("remove", json!({ "reason": "gone" })).await.refusal();
    assert!(refused.contains("makers_dir"), "{refused}");
    let end = CertificateSpec::ca(&maker.issuer_name, "End", &key()).sign(&maker.issuer);
    assert!(chains(&world, &end));
    let done = act("distrust", json!({ "reason": "broken" })).await;
    assert_eq!(done.json(), json!({ "changed": true }));
    assert!(!chains(&world, &end));
    // The decision outlives the file and a restart: it is on record.
    let loaded: InForce = makers::load(&world.state.ctx, makers::Folder::default()).await.unwrap();
    assert!(loaded.set().is_empty());
    // Removed, the folder speaks again.
    act("remove", json!({ "reason": "it was right" })).await;
    assert!(chains(&world, &end));
}

#[tokio::test]
async fn archives_are_imported_and_published_roots_trusted_at_once() {
    let world = World::new().await;
    let admin = world.sign_in("root", Role::Administrator).await;
    let vectors = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors");
    let file = vectors.join("HIRS/ci/oem_certs.zip");
    let Ok(bytes) = std::fs::read(&file) else {
        eprintln!("skipped: {} is not there", file.display());
        return;
    };
    let report = import(&world, &admin, "oem_certs.zip", &bytes).await.json();
    let counts = &report["counts"];
    assert_eq!(report["lines"].as_array().unwrap().len(), 358);
    // 203 different certificates by an independent count of SHA-256, of which 20 are published roots.
    let expected = json!({
        "trusted": 20, "awaiting": 18, "follows": 165, "lists": 0, "known": 155, "refused": 0
    });
    assert_eq!(counts, &expected);
    let page = page(&world, &admin).await;
    let leading = page["certificates"].as_array().unwrap();
    let leading = leading.iter().filter(|c| !c["chains_to"].is_null()).count();
    assert!(leading > 100, "{leading}");
}

#[tokio::test]
async fn only_approvers_change_what_everybody_may_see() {
    let world = World::new().await;
    let other = other();
    let admin = world.sign_in("root", Role::Administrator).await;
    import(&world, &admin, "other.pem", &bundle(&other)).await;
    for (name, role) in [("vera", Role::Viewer), ("olga", Role::Operator)] {
        let session = world.sign_in(name, role).await;
        assert_eq!(page(&world, &session).await["certificates"].as_array().unwrap().len(), 4);
        let before = world.events().await;
        let refused = "403 forbidden: this needs the role approver";
        assert_eq!(import(&world, &session, "x.pem", &bundle(&other)).await.refusal(), refused);
        for action in ["trust", "distrust", "remove"] {
            let body = json!({ "reason": "because" });
            let answer = decide(&world, &session, &other.root, action, body).await;
            assert_eq!(answer.refusal(), refused);
            let path = format!("/makers/{}/{action}", fingerprint(&other.root));
            assert_eq!(world.post(&path).by(&session).form("text=x").send().await.status, 403);
        }
        let form = multipart("x.pem", &bundle(&other));
        assert_eq!(send(&world, &session, &form).await.status, 403);
        assert_eq!(world.events().await, before);
    }
    assert_eq!(world.get("/api/v1/makers").send().await.status, 401);
}

#[tokio::test]
async fn refusals_name_what_is_wrong() {
    let world = World::new().await;
    let admin = world.sign_in("root", Role::Administrator).await;
    let other = other();
    for (path, body, expected) in [
        ("/api/v1/makers/xyz/trust", json!({"digits": "1"}), "404 not-found"),
        (
            &format!("/api/v1/makers/{}/trust", "ab".repeat(32)),
            json!({"digits": "abababab"}),
            "404 not-found",
        ),
        (&format!("/api/v1/makers/{}/explode", "ab".repeat(32)), json!({}), "404 not-found"),
        (&format!("/api/v1/makers/{}/trust", "ab".repeat(32)), json!({}), "422 invalid: digits"),
        (
            &format!("/api/v1/makers/{}/distrust", "ab".repeat(32)),
            json!({"reason": "r", "digits": "d"}),
            "422 invalid: digits",
        ),
    ] {
        let refusal = world.post(path).by(&admin).json(&body).send().await.refusal();
        assert!(refusal.starts_with(expected), "{path}: {refusal}");
    }
    import(&world, &admin, "other.pem", &bundle(&other)).await;
    let empty = decide(&world, &admin, &other.root, "remove", json!({ "reason": " " })).await;
    assert!(empty.refusal().starts_with("422 invalid: reason"));
    let nameless = world.post("/api/v1/makers/import").by(&admin).body(b"x").send().await;
    assert!(nameless.refusal().starts_with("422 invalid: query"), "{nameless:?}");
    let large = vec![0; 9 * 1024 * 1024];
    let refusal = import(&world, &admin, "large.bin", &large).await.refusal();
    assert!(refusal.starts_with("422 invalid: body: longer than"), "{refusal}");
    let missing = format!("/api/v1/makers/imports/{}", world.datacenter);
    assert_eq!(world.get(&missing).by(&admin).send().await.status, 404);
}

const BOUNDARY: &str = "----form-of-a-browser";

fn multipart(name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"trust\"\r\n\r\non\r\n\
         --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    [head.as_bytes(), bytes, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat()
}

async fn send(world: &World, by: &Session, form: &[u8]) -> Answer {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    world.post("/makers/import").by(by).header("content-type", &kind).body(form).send().await
}

#[tokio::test]
async fn plain_forms_lead_back_to_the_page() {
    let world = World::new().await;
    let admin = world.sign_in("root", Role::Administrator).await;
    let other = other();
    let answer = send(&world, &admin, &multipart("other.pem", &bundle(&other))).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    assert!(answer.location().starts_with("/makers?import="), "{answer:?}");
    let large = vec![0; 9 * 1024 * 1024];
    for (form, code) in [
        (multipart("", b""), "no-file"),
        (b"nothing".to_vec(), "unreadable"),
        (multipart("large", &large), "too-large"),
    ] {
        let answer = send(&world, &admin, &form).await;
        assert_eq!(answer.location(), format!("/makers?refused={code}"));
    }
    let root = fingerprint(&other.root);
    let decide = |action: &str, text: String| {
        let path = format!("/makers/{root}/{action}");
        let (world, admin) = (&world, &admin);
        async move {
            let form = format!("text={text}");
            let answer = world.post(&path).by(admin).form(&form).send().await;
            answer.location().to_owned()
        }
    };
    let at = |became: &str| format!("/makers?certificate={root}&{became}#certificate");
    assert_eq!(decide("trust", "1234".to_owned()).await, at("refused=digits"));
    assert_eq!(decide("trust", root[56..].to_owned()).await, at("done=trust"));
    assert_eq!(decide("trust", root[56..].to_owned()).await, at("done=nothing"));
    assert_eq!(decide("distrust", String::new()).await, at("refused=reason"));
    assert_eq!(decide("remove", "test".to_owned()).await, at("done=remove"));
    assert_eq!(decide("remove", "test".to_owned()).await, at("refused=gone"));
    // Another site's page cannot.
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let form = multipart("other.pem", &bundle(&other));
    let foreign = world
        .post("/makers/import")
        .header("sec-fetch-site", "cross-site")
        .by(&admin)
        .header("content-type", &kind)
        .body(&form);
    assert_eq!(foreign.send().await.status, 403);
}

#[tokio::test]
async fn what_another_process_imports_is_in_force_in_the_running_server() {
    let world = World::new().await;
    let admin = world.sign_in("root", Role::Administrator).await;
    let other = other();
    let beside = world.beside().await;
    let console = Actor::Console("test".to_owned());
    let found = read_bundle("other.pem", bundle(&other));
    let report = command::import_makers(&beside, &console, "other.pem", found, true).await.unwrap();
    assert_eq!(report.summary.counts.awaiting, 1);
    let deadline = tokio::time::Instant::now() + crate::support::PATIENCE;
    while state(&world, &admin, &other.root).await.as_deref() != Some("awaiting") {
        assert!(tokio::time::Instant::now() < deadline, "it was never loaded");
        tokio::task::yield_now().await;
    }
    let first = trustboard_model::event::EventSeq(1);
    let events = query::audit(&world.state.ctx, &administrator(), first, 1000).await.unwrap();
    let EventKind::MakersImported { file, .. } = &events.last().unwrap().kind else { panic!() };
    assert_eq!(file, "other.pem");
}
