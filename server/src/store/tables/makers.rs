//! TPM makers' certificates, their revocation lists, and the reports of imports.

use trustboard_attest::endorsement::{Certificate, RevocationList};
use trustboard_model::bytes::to_hex;
use trustboard_model::digest::Sha256;
use trustboard_model::event::Actor;
use trustboard_model::id::ImportId;
use trustboard_model::maker::MakerTrust;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{ImportReport, ImportSummary, MakerDecided};

use super::column::{Place, code, json};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::record::{MakerListRecord, MakerRecord};
use crate::store::sql::{self, FromRow};

#[derive(FromRow)]
struct CertificateRow {
    fingerprint: Vec<u8>,
    der: Vec<u8>,
    trust: String,
    file: String,
    added_at: i64,
    added_by: String,
    decided_at: Option<i64>,
    decided_by: Option<String>,
    note: Option<String>,
}

impl TryFrom<CertificateRow> for MakerRecord {
    type Error = StoreError;

    fn try_from(row: CertificateRow) -> Result<Self, StoreError> {
        let key = to_hex(&row.fingerprint);
        let place = Place { table: "maker_certificates", row: &key };
        let certificate =
            Certificate::parse("certificate", &row.der).map_err(|_| place.bad("der"))?;
        if certificate.fingerprint() != place.sha256("fingerprint", &row.fingerprint)? {
            return Err(place.bad("fingerprint"));
        }
        let decision = match (row.decided_at, row.decided_by) {
            (Some(at), Some(by)) => Some(MakerDecided {
                by: place.json("decided_by", &by)?,
                at: Timestamp(at),
                note: row.note,
            }),
            _ => None,
        };
        Ok(Self {
            certificate,
            trust: place.code("trust", &row.trust)?,
            file: row.file,
            by: place.json("added_by", &row.added_by)?,
            at: Timestamp(row.added_at),
            decision,
        })
    }
}

#[derive(FromRow)]
struct ListRow {
    fingerprint: Vec<u8>,
    der: Vec<u8>,
    file: String,
    added_at: i64,
    added_by: String,
}

impl TryFrom<ListRow> for MakerListRecord {
    type Error = StoreError;

    fn try_from(row: ListRow) -> Result<Self, StoreError> {
        let key = to_hex(&row.fingerprint);
        let place = Place { table: "maker_revocation_lists", row: &key };
        let list = RevocationList::parse(&row.der).map_err(|_| place.bad("der"))?;
        let by = place.json("added_by", &row.added_by)?;
        Ok(Self { list, file: row.file, by, at: Timestamp(row.added_at) })
    }
}

impl<Mode> Tx<Mode> {
    /// Every certificate on record.
    pub(crate) async fn maker_certificates(&mut self) -> Result<Vec<MakerRecord>, StoreError> {
        let rows: Vec<CertificateRow> = sql::query_as(
            "SELECT fingerprint, der, trust, file, added_at, added_by, decided_at, decided_by, note
             FROM maker_certificates ORDER BY fingerprint",
        )
        .fetch_all(self.connection())
        .await?;
        rows.into_iter().map(MakerRecord::try_from).collect()
    }

    /// What the certificate with this fingerprint counts for, if it is on record.
    pub(crate) async fn maker_trust(
        &mut self,
        fingerprint: Sha256,
    ) -> Result<Option<MakerTrust>, StoreError> {
        let found: Option<String> =
            sql::query_scalar("SELECT trust FROM maker_certificates WHERE fingerprint = ?")
                .bind(&fingerprint.0[..])
                .fetch_optional(self.connection())
                .await?;
        let key = fingerprint.to_string();
        let place = Place { table: "maker_certificates", row: &key };
        found.map(|trust| place.code("trust", &trust)).transpose()
    }

    /// How many certificates and revocation lists are on record.
    pub(crate) async fn count_makers(&mut self) -> Result<u64, StoreError> {
        let count: i64 = sql::query_scalar(
            "SELECT (SELECT count(*) FROM maker_certificates)
                  + (SELECT count(*) FROM maker_revocation_lists)",
        )
        .fetch_one(self.connection())
        .await?;
        Place { table: "maker_certificates", row: "all" }.number("count", count)
    }

    /// Every revocation list on record.
    pub(crate) async fn maker_lists(&mut self) -> Result<Vec<MakerListRecord>, StoreError> {
        let rows: Vec<ListRow> = sql::query_as(
            "SELECT fingerprint, der, file, added_at, added_by FROM maker_revocation_lists
             ORDER BY fingerprint",
        )
        .fetch_all(self.connection())
        .await?;
        rows.into_iter().map(MakerListRecord::try_from).collect()
    }

