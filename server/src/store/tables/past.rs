//! A host's past: its runs of appraisals, its boots, the times without verification, its events.

use trustboard_model::event::{Event, EventKind};
use trustboard_model::id::{ClusterId, ConfigurationId, HostId};
use trustboard_model::time::Timestamp;
use trustboard_model::view::{Boot, EventRow, Gap, Span};

use super::column::Place;
use super::event::Row as StoredEvent;
use super::span::{SpanRow, select_spans};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::sql::{self, FromRow, QueryBuilder};

#[derive(FromRow)]
struct BootRow {
    seen: i64,
    after: Option<i64>,
    resets: i64,
}

impl<Mode> Tx<Mode> {
    /// When a host enrolled.
    pub(crate) async fn enrolled_at(&mut self, host: HostId) -> Result<Timestamp, StoreError> {
        let at: i64 = sql::query_scalar("SELECT created_at FROM hosts WHERE id = ?")
            .bind(host.to_string())
            .fetch_one(self.connection())
            .await?;
        Ok(Timestamp(at))
    }

    /// Since when times without verification are on record.
    pub(crate) async fn gaps_since(&mut self) -> Result<Timestamp, StoreError> {
        let at: i64 =
            sql::query_scalar("SELECT gaps FROM past_since").fetch_one(self.connection()).await?;
        Ok(Timestamp(at))
    }

    /// The run of appraisals whose conclusion held at a moment.
    pub(crate) async fn span_at(
        &mut self,
        host: HostId,
        at: Timestamp,
    ) -> Result<Option<Span>, StoreError> {
        let row: Option<SpanRow> = sql::query_as(concat!(
            select_spans!(),
            "WHERE a.host_id = ? AND a.first_seen <= ?
                 ORDER BY a.first_seen DESC, a.rowid DESC LIMIT 1"
        ))
        .bind(host.to_string())
        .bind(at.0)
        .fetch_optional(self.connection())
        .await?;
        row.map(Span::try_from).transpose()
    }

    /// When the first run of appraisals began that is on record.
    pub(crate) async fn first_span_at(
        &mut self,
        host: HostId,
    ) -> Result<Option<Timestamp>, StoreError> {
        let at: Option<i64> =
            sql::query_scalar("SELECT min(first_seen) FROM appraisals WHERE host_id = ?")
                .bind(host.to_string())
                .fetch_one(self.connection())
                .await?;
        Ok(at.map(Timestamp))
    }

