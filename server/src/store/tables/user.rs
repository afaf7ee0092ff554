//! Operators as administrators list them.

use std::collections::BTreeMap;

use trustboard_model::id::DatacenterId;
use trustboard_model::rights::Rights;
use trustboard_model::role::Role;
use trustboard_model::time::Timestamp;
use trustboard_model::view::UserRow;

use super::Tx;
use super::column::Place;
use super::operator::disabled;
use super::session::Lives;
use crate::store::StoreError;
use crate::store::sql::{self, FromRow};

#[derive(FromRow)]
struct Row {
    id: String,
    name: String,
    everywhere: Option<String>,
    created_at: i64,
    has_password: bool,
    disabled_by: Option<String>,
    disabled_at: Option<i64>,
    sessions: i64,
    last_used_at: Option<i64>,
    keys: i64,
    link_until: Option<i64>,
}

impl<Mode> Tx<Mode> {
    /// Every operator, by name.
    pub(crate) async fn users(
        &mut self,
        lives: Lives,
        now: Timestamp,
    ) -> Result<Vec<UserRow>, StoreError> {
        let roles: Vec<(String, String, String)> =
            sql::query_as("SELECT operator_id, datacenter_id, role FROM operator_roles")
                .fetch_all(self.connection())
                .await?;
        let mut by_operator: BTreeMap<String, BTreeMap<DatacenterId, Role>> = BTreeMap::new();
        for (operator, datacenter, role) in roles {
            let place = Place { table: "operator_roles", row: &operator };
            let datacenter = place.parse("datacenter_id", &datacenter)?;
            let role = place.code("role", &role)?;
            by_operator.entry(operator).or_default().insert(datacenter, role);
        }
        let rows: Vec<Row> = sql::query_as(
            "SELECT o.id, o.name, o.everywhere, o.created_at,
                    o.password_hash IS NOT NULL AS has_password, o.disabled_by, o.disabled_at,
                    (SELECT count(*) FROM sessions s WHERE s.operator_id = o.id
                     AND s.last_used_at > ? AND s.created_at > ?) AS sessions,
                    (SELECT max(s.last_used_at) FROM sessions s WHERE s.operator_id = o.id)
                        AS last_used_at,
                    (SELECT count(*) FROM api_keys k WHERE k.operator_id = o.id
                     AND k.expires_at > ?) AS keys,
                    (SELECT max(c.expires_at) FROM sign_in_codes c WHERE c.operator_id = o.id
                     AND c.expires_at > ?) AS link_until
             FROM operators o ORDER BY o.name",
        )
        .bind(lives.used_after.0)
        .bind(lives.made_after.0)
        .bind(now.0)
        .bind(now.0)
        .fetch_all(self.connection())
        .await?;
        rows.into_iter()
            .map(|row| {
                let datacenters = by_operator.remove(&row.id).unwrap_or_default();
                row.with(datacenters)
            })
            .collect()
    }
}

impl Row {
    fn with(self, datacenters: BTreeMap<DatacenterId, Role>) -> Result<UserRow, StoreError> {
        let place = Place { table: "operators", row: &self.id };
        let everywhere = self.everywhere.map(|role| place.code("everywhere", &role)).transpose()?;
        Ok(UserRow {
            id: place.parse("id", &self.id)?,
            rights: Rights { everywhere, datacenters },
            created_at: Timestamp(self.created_at),
            last_used_at: self.last_used_at.map(Timestamp),
            sessions: place.number("sessions", self.sessions)?,
            keys: place.number("keys", self.keys)?,
            has_password: self.has_password,
            link_until: self.link_until.map(Timestamp),
            disabled: disabled(self.disabled_by, self.disabled_at),
            name: self.name,
        })
    }
}
