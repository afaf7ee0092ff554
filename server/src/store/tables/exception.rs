//! Exceptions of hosts.

use trustboard_model::exception::Exception;
use trustboard_model::id::{ClusterId, ExceptionId, HostId};
use trustboard_model::time::Timestamp;
use trustboard_model::view::{ExceptionRow, Named};

use super::column::{Place, json};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::sql::{self, FromRow, QueryBuilder};

#[derive(FromRow)]
struct Row {
    id: String,
    host_id: String,
    host_name: String,
    check_id: String,
    excepted: String,
    reason: String,
    granted_by: String,
    granted_at: i64,
    expires_at: i64,
    used: bool,
}

/// Columns of [`Row`]. A conclusion names the exceptions that the latest appraisal needed.
macro_rules! select_exceptions {
    () => {
        "SELECT x.id, x.host_id, h.name AS host_name, x.check_id, x.excepted, x.reason,
                x.granted_by, x.granted_at, x.expires_at,
                coalesce(h.conclusion LIKE '%' || x.id || '%', FALSE) AS used
         FROM exceptions x JOIN hosts h ON h.id = x.host_id WHERE x.ended_at IS NULL "
    };
}

impl TryFrom<Row> for ExceptionRow {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let place = Place { table: "exceptions", row: &row.id };
        let host = place.parse("host_id", &row.host_id)?;
        Ok(Self {
            exception: Exception {
                id: place.parse("id", &row.id)?,
                host,
                check: place.code("check_id", &row.check_id)?,
                value: place.json("excepted", &row.excepted)?,
                reason: row.reason,
                by: row.granted_by,
                at: Timestamp(row.granted_at),
                expires_at: Timestamp(row.expires_at),
            },
            host: Named { id: host, name: row.host_name },
            used: row.used,
        })
    }
}

impl<Mode> Tx<Mode> {
    /// The exceptions of a host that have not ended, those that end first first.
    pub(crate) async fn exceptions(
        &mut self,
        host: HostId,
    ) -> Result<Vec<ExceptionRow>, StoreError> {
        self.exceptions_of(&[host]).await
    }

    /// Those of these hosts, likewise.
    pub(crate) async fn exceptions_of(
        &mut self,
        hosts: &[HostId],
    ) -> Result<Vec<ExceptionRow>, StoreError> {
        let mut query = QueryBuilder::new(select_exceptions!());
        query.push("AND x.host_id IN ").list(hosts.iter().map(ToString::to_string));
        query.push(" ORDER BY x.expires_at, x.id");
        let rows: Vec<Row> = query.build_query_as().fetch_all(self.connection()).await?;
        rows.into_iter().map(ExceptionRow::try_from).collect()
    }

    /// Those of all hosts of a cluster.
    pub(crate) async fn exceptions_of_cluster(
        &mut self,
        cluster: ClusterId,
    ) -> Result<Vec<ExceptionRow>, StoreError> {
        let rows: Vec<Row> = sql::query_as(concat!(
            select_exceptions!(),
            "AND h.cluster_id = ? ORDER BY x.expires_at, h.name, x.id"
        ))
        .bind(cluster.to_string())
        .fetch_all(self.connection())
        .await?;
        rows.into_iter().map(ExceptionRow::try_from).collect()
    }

    /// An exception, if it has not ended.
    pub(crate) async fn exception(
        &mut self,
        id: ExceptionId,
    ) -> Result<Option<ExceptionRow>, StoreError> {
        let row: Option<Row> = sql::query_as(concat!(select_exceptions!(), "AND x.id = ?"))
            .bind(id.to_string())
            .fetch_optional(self.connection())
            .await?;
        row.map(ExceptionRow::try_from).transpose()
    }

    /// Whether there was such an exception, ended or not.
    pub(crate) async fn knows_exception(&mut self, id: ExceptionId) -> Result<bool, StoreError> {
        let known = sql::query_scalar("SELECT EXISTS (SELECT 1 FROM exceptions WHERE id = ?)")
            .bind(id.to_string())
            .fetch_one(self.connection())
            .await?;
        Ok(known)
    }

    /// Exceptions whose time has come, at most `limit`.
    pub(crate) async fn expired_exceptions(
        &mut self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<ExceptionRow>, StoreError> {
        let rows: Vec<Row> = sql::query_as(concat!(
            select_exceptions!(),
            "AND x.expires_at <= ? ORDER BY x.expires_at LIMIT ?"
        ))
        .bind(now.0)
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        rows.into_iter().map(ExceptionRow::try_from).collect()
    }
}

impl Write {
    /// Grants an exception.
    pub(crate) async fn insert_exception(
        &mut self,
        exception: &Exception,
    ) -> Result<(), StoreError> {
        sql::query(
            "INSERT INTO exceptions (id, host_id, check_id, excepted, reason, granted_by,
                                     granted_at, expires_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(exception.id.to_string())
        .bind(exception.host.to_string())
        .bind(exception.check.code())
        .bind(json(&exception.value))
        .bind(&exception.reason)
        .bind(&exception.by)
        .bind(exception.at.0)
        .bind(exception.expires_at.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Ends an exception now.
    pub(crate) async fn end_exception(&mut self, id: ExceptionId) -> Result<(), StoreError> {
        let now = self.now();
        sql::query("UPDATE exceptions SET ended_at = ? WHERE id = ? AND ended_at IS NULL")
            .bind(now.0)
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
