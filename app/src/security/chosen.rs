//! The hosts that are selected, as plain values: no signals, no browser.

use std::collections::BTreeMap;

use trustboard_model::event::EventSeq;
use trustboard_model::host_query::HostQuery;
use trustboard_model::id::HostId;
use trustboard_model::view::{HostRow, Scope, Seen, Selection};

/// What is selected. It outlives pages, orders and news of hosts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chosen {
    hosts: BTreeMap<HostId, u64>,
    /// Where a range begins: the host that was chosen last.
    anchor: Option<HostId>,
    /// Everything that matches, instead of single hosts.
    matching: Option<Matching>,
}

/// Everything that matches.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Matching {
    scope: Scope,
    query: HostQuery,
    seen: EventSeq,
    count: u32,
}

impl Chosen {
    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        self.hosts.is_empty() && self.matching.is_none()
    }

    /// How many are.
    pub fn count(&self) -> u32 {
        match &self.matching {
            Some(matching) => matching.count,
            None => u32::try_from(self.hosts.len()).unwrap_or(u32::MAX),
        }
    }

    /// Whether everything that matches is.
    pub fn is_matching(&self) -> bool {
        self.matching.is_some()
    }

    /// Whether this host is.
    pub fn has(&self, host: HostId) -> bool {
        self.matching.is_some() || self.hosts.contains_key(&host)
    }

    /// How many of them are not among these hosts.
    pub fn elsewhere(&self, shown: impl Iterator<Item = HostId>) -> u32 {
        let here = shown.filter(|host| self.hosts.contains_key(host)).count();
        u32::try_from(self.hosts.len().saturating_sub(here)).unwrap_or(u32::MAX)
    }

    /// Chooses this row, or no longer. False if there are too many.
    pub fn set(&mut self, row: &HostRow, on: bool, shown: &[HostRow]) -> bool {
        self.single_out(shown);
        self.anchor = Some(row.id);
        if on {
            self.add(row)
        } else {
            self.hosts.remove(&row.id);
            true
        }
    }

    /// Chooses all rows from the one that was chosen last to this one; just this one if that is not
    /// among those shown. False if there are too many.
    pub fn set_to(&mut self, row: &HostRow, shown: &[HostRow]) -> bool {
        self.single_out(shown);
        let place = |host| shown.iter().position(|row| row.id == host);
        let (from, to) = match (self.anchor.and_then(place), place(row.id)) {
            (Some(from), Some(to)) => (from.min(to), from.max(to)),
            _ => return self.set(row, true, shown),
        };
        let range = shown.get(from..=to).unwrap_or_default();
        let fits = range.iter().all(|row| self.add(row));
        self.anchor = Some(row.id);
        fits
    }

    /// Chooses all of these rows, or none of them. False if there are too many.
    pub fn set_all(&mut self, rows: &[HostRow], on: bool) -> bool {
        if !on {
            self.matching = None;
            self.hosts.retain(|host, _| rows.iter().all(|row| row.id != *host));
            return true;
        }
        self.single_out(rows);
        rows.iter().all(|row| self.add(row))
    }

    /// Chooses everything that matches.
    pub fn set_matching(&mut self, scope: Scope, query: HostQuery, seen: EventSeq, count: u32) {
        *self = Self { matching: Some(Matching { scope, query, seen, count }), ..Self::default() };
    }

    /// A change of one row ends "everything that matches": what remains are the rows on the page.
    fn single_out(&mut self, shown: &[HostRow]) {
        if self.matching.take().is_some() {
            self.hosts = shown.iter().map(|row| (row.id, row.revision)).collect();
        }
    }

    fn add(&mut self, row: &HostRow) -> bool {
        let fits = self.hosts.len() < Selection::MAX_HOSTS || self.hosts.contains_key(&row.id);
        if fits {
            self.hosts.insert(row.id, row.revision);
        }
        fits
    }

    /// The selection for an action, each host as it was last seen; nothing if none is. `revision`
    /// knows those that are on the page.
    pub fn selection(&self, revision: impl Fn(HostId) -> Option<u64>) -> Option<Selection> {
        if let Some(Matching { scope, query, seen, .. }) = self.matching.clone() {
            return Some(Selection::Matching { scope, query, seen });
        }
        let seen = |(host, before): (&HostId, &u64)| Seen {
            host: *host,
            revision: revision(*host).unwrap_or(*before),
        };
        let hosts: Vec<_> = self.hosts.iter().map(seen).collect();
        (!hosts.is_empty()).then_some(Selection::Hosts { hosts })
    }
}

