//! Evidence of every run of appraisals, with what it was judged by, for as long as it is kept.

use trustboard_attest::Standards;
use trustboard_model::bytes::Bytes;
use trustboard_model::digest::Sha256;
use trustboard_model::host::Attestation;
use trustboard_model::id::{AppraisalId, HostId};
use trustboard_model::policy::Policy;
use trustboard_model::protocol::TpmIdentity;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{KeptEvidence, WhichEvidence};

use super::column::{Place, json};
use super::evidence::{Stored, newest_answer};
use super::{Tx, Write};
use crate::store::StoreError;
use crate::store::evidence::StoredEvidence;
use crate::store::kept::{JudgedWith, KeptStandards, Part};
use crate::store::sql::{self, FromRow, QueryBuilder};

/// What evidence was judged by, about to be kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KeptJudging<'a> {
    pub standards: &'a Standards,
    pub digest: Sha256,
    pub with: &'a JudgedWith,
}

/// Evidence with everything that appraising it again takes.
#[derive(Debug, Clone)]
pub(crate) struct KeptRow {
    pub evidence: StoredEvidence,
    pub standards: KeptStandards,
    pub with: JudgedWith,
}

#[derive(FromRow)]
struct Row {
    received_at: i64,
    appraised_at: i64,
    cbor: Vec<u8>,
    context: Vec<u8>,
    standards: Vec<u8>,
    judged: String,
    answered_at: Option<i64>,
    answer: Option<Vec<u8>>,
}

#[derive(FromRow)]
struct ListedRow {
    appraisal_id: String,
    which: String,
    received_at: i64,
    appraised_at: i64,
    resets: Option<i64>,
    attestation: String,
}

#[derive(FromRow)]
struct StandardsRow {
    policy: String,
    makers: Vec<u8>,
    revocations: Option<Vec<u8>>,
    approved: String,
}

#[derive(FromRow)]
struct KeysRow {
    ek_public: Vec<u8>,
    ek_certificate: Option<Vec<u8>>,
    ak_public: Vec<u8>,
}

/// Every piece of evidence of one host that is kept: those of runs, and the newest.
macro_rules! all_evidence_of_host {
    () => {
        "SELECT k.appraisal_id, k.which, k.received_at, k.appraised_at, k.resets, a.attestation
         FROM kept_evidence k JOIN appraisals a ON a.id = k.appraisal_id WHERE k.host_id = ?1
         UNION ALL
         SELECT h.appraisal_id, 'last', CASE WHEN v.repeats > 0 THEN v.at ELSE e.received_at END,
                CASE WHEN v.repeats > 0 THEN v.at ELSE e.appraised_at END, e.resets, h.attestation
         FROM evidence e JOIN hosts h ON h.id = e.host_id LEFT JOIN verified v ON v.host_id = e.host_id
         WHERE e.host_id = ?1 AND e.standards IS NOT NULL AND h.appraisal_id IS NOT NULL"
    };
}

impl<Mode> Tx<Mode> {
    /// The last evidence up to a moment, and the next after it. What was judged again counts as it
    /// was judged last before the moment, then first.
    pub(crate) async fn kept_around(
        &mut self,
        host: HostId,
        at: Timestamp,
    ) -> Result<(Option<KeptEvidence>, Option<KeptEvidence>), StoreError> {
        let before: Option<ListedRow> = sql::query_as(concat!(
            "SELECT * FROM (",
            all_evidence_of_host!(),
            ") AS kept WHERE received_at <= ?2
               ORDER BY received_at DESC, appraised_at > ?2, appraised_at DESC, which LIMIT 1"
        ))
        .bind(host.to_string())
        .bind(at.0)
        .fetch_optional(self.connection())
        .await?;
        let after: Option<ListedRow> = sql::query_as(concat!(
            "SELECT * FROM (",
            all_evidence_of_host!(),
            ") AS kept WHERE received_at > ?2 ORDER BY received_at, appraised_at, which LIMIT 1"
        ))
        .bind(host.to_string())
        .bind(at.0)
        .fetch_optional(self.connection())
        .await?;
        Ok((
            before.map(KeptEvidence::try_from).transpose()?,
            after.map(KeptEvidence::try_from).transpose()?,
        ))
    }

