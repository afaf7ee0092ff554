//! Group commit: commands that wait for the writer share a transaction, and one sync to the disk.
//!
//! ```text
//! BEGIN IMMEDIATE             SAVEPOINT ┬ RELEASE       SAVEPOINT ┬ ROLLBACK TO   ...   COMMIT
//!        command A finished   command B ┘ finished      command C ┘ leaves no trace     A, B are told
//! ```
//!
//! One command runs at a time, in a savepoint of its own: what it refuses or drops leaves no
//! trace, and takes nothing of the others with it. The first one has nobody beside it, and SQLite
//! copies every page once more that is changed behind a savepoint: it is the transaction. Whoever finishes first has a task queue for
//! the writer, which is fair; those that queued before it join the transaction, and the task
//! commits it. So a lone command commits at once, and a thousand at a time commit in a few groups.
//! A command is told that it is done after the commit, and its hints are published after it.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use super::StoreError;
use super::sql::Connection;
use super::writer::{Pool, Pooled};
use crate::live::{Live, LiveMessage};
use crate::metrics::{Commit, counted};

/// How long a write waits for the others before it gives up.
pub(super) const WRITER_WAIT: Duration = Duration::from_secs(10);

/// The one connection that writes, and whose turn it is; cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Writer {
    pool: Pool,
    turn: Arc<Mutex<Group>>,
}

/// The transaction between two commands.
#[derive(Debug, Default)]
struct Group {
    /// It is open, and these commands of it have finished.
    open: Option<Pooled>,
    finished: Vec<Finished>,
    /// A task is on its way to commit it.
    closing: bool,
}

/// A command that waits to hear that it is on the disk.
#[derive(Debug)]
struct Finished {
    hints: Vec<LiveMessage>,
    live: Live,
    done: oneshot::Sender<Result<(), Arc<sqlx::Error>>>,
}

/// A command's turn. Dropped, it leaves no trace.
pub(super) struct Turn {
    /// Nothing once the turn is over.
    held: Option<Held>,
}

struct Held {
    writer: Writer,
    group: OwnedMutexGuard<Group>,
    connection: Pooled,
    /// It runs in a savepoint; otherwise the transaction holds nothing else.
    marked: bool,
}

impl Writer {
    pub(super) fn new(pool: Pool) -> Self {
        Self { pool, turn: Arc::default() }
    }

    /// Commits what is open, and closes the connection.
    pub(super) async fn close(&self) {
        finish(Arc::clone(&self.turn).lock_owned().await).await;
        self.pool.close().await;
    }

    /// Waits for a turn.
    pub(super) async fn turn(&self) -> Result<Turn, StoreError> {
        let busy = StoreError::Busy { seconds: WRITER_WAIT.as_secs() };
        let turn = Arc::clone(&self.turn).lock_owned();
        let group = tokio::time::timeout(WRITER_WAIT, turn).await.map_err(|_| busy)?;
        // In a task of its own: a caller that goes away in the middle leaves a turn that is
        // dropped, and no transaction that nobody knows of.
        let begun = tokio::spawn(begin(self.clone(), group)).await;
        // The task neither panics nor is it aborted, short of the runtime's own end.
        begun.unwrap_or(Err(sqlx::Error::WorkerCrashed)).map_err(StoreError::Database)
    }
}

/// Begins a command, in the transaction that is open or in a new one.
async fn begin(writer: Writer, mut group: OwnedMutexGuard<Group>) -> Result<Turn, sqlx::Error> {
    let (connection, marked) = if let Some(connection) = group.open.take() {
        (connection, true)
    } else {
        let connection = writer.pool.begin().await?;
        // PostgreSQL commits what has failed, as nothing, without an error: there the savepoint's end
        // is what fails.
        let marked = matches!(connection, Pooled::Postgres(..));
        (connection, marked)
    };
    // From here on `Turn` brings the connection back, whatever happens.
    let mut turn = Turn { held: Some(Held { writer, group, connection, marked }) };
    if marked {
        turn.pooled().run("SAVEPOINT command").await?;
    }
    Ok(turn)
}

impl Turn {
    /// The connection.
    ///
    /// # Panics
    /// Never: a turn is over only when its owner is.
    pub(super) fn connection(&mut self) -> Connection<'_> {
        self.pooled().connection()
    }

    fn pooled(&mut self) -> &mut Pooled {
        &mut self.held.as_mut().expect("the turn is not over").connection
    }

    /// Finishes the command, and waits until it is on the disk.
    pub(super) async fn commit(
        mut self,
        hints: Vec<LiveMessage>,
        live: Live,
    ) -> Result<(), StoreError> {
        if self.held.as_ref().is_some_and(|held| held.marked) {
            self.pooled().run("RELEASE command").await?;
        }
        let (done, told) = oneshot::channel();
        // Nothing is awaited before the turn is over: a caller that goes away from here on does
        // not keep its committed changes from being announced.
        if let Some(mut held) = self.held.take() {
            held.group.finished.push(Finished { hints, live, done });
            held.over();
        }
        match told.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(StoreError::Group(error)),
            // The runtime itself ends.
            Err(_) => Err(StoreError::Database(sqlx::Error::WorkerCrashed)),
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let Some(held) = self.held.take() else { return };
        // Without a runtime the process ends: the connection is closed, and the database rolls back.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        runtime.spawn(held.undo());
    }
}

