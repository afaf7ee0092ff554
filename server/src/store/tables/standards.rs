//! What the hosts of a cluster are judged by, and whose stored evidence waits to be judged again.

use trustboard_model::configuration::{ConfigurationRef, Reference};
use trustboard_model::digest::Sha256;
use trustboard_model::id::{ClusterId, DatacenterId, HostId};
use trustboard_model::job::Because;
use trustboard_model::policy::Policy;
use trustboard_model::time::Timestamp;
use trustboard_model::view::Named;

use super::column::{Place, code, integer, json};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::sql::{self, FromRow, QueryBuilder};

/// A cluster with its policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClusterRecord {
    pub cluster: Named<ClusterId>,
    pub datacenter: Named<DatacenterId>,
    pub policy: Policy,
    /// Counts up with everything that the hosts are judged by.
    pub standards: u64,
}

/// A host that waits for its stored evidence to be judged again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub host: HostId,
    pub because: Because,
    /// Tells this wish from a later one.
    pub number: u64,
}

#[derive(FromRow)]
struct ClusterRow {
    name: String,
    datacenter_id: String,
    datacenter_name: String,
    policy: String,
    standards: i64,
}

impl<Mode> Tx<Mode> {
    /// A cluster with its policy.
    pub(crate) async fn cluster(
        &mut self,
        id: ClusterId,
    ) -> Result<Option<ClusterRecord>, StoreError> {
        let key = id.to_string();
        let row: Option<ClusterRow> = sql::query_as(
            "SELECT c.name, c.datacenter_id, d.name AS datacenter_name, c.policy, c.standards
             FROM clusters c JOIN datacenters d ON d.id = c.datacenter_id WHERE c.id = ?",
        )
        .bind(&key)
        .fetch_optional(self.connection())
        .await?;
        let place = Place { table: "clusters", row: &key };
        row.map(|row| {
            Ok(ClusterRecord {
                cluster: Named { id, name: row.name },
                datacenter: Named {
                    id: place.parse("datacenter_id", &row.datacenter_id)?,
                    name: row.datacenter_name,
                },
                policy: place.json("policy", &row.policy)?,
                standards: place.number("standards", row.standards)?,
            })
        })
        .transpose()
    }

    /// The values that are approved for a cluster, the newest version of each name first.
    pub(crate) async fn approved(
        &mut self,
        cluster: ClusterId,
    ) -> Result<Vec<Reference>, StoreError> {
        let rows: Vec<(String, String)> = sql::query_as(
            "SELECT g.id, g.reference FROM configurations g
             JOIN configuration_clusters s ON s.configuration_id = g.id
             WHERE s.cluster_id = ? AND g.state = 'approved' ORDER BY g.name, g.version DESC",
        )
        .bind(cluster.to_string())
        .fetch_all(self.connection())
        .await?;
        let parsed = |(id, text): (String, String)| {
            Place { table: "configurations", row: &id }.json("reference", &text)
        };
        rows.into_iter().map(parsed).collect()
    }

    /// The names of what is approved for the clusters of a datacenter, by cluster.
    pub(crate) async fn approved_names(
        &mut self,
        datacenter: DatacenterId,
    ) -> Result<Vec<(ClusterId, ConfigurationRef)>, StoreError> {
        let rows: Vec<(String, String, String, i64)> = sql::query_as(
            "SELECT s.cluster_id, g.id, g.name, g.version
             FROM clusters c JOIN configuration_clusters s ON s.cluster_id = c.id
                             JOIN configurations g ON g.id = s.configuration_id
             WHERE c.datacenter_id = ? AND g.state = 'approved' ORDER BY g.name, g.version DESC",
        )
        .bind(datacenter.to_string())
        .fetch_all(self.connection())
        .await?;
        let parsed = |(cluster, id, name, version): (String, String, String, i64)| {
            let place = Place { table: "configurations", row: &id };
            let configuration = ConfigurationRef {
                id: place.parse("id", &id)?,
                version: place.number("version", version)?,
                name,
            };
            Ok((place.parse("cluster_id", &cluster)?, configuration))
        };
        rows.into_iter().map(parsed).collect()
    }

    /// How many enrolment tokens of each cluster of a datacenter are good now.
    pub(crate) async fn good_tokens(
        &mut self,
        datacenter: DatacenterId,
        now: Timestamp,
    ) -> Result<Vec<(ClusterId, u32)>, StoreError> {
        let rows: Vec<(String, i64)> = sql::query_as(
            "SELECT t.cluster_id, count(*) FROM tokens t JOIN clusters c ON c.id = t.cluster_id
             WHERE c.datacenter_id = ? AND t.revoked_at IS NULL AND t.uses_left > 0
               AND t.expires_at > ? GROUP BY t.cluster_id",
        )
        .bind(datacenter.to_string())
        .bind(now.0)
        .fetch_all(self.connection())
        .await?;
        let parsed = |(cluster, count): (String, i64)| {
            let place = Place { table: "tokens", row: &cluster };
            Ok((place.parse("cluster_id", &cluster)?, place.number("count", count)?))
        };
        rows.into_iter().map(parsed).collect()
    }

    /// The hosts of a cluster, by name.
    pub(crate) async fn hosts_of(&mut self, cluster: ClusterId) -> Result<Vec<HostId>, StoreError> {
        let ids: Vec<String> =
            sql::query_scalar("SELECT id FROM hosts WHERE cluster_id = ? ORDER BY name")
                .bind(cluster.to_string())
                .fetch_all(self.connection())
                .await?;
        ids.iter().map(|id| Place { table: "hosts", row: id }.parse("id", id)).collect()
    }

