//! The audit trail: events by who, what, where and when, the newest first.
//!
//! Each question has an index that gives its events in the order of their numbers, so a page costs
//! what it shows. Of several conditions the one that usually leaves the fewest events is looked up,
//! and the others are tested on what it gives.

use trustboard_model::event::{Event, EventSeq};
use trustboard_model::time::Timestamp;
use trustboard_model::view::{AuditFilter, AuditRow, Who};

use super::Tx;
use super::column::integer;
use super::event::Row;
use crate::store::StoreError;
use crate::store::sql::{self, FromRow, QueryBuilder};

#[derive(FromRow)]
struct Listed {
    #[sqlx(flatten)]
    event: Row,
    datacenter: Option<String>,
    host: Option<String>,
    removed: Option<String>,
}

impl<Mode> Tx<Mode> {
    /// At most `limit` events that match the filter, the newest first.
    pub(crate) async fn audit_rows(
        &mut self,
        filter: &AuditFilter,
        limit: u32,
    ) -> Result<Vec<AuditRow>, StoreError> {
        let mut query = QueryBuilder::new(
            "SELECT e.seq, e.at, e.kind, e.actor, e.datacenter_id, e.host_id, e.body, e.hash,
                    d.name AS datacenter, h.name AS host, r.name AS removed FROM events e ",
        );
        query.push(index(filter)).push(
            " LEFT JOIN datacenters d ON d.id = e.datacenter_id
              LEFT JOIN hosts h ON h.id = e.host_id
              LEFT JOIN removed_hosts r ON r.id = e.host_id WHERE 1 = 1",
        );
        self.push_conditions(&mut query, filter).await?;
        query.push(" ORDER BY e.seq DESC LIMIT ").push_bind(limit);
        let rows: Vec<Listed> = query.build_query_as().fetch_all(self.connection()).await?;
        let row = |Listed { event, datacenter, host, removed }: Listed| {
            let event = Event::try_from(event)?;
            let gone = removed.is_some();
            Ok(AuditRow { event, datacenter, host: host.or(removed), removed: gone })
        };
        rows.into_iter().map(row).collect()
    }

    async fn push_conditions(
        &mut self,
        query: &mut QueryBuilder,
        filter: &AuditFilter,
    ) -> Result<(), StoreError> {
        if let Some(who) = &filter.who {
            query.push(" AND e.actor = ").push_bind(match who {
                Who::Server => "server".to_owned(),
                Who::Hosts => "host".to_owned(),
                Who::Person(name) => format!("person:{name}"),
            });
        }
        if let Some(kind) = &filter.kind {
            query.push(" AND e.kind = ").push_bind(kind.clone());
        }
        if let Some(host) = filter.host {
            query.push(" AND e.host_id = ").push_bind(host.to_string());
        }
        if let Some(datacenter) = filter.datacenter {
            query.push(" AND e.datacenter_id = ").push_bind(datacenter.to_string());
        }
        if let Some(EventSeq(before)) = filter.before {
            query.push(" AND e.seq < ").push_bind(integer(before));
        }
        // The numbers are looked up by time, so that a page of last year does not walk through
        // this one. Where the clock was set back, the events of the time that came twice are
        // found by their numbers and then by their time, never by a time alone.
        if let Some(from) = filter.from {
            let first = self.first_at_or_after(from).await?;
            query.push(" AND e.seq >= ").push_bind(first.unwrap_or(i64::MAX));
            query.push(" AND e.at >= ").push_bind(from.0);
        }
        if let Some(until) = filter.until {
            let last = self.last_before(until).await?;
            query.push(" AND e.seq <= ").push_bind(last.unwrap_or(0));
            query.push(" AND e.at < ").push_bind(until.0);
        }
        Ok(())
    }

    async fn first_at_or_after(&mut self, at: Timestamp) -> Result<Option<i64>, StoreError> {
        let seq = sql::query_scalar(
            "SELECT seq FROM events INDEXED BY events_by_time WHERE at >= ?
             ORDER BY at, seq LIMIT 1",
        )
        .bind(at.0)
        .fetch_optional(self.connection())
        .await?;
        Ok(seq)
    }

    async fn last_before(&mut self, at: Timestamp) -> Result<Option<i64>, StoreError> {
        let seq = sql::query_scalar(
            "SELECT seq FROM events INDEXED BY events_by_time WHERE at < ?
             ORDER BY at DESC, seq DESC LIMIT 1",
        )
        .bind(at.0)
        .fetch_optional(self.connection())
        .await?;
        Ok(seq)
    }

    /// The newest event of these kinds.
    pub(crate) async fn latest_of(
        &mut self,
        kinds: [&'static str; 2],
    ) -> Result<Option<Event>, StoreError> {
        let mut latest: Option<Event> = None;
        for kind in kinds {
            let row: Option<Row> = sql::query_as(concat!(
                super::event::select_events!(),
                "WHERE kind = ? ORDER BY seq DESC LIMIT 1"
            ))
            .bind(kind)
            .fetch_optional(self.connection())
            .await?;
            let Some(event) = row.map(Event::try_from).transpose()? else { continue };
            if latest.as_ref().is_none_or(|other| other.seq < event.seq) {
                latest = Some(event);
            }
        }
        Ok(latest)
    }
}

/// The index to look up by: the planner has no statistics of a table that only grows.
#[expect(clippy::match_same_arms, reason = "in the order in which questions narrow")]
fn index(filter: &AuditFilter) -> &'static str {
    let AuditFilter { who, kind, host, datacenter, .. } = filter;
    match (host, who, kind, datacenter) {
        (Some(_), ..) => "INDEXED BY events_by_host",
        (None, Some(Who::Person(_)), ..) => "INDEXED BY events_by_actor",
        (None, _, Some(_), Some(_)) => "INDEXED BY events_of_kind_by_datacenter",
        (None, _, Some(_), None) => "INDEXED BY events_by_kind",
        (None, _, None, Some(_)) => "INDEXED BY events_by_datacenter",
        (None, Some(Who::Server | Who::Hosts), None, None) => "INDEXED BY events_by_actor",
        // By its number.
        (None, None, None, None) => "NOT INDEXED",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_asked_is_looked_up() {
        let kind = Some("alarm-reset".to_owned());
        let who = Some(Who::Person("ada".to_owned()));
        let of = |filter: AuditFilter| index(&filter);
        assert_eq!(of(AuditFilter::default()), "NOT INDEXED");
        assert_eq!(
            of(AuditFilter { kind: kind.clone(), ..AuditFilter::default() }),
            "INDEXED BY events_by_kind"
        );
        let both = AuditFilter { kind, who, ..AuditFilter::default() };
        assert_eq!(of(both), "INDEXED BY events_by_actor");
    }
}