#[cfg(test)]
mod tests {
    use trustboard_model::id::DatacenterId;

    use super::super::state_tests::fleet;
    use super::*;

    fn rows() -> Vec<HostRow> {
        ["a", "b", "c", "d"].into_iter().zip(1..).map(|(name, n)| fleet::passed(n, name)).collect()
    }

    fn names(chosen: &Chosen, rows: &[HostRow]) -> String {
        rows.iter().filter(|row| chosen.has(row.id)).map(|row| row.name.as_str()).collect()
    }

    #[test]
    fn ranges_go_both_ways_from_the_last_one() {
        let rows = rows();
        let mut chosen = Chosen::default();
        assert!(chosen.set(&rows[2], true, &rows));
        assert!(chosen.set_to(&rows[0], &rows));
        assert_eq!((names(&chosen, &rows).as_str(), chosen.count()), ("abc", 3));
        assert!(chosen.set(&rows[1], false, &rows));
        assert_eq!(names(&chosen, &rows), "ac");
        assert!(chosen.set_to(&rows[3], &rows), "from b, which was unchosen last");
        assert_eq!(names(&chosen, &rows), "abcd");
    }

    #[test]
    fn what_is_chosen_stays_on_other_pages() {
        let rows = rows();
        let mut chosen = Chosen::default();
        assert!(chosen.set_all(&rows[..2], true));
        assert!(chosen.set(&rows[3], true, &rows[2..]));
        let shown = rows[2..].iter().map(|row| row.id);
        assert_eq!((chosen.count(), chosen.elsewhere(shown)), (3, 2));
        // The last one chosen is on another page: no range.
        assert!(chosen.set_to(&rows[0], &rows[..2]));
        assert_eq!(names(&chosen, &rows), "abd");
        assert!(chosen.set_all(&rows[..2], false));
        assert_eq!(names(&chosen, &rows), "d");
    }

    #[test]
    fn an_action_carries_what_was_seen_last() {
        let rows = rows();
        let mut chosen = Chosen::default();
        assert_eq!(chosen.selection(|_| None), None);
        assert!(chosen.set_all(&rows[..2], true));
        let seen = |row: &HostRow, revision| Seen { host: row.id, revision };
        let hosts = vec![seen(&rows[0], 9), seen(&rows[1], 7)];
        let newer = |host| (host == rows[0].id).then_some(9);
        assert_eq!(chosen.selection(newer), Some(Selection::Hosts { hosts }));
    }

    #[test]
    fn everything_that_matches_ends_with_the_first_exception() {
        let rows = rows();
        let mut chosen = Chosen::default();
        let scope = Scope::Datacenter(DatacenterId::from_random([1; 16]));
        let query: HostQuery = "alarm:red".parse().unwrap();
        chosen.set_matching(scope, query.clone(), EventSeq(5), 4_312);
        assert_eq!((chosen.count(), chosen.is_matching(), chosen.is_empty()), (4_312, true, false));
        let matching = Selection::Matching { scope, query, seen: EventSeq(5) };
        assert_eq!(chosen.selection(|_| Some(1)), Some(matching));
        assert!(chosen.set(&rows[1], false, &rows));
        assert_eq!((names(&chosen, &rows).as_str(), chosen.is_matching()), ("acd", false));
    }

    #[test]
    fn no_more_are_named_than_an_action_takes() {
        let mut chosen = Chosen::default();
        let row = |n: u32| {
            let mut id = [0; 16];
            id[..4].copy_from_slice(&n.to_be_bytes());
            HostRow { id: HostId::from_random(id), ..fleet::passed(1, "a") }
        };
        let many: Vec<_> = (0..1_001).map(row).collect();
        assert!(chosen.set_all(&many[..1_000], true));
        assert!(!chosen.set(&many[1_000], true, &many));
        assert!(chosen.set(&many[999], true, &many), "one that is chosen stays so");
        assert_eq!(chosen.count(), 1_000);
    }
}
