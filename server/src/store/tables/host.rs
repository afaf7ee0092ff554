//! Hosts as they are now, apart from what appraisals write.

use std::collections::{HashMap, HashSet};

use trustboard_model::alarm::Alarm;
use trustboard_model::digest::Sha256;
use trustboard_model::facts::HostFacts;
use trustboard_model::host::{IdentityState, Presence};
use trustboard_model::id::{ClusterId, HostId};
use trustboard_model::time::Timestamp;
use trustboard_model::view::Named;

use super::column::{Place, code, integer, json};
use super::count::Counts;
use super::event::HostScope;
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::record::{Attested, HostRecord, Problem};
use crate::store::secret::SecretHash;
use crate::store::sql::{self, FromRow, QueryBuilder};

/// The columns of [`HostRow`], for every query that gives host records.
macro_rules! select_hosts {
    () => {
        "SELECT h.id, h.name, h.revision, h.cluster_id, c.name AS cluster_name, h.datacenter_id,
                d.name AS datacenter_name, c.max_age_s, h.presence, h.presence_since,
                h.presence_reason, h.maintenance_reason, h.identity_state, h.verdict, h.warnings,
                h.secure_boot, h.appraisal_id, h.since, v.at AS last_verified,
                v.passed_at AS last_passed, h.alarm,
                h.problem, h.problem_at, h.tpm_version,
                (SELECT count(*) FROM exceptions x WHERE x.host_id = h.id AND x.ended_at IS NULL)
                    AS exceptions,
                EXISTS (SELECT 1 FROM identities i WHERE i.host_id = h.id
                        AND i.approved_by_operator = 1) AS ek_by_operator,
                EXISTS (SELECT 1 FROM jobs j WHERE j.host_id = h.id
                        AND j.state IN ('queued', 'running')) AS verifying
         FROM hosts h JOIN verified v ON v.host_id = h.id
                      JOIN clusters c ON c.id = h.cluster_id
                      JOIN datacenters d ON d.id = h.datacenter_id "
    };
}
pub(super) use select_hosts;

#[derive(FromRow)]
pub(super) struct HostRow {
    id: String,
    name: String,
    revision: i64,
    cluster_id: String,
    cluster_name: String,
    datacenter_id: String,
    datacenter_name: String,
    max_age_s: i64,
    presence: String,
    presence_since: i64,
    presence_reason: Option<String>,
    maintenance_reason: Option<String>,
    identity_state: String,
    verdict: Option<String>,
    warnings: String,
    secure_boot: String,
    appraisal_id: Option<String>,
    since: Option<i64>,
    last_verified: Option<i64>,
    last_passed: Option<i64>,
    alarm: String,
    problem: Option<String>,
    problem_at: Option<i64>,
    tpm_version: Option<String>,
    exceptions: i64,
    ek_by_operator: bool,
    verifying: bool,
}

impl HostRow {
    /// The verdict and what belongs to it: there together, or not at all.
    fn attested(&self, place: Place<'_>) -> Result<Option<Attested>, StoreError> {
        let Some(verdict) = &self.verdict else { return Ok(None) };
        let appraisal = self.appraisal_id.as_ref().ok_or_else(|| place.bad("appraisal_id"))?;
        Ok(Some(Attested {
            appraisal: place.parse("appraisal_id", appraisal)?,
            verdict: place.json("verdict", verdict)?,
            warnings: place.json("warnings", &self.warnings)?,
            secure_boot: place.code("secure_boot", &self.secure_boot)?,
            since: self.since.map(Timestamp).ok_or_else(|| place.bad("since"))?,
            last_verified: self
                .last_verified
                .map(Timestamp)
                .ok_or_else(|| place.bad("last_verified"))?,
            last_passed: self.last_passed.map(Timestamp),
        }))
    }
}

impl TryFrom<HostRow> for HostRecord {
    type Error = StoreError;

    fn try_from(row: HostRow) -> Result<Self, StoreError> {
        let place = Place { table: "hosts", row: &row.id };
        let problem = match (&row.problem, row.problem_at) {
            (Some(text), Some(at)) => Some(Problem { text: text.clone(), at: Timestamp(at) }),
            (None, None) => None,
            _ => return Err(place.bad("problem_at")),
        };
        Ok(Self {
            id: place.parse("id", &row.id)?,
            revision: place.number("revision", row.revision)?,
            cluster: Named {
                id: place.parse("cluster_id", &row.cluster_id)?,
                name: row.cluster_name.clone(),
            },
            datacenter: Named {
                id: place.parse("datacenter_id", &row.datacenter_id)?,
                name: row.datacenter_name.clone(),
            },
            max_age_s: place.number("max_age_s", row.max_age_s)?,
            presence: place.code("presence", &row.presence)?,
            presence_since: Timestamp(row.presence_since),
            identity: place.code("identity_state", &row.identity_state)?,
            attested: row.attested(place)?,
            alarm: place.json("alarm", &row.alarm)?,
            problem,
            verifying: row.verifying,
            exceptions: place.number("exceptions", row.exceptions)?,
            ek_by_operator: row.ek_by_operator,
            name: row.name,
            presence_reason: row.presence_reason,
            maintenance: row.maintenance_reason,
            tpm_version: row.tpm_version,
        })
    }
}

