//! What can go wrong in storage.

use std::sync::Arc;

/// A storage failure. "Not found" is not one: lookups give an `Option`.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or could not be reached.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The transaction that a change shared with others could not be committed.
    #[error("database: {0}")]
    Group(Arc<sqlx::Error>),
    /// The schema could not be brought up to date.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The writer was busy for too long.
    #[error("the database was busy writing for more than {seconds} s")]
    Busy {
        /// How long was waited.
        seconds: u64,
    },
    /// The database gave no answer.
    #[error("the database did not answer within {seconds} s")]
    Unanswered {
        /// How long was waited.
        seconds: u64,
    },
    /// The disk takes no writes: none is begun until it does again.
    #[error("the database cannot be written to: its disk is full or fails")]
    ReadOnly,
    /// A stored value is not one that this server writes.
    #[error("inconsistent value in {table}.{column} of row {row}")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's key.
        row: String,
    },
}

impl StoreError {
    /// A stored value that is not one that this server writes.
    pub(crate) fn inconsistent(
        table: &'static str,
        column: &'static str,
        row: impl ToString,
    ) -> Self {
        Self::Inconsistent { table, column, row: row.to_string() }
    }
}