    /// The issuer of a revocation list on record.
    pub(crate) async fn maker_list(
        &mut self,
        fingerprint: Sha256,
    ) -> Result<Option<String>, StoreError> {
        let der: Option<Vec<u8>> =
            sql::query_scalar("SELECT der FROM maker_revocation_lists WHERE fingerprint = ?")
                .bind(&fingerprint.0[..])
                .fetch_optional(self.connection())
                .await?;
        let key = fingerprint.to_string();
        let place = Place { table: "maker_revocation_lists", row: &key };
        let issuer = |der: Vec<u8>| {
            let list = RevocationList::parse(&der).map_err(|_| place.bad("der"))?;
            Ok(list.issuer.to_string())
        };
        der.map(issuer).transpose()
    }

    /// The latest imports, newest first.
    pub(crate) async fn maker_imports(
        &mut self,
        limit: u32,
    ) -> Result<Vec<ImportSummary>, StoreError> {
        let rows: Vec<(String, String)> = sql::query_as(
            "SELECT id, summary FROM maker_imports ORDER BY at DESC, rowid DESC LIMIT ?",
        )
        .bind(limit)
        .fetch_all(self.connection())
        .await?;
        let summary = |(id, text): (String, String)| {
            Place { table: "maker_imports", row: &id }.json("summary", &text)
        };
        rows.into_iter().map(summary).collect()
    }

    /// One import with its lines.
    pub(crate) async fn maker_import(
        &mut self,
        id: ImportId,
    ) -> Result<Option<ImportReport>, StoreError> {
        let key = id.to_string();
        let row: Option<(String, String)> =
            sql::query_as("SELECT summary, lines FROM maker_imports WHERE id = ?")
                .bind(&key)
                .fetch_optional(self.connection())
                .await?;
        let place = Place { table: "maker_imports", row: &key };
        let report = |(summary, lines): (String, String)| {
            let summary = place.json("summary", &summary)?;
            Ok(ImportReport { summary, lines: place.json("lines", &lines)? })
        };
        row.map(report).transpose()
    }
}

impl Write {
    /// Adds a certificate; its fingerprint must be new.
    pub(crate) async fn insert_maker_certificate(
        &mut self,
        certificate: &Certificate,
        trust: MakerTrust,
        file: &str,
        by: &Actor,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sql::query(
            "INSERT INTO maker_certificates (fingerprint, der, trust, file, added_at, added_by)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&certificate.fingerprint().0[..])
        .bind(certificate.as_der())
        .bind(code(&trust))
        .bind(file)
        .bind(now.0)
        .bind(json(by))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Changes what a certificate counts for.
    pub(crate) async fn set_maker_trust(
        &mut self,
        fingerprint: Sha256,
        trust: MakerTrust,
        by: &Actor,
        note: Option<&str>,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sql::query(
            "UPDATE maker_certificates SET trust = ?, decided_at = ?, decided_by = ?, note = ?
             WHERE fingerprint = ?",
        )
        .bind(code(&trust))
        .bind(now.0)
        .bind(json(by))
        .bind(note)
        .bind(&fingerprint.0[..])
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Forgets a certificate or a revocation list.
    pub(crate) async fn delete_maker(&mut self, fingerprint: Sha256) -> Result<(), StoreError> {
        for statement in [
            "DELETE FROM maker_certificates WHERE fingerprint = ?",
            "DELETE FROM maker_revocation_lists WHERE fingerprint = ?",
        ] {
            sql::query(statement).bind(&fingerprint.0[..]).execute(self.connection()).await?;
        }
        Ok(())
    }

    /// Adds a revocation list; its fingerprint must be new.
    pub(crate) async fn insert_maker_list(
        &mut self,
        list: &RevocationList,
        file: &str,
        by: &Actor,
    ) -> Result<(), StoreError> {
        let now = self.now();
        sql::query(
            "INSERT INTO maker_revocation_lists (fingerprint, der, file, added_at, added_by)
             VALUES (?, ?, ?, ?, ?)",
        )
        .bind(&list.fingerprint().0[..])
        .bind(list.as_der())
        .bind(file)
        .bind(now.0)
        .bind(json(by))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Keeps the report of an import, and of all only the newest `keep`.
    pub(crate) async fn insert_maker_import(
        &mut self,
        report: &ImportReport,
        keep: u32,
    ) -> Result<(), StoreError> {
        let ImportReport { summary, lines } = report;
        sql::query("INSERT INTO maker_imports (id, at, summary, lines) VALUES (?, ?, ?, ?)")
            .bind(summary.id.to_string())
            .bind(summary.at.0)
            .bind(json(summary))
            .bind(json(lines))
            .execute(self.connection())
            .await?;
        sql::query(
            "DELETE FROM maker_imports WHERE id NOT IN
                 (SELECT id FROM maker_imports ORDER BY at DESC, rowid DESC LIMIT ?)",
        )
        .bind(keep)
        .execute(self.connection())
        .await?;
        Ok(())
    }
}
