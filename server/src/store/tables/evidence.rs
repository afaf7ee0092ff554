//! What evidence leaves behind: its newest message with everything of its moment, and event logs
//! that need not be sent again.

use trustboard_attest::{BundledEvidence, BundledLog, RecordedIdentity, SessionIdentity};
use trustboard_model::bytes::Bytes;
use trustboard_model::digest::Sha256;
use trustboard_model::id::HostId;
use trustboard_model::time::Timestamp;

use super::column::Place;
use super::identity::StoredIdentity;
use super::{Tx, Write};
use crate::session::wire;
use crate::store::StoreError;
use crate::store::evidence::{
    EvidenceContext, KeptIdentity, KeptKeys, KeptLog, KeptSent, StoredEvidence,
};
use crate::store::repeated::RepeatedAnswer;
use crate::store::secret::sha256;
use crate::store::sql::{self, FromRow, QueryBuilder};

#[derive(FromRow)]
struct EvidenceRow {
    received_at: i64,
    appraised_at: Option<i64>,
    cbor: Vec<u8>,
    context: Option<Vec<u8>>,
    answered_at: Option<i64>,
    answer: Option<Vec<u8>>,
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
}

impl Write {
    /// Adds a log, if it is not there.
    pub(crate) async fn add_log(&mut self, bytes: &[u8]) -> Result<Sha256, StoreError> {
        let digest = sha256(&[bytes]);
        self.add_logs(&[(digest, bytes)]).await?;
        Ok(digest)
    }

    /// Adds logs, if they are not there.
    pub(super) async fn add_logs(&mut self, logs: &[(Sha256, &[u8])]) -> Result<(), StoreError> {
        if logs.is_empty() {
            return Ok(());
        }
        let mut sql = QueryBuilder::new("INSERT INTO event_logs (digest, bytes) VALUES ");
        sql.rows(logs, |values, (digest, bytes)| {
            values.push_bind(&digest.0[..]).push_bind(*bytes);
        });
        sql.push(" ON CONFLICT DO NOTHING");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Takes logs away unless a host, its evidence or a configuration relies on them.
    pub(crate) async fn release_logs(&mut self, digests: &[Sha256]) -> Result<(), StoreError> {
        if digests.is_empty() {
            return Ok(());
        }
        let mut sql = QueryBuilder::new("DELETE FROM event_logs WHERE digest IN ");
        sql.list(digests.iter().map(|digest| &digest.0[..]));
        sql.push(
            " AND NOT EXISTS (SELECT 1 FROM hosts h WHERE h.known_log = event_logs.digest)
             AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.log = event_logs.digest)
             AND NOT EXISTS (SELECT 1 FROM evidence e WHERE e.systemd_log = event_logs.digest)
             AND NOT EXISTS (SELECT 1 FROM kept_evidence k WHERE k.log = event_logs.digest)
             AND NOT EXISTS (SELECT 1 FROM kept_evidence k WHERE k.systemd_log = event_logs.digest)
             AND NOT EXISTS (SELECT 1 FROM configurations c WHERE c.log = event_logs.digest)",
        );
        sql.build().execute(self.connection()).await?;
        Ok(())
    }
}
