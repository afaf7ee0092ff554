//! The newest evidence of hosts with its logs, written for many hosts at a time.

use std::borrow::Cow;

use trustboard_model::digest::Sha256;
use trustboard_model::id::HostId;

use super::Write;
use super::column::json;
use super::kept::KeptJudging;
use super::standing::Standing;
use crate::store::StoreError;
use crate::store::sql::QueryBuilder;

/// Evidence of one host that just came in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EvidenceRow<'a> {
    pub host: HostId,
    pub standing: &'a Standing,
    /// The message without its logs, and its context.
    pub message: &'a [u8],
    pub context: &'a [u8],
    /// Names the logs that are kept of it.
    pub log: Option<Sha256>,
    pub systemd_log: Option<Sha256>,
    /// Names the keys that were on record.
    pub keys: Option<Sha256>,
    /// The TPM's count of resets.
    pub resets: Option<u32>,
    pub judged: KeptJudging<'a>,
    /// The event log, if it was sent: the one that the host need not send again.
    pub sent_log: Option<(Sha256, &'a [u8])>,
    /// systemd's log, if it was sent.
    pub sent_systemd_log: Option<(Sha256, &'a [u8])>,
}

/// What newest evidence has that names nothing else but its event log.
#[derive(Debug)]
pub(super) struct InPlace<'a> {
    pub host: HostId,
    /// Its event log, if that is another one.
    pub log: Option<Sha256>,
    pub message: &'a [u8],
    pub context: &'a [u8],
    /// What it was judged with, as JSON.
    pub judged: Cow<'a, str>,
    pub resets: Option<u32>,
}

impl<'a> EvidenceRow<'a> {
    fn in_place(&self) -> InPlace<'a> {
        let EvidenceRow { host, message, context, resets, .. } = *self;
        let judged = Cow::Owned(json(self.judged.with));
        InPlace { host, log: None, message, context, judged, resets }
    }
}

impl EvidenceRow<'_> {
    /// Whether it names the same as the evidence before: then all indexes stay.
    fn names_the_same(&self) -> bool {
        let Standing { evidence_log, known_systemd_log, judged_by, evidence_keys, .. } =
            *self.standing;
        (evidence_log, known_systemd_log, judged_by, evidence_keys)
            == (self.log, self.systemd_log, Some(self.judged.digest), self.keys)
    }

    /// Logs that the host's record relied on before, and does not any more.
    fn left(&self) -> impl Iterator<Item = Sha256> {
        let Standing { known_log, evidence_log, known_systemd_log, .. } = *self.standing;
        let sent = self.sent_log.map(|(digest, _)| digest);
        [
            known_log.filter(|before| sent.is_some_and(|sent| sent != *before)),
            evidence_log.filter(|before| self.log != Some(*before)),
            known_systemd_log.filter(|before| self.systemd_log != Some(*before)),
        ]
        .into_iter()
        .flatten()
    }
}

