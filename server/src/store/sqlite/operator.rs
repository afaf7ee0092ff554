//! Operators, their roles and their sign-in codes.

use std::collections::BTreeMap;

use sqlx::FromRow;
use trustboard_model::id::OperatorId;
use trustboard_model::rights::Rights;
use trustboard_model::time::Timestamp;

use super::column::{Place, code};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::record::OperatorRecord;
use crate::store::secret::SecretHash;

/// The columns of an operator in a query that calls the table `o`.
macro_rules! operator_columns {
    () => {
        "o.id, o.name, o.everywhere, o.password_hash"
    };
}
pub(super) use operator_columns;

/// An operator without the roles in single datacenters.
#[derive(FromRow)]
pub(super) struct OperatorRow {
    pub id: String,
    name: String,
    everywhere: Option<String>,
    password_hash: Option<String>,
}

impl<Mode> Tx<Mode> {
    /// The operator of a row, with their roles in single datacenters.
    pub(super) async fn with_roles(
        &mut self,
        row: OperatorRow,
    ) -> Result<OperatorRecord, StoreError> {
        let roles: Vec<(String, String)> =
            sqlx::query_as("SELECT datacenter_id, role FROM operator_roles WHERE operator_id = ?")
                .bind(&row.id)
                .fetch_all(self.connection())
                .await?;
        let place = Place { table: "operator_roles", row: &row.id };
        let mut datacenters = BTreeMap::new();
        for (id, role) in roles {
            datacenters.insert(place.parse("datacenter_id", &id)?, place.code("role", &role)?);
        }
        let place = Place { table: "operators", row: &row.id };
        let everywhere = row.everywhere.map(|role| place.code("everywhere", &role)).transpose()?;
        Ok(OperatorRecord {
            id: place.parse("id", &row.id)?,
            rights: Rights { everywhere, datacenters },
            name: row.name,
            password_hash: row.password_hash,
        })
    }

    /// The operator with this name, in any case of its letters.
    pub(crate) async fn operator(
        &mut self,
        name: &str,
    ) -> Result<Option<OperatorRecord>, StoreError> {
        let row: Option<OperatorRow> = sqlx::query_as(concat!(
            "SELECT ",
            operator_columns!(),
            " FROM operators o WHERE o.name = ?"
        ))
        .bind(name)
        .fetch_optional(self.connection())
        .await?;
        match row {
            Some(row) => self.with_roles(row).await.map(Some),
            None => Ok(None),
        }
    }

    /// The operator with this id, if they are still there.
    pub(crate) async fn operator_by_id(
        &mut self,
        id: OperatorId,
    ) -> Result<Option<OperatorRecord>, StoreError> {
        let row: Option<OperatorRow> = sqlx::query_as(concat!(
            "SELECT ",
            operator_columns!(),
            " FROM operators o WHERE o.id = ?"
        ))
        .bind(id.to_string())
        .fetch_optional(self.connection())
        .await?;
        match row {
            Some(row) => self.with_roles(row).await.map(Some),
            None => Ok(None),
        }
    }
}

impl Write {
    /// Adds an operator; the name must be free, the datacenters of their roles must be there.
    pub(crate) async fn insert_operator(
        &mut self,
        operator: &OperatorRecord,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sqlx::query(
            "INSERT INTO operators (id, name, everywhere, password_hash, created_at)
             VALUES (?, ?, ?, ?, ?)",
        )
        .bind(operator.id.to_string())
        .bind(&operator.name)
        .bind(operator.rights.everywhere.as_ref().map(code))
        .bind(&operator.password_hash)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        self.set_datacenter_roles(operator.id, &operator.rights).await
    }

    /// Gives an operator these rights and this password.
    pub(crate) async fn update_operator(
        &mut self,
        id: OperatorId,
        rights: &Rights,
        password_hash: Option<&str>,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE operators SET everywhere = ?, password_hash = ? WHERE id = ?")
            .bind(rights.everywhere.as_ref().map(code))
            .bind(password_hash)
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
        self.set_datacenter_roles(id, rights).await
    }

    async fn set_datacenter_roles(
        &mut self,
        id: OperatorId,
        rights: &Rights,
    ) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM operator_roles WHERE operator_id = ?")
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
        for (datacenter, role) in &rights.datacenters {
            sqlx::query(
                "INSERT INTO operator_roles (operator_id, datacenter_id, role) VALUES (?, ?, ?)",
            )
            .bind(id.to_string())
            .bind(datacenter.to_string())
            .bind(code(role))
            .execute(self.connection())
            .await?;
        }
        Ok(())
    }

    /// Adds a sign-in code, and takes away those that have expired.
    pub(crate) async fn insert_code(
        &mut self,
        hash: SecretHash,
        operator: OperatorId,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sqlx::query("DELETE FROM sign_in_codes WHERE expires_at <= ?")
            .bind(now.0)
            .execute(self.connection())
            .await?;
        sqlx::query(
            "INSERT INTO sign_in_codes (code_hash, operator_id, expires_at) VALUES (?, ?, ?)",
        )
        .bind(hash.as_bytes())
        .bind(operator.to_string())
        .bind(expires_at.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Uses a sign-in code up. Gives whose it was, if it had not expired.
    pub(crate) async fn take_code(
        &mut self,
        hash: SecretHash,
    ) -> Result<Option<OperatorRecord>, StoreError> {
        let now = self.now();
        let id: Option<String> = sqlx::query_scalar(
            "DELETE FROM sign_in_codes WHERE code_hash = ? AND expires_at > ?
             RETURNING operator_id",
        )
        .bind(hash.as_bytes())
        .bind(now.0)
        .fetch_optional(self.connection())
        .await?;
        let Some(id) = id else { return Ok(None) };
        let row: OperatorRow = sqlx::query_as(concat!(
            "SELECT ",
            operator_columns!(),
            " FROM operators o WHERE o.id = ?"
        ))
        .bind(id)
        .fetch_one(self.connection())
        .await?;
        self.with_roles(row).await.map(Some)
    }
}
