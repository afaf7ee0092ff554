//! A database of its own on a PostgreSQL server, for a story or a test, that goes away with it.
//!
//! `TRUSTBOARD_TEST_POSTGRES` is the address of a server on which databases can be made by a
//! superuser; `cargo xtask test` starts one, and `cargo xtask postgres cargo test ...` too. `none`
//! says that there is none, on purpose.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor};
use tokio::sync::OnceCell;
use trustboard_server::store::{Location, Store};

/// Where the server is.
const SERVER: &str = "TRUSTBOARD_TEST_POSTGRES";

/// The database that all stories' begin as copies of: empty, with its schema.
static TEMPLATE: OnceCell<String> = OnceCell::const_new();

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A database that goes away with the story.
pub struct Scratch {
    name: String,
}

/// The address of the server.
pub fn server() -> String {
    std::env::var(SERVER).unwrap()
}

/// The address of a database on the server.
pub fn url(name: &str) -> String {
    let server = server();
    let (before, parameters) = server.split_once('?').unwrap_or((&server, ""));
    let (before, _) = before.rsplit_once('/').unwrap();
    format!("{before}/{name}?{parameters}")
}

async fn connect(url: &str) -> PgConnection {
    url.parse::<PgConnectOptions>().unwrap().connect().await.unwrap()
}

/// Runs a statement at this address.
pub async fn run(url: &str, statement: String) {
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
    /// Why there is none here, if there is none.
    pub fn missing() -> Option<&'static str> {
        match std::env::var(SERVER).as_deref() {
            Ok("none") => Some("TRUSTBOARD_TEST_POSTGRES says that there is no PostgreSQL server"),
            Ok(_) => None,
            Err(_) => Some("TRUSTBOARD_TEST_POSTGRES names no server"),
        }
    }

    /// A new one, with the schema and nothing in it.
    pub async fn empty() -> Self {
        let template = TEMPLATE.get_or_init(template).await;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("story_{}_{number}", std::process::id());
        run(&server(), format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        Self { name }
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it is.
    pub fn location(&self) -> Location {
        Location::parse(&url(&self.name)).unwrap()
    }

    /// A connection past the server.
    pub async fn connect(&self) -> PgConnection {
        connect(&url(&self.name)).await
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
