//! Answers of steady hosts: many in one statement, beside the wide rows that they would change.
//!
//! ```text
//! full appraisal ─▶ hosts, appraisals, evidence        verified: at, steady, answer NULL
//! the same again ─▶ (untouched)                        verified: at, repeats + 1, answer
//! the next write ─▶ fold: the answer becomes part of the wide rows, as if it had been written there
//! ```
//!
//! Whoever reads a wide row reads what stands beside it, too.

use std::collections::{HashMap, HashSet};

use trustboard_model::id::{ClusterId, HostId};
use trustboard_model::protocol::EvidenceMessage;
use trustboard_model::time::Timestamp;

use super::column::{Place, json};
use super::{Tx, Write};
use crate::session::wire;
use crate::store::StoreError;
use crate::store::evidence::EvidenceContext;
use crate::store::record::StoredHistory;
use crate::store::repeated::{RepeatedAnswer, RepeatedRow};
use crate::store::sql::{self, FromRow, QueryBuilder};

/// Answers in one statement: each takes six values, of which there may be 32,766.
const MOST_AT_ONCE: usize = 512;

/// How often the hosts of a cluster are verified, and by what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pace {
    pub interval_s: u32,
    pub max_age_s: u32,
    /// Counts up with everything that they are judged by.
    pub standards: u64,
}

#[derive(FromRow)]
struct FoldRow {
    host_id: String,
    appraisal_id: String,
    at: i64,
    repeats: i64,
    answer: Vec<u8>,
    cbor: Vec<u8>,
    context: Vec<u8>,
    history: String,
    secure_boot: String,
}

/// What an answer makes of the wide rows of its host.
struct Folded {
    row: FoldRow,
    repetition: String,
    message: Vec<u8>,
    context: Vec<u8>,
    history: String,
}

impl FoldRow {
    fn folded(self) -> Result<Folded, StoreError> {
        let key = &self.host_id;
        let place = Place { table: "verified", row: key };
        let answer = RepeatedAnswer::decode(&self.answer).map_err(|_| place.bad("answer"))?;
        let kept = Place { table: "evidence", row: key };
        let mut message: EvidenceMessage =
            wire::decode(&self.cbor).map_err(|_| kept.bad("cbor"))?;
        let mut context: EvidenceContext =
            wire::decode(&self.context).map_err(|_| kept.bad("context"))?;
        answer.onto(&mut message, &mut context).map_err(|_| kept.bad("cbor"))?;
        let mut history: StoredHistory =
            Place { table: "hosts", row: key }.json("history", &self.history)?;
        history.repeated(&answer, Timestamp(self.at), &self.secure_boot);
        Ok(Folded {
            repetition: json(&answer.repetition),
            message: wire::encode(&message),
            context: wire::encode(&context),
            history: json(&history),
            row: self,
        })
    }
}

impl StoredHistory {
    /// The history once an answer is part of it that repeats the appraisal before.
    pub(super) fn repeated(&mut self, answer: &RepeatedAnswer, at: Timestamp, secure_boot: &str) {
        self.clock = Some(answer.repetition.clock());
        self.passed_at = Some(at);
        if secure_boot == "on" {
            self.secure_boot_on_at = Some(at);
        }
    }
}

impl<Mode> Tx<Mode> {
    /// The pace of every cluster.
    pub(crate) async fn paces(&mut self) -> Result<HashMap<ClusterId, Pace>, StoreError> {
        let rows: Vec<(String, i64, i64, i64)> =
            sql::query_as("SELECT id, interval_s, max_age_s, standards FROM clusters")
                .fetch_all(self.connection())
                .await?;
        let parsed = |(id, interval_s, max_age_s, standards): (String, i64, i64, i64)| {
            let place = Place { table: "clusters", row: &id };
            let pace = Pace {
                interval_s: place.number("interval_s", interval_s)?,
                max_age_s: place.number("max_age_s", max_age_s)?,
                standards: place.number("standards", standards)?,
            };
            Ok((place.parse("id", &id)?, pace))
        };
        rows.into_iter().map(parsed).collect()
    }
}

