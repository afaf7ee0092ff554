//! Transactions: what reads, and what writes.

use std::sync::Arc;

use sqlx::{Postgres, Sqlite, Transaction};
use tracing::{Instrument as _, Span};
use trustboard_model::time::Timestamp;

use super::StoreError;
use super::group::Turn;
use super::lanes::Place;
use super::sql::{self, Connection};
use super::tables::ChainHead;
use crate::live::{Live, LiveMessage};
use crate::traces;

/// A transaction. Reads are the same in both modes; only [`Writing`] has methods that write.
pub(crate) struct Tx<Mode> {
    connected: Connected,
    replica: Option<Arc<str>>,
    pub(super) mode: Mode,
}

/// Where a transaction's statements go.
enum Connected {
    Reads(Reader),
    Writes(Turn),
}

/// A transaction that cannot write.
pub(super) enum Reader {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// On a connection that cannot write; sees one state throughout.
pub(crate) type Read = Tx<Reading>;

/// The one transaction that writes; a part of one that others share (see [`super::group`]). Dropped
/// without [`Write::commit`] it leaves no trace.
pub(crate) type Write = Tx<Writing>;

/// A transaction of what servers say of themselves ([`Store::announce`](super::Store)), beside those
/// that the chain of events puts in order: it has no events. Dropped without [`Announce::commit`] it
/// leaves no trace.
pub(crate) type Announce = Tx<Announcing>;

/// The mode of [`Announce`].
pub(crate) struct Announcing {
    now: Timestamp,
    live: Live,
    span: Span,
}

/// The mode of [`Read`].
pub(crate) struct Reading {
    /// Held for as long as the connection is.
    _place: Place,
}

/// The mode of [`Write`].
pub(crate) struct Writing {
    now: Timestamp,
    hints: Vec<LiveMessage>,
    /// The end of the chain of events, once this transaction has looked.
    pub(super) head: Option<ChainHead>,
    live: Live,
    /// What the command is to traces.
    span: Span,
}

/// A point of a transaction, see [`Write::mark`].
#[must_use = "what was done since is kept or undone"]
pub(crate) struct Mark {
    head: Option<ChainHead>,
    hints: usize,
}

impl<Mode> Tx<Mode> {
    /// This server's name among those that share the work, if it is one of several.
    pub(super) fn replica(&self) -> Option<Arc<str>> {
        self.replica.clone()
    }

    /// Whether only one server at a time can have opened this database.
    pub(super) fn is_alone(&mut self) -> bool {
        matches!(self.connection(), Connection::Sqlite(_))
    }

    /// The connection, for the functions beside this module.
    pub(super) fn connection(&mut self) -> Connection<'_> {
        match &mut self.connected {
            Connected::Reads(Reader::Sqlite(transaction)) => Connection::Sqlite(transaction),
            Connected::Reads(Reader::Postgres(transaction)) => Connection::Postgres(transaction),
            Connected::Writes(turn) => turn.connection(),
        }
    }
}

impl Read {
    pub(super) fn new(reader: Reader, place: Place, replica: Option<Arc<str>>) -> Self {
        Self { connected: Connected::Reads(reader), replica, mode: Reading { _place: place } }
    }
}

impl Announce {
    pub(super) fn announcing(
        turn: Turn,
        now: Timestamp,
        live: Live,
        replica: Option<Arc<str>>,
    ) -> Self {
        let mode = Announcing { now, live, span: Span::none() };
        Self { connected: Connected::Writes(turn), replica, mode }
    }

    /// The same as this span, until it ends.
    pub(crate) fn traced(mut self, span: Span) -> Self {
        self.mode.span = span;
        self
    }

    /// The moment of this transaction.
    pub(crate) fn now(&self) -> Timestamp {
        self.mode.now
    }

    /// Commits.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        let Self { connected, mode: Announcing { live, span, .. }, .. } = self;
        connected.commit(Vec::new(), live, &span).await
    }
}

impl Connected {
    async fn commit(
        self,
        hints: Vec<LiveMessage>,
        live: Live,
        span: &Span,
    ) -> Result<(), StoreError> {
        match self {
            Self::Writes(turn) => {
                turn.commit(hints, live).instrument(traces::span!(in span, "commit")).await
            }
            Self::Reads(_) => unreachable!("Store::read makes what cannot be committed"),
        }
    }
}

impl Write {
    pub(super) fn new(turn: Turn, now: Timestamp, live: Live, replica: Option<Arc<str>>) -> Self {
        let mode = Writing { now, hints: Vec::new(), head: None, live, span: Span::none() };
        Self { connected: Connected::Writes(turn), replica, mode }
    }

    /// The same as this span, until it ends.
    pub(crate) fn traced(mut self, span: Span) -> Self {
        self.mode.span = span;
        self
    }

    /// The moment of this transaction: one for all that it writes.
    pub(crate) fn now(&self) -> Timestamp {
        self.mode.now
    }

    /// Sends this hint after the commit.
    pub(crate) fn hint(&mut self, hint: LiveMessage) {
        self.mode.hints.push(hint);
    }

    /// Whether this transaction has made no event yet.
    pub(crate) fn has_no_events(&self) -> bool {
        self.mode.head.is_none()
    }

    /// Takes the hints that wait for the commit, for one that stands for them all.
    pub(crate) fn take_hints(&mut self) -> Vec<LiveMessage> {
        std::mem::take(&mut self.mode.hints)
    }

    /// A point to which this transaction can go back.
    pub(crate) async fn mark(&mut self) -> Result<Mark, StoreError> {
        sql::query("SAVEPOINT mark").execute(self.connection()).await?;
        Ok(Mark { head: self.mode.head, hints: self.mode.hints.len() })
    }

    /// Keeps what was done since the mark.
    pub(crate) async fn keep(&mut self, _mark: Mark) -> Result<(), StoreError> {
        sql::query("RELEASE mark").execute(self.connection()).await?;
        Ok(())
    }

    /// Undoes what was done since the mark, its events and hints included.
    pub(crate) async fn undo(&mut self, mark: Mark) -> Result<(), StoreError> {
        sql::query("ROLLBACK TO mark").execute(self.connection()).await?;
        sql::query("RELEASE mark").execute(self.connection()).await?;
        self.mode.head = mark.head;
        self.mode.hints.truncate(mark.hints);
        Ok(())
    }

    /// Commits, then publishes the hints.
    ///
    /// A command that finds everything done already commits too, before it says so to anybody:
    /// what it read may be of a command that is not on the disk yet.
    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        self.write_chain_head().await?;
        let Self { connected, mode: Writing { hints, live, span, .. }, .. } = self;
        connected.commit(hints, live, &span).await
    }
}
