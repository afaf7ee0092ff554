//! Enrolments between the request and the activated credential.

use trustboard_attest::AdmittedKeys;
use trustboard_model::facts::HostFacts;
use trustboard_model::id::{EnrolmentId, HostId, TokenId};
use trustboard_model::time::Timestamp;

use super::column::{Place, json};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::record::EnrolmentRecord;
use crate::store::secret::SecretHash;
use crate::store::sql::{self, FromRow};

#[derive(FromRow)]
struct EnrolmentRow {
    token_id: String,
    cluster_id: String,
    datacenter_id: String,
    secret_hash: Vec<u8>,
    facts: String,
    ek: Vec<u8>,
    expires_at: i64,
    host_id: Option<String>,
}

impl<Mode> Tx<Mode> {
    /// An enrolment, expired or not.
    pub(crate) async fn enrolment(
        &mut self,
        id: EnrolmentId,
    ) -> Result<Option<EnrolmentRecord>, StoreError> {
        let key = id.to_string();
        let row: Option<EnrolmentRow> = sql::query_as(
            "SELECT e.token_id, t.cluster_id, c.datacenter_id, e.secret_hash, e.facts, e.ek,
                    e.expires_at, e.host_id
             FROM enrolments e JOIN tokens t ON t.id = e.token_id
                               JOIN clusters c ON c.id = t.cluster_id WHERE e.id = ?",
        )
        .bind(&key)
        .fetch_optional(self.connection())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let place = Place { table: "enrolments", row: &key };
        Ok(Some(EnrolmentRecord {
            token: place.parse("token_id", &row.token_id)?,
            cluster: place.parse("cluster_id", &row.cluster_id)?,
            datacenter: place.parse("datacenter_id", &row.datacenter_id)?,
            secret: SecretHash::stored(place.sha256("secret_hash", &row.secret_hash)?.0),
            facts: place.json("facts", &row.facts)?,
            ek: place.sha256("ek", &row.ek)?,
            expires_at: Timestamp(row.expires_at),
            host: row.host_id.map(|id| place.parse("host_id", &id)).transpose()?,
        }))
    }
}

/// An enrolment that is about to begin.
pub(crate) struct NewEnrolment<'a> {
    pub id: EnrolmentId,
    pub token: TokenId,
    pub secret: SecretHash,
    pub facts: &'a HostFacts,
    pub keys: &'a AdmittedKeys,
    pub expires_at: Timestamp,
}

impl Write {
    /// Adds an enrolment, and takes away those that have expired.
    pub(crate) async fn insert_enrolment(
        &mut self,
        new: &NewEnrolment<'_>,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sql::query("DELETE FROM enrolments WHERE expires_at <= ?")
            .bind(now.0)
            .execute(self.connection())
            .await?;
        let tpm = new.keys.tpm();
        sql::query(
            "INSERT INTO enrolments (id, token_id, secret_hash, facts, ek_public, ek_certificate,
                                     ak_public, ek, ak, expires_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(new.id.to_string())
        .bind(new.token.to_string())
        .bind(new.secret.as_bytes())
        .bind(json(new.facts))
        .bind(&tpm.ek_public[..])
        .bind(tpm.ek_certificate.as_deref())
        .bind(&tpm.ak_public[..])
        .bind(&new.keys.ek().0[..])
        .bind(&new.keys.ak().0[..])
        .bind(new.expires_at.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Takes an enrolment away; the use of its token is free again.
    pub(crate) async fn delete_enrolment(&mut self, id: EnrolmentId) -> Result<(), StoreError> {
        sql::query("DELETE FROM enrolments WHERE id = ?")
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Puts the keys of an enrolment on record for the host that came of it.
    pub(crate) async fn complete_enrolment(
        &mut self,
        id: EnrolmentId,
        host: HostId,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sql::query("UPDATE enrolments SET host_id = ? WHERE id = ?")
            .bind(host.to_string())
            .bind(id.to_string())
            .execute(self.connection())
            .await?;
        sql::query(
            "INSERT INTO identities (host_id, ek_public, ek_certificate, ak_public, ek, ak, since,
                                     approved_by_operator)
             SELECT host_id, ek_public, ek_certificate, ak_public, ek, ak, ?, 0
             FROM enrolments WHERE id = ?",
        )
        .bind(now.0)
        .bind(id.to_string())
        .execute(self.connection())
        .await?;
        self.not_steady_with(host).await
    }
}
