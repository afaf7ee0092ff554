//! Actions on many hosts: what is chosen, what would happen to it, and the jobs.

use trustboard_model::event::EventSeq;
use trustboard_model::host_query::HostQuery;
use trustboard_model::id::{BulkId, DatacenterId, HostId, OperatorId};
use trustboard_model::time::Timestamp;
use trustboard_model::view::{BulkRow, BulkState, HostAction, Named, Scope, Selection, Viewer};

use super::column::{Place, code, integer, json};
use super::host_query::{Within, push_where};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::sql::{self, FromRow, QueryBuilder};

/// How long a job is kept with what became of each host: 90 days. What was done stays in the audit.
const KEPT_S: i64 = 90 * 86_400;

/// A bulk job as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BulkRecord {
    pub id: BulkId,
    /// Who started it, as they were then.
    pub viewer: Viewer,
    pub action: HostAction,
    pub query: Option<HostQuery>,
    /// Those of its hosts.
    pub datacenters: Vec<DatacenterId>,
    pub state: BulkState,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub total: u32,
    pub changed: u32,
    pub unchanged: u32,
    pub failed: u32,
}

/// What an action would do to the chosen hosts of one datacenter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Prospect {
    pub datacenter: Named<DatacenterId>,
    pub hosts: u32,
    /// It is so already.
    pub unchanged: u32,
    /// The host's state allows it.
    pub possible: u32,
    /// Of those, changed since they were seen, where that matters.
    pub stale: u32,
    /// Of those that are possible and not stale, the alarm's condition holds.
    pub holds: u32,
}

#[derive(FromRow)]
struct ProspectRow {
    id: String,
    name: String,
    hosts: i64,
    unchanged: i64,
    possible: i64,
    stale: i64,
    holds: i64,
}

#[derive(FromRow)]
struct JobRow {
    id: String,
    viewer: String,
    action: String,
    query: Option<String>,
    datacenters: String,
    state: String,
    started_at: i64,
    ended_at: Option<i64>,
    total: i64,
    changed: i64,
    unchanged: i64,
    failed: i64,
}

impl TryFrom<JobRow> for BulkRecord {
    type Error = StoreError;

    fn try_from(row: JobRow) -> Result<Self, StoreError> {
        let place = Place { table: "bulk_jobs", row: &row.id };
        let datacenters = row.datacenters.split_whitespace();
        Ok(Self {
            id: place.parse("id", &row.id)?,
            viewer: place.json("viewer", &row.viewer)?,
            action: place.json("action", &row.action)?,
            query: row.query.as_deref().map(|text| place.parse("query", text)).transpose()?,
            datacenters: datacenters
                .map(|id| place.parse("datacenters", id))
                .collect::<Result<_, _>>()?,
            state: place.code("state", &row.state)?,
            started_at: Timestamp(row.started_at),
            ended_at: row.ended_at.map(Timestamp),
            total: place.number("total", row.total)?,
            changed: place.number("changed", row.changed)?,
            unchanged: place.number("unchanged", row.unchanged)?,
            failed: place.number("failed", row.failed)?,
        })
    }
}

impl From<BulkRecord> for BulkRow {
    fn from(job: BulkRecord) -> Self {
        Self {
            id: job.id,
            action: job.action.code().to_owned(),
            started_by: job.viewer.name,
            started_at: job.started_at,
            ended_at: job.ended_at,
            state: job.state,
            total: job.total,
            done: job.changed.saturating_add(job.unchanged).saturating_add(job.failed),
            failed: job.failed,
        }
    }
}

macro_rules! select_jobs {
    () => {
        "SELECT id, viewer, action, query, datacenters, state, started_at, ended_at, total, changed,
                unchanged, failed FROM bulk_jobs "
    };
}

