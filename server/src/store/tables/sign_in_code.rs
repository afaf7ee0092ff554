//! Sign-in codes: each lets one operator in, once.

use trustboard_model::id::OperatorId;
use trustboard_model::time::Timestamp;

use super::Write;
use super::column::Place;
use crate::store::StoreError;
use crate::store::record::OperatorRecord;
use crate::store::secret::SecretHash;
use crate::store::sql;

impl Write {
    /// Adds a sign-in code, and takes away those that have expired.
    pub(crate) async fn insert_code(
        &mut self,
        hash: SecretHash,
        operator: OperatorId,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sql::query("DELETE FROM sign_in_codes WHERE expires_at <= ?")
            .bind(now.0)
            .execute(self.connection())
            .await?;
        sql::query(
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
        let id: Option<String> = sql::query_scalar(
            "DELETE FROM sign_in_codes WHERE code_hash = ? AND expires_at > ?
             RETURNING operator_id",
        )
        .bind(hash.as_bytes())
        .bind(now.0)
        .fetch_optional(self.connection())
        .await?;
        let Some(id) = id else { return Ok(None) };
        let place = Place { table: "sign_in_codes", row: &id };
        self.operator_by_id(place.parse("operator_id", &id)?).await
    }

    /// Takes away the sign-in codes of an operator.
    pub(crate) async fn delete_codes_of(&mut self, operator: OperatorId) -> Result<(), StoreError> {
        sql::query("DELETE FROM sign_in_codes WHERE operator_id = ?")
            .bind(operator.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
