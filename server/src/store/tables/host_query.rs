//! The filter language as SQL: conditions on `hosts h`, without further tables in the `FROM`.

use trustboard_model::host::Attestation;
use trustboard_model::host_query::{
    Age, AlarmIs, Fingerprint, HostQuery, Mark, Pattern, Term, Test,
};
use trustboard_model::id::DatacenterId;
use trustboard_model::time::Timestamp;

use super::column::{code, integer};
use crate::store::sql::QueryBuilder;

/// The part of the inventory that a question is about: what its asker sees of what they ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Within {
    /// One datacenter.
    Datacenter(DatacenterId),
    /// All but these.
    AllBut(Vec<DatacenterId>),
}

/// When a host was last verified, where nothing but its row is at hand.
const VERIFIED_AT: &str = "(SELECT w.at FROM verified w WHERE w.host_id = h.id)";

/// ` WHERE …`: hosts within a part of the inventory that match a query.
pub(super) fn push_where(
    sql: &mut QueryBuilder,
    within: &Within,
    query: &HostQuery,
    now: Timestamp,
) {
    push_within(sql, "h.datacenter_id", within);
    push_terms(sql, query.terms(), now);
}

/// ` WHERE …`: what is of a part of the inventory, by the column with its datacenter. Always holds
/// something that ` AND` can follow.
pub(super) fn push_within(sql: &mut QueryBuilder, column: &str, within: &Within) {
    match within {
        Within::Datacenter(id) => {
            sql.push(" WHERE ").push(column).push(" = ").push_bind(id.to_string());
        }
        Within::AllBut(unseen) if unseen.is_empty() => {
            sql.push(" WHERE 1 = 1");
        }
        // Not as a list of those that are seen: that would lead the planner away from the order.
        Within::AllBut(unseen) => {
            sql.push(" WHERE ").push(column).push(" NOT IN (");
            let mut ids = sql.separated(", ");
            for id in unseen {
                ids.push_bind(id.to_string());
            }
            sql.push(")");
        }
    }
}

/// ` AND …`: hosts for which all of these hold.
pub(super) fn push_terms<'t>(
    sql: &mut QueryBuilder,
    terms: impl IntoIterator<Item = &'t Term>,
    now: Timestamp,
) {
    for term in terms {
        sql.push(" AND ");
        push_term(sql, term, now);
    }
}

fn push_term(sql: &mut QueryBuilder, term: &Term, now: Timestamp) {
    sql.push(if term.negated { "NOT (" } else { "(" });
    for (index, test) in term.any().iter().enumerate() {
        if index > 0 {
            sql.push(" OR ");
        }
        push_test(sql, test, now);
    }
    sql.push(")");
}

/// Never NULL, so that a term turned around holds for just the other hosts.
fn push_test(sql: &mut QueryBuilder, test: &Test, now: Timestamp) {
    match test {
        Test::Word(word) => {
            // What is found by few names first. Most hosts have no codes.
            push_like(sql, "(h.cluster_id IN (SELECT id FROM clusters WHERE name", &contains(word));
            push_like(
                sql,
                ") OR h.datacenter_id IN (SELECT id FROM datacenters WHERE name",
                &contains(word),
            );
            push_like(sql, ") OR h.name", &contains(word));
            push_like(sql, " OR (h.codes <> '' AND h.codes", &contains(word));
            sql.push("))");
        }
        Test::Name(pattern) => push_like(sql, "h.name", &like(pattern)),
        Test::Cluster(pattern) => push_place(sql, "h.cluster_id", "clusters", pattern),
        Test::Datacenter(pattern) => push_place(sql, "h.datacenter_id", "datacenters", pattern),
        Test::Attestation(attestation) => {
            sql.push("h.attestation_rank = ").push_bind(rank(*attestation));
        }
        Test::Reason(reason) => {
            push_like(sql, "(h.silent = 0 AND (h.codes", &contains(&format!(" {reason} ")));
            push_like(sql, " OR h.codes", &contains(&format!(" {reason}.")));
            sql.push("))");
        }
        Test::Cause(cause) => {
            sql.push("(h.alarm_red = 1 AND h.alarm_reason IS NOT NULL AND (h.alarm_reason = ");
            sql.push_bind(cause.clone());
            push_like(sql, " OR h.alarm_reason", &format!("{}.%", literally(cause)));
            sql.push("))");
        }
        Test::FirstReason(reason) => {
            sql.push("(h.first_reason IS NOT NULL AND (h.first_reason = ");
            sql.push_bind(reason.clone());
            push_like(sql, " OR h.first_reason", &format!("{}.%", literally(reason)));
            sql.push("))");
        }
        Test::CauseDifference(fingerprint) => push_cause(sql, fingerprint),
        Test::Difference(fingerprint) => push_fingerprint(sql, "h.difference", fingerprint),
        Test::Alarm(alarm) => push_alarm(sql, *alarm, now),
        Test::Presence(presence) => {
            sql.push("h.presence = ").push_bind(code(presence));
        }
        Test::SecureBoot(secure_boot) => {
            sql.push("h.secure_boot = ").push_bind(code(secure_boot));
        }
        Test::Tpm(None) => {
            sql.push("h.tpm_version IS NULL");
        }
        Test::Tpm(Some(version)) => {
            sql.push("coalesce(h.tpm_version, '') = ").push_bind(version.clone());
        }
        Test::Is(mark) => push_mark(sql, *mark, now),
        Test::Last(age) => push_age(sql, VERIFIED_AT, *age, now),
        Test::Since(age) => push_age(sql, "h.since", *age, now),
    }
}