impl Held {
    /// Takes the command's changes back.
    async fn undo(mut self) {
        let undo = if self.marked { "ROLLBACK TO command; RELEASE command" } else { "ROLLBACK" };
        if let Err(error) = self.connection.run(undo).await {
            // SQLite has rolled everything back by itself (a full disk does that), or the
            // connection is lost: the others of the group are gone too, and are told so.
            tracing::error!(%error, "a command could not be taken back alone");
            let error = Arc::new(error);
            for finished in self.group.finished.drain(..) {
                let _ = finished.done.send(Err(Arc::clone(&error)));
            }
            discard(self.connection).await;
            return;
        }
        // Without a savepoint nothing is left to be committed.
        if self.marked {
            self.over();
        }
    }

    /// Leaves the transaction to whoever waits, and has it committed after them.
    fn over(self) {
        let Self { writer, mut group, connection, marked: _ } = self;
        group.open = Some(connection);
        if !std::mem::replace(&mut group.closing, true) {
            let turn = Arc::clone(&writer.turn);
            tokio::spawn(async move { finish(turn.lock_owned().await).await });
        }
    }
}

/// Commits the transaction, publishes the hints of its commands, and tells them.
async fn finish(mut group: OwnedMutexGuard<Group>) {
    group.closing = false;
    let Some(mut connection) = group.open.take() else { return };
    let finished = std::mem::take(&mut group.finished);
    let begun = tokio::time::Instant::now();
    let ended = match finished.as_slice() {
        [] => connection.run("ROLLBACK").await,
        [..] => connection.commit().await,
    };
    let ended = ended.map_err(Arc::new);
    if !finished.is_empty() {
        let commit = Commit { commands: finished.len(), took: begun.elapsed() };
        counted().committed(commit, ended.is_ok());
    }
    if let Err(error) = &ended {
        tracing::error!(%error, commands = finished.len(), "a transaction could not be ended");
        discard(connection).await;
    }
    for Finished { hints, live, done } in finished {
        if ended.is_ok() {
            for hint in hints {
                live.send(hint);
            }
        }
        // An error says that nobody waits for it any more.
        let _ = done.send(ended.clone());
    }
}

/// Closes a connection whose transaction is in a state that nobody knows.
async fn discard(connection: Pooled) {
    if let Err(error) = connection.close().await {
        tracing::error!(%error, "the writer's connection could not be closed");
    }
}

#[cfg(test)]
mod tests {
    use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

    use super::*;
    use crate::store::sql;

    async fn writer(dir: &std::path::Path) -> Writer {
        let options = SqliteConnectOptions::new().filename(dir.join("a.db"));
        let options = options.create_if_missing(true);
        let pool = SqlitePoolOptions::new().max_connections(2).connect_with(options).await.unwrap();
        sqlx::query("PRAGMA journal_mode = wal").execute(&pool).await.unwrap();
        sqlx::query("CREATE TABLE a (name TEXT UNIQUE)").execute(&pool).await.unwrap();
        Writer::new(Pool::Sqlite(pool))
    }

    async fn insert(turn: &mut Turn, name: &str) -> Result<(), sqlx::Error> {
        let insert = sql::query("INSERT INTO a (name) VALUES (?)").bind(name);
        insert.execute(turn.connection()).await.map(|_| ())
    }

    async fn commit(turn: Turn) -> Result<(), StoreError> {
        turn.commit(Vec::new(), Live::new()).await
    }

    /// What others see.
    async fn names(writer: &Writer) -> Vec<String> {
        let Pool::Sqlite(pool) = &writer.pool else { panic!() };
        sqlx::query_scalar("SELECT name FROM a ORDER BY name").fetch_all(pool).await.unwrap()
    }

    /// Waits for a turn in a task of its own, which is queued when this returns.
    async fn queued(
        writer: &Writer,
        name: &'static str,
        keep: bool,
    ) -> tokio::task::JoinHandle<()> {
        let writer = writer.clone();
        let task = tokio::spawn(async move {
            let mut turn = writer.turn().await.unwrap();
            insert(&mut turn, name).await.unwrap();
            if keep {
                commit(turn).await.unwrap();
            }
        });
        tokio::task::yield_now().await;
        task
    }

