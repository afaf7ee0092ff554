//! The hosts of a datacenter by their facts.

use trustboard_model::host::Attestation;
use trustboard_model::id::DatacenterId;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{HostColumn, HostListFilter, HostListRow, Named};

use super::Tx;
use super::column::Place;
use super::host_query::{Within, push_where};
use crate::store::StoreError;
use crate::store::sql::{FromRow, QueryBuilder};

#[derive(FromRow)]
struct Row {
    id: String,
    name: String,
    cluster_id: String,
    cluster_name: String,
    attestation: String,
    os: Option<String>,
    kernel: Option<String>,
    tpm_maker: Option<String>,
    tpm_firmware: Option<String>,
    tpm_interface: Option<String>,
    agent: String,
    identity_state: String,
    presence: String,
    created_at: i64,
}

impl TryFrom<Row> for HostListRow {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let place = Place { table: "hosts", row: &row.id };
        let interface = |text: &String| place.code("tpm_interface", text);
        Ok(Self {
            cluster: Named {
                id: place.parse("cluster_id", &row.cluster_id)?,
                name: row.cluster_name.clone(),
            },
            attestation: Attestation::from_code(&row.attestation)
                .ok_or_else(|| place.bad("attestation"))?,
            interface: row.tpm_interface.as_ref().map(interface).transpose()?,
            identity: place.code("identity_state", &row.identity_state)?,
            presence: place.code("presence", &row.presence)?,
            enrolled_at: Timestamp(row.created_at),
            host: Named { id: place.parse("id", &row.id)?, name: row.name.clone() },
            os: row.os,
            kernel: row.kernel,
            tpm_maker: row.tpm_maker,
            tpm_firmware: row.tpm_firmware,
            agent: row.agent,
        })
    }
}

impl<Mode> Tx<Mode> {
    /// At most `limit` hosts of a datacenter that match, after the first `skip`, in the filter's
    /// order. Hosts that say nothing of what is sorted by stand last.
    pub(crate) async fn host_list(
        &mut self,
        datacenter: DatacenterId,
        filter: &HostListFilter,
        now: Timestamp,
        skip: i64,
        limit: u32,
    ) -> Result<Vec<HostListRow>, StoreError> {
        let mut query = QueryBuilder::new(
            "SELECT h.id, h.name, h.cluster_id, c.name AS cluster_name, h.attestation, f.os,
                    f.kernel, f.tpm_maker, f.tpm_firmware, f.tpm_interface, f.agent,
                    h.identity_state, h.presence, h.created_at
             FROM hosts h JOIN clusters c ON c.id = h.cluster_id
                          JOIN host_facts f ON f.host_id = h.id",
        );
        push_where(&mut query, &Within::Datacenter(datacenter), &filter.query, now);
        push_order(&mut query, filter);
        query.push(" LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(skip);
        let rows: Vec<Row> = query.build_query_as().fetch_all(self.connection()).await?;
        rows.into_iter().map(HostListRow::try_from).collect()
    }
}

fn push_order(query: &mut QueryBuilder, filter: &HostListFilter) {
    let terms: &[&str] = match filter.sort {
        HostColumn::Name => &["h.name"],
        HostColumn::Cluster => &["c.name"],
        HostColumn::Os => &["f.os"],
        HostColumn::Kernel => &["f.kernel"],
        HostColumn::Tpm => &["f.tpm_maker", "f.tpm_firmware"],
        HostColumn::Interface => &["f.tpm_interface"],
        HostColumn::Agent => &["f.agent"],
        HostColumn::Identity => &["h.identity_state"],
        HostColumn::Presence => &["h.presence"],
        HostColumn::Enrolled => &["h.created_at"],
    };
    let direction = if filter.descending { " DESC" } else { " ASC" };
    query.push(" ORDER BY ");
    for term in terms {
        query.push(*term).push(direction).push(" NULLS LAST, ");
    }
    query.push("h.name, h.id");
}
