//! What evidence leaves behind: its newest message with everything of its moment, and event logs
//! that need not be sent again.

use trustboard_attest::{BundledEvidence, BundledLog, RecordedIdentity, SessionIdentity};
use trustboard_model::appraisal::ClockInfo;
use trustboard_model::bytes::Bytes;
use trustboard_model::digest::Sha256;
use trustboard_model::id::HostId;
use trustboard_model::time::Timestamp;

use super::appraisal::Standing;
use super::column::{Place, json};
use super::identity::StoredIdentity;
use super::kept::KeptJudging;
use super::{Tx, Write};
use crate::session::wire;
use crate::store::StoreError;
use crate::store::evidence::{
    EvidenceContext, KeptIdentity, KeptKeys, KeptLog, KeptSent, StoredEvidence,
};
use crate::store::repeated::RepeatedAnswer;
use crate::store::secret::sha256;
use crate::store::sql::{self, FromRow};

#[derive(FromRow)]
struct EvidenceRow {
    received_at: i64,
    appraised_at: Option<i64>,
    cbor: Vec<u8>,
    context: Option<Vec<u8>>,
    answered_at: Option<i64>,
    answer: Option<Vec<u8>>,
}

/// What evidence names of what others may name too.
#[derive(FromRow, Default, PartialEq)]
struct NamesRow {
    log: Option<Vec<u8>>,
    systemd_log: Option<Vec<u8>>,
    standards: Option<Vec<u8>>,
    identity: Option<Vec<u8>>,
}

/// Evidence as it stands in its row.
pub(super) struct Stored {
    pub received_at: Timestamp,
    pub appraised_at: Timestamp,
    pub message: Vec<u8>,
    pub context: Vec<u8>,
    /// What the newest answer that repeats it has of its own, and when it came.
    pub answer: Option<(Timestamp, RepeatedAnswer)>,
}

impl Stored {
    fn context(&self, place: Place<'_>) -> Result<EvidenceContext, StoreError> {
        wire::decode(&self.context).map_err(|_| place.bad("context"))
    }
}

/// What stands beside evidence in the row of when its host was verified.
pub(super) fn newest_answer(
    place: Place<'_>,
    at: Option<i64>,
    answer: Option<Vec<u8>>,
) -> Result<Option<(Timestamp, RepeatedAnswer)>, StoreError> {
    let Some((at, answer)) = at.zip(answer) else { return Ok(None) };
    let answer = RepeatedAnswer::decode(&answer).map_err(|_| place.bad("answer"))?;
    Ok(Some((Timestamp(at), answer)))
}

impl<Mode> Tx<Mode> {
    /// A log.
    pub(crate) async fn event_log(
        &mut self,
        digest: Sha256,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let bytes = sql::query_scalar("SELECT bytes FROM event_logs WHERE digest = ?")
            .bind(&digest.0[..])
            .fetch_optional(self.connection())
            .await?;
        Ok(bytes)
    }

    /// A host's newest evidence. Nothing if there is none that can be appraised again: never any,
    /// kept by an earlier version, or of another identity than the one on record now.
    pub(crate) async fn stored_evidence(
        &mut self,
        host: HostId,
    ) -> Result<Option<StoredEvidence>, StoreError> {
        let key = host.to_string();
        let place = Place { table: "evidence", row: &key };
        let row: Option<EvidenceRow> = sql::query_as(
            "SELECT e.received_at, e.appraised_at, e.cbor, e.context, v.at AS answered_at, v.answer
             FROM evidence e LEFT JOIN verified v ON v.host_id = e.host_id WHERE e.host_id = ?",
        )
        .bind(&key)
        .fetch_optional(self.connection())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let EvidenceRow { received_at, appraised_at, cbor, context, answered_at, answer } = row;
        let Some(context) = context else { return Ok(None) };
        let on_record = self.identity(host).await?;
        let keys = on_record.as_ref().map(StoredIdentity::keys);
        let stored = Stored {
            received_at: Timestamp(received_at),
            appraised_at: Timestamp(appraised_at.unwrap_or(received_at)),
            message: cbor,
            context,
            answer: newest_answer(place, answered_at, answer)?,
        };
        let context = stored.context(place)?;
        if keys != context.identity.as_ref().map(|identity| identity.keys) {
            return Ok(None);
        }
        let on_record = on_record.map(|stored| stored.recorded);
        self.restored(place, stored, context, on_record).await.map(Some)
    }

