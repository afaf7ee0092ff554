//! The tab bar of a host: Summary, Attestation, History, Logs.

use leptos::prelude::*;
use trustboard_model::id::HostId;

use crate::component::{history, say};
use crate::text::{HistoryWord, Ui};

/// A page of a host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    /// `/hosts/:id`.
    Summary,
    /// `/hosts/:id/attestation`.
    Attestation,
    /// `/hosts/:id/history`.
    History,
    /// `/hosts/:id/logs`.
    Logs,
}

impl Tab {
    const ALL: [Self; 4] = [Self::Summary, Self::Attestation, Self::History, Self::Logs];

    /// The page's address.
    pub(super) fn path(self, host: HostId) -> String {
        let end = match self {
            Self::Summary => "",
            Self::Attestation => "/attestation",
            Self::History => "/history",
            Self::Logs => "/logs",
        };
        format!("/hosts/{host}{end}")
    }

    fn word(self) -> &'static str {
        match self {
            Self::Summary => say(Ui::Summary),
            Self::Attestation => history(HistoryWord::AttestationTab),
            Self::History => say(Ui::History),
            Self::Logs => history(HistoryWord::LogsTab),
        }
    }
}

/// The tab bar, below the host's heading.
#[component]
pub(super) fn HostTabs(host: HostId, tab: Tab) -> impl IntoView {
    let links = Tab::ALL.map(|to| {
        let current = (to == tab).then_some("page");
        view! { <a href=to.path(host) aria-current=current>{to.word()}</a> }
    });
    view! { <nav class="tabs" aria-label=say(Ui::Host)>{links.collect_view()}</nav> }
}
