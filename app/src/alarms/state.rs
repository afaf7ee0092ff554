//! The page's rows in signals of their own, so that news change a row where it stands and none
//! jumps from under the cursor.

use std::collections::BTreeSet;

use leptos::prelude::*;
use trustboard_model::host_query::{AlarmIs, HostQuery, Test};
use trustboard_model::id::HostId;
use trustboard_model::view::{AlarmRow, AlarmsPage, Seen, Selection};

use crate::routes::encoded;

/// One row.
#[derive(Clone)]
pub(super) struct LiveAlarm {
    pub host: HostId,
    pub row: ArcRwSignal<AlarmRow>,
}

impl LiveAlarm {
    fn new(row: AlarmRow) -> Self {
        Self { host: row.host.id, row: ArcRwSignal::new(row) }
    }
}

/// The page that is shown.
#[derive(Clone, Copy)]
pub(super) struct Alarms {
    /// What stands around the rows; its own rows are those of the last answer.
    pub page: RwSignal<AlarmsPage>,
    pub rows: RwSignal<Vec<LiveAlarm>>,
    /// How many rows would come or go.
    pub waiting: RwSignal<u32>,
    /// The hosts whose boxes are ticked.
    pub ticked: RwSignal<BTreeSet<HostId>>,
    /// The box that was ticked last: where a range begins.
    pub last_ticked: RwSignal<Option<HostId>>,
}

impl Alarms {
    pub(super) fn new(page: AlarmsPage) -> Self {
        let rows = page.rows.iter().cloned().map(LiveAlarm::new).collect();
        Self {
            page: RwSignal::new(page),
            rows: RwSignal::new(rows),
            waiting: RwSignal::new(0),
            ticked: RwSignal::new(BTreeSet::new()),
            last_ticked: RwSignal::new(None),
        }
    }

    /// Shows another answer. While somebody points at the rows (`busy`), those that are there stay
    /// where they are, with their news; the order waits.
    pub(super) fn show(self, page: AlarmsPage, busy: bool) {
        let same = self
            .page
            .with_untracked(|shown| shown.filter == page.filter && shown.scope == page.scope);
        let shown = self.rows.get_untracked();
        let order: Vec<HostId> = shown.iter().map(|live| live.host).collect();
        let fresh: Vec<HostId> = page.rows.iter().map(|row| row.host.id).collect();
        for live in &shown {
            let news = page.rows.iter().find(|row| row.host.id == live.host);
            if let Some(news) = news.filter(|news| live.row.with_untracked(|row| row != *news)) {
                live.row.set(news.clone());
            }
        }
        if order != fresh {
            if busy && same {
                let moved = order.iter().filter(|host| !fresh.contains(host)).count()
                    + fresh.iter().filter(|host| !order.contains(host)).count();
                self.waiting.set(u32::try_from(moved.max(1)).unwrap_or(u32::MAX));
            } else {
                self.settle_with(&page.rows);
            }
        }
        if !same {
            self.ticked.set(BTreeSet::new());
        }
        if self.page.with_untracked(|shown| *shown != page) {
            self.page.set(page);
        }
    }

    /// Puts the rows in the order of the last answer.
    pub(super) fn settle(self) {
        let rows = self.page.with_untracked(|page| page.rows.clone());
        self.settle_with(&rows);
    }

    fn settle_with(self, rows: &[AlarmRow]) {
        let shown = self.rows.get_untracked();
        let rows: Vec<LiveAlarm> = rows
            .iter()
            .map(|fresh| {
                let live = shown.iter().find(|live| live.host == fresh.host.id).cloned();
                live.unwrap_or_else(|| LiveAlarm::new(fresh.clone()))
            })
            .collect();
        self.waiting.set(0);
        self.ticked.update(|ticked| ticked.retain(|host| rows.iter().any(|row| row.host == *host)));
        self.rows.set(rows);
    }

    /// Ticks a box, or all from the last one to it.
    pub(super) fn tick(self, host: HostId, on: bool, range: bool) {
        let order: Vec<HostId> =
            self.rows.with_untracked(|rows| rows.iter().map(|live| live.host).collect());
        let place = |wanted: HostId| order.iter().position(|known| *known == wanted);
        let from = self.last_ticked.get_untracked().filter(|_| range).and_then(place);
        let chosen = match (from, place(host)) {
            (Some(from), Some(to)) => {
                order.get(from.min(to)..=from.max(to)).unwrap_or(&[]).to_vec()
            }
            _ => vec![host],
        };
        self.ticked.update(|ticked| {
            for host in chosen {
                if on {
                    ticked.insert(host);
                } else {
                    ticked.remove(&host);
                }
            }
        });
        self.last_ticked.set(Some(host));
    }

    /// Ticks every box of the page, or none.
    pub(super) fn tick_all(self, on: bool) {
        let all = self.rows.with_untracked(|rows| rows.iter().map(|live| live.host).collect());
        self.ticked.set(if on { all } else { BTreeSet::new() });
    }

    /// The hosts whose boxes are ticked, each as it is shown.
    pub(super) fn chosen(self) -> Option<Selection> {
        let ticked = self.ticked.get();
        let rows = self.rows.get();
        let seen = |live: &LiveAlarm| Seen {
            host: live.host,
            revision: live.row.with(|row| row.host.revision),
        };
        let hosts: Vec<Seen> =
            rows.iter().filter(|live| ticked.contains(&live.host)).map(seen).collect();
        (!hosts.is_empty()).then_some(Selection::Hosts { hosts })
    }
}

/// Every red alarm of the page's scope that matches.
pub(super) fn matching(page: &AlarmsPage, query: &HostQuery) -> Selection {
    let query = query.clone().and(Test::Alarm(AlarmIs::Red));
    Selection::Matching { scope: page.scope, query, seen: page.seq }
}

/// The page's address with this filter.
pub(super) fn address(path: &str, query: &HostQuery, page: u32) -> String {
    let mut pairs = Vec::new();
    if !query.is_all() {
        pairs.push(format!("q={}", encoded(&query.to_string())));
    }
    if page > 1 {
        pairs.push(format!("page={page}"));
    }
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_only_what_is_asked() {
        assert_eq!(address("/alarms", &HostQuery::ALL, 1), "/alarms");
        let query: HostQuery = "alarm:cleared web".parse().unwrap();
        assert_eq!(address("/alarms", &query, 2), "/alarms?q=alarm%3Acleared%20web&page=2");
    }
}