#[derive(FromRow)]
struct ArrivedRow {
    id: String,
    created_at: i64,
    tpm_maker: Option<String>,
    tpm_firmware: Option<String>,
}

/// A host that is about to be added.
pub(crate) struct NewHost<'a> {
    pub scope: HostScope,
    pub name: &'a str,
    pub credential: SecretHash,
    pub identity: IdentityState,
    pub facts: &'a HostFacts,
    /// After the events of its enrolment.
    pub revision: u64,
}

/// A host's alarm, about to be put on record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AlarmRow<'a> {
    pub host: HostId,
    pub cluster: ClusterId,
    /// Whether it is red on record.
    pub was_red: bool,
    pub alarm: &'a Alarm,
}

impl Write {
    /// Adds hosts that nobody has heard of since.
    pub(crate) async fn insert_hosts(&mut self, all: &[NewHost<'_>]) -> Result<(), StoreError> {
        let now = self.now();
        let mut sql = QueryBuilder::new(
            "INSERT INTO hosts (id, cluster_id, datacenter_id, name, revision, created_at,
                                credential_hash, presence, presence_since, identity_state, alarm,
                                alarm_red, tpm_version, boot_id) VALUES ",
        );
        sql.rows(all, |values, host| {
            values.push_bind(host.scope.host.to_string());
            values.push_bind(host.scope.cluster.to_string());
            values.push_bind(host.scope.datacenter.to_string());
            values.push_bind(host.name).push_bind(integer(host.revision)).push_bind(now.0);
            values.push_bind(host.credential.as_bytes());
            values.push_bind(code(&Presence::NotResponding)).push_bind(now.0);
            values.push_bind(code(&host.identity)).push_bind(json(&Alarm::NEW)).push_bind(0_i64);
            values.push_bind(host.facts.tpm.as_ref().map(|tpm| &tpm.family[..]));
            values.push_bind(host.facts.boot_id.as_deref());
        });
        sql.build().execute(self.connection()).await?;
        let mut sql = QueryBuilder::new(
            "INSERT INTO verified (host_id, cluster_id, datacenter_id, name) VALUES ",
        );
        sql.rows(all, |values, NewHost { scope, name, .. }| {
            values.push_bind(scope.host.to_string()).push_bind(scope.cluster.to_string());
            values.push_bind(scope.datacenter.to_string()).push_bind(*name);
        });
        sql.build().execute(self.connection()).await?;
        let facts: Vec<_> = all.iter().map(|host| (host.scope.host, host.facts)).collect();
        self.write_facts(&facts).await?;
        Ok(())
    }

