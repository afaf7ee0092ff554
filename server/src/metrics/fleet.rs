//! What is read when somebody asks: hosts, queues, sessions, the database, the chain.

use std::sync::atomic::{AtomicU64, Ordering};

use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Sees;
use trustboard_model::view::{ChainFound, Counts, Health};

use crate::state::AppState;
use crate::{health, query};

type Number = Gauge<f64, AtomicU64>;

/// A datacenter and a word of this program.
type OfDatacenter = [(&'static str, String); 2];

const READY: &str = "Whether the server takes work: 0 while it stops, or its database is away";
const REACHABLE: &str = "Whether the database answers; what only it knows is left out if not";

/// Registers what is known while the database gives no answer.
pub(super) fn unreachable(all: &mut Registry) {
    one(all, "ready", READY, 0.0);
    one(all, "database_reachable", REACHABLE, 0.0);
}

/// Registers what can be read now.
pub(super) async fn register(all: &mut Registry, state: &AppState) -> Result<(), Refusal> {
    let health = health::health(state).await?;
    all.register(
        "build",
        "The server's version",
        Info::new([("version", env!("CARGO_PKG_VERSION"))]),
    );
    let ready = !state.leaving.load(Ordering::Relaxed) && !*state.stopping.borrow();
    one(all, "ready", READY, f64::from(u8::from(ready)));
    let read_only = f64::from(u8::from(health.read_only_since.is_some()));
    one(all, "database_reachable", REACHABLE, 1.0);
    one(all, "read_only", "Whether the server cannot write: its disk is full or fails", read_only);
    hosts(all, state).await?;
    work(all, state, &health);
    storage(all, &health);
    chain(all, state).await
}

/// Writes a gauge without labels.
fn one(all: &mut Registry, name: &str, help: &str, value: f64) {
    all.register(name, help, number(value));
}

fn number(value: f64) -> Number {
    let gauge = Number::default();
    gauge.set(value);
    gauge
}

async fn hosts(all: &mut Registry, state: &AppState) -> Result<(), Refusal> {
    let inventory = query::inventory(&state.ctx, &Sees::Everything).await?;
    let hosts = Family::<OfDatacenter, Number>::default();
    let troubled = Family::<OfDatacenter, Number>::default();
    for datacenter in &inventory.datacenters {
        let Counts { passed, failed, unknown, not_applicable, stale, red, .. } = datacenter.counts;
        let set = |family: &Family<OfDatacenter, Number>, label, value: &str, count: u32| {
            let labels = [("datacenter", datacenter.name.clone()), (label, value.to_owned())];
            family.get_or_create_owned(&labels).set(count.into());
        };
        set(&hosts, "attestation", "passed", passed);
        set(&hosts, "attestation", "failed", failed);
        set(&hosts, "attestation", "unknown", unknown);
        set(&hosts, "attestation", "n-a", not_applicable);
        set(&troubled, "what", "stale", stale);
        set(&troubled, "what", "red-alarm", red);
    }
    all.register("hosts", "Hosts, by what Attestation reads", hosts);
    all.register(
        "hosts_in_trouble",
        "Hosts whose last appraisal is too old (stale), or whose alarm is red (red-alarm)",
        troubled,
    );
    Ok(())
}

fn work(all: &mut Registry, state: &AppState, health: &Health) {
    let queues = Family::<super::Label, Number>::default();
    for (queue, length) in [
        ("waiting", health.jobs.queued),
        ("running", health.jobs.running),
        ("judge-again", health.jobs.judge_again),
    ] {
        queues.get_or_create_owned(&[("queue", queue)]).set(length.into());
    }
    all.register(
        "jobs",
        "Verification jobs, and hosts whose evidence waits to be judged again",
        queues,
    );
    let oldest = health.jobs.oldest.map_or(0, |at| health.now.millis_since(at).max(0));
    #[expect(clippy::cast_precision_loss, reason = "milliseconds far below 2^52")]
    let oldest_s = oldest as f64 / 1000.0;
    all.register_with_unit(
        "oldest_job_age",
        "How long the oldest job waits",
        Unit::Seconds,
        number(oldest_s),
    );
    let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    #[expect(clippy::cast_precision_loss, reason = "milliseconds far below 2^52")]
    let behind_s = health.schedule.behind_ms as f64 / 1000.0;
    all.register_with_unit(
        "schedule_behind",
        "How far verifications are behind their intervals, on this server",
        Unit::Seconds,
        number(behind_s),
    );
    let late = f64::from(u8::from(health.schedule.late.is_some()));
    one(all, "late", "Whether that is said above every page, for this server or another one", late);
    let running = count(state.jobs.running());
    one(all, "verifications_running", "Verifications under way", running);
    let free = count(state.jobs.free_turns());
    one(all, "appraisal_turns_free", "Appraisals that could begin at once", free);
    one(all, "sessions", "Sessions of agents", f64::from(health.sessions));
    let returning = f64::from(health.returning.map_or(0, |returning| returning.hosts));
    one(
        all,
        "agents_returning",
        "Agents whose server ended and that have not come back yet",
        returning,
    );
    one(all, "streams", "Live streams of browsers", f64::from(health.streams));
    one(all, "streams_limit", "Live streams that there may be", f64::from(health.most_streams));
}

#[expect(clippy::cast_precision_loss, reason = "bytes far below 2^52")]
fn storage(all: &mut Registry, health: &Health) {
    let mut bytes = |name: &str, help: &str, value: u64| {
        all.register_with_unit(name, help, Unit::Bytes, number(value as f64));
    };
    bytes("database_size", "The database, its log not counted", health.database.bytes);
    let log = health.database.log_bytes.unwrap_or(0);
    bytes("database_log_size", "The write-ahead log of a SQLite database", log);
    if let Some(disk) = health.disk {
        bytes("disk_free", "Free where the database is", disk.free);
        bytes("disk_size", "In all where the database is", disk.total);
    }
    let expiries = Family::<super::Label, Number>::default();
    for certificate in &health.certificates {
        let shown_to = match certificate.shown_to {
            trustboard_model::view::ShownTo::Browsers => "browsers",
            trustboard_model::view::ShownTo::Agents => "agents",
        };
        if let Some(at) = certificate.expires_at {
            expiries.get_or_create_owned(&[("shown_to", shown_to)]).set((at.0 / 1000) as f64);
        }
    }
    all.register_with_unit(
        "certificate_expiry_timestamp",
        "When a certificate of this server expires, since 1970",
        Unit::Seconds,
        expiries,
    );
}

async fn chain(all: &mut Registry, state: &AppState) -> Result<(), Refusal> {
    let last = query::last_chain_check(&state.ctx).await?;
    let broken = matches!(&last, Some(last) if matches!(last.found, ChainFound::Broken { .. }));
    one(
        all,
        "chain_broken",
        "1 if the latest verification of the chain of events found it broken",
        f64::from(u8::from(broken)),
    );
    #[expect(clippy::cast_precision_loss, reason = "seconds far below 2^52")]
    let at = last.map_or(0.0, |last| (last.at.0 / 1000) as f64);
    all.register_with_unit(
        "chain_verified_timestamp",
        "When the chain of events was last verified, since 1970; 0: never",
        Unit::Seconds,
        number(at),
    );
    Ok(())
}