    /// The evidence of one run; nothing if it is not kept.
    pub(crate) async fn kept(
        &mut self,
        host: HostId,
        appraisal: AppraisalId,
        which: WhichEvidence,
    ) -> Result<Option<KeptRow>, StoreError> {
        let key = appraisal.to_string();
        let mut row: Option<Row> = sql::query_as(
            "SELECT received_at, appraised_at, cbor, context, standards, judged,
                    NULL AS answered_at, NULL AS answer
             FROM kept_evidence
             WHERE appraisal_id = ? AND which = ? AND host_id = ?",
        )
        .bind(&key)
        .bind(which.code())
        .bind(host.to_string())
        .fetch_optional(self.connection())
        .await?;
        if row.is_none() && which == WhichEvidence::Last {
            row = sql::query_as(
                "SELECT e.received_at, e.appraised_at, e.cbor, e.context, e.standards, e.judged,
                        v.at AS answered_at, v.answer
                 FROM evidence e JOIN hosts h ON h.id = e.host_id
                                 LEFT JOIN verified v ON v.host_id = e.host_id
                 WHERE e.host_id = ? AND h.appraisal_id = ? AND e.standards IS NOT NULL
                   AND e.context IS NOT NULL AND e.appraised_at IS NOT NULL",
            )
            .bind(host.to_string())
            .bind(&key)
            .fetch_optional(self.connection())
            .await?;
        }
        let Some(row) = row else { return Ok(None) };
        let place = Place { table: "kept_evidence", row: &key };
        let with: JudgedWith = place.json("judged", &row.judged)?;
        let stored = Stored {
            received_at: Timestamp(row.received_at),
            appraised_at: Timestamp(row.appraised_at),
            message: row.cbor,
            context: row.context,
            answer: newest_answer(place, row.answered_at, row.answer)?,
        };
        let digest = place.sha256("standards", &row.standards)?;
        let Some(mut evidence) = self.as_it_was(host, place, stored).await? else {
            return Ok(None);
        };
        if let Some(identity) = &mut evidence.identity {
            identity.approved_by_operator = with.approved_by_operator;
            identity.duplicate_of.clone_from(&with.duplicate_of);
        }
        let standards = self.kept_standards(digest).await?;
        Ok(Some(KeptRow { evidence, standards, with }))
    }

    async fn kept_standards(&mut self, digest: Sha256) -> Result<KeptStandards, StoreError> {
        let key = digest.to_string();
        let place = Place { table: "kept_standards", row: &key };
        let row: Option<StandardsRow> = sql::query_as(
            "SELECT policy, makers, revocations, approved FROM kept_standards WHERE digest = ?",
        )
        .bind(&digest.0[..])
        .fetch_optional(self.connection())
        .await?;
        let StandardsRow { policy, makers, revocations, approved } =
            row.ok_or_else(|| place.bad("digest"))?;
        let revocations = match revocations {
            None => None,
            Some(digest) => Some(self.part(place.sha256("revocations", &digest)?).await?),
        };
        let mut parts = Vec::new();
        for digest in place.json::<Vec<Sha256>>("approved", &approved)? {
            parts.push(self.part(digest).await?);
        }
        Ok(KeptStandards {
            policy: place.json::<Policy>("policy", &policy)?,
            makers: self.part(place.sha256("makers", &makers)?).await?,
            revocations,
            approved: parts,
        })
    }

    async fn part(&mut self, digest: Sha256) -> Result<Part, StoreError> {
        let bytes: Option<Vec<u8>> =
            sql::query_scalar("SELECT bytes FROM kept_parts WHERE digest = ?")
                .bind(&digest.0[..])
                .fetch_optional(self.connection())
                .await?;
        let key = digest.to_string();
        let bytes = bytes.ok_or_else(|| Place { table: "kept_parts", row: &key }.bad("digest"))?;
        Ok(Part { digest, bytes })
    }

    /// Keys that were on record for some host.
    pub(super) async fn former_identity(
        &mut self,
        keys: Sha256,
    ) -> Result<Option<TpmIdentity>, StoreError> {
        let row: Option<KeysRow> = sql::query_as(
            "SELECT ek_public, ek_certificate, ak_public FROM former_identities WHERE keys = ?",
        )
        .bind(&keys.0[..])
        .fetch_optional(self.connection())
        .await?;
        Ok(row.map(|row| TpmIdentity {
            ek_public: Bytes(row.ek_public),
            ek_certificate: row.ek_certificate.map(Bytes),
            ak_public: Bytes(row.ak_public),
        }))
    }
}

impl TryFrom<ListedRow> for KeptEvidence {
    type Error = StoreError;

    fn try_from(row: ListedRow) -> Result<Self, StoreError> {
        let place = Place { table: "kept_evidence", row: &row.appraisal_id };
        Ok(Self {
            appraisal: place.parse("appraisal_id", &row.appraisal_id)?,
            which: WhichEvidence::from_code(&row.which).ok_or_else(|| place.bad("which"))?,
            received_at: Timestamp(row.received_at),
            appraised_at: Timestamp(row.appraised_at),
            attestation: Attestation::from_code(&row.attestation)
                .ok_or_else(|| place.bad("attestation"))?,
            resets: row.resets.map(|resets| place.number("resets", resets)).transpose()?,
        })
    }
}

