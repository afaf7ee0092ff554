//! Operators' sessions.

use trustboard_model::id::{OperatorId, SessionId};
use trustboard_model::time::Timestamp;
use trustboard_model::view::Named;

use super::column::Place;
use super::operator::{OperatorRow, operator_columns};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::record::SessionRecord;
use crate::store::secret::SecretHash;
use crate::store::sql::{self, FromRow};

#[derive(FromRow)]
struct SessionRow {
    #[sqlx(flatten)]
    operator: OperatorRow,
    session_id: String,
    created_at: i64,
    last_used_at: i64,
}

impl<Mode> Tx<Mode> {
    /// The session with this secret, expired or not.
    pub(crate) async fn session(
        &mut self,
        hash: SecretHash,
    ) -> Result<Option<SessionRecord>, StoreError> {
        let row: Option<SessionRow> = sql::query_as(concat!(
            "SELECT ",
            operator_columns!(),
            ", s.id AS session_id, s.created_at, s.last_used_at
             FROM sessions s JOIN operators o ON o.id = s.operator_id WHERE s.secret_hash = ?"
        ))
        .bind(hash.as_bytes())
        .fetch_optional(self.connection())
        .await?;
        let Some(SessionRow { operator, session_id, created_at, last_used_at }) = row else {
            return Ok(None);
        };
        let place = Place { table: "sessions", row: &session_id };
        Ok(Some(SessionRecord {
            id: place.parse("id", &session_id)?,
            operator: self.with_roles(operator).await?,
            created_at: Timestamp(created_at),
            last_used_at: Timestamp(last_used_at),
        }))
    }
}

/// A session that is about to be opened.
pub(crate) struct NewSession<'a> {
    pub hash: SecretHash,
    pub id: SessionId,
    pub operator: OperatorId,
    pub device: &'a str,
    pub address: &'a str,
}

/// A session in a list.
pub(crate) struct ListedSession {
    pub id: SessionId,
    pub operator: Named<OperatorId>,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
    pub device: String,
    pub address: String,
}

#[derive(FromRow)]
struct ListedRow {
    id: String,
    operator_id: String,
    operator: String,
    created_at: i64,
    last_used_at: i64,
    device: String,
    address: String,
}

impl TryFrom<ListedRow> for ListedSession {
    type Error = StoreError;

    fn try_from(row: ListedRow) -> Result<Self, StoreError> {
        let place = Place { table: "sessions", row: &row.id };
        let id = place.parse("operator_id", &row.operator_id)?;
        Ok(Self {
            id: place.parse("id", &row.id)?,
            operator: Named { id, name: row.operator },
            created_at: Timestamp(row.created_at),
            last_used_at: Timestamp(row.last_used_at),
            device: row.device,
            address: row.address,
        })
    }
}

impl<Mode> Tx<Mode> {
    /// The sessions of one operator or of all that have not ended, the last used first; at most
    /// `limit`.
    pub(crate) async fn sessions(
        &mut self,
        operator: Option<OperatorId>,
        lives: Lives,
        limit: u32,
    ) -> Result<Vec<ListedSession>, StoreError> {
        let operator = operator.map(|id| id.to_string());
        let rows: Vec<ListedRow> = sql::query_as(
            "SELECT s.id, s.operator_id, o.name AS operator, s.created_at,
                    s.last_used_at, s.device, s.address
             FROM sessions s JOIN operators o ON o.id = s.operator_id
             WHERE (? IS NULL OR s.operator_id = ?) AND s.last_used_at > ? AND s.created_at > ?
             ORDER BY s.last_used_at DESC, s.id LIMIT ?",
        )
        .bind(&operator)
        .bind(&operator)
        .bind(lives.used_after.0)
        .bind(lives.made_after.0)
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        rows.into_iter().map(ListedSession::try_from).collect()
    }
}

/// Which sessions live: those last used and made after these moments.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lives {
    pub used_after: Timestamp,
    pub made_after: Timestamp,
}

impl Write {
    /// Opens a session, and takes away those that live no longer.
    pub(crate) async fn insert_session(
        &mut self,
        new: &NewSession<'_>,
        lives: Lives,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sql::query("DELETE FROM sessions WHERE last_used_at <= ? OR created_at <= ?")
            .bind(lives.used_after.0)
            .bind(lives.made_after.0)
            .execute(self.connection())
            .await?;
        sql::query(
            "INSERT INTO sessions
                 (secret_hash, id, operator_id, created_at, last_used_at, device, address)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(new.hash.as_bytes())
        .bind(new.id.to_string())
        .bind(new.operator.to_string())
        .bind(now.0)
        .bind(now.0)
        .bind(new.device)
        .bind(new.address)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Notes that a session is in use now.
    pub(crate) async fn touch_session(&mut self, hash: SecretHash) -> Result<(), StoreError> {
        let now = self.now();
        sql::query("UPDATE sessions SET last_used_at = ? WHERE secret_hash = ?")
            .bind(now.0)
            .bind(hash.as_bytes())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Ends a session.
    pub(crate) async fn delete_session(&mut self, hash: SecretHash) -> Result<(), StoreError> {
        sql::query("DELETE FROM sessions WHERE secret_hash = ?")
            .bind(hash.as_bytes())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Ends the session with this id. Gives whose it was.
    pub(crate) async fn delete_session_by_id(
        &mut self,
        id: SessionId,
    ) -> Result<Option<OperatorId>, StoreError> {
        let key = id.to_string();
        let operator: Option<String> =
            sql::query_scalar("DELETE FROM sessions WHERE id = ? RETURNING operator_id")
                .bind(&key)
                .fetch_optional(self.connection())
                .await?;
        let place = Place { table: "sessions", row: &key };
        operator.map(|operator| place.parse("operator_id", &operator)).transpose()
    }

    /// Ends every session of an operator, but this one. Gives how many.
    pub(crate) async fn delete_sessions_of(
        &mut self,
        operator: OperatorId,
        but: Option<SessionId>,
    ) -> Result<u32, StoreError> {
        let but = but.map(|id| id.to_string());
        let done =
            sql::query("DELETE FROM sessions WHERE operator_id = ? AND (? IS NULL OR id <> ?)")
                .bind(operator.to_string())
                .bind(&but)
                .bind(&but)
                .execute(self.connection())
                .await?;
        Ok(u32::try_from(done.rows_affected()).unwrap_or(u32::MAX))
    }
}
