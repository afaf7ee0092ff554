//! Hosts found by when they were last verified: in the narrow rows that every verification moves,
//! whose indexes hold the whole order.

use trustboard_model::host_query::{HostQuery, Mark, Term, Test};
use trustboard_model::time::Timestamp;

use super::host_query::{Within, push_age, push_terms, push_within};
use crate::store::sql::QueryBuilder;

/// The terms of a query that are about when hosts were last verified, and the others.
pub(super) struct ByTime<'q> {
    stale: bool,
    times: Vec<&'q Test>,
    rest: Vec<&'q Term>,
}

impl<'q> ByTime<'q> {
    pub(super) fn of(query: &'q HostQuery) -> Self {
        let mut found = Self { stale: false, times: Vec::new(), rest: Vec::new() };
        for term in query.terms() {
            match (term.negated, term.any()) {
                (false, [Test::Is(Mark::Stale)]) => found.stale = true,
                (false, [time @ Test::Last(_)]) => found.times.push(time),
                _ => found.rest.push(term),
            }
        }
        found
    }

    /// Whether there are any.
    pub(super) fn are_asked(&self) -> bool {
        self.stale || !self.times.is_empty()
    }

    /// Whether few hosts are what they ask for, as long as verification goes on: then these are found
    /// first, and put in order.
    pub(super) fn are_few(&self) -> bool {
        let old = |test: &&Test| matches!(test, Test::Last(age) if age.older);
        self.stale || self.times.iter().any(old)
    }

    /// Whether columns of `hosts` are read.
    fn needs_hosts(&self) -> bool {
        !self.rest.is_empty()
    }

    /// `verified v … WHERE …`, with `hosts h` where that is read, here or by the caller.
    pub(super) fn push_from(
        &self,
        sql: &mut QueryBuilder,
        within: &Within,
        now: Timestamp,
        hosts: bool,
    ) {
        // Of each cluster those that are older than its policy lets them be.
        sql.push(if self.stale { "clusters c CROSS JOIN verified v" } else { "verified v" });
        let hosts = hosts || self.needs_hosts();
        if hosts {
            sql.push(" JOIN hosts h ON h.id = v.host_id");
        }
        push_within(sql, "v.datacenter_id", within);
        if let (true, Within::Datacenter(id)) = (hosts, within) {
            // The same, for the planner: an index of the other table may be the shorter way.
            sql.push(" AND h.datacenter_id = ").push_bind(id.to_string());
        }
        if self.stale {
            sql.push(" AND v.cluster_id = c.id AND v.at < ").push_bind(now.0);
            sql.push(" - c.max_age_s * 1000");
        }
        for time in &self.times {
            if let Test::Last(age) = time {
                sql.push(" AND ");
                push_age(sql, "v.at", *age, now);
            }
        }
        push_terms(sql, self.rest.iter().copied(), now);
    }
}
