//! Operators' sessions.

use sqlx::FromRow;
use trustboard_model::id::OperatorId;
use trustboard_model::time::Timestamp;

use super::operator::{OperatorRow, operator_columns};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::record::SessionRecord;
use crate::store::secret::SecretHash;

#[derive(FromRow)]
struct SessionRow {
    #[sqlx(flatten)]
    operator: OperatorRow,
    created_at: i64,
    last_used_at: i64,
}

impl<Mode> Tx<Mode> {
    /// The session with this secret, expired or not.
    pub(crate) async fn session(
        &mut self,
        hash: SecretHash,
    ) -> Result<Option<SessionRecord>, StoreError> {
        let row: Option<SessionRow> = sqlx::query_as(concat!(
            "SELECT ",
            operator_columns!(),
            ", s.created_at, s.last_used_at
             FROM sessions s JOIN operators o ON o.id = s.operator_id WHERE s.secret_hash = ?"
        ))
        .bind(hash.as_bytes())
        .fetch_optional(self.connection())
        .await?;
        let Some(SessionRow { operator, created_at, last_used_at }) = row else { return Ok(None) };
        Ok(Some(SessionRecord {
            operator: self.with_roles(operator).await?,
            created_at: Timestamp(created_at),
            last_used_at: Timestamp(last_used_at),
        }))
    }
}

impl Write {
    /// Opens a session, and takes away those that were last used before `idle_before`.
    pub(crate) async fn insert_session(
        &mut self,
        hash: SecretHash,
        operator: OperatorId,
        idle_before: Timestamp,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sqlx::query("DELETE FROM sessions WHERE last_used_at < ?")
            .bind(idle_before.0)
            .execute(self.connection())
            .await?;
        sqlx::query(
            "INSERT INTO sessions (secret_hash, operator_id, created_at, last_used_at)
             VALUES (?, ?, ?, ?)",
        )
        .bind(hash.as_bytes())
        .bind(operator.to_string())
        .bind(now.0)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Notes that a session is in use now.
    pub(crate) async fn touch_session(&mut self, hash: SecretHash) -> Result<(), StoreError> {
        let now = self.now();
        sqlx::query("UPDATE sessions SET last_used_at = ? WHERE secret_hash = ?")
            .bind(now.0)
            .bind(hash.as_bytes())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Ends a session.
    pub(crate) async fn delete_session(&mut self, hash: SecretHash) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE secret_hash = ?")
            .bind(hash.as_bytes())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Ends every session of an operator.
    pub(crate) async fn delete_sessions_of(
        &mut self,
        operator: OperatorId,
    ) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE operator_id = ?")
            .bind(operator.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
