//! Pages of events and of jobs, the newest first.

use std::collections::HashMap;

use trustboard_model::event::Event;
use trustboard_model::id::{DatacenterId, HostId};
use trustboard_model::job::JobState;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{EventFilter, EventGroup, JobLine, Named};

use super::Tx;
use super::column::{Place, integer};
use super::event::Row;
use super::host_query::{Within, contains, push_like, push_within};
use crate::store::StoreError;
use crate::store::sql::{self, FromRow, QueryBuilder};

#[derive(FromRow)]
struct JobRow {
    id: String,
    host_id: String,
    name: String,
    trigger: String,
    state: String,
    problem: Option<String>,
    queued_at: i64,
    ended_at: Option<i64>,
}

impl TryFrom<JobRow> for JobLine {
    type Error = StoreError;

    fn try_from(row: JobRow) -> Result<Self, StoreError> {
        let place = Place { table: "jobs", row: &row.id };
        let state = match (row.state.as_str(), row.problem) {
            ("queued", None) => JobState::Queued,
            ("running", None) => JobState::Running,
            ("done", None) => JobState::Done,
            ("failed", Some(problem)) => JobState::Failed { problem },
            _ => return Err(place.bad("state")),
        };
        Ok(Self {
            id: place.parse("id", &row.id)?,
            host: Named { id: place.parse("host_id", &row.host_id)?, name: row.name },
            trigger: place.json("trigger", &row.trigger)?,
            state,
            queued_at: Timestamp(row.queued_at),
            ended_at: row.ended_at.map(Timestamp),
        })
    }
}

macro_rules! select_jobs {
    () => {
        "SELECT j.id, j.host_id, h.name, j.trigger, j.state, j.problem, j.queued_at, j.ended_at
         FROM jobs j JOIN hosts h ON h.id = j.host_id "
    };
}

/// ` WHERE` the event is of this part of the inventory; what is of no datacenter is everybody's.
fn push_place(query: &mut QueryBuilder, within: &Within) {
    match within {
        Within::Datacenter(id) => {
            query.push(" WHERE e.datacenter_id = ").push_bind(id.to_string());
        }
        Within::AllBut(unseen) if unseen.is_empty() => {
            query.push(" WHERE 1 = 1");
        }
        Within::AllBut(unseen) => {
            query.push(" WHERE (e.datacenter_id IS NULL OR e.datacenter_id NOT IN (");
            let mut list = query.separated(", ");
            for id in unseen {
                list.push_bind(id.to_string());
            }
            query.push("))");
        }
    }
}

/// ` AND` that the event is of one of these kinds.
fn push_kinds(query: &mut QueryBuilder, groups: &[EventGroup]) {
    query.push(" AND e.kind IN (");
    let mut list = query.separated(", ");
    for kind in groups.iter().flat_map(|group| group.events()) {
        list.push_bind(*kind);
    }
    query.push(")");
}

impl<Mode> Tx<Mode> {
    /// Events of a part of the inventory, the newest first.
    pub(crate) async fn event_page(
        &mut self,
        within: &Within,
        filter: &EventFilter,
        limit: u32,
    ) -> Result<Vec<Event>, StoreError> {
        let mut query = QueryBuilder::new(
            "SELECT e.seq, e.at, e.kind, e.datacenter_id, e.host_id, e.body, e.hash FROM events e",
        );
        push_place(&mut query, within);
        if let Some(before) = filter.before {
            query.push(" AND e.seq < ").push_bind(integer(before.0));
        }
        match &filter.group {
            Some(group) => push_kinds(&mut query, &[*group]),
            None => push_kinds(&mut query, &EventGroup::ALL),
        }
        if !filter.host.is_empty() {
            query.push(" AND e.host_id IN (SELECT id FROM hosts");
            push_like(&mut query, " WHERE name", &contains(&filter.host));
            query.push(")");
        }
        if !filter.actor.is_empty() {
            query.push(" AND lower(json_extract(e.body, '$.actor.name')) = lower(");
            query.push_bind(filter.actor.clone()).push(")");
        }
        query.push(" ORDER BY e.seq DESC LIMIT ").push_bind(limit);
        let rows: Vec<Row> = query.build_query_as().fetch_all(self.connection()).await?;
        rows.into_iter().map(Event::try_from).collect()
    }

    /// The names of hosts, those that are still there.
    pub(crate) async fn host_names(
        &mut self,
        hosts: &[HostId],
    ) -> Result<HashMap<HostId, String>, StoreError> {
        if hosts.is_empty() {
            return Ok(HashMap::new());
        }
        let mut query = QueryBuilder::new("SELECT id, name FROM hosts WHERE id IN (");
        let mut list = query.separated(", ");
        for id in hosts {
            list.push_bind(id.to_string());
        }
        query.push(")");
        let rows: Vec<(String, String)> =
            query.build_query_as().fetch_all(self.connection()).await?;
        let named = |(id, name): (String, String)| {
            Ok((Place { table: "hosts", row: &id }.parse("id", &id)?, name))
        };
        rows.into_iter().map(named).collect()
    }

    /// The names of all datacenters.
    pub(crate) async fn datacenter_names(
        &mut self,
    ) -> Result<HashMap<DatacenterId, String>, StoreError> {
        let rows: Vec<(String, String)> =
            sql::query_as("SELECT id, name FROM datacenters").fetch_all(self.connection()).await?;
        let named = |(id, name): (String, String)| {
            Ok((Place { table: "datacenters", row: &id }.parse("id", &id)?, name))
        };
        rows.into_iter().map(named).collect()
    }

    /// Verification jobs of a part of the inventory: those that wait or run, the oldest first, or those
    /// that have ended, the newest first.
    pub(crate) async fn job_page(
        &mut self,
        within: &Within,
        ended: bool,
        limit: u32,
    ) -> Result<Vec<JobLine>, StoreError> {
        let mut query = QueryBuilder::new(select_jobs!());
        push_within(&mut query, "h.datacenter_id", within);
        query.push(if ended {
            " AND j.state IN ('done', 'failed') ORDER BY j.queued_at DESC, j.id"
        } else {
            " AND j.state IN ('queued', 'running') ORDER BY j.queued_at, j.id"
        });
        query.push(" LIMIT ").push_bind(limit);
        let rows: Vec<JobRow> = query.build_query_as().fetch_all(self.connection()).await?;
        rows.into_iter().map(JobLine::try_from).collect()
    }
}