    /// Evidence with the identity that was on record when it was appraised, whichever is now.
    /// Nothing if its keys are not kept any more. Approval and duplicates are for the caller to
    /// put in.
    pub(super) async fn as_it_was(
        &mut self,
        host: HostId,
        place: Place<'_>,
        stored: Stored,
    ) -> Result<Option<StoredEvidence>, StoreError> {
        let context = stored.context(place)?;
        let on_record = match &context.identity {
            None => None,
            Some(KeptIdentity { keys, .. }) => {
                let now = self.identity(host).await?.filter(|stored| stored.keys() == *keys);
                let tpm = match now {
                    Some(stored) => Some(stored.recorded.tpm),
                    None => self.former_identity(*keys).await?,
                };
                let Some(tpm) = tpm else { return Ok(None) };
                Some(RecordedIdentity {
                    tpm,
                    approved_by_operator: false,
                    duplicate_of: None,
                    qualified_signer: None,
                })
            }
        };
        self.restored(place, stored, context, on_record).await.map(Some)
    }

    async fn restored(
        &mut self,
        place: Place<'_>,
        stored: Stored,
        mut context: EvidenceContext,
        on_record: Option<RecordedIdentity>,
    ) -> Result<StoredEvidence, StoreError> {
        let mut message = match context.sent {
            KeptSent::Message { .. } => {
                Some(wire::decode(&stored.message).map_err(|_| place.bad("cbor"))?)
            }
            KeptSent::Unreadable { .. } | KeptSent::Refused { .. } => None,
        };
        let (mut received_at, mut appraised_at) = (stored.received_at, stored.appraised_at);
        if let (Some((at, answer)), Some(message)) = (&stored.answer, &mut message) {
            answer.onto(message, &mut context).map_err(|column| place.bad(column))?;
            (received_at, appraised_at) = (*at, *at);
        }
        let presented = match (context.presented, &on_record) {
            (KeptKeys::None, _) => None,
            (KeptKeys::OnRecord, Some(recorded)) => Some(recorded.tpm.clone()),
            (KeptKeys::OnRecord, None) => return Err(place.bad("context")),
            (KeptKeys::Other(keys), _) => Some(*keys),
        };
        let evidence = match context.sent {
            KeptSent::Message { log, systemd_log } => BundledEvidence::Sent {
                message: Box::new(message.ok_or_else(|| place.bad("cbor"))?),
                log: self.kept_log(log).await?,
                systemd_log: self.kept_log(systemd_log).await?,
            },
            KeptSent::Unreadable { problem } => BundledEvidence::Unreadable { problem },
            KeptSent::Refused { problem } => BundledEvidence::Refused { problem },
        };
        let identity = on_record.zip(context.identity).map(|(mut recorded, then)| {
            recorded.qualified_signer = then.qualified_signer.map(|signer| signer.0);
            recorded
        });
        Ok(StoredEvidence {
            received_at,
            appraised_at,
            challenge: context.challenge,
            evidence,
            session: SessionIdentity { presented, proof: context.proof },
            identity,
            history: context.history,
        })
    }

    async fn kept_log(&mut self, log: KeptLog) -> Result<BundledLog, StoreError> {
        Ok(match log {
            KeptLog::Absent => BundledLog::Absent,
            KeptLog::NotKept(digest) => BundledLog::NotKept(digest),
            KeptLog::Kept(digest) => match self.event_log(digest).await? {
                Some(bytes) => BundledLog::Bytes(Bytes(bytes)),
                None => BundledLog::NotKept(digest),
            },
        })
    }

    /// When the host's newest evidence was received.
    pub(crate) async fn evidence_received_at(
        &mut self,
        host: HostId,
    ) -> Result<Option<Timestamp>, StoreError> {
        let at: Option<i64> =
            sql::query_scalar("SELECT received_at FROM evidence WHERE host_id = ?")
                .bind(host.to_string())
                .fetch_optional(self.connection())
                .await?;
        Ok(at.map(Timestamp))
    }
}