impl Write {
    /// Keeps the newest evidence of hosts as the first of runs that begin with it.
    pub(crate) async fn keep_first(
        &mut self,
        all: &[(AppraisalId, HostId)],
    ) -> Result<(), StoreError> {
        self.keep_newest(all, WhichEvidence::First).await
    }

    /// Keeps the newest evidence of hosts as the last of runs that end, unless it is the first
    /// one, too.
    pub(crate) async fn keep_last(
        &mut self,
        all: &[(AppraisalId, HostId)],
    ) -> Result<(), StoreError> {
        self.keep_newest(all, WhichEvidence::Last).await
    }

    async fn keep_newest(
        &mut self,
        all: &[(AppraisalId, HostId)],
        which: WhichEvidence,
    ) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        // Of an earlier version there is nothing to keep: what it was judged by is not known.
        let mut sql = QueryBuilder::new(
            "INSERT INTO kept_evidence
                 (appraisal_id, which, host_id, received_at, appraised_at, cbor, context, log,
                  systemd_log, standards, judged, identity, resets)
             SELECT j.column1, ",
        );
        sql.push_bind(which.code());
        sql.push(
            ", e.host_id, e.received_at, coalesce(e.appraised_at, e.received_at), e.cbor, e.context,
               e.log, e.systemd_log, e.standards, e.judged, e.identity, e.resets
             FROM (VALUES ",
        );
        sql.rows(all, |values, (appraisal, host)| {
            values.push_bind(appraisal.to_string()).push_bind(host.to_string());
        });
        sql.push(
            ") AS j JOIN evidence e ON e.host_id = j.column2
             WHERE e.standards IS NOT NULL AND e.context IS NOT NULL
               AND NOT EXISTS (
                   SELECT 1 FROM kept_evidence k WHERE k.appraisal_id = j.column1
                   AND k.which = 'first' AND k.received_at = e.received_at
                   AND k.appraised_at = e.appraised_at)
             ON CONFLICT (appraisal_id, which) DO UPDATE SET
                 host_id = excluded.host_id, received_at = excluded.received_at,
                 appraised_at = excluded.appraised_at, cbor = excluded.cbor,
                 context = excluded.context, log = excluded.log,
                 systemd_log = excluded.systemd_log, standards = excluded.standards,
                 judged = excluded.judged, identity = excluded.identity, resets = excluded.resets",
        );
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Keeps standards, if they are not kept yet.
    pub(super) async fn keep_standards(
        &mut self,
        judged: KeptJudging<'_>,
    ) -> Result<(), StoreError> {
        let kept: bool =
            sql::query_scalar("SELECT EXISTS (SELECT 1 FROM kept_standards WHERE digest = ?)")
                .bind(&judged.digest.0[..])
                .fetch_one(self.connection())
                .await?;
        if kept {
            return Ok(());
        }
        let KeptStandards { policy, makers, revocations, approved } =
            KeptStandards::of(judged.standards);
        let digests: Vec<Sha256> = approved.iter().map(|part| part.digest).collect();
        let named = (makers.digest, revocations.as_ref().map(|part| part.digest));
        for part in [makers].into_iter().chain(revocations).chain(approved) {
            sql::query(
                "INSERT INTO kept_parts (digest, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING",
            )
            .bind(&part.digest.0[..])
            .bind(part.bytes)
            .execute(self.connection())
            .await?;
        }
        sql::query(
            "INSERT INTO kept_standards (digest, policy, makers, revocations, approved)
             VALUES (?, ?, ?, ?, ?)",
        )
        .bind(&judged.digest.0[..])
        .bind(json(&policy))
        .bind(&named.0.0[..])
        .bind(named.1.map(|digest| digest.0.to_vec()))
        .bind(json(&digests))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Keeps the keys on record before they go, for the evidence that they signed.
    pub(super) async fn keep_former_identity(&mut self, host: HostId) -> Result<(), StoreError> {
        let Some(stored) = self.identity(host).await? else { return Ok(()) };
        let tpm = &stored.recorded.tpm;
        sql::query(
            "INSERT INTO former_identities (keys, ek_public, ek_certificate, ak_public)
             VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(&stored.keys().0[..])
        .bind(&tpm.ek_public[..])
        .bind(tpm.ek_certificate.as_deref())
        .bind(&tpm.ak_public[..])
        .execute(self.connection())
        .await?;
        Ok(())
    }
}