    /// The runs of appraisals that held at some time from `from` to `until`, the newest first.
    pub(crate) async fn spans_between(
        &mut self,
        host: HostId,
        from: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Span>, StoreError> {
        // What held at the beginning had begun before it.
        let rows: Vec<SpanRow> = sql::query_as(concat!(
            select_spans!(),
            "WHERE a.host_id = ?1 AND a.first_seen <= ?2 AND a.first_seen >= coalesce((
                     SELECT max(first_seen) FROM appraisals WHERE host_id = ?1 AND first_seen <= ?3
                 ), ?3)
                 ORDER BY a.first_seen DESC, a.rowid DESC LIMIT ?4"
        ))
        .bind(host.to_string())
        .bind(until.0)
        .bind(from.0)
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        rows.into_iter().map(Span::try_from).collect()
    }

    /// The times without verification that reach into `from` to `until`, the newest first; without
    /// the one that goes on.
    pub(crate) async fn gaps_between(
        &mut self,
        host: HostId,
        from: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Gap>, StoreError> {
        let rows: Vec<(i64, i64)> = sql::query_as(
            "SELECT began, ended FROM gaps WHERE host_id = ? AND ended >= ? AND began <= ?
             ORDER BY began DESC LIMIT ?",
        )
        .bind(host.to_string())
        .bind(from.0)
        .bind(until.0)
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        let gap = |(began, ended)| Gap { from: Timestamp(began), until: Some(Timestamp(ended)) };
        Ok(rows.into_iter().map(gap).collect())
    }

    /// The boots that were first seen from `from` to `until`, the newest first.
    pub(crate) async fn boots_between(
        &mut self,
        host: HostId,
        from: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<Boot>, StoreError> {
        let key = host.to_string();
        let place = Place { table: "boots", row: &key };
        let rows: Vec<BootRow> = sql::query_as(
            "SELECT seen, after, resets FROM boots WHERE host_id = ? AND seen >= ? AND seen <= ?
             ORDER BY seen DESC LIMIT ?",
        )
        .bind(&key)
        .bind(from.0)
        .bind(until.0)
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        let boot = |row: BootRow| {
            Ok(Boot {
                after: row.after.map(Timestamp),
                seen: Timestamp(row.seen),
                resets: place.number("resets", row.resets)?,
            })
        };
        rows.into_iter().map(boot).collect()
    }

    /// The events of a host from `from` to `until`, the newest first.
    pub(crate) async fn host_events_between(
        &mut self,
        host: HostId,
        from: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<EventRow>, StoreError> {
        let rows: Vec<StoredEvent> = sql::query_as(
            "SELECT seq, at, kind, datacenter_id, host_id, body, hash FROM events
             WHERE host_id = ? AND at >= ? AND at <= ? ORDER BY seq DESC LIMIT ?",
        )
        .bind(host.to_string())
        .bind(from.0)
        .bind(until.0)
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        rows.into_iter().map(shown).collect()
    }

    /// What changed the standards of a cluster from `from` to `until`: its policies and the
    /// decisions on its configurations; the newest first.
    pub(crate) async fn standards_events_between(
        &mut self,
        cluster: ClusterId,
        from: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<EventRow>, StoreError> {
        let rows: Vec<StoredEvent> = sql::query_as(
            "SELECT seq, at, kind, datacenter_id, host_id, body, hash FROM events
             WHERE kind IN ('policy-changed', 'configuration-approved', 'configuration-superseded',
                            'configuration-retired', 'change-accepted')
               AND at >= ? AND at <= ? ORDER BY seq DESC LIMIT ?",
        )
        .bind(from.0)
        .bind(until.0)
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        let of_cluster = self.configurations_of(cluster).await?;
        let mut events = Vec::new();
        for row in rows {
            let event = shown(row)?;
            let concerns = match &event.kind {
                EventKind::PolicyChanged { cluster: of, .. } => *of == cluster,
                EventKind::ConfigurationApproved { configuration, .. }
                | EventKind::ConfigurationSuperseded { configuration, .. }
                | EventKind::ConfigurationRetired { configuration, .. }
                | EventKind::ChangeAccepted { configuration, .. } => {
                    of_cluster.contains(&configuration.id)
                }
                _ => false,
            };
            if concerns {
                events.push(event);
            }
        }
        Ok(events)
    }

    async fn configurations_of(
        &mut self,
        cluster: ClusterId,
    ) -> Result<Vec<ConfigurationId>, StoreError> {
        let key = cluster.to_string();
        let ids: Vec<String> = sql::query_scalar(
            "SELECT configuration_id FROM configuration_clusters WHERE cluster_id = ?",
        )
        .bind(&key)
        .fetch_all(self.connection())
        .await?;
        let place = Place { table: "configuration_clusters", row: &key };
        ids.iter().map(|id| place.parse("configuration_id", id)).collect()
    }

    /// The version of a cluster's policy in force at a moment, by the events since: `now` if there
    /// was none.
    pub(crate) async fn policy_at(
        &mut self,
        cluster: ClusterId,
        at: Timestamp,
        now: u32,
    ) -> Result<u32, StoreError> {
        let rows: Vec<StoredEvent> = sql::query_as(
            "SELECT seq, at, kind, datacenter_id, host_id, body, hash FROM events
             WHERE kind IN ('policy-changed', 'configuration-approved', 'configuration-superseded',
                            'configuration-retired', 'change-accepted')
               AND kind = 'policy-changed' AND at > ? ORDER BY at, seq",
        )
        .bind(at.0)
        .fetch_all(self.connection())
        .await?;
        for row in rows {
            if let EventKind::PolicyChanged { cluster: of, from, .. } = shown(row)?.kind
                && of == cluster
            {
                return Ok(from);
            }
        }
        Ok(now)
    }
}

fn shown(row: StoredEvent) -> Result<EventRow, StoreError> {
    Event::try_from(row).map(|Event { seq, at, actor, kind, .. }| EventRow { seq, at, actor, kind })
}

/// The first evidence of a boot, about to be put on record.
#[derive(Debug, Clone, Copy)]
pub(super) struct BootSeen {
    pub host: HostId,
    /// The last verification before it, if that was of the same TPM.
    pub after: Option<Timestamp>,
    pub resets: u32,
}

impl Write {
    /// Puts on record that hosts were not verified from then until now.
    pub(crate) async fn put_gaps(&mut self, all: &[(HostId, Timestamp)]) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        let now = self.now().0;
        let mut sql = QueryBuilder::new("INSERT INTO gaps (host_id, began, ended) VALUES ");
        sql.rows(all, |values, (host, from)| {
            values.push_bind(host.to_string()).push_bind(from.0).push_bind(now);
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Puts boots on record that the evidence of now is the first of.
    pub(super) async fn put_boots(&mut self, all: &[BootSeen]) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        let now = self.now().0;
        let mut sql = QueryBuilder::new("INSERT INTO boots (host_id, seen, after, resets) VALUES ");
        sql.rows(all, |values, BootSeen { host, after, resets }| {
            values.push_bind(host.to_string()).push_bind(now);
            values.push_bind(after.map(|at| at.0)).push_bind(*resets);
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }
}
