//! Stories on a SQLite file.

use std::path::PathBuf;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions};
use trustboard_server::store::Store;

use super::Database;

/// A file in a directory that goes away with the story.
pub struct File {
    directory: tempfile::TempDir,
}

impl File {
    pub fn path(&self) -> PathBuf {
        self.directory.path().join("trustboard.db")
    }
}

impl Database for File {
    async fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap() }
    }

    async fn open(&self) -> Store {
        Store::open(&self.path()).await.unwrap()
    }

    async fn tamper(&self, statement: String) {
        let options = SqliteConnectOptions::new().filename(self.path()).foreign_keys(false);
        let mut connection = options.connect().await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
    }

    async fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for entry in std::fs::read_dir(self.directory.path()).unwrap() {
            bytes.extend(std::fs::read(entry.unwrap().path()).unwrap());
        }
        bytes
    }
}
