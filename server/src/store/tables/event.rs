//! Events: written into the chain, read back for history, audit and the live stream.

use serde::{Deserialize, Serialize};
use trustboard_model::digest::Sha256;
use trustboard_model::event::{Actor, Event, EventKind, EventSeq};
use trustboard_model::id::{ClusterId, DatacenterId, HostId};
use trustboard_model::rights::Sees;
use trustboard_model::time::Timestamp;
use trustboard_model::view::EventRow;

use super::column::{Place, integer, json};
use super::count::counts;
use super::hints::hints;
use super::sees::restrict;
use super::{Tx, Write};
use crate::live::LiveMessage;
use crate::store::StoreError;
use crate::store::record::HostRecord;
use crate::store::secret::sha256;
use crate::store::sql::{self, FromRow, QueryBuilder};

/// The end of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ChainHead {
    pub seq: EventSeq,
    pub hash: Sha256,
}

/// What is hashed: an event without its hash, in this order of fields.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Body {
    pub seq: EventSeq,
    pub at: Timestamp,
    pub actor: Actor,
    pub datacenter: Option<DatacenterId>,
    pub host: Option<HostId>,
    pub kind: EventKind,
}

/// An event that is a part of the chain, and what is written of it.
struct Linked {
    body: Body,
    text: String,
    hash: Sha256,
}

/// Where a host is, for its events and hints.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HostScope {
    pub host: HostId,
    pub cluster: ClusterId,
    pub datacenter: DatacenterId,
}

impl From<&HostRecord> for HostScope {
    fn from(record: &HostRecord) -> Self {
        Self { host: record.id, cluster: record.cluster.id, datacenter: record.datacenter.id }
    }
}

fn kinds(all: &[HostEvents]) -> Vec<(HostScope, &EventKind)> {
    let mut kinds = Vec::new();
    for HostEvents { scope, events, .. } in all {
        kinds.extend(events.iter().map(|(_, kind)| (*scope, kind)));
    }
    kinds
}

/// What happened to a host, in order.
#[derive(Debug)]
pub(crate) struct HostEvents {
    pub scope: HostScope,
    pub events: Vec<(Actor, EventKind)>,
    /// What browsers are told beside the hints of these events, after them.
    pub hints: Vec<LiveMessage>,
}

impl Write {
    /// Writes an event that is not about a host.
    pub(crate) async fn event(
        &mut self,
        actor: &Actor,
        datacenter: Option<DatacenterId>,
        kind: EventKind,
    ) -> Result<(), StoreError> {
        self.chain(actor, datacenter, None, kind).await
    }

    /// Writes an event about a host, which raises its revision, and counts what it changes. Gives
    /// the new revision.
    pub(crate) async fn host_event(
        &mut self,
        actor: &Actor,
        scope: HostScope,
        kind: EventKind,
    ) -> Result<u64, StoreError> {
        self.count(&[(scope, &kind)]).await?;
        self.chain(actor, Some(scope.datacenter), Some(scope), kind).await?;
        let id = scope.host.to_string();
        let revision: i64 = sql::query_scalar(
            "UPDATE hosts SET revision = revision + 1 WHERE id = ? RETURNING revision",
        )
        .bind(&id)
        .fetch_one(self.connection())
        .await?;
        Place { table: "hosts", row: &id }.number("revision", revision)
    }

    /// Writes the same event of many hosts, one of a kind that counts nothing, in one statement. Their
    /// revisions are raised already: by the statement that made the change.
    pub(crate) async fn same_event_of(
        &mut self,
        actor: &Actor,
        scopes: &[HostScope],
        kind: &EventKind,
    ) -> Result<(), StoreError> {
        debug_assert!(!counts(kind), "an event that is counted is written by itself");
        let mut linked = Vec::with_capacity(scopes.len());
        for scope in scopes {
            linked
                .push(self.link(actor, Some(scope.datacenter), Some(*scope), kind.clone()).await?);
        }
        self.insert_events(&linked).await
    }

