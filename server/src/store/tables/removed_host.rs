//! Hosts that were removed: what is left of them, and how they go.

use trustboard_model::event::Actor;
use trustboard_model::id::HostId;
use trustboard_model::time::Timestamp;
use trustboard_model::view::Named;

use super::column::{Place, json};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::record::{HostRecord, RemovedRecord};
use crate::store::secret::SecretHash;
use crate::store::sql::{self, FromRow};

#[derive(FromRow)]
struct Row {
    id: String,
    name: String,
    cluster_name: String,
    datacenter_id: String,
    datacenter_name: String,
    removed_at: i64,
    removed_by: String,
    reason: String,
    ek: Option<Vec<u8>>,
}

impl TryFrom<Row> for RemovedRecord {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let place = Place { table: "removed_hosts", row: &row.id };
        Ok(Self {
            datacenter: Named {
                id: place.parse("datacenter_id", &row.datacenter_id)?,
                name: row.datacenter_name.clone(),
            },
            removed_at: Timestamp(row.removed_at),
            removed_by: place.json("removed_by", &row.removed_by)?,
            ek: row.ek.as_deref().map(|ek| place.sha256("ek", ek)).transpose()?,
            host: Named { id: place.parse("id", &row.id)?, name: row.name.clone() },
            cluster: row.cluster_name,
            reason: row.reason,
        })
    }
}

macro_rules! select_removed {
    () => {
        "SELECT id, name, cluster_name, datacenter_id, datacenter_name, removed_at, removed_by,
                reason, ek FROM removed_hosts "
    };
}

impl<Mode> Tx<Mode> {
    /// A host that was removed.
    pub(crate) async fn removed_host(
        &mut self,
        id: HostId,
    ) -> Result<Option<RemovedRecord>, StoreError> {
        let row: Option<Row> = sql::query_as(concat!(select_removed!(), "WHERE id = ?"))
            .bind(id.to_string())
            .fetch_optional(self.connection())
            .await?;
        row.map(RemovedRecord::try_from).transpose()
    }

    /// The removed host whose session credential this was.
    pub(crate) async fn removed_by_credential(
        &mut self,
        hash: SecretHash,
    ) -> Result<Option<RemovedRecord>, StoreError> {
        let row: Option<Row> =
            sql::query_as(concat!(select_removed!(), "WHERE credential_hash = ?"))
                .bind(hash.as_bytes())
                .fetch_optional(self.connection())
                .await?;
        row.map(RemovedRecord::try_from).transpose()
    }
}

/// What belongs to a host and goes with it; its appraisals and events stay.
const BELONGINGS: [&str; 9] = [
    "DELETE FROM enrolments WHERE host_id = ?",
    "DELETE FROM reappraisals WHERE host_id = ?",
    "DELETE FROM exceptions WHERE host_id = ?",
    "DELETE FROM jobs WHERE host_id = ?",
    "DELETE FROM evidence WHERE host_id = ?",
    "DELETE FROM presented_identities WHERE host_id = ?",
    "DELETE FROM identities WHERE host_id = ?",
    "DELETE FROM host_facts WHERE host_id = ?",
    "DELETE FROM hosts WHERE id = ?",
];

impl Write {
    /// Takes a host out of the inventory and notes what is left of it.
    pub(crate) async fn remove_host(
        &mut self,
        record: &HostRecord,
        by: &Actor,
        reason: &str,
    ) -> Result<(), StoreError> {
        let (now, key) = (self.now(), record.id.to_string());
        sql::query(
            "INSERT INTO removed_hosts (id, name, cluster_name, datacenter_id, datacenter_name,
                                        removed_at, removed_by, reason, ek, credential_hash)
             SELECT h.id, h.name, ?2, h.datacenter_id, ?3, ?4, ?5, ?6, i.ek, h.credential_hash
             FROM hosts h LEFT JOIN identities i ON i.host_id = h.id WHERE h.id = ?1",
        )
        .bind(&key)
        .bind(&record.cluster.name)
        .bind(&record.datacenter.name)
        .bind(now.0)
        .bind(json(by))
        .bind(reason)
        .execute(self.connection())
        .await?;
        self.leave_configurations(&[(record.id, None)]).await?;
        // What an auditor may ask for: the evidence of its last verdict, and the keys behind it.
        self.fold_repeated(&[record.id]).await?;
        if let Some(attested) = &record.attested {
            self.keep_last(&[(attested.appraisal, record.id)]).await?;
        }
        self.keep_former_identity(record.id).await?;
        let logs = self.logs_of(record.id).await?;
        for statement in BELONGINGS {
            sql::query(statement).bind(&key).execute(self.connection()).await?;
        }
        self.release_logs(&logs).await
    }

    /// The logs that a host's record and its evidence rely on.
    async fn logs_of(
        &mut self,
        host: HostId,
    ) -> Result<Vec<trustboard_model::digest::Sha256>, StoreError> {
        let key = host.to_string();
        let digests: Vec<Vec<u8>> = sql::query_scalar(
            "SELECT known_log FROM hosts WHERE id = ?1 AND known_log IS NOT NULL
             UNION SELECT log FROM evidence WHERE host_id = ?1 AND log IS NOT NULL
             UNION SELECT systemd_log FROM evidence
                   WHERE host_id = ?1 AND systemd_log IS NOT NULL",
        )
        .bind(&key)
        .fetch_all(self.connection())
        .await?;
        let place = Place { table: "hosts", row: &key };
        digests.iter().map(|digest| place.sha256("known_log", digest)).collect()
    }
}
