//! Approved configurations, one row a version.

use trustboard_model::configuration::{ConfigurationRef, ConfigurationState, Reference};
use trustboard_model::digest::Sha256;
use trustboard_model::id::{ClusterId, ConfigurationId, HostId};
use trustboard_model::time::Timestamp;
use trustboard_model::view::{By, ConfigurationRow, Named, Source};

use super::column::{Place, code, json};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::sql::{self, FromRow, QueryBuilder};

/// A version with everything in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConfigurationRecord {
    pub row: ConfigurationRow,
    pub log: Sha256,
    /// What is compared.
    pub reference: Reference,
    /// Every register that the log explains.
    pub offered: Reference,
}

#[derive(FromRow)]
struct Row {
    id: String,
    name: String,
    version: i64,
    revision: i64,
    state: String,
    notes: String,
    source: String,
    created_by: String,
    created_at: i64,
    approvals: String,
    ended_by: Option<String>,
    ended_at: Option<i64>,
    hosts: i64,
    last_matched: Option<i64>,
    matched_now: Option<i64>,
}

/// Columns of [`Row`]. Hosts that match now were last seen to when they were last verified.
macro_rules! select_configurations {
    () => {
        "SELECT g.id, g.name, g.version, g.revision, g.state, g.notes, g.source, g.created_by,
                g.created_at, g.approvals, g.ended_by, g.ended_at,
                (SELECT count(*) FROM hosts h WHERE h.configuration_id = g.id) AS hosts,
                g.last_matched,
                (SELECT max(v.at) FROM hosts h JOIN verified v ON v.host_id = h.id
                 WHERE h.configuration_id = g.id) AS matched_now
         FROM configurations g "
    };
}

impl Row {
    fn with(self, clusters: Vec<Named<ClusterId>>) -> Result<ConfigurationRow, StoreError> {
        let place = Place { table: "configurations", row: &self.id };
        let ended = match (self.ended_by, self.ended_at) {
            (Some(name), Some(at)) => Some(By { name, at: Timestamp(at) }),
            (None, None) => None,
            _ => return Err(place.bad("ended_at")),
        };
        Ok(ConfigurationRow {
            revision: place.number("revision", self.revision)?,
            state: place.code("state", &self.state)?,
            source: place.json("source", &self.source)?,
            created: By { name: self.created_by, at: Timestamp(self.created_at) },
            approvals: place.json("approvals", &self.approvals)?,
            ended,
            hosts: place.number("hosts", self.hosts)?,
            last_matched: self
                .last_matched
                .max(self.matched_now)
                .filter(|at| *at > 0)
                .map(Timestamp),
            configuration: ConfigurationRef {
                id: place.parse("id", &self.id)?,
                version: place
                    .number::<i64>("version", self.version)?
                    .try_into()
                    .map_err(|_| place.bad("version"))?,
                name: self.name,
            },
            notes: self.notes,
            clusters,
            elsewhere: 0,
        })
    }
}

/// A version that is about to be added.
pub(crate) struct NewConfiguration<'a> {
    pub notes: &'a str,
    pub source: &'a Source,
    pub by: &'a str,
    pub log: Sha256,
    pub reference: &'a Reference,
    pub offered: &'a Reference,
    pub clusters: &'a [ClusterId],
}

impl<Mode> Tx<Mode> {
    /// Every version by name, the newest first; with `all` those that were ended, too.
    pub(crate) async fn configurations(
        &mut self,
        all: bool,
    ) -> Result<Vec<ConfigurationRow>, StoreError> {
        let rows: Vec<Row> = sql::query_as(concat!(
            select_configurations!(),
            "WHERE ? = 1 OR g.state IN ('draft', 'awaiting-second', 'approved')
             ORDER BY g.name, g.version DESC"
        ))
        .bind(all)
        .fetch_all(self.connection())
        .await?;
        self.with_clusters(rows).await
    }

    /// Every version of one name, the newest first.
    pub(crate) async fn versions(
        &mut self,
        name: &str,
    ) -> Result<Vec<ConfigurationRow>, StoreError> {
        let rows: Vec<Row> = sql::query_as(concat!(
            select_configurations!(),
            "WHERE g.name = CAST(? AS citext) ORDER BY g.version DESC"
        ))
        .bind(name)
        .fetch_all(self.connection())
        .await?;
        self.with_clusters(rows).await
    }

    async fn with_clusters(&mut self, rows: Vec<Row>) -> Result<Vec<ConfigurationRow>, StoreError> {
        let mut done = Vec::with_capacity(rows.len());
        for row in rows {
            let clusters = self.scope(&row.id).await?;
            done.push(row.with(clusters)?);
        }
        Ok(done)
    }

