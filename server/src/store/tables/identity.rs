//! The identity (EK, AK) on record for a host, and what a mismatched host answered with.

use std::collections::HashMap;

use trustboard_attest::{AdmittedKeys, RecordedIdentity};
use trustboard_model::bytes::Bytes;
use trustboard_model::digest::Sha256;
use trustboard_model::host::IdentityState;
use trustboard_model::id::HostId;
use trustboard_model::protocol::TpmIdentity;
use trustboard_model::time::Timestamp;

use super::column::{Place, code};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::secret::sha256;
use crate::store::sql::{self, Flag, FromRow, QueryBuilder};

#[derive(FromRow)]
struct IdentityRow {
    host_id: String,
    ek_public: Vec<u8>,
    ek_certificate: Option<Vec<u8>>,
    ak_public: Vec<u8>,
    ek: Vec<u8>,
    ak: Vec<u8>,
    since: i64,
    #[sqlx(try_from = "Flag")]
    approved_by_operator: bool,
    qualified_signer: Option<Vec<u8>>,
    duplicate_of: Option<String>,
}

/// The identity on record, with the digests of its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredIdentity {
    pub recorded: RecordedIdentity,
    pub ek: Sha256,
    pub ak: Sha256,
    pub since: Timestamp,
}

impl IdentityRow {
    fn stored(self) -> Result<(HostId, StoredIdentity), StoreError> {
        let place = Place { table: "identities", row: &self.host_id };
        let stored = StoredIdentity {
            ek: place.sha256("ek", &self.ek)?,
            ak: place.sha256("ak", &self.ak)?,
            since: Timestamp(self.since),
            recorded: RecordedIdentity {
                tpm: TpmIdentity {
                    ek_public: Bytes(self.ek_public),
                    ek_certificate: self.ek_certificate.map(Bytes),
                    ak_public: Bytes(self.ak_public),
                },
                approved_by_operator: self.approved_by_operator,
                duplicate_of: self.duplicate_of,
                qualified_signer: self.qualified_signer,
            },
        };
        Ok((place.parse("host_id", &self.host_id)?, stored))
    }
}

impl StoredIdentity {
    /// Names the two keys together.
    pub(crate) fn keys(&self) -> Sha256 {
        sha256(&[&self.ek.0, &self.ak.0])
    }
}

impl<Mode> Tx<Mode> {
    /// The identity on record, see [`Tx::identities`].
    pub(crate) async fn identity(
        &mut self,
        host: HostId,
    ) -> Result<Option<StoredIdentity>, StoreError> {
        Ok(self.identities(&[host]).await?.remove(&host))
    }

    /// The identities on record of these hosts. A host that an operator disconnected is no
    /// duplicate: that is how an entry that is no longer used is put aside.
    pub(crate) async fn identities(
        &mut self,
        hosts: &[HostId],
    ) -> Result<HashMap<HostId, StoredIdentity>, StoreError> {
        let mut query = QueryBuilder::new(
            "SELECT i.host_id, i.ek_public, i.ek_certificate, i.ak_public, i.ek, i.ak, i.since,
                    i.approved_by_operator, i.qualified_signer,
                    (SELECT h.name FROM hosts h WHERE h.id = (
                        SELECT o.host_id FROM identities o JOIN hosts d ON d.id = o.host_id
                        WHERE o.host_id <> i.host_id AND (o.ek = i.ek OR o.ak = i.ak)
                          AND d.presence <> 'disconnected' LIMIT 1
                    )) AS duplicate_of
             FROM identities i WHERE i.host_id IN ",
        );
        query.list(hosts.iter().map(ToString::to_string));
        let rows: Vec<IdentityRow> = query.build_query_as().fetch_all(self.connection()).await?;
        rows.into_iter().map(IdentityRow::stored).collect()
    }

    /// The EK that a mismatched host answered with.
    pub(crate) async fn presented_ek(
        &mut self,
        host: HostId,
    ) -> Result<Option<Sha256>, StoreError> {
        let key = host.to_string();
        let ek: Option<Vec<u8>> =
            sql::query_scalar("SELECT ek FROM presented_identities WHERE host_id = ?")
                .bind(&key)
                .fetch_optional(self.connection())
                .await?;
        let place = Place { table: "presented_identities", row: &key };
        ek.map(|ek| place.sha256("ek", &ek)).transpose()
    }

