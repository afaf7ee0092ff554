//! What every command and query is given.

use std::sync::Arc;

use tracing::Instrument as _;
use trustboard_model::bytes::to_hex;
use trustboard_model::refusal::Refusal;

use crate::clock::Clock;
use crate::live::Live;
use crate::random::Random;
use crate::store::{Announce, Lane, Read, Store, StoreError, Write};
use crate::traces;

/// Storage, time, randomness and the live stream; cheap to clone.
#[derive(Clone)]
pub struct Ctx {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids and secrets.
    pub random: Arc<dyn Random>,
    /// Hints for browsers.
    pub live: Live,
}

/// Why a command or query stopped: the operator is told either way.
#[derive(Debug)]
pub(crate) enum Halt {
    /// What was asked is refused.
    Refused(Refusal),
    /// The database failed.
    Failed(StoreError),
}

impl From<Refusal> for Halt {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

impl Ctx {
    /// Begins a transaction that may write: a command's, which traces know by its file.
    #[track_caller]
    pub(crate) fn write(&self) -> impl Future<Output = Result<Write, StoreError>> + Send {
        self.write_for(Lane::Operators)
    }

    /// The same for what a host says, behind what operators do.
    #[track_caller]
    pub(crate) fn write_behind(&self) -> impl Future<Output = Result<Write, StoreError>> + Send {
        self.write_for(Lane::Hosts)
    }

    /// The same for what many hosts said, in one transaction.
    #[track_caller]
    pub(crate) fn write_gathered(&self) -> impl Future<Output = Result<Write, StoreError>> + Send {
        self.write_for(Lane::Gathered)
    }

    #[track_caller]
    pub(crate) fn write_for(
        &self,
        lane: Lane,
    ) -> impl Future<Output = Result<Write, StoreError>> + Send {
        let span = traces::command();
        async move {
            let turn = traces::span!(in &span, "turn");
            let begun = self.store.write(lane, self.live.clone(), &*self.clock);
            Ok(begun.instrument(turn).await?.traced(span))
        }
    }

    /// Begins a transaction of what this server says of itself, beside those of commands.
    #[track_caller]
    pub(crate) fn announce(&self) -> impl Future<Output = Result<Announce, StoreError>> + Send {
        let span = traces::command();
        async move {
            let turn = traces::span!(in &span, "turn");
            let begun = self.store.announce(self.live.clone(), &*self.clock);
            Ok(begun.instrument(turn).await?.traced(span))
        }
    }

    /// Begins a transaction that cannot write and sees one state throughout.
    pub(crate) async fn read(&self) -> Result<Read, StoreError> {
        self.store.read(Lane::Operators).await
    }

    /// The same for what a host's session needs to know, behind what operators look at.
    pub(crate) async fn read_behind(&self) -> Result<Read, StoreError> {
        self.store.read(Lane::Hosts).await
    }

    /// What a caller outside is told of `result`.
    pub(crate) fn answer<T>(&self, result: Result<T, Halt>) -> Result<T, Refusal> {
        result.map_err(|halt| match halt {
            Halt::Refused(refusal) => refusal,
            Halt::Failed(error) => self.unavailable(&error),
        })
    }

    /// Notes what a storage failure says of the disk.
    pub(crate) fn note(&self, error: &StoreError) {
        self.store.note(error, &*self.clock);
    }

    /// The refusal that hides a storage failure. Logs it, once, under the number that the refusal
    /// carries.
    pub fn unavailable(&self, error: &StoreError) -> Refusal {
        self.note(error);
        if error.takes_no_writes() {
            return Refusal::ReadOnly;
        }
        let mut number = [0; 4];
        self.random.fill(&mut number);
        let trace = to_hex(&number);
        tracing::error!(trace, error = %error, "storage failed");
        Refusal::Unavailable { trace }
    }
}
