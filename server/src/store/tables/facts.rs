//! Host facts, and the policy that they are judged by.

use std::collections::HashSet;

use trustboard_model::facts::HostFacts;
use trustboard_model::id::HostId;

use super::column::{Place, code, json};
use super::{Tx, Write};
use crate::query::Arriving;
use crate::store::StoreError;
use crate::store::sql::{self, QueryBuilder};

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
    /// Puts facts on record. Gives the hosts whose facts are other ones than before.
    pub(crate) async fn put_facts(
        &mut self,
        all: &[(HostId, &HostFacts)],
    ) -> Result<HashSet<HostId>, StoreError> {
        let changed = self.write_facts(all).await?;
        let told = all.iter().filter(|(host, _)| changed.contains(host));
        let told: Vec<_> = told.collect();
        if told.is_empty() {
            return Ok(changed);
        }
        let mut sql = QueryBuilder::new("UPDATE hosts SET boot_id = j.column2 FROM (VALUES ");
        sql.rows(&told, |values, (host, facts)| {
            values.push_bind(host.to_string()).push_bind(facts.boot_id.as_deref());
        });
        sql.push(") AS j WHERE hosts.id = j.column1");
        sql.build().execute(self.connection()).await?;
        // By itself, because the table is ordered by it: that of a host that stays is left alone.
        let mut sql = QueryBuilder::new("UPDATE hosts SET tpm_version = j.column2 FROM (VALUES ");
        sql.rows(&told, |values, (host, facts)| {
            let tpm = facts.tpm.as_ref();
            values.push_bind(host.to_string()).push_bind(tpm.map(|tpm| &tpm.family[..]));
        });
        sql.push(
            ") AS j WHERE hosts.id = j.column1 AND hosts.tpm_version IS DISTINCT FROM j.column2",
        );
        sql.build().execute(self.connection()).await?;
        Ok(changed)
    }

    /// The same but for what stands in the hosts' own rows.
    pub(super) async fn write_facts(
        &mut self,
        all: &[(HostId, &HostFacts)],
    ) -> Result<HashSet<HostId>, StoreError> {
        if all.is_empty() {
            return Ok(HashSet::new());
        }
        let now = self.now().0;
        let mut sql = QueryBuilder::new(
            "INSERT INTO host_facts (host_id, since, facts, os, kernel, tpm_maker, tpm_firmware,
                                     tpm_interface, agent) VALUES ",
        );
        sql.rows(all, |values, (host, facts)| {
            let tpm = facts.tpm.as_ref();
            values.push_bind(host.to_string()).push_bind(now).push_bind(json(facts));
            values.push_bind(facts.os_name.as_deref()).push_bind(facts.kernel.as_deref());
            values.push_bind(tpm.map(|tpm| &tpm.manufacturer[..]));
            values.push_bind(tpm.map(|tpm| &tpm.firmware[..]));
            values.push_bind(tpm.map(|tpm| code(&tpm.interface)));
            values.push_bind(&facts.agent_version[..]);
        });
        sql.push(
            " ON CONFLICT (host_id) DO UPDATE SET
                 since = excluded.since, facts = excluded.facts, os = excluded.os,
                 kernel = excluded.kernel, tpm_maker = excluded.tpm_maker,
                 tpm_firmware = excluded.tpm_firmware, tpm_interface = excluded.tpm_interface,
                 agent = excluded.agent
             WHERE host_facts.facts <> excluded.facts RETURNING host_id",
        );
        let ids: Vec<String> = sql.build_query_scalar().fetch_all(self.connection()).await?;
        let parsed = |id: &String| Place { table: "host_facts", row: id }.parse("host_id", id);
        ids.iter().map(parsed).collect()
    }
}
