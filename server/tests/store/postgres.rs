//! Stories on a PostgreSQL server, in a database of their own each.
//!
//! `TRUSTBOARD_TEST_POSTGRES` is the address of a server on which databases can be made by a
//! superuser; `cargo xtask test` starts one, and `cargo xtask postgres cargo test ...` too.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor};
use tokio::sync::OnceCell;
use trustboard_model::refusal::Refusal;
use trustboard_model::rights::Sees;
use trustboard_model::view::HostAction;
use trustboard_server::query::{self, ChainState};
use trustboard_server::store::{Location, Store};

use super::{Database, World};

/// Where the server is.
const SERVER: &str = "TRUSTBOARD_TEST_POSTGRES";

/// The database that all stories' begin as copies of: empty, with its schema.
static TEMPLATE: OnceCell<String> = OnceCell::const_new();

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A database that goes away with the story.
pub struct Scratch {
    name: String,
}

fn server() -> String {
    std::env::var(SERVER).unwrap()
}

/// The address of a database on the server.
fn url(name: &str) -> String {
    let server = server();
    let (before, parameters) = server.split_once('?').unwrap_or((&server, ""));
    let (before, _) = before.rsplit_once('/').unwrap();
    format!("{before}/{name}?{parameters}")
}

async fn connect(url: &str) -> PgConnection {
    url.parse::<PgConnectOptions>().unwrap().connect().await.unwrap()
}

async fn run(url: &str, statement: String) {
    let mut connection = connect(url).await;
    connection.execute(AssertSqlSafe(statement)).await.unwrap();
}

/// Made once for every process that tells stories on these migrations.
async fn template() -> String {
    let migrations = sqlx::migrate!("../migrations/postgres");
    let mut hasher = DefaultHasher::new();
    migrations.iter().for_each(|migration| migration.checksum.hash(&mut hasher));
    let name = format!("template_{:x}", hasher.finish());
    if is_there(&name).await {
        return name;
    }
    let making = format!("making_{}", std::process::id());
    run(&server(), format!("CREATE DATABASE {making}")).await;
    let store = Store::at(&Location::parse(&url(&making)).unwrap()).await.unwrap();
    store.close().await;
    let mut connection = connect(&server()).await;
    let rename = format!("ALTER DATABASE {making} RENAME TO {name}");
    if let Err(error) = connection.execute(AssertSqlSafe(rename)).await {
        assert!(is_there(&name).await, "{error}");
        run(&server(), format!("DROP DATABASE {making}")).await;
    }
    name
}

async fn is_there(name: &str) -> bool {
    let found = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)");
    found.bind(name).fetch_one(&mut connect(&server()).await).await.unwrap()
}

impl Scratch {
    /// Where it is.
    pub fn location(&self) -> Location {
        Location::parse(&url(&self.name)).unwrap()
    }

    /// A connection past the server.
    pub async fn connect(&self) -> PgConnection {
        connect(&url(&self.name)).await
    }
}

impl Scratch {
    /// Ends every connection, as a restart of the database does; with `away` it lets nobody in
    /// until [`Scratch::mend`].
    async fn cut(&self, away: bool) {
        if away {
            run(&server(), format!("ALTER DATABASE {} ALLOW_CONNECTIONS false", self.name)).await;
        }
        let others = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'",
            self.name
        );
        run(&server(), others).await;
    }

    async fn mend(&self) {
        run(&server(), format!("ALTER DATABASE {} ALLOW_CONNECTIONS true", self.name)).await;
    }
}

/// The database is restarted, then away for a time: what cannot be done is refused, and what comes
/// after is done, without the server's being touched.
pub async fn a_lost_database_is_said_and_found_again() {
    if let Some(missing) = Scratch::missing() {
        eprintln!("NOT RUN: {missing}");
        return;
    }
    let world = World::<Scratch>::new().await;
    let host = world.only_host().await;
    let row = world.row(host).await;
    world.db.cut(false).await;
    let maintenance = HostAction::EnterMaintenance { reason: "new disk".to_owned() };
    world.act_at(host, row.revision, maintenance).await.unwrap();
    let row = world.row(host).await;
    assert_eq!(row.revision, 2, "a restart in between is not noticed");
    let leave = || world.act_at(host, row.revision, HostAction::LeaveMaintenance);
    world.db.cut(true).await;
    assert!(matches!(leave().await, Err(Refusal::Unavailable { .. })));
    let read = query::row(&world.ctx, &Sees::Everything, host).await;
    assert!(matches!(read, Err(Refusal::Unavailable { .. })));
    world.db.mend().await;
    leave().await.unwrap();
    let state = query::verify_chain(&world.ctx).await.unwrap();
    assert!(matches!(state, ChainState::Whole { .. }), "{state:?}");
}

/// A commit of one server wakes another.
pub async fn a_commit_wakes_whoever_listens() {
    if let Some(missing) = Scratch::missing() {
        eprintln!("NOT RUN: {missing}");
        return;
    }
    let world = World::<Scratch>::new().await;
    let mut changes = world.db.open().await.changes();
    let heard = tokio::spawn(async move { changes.next().await });
    // Until it listens, nothing is told: so it is told again.
    for number in 0..100 {
        world.datacenter(&format!("dc-{number}")).await;
        if heard.is_finished() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("nobody was woken");
}

impl Database for Scratch {
    fn missing() -> Option<&'static str> {
        std::env::var_os(SERVER).is_none().then_some("TRUSTBOARD_TEST_POSTGRES names no server")
    }

    async fn new() -> Self {
        let template = TEMPLATE.get_or_init(template).await;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("story_{}_{number}", std::process::id());
        run(&server(), format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        Self { name }
    }

    async fn open(&self) -> Store {
        Store::at(&self.location()).await.unwrap()
    }

    async fn tamper(&self, statement: String) {
        let statement = statement.replace("randomblob(16)", "decode(md5('' || n), 'hex')");
        // Somebody with a shell on the database's server does not stop at foreign keys.
        let past = format!("SET session_replication_role = replica; {statement}");
        run(&url(&self.name), past).await;
    }

    async fn bytes(&self) -> Vec<u8> {
        let mut connection = self.connect().await;
        connection.execute("CHECKPOINT").await.unwrap();
        let files: Vec<(Vec<u8>,)> = sqlx::query_as(
            "SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class
             WHERE relkind IN ('r', 'i', 't') AND relnamespace <> 'pg_catalog'::regnamespace",
        )
        .fetch_all(&mut connection)
        .await
        .unwrap();
        files.into_iter().flat_map(|(bytes,)| bytes).collect()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A story's own runtime ends with it, so the farewell has one for itself.
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let farewell = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(run(&server(), drop));
        });
        // A story that has failed says so itself.
        let _ = farewell.join();
    }
}
