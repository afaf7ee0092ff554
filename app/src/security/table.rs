//! The table: its rows in signals of their own, so that one host's news touches one row.

use leptos::prelude::*;
use trustboard_model::id::HostId;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{HostRow, SecurityPage};

use super::chosen::Chosen;
use super::state;
use crate::component::{language, table_word, tell};
use crate::text::{self, Phrase, TableWord};

/// One row's signals.
#[derive(Clone)]
pub(super) struct LiveRow {
    /// The host.
    pub host: HostId,
    /// What it shows.
    pub row: ArcRwSignal<HostRow>,
    /// How often it changed before the reader's eyes.
    pub changes: ArcRwSignal<u32>,
}

/// The page that is shown, in signals.
#[derive(Clone, Copy)]
pub struct Table {
    /// What stands around the rows. Its own `rows` are those of the last answer.
    page: RwSignal<SecurityPage>,
    rows: RwSignal<Vec<LiveRow>>,
    waiting: RwSignal<usize>,
    /// What changed last, for screen readers.
    news: RwSignal<String>,
    chosen: RwSignal<Chosen>,
    /// What did not work.
    said: RwSignal<String>,
}

impl Table {
    /// The table of the first answer.
    pub fn new(page: SecurityPage) -> Self {
        let rows = page.rows.iter().cloned().map(LiveRow::new).collect();
        Self {
            page: RwSignal::new(page),
            rows: RwSignal::new(rows),
            waiting: RwSignal::new(0),
            news: RwSignal::new(String::new()),
            chosen: RwSignal::new(Chosen::default()),
            said: RwSignal::new(String::new()),
        }
    }

    /// What stands around the rows.
    pub(super) fn page(self) -> RwSignal<SecurityPage> {
        self.page
    }

    /// The rows in their order.
    pub(super) fn rows(self) -> RwSignal<Vec<LiveRow>> {
        self.rows
    }

    /// What is selected.
    pub(super) fn chosen(self) -> RwSignal<Chosen> {
        self.chosen
    }

    /// Changes the selection, and says so if that is too many.
    pub(super) fn choose(self, change: impl FnOnce(&mut Chosen) -> bool) {
        let mut fits = true;
        self.chosen.update(|chosen| fits = change(chosen));
        if !fits {
            self.say(table_word(TableWord::SelectionFull).to_owned());
        }
    }

    /// The rows as they are shown.
    pub(super) fn shown_rows(self) -> Vec<HostRow> {
        let rows = self.rows.get_untracked();
        rows.iter().map(|live| live.row.get_untracked()).collect()
    }

    /// The row of this host, if it is on the page.
    pub(super) fn row(self, host: HostId) -> Option<HostRow> {
        self.live(host).map(|live| live.row.get_untracked())
    }

    /// The revision of this host, if it is on the page.
    pub(super) fn revision(self, host: HostId) -> Option<u64> {
        let live = self.rows.with(|rows| rows.iter().find(|live| live.host == host).cloned());
        live.map(|live| live.row.with(|row| row.revision))
    }

    /// Says something to screen readers, and to all who look.
    pub(super) fn say(self, words: String) {
        self.said.set(words);
    }

    /// What was said last.
    pub(super) fn said(self) -> RwSignal<String> {
        self.said
    }

    /// How many changes of the order wait.
    pub(super) fn waiting(self) -> RwSignal<usize> {
        self.waiting
    }

    /// A row's place among all that match the filter, from 2: the head is 1.
    pub(super) fn row_index(self, host: HostId) -> u32 {
        let before = self.rows.with(|rows| rows.iter().position(|live| live.host == host));
        let before = before.and_then(|rows| u32::try_from(rows).ok()).unwrap_or_default();
        let first = self
            .page
            .with(|page| page.filter.page.saturating_sub(1).saturating_mul(page.page_size));
        first.saturating_add(before).saturating_add(2)
    }

    /// What changed last.
    pub(super) fn news(self) -> RwSignal<String> {
        self.news
    }

    /// Shows another answer; see [`state::merge`] for `busy`. Another filter or page is what the
    /// reader asked for, so nothing waits then.
    pub fn show(self, page: SecurityPage, busy: bool) {
        let before = self.page.get_untracked();
        if before == page {
            return;
        }
        if before.scope() != page.scope() {
            self.chosen.set(Chosen::default());
        }
        let same = before.filter == page.filter && before.scope() == page.scope();
        let shown: Vec<LiveRow> = self.rows.get_untracked();
        let old: Vec<HostRow> = shown.iter().map(|live| live.row.get_untracked()).collect();
        let merge = state::merge(&old, page.rows.clone(), busy && same);
        let rows = merge.rows.into_iter().map(|fresh| {
            match shown.iter().find(|live| live.host == fresh.id) {
                Some(live) => {
                    self.change(live, fresh);
                    live.clone()
                }
                None => LiveRow::new(fresh),
            }
        });
        let rows: Vec<LiveRow> = rows.collect();
        self.waiting.set(merge.waiting);
        if !rows.iter().map(|live| live.host).eq(shown.iter().map(|live| live.host)) {
            self.rows.set(rows);
        }
        self.page.set(page);
    }

    /// Puts the rows in the order of the last answer.
    pub fn settle(self) {
        let page = self.page.get_untracked();
        self.waiting.set(0);
        let shown = self.rows.get_untracked();
        let rows = page.rows.into_iter().map(|fresh| {
            let live = shown.iter().find(|live| live.host == fresh.id).cloned();
            live.unwrap_or_else(|| LiveRow::new(fresh))
        });
        self.rows.set(rows.collect());
    }

    /// Shows a row that was read again.
    pub fn show_row(self, fresh: HostRow) {
        if let Some(live) = self.live(fresh.id) {
            self.change(&live, fresh);
        }
    }

    /// Notes that a host was verified again with the same result.
    pub fn verified(self, host: HostId, at: Timestamp) {
        let Some(live) = self.live(host) else { return };
        if let Some(row) = state::verified(&live.row.get_untracked(), at) {
            live.row.set(row);
        }
    }

    /// Whether the host is on this page.
    pub fn shows(self, host: HostId) -> bool {
        self.live(host).is_some()
    }

    fn live(self, host: HostId) -> Option<LiveRow> {
        self.rows.with_untracked(|rows| rows.iter().find(|live| live.host == host).cloned())
    }

    fn change(self, live: &LiveRow, fresh: HostRow) {
        let shown = live.row.get_untracked();
        let Some(fresh) = state::newer(&shown, fresh) else { return };
        if fresh.revision > shown.revision {
            live.changes.update(|changes| *changes += 1);
        }
        if fresh.attestation != shown.attestation {
            self.news.set(tell(&Phrase::HostChanged {
                host: &fresh.name,
                attestation: text::attestation(language(), fresh.attestation),
            }));
        }
        live.row.set(fresh);
    }
}

impl LiveRow {
    fn new(row: HostRow) -> Self {
        Self { host: row.id, row: ArcRwSignal::new(row), changes: ArcRwSignal::new(0) }
    }
}
