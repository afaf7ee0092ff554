//! Operators and their sign-in codes.

use sqlx::FromRow;
use trustboard_model::id::OperatorId;
use trustboard_model::role::Role;
use trustboard_model::time::Timestamp;

use super::column::{Place, code};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::record::OperatorRecord;
use crate::store::secret::SecretHash;

#[derive(FromRow)]
pub(super) struct OperatorRow {
    pub id: String,
    pub name: String,
    pub role: String,
    pub password_hash: Option<String>,
}

impl TryFrom<OperatorRow> for OperatorRecord {
    type Error = StoreError;

    fn try_from(row: OperatorRow) -> Result<Self, StoreError> {
        let place = Place { table: "operators", row: &row.id };
        Ok(Self {
            id: place.parse("id", &row.id)?,
            role: place.code("role", &row.role)?,
            name: row.name,
            password_hash: row.password_hash,
        })
    }
}

impl<Mode> Tx<Mode> {
    /// The operator with this name, in any case of its letters.
    pub(crate) async fn operator(
        &mut self,
        name: &str,
    ) -> Result<Option<OperatorRecord>, StoreError> {
        let row: Option<OperatorRow> =
            sqlx::query_as("SELECT id, name, role, password_hash FROM operators WHERE name = ?")
                .bind(name)
                .fetch_optional(self.connection())
                .await?;
        row.map(OperatorRecord::try_from).transpose()
    }
}

impl Write {
    /// Adds an operator; the name must be free.
    pub(crate) async fn insert_operator(
        &mut self,
        operator: &OperatorRecord,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sqlx::query(
            "INSERT INTO operators (id, name, role, password_hash, created_at)
             VALUES (?, ?, ?, ?, ?)",
        )
        .bind(operator.id.to_string())
        .bind(&operator.name)
        .bind(code(&operator.role))
        .bind(&operator.password_hash)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Gives an operator this role and password.
    pub(crate) async fn update_operator(
        &mut self,
        id: OperatorId,
        role: Role,
        password_hash: Option<&str>,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE operators SET role = ?, password_hash = ? WHERE id = ?")
            .bind(code(&role))
            .bind(password_hash)
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
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
        let row: OperatorRow =
            sqlx::query_as("SELECT id, name, role, password_hash FROM operators WHERE id = ?")
                .bind(id)
                .fetch_one(self.connection())
                .await?;
        OperatorRecord::try_from(row).map(Some)
    }
}
