//! Enrolment tokens.

use sqlx::FromRow;
use trustboard_model::id::{ClusterId, TokenId};
use trustboard_model::time::Timestamp;

use super::column::Place;
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::record::TokenRecord;
use crate::store::secret::SecretHash;

#[derive(FromRow)]
struct TokenRow {
    id: String,
    cluster_id: String,
    datacenter_id: String,
    expires_at: i64,
    free: i64,
    revoked: bool,
}

impl TryFrom<TokenRow> for TokenRecord {
    type Error = StoreError;

    fn try_from(row: TokenRow) -> Result<Self, StoreError> {
        let place = Place { table: "tokens", row: &row.id };
        Ok(Self {
            id: place.parse("id", &row.id)?,
            cluster: place.parse("cluster_id", &row.cluster_id)?,
            datacenter: place.parse("datacenter_id", &row.datacenter_id)?,
            expires_at: Timestamp(row.expires_at),
            // Never below zero while uses are reserved before they are taken.
            free: place.number("uses_left", row.free.max(0))?,
            revoked: row.revoked,
        })
    }
}

impl<Mode> Tx<Mode> {
    /// The token with this secret. `now` decides which running enrolments still hold a use.
    pub(crate) async fn token_by_secret(
        &mut self,
        hash: SecretHash,
        now: Timestamp,
    ) -> Result<Option<TokenRecord>, StoreError> {
        let row: Option<TokenRow> = sqlx::query_as(
            "SELECT t.id, t.cluster_id, c.datacenter_id, t.expires_at,
                    t.revoked_at IS NOT NULL AS revoked,
                    t.uses_left - (SELECT count(*) FROM enrolments e WHERE e.token_id = t.id
                                   AND e.host_id IS NULL AND e.expires_at > ?) AS free
             FROM tokens t JOIN clusters c ON c.id = t.cluster_id WHERE t.secret_hash = ?",
        )
        .bind(now.0)
        .bind(hash.as_bytes())
        .fetch_optional(self.connection())
        .await?;
        row.map(TokenRecord::try_from).transpose()
    }
}

impl Write {
    /// Adds a token.
    pub(crate) async fn insert_token(
        &mut self,
        id: TokenId,
        hash: SecretHash,
        cluster: ClusterId,
        expires_at: Timestamp,
        uses: u32,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sqlx::query(
            "INSERT INTO tokens (id, secret_hash, cluster_id, created_at, expires_at, uses_left)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(id.to_string())
        .bind(hash.as_bytes())
        .bind(cluster.to_string())
        .bind(now.0)
        .bind(expires_at.0)
        .bind(uses)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Takes one use off a token.
    pub(crate) async fn use_token(&mut self, id: TokenId) -> Result<(), StoreError> {
        sqlx::query("UPDATE tokens SET uses_left = uses_left - 1 WHERE id = ?")
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Revokes a token. Nothing: there is no such token; false: it was revoked already.
    pub(crate) async fn revoke_token(&mut self, id: TokenId) -> Result<Option<bool>, StoreError> {
        let now = self.now();
        let key = id.to_string();
        let revoked =
            sqlx::query("UPDATE tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL")
                .bind(now.0)
                .bind(&key)
                .execute(self.connection())
                .await?;
        if revoked.rows_affected() > 0 {
            return Ok(Some(true));
        }
        let exists: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM tokens WHERE id = ?)")
            .bind(&key)
            .fetch_one(self.connection())
            .await?;
        Ok(exists.then_some(false))
    }
}