/// When a host was verified before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verified {
    /// As its policy wants it.
    InTime,
    /// Longer ago: there is a gap in its past.
    Late,
}

/// An answer's host is what the answer rests on.
const IS_AS_THEN: &str = "verified.host_id = j.column1 AND verified.appraisal_id = j.column2
                          AND verified.steady = 1";
const IN_TIME: &str = " AND verified.at >= j.column4";
const LATE: &str = " AND verified.at < j.column4";

/// Answers as a table `j`, those whose hosts had an event since left out.
fn push_answers(sql: &mut QueryBuilder, rows: &[&RepeatedRow]) {
    for (index, row) in rows.iter().enumerate() {
        sql.push(if index == 0 { "(VALUES (" } else { ", (" });
        sql.push_bind(row.host.to_string()).push(", ");
        sql.push_bind(row.appraisal.to_string()).push(", ");
        sql.push_bind(super::column::integer(row.revision)).push(", ");
        sql.push_bind(row.fresh_since.0).push(", ").push_bind(row.at.0).push(", ");
        sql.push_bind(row.answer.encode()).push(")");
    }
    sql.push(") AS j JOIN hosts h ON h.id = j.column1 AND h.revision = j.column3");
}

impl Write {
    /// Puts answers on record whose hosts are still what they rest on. Gives those hosts.
    pub(crate) async fn repeat(
        &mut self,
        rows: &[RepeatedRow],
    ) -> Result<HashSet<HostId>, StoreError> {
        let mut hosts = HashSet::with_capacity(rows.len());
        self.repeat_all(rows.iter().collect(), Verified::InTime, &mut hosts).await?;
        // After an outage all of them are late, and none may be more work than on any other day.
        let late: Vec<_> = rows.iter().filter(|row| !hosts.contains(&row.host)).collect();
        self.repeat_all(late, Verified::Late, &mut hosts).await?;
        Ok(hosts)
    }

    async fn repeat_all(
        &mut self,
        rows: Vec<&RepeatedRow>,
        verified: Verified,
        hosts: &mut HashSet<HostId>,
    ) -> Result<(), StoreError> {
        let mut rows = &rows[..];
        // As many in a statement as a power of two, so that there are few statements to prepare: each
        // is prepared once, and none pushes others out of the connection's memory.
        while !rows.is_empty() {
            let (some, rest) = rows.split_at(1 << rows.len().min(MOST_AT_ONCE).ilog2());
            if verified == Verified::Late {
                self.put_gaps_before(some).await?;
            }
            self.repeat_some(some, verified, hosts).await?;
            rows = rest;
        }
        Ok(())
    }

