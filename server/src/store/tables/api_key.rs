//! Operators' API keys.

use trustboard_model::id::{DatacenterId, KeyId, OperatorId};
use trustboard_model::role::Role;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{KeyRow, Named};

use super::column::{Place, code};
use super::operator::{OperatorRow, operator_columns};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::record::KeyRecord;
use crate::store::secret::SecretHash;
use crate::store::sql::{self, Flag, FromRow};

/// A key that is about to be added.
pub(crate) struct InsertKey<'a> {
    pub id: KeyId,
    pub hash: SecretHash,
    pub operator: OperatorId,
    pub name: &'a str,
    pub role: Role,
    pub datacenters: Option<&'a [DatacenterId]>,
    pub expires_at: Timestamp,
}

#[derive(FromRow)]
struct Row {
    key_id: String,
    key_name: String,
    role: String,
    /// Whether it is for all that its operator's rights are for.
    #[sqlx(try_from = "Flag")]
    for_all: bool,
    created_at: i64,
    expires_at: i64,
    last_used_at: Option<i64>,
}

#[derive(FromRow)]
struct WithOperator {
    #[sqlx(flatten)]
    key: Row,
    #[sqlx(flatten)]
    operator: OperatorRow,
}

/// Columns of [`Row`].
macro_rules! key_columns {
    () => {
        "k.id AS key_id, k.name AS key_name, k.role, k.everywhere AS for_all, k.created_at,
         k.expires_at, k.last_used_at"
    };
}

impl<Mode> Tx<Mode> {
    /// The key with this secret, expired or not.
    pub(crate) async fn api_key(
        &mut self,
        hash: SecretHash,
    ) -> Result<Option<KeyRecord>, StoreError> {
        let row: Option<WithOperator> = sql::query_as(concat!(
            "SELECT ",
            key_columns!(),
            ", ",
            operator_columns!(),
            " FROM api_keys k JOIN operators o ON o.id = k.operator_id WHERE k.secret_hash = ?"
        ))
        .bind(hash.as_bytes())
        .fetch_optional(self.connection())
        .await?;
        let Some(WithOperator { key, operator }) = row else { return Ok(None) };
        let place = Place { table: "api_keys", row: &key.key_id };
        let datacenters =
            if key.for_all { None } else { Some(self.key_datacenters(&key.key_id).await?) };
        Ok(Some(KeyRecord {
            operator: self.with_roles(operator).await?,
            id: place.parse("id", &key.key_id)?,
            role: place.code("role", &key.role)?,
            datacenters: datacenters.map(|named| named.into_iter().map(|one| one.id).collect()),
            expires_at: Timestamp(key.expires_at),
            last_used_at: key.last_used_at.map(Timestamp),
            name: key.key_name,
        }))
    }

    /// An operator's keys, by name.
    pub(crate) async fn api_keys(
        &mut self,
        operator: OperatorId,
    ) -> Result<Vec<KeyRow>, StoreError> {
        let rows: Vec<Row> = sql::query_as(concat!(
            "SELECT ",
            key_columns!(),
            " FROM api_keys k WHERE k.operator_id = ? ORDER BY k.name"
        ))
        .bind(operator.to_string())
        .fetch_all(self.connection())
        .await?;
        let mut keys = Vec::with_capacity(rows.len());
        for row in rows {
            let place = Place { table: "api_keys", row: &row.key_id };
            let datacenters =
                if row.for_all { None } else { Some(self.key_datacenters(&row.key_id).await?) };
            keys.push(KeyRow {
                id: place.parse("id", &row.key_id)?,
                role: place.code("role", &row.role)?,
                datacenters,
                created_at: Timestamp(row.created_at),
                expires_at: Timestamp(row.expires_at),
                last_used_at: row.last_used_at.map(Timestamp),
                name: row.key_name,
            });
        }
        Ok(keys)
    }

    async fn key_datacenters(&mut self, key: &str) -> Result<Vec<Named<DatacenterId>>, StoreError> {
        let rows: Vec<(String, String)> = sql::query_as(
            "SELECT d.id, d.name FROM api_key_datacenters k
             JOIN datacenters d ON d.id = k.datacenter_id WHERE k.key_id = ? ORDER BY d.name",
        )
        .bind(key)
        .fetch_all(self.connection())
        .await?;
        let named = |(id, name): (String, String)| {
            Ok(Named { id: Place { table: "datacenters", row: &id }.parse("id", &id)?, name })
        };
        rows.into_iter().map(named).collect()
    }
}

impl Write {
    /// Adds a key; its name must be free among those of its operator.
    pub(crate) async fn insert_api_key(&mut self, new: &InsertKey<'_>) -> Result<(), StoreError> {
        let now = self.now();
        sql::query(
            "INSERT INTO api_keys
                 (id, secret_hash, operator_id, name, role, everywhere, created_at, expires_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(new.id.to_string())
        .bind(new.hash.as_bytes())
        .bind(new.operator.to_string())
        .bind(new.name)
        .bind(code(&new.role))
        .bind(new.datacenters.is_none())
        .bind(now.0)
        .bind(new.expires_at.0)
        .execute(self.connection())
        .await?;
        for datacenter in new.datacenters.unwrap_or_default() {
            sql::query("INSERT INTO api_key_datacenters (key_id, datacenter_id) VALUES (?, ?)")
                .bind(new.id.to_string())
                .bind(datacenter.to_string())
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }

    /// Takes a key of an operator away. Gives its name, if there was one.
    pub(crate) async fn delete_api_key(
        &mut self,
        id: KeyId,
        operator: OperatorId,
    ) -> Result<Option<String>, StoreError> {
        let name = sql::query_scalar(
            "DELETE FROM api_keys WHERE id = ? AND operator_id = ? RETURNING name",
        )
        .bind(id.to_string())
        .bind(operator.to_string())
        .fetch_optional(self.connection())
        .await?;
        Ok(name)
    }

    /// Notes that a key is in use now.
    pub(crate) async fn touch_api_key(&mut self, id: KeyId) -> Result<(), StoreError> {
        let now = self.now();
        sql::query("UPDATE api_keys SET last_used_at = ? WHERE id = ?")
            .bind(now.0)
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