impl Write {
    /// Keeps the newest evidence of a host: the message without its logs, its context, and what it
    /// was judged by; `clock` is that of its quote.
    pub(crate) async fn put_evidence(
        &mut self,
        host: HostId,
        message: &[u8],
        context: &EvidenceContext,
        judged: KeptJudging<'_>,
        clock: Option<ClockInfo>,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let key = host.to_string();
        let (log, systemd_log) = match &context.sent {
            KeptSent::Message { log, systemd_log } => (log.digest(), systemd_log.digest()),
            KeptSent::Unreadable { .. } | KeptSent::Refused { .. } => (None, None),
        };
        let before: Option<NamesRow> = sql::query_as(
            "SELECT log, systemd_log, standards, identity FROM evidence WHERE host_id = ?",
        )
        .bind(&key)
        .fetch_optional(self.connection())
        .await?;
        let names = NamesRow {
            log: log.map(|digest| digest.0.to_vec()),
            systemd_log: systemd_log.map(|digest| digest.0.to_vec()),
            standards: Some(judged.digest.0.to_vec()),
            identity: context.identity.as_ref().map(|identity| identity.keys.0.to_vec()),
        };
        // A steady host's names stay, and with them all indexes.
        let same = before.as_ref() == Some(&names);
        let mut row = sql::query(if same {
            "UPDATE evidence SET received_at = ?1, appraised_at = ?1, cbor = ?2, context = ?3,
                                 judged = ?4, resets = ?5
             WHERE host_id = ?6"
        } else {
            "INSERT INTO evidence
                 (received_at, appraised_at, cbor, context, judged, resets, host_id, log,
                  systemd_log, standards, identity)
             VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (host_id) DO UPDATE SET
                 received_at = excluded.received_at, appraised_at = excluded.appraised_at,
                 cbor = excluded.cbor, context = excluded.context, judged = excluded.judged,
                 resets = excluded.resets, log = excluded.log, systemd_log = excluded.systemd_log,
                 standards = excluded.standards, identity = excluded.identity"
        })
        .bind(now.0)
        .bind(message)
        .bind(wire::encode(context))
        .bind(json(judged.with))
        .bind(clock.map(|clock| clock.reset_count))
        .bind(&key);
        if same {
            row.execute(self.connection()).await?;
            return Ok(());
        }
        // The host's evidence before was judged by the same: they are kept already.
        if before.as_ref().is_none_or(|before| before.standards != names.standards) {
            self.keep_standards(judged).await?;
        }
        row = row.bind(&names.log).bind(&names.systemd_log);
        row = row.bind(&names.standards).bind(&names.identity);
        row.execute(self.connection()).await?;
        let NamesRow { log: log_before, systemd_log: systemd_before, .. } =
            before.unwrap_or_default();
        let place = Place { table: "evidence", row: &key };
        for (column, before, now) in
            [("log", log_before, log), ("systemd_log", systemd_before, systemd_log)]
        {
            let before = before.map(|digest| place.sha256(column, &digest)).transpose()?;
            if let Some(before) = before.filter(|before| Some(*before) != now) {
                self.release_log(before).await?;
            }
        }
        Ok(())
    }

    /// Notes that a host's stored evidence was appraised again now.
    pub(crate) async fn set_appraised_at(&mut self, host: HostId) -> Result<(), StoreError> {
        let now = self.now();
        sql::query("UPDATE evidence SET appraised_at = ? WHERE host_id = ?")
            .bind(now.0)
            .bind(host.to_string())
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Adds a log, if it is not there.
    pub(crate) async fn add_log(&mut self, bytes: &[u8]) -> Result<Sha256, StoreError> {
        let digest = sha256(&[bytes]);
        sql::query("INSERT INTO event_logs (digest, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(&digest.0[..])
            .bind(bytes)
            .execute(self.connection())
            .await?;
        Ok(digest)
    }

    /// Keeps an event log as the one that the host need not send again. The log before is taken
    /// away if nothing else relies on it.
    pub(crate) async fn put_log(
        &mut self,
        host: HostId,
        standing: &Standing,
        bytes: &[u8],
    ) -> Result<Sha256, StoreError> {
        let digest = self.add_log(bytes).await?;
        if standing.known_log == Some(digest) {
            return Ok(digest);
        }
        sql::query("UPDATE hosts SET known_log = ? WHERE id = ?")
            .bind(&digest.0[..])
            .bind(host.to_string())
            .execute(self.connection())
            .await?;
        if let Some(before) = standing.known_log {
            self.release_log(before).await?;
        }
        Ok(digest)
    }

    /// Takes a log away unless a host, its evidence or a configuration relies on it.
    pub(crate) async fn release_log(&mut self, digest: Sha256) -> Result<(), StoreError> {
        sql::query(
            "DELETE FROM event_logs WHERE digest = ?1
             AND NOT EXISTS (SELECT 1 FROM hosts WHERE known_log = ?1)
             AND NOT EXISTS (SELECT 1 FROM evidence WHERE log = ?1)
             AND NOT EXISTS (SELECT 1 FROM evidence WHERE systemd_log = ?1)
             AND NOT EXISTS (SELECT 1 FROM kept_evidence WHERE log = ?1)
             AND NOT EXISTS (SELECT 1 FROM kept_evidence WHERE systemd_log = ?1)
             AND NOT EXISTS (SELECT 1 FROM configurations WHERE log = ?1)",
        )
        .bind(&digest.0[..])
        .execute(self.connection())
        .await?;
        Ok(())
    }
}