    /// The EK that an operator accepted for the next adoption, if it must be a certain one.
    pub(crate) async fn accepted_ek(&mut self, host: HostId) -> Result<Option<Sha256>, StoreError> {
        let key = host.to_string();
        let ek: Option<Vec<u8>> = sql::query_scalar("SELECT accepted_ek FROM hosts WHERE id = ?")
            .bind(&key)
            .fetch_one(self.connection())
            .await?;
        let place = Place { table: "hosts", row: &key };
        ek.map(|ek| place.sha256("accepted_ek", &ek)).transpose()
    }
}

impl Write {
    /// Puts the state of the identity on record.
    pub(crate) async fn set_identity_state(
        &mut self,
        host: HostId,
        state: IdentityState,
    ) -> Result<(), StoreError> {
        sql::query("UPDATE hosts SET identity_state = ? WHERE id = ?")
            .bind(code(&state))
            .bind(host.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Puts new keys on record. What evidence of the former ones said is forgotten.
    pub(crate) async fn put_identity(
        &mut self,
        host: HostId,
        keys: &AdmittedKeys,
    ) -> Result<(), StoreError> {
        let now = self.now();
        self.fold_repeated(&[host]).await?;
        self.keep_former_identity(host).await?;
        let tpm = keys.tpm();
        sql::query(
            "INSERT INTO identities (host_id, ek_public, ek_certificate, ak_public, ek, ak, since,
                                     approved_by_operator, qualified_signer)
             VALUES (?, ?, ?, ?, ?, ?, ?, 0, NULL)
             ON CONFLICT (host_id) DO UPDATE SET
                 ek_public = excluded.ek_public, ek_certificate = excluded.ek_certificate,
                 ak_public = excluded.ak_public, ek = excluded.ek, ak = excluded.ak,
                 since = excluded.since, approved_by_operator = 0, qualified_signer = NULL",
        )
        .bind(host.to_string())
        .bind(&tpm.ek_public[..])
        .bind(tpm.ek_certificate.as_deref())
        .bind(&tpm.ak_public[..])
        .bind(&keys.ek().0[..])
        .bind(&keys.ak().0[..])
        .bind(now.0)
        .execute(self.connection())
        .await?;
        sql::query("UPDATE hosts SET history = NULL, accepted_ek = NULL WHERE id = ?")
            .bind(host.to_string())
            .execute(self.connection())
            .await?;
        self.not_steady_with(&[host]).await?;
        self.delete_presented(host).await
    }

    /// Notes that an operator approved the EK on record by its hash.
    pub(crate) async fn approve_identity(&mut self, host: HostId) -> Result<(), StoreError> {
        sql::query("UPDATE identities SET approved_by_operator = 1 WHERE host_id = ?")
            .bind(host.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Takes the keys off the record; from now on only `accepted_ek` may be adopted.
    pub(crate) async fn delete_identity(
        &mut self,
        host: HostId,
        accepted_ek: Sha256,
    ) -> Result<(), StoreError> {
        self.keep_former_identity(host).await?;
        sql::query("DELETE FROM identities WHERE host_id = ?")
            .bind(host.to_string())
            .execute(self.connection())
            .await?;
        sql::query("UPDATE hosts SET history = NULL, accepted_ek = ? WHERE id = ?")
            .bind(&accepted_ek.0[..])
            .bind(host.to_string())
            .execute(self.connection())
            .await?;
        self.delete_presented(host).await
    }

    /// Keeps what a mismatched host answered with. Gives whether that is new.
    pub(crate) async fn put_presented(
        &mut self,
        host: HostId,
        presented: &TpmIdentity,
    ) -> Result<bool, StoreError> {
        let now = self.now();
        let changed = sql::query(
            "INSERT INTO presented_identities
                 (host_id, ek_public, ek_certificate, ak_public, ek, at)
             VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (host_id) DO UPDATE
             SET ek_public = excluded.ek_public, ek_certificate = excluded.ek_certificate,
                 ak_public = excluded.ak_public, ek = excluded.ek, at = excluded.at
             WHERE presented_identities.ek_public <> excluded.ek_public
                OR presented_identities.ak_public <> excluded.ak_public",
        )
        .bind(host.to_string())
        .bind(&presented.ek_public[..])
        .bind(presented.ek_certificate.as_deref())
        .bind(&presented.ak_public[..])
        .bind(&sha256(&[&presented.ek_public]).0[..])
        .bind(now.0)
        .execute(self.connection())
        .await?;
        Ok(changed.rows_affected() > 0)
    }

    /// Forgets what a mismatched host answered with.
    pub(crate) async fn delete_presented(&mut self, host: HostId) -> Result<(), StoreError> {
        sql::query("DELETE FROM presented_identities WHERE host_id = ?")
            .bind(host.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