    /// Writes what happened to many hosts, one after the other, with all that it counts. Their
    /// revisions are raised already, by one for each event: by the statement that made the change.
    pub(crate) async fn events_of_hosts(&mut self, all: Vec<HostEvents>) -> Result<(), StoreError> {
        self.count(&kinds(&all)).await?;
        let mut linked = Vec::new();
        for HostEvents { scope, events, hints } in all {
            for (actor, kind) in events {
                let datacenter = Some(scope.datacenter);
                linked.push(self.link(&actor, datacenter, Some(scope), kind).await?);
            }
            for hint in hints {
                self.hint(hint);
            }
        }
        self.insert_events(&linked).await
    }

    async fn chain(
        &mut self,
        actor: &Actor,
        datacenter: Option<DatacenterId>,
        scope: Option<HostScope>,
        kind: EventKind,
    ) -> Result<(), StoreError> {
        let linked = self.link(actor, datacenter, scope, kind).await?;
        self.insert_events(&[linked]).await
    }

    /// Makes an event the end of the chain; it is still to be written.
    async fn link(
        &mut self,
        actor: &Actor,
        datacenter: Option<DatacenterId>,
        scope: Option<HostScope>,
        kind: EventKind,
    ) -> Result<Linked, StoreError> {
        let head = match self.mode.head {
            Some(head) => head,
            None => self.chain_head().await?,
        };
        let body = Body {
            seq: EventSeq(head.seq.0 + 1),
            at: self.now(),
            actor: actor.clone(),
            datacenter,
            host: scope.map(|scope| scope.host),
            kind,
        };
        let text = json(&body);
        let hash = sha256(&[&head.hash.0, text.as_bytes()]);
        self.mode.head = Some(ChainHead { seq: body.seq, hash });
        for hint in hints(&body, scope.map(|scope| scope.cluster)) {
            self.hint(hint);
        }
        Ok(Linked { body, text, hash })
    }

    async fn insert_events(&mut self, events: &[Linked]) -> Result<(), StoreError> {
        // 8 values each, of which a statement takes 32,766.
        for some in events.chunks(1000) {
            let mut sql = QueryBuilder::new(
                "INSERT INTO events (seq, at, kind, actor, datacenter_id, host_id, body, hash)
                 VALUES ",
            );
            sql.rows(some, |values, Linked { body, text, hash }| {
                values.push_bind(integer(body.seq.0)).push_bind(body.at.0);
                values.push_bind(body.kind.code()).push_bind(actor_key(&body.actor));
                values.push_bind(body.datacenter.map(|id| id.to_string()));
                values.push_bind(body.host.map(|id| id.to_string()));
                values.push_bind(text).push_bind(&hash.0[..]);
            });
            sql.build().execute(self.connection()).await?;
        }
        Ok(())
    }

    /// Moves the end of the chain to the last event of this transaction.
    pub(in crate::store) async fn write_chain_head(&mut self) -> Result<(), StoreError> {
        let Some(head) = self.mode.head else { return Ok(()) };
        sql::query("UPDATE chain_head SET seq = ?, hash = ?")
            .bind(integer(head.seq.0))
            .bind(&head.hash.0[..])
            .execute(self.connection())
            .await?;
        Ok(())
    }
}

/// Who caused an event, as it stands in its column: `server`, `host`, or `person:` and the name.
pub(super) fn actor_key(actor: &Actor) -> String {
    match actor {
        Actor::Server => "server".to_owned(),
        Actor::Host => "host".to_owned(),
        Actor::Operator(name) | Actor::Key { operator: name, .. } | Actor::Console(name) => {
            format!("person:{name}")
        }
    }
}

/// The columns of [`Row`], for every query that gives events.
macro_rules! select_events {
    () => {
        "SELECT seq, at, kind, actor, datacenter_id, host_id, body, hash FROM events "
    };
}
pub(super) use select_events;

