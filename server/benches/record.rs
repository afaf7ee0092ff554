//! What recording appraisals in full costs, many together beside each by itself, on SQLite with durable
//! commits, in the same run: `cargo xtask bench record`.

#![expect(clippy::unwrap_used, reason = "a world is made or nothing is measured")]
#![expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]

#[expect(dead_code, reason = "the stories use the rest")]
#[path = "../tests/store/mod.rs"]
mod store;

#[path = "log/mod.rs"]
mod log;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use serde_json::{Value, json};
use store::evidence::{Says, SoftTpm, recording_that};
use store::sqlite::File;
use store::{World, facts_with_tpm};
use tokio::task::JoinSet;
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::{Context, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;
use trustboard_model::id::HostId;
use trustboard_server::command::{self, Known, Ready, Recording, Renewal};
use trustboard_server::query;

/// As many as the server records at a time.
const TOGETHER: usize = 64;
const HOSTS: usize = 4 * TOGETHER;
/// Rounds; each records every host once in every way.
const ROUNDS: u32 = 8;
/// Bytes of a log, each another one: a host with some 120 events in three banks.
const LOG: usize = 24 * 1024;

struct Host {
    id: HostId,
    tpm: SoftTpm,
}

/// What one way took in all rounds.
#[derive(Default)]
struct Taken {
    seconds: Vec<f64>,
    written: u64,
    /// In the last round, which is not timed.
    statements: u64,
}

/// Every way of recording.
#[derive(Default)]
struct Ways {
    renewed_alone: Taken,
    renewed_together: Taken,
    changed_alone: Taken,
    changed_together: Taken,
}

/// Statements that were run, as sqlx tells of each once somebody listens.
static STATEMENTS: AtomicU64 = AtomicU64::new(0);

struct Counting;

impl<S: Subscriber> Layer<S> for Counting {
    fn on_event(&self, _: &Event<'_>, _: Context<'_, S>) {
        STATEMENTS.fetch_add(1, Ordering::Relaxed);
    }
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (ways, pages) = runtime.block_on(measure());
    let pages: BTreeMap<_, _> =
        pages.into_iter().map(|(name, pages)| (name, pages as f64 / TOGETHER as f64)).collect();
    let of = |taken: &Taken| -> Value {
        let mut seconds = taken.seconds.clone();
        seconds.sort_by(f64::total_cmp);
        json!({
            "us": seconds[seconds.len() / 2] * 1e6 / HOSTS as f64,
            "bytes": taken.written / (u64::from(ROUNDS) * HOSTS as u64),
            "statements": taken.statements as f64 / HOSTS as f64,
        })
    };
    let renewed =
        json!({ "alone": of(&ways.renewed_alone), "together": of(&ways.renewed_together) });
    let changed =
        json!({ "alone": of(&ways.changed_alone), "together": of(&ways.changed_together) });
    println!("{}", json!({ "renewed": renewed, "changed": changed, "pages": pages }));
}

async fn measure() -> (Ways, BTreeMap<String, usize>) {
    let world = Arc::new(World::<File>::new().await);
    let (_, cluster) = world.berlin().await;
    let mut hosts = Vec::new();
    for number in 0..HOSTS {
        let (tpm, mut secret) = (SoftTpm::new(), [0; 32]);
        secret[..8].copy_from_slice(&(number as u64).to_be_bytes());
        let token = world.token(cluster, 1).await;
        let facts = facts_with_tpm(&format!("host-{number}"));
        let keys = tpm.keys();
        let ctx = &world.ctx;
        let id = command::begin_enrolment(ctx, &token, &facts, &keys, &secret).await.unwrap();
        let id = command::finish_enrolment(ctx, id, &secret).await.unwrap();
        hosts.push(Host { id, tpm });
    }
    let (mut ways, mut boot) = (Ways::default(), 0);
    // The first of each host makes its run.
    by_themselves(&world, made(&world, &hosts, Says::Passed, &mut boot)).await;
    for _ in 0..ROUNDS {
        round(&world, &hosts, &mut ways, &mut boot).await;
    }
    let pages = pages(&world, &hosts[..TOGETHER], &mut boot).await;
    let timed = ways;
    let mut ways = Ways::default();
    let only = Targets::new().with_target("sqlx::query", LevelFilter::DEBUG);
    tracing_subscriber::registry().with(Counting.with_filter(only)).init();
    round(&world, &hosts, &mut ways, &mut boot).await;
    let counted = |timed: Taken, of: &Taken| Taken { statements: of.statements, ..timed };
    let ways = Ways {
        renewed_alone: counted(timed.renewed_alone, &ways.renewed_alone),
        renewed_together: counted(timed.renewed_together, &ways.renewed_together),
        changed_alone: counted(timed.changed_alone, &ways.changed_alone),
        changed_together: counted(timed.changed_together, &ways.changed_together),
    };
    (ways, pages)
}

/// Pages of the write-ahead log that one write of these hosts fills, which pass as before.
async fn pages(
    world: &Arc<World<File>>,
    hosts: &[Host],
    boot: &mut u32,
) -> BTreeMap<String, usize> {
    let renewals = renewals(world, made(world, hosts, Says::Passed, boot)).await;
    let log = log::Log::emptied(&world.db.path()).await;
    all_together(world, &renewals).await;
    log.pages().await
}

async fn renewals(world: &World<File>, recordings: Vec<Recording>) -> Vec<Renewal> {
    let mut renewals = Vec::new();
    for recording in recordings {
        let known = query::verification(&world.ctx, recording.host).await.unwrap().unwrap();
        renewals.push(Renewal::of(recording, Known::of(&known)).expect("it passed as before"));
    }
    renewals
}

/// Every way once.
async fn round(world: &Arc<World<File>>, hosts: &[Host], ways: &mut Ways, boot: &mut u32) {
    let recordings = made(world, hosts, Says::Passed, boot);
    take(&mut ways.renewed_alone, by_themselves(world, recordings)).await;
    let recordings = made(world, hosts, Says::Passed, boot);
    let renewals = renewals(world, recordings).await;
    take(&mut ways.renewed_together, all_together(world, &renewals)).await;
    let recordings = made(world, hosts, Says::Warned, boot);
    take(&mut ways.changed_alone, by_themselves(world, recordings)).await;
    // As they were.
    let recordings = made(world, hosts, Says::Passed, boot);
    let ready: Vec<Ready> = recordings.into_iter().map(Ready::of).collect();
    take(&mut ways.changed_together, changes(world, &ready)).await;
}

/// Appraisals of every host after a boot, ready to be recorded.
fn made(world: &World<File>, hosts: &[Host], says: Says, boot: &mut u32) -> Vec<Recording> {
    world.clock.advance(60);
    *boot += 1;
    let log = |host: &Host| {
        let mut log = Vec::with_capacity(LOG);
        while log.len() < LOG {
            let seed = [host.id.as_bytes().as_slice(), &boot.to_be_bytes(), &log].concat();
            log.extend(trustboard_soft_tpm::sha256(&seed[..seed.len().min(64)]).0);
            log.extend([7; 32]);
        }
        log
    };
    let made = |host: &Host| {
        let recording = recording_that(says, &host.tpm, host.id, world.now(), *boot, &log(host));
        recording.appraisal.report_digest();
        recording
    };
    hosts.iter().map(made).collect()
}

async fn take(taken: &mut Taken, work: impl Future<Output = ()>) {
    let (before, begun) = (written(), Instant::now());
    let statements = STATEMENTS.load(Ordering::Relaxed);
    work.await;
    taken.seconds.push(begun.elapsed().as_secs_f64());
    taken.written += written() - before;
    taken.statements += STATEMENTS.load(Ordering::Relaxed) - statements;
}

/// Bytes that this process has given to the system to be written: the write-ahead log and the file. What
/// was sent to the disk cannot be told from `write_bytes`, which counts whole folios.
fn written() -> u64 {
    let io = std::fs::read_to_string("/proc/self/io").unwrap();
    let bytes = io.lines().find_map(|line| line.strip_prefix("wchar: ")).unwrap();
    bytes.parse().unwrap()
}

/// As many at a time as the server would; those that wait share a transaction.
async fn by_themselves(world: &Arc<World<File>>, recordings: Vec<Recording>) {
    let mut recordings = recordings.into_iter();
    loop {
        let mut running = JoinSet::new();
        for recording in recordings.by_ref().take(TOGETHER) {
            let world = Arc::clone(world);
            running.spawn(async move {
                command::record_appraisal(&world.ctx, recording).await.unwrap().unwrap();
            });
        }
        if running.is_empty() {
            return;
        }
        running.join_all().await;
    }
}

async fn all_together(world: &World<File>, renewals: &[Renewal]) {
    for renewals in renewals.chunks(TOGETHER) {
        let renewals: Vec<&Renewal> = renewals.iter().collect();
        let recorded = command::record_renewed(&world.ctx, &renewals).await.unwrap();
        assert!(recorded.iter().all(Option::is_some));
    }
}

async fn changes(world: &World<File>, ready: &[Ready]) {
    for ready in ready.chunks(TOGETHER) {
        let ready: Vec<&Ready> = ready.iter().collect();
        let recorded = command::record_appraisals(&world.ctx, &ready).await.unwrap();
        assert!(recorded.iter().all(|one| one.is_some_and(|one| one.changed)));
    }
}