/// Conditions on `h`: it can be done; it is so already.
fn conditions(action: &HostAction) -> (&'static str, &'static str) {
    match action {
        HostAction::Acknowledge { .. } | HostAction::Reset { .. } => {
            ("h.alarm_red = 1", "h.alarm_red = 0")
        }
        // In the JSON of an alarm this key is a key: quotes within texts are escaped.
        HostAction::ConfirmReset | HostAction::DeclineReset { .. } => {
            (r#"h.alarm_red = 1 AND h.alarm LIKE '%"reset_asked":{%'"#, "h.alarm_red = 0")
        }
        HostAction::VerifyNow | HostAction::VerifyThenReset { .. } => {
            ("h.presence <> 'disconnected'", "1 = 0")
        }
        HostAction::EnterMaintenance { .. } => {
            ("h.maintenance_reason IS NULL", "h.maintenance_reason IS NOT NULL")
        }
        HostAction::LeaveMaintenance => {
            ("h.maintenance_reason IS NOT NULL", "h.maintenance_reason IS NULL")
        }
        HostAction::Disconnect { .. } => {
            ("h.presence <> 'disconnected'", "h.presence = 'disconnected'")
        }
        HostAction::Connect => ("h.presence = 'disconnected'", "h.presence <> 'disconnected'"),
        HostAction::AcceptIdentity { .. } => ("h.identity_state = 'mismatched'", "1 = 0"),
    }
}

/// Whether an action is refused for a host that has changed since it was seen.
fn depends_on_seen(action: &HostAction) -> bool {
    matches!(
        action,
        HostAction::Acknowledge { .. }
            | HostAction::Reset { .. }
            | HostAction::ConfirmReset
            | HostAction::DeclineReset { .. }
            | HostAction::AcceptIdentity { .. }
    )
}

/// `WITH chosen (id, revision) AS (...)`: the hosts, each with the revision that was seen. Every
/// event of a host raises its revision by one, so what came after `seen` is counted off.
fn push_chosen(query: &mut QueryBuilder, selection: &Selection, now: Timestamp) {
    query.push("WITH chosen (id, revision) AS (");
    match selection {
        Selection::Hosts { hosts } => {
            query.push("VALUES ");
            for (index, seen) in hosts.iter().enumerate() {
                query.push(if index == 0 { "(" } else { ", (" });
                query.push_bind(seen.host.to_string()).push(", ");
                query.push_bind(integer(seen.revision)).push(")");
            }
        }
        Selection::Matching { scope, query: wanted, seen } => {
            push_seen(query, *seen);
            query.push(" FROM hosts h");
            let within = match scope {
                Scope::Everything => Within::AllBut(Vec::new()),
                Scope::Datacenter(id) => Within::Datacenter(*id),
            };
            push_where(query, &within, wanted, now);
        }
        Selection::FailedOf { job, seen } => {
            push_seen(query, *seen);
            query.push(" FROM bulk_items i JOIN hosts h ON h.id = i.host_id WHERE i.bulk_id = ");
            query.push_bind(job.to_string()).push(" AND i.state = 'failed'");
        }
    }
    query.push(") ");
}

fn push_seen(query: &mut QueryBuilder, seen: EventSeq) {
    query.push(
        "SELECT h.id, h.revision - (SELECT count(*) FROM events e WHERE e.host_id = h.id
                                    AND e.seq > ",
    );
    query.push_bind(integer(seen.0)).push(")");
}

impl<Mode> Tx<Mode> {
    /// What an action would do to a selection, by datacenter; only within this part of the inventory.
    pub(crate) async fn prospects(
        &mut self,
        selection: &Selection,
        action: &HostAction,
        within: &Within,
        now: Timestamp,
    ) -> Result<Vec<Prospect>, StoreError> {
        let (possible, already) = conditions(action);
        let fresh = if depends_on_seen(action) { "n.revision = h.revision" } else { "1 = 1" };
        let mut query = QueryBuilder::new("");
        push_chosen(&mut query, selection, now);
        query.push(format!(
            "SELECT h.datacenter_id AS id, d.name, count(*) AS hosts,
                    count(*) FILTER (WHERE {already}) AS unchanged,
                    count(*) FILTER (WHERE {possible}) AS possible,
                    count(*) FILTER (WHERE {possible} AND NOT ({fresh})) AS stale,
                    count(*) FILTER (WHERE {possible} AND {fresh} AND h.alarm_condition = 'holds')
                        AS holds
             FROM chosen n JOIN hosts h ON h.id = n.id
                           JOIN datacenters d ON d.id = h.datacenter_id"
        ));
        push_where(&mut query, within, &HostQuery::ALL, now);
        query.push(" GROUP BY h.datacenter_id, d.name ORDER BY count(*) DESC, d.name");
        let rows: Vec<ProspectRow> = query.build_query_as().fetch_all(self.connection()).await?;
        let prospect = |row: ProspectRow| {
            let place = Place { table: "datacenters", row: &row.id };
            Ok(Prospect {
                hosts: place.number("count", row.hosts)?,
                unchanged: place.number("count", row.unchanged)?,
                possible: place.number("count", row.possible)?,
                stale: place.number("count", row.stale)?,
                holds: place.number("count", row.holds)?,
                datacenter: Named { id: place.parse("id", &row.id)?, name: row.name },
            })
        };
        rows.into_iter().map(prospect).collect()
    }

    /// The first few hosts by name that an action would change.
    pub(crate) async fn prospect_examples(
        &mut self,
        selection: &Selection,
        action: &HostAction,
        within: &Within,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Named<HostId>>, StoreError> {
        let (possible, _) = conditions(action);
        let mut query = QueryBuilder::new("");
        push_chosen(&mut query, selection, now);
        query.push("SELECT h.id, h.name FROM chosen n JOIN hosts h ON h.id = n.id");
        push_where(&mut query, within, &HostQuery::ALL, now);
        query.push(" AND ").push(possible);
        if depends_on_seen(action) {
            query.push(" AND n.revision = h.revision");
        }
        query.push(" ORDER BY h.name, h.id LIMIT ").push_bind(limit);
        let rows: Vec<(String, String)> =
            query.build_query_as().fetch_all(self.connection()).await?;
        let named = |(id, name): (String, String)| {
            let place = Place { table: "hosts", row: &id };
            Ok(Named { id: place.parse("id", &id)?, name })
        };
        rows.into_iter().map(named).collect()
    }

    /// A bulk job.
    pub(crate) async fn bulk_job(&mut self, id: BulkId) -> Result<Option<BulkRecord>, StoreError> {
        let row: Option<JobRow> = sql::query_as(concat!(select_jobs!(), "WHERE id = ?"))
            .bind(id.to_string())
            .fetch_optional(self.connection())
            .await?;
        row.map(BulkRecord::try_from).transpose()
    }

    /// The jobs with something left to do, the oldest first: those that run, and those that were
    /// stopped while verifications of theirs went on.
    pub(crate) async fn open_bulk_jobs(&mut self) -> Result<Vec<BulkId>, StoreError> {
        let rows: Vec<String> = sql::query_scalar(
            "SELECT id FROM bulk_jobs WHERE state = 'running' OR id IN (
                 SELECT bulk_id FROM bulk_items WHERE state = 'verifying'
             ) ORDER BY started_at, id",
        )
        .fetch_all(self.connection())
        .await?;
        rows.iter().map(|id| Place { table: "bulk_jobs", row: id }.parse("id", id)).collect()
    }

    /// The running jobs that this operator started, the latest first.
    pub(crate) async fn bulk_jobs_of(
        &mut self,
        operator: OperatorId,
    ) -> Result<Vec<BulkRecord>, StoreError> {
        let rows: Vec<JobRow> = sql::query_as(concat!(
            select_jobs!(),
            "WHERE state = 'running' AND operator_id = ? ORDER BY started_at DESC, id"
        ))
        .bind(operator.to_string())
        .fetch_all(self.connection())
        .await?;
        rows.into_iter().map(BulkRecord::try_from).collect()
    }

    /// The latest jobs with hosts of this scope, the latest first.
    pub(crate) async fn latest_bulk_jobs(
        &mut self,
        scope: Scope,
        limit: u32,
    ) -> Result<Vec<BulkRecord>, StoreError> {
        let mut query = QueryBuilder::new(select_jobs!());
        if let Scope::Datacenter(id) = scope {
            query.push("WHERE datacenters LIKE ").push_bind(format!("% {id} %")).push(" ");
        }
        query.push("ORDER BY started_at DESC, id LIMIT ").push_bind(limit);
        let rows: Vec<JobRow> = query.build_query_as().fetch_all(self.connection()).await?;
        rows.into_iter().map(BulkRecord::try_from).collect()
    }
}

impl Write {
    /// Adds a running job with the hosts of the selection that are in this part of the inventory,
    /// and forgets jobs that are too old. Gives how many hosts those are.
    pub(crate) async fn insert_bulk(
        &mut self,
        id: BulkId,
        viewer: &Viewer,
        selection: &Selection,
        action: &HostAction,
        within: &Within,
    ) -> Result<u32, StoreError> {
        let now = self.now();
        let key = id.to_string();
        let old = now.plus_seconds(-KEPT_S);
        sql::query("DELETE FROM bulk_jobs WHERE started_at < ? AND state <> 'running'")
            .bind(old.0)
            .execute(self.connection())
            .await?;
        let wanted = match selection {
            Selection::Matching { query, .. } => Some(query.to_string()),
            Selection::Hosts { .. } | Selection::FailedOf { .. } => None,
        };
        sql::query(
            "INSERT INTO bulk_jobs (id, viewer, operator_id, action, query, datacenters, state,
                                    started_at, total) VALUES (?, ?, ?, ?, ?, '', ?, ?, 0)",
        )
        .bind(&key)
        .bind(json(viewer))
        .bind(viewer.id.to_string())
        .bind(json(action))
        .bind(wanted)
        .bind(code(&BulkState::Running))
        .bind(now.0)
        .execute(self.connection())
        .await?;
        let mut query =
            QueryBuilder::new("INSERT INTO bulk_items (bulk_id, number, host_id, name, revision) ");
        push_chosen(&mut query, selection, now);
        query.push("SELECT ").push_bind(&key).push(
            ", row_number() OVER (ORDER BY d.name, d.id, h.name, h.id), h.id, h.name, n.revision
             FROM chosen n JOIN hosts h ON h.id = n.id
                           JOIN datacenters d ON d.id = h.datacenter_id",
        );
        push_where(&mut query, within, &HostQuery::ALL, now);
        let done = query.build().execute(self.connection()).await?;
        let place = Place { table: "bulk_items", row: &key };
        place.number("number", integer(done.rows_affected()))
    }

    /// Notes how many hosts a job has, and where those are.
    pub(crate) async fn complete_bulk(&mut self, id: BulkId) -> Result<BulkRecord, StoreError> {
        let key = id.to_string();
        let places: Vec<String> = sql::query_scalar(
            "SELECT DISTINCT h.datacenter_id FROM bulk_items i JOIN hosts h ON h.id = i.host_id
             WHERE i.bulk_id = ? ORDER BY 1",
        )
        .bind(&key)
        .fetch_all(self.connection())
        .await?;
        sql::query(
            "UPDATE bulk_jobs SET datacenters = ?,
                 total = (SELECT count(*) FROM bulk_items WHERE bulk_id = bulk_jobs.id),
                 failed = (SELECT count(*) FROM bulk_items WHERE bulk_id = bulk_jobs.id
                           AND state = 'failed')
             WHERE id = ?",
        )
        .bind(format!(" {} ", places.join(" ")))
        .bind(&key)
        .execute(self.connection())
        .await?;
        self.bulk_job(id).await?.ok_or_else(|| StoreError::inconsistent("bulk_jobs", "id", id))
    }

    /// Adds to what a job has done.
    pub(crate) async fn count_bulk(
        &mut self,
        id: BulkId,
        changed: u32,
        unchanged: u32,
        failed: u32,
    ) -> Result<(), StoreError> {
        sql::query(
            "UPDATE bulk_jobs SET changed = changed + ?, unchanged = unchanged + ?,
                                  failed = failed + ? WHERE id = ?",
        )
        .bind(changed)
        .bind(unchanged)
        .bind(failed)
        .bind(id.to_string())
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Ends a running job.
    pub(crate) async fn end_bulk(
        &mut self,
        id: BulkId,
        state: BulkState,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sql::query("UPDATE bulk_jobs SET state = ?, ended_at = ? WHERE id = ?")
            .bind(code(&state))
            .bind(now.0)
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
