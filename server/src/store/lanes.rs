//! Who goes first: operators, and what many hosts share.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::StoreError;

/// Writes for hosts that may stand in the writer's queue at a time. An operator's command waits for
/// no more than these, and a group that shares a commit can still be as large.
const WRITES: usize = 32;

/// Reads for hosts at a time: half of the connections, so that pages find one however many hosts
/// come back at once.
const READS: usize = 4;

/// Whom a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lane {
    /// A person or a program of theirs waits for it.
    Operators,
    /// What many hosts said, in one transaction of which few are there at a time: so hosts that are
    /// as they should be are verified in time however many others arrive.
    Gathered,
    /// It is a host's, of which a hundred thousand may come at once.
    Hosts,
}

/// Where hosts' transactions wait before they wait among those of operators.
#[derive(Debug, Clone)]
pub(super) struct Lanes {
    writes: Arc<Semaphore>,
    reads: Arc<Semaphore>,
}

/// A place among operators' transactions, until it is dropped; the others need none.
pub(super) type Place = Option<OwnedSemaphorePermit>;

impl Default for Lanes {
    fn default() -> Self {
        let of = |places| Arc::new(Semaphore::new(places));
        Self { writes: of(WRITES), reads: of(READS) }
    }
}

impl Lanes {
    /// Waits for a place in the writer's queue.
    pub(super) async fn write(&self, lane: Lane, most: Duration) -> Result<Place, StoreError> {
        let place = tokio::time::timeout(most, wait(&self.writes, lane)).await;
        place.map_err(|_| StoreError::Busy { seconds: most.as_secs() })
    }

    /// Waits for a place among those who read.
    pub(super) async fn read(&self, lane: Lane) -> Place {
        wait(&self.reads, lane).await
    }
}

async fn wait(places: &Arc<Semaphore>, lane: Lane) -> Place {
    match lane {
        Lane::Operators | Lane::Gathered => None,
        // It is never closed.
        Lane::Hosts => Arc::clone(places).acquire_owned().await.ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn operators_and_gathered_writes_never_wait_for_a_place_and_hosts_do() {
        let (lanes, most) = (Lanes::default(), Duration::from_millis(20));
        let mut held = Vec::new();
        for _ in 0..WRITES {
            held.push(lanes.write(Lane::Hosts, most).await.unwrap());
        }
        let refused = lanes.write(Lane::Hosts, most).await;
        assert!(matches!(refused, Err(StoreError::Busy { .. })), "{refused:?}");
        for first in [Lane::Operators, Lane::Gathered] {
            assert!(lanes.write(first, most).await.unwrap().is_none());
        }
        held.pop();
        assert!(lanes.write(Lane::Hosts, most).await.unwrap().is_some());

        let mut reading = Vec::new();
        for _ in 0..READS {
            reading.push(lanes.read(Lane::Hosts).await);
        }
        assert!(lanes.read(Lane::Operators).await.is_none());
        let waits = tokio::time::timeout(most, lanes.read(Lane::Hosts)).await;
        assert!(waits.is_err(), "the fifth waits");
    }
}