/// An event as it stands in its row.
#[derive(FromRow)]
pub(super) struct Row {
    pub seq: i64,
    pub at: i64,
    pub kind: String,
    /// Only asked for where it is compared with what the body says.
    #[sqlx(default)]
    pub actor: String,
    pub datacenter_id: Option<String>,
    pub host_id: Option<String>,
    pub body: String,
    pub hash: Vec<u8>,
}

impl TryFrom<Row> for Event {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let key = row.seq.to_string();
        let place = Place { table: "events", row: &key };
        let Body { seq, at, actor, datacenter, host, kind } = place.json("body", &row.body)?;
        let hash = place.sha256("hash", &row.hash)?;
        Ok(Self { seq, at, actor, datacenter, host, kind, hash })
    }
}

impl<Mode> Tx<Mode> {
    /// The end of the chain.
    pub(crate) async fn chain_head(&mut self) -> Result<ChainHead, StoreError> {
        let (seq, hash): (i64, Vec<u8>) =
            sql::query_as("SELECT seq, hash FROM chain_head").fetch_one(self.connection()).await?;
        let place = Place { table: "chain_head", row: "1" };
        Ok(ChainHead {
            seq: EventSeq(place.number("seq", seq)?),
            hash: place.sha256("hash", &hash)?,
        })
    }

    /// Events from `from` on, the oldest first: those of the datacenters `of`, or all.
    pub(crate) async fn events(
        &mut self,
        from: EventSeq,
        of: Option<&Sees>,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError> {
        let mut query = QueryBuilder::new(
            "SELECT seq, at, kind, datacenter_id, host_id, body, hash FROM events WHERE seq >= ",
        );
        query.push_bind(integer(from.0));
        if let Some(of) = of {
            query.push(" AND datacenter_id IS NOT NULL AND ");
            restrict(&mut query, "datacenter_id", of);
        }
        query.push(" ORDER BY seq LIMIT ").push_bind(limit);
        let rows: Vec<Row> = query.build_query_as().fetch_all(self.connection()).await?;
        rows.into_iter().map(Event::try_from).collect()
    }

    pub(super) async fn event_rows(
        &mut self,
        from: EventSeq,
        limit: u32,
    ) -> Result<Vec<Row>, StoreError> {
        let rows = sql::query_as(concat!(select_events!(), "WHERE seq >= ? ORDER BY seq LIMIT ?"))
            .bind(integer(from.0))
            .bind(limit)
            .fetch_all(self.connection())
            .await?;
        Ok(rows)
    }

    /// A host's latest events, the newest first.
    pub(crate) async fn host_events(
        &mut self,
        host: HostId,
        limit: u32,
    ) -> Result<Vec<EventRow>, StoreError> {
        let rows: Vec<Row> =
            sql::query_as(concat!(select_events!(), "WHERE host_id = ? ORDER BY seq DESC LIMIT ?"))
                .bind(host.to_string())
                .bind(limit)
                .fetch_all(self.connection())
                .await?;
        let row = |Event { seq, at, actor, kind, .. }| EventRow { seq, at, actor, kind };
        rows.into_iter().map(|stored| Event::try_from(stored).map(row)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_keeps_its_order_and_survives_json() {
        let body = Body {
            seq: EventSeq(3),
            at: Timestamp(5),
            actor: Actor::Console("root".to_owned()),
            datacenter: None,
            host: None,
            kind: EventKind::SignedIn { name: "ada".to_owned() },
        };
        let text = json(&body);
        assert_eq!(
            text,
            r#"{"seq":3,"at":5,"actor":{"by":"console","name":"root"},"datacenter":null,"host":null,"kind":{"event":"signed-in","name":"ada"}}"#
        );
        assert_eq!(serde_json::from_str::<Body>(&text).unwrap(), body);
    }
}