    /// Hosts that wait for their stored evidence to be judged again, at most `limit`.
    pub(crate) async fn wanted(&mut self, limit: u32) -> Result<Vec<Wanted>, StoreError> {
        let rows: Vec<(String, String, i64)> =
            sql::query_as("SELECT host_id, because, wanted FROM reappraisals LIMIT ?")
                .bind(limit)
                .fetch_all(self.connection())
                .await?;
        let parsed = |(id, because, number): (String, String, i64)| {
            let place = Place { table: "reappraisals", row: &id };
            Ok(Wanted {
                host: place.parse("host_id", &id)?,
                because: place.code("because", &because)?,
                number: place.number("wanted", number)?,
            })
        };
        rows.into_iter().map(parsed).collect()
    }

    /// The makers' certificates that hosts were last judged by.
    pub(crate) async fn judged_makers(&mut self) -> Result<Option<Sha256>, StoreError> {
        let digest: Option<Vec<u8>> = sql::query_scalar("SELECT digest FROM judged_makers")
            .fetch_optional(self.connection())
            .await?;
        let place = Place { table: "judged_makers", row: "1" };
        digest.map(|digest| place.sha256("digest", &digest)).transpose()
    }
}

impl Write {
    /// Puts another policy in force.
    pub(crate) async fn set_policy(
        &mut self,
        cluster: ClusterId,
        policy: &Policy,
    ) -> Result<(), StoreError> {
        sql::query("UPDATE clusters SET policy = ?, interval_s = ?, max_age_s = ? WHERE id = ?")
            .bind(json(policy))
            .bind(policy.interval_s)
            .bind(policy.max_age_s)
            .bind(cluster.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Notes that the hosts of a cluster are judged by something else from now on. Gives how many
    /// wait to be judged again.
    pub(crate) async fn standards_changed(
        &mut self,
        cluster: ClusterId,
        because: Because,
    ) -> Result<u64, StoreError> {
        let key = cluster.to_string();
        sql::query("UPDATE clusters SET standards = standards + 1 WHERE id = ?")
            .bind(&key)
            .execute(self.connection())
            .await?;
        let done = sql::query(
            "INSERT INTO reappraisals (host_id, because, wanted)
             SELECT e.host_id, ?, 1 FROM evidence e JOIN hosts h ON h.id = e.host_id
             WHERE h.cluster_id = ? AND e.context IS NOT NULL
             ON CONFLICT (host_id)
             DO UPDATE SET because = excluded.because, wanted = reappraisals.wanted + 1",
        )
        .bind(code(&because))
        .bind(&key)
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected())
    }

    /// The same for every cluster.
    pub(crate) async fn all_standards_changed(
        &mut self,
        because: Because,
    ) -> Result<u64, StoreError> {
        sql::query("UPDATE clusters SET standards = standards + 1")
            .execute(self.connection())
            .await?;
        let done = sql::query(
            "INSERT INTO reappraisals (host_id, because, wanted)
             SELECT host_id, ?, 1 FROM evidence WHERE context IS NOT NULL
             ON CONFLICT (host_id)
             DO UPDATE SET because = excluded.because, wanted = reappraisals.wanted + 1",
        )
        .bind(code(&because))
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected())
    }

    /// Lets a host's stored evidence be judged again, if there is any that can be.
    pub(crate) async fn judge_again_later(
        &mut self,
        host: HostId,
        because: Because,
    ) -> Result<(), StoreError> {
        self.judge_all_again_later(&[host], because).await
    }

    /// The same of many hosts.
    pub(crate) async fn judge_all_again_later(
        &mut self,
        hosts: &[HostId],
        because: Because,
    ) -> Result<(), StoreError> {
        if hosts.is_empty() {
            return Ok(());
        }
        let mut sql = QueryBuilder::new(
            "INSERT INTO reappraisals (host_id, because, wanted) SELECT host_id, ",
        );
        sql.push_bind(code(&because));
        sql.push(", 1 FROM evidence WHERE context IS NOT NULL AND host_id IN ");
        sql.list(hosts.iter().map(ToString::to_string));
        sql.push(
            " ON CONFLICT (host_id)
             DO UPDATE SET because = excluded.because, wanted = reappraisals.wanted + 1",
        );
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Takes wishes off the list, unless later ones have come.
    pub(crate) async fn not_wanted(&mut self, wishes: &[(HostId, u64)]) -> Result<(), StoreError> {
        if wishes.is_empty() {
            return Ok(());
        }
        let mut sql =
            QueryBuilder::new("DELETE FROM reappraisals WHERE (host_id, wanted) IN (VALUES ");
        sql.rows(wishes, |values, (host, number)| {
            values.push_bind(host.to_string()).push_bind(integer(*number));
        });
        sql.push(")");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Notes the makers' certificates that hosts are judged by from now on.
    pub(crate) async fn set_judged_makers(&mut self, digest: Sha256) -> Result<(), StoreError> {
        sql::query(
            r#"INSERT INTO judged_makers ("only", digest) VALUES (1, ?)
               ON CONFLICT ("only") DO UPDATE SET digest = excluded.digest"#,
        )
        .bind(&digest.0[..])
        .execute(self.connection())
        .await?;
        Ok(())
    }
}
