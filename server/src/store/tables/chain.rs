//! Walks the chain of events and finds the first one that is not what was committed.

use trustboard_model::digest::Sha256;
use trustboard_model::event::EventSeq;

use super::column::integer;
use super::event::{Body, ChainHead, Row, actor_key};
use super::{Read, Tx};
use crate::query::ChainState;
use crate::store::StoreError;
use crate::store::secret::sha256;
use crate::store::sql;

/// Events read at a time.
const BATCH: u32 = 1000;

/// What stands before the first event.
const START: ChainHead = ChainHead { seq: EventSeq(0), hash: Sha256([0; 32]) };

impl Read {
    /// Verifies every event and the end of the chain; says after each batch how many are verified.
    pub(crate) async fn chain_state(
        &mut self,
        progress: &(dyn Fn(u64) + Send + Sync),
    ) -> Result<ChainState, StoreError> {
        let mut last = START;
        loop {
            let rows = self.event_rows(EventSeq(last.seq.0 + 1), BATCH).await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                match follow(last, row) {
                    Ok(head) => last = head,
                    Err(problem) => {
                        let seq = EventSeq(last.seq.0 + 1);
                        return Ok(ChainState::Broken { seq, problem });
                    }
                }
            }
            progress(last.seq.0);
            // Hashing a batch takes milliseconds: others get their turn.
            tokio::task::yield_now().await;
        }
        self.end(last).await
    }
}

impl<Mode> Tx<Mode> {
    /// Compares the last event found with the recorded end.
    async fn end(&mut self, last: ChainHead) -> Result<ChainState, StoreError> {
        let seq = EventSeq(last.seq.0 + 1);
        let first: Option<i64> = sql::query_scalar("SELECT seq FROM events WHERE seq < 1")
            .fetch_optional(self.connection())
            .await?;
        if let Some(seq) = first {
            let problem = format!("event {seq} stands before the first");
            return Ok(ChainState::Broken { seq: EventSeq(0), problem });
        }
        let head = self.chain_head().await?;
        Ok(if head.seq > last.seq {
            ChainState::Broken {
                seq,
                problem: format!("missing; the chain ends with {}", head.seq.0),
            }
        } else if head != last {
            let problem = "not the end of the chain on record".to_owned();
            ChainState::Broken { seq: last.seq, problem }
        } else {
            ChainState::Whole { events: last.seq.0, head: last.hash }
        })
    }
}

/// The chain's end after `row`, if it follows on `last`.
fn follow(last: ChainHead, row: &Row) -> Result<ChainHead, String> {
    let seq = EventSeq(last.seq.0 + 1);
    if row.seq != integer(seq.0) {
        return Err(format!("missing; the next one found is {}", row.seq));
    }
    let hash = sha256(&[&last.hash.0, row.body.as_bytes()]);
    if row.hash != hash.0 {
        return Err("does not have the hash of its content and the event before".to_owned());
    }
    let body: Body =
        serde_json::from_str(&row.body).map_err(|_| "its content cannot be read".to_owned())?;
    let text = |id: Option<String>| id.unwrap_or_default();
    let columns = [
        ("seq", body.seq == seq),
        ("at", body.at.0 == row.at),
        ("kind", body.kind.code() == row.kind),
        ("actor", actor_key(&body.actor) == row.actor),
        (
            "datacenter_id",
            text(body.datacenter.map(|id| id.to_string())) == text(row.datacenter_id.clone()),
        ),
        ("host_id", text(body.host.map(|id| id.to_string())) == text(row.host_id.clone())),
    ];
    match columns.into_iter().find(|(_, same)| !same) {
        Some((column, _)) => Err(format!("its column {column} is not what its content says")),
        None => Ok(ChainHead { seq, hash }),
    }
}
