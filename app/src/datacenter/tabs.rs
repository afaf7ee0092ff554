//! The tab bar of a datacenter: Summary, Monitor (Security, Alarms, Jobs & events), Hosts,
//! Configuration.

use leptos::prelude::*;
use trustboard_model::id::DatacenterId;

use crate::component::{say, table_word};
use crate::text::{TableWord, Ui};

/// A page of a datacenter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tab {
    /// `/datacenters/:id`.
    Summary,
    /// Monitor: `/datacenters/:id/security`.
    Security,
    /// Monitor: `/datacenters/:id/alarms`.
    Alarms,
    /// Monitor: `/datacenters/:id/events`.
    Events,
    /// `/datacenters/:id/hosts`.
    Hosts,
    /// `/datacenters/:id/configuration`.
    Configuration,
}

impl Tab {
    const MAIN: [Self; 4] = [Self::Summary, Self::Security, Self::Hosts, Self::Configuration];
    const MONITOR: [Self; 3] = [Self::Security, Self::Alarms, Self::Events];

    /// The page's address.
    fn path(self, datacenter: DatacenterId) -> String {
        let end = match self {
            Self::Summary => "",
            Self::Security => "/security",
            Self::Alarms => "/alarms",
            Self::Events => "/events",
            Self::Hosts => "/hosts",
            Self::Configuration => "/configuration",
        };
        format!("/datacenters/{datacenter}{end}")
    }

    fn word(self) -> &'static str {
        match self {
            Self::Summary => say(Ui::Summary),
            Self::Security => say(Ui::Security),
            Self::Alarms => table_word(TableWord::Alarms),
            Self::Events => table_word(TableWord::JobsAndEvents),
            Self::Hosts => say(Ui::Hosts),
            Self::Configuration => table_word(TableWord::Configuration),
        }
    }
}

/// The tab bar, below the heading of each of these pages.
#[component]
pub(crate) fn DatacenterTabs(
    /// The datacenter.
    #[prop(into)]
    datacenter: Signal<DatacenterId>,
    /// The page that this is.
    tab: Tab,
) -> impl IntoView {
    let monitor = Tab::MONITOR.contains(&tab);
    let link = move |to: Tab, word: &'static str, current: Option<&'static str>| {
        let href = move || to.path(datacenter.get());
        view! { <a href=href aria-current=current>{word}</a> }
    };
    let main = Tab::MAIN.map(|to| {
        let inside = to == Tab::Security && monitor;
        let word = if to == Tab::Security { say(Ui::Monitor) } else { to.word() };
        // The page itself is said where its own link stands.
        let current = if inside { Some("true") } else { (to == tab).then_some("page") };
        link(to, word, current)
    });
    let second = monitor.then(|| {
        let links = Tab::MONITOR.map(|to| link(to, to.word(), (to == tab).then_some("page")));
        view! {
            <nav class="tabs second" aria-label=table_word(TableWord::MonitorTabs)>
                {links.collect_view()}
            </nav>
        }
    });
    view! {
        <nav class="tabs" aria-label=table_word(TableWord::Tabs)>{main.collect_view()}</nav>
        {second}
    }
    .into_any()
}