    /// Puts maintenance mode on record: the reason, or nothing when it ends.
    pub(crate) async fn set_maintenance(
        &mut self,
        host: HostId,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        sql::query("UPDATE hosts SET maintenance_reason = ? WHERE id = ?")
            .bind(reason)
            .bind(host.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Puts the alarm on record, and counts it if it is red now or was.
    pub(crate) async fn set_alarm(
        &mut self,
        host: HostId,
        alarm: &Alarm,
    ) -> Result<(), StoreError> {
        let (_, before, cluster) = self.reads(host).await?;
        self.set_alarms(&[AlarmRow { host, cluster, was_red: before != 0, alarm }]).await
    }

    /// The same of many hosts.
    pub(crate) async fn set_alarms(&mut self, all: &[AlarmRow<'_>]) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        let mut counts = Counts::default();
        for row in all {
            let by = i64::from(row.alarm.red().is_some()) - i64::from(row.was_red);
            counts.red(row.cluster, by);
        }
        self.add_to_counted(&counts).await?;
        let mut sql = QueryBuilder::new(
            "UPDATE hosts SET alarm = j.column2, alarm_red = j.column3 FROM (VALUES ",
        );
        sql.rows(all, |values, row| {
            values.push_bind(row.host.to_string()).push_bind(json(row.alarm));
            values.push_bind(row.alarm.red().is_some());
        });
        sql.push(") AS j WHERE hosts.id = j.column1");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Puts a verification that could not be finished on record.
    pub(crate) async fn set_problem(
        &mut self,
        host: HostId,
        problem: &str,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sql::query("UPDATE hosts SET problem = ?, problem_at = ? WHERE id = ?")
            .bind(problem)
            .bind(now.0)
            .bind(host.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }
}

impl<Mode> Tx<Mode> {
    /// A host.
    pub(crate) async fn host(&mut self, id: HostId) -> Result<Option<HostRecord>, StoreError> {
        let row: Option<HostRow> = sql::query_as(concat!(select_hosts!(), "WHERE h.id = ?"))
            .bind(id.to_string())
            .fetch_optional(self.connection())
            .await?;
        row.map(HostRecord::try_from).transpose()
    }

    /// The hosts of a cluster that enrolled last, the newest first: when, and the TPM's maker and
    /// firmware.
    pub(crate) async fn arrivals(
        &mut self,
        cluster: ClusterId,
        limit: u32,
    ) -> Result<Vec<(HostRecord, Timestamp, Option<String>)>, StoreError> {
        let rows: Vec<ArrivedRow> = sql::query_as(
            "SELECT h.id, h.created_at, f.tpm_maker, f.tpm_firmware
             FROM hosts h JOIN host_facts f ON f.host_id = h.id
             WHERE h.cluster_id = ? ORDER BY h.created_at DESC, h.rowid DESC LIMIT ?",
        )
        .bind(cluster.to_string())
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        let ids =
            rows.iter().map(|row| Place { table: "hosts", row: &row.id }.parse("id", &row.id));
        let records = self.hosts(&ids.collect::<Result<Vec<_>, _>>()?).await?;
        let mut records: HashMap<_, _> =
            records.into_iter().map(|record| (record.id, record)).collect();
        let mut arrived = Vec::with_capacity(rows.len());
        for row in rows {
            let place = Place { table: "hosts", row: &row.id };
            let Some(record) = records.remove(&place.parse("id", &row.id)?) else { continue };
            let tpm = [row.tpm_maker, row.tpm_firmware].into_iter().flatten();
            let tpm = tpm.collect::<Vec<_>>().join(" ");
            let tpm = Some(tpm).filter(|tpm| !tpm.is_empty());
            arrived.push((record, Timestamp(row.created_at), tpm));
        }
        Ok(arrived)
    }

    /// Whether a host of the cluster has this name, in any case of its letters.
    pub(crate) async fn host_is_named(
        &mut self,
        cluster: ClusterId,
        name: &str,
    ) -> Result<bool, StoreError> {
        let found = sql::query_scalar(
            "SELECT EXISTS (SELECT 1 FROM hosts WHERE cluster_id = ? AND name = CAST(? AS citext))",
        )
        .bind(cluster.to_string())
        .bind(name)
        .fetch_one(self.connection())
        .await?;
        Ok(found)
    }

    /// Those of these names that hosts of their clusters have, in any case of their letters.
    pub(crate) async fn names_in_use(
        &mut self,
        names: &[(ClusterId, String)],
    ) -> Result<HashSet<(ClusterId, String)>, StoreError> {
        let mut sql = QueryBuilder::new("SELECT j.column1, j.column2 FROM (VALUES ");
        sql.rows(names, |values, (cluster, name)| {
            values.push_bind(cluster.to_string()).push_bind(&name[..]);
        });
        sql.push(
            ") AS j WHERE EXISTS (SELECT 1 FROM hosts WHERE cluster_id = j.column1
                                  AND name = CAST(j.column2 AS citext))",
        );
        let rows: Vec<(String, String)> = sql.build_query_as().fetch_all(self.connection()).await?;
        let parsed = |(cluster, name): (String, String)| {
            let place = Place { table: "hosts", row: &name };
            Ok((place.parse("cluster_id", &cluster)?, name.clone()))
        };
        rows.into_iter().map(parsed).collect()
    }

    /// The hosts whose session credentials have these hashes.
    pub(crate) async fn hosts_by_credentials(
        &mut self,
        hashes: &[Sha256],
    ) -> Result<HashMap<Sha256, HostId>, StoreError> {
        let mut sql =
            QueryBuilder::new("SELECT credential_hash, id FROM hosts WHERE credential_hash IN ");
        sql.list(hashes.iter().map(|hash| &hash.0[..]));
        let rows: Vec<(Vec<u8>, String)> =
            sql.build_query_as().fetch_all(self.connection()).await?;
        let parsed = |(hash, id): (Vec<u8>, String)| {
            let place = Place { table: "hosts", row: &id };
            Ok((place.sha256("credential_hash", &hash)?, place.parse("id", &id)?))
        };
        rows.into_iter().map(parsed).collect()
    }
}