/// A digest that begins so; both ends are as long as the column's digests.
pub(super) fn push_fingerprint(sql: &mut QueryBuilder, column: &str, fingerprint: &Fingerprint) {
    sql.push("(").push(column).push(" IS NOT NULL AND ").push(column).push(" BETWEEN ");
    sql.push_bind(fingerprint.first().0.to_vec()).push(" AND ");
    sql.push_bind(fingerprint.last().0.to_vec()).push(")");
}

/// The red alarm stands for a difference that begins so. The sign keeps the planner from looking at
/// every red alarm: those of one cause are fewer.
pub(super) fn push_cause(sql: &mut QueryBuilder, cause: &Fingerprint) {
    sql.push("(+h.alarm_red = 1 AND ");
    push_fingerprint(sql, "h.alarm_difference", cause);
    sql.push(")");
}

/// As the column `attestation_rank` has it: in the order of the sort.
fn rank(attestation: Attestation) -> i64 {
    integer(Attestation::ALL.iter().take_while(|other| **other != attestation).count())
}

/// A red alarm's condition and acknowledgement are read from its JSON: of red hosts only.
fn push_alarm(sql: &mut QueryBuilder, alarm: AlarmIs, now: Timestamp) {
    let condition = match alarm {
        AlarmIs::Red => "h.alarm_red = 1",
        AlarmIs::Green => "h.alarm_red = 0",
        AlarmIs::Cleared => "(h.alarm_red = 1 AND h.alarm_condition = 'cleared')",
        AlarmIs::Holds => "(h.alarm_red = 1 AND h.alarm_condition = 'holds')",
        AlarmIs::Acknowledged | AlarmIs::Unacknowledged => {
            sql.push("(h.alarm_red = 1 AND ");
            if alarm == AlarmIs::Unacknowledged {
                sql.push("NOT ");
            }
            sql.push("coalesce(h.alarm_acknowledged_until > ").push_bind(now.0);
            sql.push(", FALSE))");
            return;
        }
    };
    sql.push(condition);
}

fn push_mark(sql: &mut QueryBuilder, mark: Mark, now: Timestamp) {
    match mark {
        // `Freshness::derive` in SQL.
        Mark::Stale => {
            sql.push("coalesce(").push_bind(now.0).push(" - ").push(VERIFIED_AT);
            sql.push(
                " > (SELECT c.max_age_s * 1000 FROM clusters c WHERE c.id = h.cluster_id), FALSE)",
            );
        }
        Mark::NeverVerified => {
            sql.push("h.verdict IS NULL");
        }
        Mark::Maintenance => {
            sql.push("h.maintenance_reason IS NOT NULL");
        }
        Mark::Verifying => {
            sql.push(
                "EXISTS (SELECT 1 FROM jobs j WHERE j.host_id = h.id
                         AND j.state IN ('queued', 'running'))",
            );
        }
        Mark::Excepted => {
            sql.push(
                "EXISTS (SELECT 1 FROM exceptions x WHERE x.host_id = h.id
                         AND x.ended_at IS NULL)",
            );
        }
    }
}

/// What never was is older than any age.
pub(super) fn push_age(sql: &mut QueryBuilder, column: &str, age: Age, now: Timestamp) {
    let then = now.plus_seconds(-i64::from(age.seconds)).0;
    if age.older {
        sql.push("coalesce(").push(column).push(" < ").push_bind(then).push(", TRUE)");
    } else {
        // Two sides of an AND that is never NULL: the second is a range of an index.
        sql.push("(").push(column).push(" IS NOT NULL AND ").push(column);
        sql.push(" >= ").push_bind(then).push(")");
    }
}

/// A cluster or datacenter by its name or id.
fn push_place(sql: &mut QueryBuilder, column: &str, table: &str, pattern: &Pattern) {
    sql.push(column).push(" IN (SELECT id FROM ").push(table);
    push_like(sql, " WHERE name", &like(pattern));
    sql.push(" OR id = ").push_bind(pattern.as_str().to_lowercase()).push(")");
}

/// `what LIKE pattern`; SQLite's `LIKE` ignores the case of ASCII.
pub(super) fn push_like(sql: &mut QueryBuilder, what: &str, pattern: &str) {
    sql.push(what).push(" LIKE ").push_bind(pattern.to_owned()).push(" ESCAPE '\\'");
}

/// The `LIKE` pattern for texts that contain `word`.
pub(super) fn contains(word: &str) -> String {
    format!("%{}%", literally(word))
}

/// The `LIKE` pattern for names that match.
fn like(pattern: &Pattern) -> String {
    pattern.parts().map(literally).collect::<Vec<_>>().join("%")
}

pub(super) fn literally(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            literal.push('\\');
        }
        literal.push(letter);
    }
    literal
}

/// A number of rows for `LIMIT` and `OFFSET`.
pub(super) fn rows(count: u64) -> i64 {
    integer(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_takes_its_word_literally() {
        assert_eq!(contains("a_b%\\"), "%a\\_b\\%\\\\%");
        assert_eq!(like(&Pattern::new("db*_1")), "db%\\_1");
        assert_eq!(like(&Pattern::new("*")), "%");
    }
}