    #[tokio::test]
    async fn those_who_wait_join_and_one_that_is_dropped_leaves_no_trace() {
        let dir = tempfile::tempdir().unwrap();
        let writer = writer(dir.path()).await;
        let mut first = writer.turn().await.unwrap();
        insert(&mut first, "first").await.unwrap();
        let second = queued(&writer, "second", true).await;
        let dropped = queued(&writer, "dropped", false).await;
        let third = queued(&writer, "third", true).await;
        assert!(names(&writer).await.is_empty());
        commit(first).await.unwrap();
        // They were queued before anybody had finished, so they are in the same transaction.
        assert_eq!(names(&writer).await, ["first", "second", "third"]);
        for task in [second, dropped, third] {
            task.await.unwrap();
        }
        writer.close().await;
    }

    #[tokio::test]
    async fn a_first_one_that_is_dropped_leaves_no_trace_and_those_who_wait_go_on() {
        let dir = tempfile::tempdir().unwrap();
        let writer = writer(dir.path()).await;
        let mut first = writer.turn().await.unwrap();
        insert(&mut first, "dropped").await.unwrap();
        let second = queued(&writer, "second", true).await;
        let third = queued(&writer, "third", true).await;
        drop(first);
        for task in [second, third] {
            task.await.unwrap();
        }
        assert_eq!(names(&writer).await, ["second", "third"]);
        drop(writer.turn().await.unwrap());
        let mut last = writer.turn().await.unwrap();
        insert(&mut last, "last").await.unwrap();
        commit(last).await.unwrap();
        assert_eq!(names(&writer).await, ["last", "second", "third"]);
    }

    #[tokio::test]
    async fn a_statement_that_fails_takes_its_own_command_with_it_alone() {
        let dir = tempfile::tempdir().unwrap();
        let writer = writer(dir.path()).await;
        let mut first = writer.turn().await.unwrap();
        insert(&mut first, "same").await.unwrap();
        let failing = tokio::spawn({
            let writer = writer.clone();
            async move {
                let mut turn = writer.turn().await.unwrap();
                insert(&mut turn, "other").await.unwrap();
                insert(&mut turn, "same").await.unwrap_err();
            }
        });
        tokio::task::yield_now().await;
        commit(first).await.unwrap();
        failing.await.unwrap();
        let mut last = writer.turn().await.unwrap();
        insert(&mut last, "other").await.unwrap();
        commit(last).await.unwrap();
        assert_eq!(names(&writer).await, ["other", "same"]);
    }

    #[tokio::test]
    async fn a_caller_who_goes_away_has_committed_or_not_and_blocks_nobody() {
        let dir = tempfile::tempdir().unwrap();
        let writer = writer(dir.path()).await;
        for polls in 0..40 {
            let name = format!("{polls:02}");
            let mut turn = writer.turn().await.unwrap();
            insert(&mut turn, &name).await.unwrap();
            let mut leaving = Box::pin(commit(turn));
            for _ in 0..polls {
                if futures_util::poll!(&mut leaving).is_ready() {
                    break;
                }
                tokio::task::yield_now().await;
            }
            drop(leaving);
        }
        let mut turn = writer.turn().await.unwrap();
        insert(&mut turn, "last").await.unwrap();
        commit(turn).await.unwrap();
        assert!(names(&writer).await.contains(&"last".to_owned()));
    }

    #[tokio::test]
    async fn a_commit_that_fails_is_told_to_everybody_and_the_next_one_succeeds() {
        let dir = tempfile::tempdir().unwrap();
        let writer = writer(dir.path()).await;
        let mut turn = writer.turn().await.unwrap();
        // A foreign key that is checked at the commit.
        for statement in [
            "PRAGMA defer_foreign_keys = on",
            "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
            "CREATE TABLE child (id INTEGER REFERENCES parent (id))",
            "INSERT INTO child VALUES (1)",
        ] {
            turn.pooled().run(statement).await.unwrap();
        }
        insert(&mut turn, "refused").await.unwrap();
        let joined = queued_refused(&writer).await;
        assert!(matches!(commit(turn).await, Err(StoreError::Group(_))));
        assert!(matches!(joined.await.unwrap(), Err(StoreError::Group(_))));
        let mut turn = writer.turn().await.unwrap();
        insert(&mut turn, "accepted").await.unwrap();
        commit(turn).await.unwrap();
        assert_eq!(names(&writer).await, ["accepted"]);
    }

    async fn queued_refused(writer: &Writer) -> tokio::task::JoinHandle<Result<(), StoreError>> {
        let writer = writer.clone();
        let task = tokio::spawn(async move {
            let mut turn = writer.turn().await.unwrap();
            insert(&mut turn, "joined").await.unwrap();
            commit(turn).await
        });
        tokio::task::yield_now().await;
        task
    }
}
