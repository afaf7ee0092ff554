//! Enrolment tokens.

use std::collections::HashMap;

use trustboard_model::event::Actor;
use trustboard_model::id::{ClusterId, DatacenterId, TokenId};
use trustboard_model::time::Timestamp;
use trustboard_model::view::{TokenRow as Shown, TokenState};

use super::column::{Place, json};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::record::TokenRecord;
use crate::store::secret::SecretHash;
use crate::store::sql::{self, FromRow, QueryBuilder};

#[derive(FromRow)]
struct TokenRow {
    id: String,
    secret_hash: Vec<u8>,
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
    /// The token with this secret, see [`Tx::tokens_by_secrets`].
    pub(crate) async fn token_by_secret(
        &mut self,
        hash: SecretHash,
        now: Timestamp,
    ) -> Result<Option<TokenRecord>, StoreError> {
        Ok(self.tokens_by_secrets(&[hash], now).await?.remove(hash.as_bytes()))
    }

    /// The tokens with these secrets, by the secrets' hashes. `now` decides which running enrolments
    /// still hold a use.
    pub(crate) async fn tokens_by_secrets(
        &mut self,
        hashes: &[SecretHash],
        now: Timestamp,
    ) -> Result<HashMap<Vec<u8>, TokenRecord>, StoreError> {
        let mut sql = QueryBuilder::new(
            "SELECT t.id, t.secret_hash, t.cluster_id, c.datacenter_id, t.expires_at,
                    t.revoked_at IS NOT NULL AS revoked,
                    t.uses_left - (SELECT count(*) FROM enrolments e WHERE e.token_id = t.id
                                   AND e.host_id IS NULL AND e.expires_at > ",
        );
        sql.push_bind(now.0).push(") AS free FROM tokens t JOIN clusters c ON c.id = t.cluster_id");
        sql.push(" WHERE t.secret_hash IN ").list(hashes.iter().map(SecretHash::as_bytes));
        let rows: Vec<TokenRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        let token = |mut row: TokenRow| Ok((std::mem::take(&mut row.secret_hash), row.try_into()?));
        rows.into_iter().map(token).collect()
    }

    /// The tokens of a cluster, the newest first.
    pub(crate) async fn tokens_of(
        &mut self,
        cluster: ClusterId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<Shown>, StoreError> {
        let rows: Vec<ListedRow> = sql::query_as(
            "SELECT id, created_at, created_by, expires_at, uses, uses_left, revoked_at
             FROM tokens WHERE cluster_id = ? ORDER BY created_at DESC, rowid DESC LIMIT ?",
        )
        .bind(cluster.to_string())
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        rows.into_iter().map(|row| row.shown(now)).collect()
    }

    /// The cluster of a token, and its datacenter.
    pub(crate) async fn place_of_token(
        &mut self,
        id: TokenId,
    ) -> Result<Option<(ClusterId, DatacenterId)>, StoreError> {
        let key = id.to_string();
        let row: Option<(String, String)> = sql::query_as(
            "SELECT t.cluster_id, c.datacenter_id
             FROM tokens t JOIN clusters c ON c.id = t.cluster_id WHERE t.id = ?",
        )
        .bind(&key)
        .fetch_optional(self.connection())
        .await?;
        let place = Place { table: "tokens", row: &key };
        row.map(|(cluster, datacenter)| {
            Ok((place.parse("cluster_id", &cluster)?, place.parse("datacenter_id", &datacenter)?))
        })
        .transpose()
    }
}

#[derive(FromRow)]
struct ListedRow {
    id: String,
    created_at: i64,
    created_by: Option<String>,
    expires_at: i64,
    uses: Option<i64>,
    uses_left: i64,
    revoked_at: Option<i64>,
}

impl ListedRow {
    fn shown(self, now: Timestamp) -> Result<Shown, StoreError> {
        let place = Place { table: "tokens", row: &self.id };
        let by = |text: &String| place.json::<Actor>("created_by", text);
        let uses_left: u32 = place.number("uses_left", self.uses_left.max(0))?;
        let expires_at = Timestamp(self.expires_at);
        let state = match self.revoked_at {
            Some(at) => TokenState::Revoked(Timestamp(at)),
            None if uses_left == 0 => TokenState::UsedUp,
            None if expires_at <= now => TokenState::Expired,
            None => TokenState::Good,
        };
        Ok(Shown {
            id: place.parse("id", &self.id)?,
            created_at: Timestamp(self.created_at),
            created_by: self.created_by.as_ref().map(by).transpose()?,
            expires_at,
            uses: self.uses.map(|uses| place.number("uses", uses)).transpose()?,
            uses_left,
            state,
        })
    }
}

/// A token that is about to be added.
pub(crate) struct NewTokenRow<'a> {
    pub id: TokenId,
    pub hash: SecretHash,
    pub cluster: ClusterId,
    pub expires_at: Timestamp,
    /// How many hosts may enrol with it.
    pub uses: u32,
    pub by: &'a Actor,
}

impl Write {
    /// Adds a token.
    pub(crate) async fn insert_token(&mut self, new: &NewTokenRow<'_>) -> Result<(), StoreError> {
        let now = self.now();
        sql::query(
            "INSERT INTO tokens (id, secret_hash, cluster_id, created_at, expires_at, uses_left,
                                 uses, created_by)
             VALUES (?, ?, ?, ?, ?, ?6, ?6, ?7)",
        )
        .bind(new.id.to_string())
        .bind(new.hash.as_bytes())
        .bind(new.cluster.to_string())
        .bind(now.0)
        .bind(new.expires_at.0)
        .bind(new.uses)
        .bind(json(new.by))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Takes so many uses off tokens.
    pub(crate) async fn use_tokens(&mut self, all: &[(TokenId, u32)]) -> Result<(), StoreError> {
        let mut sql = QueryBuilder::new(
            "UPDATE tokens SET uses_left = tokens.uses_left - j.column2 FROM (VALUES ",
        );
        sql.rows(all, |values, (id, uses)| {
            values.push_bind(id.to_string()).push_bind(*uses);
        });
        sql.push(") AS j WHERE tokens.id = j.column1");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Revokes a token. Nothing: there is no such token; false: it was revoked already.
    pub(crate) async fn revoke_token(&mut self, id: TokenId) -> Result<Option<bool>, StoreError> {
        let now = self.now();
        let key = id.to_string();
        let revoked =
            sql::query("UPDATE tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL")
                .bind(now.0)
                .bind(&key)
                .execute(self.connection())
                .await?;
        if revoked.rows_affected() > 0 {
            return Ok(Some(true));
        }
        let exists: bool = sql::query_scalar("SELECT EXISTS (SELECT 1 FROM tokens WHERE id = ?)")
            .bind(&key)
            .fetch_one(self.connection())
            .await?;
        Ok(exists.then_some(false))
    }
}
