//! Host facts, and the policy that they are judged by.

use std::collections::{HashMap, HashSet};

use trustboard_model::facts::HostFacts;
use trustboard_model::id::HostId;

use super::column::{Place, code, json};
use super::{Tx, Write};
use crate::query::Arriving;
use crate::store::StoreError;
use crate::store::sql::{self, FromRow, QueryBuilder};

/// By what, how often and since which boot a host is verified.
pub(crate) struct Plan {
    /// The interval of its cluster in seconds.
    pub interval_s: u32,
    /// The number of what the cluster's hosts are judged by.
    pub standards: u64,
    /// The boot id of its latest facts.
    pub boot_id: Option<String>,
}

#[derive(FromRow)]
struct PlanRow {
    id: String,
    cluster_id: String,
    interval_s: i64,
    standards: i64,
    boot_id: Option<String>,
}

#[derive(FromRow)]
struct ArrivingRow {
    id: String,
    name: String,
    presence: String,
    boot_id: Option<String>,
    facts: String,
}

impl Arriving {
    /// Whether these are the facts on record.
    pub(crate) fn has(&self, facts: &HostFacts) -> bool {
        self.facts == json(facts)
    }
}

impl<Mode> Tx<Mode> {
    /// What is on record of hosts whose agents have just connected.
    pub(crate) async fn arriving(
        &mut self,
        hosts: &[HostId],
    ) -> Result<HashMap<HostId, Arriving>, StoreError> {
        let mut sql = QueryBuilder::new(
            "SELECT h.id, h.name, h.presence, h.boot_id, f.facts
             FROM hosts h JOIN host_facts f ON f.host_id = h.id WHERE h.id IN ",
        );
        sql.list(hosts.iter().map(ToString::to_string));
        let rows: Vec<ArrivingRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        let arriving = |row: ArrivingRow| {
            let place = Place { table: "hosts", row: &row.id };
            let (host, presence) =
                (place.parse("id", &row.id)?, place.code("presence", &row.presence)?);
            let ArrivingRow { name, boot_id, facts, .. } = row;
            Ok((host, Arriving { name, presence, boot_id, facts }))
        };
        rows.into_iter().map(arriving).collect()
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

    /// By what, how often and since which boot hosts are verified.
    pub(crate) async fn plans(
        &mut self,
        hosts: &[HostId],
    ) -> Result<HashMap<HostId, Plan>, StoreError> {
        let mut sql = QueryBuilder::new(
            "SELECT h.id, c.id AS cluster_id, c.interval_s, c.standards, h.boot_id
             FROM hosts h JOIN clusters c ON c.id = h.cluster_id WHERE h.id IN ",
        );
        sql.list(hosts.iter().map(ToString::to_string));
        let rows: Vec<PlanRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        let plan = |row: PlanRow| {
            let place = Place { table: "clusters", row: &row.cluster_id };
            let interval_s = place.number("interval_s", row.interval_s)?;
            let standards = place.number("standards", row.standards)?;
            let host = Place { table: "hosts", row: &row.id }.parse("id", &row.id)?;
            Ok((host, Plan { interval_s, standards, boot_id: row.boot_id }))
        };
        rows.into_iter().map(plan).collect()
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
