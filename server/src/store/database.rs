//! The open database, whichever it is.

use std::path::Path;
use std::sync::Arc;

use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;
use trustboard_model::time::Timestamp;

use super::checkpoint::Checkpoints;
use super::group::{WRITER_WAIT, Writer};
use super::lanes::{Lane, Lanes};
use super::read_only::ReadOnly;
use super::tx::{Announce, Read, Reader, Write};
use super::writer::{Pool, Wakes};
use super::{Changes, Location, StoreError, postgres, sql, sqlite};
use crate::clock::Clock;
use crate::live::Live;

/// An open database; cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    readers: Readers,
    writer: Writer,
    /// What servers say of themselves goes here; on a database that only one server can have open it
    /// is the same.
    aside: Writer,
    lanes: Lanes,
    read_only: Arc<ReadOnly>,
    /// The server that works on it, if it is one of several.
    replica: Option<Arc<str>>,
}

/// The connections that cannot write.
#[derive(Debug, Clone)]
enum Readers {
    Sqlite(SqlitePool, Checkpoints),
    Postgres(PgPool, Wakes),
}

impl Store {
    /// Opens the SQLite file at `path`, makes it if there is none, and brings its schema up to
    /// date.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let sqlite::Pools { writer, readers, checkpoints } = sqlite::open(path).await?;
        let writer = Writer::new(Pool::Sqlite(writer));
        let readers = Readers::Sqlite(readers, Checkpoints::begin(checkpoints));
        Ok(Self::with(readers, writer.clone(), writer))
    }

    /// Opens the database at `location`, and brings its schema up to date.
    pub async fn at(location: &Location) -> Result<Self, StoreError> {
        match location {
            Location::Sqlite(path) => Self::open(path).await,
            Location::Postgres(url) => {
                let pools = postgres::open(url).await?;
                let writer = Writer::new(Pool::Postgres(pools.writer, pools.wakes));
                let aside = Writer::new(Pool::Aside(pools.aside));
                Ok(Self::with(Readers::Postgres(pools.readers, pools.wakes), writer, aside))
            }
        }
    }

    fn with(readers: Readers, writer: Writer, aside: Writer) -> Self {
        let (lanes, read_only) = (Lanes::default(), Arc::default());
        Self { readers, writer, aside, lanes, read_only, replica: None }
    }

    /// The same database, for a server with this name among those that share its work.
    #[must_use]
    pub fn of_replica(self, name: [u8; 16]) -> Self {
        let name = uuid::Builder::from_random_bytes(name).into_uuid().to_string();
        Self { replica: Some(name.into()), ..self }
    }

    /// Whether servers on other machines can have it open too.
    pub fn is_shared(&self) -> bool {
        matches!(self.readers, Readers::Postgres(..))
    }

    /// Closes every connection. SQLite folds its write-ahead log into the file.
    pub async fn close(&self) {
        match &self.readers {
            Readers::Sqlite(readers, checkpoints) => {
                checkpoints.close().await;
                readers.close().await;
            }
            Readers::Postgres(readers, _) => readers.close().await,
        }
        self.aside.close().await;
        self.writer.close().await;
    }

    /// What tells when somebody has committed something.
    pub fn changes(&self) -> Changes {
        let pool = match &self.readers {
            Readers::Postgres(pool, Wakes::Others) => Some(pool.clone()),
            Readers::Postgres(_, Wakes::Nobody) | Readers::Sqlite(..) => None,
        };
        Changes { pool, listener: None }
    }

    pub(crate) async fn read(&self, lane: Lane) -> Result<Read, StoreError> {
        let place = self.lanes.read(lane).await;
        let reader = match &self.readers {
            Readers::Sqlite(readers, _) => Reader::Sqlite(readers.begin().await?),
            // One state throughout, and nothing is written: what SQLite's readers promise too.
            Readers::Postgres(readers, _) => Reader::Postgres(
                readers.begin_with("BEGIN READ ONLY, ISOLATION LEVEL REPEATABLE READ").await?,
            ),
        };
        Ok(Read::new(reader, place, self.replica.clone()))
    }

    pub(crate) async fn write(
        &self,
        lane: Lane,
        live: Live,
        clock: &dyn Clock,
    ) -> Result<Write, StoreError> {
        if self.read_only.since().is_some() {
            return Err(StoreError::ReadOnly);
        }
        let place = self.lanes.write(lane, WRITER_WAIT).await?;
        let turn = self.writer.turn().await?;
        drop(place);
        Ok(Write::new(turn, clock.now(), live, self.replica.clone()))
    }

    /// Begins to write what this server says of itself, whoever else waits for the writer.
    pub(crate) async fn announce(
        &self,
        live: Live,
        clock: &dyn Clock,
    ) -> Result<Announce, StoreError> {
        if self.read_only.since().is_some() {
            return Err(StoreError::ReadOnly);
        }
        let turn = self.aside.turn().await?;
        Ok(Announce::announcing(turn, clock.now(), live, self.replica.clone()))
    }

    /// Since when the database takes no writes, if it takes none.
    pub fn read_only_since(&self) -> Option<Timestamp> {
        self.read_only.since()
    }

    /// Begins no write from now on, if `error` says that none can be finished.
    pub(crate) fn note(&self, error: &StoreError, clock: &dyn Clock) {
        if error.takes_no_writes() && self.read_only.begin(clock.now()) {
            tracing::error!(%error, "the server can only be read until it can write again");
        }
    }

    /// Tries whether the database takes writes, and goes on writing if it does.
    pub(crate) async fn try_to_write(&self) -> Result<(), StoreError> {
        let mut turn = self.writer.turn().await?;
        // What it was before, but on the disk anew.
        sql::query("UPDATE chain_head SET seq = seq").execute(turn.connection()).await?;
        turn.commit(Vec::new(), Live::new()).await?;
        self.read_only.end();
        Ok(())
    }
}
