//! A database of every earlier schema, with rows in every table that it had, becomes one of today:
//! nothing is lost, the chain of events is whole, and the server shows its hosts.
//!
//! The rows are those of a server that ran: what an earlier schema had no place for is left out,
//! and what it wanted besides is made up to fit its types and foreign keys.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::Value;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Row as _, SqliteConnection};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use crate::installation::{Installation, PATIENCE, agent, enrol, request, sign_in};
use crate::support::evidence::maker::Maker;

const HOSTS: usize = 2;

/// Tables whose rows a migration takes away on purpose, and the first schema in which they stay.
const TAKEN_AWAY: [(&str, i64, &str); 1] =
    [("sessions", 11, "sessions got ids: everybody signs in again")];

/// Words that the server must know, where the row has none: table, column, literal.
const WORDS: [(&str, &str, &str); 8] = [
    ("operators", "role", "'operator'"),
    ("operator_roles", "role", "'viewer'"),
    ("api_keys", "role", "'viewer'"),
    ("bulk_jobs", "state", "'done'"),
    ("views", "filter", "'[]'"),
    ("reappraisals", "because", "'makers'"),
    ("exceptions", "check_id", "'secure-boot.enabled'"),
    (
        "exceptions",
        "excepted",
        r#"'{"code":"secure-boot.disabled","place":null,"found":null,"fingerprint":null}'"#,
    ),
];

/// Tables that stay empty: what they hold cannot be made up, because the server reads it at its start.
const GENUINE: [&str; 1] = ["maker_revocation_lists"];

/// A column: its name, and what it refers to.
#[derive(Debug, Clone)]
struct Column {
    name: String,
    kind: String,
    /// A value must be made up if the row has none.
    needed: bool,
    refers_to: Option<(String, String)>,
}

/// Rows as SQL literals, by column.
type Rows = BTreeMap<String, Vec<BTreeMap<String, String>>>;

fn migrations() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/sqlite");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

async fn open(path: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    options.foreign_keys(false).connect().await.unwrap()
}

async fn texts(database: &mut SqliteConnection, statement: String) -> Vec<String> {
    sqlx::query_scalar(AssertSqlSafe(statement)).fetch_all(database).await.unwrap()
}

async fn tables(database: &mut SqliteConnection) -> Vec<String> {
    let statement = "SELECT name FROM sqlite_schema WHERE type = 'table'
                     AND name NOT LIKE 'sqlite_%' AND name <> '_sqlx_migrations'";
    texts(database, statement.to_owned()).await
}

async fn columns(database: &mut SqliteConnection, table: &str) -> Vec<Column> {
    let keys: Vec<(String, String, Option<String>)> = sqlx::query_as(AssertSqlSafe(format!(
        "SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list('{table}')"
    )))
    .fetch_all(&mut *database)
    .await
    .unwrap();
    let columns: Vec<(String, String, bool)> = sqlx::query_as(AssertSqlSafe(format!(
        "SELECT name, type, \"notnull\" AND dflt_value IS NULL FROM pragma_table_info('{table}')"
    )))
    .fetch_all(database)
    .await
    .unwrap();
    let column = |(name, kind, needed): (String, String, bool)| {
        let refers_to = keys.iter().find(|(from, ..)| *from == name);
        let refers_to = refers_to
            .map(|(_, table, to)| (table.clone(), to.clone().unwrap_or_else(|| "id".to_owned())));
        Column { name, kind, needed, refers_to }
    };
    columns.into_iter().map(column).collect()
}

/// Everything that a database holds.
async fn read(database: &mut SqliteConnection) -> Rows {
    let mut rows = Rows::new();
    for table in tables(database).await {
        let names: Vec<String> =
            columns(database, &table).await.into_iter().map(|column| column.name).collect();
        let quoted: Vec<String> = names.iter().map(|name| format!("quote(\"{name}\")")).collect();
        let statement = format!("SELECT {} FROM \"{table}\"", quoted.join(", "));
        let found = sqlx::query(AssertSqlSafe(statement)).fetch_all(&mut *database).await.unwrap();
        let row = |row: &sqlx::sqlite::SqliteRow| {
            let value = |(index, name): (usize, &String)| (name.clone(), row.get(index));
            names.iter().enumerate().map(value).collect()
        };
        rows.insert(table, found.iter().map(row).collect());
    }
    rows
}

