//! What Prometheus reads, who may, and that `docs/metrics.md` lists it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use http::header::CONTENT_TYPE;
use trustboard_model::event::Actor;
use trustboard_model::host::Attestation;
use trustboard_model::role::Role;
use trustboard_model::view::{CertificateHealth, ShownTo};
use trustboard_server::command;
use trustboard_server::vitals::Begun;

use crate::support::World;
use crate::support::agent::{enrol, facts, greet};

const UPDATE: &str = "TRUSTBOARD_UPDATE_DOCUMENTS";
const BEGIN: &str =
    "<!-- The table is written by server/tests/http/metrics.rs; do not edit it by hand. -->\n";
const END: &str = "<!-- The end of the table. -->\n";

async fn read(world: &World) -> String {
    let viewer = world.sign_in("prometheus", Role::Viewer).await;
    let answer = world.get("/api/v1/metrics").by(&viewer).send().await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let kind = answer.headers.get(CONTENT_TYPE).unwrap().to_str().unwrap();
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    answer.text().to_owned()
}

/// The value of a sample.
fn sample(text: &str, name: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))?;
    Some(line.parse().unwrap())
}

#[tokio::test]
async fn a_verification_is_counted_and_timed_stage_by_stage() {
    let mut world = World::new().await;
    let address = world.listen_to_agents().await;
    let enrolled = enrol(&world, "web-1").await;
    let host = facts("web-1", "boot-1");
    let mut agent = greet(address, &enrolled.credential, host.clone()).await;
    agent.has_no_tpm().await;
    agent.answer(&host).await;
    world.row_when(enrolled.host, |row| row.attestation == Attestation::NotApplicable).await;
    let text = read(&world).await;
    assert!(text.ends_with("# EOF\n"), "{text}");
    // Other tests of this program count in the same process.
    for name in [
        "trustboard_verifications_total{attestation=\"n-a\"}",
        "trustboard_appraisals_total{kind=\"full\"}",
        "trustboard_verification_stage_duration_seconds_count{stage=\"answer\"}",
        "trustboard_verification_stage_duration_seconds_count{stage=\"appraisal\"}",
        "trustboard_verification_stage_duration_seconds_count{stage=\"commit\"}",
        "trustboard_commit_duration_seconds_count",
        "trustboard_commit_commands_count",
        "process_resident_memory_bytes",
    ] {
        assert!(sample(&text, name).is_some_and(|value| value >= 1.0), "{name}: {text}");
    }
    for (name, value) in [
        ("trustboard_hosts{datacenter=\"Berlin\",attestation=\"n-a\"}", 1.0),
        ("trustboard_hosts{datacenter=\"Berlin\",attestation=\"failed\"}", 0.0),
        ("trustboard_sessions", 1.0),
        ("trustboard_ready", 1.0),
        ("trustboard_chain_broken", 0.0),
        ("trustboard_streams_limit", 1000.0),
    ] {
        assert_eq!(sample(&text, name), Some(value), "{name}: {text}");
    }
    assert!(sample(&text, "trustboard_database_size_bytes").unwrap() > 4096.0);
    world.stop();
    let text = trustboard_server::metrics::text(&world.state).await.unwrap();
    assert_eq!(sample(&text, "trustboard_ready"), Some(0.0));
}

#[tokio::test]
async fn names_from_outside_do_not_break_out_of_their_labels() {
    let world = World::new().await;
    let console = Actor::Console("test".to_owned());
    let name = "a\"} 9 \\ b";
    command::create_datacenter(&world.state.ctx, &console, name).await.unwrap();
    let text = read(&world).await;
    let escaped = "trustboard_hosts{datacenter=\"a\\\"} 9 \\\\ b\",attestation=\"passed\"}";
    assert_eq!(sample(&text, escaped), Some(0.0), "{text}");
}

#[tokio::test]
async fn who_may_not_see_everything_reads_nothing() {
    let world = World::new().await;
    assert_eq!(world.get("/api/v1/metrics").send().await.status, 401);
    let rights = trustboard_model::rights::Rights::only_in(world.datacenter, Role::Administrator);
    let here = world.sign_in("berlin", rights).await;
    let refused = world.get("/api/v1/metrics").by(&here).send().await;
    assert_eq!(refused.status, 403, "{refused:?}");
}

/// The table of the document: name as it is asked for, kind, labels, meaning.
fn table(text: &str) -> String {
    let mut labels: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (name, rest) = line.split_once(['{', ' ']).unwrap();
        let known = labels.entry(name).or_default();
        if line.as_bytes().get(name.len()) == Some(&b'{') {
            let (inside, _) = rest.rsplit_once("} ").unwrap();
            for label in inside.split("\",") {
                let label = label.split_once('=').unwrap().0;
                if label != "le" && !known.contains(&label) {
                    known.push(label);
                }
            }
        }
    }
    let kinds: BTreeMap<&str, &str> =
        text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split_once(' ')).collect();
    let mut table = "| metric | kind | labels | what |\n|---|---|---|---|\n".to_owned();
    for (name, help) in
        text.lines().filter_map(|line| line.strip_prefix("# HELP ")?.split_once(' '))
    {
        let kind = kinds[name];
        let asked = match kind {
            "counter" => format!("{name}_total"),
            "info" => format!("{name}_info"),
            _ => name.to_owned(),
        };
        let sampled = if kind == "histogram" { format!("{name}_bucket") } else { asked.clone() };
        let labels = labels.get(&*sampled).unwrap_or_else(|| panic!("{name} has no sample"));
        let labels: Vec<String> = labels.iter().map(|label| format!("`{label}`")).collect();
        let help = help.trim_end_matches('.');
        writeln!(table, "| `{asked}` | {kind} | {} | {help} |", labels.join(", ")).unwrap();
    }
    table
}

#[tokio::test]
async fn the_document_lists_what_is_served() {
    let world = World::new().await;
    world.state.vitals.begin(Begun {
        at: world.now(),
        database: Some(std::env::temp_dir().join("trustboard.db")),
        certificates: vec![CertificateHealth {
            shown_to: ShownTo::Browsers,
            expires_at: Some(world.now()),
        }],
        agents: String::new(),
    });
    let text = read(&world).await;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/metrics.md");
    let document = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = document.split_once(BEGIN).unwrap();
    let (found, after) = rest.split_once(END).unwrap();
    let table = format!("\n{}\n", table(&text));
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
    } else {
        let how = format!("run {UPDATE}=1 cargo test -p trustboard-server --test http metrics");
        assert_eq!(found, table, "docs/metrics.md is out of date: {how}");
    }
    // What the alerts ask for exists.
    let names: Vec<&str> = after
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| word.starts_with("trustboard_"))
        .collect();
    assert!(names.len() > 5);
    for name in names {
        assert!(text.contains(&format!("\n{name}")), "{name} is in an alert and not served");
    }
}
