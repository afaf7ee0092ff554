//! Hints for the live stream: what browsers are told of an event, now or when they come back.

use trustboard_model::event::{Actor, EventKind, EventSeq};
use trustboard_model::id::{ClusterId, DatacenterId, HostId, JobId};
use trustboard_model::rights::Sees;
use trustboard_model::view::LiveHint;

use super::column::{Place, integer};
use super::event::Body;
use super::sees::restrict;
use super::{Tx, Write};
use crate::live::LiveMessage;
use crate::store::StoreError;
use crate::store::sql::{self, QueryBuilder};

/// The hints that an event gives, in the order in which they are sent. Only the last carries
/// the number, so that a stream that breaks off between them gets both again.
pub(super) fn hints(event: &Body, cluster: Option<ClusterId>) -> Vec<LiveMessage> {
    let seq = Some(event.seq);
    let tree = |seq| LiveMessage { seq, hint: LiveHint::Inventory };
    match (event.host, event.datacenter, cluster) {
        (Some(host), Some(datacenter), Some(cluster)) => {
            let code = event.kind.code().to_owned();
            let by = match &event.actor {
                Actor::Operator(name) | Actor::Key { operator: name, .. } => Some(name.clone()),
                Actor::Server | Actor::Host | Actor::Console(_) => None,
            };
            let hint = LiveHint::Host { host, cluster, datacenter, event: code, by };
            let counted = matches!(
                event.kind,
                EventKind::HostEnrolled { .. }
                    | EventKind::HostMoved { .. }
                    | EventKind::HostRemoved { .. }
            );
            counted.then(|| tree(None)).into_iter().chain([LiveMessage { seq, hint }]).collect()
        }
        // A removed host has no cluster any more when the table is read for those who come back.
        _ if changes_tree(&event.kind) => vec![tree(seq)],
        _ if changes_makers(&event.kind) => vec![LiveMessage { seq, hint: LiveHint::Makers }],
        _ => Vec::new(),
    }
}

fn changes_tree(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::DatacenterCreated { .. }
            | EventKind::DatacenterRenamed { .. }
            | EventKind::DatacenterDeleted { .. }
            | EventKind::ClusterCreated { .. }
            | EventKind::ClusterRenamed { .. }
            | EventKind::ClusterMoved { .. }
            | EventKind::ClusterDeleted { .. }
            | EventKind::HostRemoved { .. }
    )
}

fn changes_makers(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::MakersImported { .. }
            | EventKind::MakerTrustChanged { .. }
            | EventKind::MakerRemoved { .. }
    )
}

/// The kinds of events that concern every page, as they stand in `events.kind`.
const OF_ALL: &str = "('datacenter-created', 'datacenter-renamed', 'datacenter-deleted',
                       'cluster-created', 'cluster-renamed', 'cluster-moved', 'cluster-deleted',
                       'host-removed', 'makers-imported', 'maker-trust-changed', 'maker-removed')";

impl Write {
    /// Hints that a job of this host made a step, after the commit.
    pub(crate) async fn job_hint(&mut self, host: HostId, job: JobId) -> Result<(), StoreError> {
        let key = host.to_string();
        let datacenter: Option<String> = sql::query_scalar(
            "SELECT c.datacenter_id FROM hosts h JOIN clusters c ON c.id = h.cluster_id
             WHERE h.id = ?",
        )
        .bind(&key)
        .fetch_optional(self.connection())
        .await?;
        let Some(datacenter) = datacenter else { return Ok(()) };
        let datacenter =
            Place { table: "clusters", row: &key }.parse("datacenter_id", &datacenter)?;
        let hint = LiveHint::Job { host, datacenter, job };
        self.hint(LiveMessage { seq: None, hint });
        Ok(())
    }
}

impl<Mode> Tx<Mode> {
    /// The hints of at most `limit` events after `since`; those of one datacenter and of the tree,
    /// or all.
    pub(crate) async fn hints_since(
        &mut self,
        since: EventSeq,
        datacenter: Option<DatacenterId>,
        sees: &Sees,
        limit: u32,
    ) -> Result<Vec<LiveMessage>, StoreError> {
        let mut query = QueryBuilder::new(
            "SELECT e.seq, e.body, h.cluster_id FROM events e LEFT JOIN hosts h ON h.id = e.host_id
             WHERE e.seq > ",
        );
        query.push_bind(integer(since.0));
        query.push(" AND (e.host_id IS NOT NULL OR e.kind IN ").push(OF_ALL).push(")");
        if let Some(datacenter) = datacenter {
            query.push(" AND (e.datacenter_id = ").push_bind(datacenter.to_string());
            query.push(" OR e.kind IN ").push(OF_ALL).push(")");
        }
        if let Sees::Only(_) = sees {
            query.push(" AND (");
            restrict(&mut query, "e.datacenter_id", sees);
            query.push(" OR e.kind IN ").push(OF_ALL).push(")");
        }
        query.push(" ORDER BY e.seq LIMIT ").push_bind(limit);
        let rows: Vec<(i64, String, Option<String>)> =
            query.build_query_as().fetch_all(self.connection()).await?;
        let mut messages = Vec::new();
        for (seq, body, cluster) in rows {
            let key = seq.to_string();
            let place = Place { table: "events", row: &key };
            let cluster = cluster
                .map(|id| Place { table: "hosts", row: &key }.parse("cluster_id", &id))
                .transpose()?;
            messages.extend(hints(&place.json("body", &body)?, cluster));
        }
        Ok(messages)
    }
}
