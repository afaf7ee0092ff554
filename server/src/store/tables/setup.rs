//! The first run: whether there is anybody, the code of the first administrator, how far it is.

use trustboard_model::time::Timestamp;
use trustboard_model::view::{FirstSteps, Named};

use super::column::Place;
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::secret::SecretHash;
use crate::store::sql;

impl<Mode> Tx<Mode> {
    /// Whether there is any operator.
    pub(crate) async fn has_operators(&mut self) -> Result<bool, StoreError> {
        let found = sql::query_scalar("SELECT EXISTS (SELECT 1 FROM operators)")
            .fetch_one(self.connection())
            .await?;
        Ok(found)
    }

    /// How far the first steps are.
    pub(crate) async fn first_steps(&mut self) -> Result<FirstSteps, StoreError> {
        let datacenter: Option<(String, String)> = sql::query_as(
            "SELECT id, name FROM datacenters ORDER BY created_at DESC, rowid DESC LIMIT 1",
        )
        .fetch_optional(self.connection())
        .await?;
        let cluster: Option<(String, String)> = sql::query_as(
            "SELECT id, name FROM clusters ORDER BY created_at DESC, rowid DESC LIMIT 1",
        )
        .fetch_optional(self.connection())
        .await?;
        let (token, host, green): (bool, bool, bool) = sql::query_as(
            "SELECT EXISTS (SELECT 1 FROM tokens), EXISTS (SELECT 1 FROM hosts),
                    EXISTS (SELECT 1 FROM verified WHERE passed_at IS NOT NULL)",
        )
        .fetch_one(self.connection())
        .await?;
        Ok(FirstSteps {
            datacenter: datacenter
                .map(|(id, name)| {
                    let place = Place { table: "datacenters", row: &id };
                    Ok::<_, StoreError>(Named { id: place.parse("id", &id)?, name })
                })
                .transpose()?,
            cluster: cluster
                .map(|(id, name)| {
                    let place = Place { table: "clusters", row: &id };
                    Ok::<_, StoreError>(Named { id: place.parse("id", &id)?, name })
                })
                .transpose()?,
            token,
            host,
            green,
        })
    }
}

impl Write {
    /// Puts a setup code in force, in the place of the one before.
    pub(crate) async fn put_setup_code(
        &mut self,
        hash: SecretHash,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        sql::query(
            r#"INSERT INTO setup_code ("only", code_hash, expires_at) VALUES (1, ?, ?)
               ON CONFLICT ("only") DO UPDATE SET code_hash = excluded.code_hash,
                                                  expires_at = excluded.expires_at"#,
        )
        .bind(hash.as_bytes())
        .bind(expires_at.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Uses the setup code up. False if it is another one, or has expired.
    pub(crate) async fn take_setup_code(&mut self, hash: SecretHash) -> Result<bool, StoreError> {
        let now = self.now();
        let taken = sql::query("DELETE FROM setup_code WHERE code_hash = ? AND expires_at > ?")
            .bind(hash.as_bytes())
            .bind(now.0)
            .execute(self.connection())
            .await?;
        Ok(taken.rows_affected() > 0)
    }
}