impl Write {
    /// Keeps evidence as the newest of its hosts, each another one. Gives the logs that these rely
    /// on no more: others may.
    pub(crate) async fn put_evidence(
        &mut self,
        all: &[EvidenceRow<'_>],
    ) -> Result<Vec<Sha256>, StoreError> {
        self.put_logs(all).await?;
        let (same, other): (Vec<_>, Vec<_>) = all.iter().partition(|row| row.names_the_same());
        let same: Vec<_> = same.into_iter().map(EvidenceRow::in_place).collect();
        self.put_in_place(&same).await?;
        // The host's evidence before was judged by the same: they are kept already.
        let new = other.iter().filter(|row| row.standing.judged_by != Some(row.judged.digest));
        self.keep_all_standards(new.map(|row| row.judged).collect()).await?;
        self.replace_evidence(&other).await?;
        Ok(all.iter().flat_map(EvidenceRow::left).collect())
    }

    /// The logs that were sent.
    async fn put_logs(&mut self, all: &[EvidenceRow<'_>]) -> Result<(), StoreError> {
        let of_host = all
            .iter()
            .filter_map(|row| row.sent_log.filter(|log| row.standing.known_log != Some(log.0)));
        let of_systemd = all.iter().filter_map(|row| {
            row.sent_systemd_log.filter(|log| row.standing.known_systemd_log != Some(log.0))
        });
        let mut logs: Vec<_> = of_host.chain(of_systemd).collect();
        logs.sort_unstable_by_key(|(digest, _)| digest.0);
        logs.dedup_by_key(|(digest, _)| *digest);
        self.add_logs(&logs).await?;
        self.put_known_logs(all).await
    }

    /// The log that a host need not send again stands with its newest evidence; apart from it only if
    /// that has none, so that another log changes one row and one index.
    async fn put_known_logs(&mut self, all: &[EvidenceRow<'_>]) -> Result<(), StoreError> {
        let apart = |row: &EvidenceRow<'_>| match row.log {
            Some(_) => None,
            None => row.standing.known_log,
        };
        let moved = all.iter().map(|row| (row, apart(row)));
        let moved: Vec<_> =
            moved.filter(|(row, apart)| row.standing.known_log_apart != *apart).collect();
        if moved.is_empty() {
            return Ok(());
        }
        let mut sql = QueryBuilder::new("UPDATE hosts SET known_log = j.column2 FROM (VALUES ");
        sql.rows(&moved, |values, (row, digest)| {
            values
                .push_bind(row.host.to_string())
                .push_bind(digest.map(|digest| digest.0.to_vec()));
        });
        sql.push(") AS j WHERE hosts.id = j.column1");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Writes over what of the newest evidence has no index, and over the log of those that have another
    /// one.
    pub(super) async fn put_in_place(&mut self, all: &[InPlace<'_>]) -> Result<(), StoreError> {
        let (other, same): (Vec<_>, Vec<_>) = all.iter().partition(|row| row.log.is_some());
        let now = self.now().0;
        for (rows, log) in [(same, ""), (other, ", log = j.column6")] {
            if rows.is_empty() {
                continue;
            }
            let mut sql = QueryBuilder::new("UPDATE evidence SET received_at = ");
            sql.push_bind(now).push(", appraised_at = ").push_bind(now);
            sql.push(
                ", cbor = j.column2, context = j.column3, judged = j.column4, resets = j.column5",
            );
            sql.push(log).push(" FROM (VALUES ");
            sql.rows(&rows, |values, row| {
                values.push_bind(row.host.to_string()).push_bind(row.message);
                values.push_bind(row.context).push_bind(&*row.judged).push_bind(row.resets);
                if let Some(log) = row.log {
                    values.push_bind(log.0.to_vec());
                }
            });
            sql.push(") AS j WHERE evidence.host_id = j.column1");
            sql.build().execute(self.connection()).await?;
        }
        Ok(())
    }

    async fn replace_evidence(&mut self, all: &[&EvidenceRow<'_>]) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        let now = self.now().0;
        let mut sql = QueryBuilder::new(
            "INSERT INTO evidence (host_id, received_at, appraised_at, cbor, context, judged, resets,
                                   log, systemd_log, standards, identity) VALUES ",
        );
        let digest = |digest: Option<Sha256>| digest.map(|digest| digest.0.to_vec());
        sql.rows(all, |values, row| {
            values.push_bind(row.host.to_string()).push_bind(now).push_bind(now);
            values.push_bind(row.message).push_bind(row.context);
            values.push_bind(json(row.judged.with)).push_bind(row.resets);
            values.push_bind(digest(row.log)).push_bind(digest(row.systemd_log));
            values.push_bind(digest(Some(row.judged.digest))).push_bind(digest(row.keys));
        });
        sql.push(
            " ON CONFLICT (host_id) DO UPDATE SET
                 received_at = excluded.received_at, appraised_at = excluded.appraised_at,
                 cbor = excluded.cbor, context = excluded.context, judged = excluded.judged,
                 resets = excluded.resets, log = excluded.log, systemd_log = excluded.systemd_log,
                 standards = excluded.standards, identity = excluded.identity",
        );
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Notes that the stored evidence of hosts was appraised again now, and by what.
    pub(crate) async fn set_judged(
        &mut self,
        all: &[(HostId, KeptJudging<'_>)],
    ) -> Result<(), StoreError> {
        if all.is_empty() {
            return Ok(());
        }
        self.keep_all_standards(all.iter().map(|(_, judged)| *judged).collect()).await?;
        let mut sql = QueryBuilder::new("UPDATE evidence SET appraised_at = ");
        sql.push_bind(self.now().0);
        sql.push(", standards = j.column2, judged = j.column3 FROM (VALUES ");
        sql.rows(all, |values, (host, judged)| {
            values.push_bind(host.to_string()).push_bind(&judged.digest.0[..]);
            values.push_bind(json(judged.with));
        });
        sql.push(") AS j WHERE evidence.host_id = j.column1");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Keeps what evidence was judged by, each once.
    async fn keep_all_standards(
        &mut self,
        mut all: Vec<KeptJudging<'_>>,
    ) -> Result<(), StoreError> {
        all.sort_unstable_by_key(|judged| judged.digest.0);
        all.dedup_by_key(|judged| judged.digest);
        for judged in all {
            self.keep_standards(judged).await?;
        }
        Ok(())
    }
}
