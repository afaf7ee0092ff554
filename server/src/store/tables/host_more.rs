//! What the table's further columns read, for a page of hosts at once.

use std::collections::HashMap;

use trustboard_model::configuration::ConfigurationRef;
use trustboard_model::facts::HostFacts;
use trustboard_model::id::HostId;
use trustboard_model::view::{AttestedBy, HostMore};

use super::Tx;
use super::column::Place;
use crate::store::StoreError;
use crate::store::sql::{FromRow, QueryBuilder};

#[derive(FromRow)]
struct MoreRow {
    id: String,
    facts: Option<String>,
    configuration_id: Option<String>,
    configuration: Option<String>,
    version: Option<i64>,
    policy: Option<String>,
    verifier: Option<String>,
}

impl<Mode> Tx<Mode> {
    /// What further columns read of these hosts.
    pub(crate) async fn more_of(
        &mut self,
        hosts: &[HostId],
    ) -> Result<HashMap<HostId, HostMore>, StoreError> {
        if hosts.is_empty() {
            return Ok(HashMap::new());
        }
        let mut sql = QueryBuilder::new(
            "SELECT h.id, f.facts, g.id AS configuration_id, g.name AS configuration, g.version,
                    json_extract(r.report, '$.policy') AS policy,
                    json_extract(r.report, '$.verifier') AS verifier
             FROM hosts h LEFT JOIN host_facts f ON f.host_id = h.id
                          LEFT JOIN configurations g ON g.id = h.configuration_id
                          LEFT JOIN reports r ON r.appraisal_id = h.appraisal_id
             WHERE h.id IN (",
        );
        let mut ids = sql.separated(", ");
        for host in hosts {
            ids.push_bind(host.to_string());
        }
        sql.push(")");
        let rows: Vec<MoreRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        rows.iter().map(MoreRow::read).collect()
    }
}

impl MoreRow {
    fn read(&self) -> Result<(HostId, HostMore), StoreError> {
        let place = Place { table: "hosts", row: &self.id };
        let host = place.parse("id", &self.id)?;
        let facts = self.facts.as_deref().map(|facts| {
            Place { table: "host_facts", row: &self.id }.json::<HostFacts>("facts", facts)
        });
        let more = facts.transpose()?.map_or_else(HostMore::default, claimed);
        Ok((
            host,
            HostMore {
                attested_by: self.attested_by(),
                configuration: self.configuration(place)?,
                ..more
            },
        ))
    }

    fn attested_by(&self) -> Option<AttestedBy> {
        Some(AttestedBy { policy: self.policy.clone()?, verifier: self.verifier.clone()? })
    }

    fn configuration(&self, place: Place<'_>) -> Result<Option<ConfigurationRef>, StoreError> {
        let (Some(id), Some(name), Some(version)) =
            (&self.configuration_id, &self.configuration, self.version)
        else {
            return Ok(None);
        };
        Ok(Some(ConfigurationRef {
            id: place.parse("configuration_id", id)?,
            name: name.clone(),
            version: place.number("version", version)?,
        }))
    }
}

/// What a host claims of itself.
fn claimed(facts: HostFacts) -> HostMore {
    let (tpm_maker, firmware) = facts.tpm.map_or((None, None), |tpm| {
        (Some(format!("{} {}", tpm.manufacturer, tpm.model).trim().to_owned()), Some(tpm.firmware))
    });
    HostMore {
        os: facts.os_name.or(facts.os_id),
        kernel: facts.kernel,
        agent: Some(facts.agent_version),
        tpm_maker,
        firmware,
        ..HostMore::default()
    }
}