    /// The clusters of a version, by name.
    async fn scope(&mut self, id: &str) -> Result<Vec<Named<ClusterId>>, StoreError> {
        let rows: Vec<(String, String)> = sql::query_as(
            "SELECT c.id, c.name FROM configuration_clusters s JOIN clusters c ON c.id = s.cluster_id
             WHERE s.configuration_id = ? ORDER BY c.name, c.id",
        )
        .bind(id)
        .fetch_all(self.connection())
        .await?;
        let named = |(id, name): (String, String)| {
            Ok(Named { id: Place { table: "clusters", row: &id }.parse("id", &id)?, name })
        };
        rows.into_iter().map(named).collect()
    }

    /// One version with everything in it.
    pub(crate) async fn configuration(
        &mut self,
        id: ConfigurationId,
    ) -> Result<Option<ConfigurationRecord>, StoreError> {
        let key = id.to_string();
        let row: Option<Row> = sql::query_as(concat!(select_configurations!(), "WHERE g.id = ?"))
            .bind(&key)
            .fetch_optional(self.connection())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let clusters = self.scope(&key).await?;
        let (log, reference, offered): (Vec<u8>, String, String) =
            sql::query_as("SELECT log, reference, offered FROM configurations WHERE id = ?")
                .bind(&key)
                .fetch_one(self.connection())
                .await?;
        let place = Place { table: "configurations", row: &key };
        Ok(Some(ConfigurationRecord {
            log: place.sha256("log", &log)?,
            reference: place.json("reference", &reference)?,
            offered: place.json("offered", &offered)?,
            row: row.with(clusters)?,
        }))
    }
}

impl Write {
    /// Adds a draft.
    pub(crate) async fn insert_configuration(
        &mut self,
        new: &NewConfiguration<'_>,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let ConfigurationRef { id, name, version } = &new.reference.configuration;
        sql::query(
            "INSERT INTO configurations (id, name, version, state, notes, source, created_by,
                                         created_at, log, reference, offered)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(id.to_string())
        .bind(name)
        .bind(*version)
        .bind(code(&ConfigurationState::Draft))
        .bind(new.notes)
        .bind(json(new.source))
        .bind(new.by)
        .bind(now.0)
        .bind(&new.log.0[..])
        .bind(json(new.reference))
        .bind(json(new.offered))
        .execute(self.connection())
        .await?;
        self.set_scope(*id, new.clusters).await
    }

    /// Puts a draft's edited content on record.
    pub(crate) async fn edit_configuration(
        &mut self,
        notes: &str,
        reference: &Reference,
        clusters: &[ClusterId],
    ) -> Result<(), StoreError> {
        let id = reference.configuration.id;
        sql::query(
            "UPDATE configurations SET notes = ?, reference = ?, revision = revision + 1
             WHERE id = ?",
        )
        .bind(notes)
        .bind(json(reference))
        .bind(id.to_string())
        .execute(self.connection())
        .await?;
        sql::query("DELETE FROM configuration_clusters WHERE configuration_id = ?")
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
        self.set_scope(id, clusters).await
    }

    async fn set_scope(
        &mut self,
        id: ConfigurationId,
        clusters: &[ClusterId],
    ) -> Result<(), StoreError> {
        for cluster in clusters {
            sql::query(
                "INSERT INTO configuration_clusters (configuration_id, cluster_id) VALUES (?, ?)",
            )
            .bind(id.to_string())
            .bind(cluster.to_string())
            .execute(self.connection())
            .await?;
        }
        Ok(())
    }

    /// Moves a version on in its life; `ended` when it leaves it.
    pub(crate) async fn set_configuration_state(
        &mut self,
        id: ConfigurationId,
        state: ConfigurationState,
        approvals: &[By],
        ended: Option<&By>,
    ) -> Result<(), StoreError> {
        sql::query(
            "UPDATE configurations SET state = ?, approvals = ?, ended_by = ?, ended_at = ?,
                                       revision = revision + 1
             WHERE id = ?",
        )
        .bind(code(&state))
        .bind(json(&approvals))
        .bind(ended.map(|by| by.name.as_str()))
        .bind(ended.map(|by| by.at.0))
        .bind(id.to_string())
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Notes when hosts last matched the configurations that they matched so far, if they now match
    /// others or none.
    pub(super) async fn leave_configurations(
        &mut self,
        all: &[(HostId, Option<ConfigurationId>)],
    ) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        let mut sql = QueryBuilder::new(
            "UPDATE configurations
             SET last_matched = CASE WHEN last_matched > l.matched THEN last_matched
                                     ELSE coalesce(l.matched, last_matched) END
             FROM (SELECT h.configuration_id AS id, max(v.at) AS matched FROM (VALUES ",
        );
        sql.rows(all, |values, (host, now)| {
            values.push_bind(host.to_string()).push_bind(now.map(|id| id.to_string()));
        });
        sql.push(
            ") AS j JOIN hosts h ON h.id = j.column1 JOIN verified v ON v.host_id = h.id
             WHERE h.configuration_id IS NOT NULL AND h.configuration_id IS DISTINCT FROM j.column2
             GROUP BY h.configuration_id) AS l WHERE configurations.id = l.id",
        );
        sql.build().execute(self.connection()).await?;
        Ok(())
    }
}
