//! What a write leaves in SQLite's write-ahead log, by table.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, SqliteConnection};

/// Bytes before the first page, and before each (<https://sqlite.org/fileformat2.html#walformat>).
const HEAD: usize = 32;
const FRAME: usize = 24;
const PAGE: usize = 4096;

/// The log of a file, empty when this began.
pub struct Log {
    path: PathBuf,
    connection: SqliteConnection,
}

impl Log {
    /// Puts all that is in the log into the file.
    pub async fn emptied(path: &Path) -> Self {
        let mut connection = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
        loop {
            let emptied = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)");
            let (busy, ..): (i64, i64, i64) = emptied.fetch_one(&mut connection).await.unwrap();
            if busy == 0 {
                break;
            }
            // The store does the same beside us.
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Self { path: path.to_owned(), connection }
    }

    /// Its pages now, by the table or index that they are of.
    pub async fn pages(mut self) -> BTreeMap<String, usize> {
        let mut log = self.path.into_os_string();
        log.push("-wal");
        let log = std::fs::read(log).unwrap();
        let names = sqlx::query_as("SELECT pageno, name FROM dbstat");
        let names: Vec<(i64, String)> = names.fetch_all(&mut self.connection).await.unwrap();
        let names: HashMap<i64, String> = names.into_iter().collect();
        let mut pages = BTreeMap::new();
        for frame in log[HEAD..].chunks_exact(FRAME + PAGE) {
            let number = u32::from_be_bytes(frame[..4].try_into().unwrap());
            let name = names.get(&i64::from(number)).map_or("free", |name| name);
            *pages.entry(name.to_owned()).or_default() += 1;
        }
        pages
    }
}