/// A literal for a column of which nothing is known.
fn made_up(column: &Column, number: usize) -> String {
    match column.kind.as_str() {
        "INTEGER" => number.to_string(),
        "BLOB" => format!("X'{}'", format!("{number:02x}").repeat(32)),
        _ => format!("'{}'", trustboard_model::id::HostId::from_random([200; 16])),
    }
}

/// Puts rows into every table of the database: those that are known, else one that is made up.
async fn fill(database: &mut SqliteConnection, known: &Rows) {
    let tables = tables(database).await;
    for table in &tables {
        let columns = columns(database, table).await;
        if GENUINE.contains(&&**table) {
            continue;
        }
        let empty = vec![BTreeMap::new()];
        let rows = known.get(table).filter(|rows| !rows.is_empty()).unwrap_or(&empty);
        for (number, row) in rows.iter().enumerate() {
            let mut values = Vec::new();
            for column in &columns {
                let word = WORDS.iter().find(|(of, name, _)| of == table && *name == column.name);
                if let (None, Some((.., literal))) = (row.get(&column.name), word) {
                    values.push((format!("\"{}\"", column.name), (*literal).to_owned()));
                    continue;
                }
                let value = match (row.get(&column.name), &column.refers_to) {
                    (Some(value), _) => value.clone(),
                    (None, _) if !column.needed && !column.name.starts_with("only") => continue,
                    (None, Some((other, key))) => {
                        let rows = known.get(other).and_then(|rows| rows.get(number));
                        rows.and_then(|row| row.get(key).cloned())
                            .unwrap_or_else(|| made_up(column, 1))
                    }
                    (None, None) => made_up(column, number + 1),
                };
                values.push((format!("\"{}\"", column.name), value));
            }
            let (names, literals): (Vec<String>, Vec<String>) = values.into_iter().unzip();
            // A migration may have made the one row of its table.
            let statement = format!(
                "INSERT OR REPLACE INTO \"{table}\" ({}) VALUES ({})",
                names.join(", "),
                literals.join(", ")
            );
            let inserted = sqlx::raw_sql(AssertSqlSafe(statement.clone()));
            let inserted = inserted.execute(&mut *database).await;
            inserted.unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
    }
}

async fn counts(database: &mut SqliteConnection) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::new();
    for table in tables(database).await {
        let count = format!("SELECT count(*) FROM \"{table}\"");
        let count = sqlx::query_scalar(AssertSqlSafe(count)).fetch_one(&mut *database).await;
        counts.insert(table, count.unwrap());
    }
    counts
}

async fn assert_sound(database: &mut SqliteConnection, what: &str) {
    let found = texts(database, "PRAGMA integrity_check".to_owned()).await;
    assert_eq!(found, ["ok"], "{what}");
    let dangling = "SELECT \"table\" || ' -> ' || parent FROM pragma_foreign_key_check";
    assert_eq!(texts(database, dangling.to_owned()).await, Vec::<String>::new(), "{what}");
}

