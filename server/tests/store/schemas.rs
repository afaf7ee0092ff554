//! Both databases have the same migrations, tables and columns.

use std::collections::BTreeSet;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection as _};

use super::Database;
use super::postgres::Scratch;
use super::sqlite::File;

/// Table, column, type and whether it may be nothing.
type Column = (String, String, String, bool);

fn list(migrations: &sqlx::migrate::Migrator) -> Vec<(i64, String)> {
    migrations.iter().map(|one| (one.version, one.description.to_string())).collect()
}

/// The lists of migrations are the same by number and name.
pub fn migrations_are_the_same() {
    let sqlite = list(&sqlx::migrate!("../migrations/sqlite"));
    assert_eq!(sqlite, list(&sqlx::migrate!("../migrations/postgres")));
}

/// What they end in is the same.
pub async fn tables_are_the_same() {
    if let Some(missing) = Scratch::missing() {
        eprintln!("NOT RUN: {missing}");
        return;
    }
    let (sqlite, postgres) = (of_sqlite().await, of_postgres().await);
    assert!(sqlite.len() > 200, "this looks at the right tables");
    let only = |one: &BTreeSet<Column>, other| one.difference(other).cloned().collect::<Vec<_>>();
    assert_eq!(only(&sqlite, &postgres), [], "only in SQLite");
    assert_eq!(only(&postgres, &sqlite), [], "only in PostgreSQL");
}

async fn of_sqlite() -> BTreeSet<Column> {
    let file = File::new().await;
    file.open().await.close().await;
    let mut connection = SqliteConnectOptions::new().filename(file.path()).connect().await.unwrap();
    let columns: Vec<(String, String, String, i64, i64)> = sqlx::query_as(
        r#"SELECT t.name, c.name, c.type, c."notnull", c.pk
           FROM sqlite_schema t, pragma_table_xinfo(t.name) c WHERE t.type = 'table'"#,
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    connection.close().await.unwrap();
    let column = |(table, name, kind, required, key): (String, String, String, i64, i64)| {
        let kind = kind.split(' ').next().unwrap_or_default().to_owned();
        (table, name, kind, required == 0 && key == 0)
    };
    columns.into_iter().map(column).filter(is_ours).collect()
}

async fn of_postgres() -> BTreeSet<Column> {
    let database = Scratch::new().await;
    let columns: Vec<(String, String, String, bool)> = sqlx::query_as(
        "SELECT table_name::text, column_name::text, udt_name::text, is_nullable = 'YES'
         FROM information_schema.columns WHERE table_schema = 'public' AND column_name <> 'rowid'",
    )
    .fetch_all(&mut database.connect().await)
    .await
    .unwrap();
    let column = |(table, name, kind, nullable): Column| {
        let kind = match kind.as_str() {
            "int8" => "INTEGER",
            "text" | "citext" => "TEXT",
            "bytea" => "BLOB",
            other => other,
        };
        (table, name, kind.to_owned(), nullable)
    };
    columns.into_iter().map(column).filter(is_ours).collect()
}

fn is_ours((table, ..): &Column) -> bool {
    !table.starts_with('_') && !table.starts_with("sqlite_")
}
