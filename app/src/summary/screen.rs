//! The screen: causes before hosts, what changed, the counts now and over time.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use trustboard_model::event::EventSeq;
use trustboard_model::view::{Counts, Mark, Scope, SummaryPage, TrendAsked, TrendRange};

use super::api::read_summary;
use super::causes::Causes;
use super::changes::ChangesList;
use super::nodes::Nodes;
use super::trend::TrendChart;
use crate::blank::{Blank, BlankView};
use crate::component::{ChangeOutcome, Page, TreeMark, history, say};
use crate::datacenter::{DatacenterTabs, Tab, scope_of};
use crate::frame::{Heading, follow};
use crate::setup::Checklist;
use crate::text::{HistoryWord, Ui};

/// The overview, or a datacenter's Summary tab.
#[component]
pub(crate) fn SummaryScreen() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let scope = Memo::new(move |_| params.with(scope_of));
    let trend = Memo::new(move |_| {
        query.with(|query| {
            let range = query.get("range").and_then(|code| TrendRange::from_code(&code));
            TrendAsked {
                range: range.unwrap_or_default(),
                cluster: query.get("cluster").and_then(|id| id.parse().ok()),
            }
        })
    });
    let answer = Resource::new(
        move || (scope.get(), trend.get()),
        |(scope, trend)| async move { read_summary(scope?, trend).await },
    );
    let page = Page::of(answer, |page| page.now);
    follow(move || page.read_again());
    let shown = page.content();
    view! {
        {move || (scope.get() == Ok(Scope::Everything)).then(|| view! {
            <Heading title=say(Ui::AllDatacenters).to_owned()>""</Heading>
            <ChangeOutcome />
            <Checklist />
        })}
        {page.view(move || view! { <Content shown /> }.into_any())}
    }
    .into_any()
}

/// Each part is written anew only when what it shows changes.
#[component]
fn Content(shown: Memo<Option<SummaryPage>>) -> impl IntoView {
    let scope = Memo::new(move |_| {
        shown.with(|page| page.as_ref().map_or(Scope::Everything, |page| page.scope))
    });
    let nodes = Memo::new(move |_| {
        shown.with(|page| page.as_ref().map(|page| page.datacenters.clone()).unwrap_or_default())
    });
    let causes = Memo::new(move |_| {
        shown.with(|page| page.as_ref().map(|page| page.causes.clone()).unwrap_or_default())
    });
    let changes = Memo::new(move |_| {
        shown.with(|page| page.as_ref().map(|page| page.changes).unwrap_or_default())
    });
    let trend = Memo::new(move |_| shown.with(|page| page.as_ref().map(|page| page.trend.clone())));
    let seen = Signal::derive(move || {
        shown.with(|page| page.as_ref().map_or(EventSeq(0), |page| page.seq))
    });
    // Over everything each datacenter has a page of its own.
    let clusters = Memo::new(move |_| match scope.get() {
        Scope::Everything => Vec::new(),
        Scope::Datacenter(_) => nodes.with(|nodes| {
            let clusters = nodes.iter().flat_map(|node| &node.clusters);
            clusters.map(|cluster| cluster.cluster.clone()).collect()
        }),
    });
    let empty = Memo::new(move |_| nodes.with(Vec::is_empty));
    let counts = Memo::new(move |_| {
        nodes.with(|nodes| nodes.iter().fold(Counts::default(), |all, node| all.plus(node.counts)))
    });
    view! {
        {move || match scope.get() {
            Scope::Everything => ().into_any(),
            Scope::Datacenter(datacenter) => {
                let name = nodes.with(|nodes| {
                    nodes.first().map(|node| node.datacenter.name.clone()).unwrap_or_default()
                });
                let parents = vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())];
                view! {
                    <Heading title=name parents>
                        {move || view! { <TreeMark mark=Mark::of(&counts.get()) /> }}
                    </Heading>
                    <DatacenterTabs datacenter tab=Tab::Summary />
                }
                .into_any()
            }
        }}
        {move || if empty.get() {
            view! { <BlankView blank=Blank::NoDatacenters /> }.into_any()
        } else {
            view! {
                <div class="summary">
                    <section class="card causes-card" id="causes">
                        <h2>{history(HistoryWord::Attention)}</h2>
                        {move || view! { <Causes causes=causes.get() scope=scope.get() seen /> }}
                    </section>
                    <section class="card" id="changes">
                        <h2>{history(HistoryWord::Changes)}</h2>
                        {move || view! { <ChangesList changes=changes.get() scope=scope.get() /> }}
                    </section>
                    <TrendChart trend clusters />
                    <section class="counts-by-place" id="counts">
                        {move || view! { <Nodes nodes=nodes.get() scope=scope.get() /> }}
                    </section>
                </div>
            }
            .into_any()
        }}
    }
    .into_any()
}