/// What a server leaves that ran with verified hosts, a configuration of its clusters, operators.
async fn lived_in(installation: &Installation) -> Rows {
    let token = installation.furnish(HOSTS).await;
    let certificate = installation.data.join("maker.crt");
    std::fs::write(&certificate, Maker::genuine().root_certificate()).unwrap();
    installation.ask(&["makers", "import", certificate.to_str().unwrap()]).await;
    let server = installation.start().await;
    let cookie = sign_in(installation, server.browsers).await;
    let (_address, addresses) = watch::channel(server.agents);
    let answered = Arc::new(AtomicU64::new(0));
    for number in 0..HOSTS {
        let name = format!("host-{number}");
        let (id, credential) = enrol(server.agents, &token, &name).await;
        tokio::spawn(agent(name, credential, token.clone(), addresses.clone(), answered.clone()));
        let path = format!("/api/v1/hosts/{id}/row");
        let head = format!("cookie: {cookie}\r\n");
        let verified = async {
            loop {
                let (_, row) = request(server.browsers, "GET", &path, &head, "").await.unwrap();
                if row["attestation"] == "not-applicable" {
                    return;
                }
                sleep(Duration::from_millis(50)).await;
            }
        };
        timeout(PATIENCE, verified).await.expect("the host is not verified");
    }
    server.signal("TERM");
    assert!(server.ended().await);
    assert_eq!(answered.load(Ordering::SeqCst) > 0, HOSTS > 0);
    let mut rows = read(&mut open(&installation.data.join("trustboard.db")).await).await;
    put_back(&mut rows);
    rows
}

/// Columns that a migration moved to another table: table, column, and where it stands now.
const MOVED: [(&str, &str, &str, &str); 2] = [
    ("hosts", "last_verified", "verified", "at"),
    ("hosts", "last_passed", "verified", "passed_at"),
];

/// Gives rows the values too that stood in them under an earlier schema.
fn put_back(rows: &mut Rows) {
    for (table, column, now_in, as_column) in MOVED {
        let moved = rows[now_in].clone();
        for row in rows.get_mut(table).unwrap() {
            let of_host = moved.iter().find(|other| other["host_id"] == row["id"]).unwrap();
            row.insert(column.to_owned(), of_host[as_column].clone());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_on_the_way_from_any_earlier_schema() {
    let dir = tempfile::tempdir().unwrap();
    let known = lived_in(&Installation { data: dir.path().join("origin") }).await;
    for table in ["hosts", "events", "appraisals", "jobs", "operators", "tokens"] {
        assert!(!known[table].is_empty(), "the server left no {table}");
    }
    let files = migrations();
    let newest = files.len();
    for number in 1..newest {
        let folder = dir.path().join(format!("migrations-{number}"));
        std::fs::create_dir(&folder).unwrap();
        for file in &files[..number] {
            std::fs::copy(file, folder.join(file.file_name().unwrap())).unwrap();
        }
        let installation = Installation { data: dir.path().join(format!("data-{number}")) };
        std::fs::create_dir(&installation.data).unwrap();
        let path = installation.data.join("trustboard.db");
        let mut database = open(&path).await;
        Migrator::new(&*folder).await.unwrap().run(&mut database).await.unwrap();
        fill(&mut database, &known).await;
        assert_sound(&mut database, &format!("schema {number} as it is filled")).await;
        let before = counts(&mut database).await;
        database.close().await.unwrap();

        // Every command brings the schema up to date.
        let audit = installation.ask(&["audit", "verify"]).await;
        assert!(audit.starts_with("whole: "), "schema {number}: {audit}");
        let mut database = open(&path).await;
        let what = format!("schema {number}, brought up to date");
        assert_sound(&mut database, &what).await;
        let after = counts(&mut database).await;
        for (table, rows) in before {
            let on_purpose = TAKEN_AWAY
                .iter()
                .any(|(taken, from, _)| *taken == table && i64::try_from(number).unwrap() < *from);
            let kept = after.get(&table).copied().unwrap_or(0);
            assert!(on_purpose || kept >= rows, "{what}: {table} had {rows} rows, now {kept}");
        }
        database.close().await.unwrap();
        if number < 4 {
            // There were no hosts yet.
            continue;
        }
        let server = installation.start().await;
        let cookie = sign_in(&installation, server.browsers).await;
        let head = format!("cookie: {cookie}\r\n");
        let asked = request(server.browsers, "GET", "/api/v1/security", &head, "").await;
        let (status, page): (u16, Value) = asked.unwrap();
        let shown = page["rows"].as_array().map(Vec::len);
        let log = crate::installation::read_log(&installation.data);
        assert_eq!((status, shown), (200, Some(HOSTS)), "{what}: {page}\n{log}");
        server.signal("TERM");
        assert!(server.ended().await);
    }
}
