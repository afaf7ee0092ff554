//! Host facts, and the policy that they are judged by.

use trustboard_model::facts::HostFacts;
use trustboard_model::id::HostId;

use super::column::{Place, code, json};
use super::{Tx, Write};
use crate::query::Arriving;
use crate::store::StoreError;
use crate::store::sql;

impl<Mode> Tx<Mode> {
    /// What is on record of a host whose agent brings these facts.
    pub(crate) async fn arriving(
        &mut self,
        host: HostId,
        facts: &HostFacts,
    ) -> Result<Option<Arriving>, StoreError> {
        let key = host.to_string();
        let row: Option<(String, String, Option<String>, String)> = sql::query_as(
            "SELECT h.name, h.presence, h.boot_id, f.facts
             FROM hosts h JOIN host_facts f ON f.host_id = h.id WHERE h.id = ?",
        )
        .bind(&key)
        .fetch_optional(self.connection())
        .await?;
        let Some((name, presence, boot_id, known)) = row else { return Ok(None) };
        let presence = Place { table: "hosts", row: &key }.code("presence", &presence)?;
        Ok(Some(Arriving { name, presence, boot_id, same_facts: known == json(facts) }))
    }

    /// The latest facts of a host.
    pub(crate) async fn facts(&mut self, host: HostId) -> Result<HostFacts, StoreError> {
        let key = host.to_string();
        let place = Place { table: "host_facts", row: &key };
        let facts: Option<String> =
            sql::query_scalar("SELECT facts FROM host_facts WHERE host_id = ?")
                .bind(&key)
                .fetch_optional(self.connection())
                .await?;
        // Every host enrols with facts.
        place.json("facts", &facts.ok_or_else(|| place.bad("facts"))?)
    }

    /// The interval of a host's cluster in seconds, the number of what its hosts are judged by,
    /// and the boot id of the host's latest facts.
    pub(crate) async fn interval_standards_and_boot(
        &mut self,
        host: HostId,
    ) -> Result<(u32, u64, Option<String>), StoreError> {
        let (cluster, interval_s, standards, boot_id): (String, i64, i64, Option<String>) =
            sql::query_as(
                "SELECT c.id, c.interval_s, c.standards, h.boot_id
                 FROM hosts h JOIN clusters c ON c.id = h.cluster_id WHERE h.id = ?",
            )
            .bind(host.to_string())
            .fetch_one(self.connection())
            .await?;
        let place = Place { table: "clusters", row: &cluster };
        let interval_s = place.number("interval_s", interval_s)?;
        Ok((interval_s, place.number("standards", standards)?, boot_id))
    }
}

impl Write {
    /// Puts facts on record. Gives whether they are other ones than before.
    pub(crate) async fn put_facts(
        &mut self,
        host: HostId,
        facts: &HostFacts,
    ) -> Result<bool, StoreError> {
        let changed = self.write_facts(host, facts).await?;
        if changed {
            sql::query("UPDATE hosts SET tpm_version = ?, boot_id = ? WHERE id = ?")
                .bind(facts.tpm.as_ref().map(|tpm| &tpm.family))
                .bind(&facts.boot_id)
                .bind(host.to_string())
                .execute(self.connection())
                .await?;
        }
        Ok(changed)
    }

    /// The same but for what stands in the host's own row.
    pub(super) async fn write_facts(
        &mut self,
        host: HostId,
        facts: &HostFacts,
    ) -> Result<bool, StoreError> {
        let now = self.now();
        let tpm = facts.tpm.as_ref();
        let written = sql::query(
            "INSERT INTO host_facts (host_id, since, facts, os, kernel, tpm_maker, tpm_firmware,
                                     tpm_interface, agent)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (host_id) DO UPDATE SET
                 since = excluded.since, facts = excluded.facts, os = excluded.os,
                 kernel = excluded.kernel, tpm_maker = excluded.tpm_maker,
                 tpm_firmware = excluded.tpm_firmware, tpm_interface = excluded.tpm_interface,
                 agent = excluded.agent
             WHERE host_facts.facts <> excluded.facts",
        )
        .bind(host.to_string())
        .bind(now.0)
        .bind(json(facts))
        .bind(&facts.os_name)
        .bind(&facts.kernel)
        .bind(tpm.map(|tpm| &tpm.manufacturer))
        .bind(tpm.map(|tpm| &tpm.firmware))
        .bind(tpm.map(|tpm| code(&tpm.interface)))
        .bind(&facts.agent_version)
        .execute(self.connection())
        .await?;
        Ok(written.rows_affected() > 0)
    }
}
