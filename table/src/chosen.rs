//! The hosts that are selected, as plain values: no browser.

use std::collections::BTreeMap;

/// A row: the host's id, and what its box sends (`ID.REVISION`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The host.
    pub host: String,
    /// What its box sends.
    pub value: String,
}

/// Everything that matches, as the address of an action has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    /// The datacenter; nothing: all of them.
    pub datacenter: Option<String>,
    /// The filter.
    pub query: String,
    /// The newest event that was seen.
    pub seen: String,
    /// How many hosts.
    pub count: u32,
}

/// What is selected. It outlives pages, orders and news of hosts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chosen {
    hosts: BTreeMap<String, String>,
    /// Where a range begins: the host that was chosen last.
    anchor: Option<String>,
    matching: Option<Matching>,
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
    pub fn has(&self, host: &str) -> bool {
        self.matching.is_some() || self.hosts.contains_key(host)
    }

    /// How many of them are not among these rows.
    pub fn elsewhere(&self, shown: &[Row]) -> u32 {
        let here = shown.iter().filter(|row| self.hosts.contains_key(&row.host)).count();
        u32::try_from(self.hosts.len().saturating_sub(here)).unwrap_or(u32::MAX)
    }

    /// Chooses this row, or no longer. False if there are more than `most`.
    pub fn set(&mut self, row: &Row, on: bool, shown: &[Row], most: usize) -> bool {
        self.single_out(shown);
        self.anchor = Some(row.host.clone());
        if on {
            return self.add(row, most);
        }
        self.hosts.remove(&row.host);
        true
    }

    /// Chooses all rows from the one that was chosen last to this one; just this one if that is not
    /// among those shown. False if there are more than `most`.
    pub fn set_to(&mut self, row: &Row, shown: &[Row], most: usize) -> bool {
        self.single_out(shown);
        let place = |host: &String| shown.iter().position(|row| row.host == *host);
        let (from, to) = match (self.anchor.as_ref().and_then(place), place(&row.host)) {
            (Some(from), Some(to)) => (from.min(to), from.max(to)),
            _ => return self.set(row, true, shown, most),
        };
        let range = shown.get(from..=to).unwrap_or_default();
        let fits = range.iter().all(|row| self.add(row, most));
        self.anchor = Some(row.host.clone());
        fits
    }

    /// Chooses all of these rows, or none of them. False if there are more than `most`.
    pub fn set_all(&mut self, rows: &[Row], on: bool, most: usize) -> bool {
        if !on {
            self.matching = None;
            self.hosts.retain(|host, _| rows.iter().all(|row| row.host != *host));
            return true;
        }
        self.single_out(rows);
        rows.iter().all(|row| self.add(row, most))
    }

    /// Chooses everything that matches.
    pub fn set_matching(&mut self, matching: Matching) {
        *self = Self { matching: Some(matching), ..Self::default() };
    }

    /// Takes note of the revisions of rows that are shown.
    pub fn see(&mut self, shown: &[Row]) {
        for row in shown {
            if let Some(value) = self.hosts.get_mut(&row.host) {
                value.clone_from(&row.value);
            }
        }
    }

    /// What the page that asks is told of the selection: names and values.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let Some(matching) = &self.matching else {
            return self.hosts.values().map(|value| ("host", value.clone())).collect();
        };
        let Matching { datacenter, query, seen, .. } = matching;
        let mut pairs: Vec<_> =
            datacenter.iter().map(|datacenter| ("datacenter", datacenter.clone())).collect();
        pairs.extend([("q", query.clone()), ("seen", seen.clone())]);
        pairs
    }

    /// A change of one row ends "everything that matches": what remains are the rows on the page.
    fn single_out(&mut self, shown: &[Row]) {
        if self.matching.take().is_some() {
            self.hosts = shown.iter().map(|row| (row.host.clone(), row.value.clone())).collect();
        }
    }

    fn add(&mut self, row: &Row, most: usize) -> bool {
        let fits = self.hosts.len() < most || self.hosts.contains_key(&row.host);
        if fits {
            self.hosts.insert(row.host.clone(), row.value.clone());
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: usize = 1000;

    fn rows() -> Vec<Row> {
        let row = |host: &str| Row { host: host.to_owned(), value: format!("{host}.7") };
        ["a", "b", "c", "d"].into_iter().map(row).collect()
    }

    fn names(chosen: &Chosen) -> String {
        rows().iter().filter(|row| chosen.has(&row.host)).map(|row| row.host.clone()).collect()
    }

    #[test]
    fn ranges_go_both_ways_from_the_last_one() {
        let rows = rows();
        let mut chosen = Chosen::default();
        assert!(chosen.set(&rows[2], true, &rows, MOST));
        assert!(chosen.set_to(&rows[0], &rows, MOST));
        assert_eq!((names(&chosen).as_str(), chosen.count()), ("abc", 3));
        assert!(chosen.set(&rows[1], false, &rows, MOST));
        assert_eq!(names(&chosen), "ac");
        assert!(chosen.set_to(&rows[3], &rows, MOST), "from b, which was unchosen last");
        assert_eq!(names(&chosen), "abcd");
    }

    #[test]
    fn what_is_chosen_stays_on_other_pages() {
        let rows = rows();
        let mut chosen = Chosen::default();
        assert!(chosen.set_all(&rows[..2], true, MOST));
        assert!(chosen.set(&rows[3], true, &rows[2..], MOST));
        assert_eq!((chosen.count(), chosen.elsewhere(&rows[2..])), (3, 2));
        // The last one chosen is on another page: no range.
        assert!(chosen.set_to(&rows[0], &rows[..2], MOST));
        assert_eq!(names(&chosen), "abd");
        assert!(chosen.set_all(&rows[..2], false, MOST));
        assert_eq!(names(&chosen), "d");
    }

    #[test]
    fn an_action_carries_what_was_seen_last() {
        let rows = rows();
        let mut chosen = Chosen::default();
        assert!(chosen.pairs().is_empty());
        assert!(chosen.set_all(&rows[..2], true, MOST));
        chosen.see(&[Row { value: "a.9".to_owned(), ..rows[0].clone() }]);
        let pairs = [("host", "a.9".to_owned()), ("host", "b.7".to_owned())];
        assert_eq!(chosen.pairs(), pairs);
    }

    #[test]
    fn everything_that_matches_ends_with_the_first_exception() {
        let rows = rows();
        let mut chosen = Chosen::default();
        let matching = Matching {
            datacenter: Some("1".to_owned()),
            query: "alarm:red".to_owned(),
            seen: "5".to_owned(),
            count: 4_312,
        };
        chosen.set_matching(matching);
        assert_eq!((chosen.count(), chosen.is_matching(), chosen.is_empty()), (4_312, true, false));
        let said: Vec<_> =
            chosen.pairs().iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(said, ["datacenter=1", "q=alarm:red", "seen=5"]);
        assert!(chosen.set(&rows[1], false, &rows, MOST));
        assert_eq!((names(&chosen).as_str(), chosen.is_matching()), ("acd", false));
    }

    #[test]
    fn no_more_are_named_than_an_action_takes() {
        let rows = rows();
        let mut chosen = Chosen::default();
        assert!(!chosen.set_all(&rows, true, 3));
        assert_eq!(chosen.count(), 3);
        assert!(chosen.set(&rows[0], true, &rows, 3), "it is chosen already");
    }
}
