//! Enrolments between the request and the activated credential.

use std::collections::HashMap;

use trustboard_attest::AdmittedKeys;
use trustboard_model::facts::HostFacts;
use trustboard_model::id::{EnrolmentId, HostId, TokenId};
use trustboard_model::time::Timestamp;

use super::column::{Place, json};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::record::EnrolmentRecord;
use crate::store::secret::SecretHash;
use crate::store::sql::{self, FromRow, QueryBuilder};

#[derive(FromRow)]
struct EnrolmentRow {
    id: String,
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
    /// Enrolments, expired or not; those that are not there are left out.
    pub(crate) async fn enrolments(
        &mut self,
        ids: &[EnrolmentId],
    ) -> Result<HashMap<EnrolmentId, EnrolmentRecord>, StoreError> {
        let mut sql = QueryBuilder::new(
            "SELECT e.id, e.token_id, t.cluster_id, c.datacenter_id, e.secret_hash, e.facts, e.ek,
                    e.expires_at, e.host_id
             FROM enrolments e JOIN tokens t ON t.id = e.token_id
                               JOIN clusters c ON c.id = t.cluster_id WHERE e.id IN ",
        );
        sql.list(ids.iter().map(ToString::to_string));
        let rows: Vec<EnrolmentRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        rows.into_iter().map(EnrolmentRow::record).collect()
    }
}

impl EnrolmentRow {
    fn record(self) -> Result<(EnrolmentId, EnrolmentRecord), StoreError> {
        let place = Place { table: "enrolments", row: &self.id };
        let record = EnrolmentRecord {
            token: place.parse("token_id", &self.token_id)?,
            cluster: place.parse("cluster_id", &self.cluster_id)?,
            datacenter: place.parse("datacenter_id", &self.datacenter_id)?,
            secret: SecretHash::stored(place.sha256("secret_hash", &self.secret_hash)?.0),
            facts: place.json("facts", &self.facts)?,
            ek: place.sha256("ek", &self.ek)?,
            expires_at: Timestamp(self.expires_at),
            host: self.host_id.as_ref().map(|id| place.parse("host_id", id)).transpose()?,
        };
        Ok((place.parse("id", &self.id)?, record))
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
    /// Adds enrolments, and takes away those that have expired.
    pub(crate) async fn insert_enrolments(
        &mut self,
        all: &[NewEnrolment<'_>],
    ) -> Result<(), StoreError> {
        let now = self.now();
        sql::query("DELETE FROM enrolments WHERE expires_at <= ?")
            .bind(now.0)
            .execute(self.connection())
            .await?;
        let mut sql = QueryBuilder::new(
            "INSERT INTO enrolments (id, token_id, secret_hash, facts, ek_public, ek_certificate,
                                     ak_public, ek, ak, expires_at) VALUES ",
        );
        sql.rows(all, |values, new| {
            let tpm = new.keys.tpm();
            values.push_bind(new.id.to_string()).push_bind(new.token.to_string());
            values.push_bind(new.secret.as_bytes()).push_bind(json(new.facts));
            values.push_bind(&tpm.ek_public[..]).push_bind(tpm.ek_certificate.as_deref());
            values.push_bind(&tpm.ak_public[..]);
            values.push_bind(&new.keys.ek().0[..]).push_bind(&new.keys.ak().0[..]);
            values.push_bind(new.expires_at.0);
        });
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Takes enrolments away; the uses of their tokens are free again.
    pub(crate) async fn delete_enrolments(
        &mut self,
        ids: &[EnrolmentId],
    ) -> Result<(), StoreError> {
        if ids.is_empty() {
            return Ok(());
        }
        let mut sql = QueryBuilder::new("DELETE FROM enrolments WHERE id IN ");
        sql.list(ids.iter().map(ToString::to_string));
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Puts the keys of enrolments on record for the hosts that came of them.
    pub(crate) async fn complete_enrolments(
        &mut self,
        all: &[(EnrolmentId, HostId)],
    ) -> Result<(), StoreError> {
        let now = self.now();
        let mut sql = QueryBuilder::new("UPDATE enrolments SET host_id = j.column2 FROM (VALUES ");
        sql.rows(all, |values, (id, host)| {
            values.push_bind(id.to_string()).push_bind(host.to_string());
        });
        sql.push(") AS j WHERE enrolments.id = j.column1");
        sql.build().execute(self.connection()).await?;
        let mut sql = QueryBuilder::new(
            "INSERT INTO identities (host_id, ek_public, ek_certificate, ak_public, ek, ak, since,
                                     approved_by_operator)
             SELECT host_id, ek_public, ek_certificate, ak_public, ek, ak, ",
        );
        sql.push_bind(now.0).push(", 0 FROM enrolments WHERE id IN ");
        sql.list(all.iter().map(|(id, _)| id.to_string()));
        sql.build().execute(self.connection()).await?;
        let hosts: Vec<HostId> = all.iter().map(|(_, host)| *host).collect();
        self.not_steady_with(&hosts).await
    }
}