    /// Puts on record that hosts were not verified for longer than their policy allows.
    async fn put_gaps_before(&mut self, rows: &[&RepeatedRow]) -> Result<(), StoreError> {
        let mut sql = QueryBuilder::new(
            "INSERT INTO gaps (host_id, began, ended)
             SELECT verified.host_id, verified.at, j.column5 FROM ",
        );
        push_answers(&mut sql, rows);
        sql.push(" JOIN verified ON verified.host_id = j.column1 WHERE ");
        sql.push(IS_AS_THEN).push(LATE).push(" ON CONFLICT DO NOTHING");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    async fn repeat_some(
        &mut self,
        rows: &[&RepeatedRow],
        verified: Verified,
        hosts: &mut HashSet<HostId>,
    ) -> Result<(), StoreError> {
        let mut sql = QueryBuilder::new(
            "UPDATE verified SET at = j.column5, passed_at = j.column5, repeats = repeats + 1,
                                 answer = j.column6
             FROM ",
        );
        push_answers(&mut sql, rows);
        sql.push(" WHERE ").push(IS_AS_THEN).push(match verified {
            Verified::InTime => IN_TIME,
            Verified::Late => LATE,
        });
        let done = sql.build().execute(self.connection()).await?;
        // Each row that a statement gives takes as long as writing it did.
        if done.rows_affected() == rows.len() as u64 {
            hosts.extend(rows.iter().map(|row| row.host));
        } else if done.rows_affected() > 0 {
            self.find_repeated(rows, hosts).await?;
        }
        Ok(())
    }

    /// Finds those hosts whose answers are on record. Each has a nonce of its own, and so no answer is
    /// the one that was there before.
    async fn find_repeated(
        &mut self,
        rows: &[&RepeatedRow],
        hosts: &mut HashSet<HostId>,
    ) -> Result<(), StoreError> {
        let mut sql = QueryBuilder::new("SELECT verified.host_id FROM ");
        push_answers(&mut sql, rows);
        sql.push(" JOIN verified ON verified.host_id = j.column1 AND verified.answer = j.column6");
        let ids: Vec<String> = sql.build_query_scalar().fetch_all(self.connection()).await?;
        for id in &ids {
            hosts.insert(Place { table: "verified", row: id }.parse("host_id", id)?);
        }
        Ok(())
    }

    /// Makes what stands beside the wide rows of hosts a part of them.
    pub(crate) async fn fold_repeated(&mut self, hosts: &[HostId]) -> Result<(), StoreError> {
        let mut sql = QueryBuilder::new(
            "SELECT v.host_id, v.appraisal_id, v.at, v.repeats, v.answer, e.cbor, e.context, h.history,
                    h.secure_boot
             FROM verified v JOIN hosts h ON h.id = v.host_id
                             JOIN evidence e ON e.host_id = v.host_id
             WHERE v.answer IS NOT NULL AND v.host_id IN ",
        );
        sql.list(hosts.iter().map(ToString::to_string));
        let rows: Vec<FoldRow> = sql.build_query_as().fetch_all(self.connection()).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let folded: Vec<Folded> =
            rows.into_iter().map(FoldRow::folded).collect::<Result<_, _>>()?;
        let mut sql = QueryBuilder::new(
            "UPDATE appraisals SET last_seen = j.column2, count = appraisals.count + j.column3,
                                   repetition = j.column4 FROM (VALUES ",
        );
        sql.rows(&folded, |values, one| {
            values.push_bind(&one.row.appraisal_id).push_bind(one.row.at);
            values.push_bind(one.row.repeats).push_bind(&one.repetition);
        });
        sql.push(") AS j WHERE appraisals.id = j.column1");
        sql.build().execute(self.connection()).await?;
        let mut sql = QueryBuilder::new(
            "UPDATE evidence SET received_at = j.column2, appraised_at = j.column2,
                                 cbor = j.column3, context = j.column4 FROM (VALUES ",
        );
        sql.rows(&folded, |values, one| {
            values.push_bind(&one.row.host_id).push_bind(one.row.at);
            values.push_bind(&one.message).push_bind(&one.context);
        });
        sql.push(") AS j WHERE evidence.host_id = j.column1");
        sql.build().execute(self.connection()).await?;
        let mut sql = QueryBuilder::new("UPDATE hosts SET history = j.column2 FROM (VALUES ");
        sql.rows(&folded, |values, one| {
            values.push_bind(&one.row.host_id).push_bind(&one.history);
        });
        sql.push(") AS j WHERE hosts.id = j.column1");
        sql.build().execute(self.connection()).await?;
        let mut sql =
            QueryBuilder::new("UPDATE verified SET repeats = 0, answer = NULL WHERE host_id IN ");
        sql.list(folded.iter().map(|one| &one.row.host_id));
        sql.build().execute(self.connection()).await?;
        Ok(())
    }

    /// Lets the hosts be appraised in full that have a key of these hosts on record, themselves
    /// included: they may be others' duplicates now.
    pub(super) async fn not_steady_with(&mut self, hosts: &[HostId]) -> Result<(), StoreError> {
        let mut sql = QueryBuilder::new("UPDATE verified SET steady = 0 WHERE host_id IN (");
        for (union, key) in [("", "ek"), (" UNION ", "ak")] {
            sql.push(union).push("SELECT o.host_id FROM identities i JOIN identities o ON o.");
            sql.push(key).push(" = i.").push(key).push(" WHERE i.host_id IN ");
            sql.list(hosts.iter().map(ToString::to_string));
        }
        sql.push(")");
        sql.build().execute(self.connection()).await?;
        Ok(())
    }
}
