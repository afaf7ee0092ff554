//! The counts of every datacenter and cluster, with what changed in a day.

use leptos::prelude::*;
use trustboard_model::host::{Attestation, Freshness};
use trustboard_model::host_query::{AlarmIs, HostQuery, Mark as Marked, Pattern, Test};
use trustboard_model::id::ClusterId;
use trustboard_model::view::{
    ClusterSummary, CountChange, Counts, DatacenterSummary, Mark, Scope, SecurityFilter,
};

use crate::component::{Sign, SignMark, TreeMark, history, language, recount, say};
use crate::security::state;
use crate::text::{self, HistoryPhrase, HistoryWord, Ui};

const KINDS: [Attestation; 4] =
    [Attestation::Failed, Attestation::Unknown, Attestation::NotApplicable, Attestation::Passed];

/// The table. Over everything, clusters in which nothing needs a person are summed up.
#[component]
pub(super) fn Nodes(nodes: Vec<DatacenterSummary>, scope: Scope) -> impl IntoView {
    let bodies = nodes.into_iter().map(|node| view! { <Datacenter node scope /> });
    let bodies = bodies.collect_view();
    let head = |word: &'static str| view! { <th scope="col" class="number">{word}</th> };
    let language = language();
    let label = match scope {
        Scope::Everything => Ui::AllDatacenters,
        Scope::Datacenter(_) => Ui::Cluster,
    };
    view! {
        <div class="table-region" role="region" aria-label=say(label) tabindex="0">
            <table class="overview">
                <thead>
                    <tr>
                        <th scope="col">{say(Ui::Datacenter)}</th>
                        {head(say(Ui::Hosts))}
                        {KINDS.map(|kind| head(text::attestation(language, kind))).collect_view()}
                        {head(text::freshness(language, Freshness::Stale))}
                        {head(say(Ui::RedAlarms))}
                    </tr>
                </thead>
                {bodies}
            </table>
        </div>
        {match scope {
            Scope::Everything => ().into_any(),
            Scope::Datacenter(id) => view! {
                <p><a href=format!("/datacenters/{id}/report")>{history(HistoryWord::Report)}</a></p>
            }
            .into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Datacenter(node: DatacenterSummary, scope: Scope) -> impl IntoView {
    let DatacenterSummary { datacenter, counts, change, clusters } = node;
    let path = format!("/datacenters/{}/security", datacenter.id);
    let summary = format!("/datacenters/{}", datacenter.id);
    let everything = scope == Scope::Everything;
    let needs = |cluster: &ClusterSummary| !everything || needs_somebody(&cluster.counts);
    let (shown, quiet): (Vec<_>, Vec<_>) = clusters.into_iter().partition(needs);
    let rows = shown.into_iter().map(|cluster| {
        let ClusterSummary { cluster, counts, change } = cluster;
        let href = address(&path, Some(cluster.id), None);
        view! {
            <tr class="cluster">
                <th scope="row">
                    <a href=href>
                        <TreeMark mark=Mark::of(&counts) />
                        <bdi>{cluster.name}</bdi>
                    </a>
                </th>
                {cells(&path, Some(cluster.id), counts, change)}
            </tr>
        }
    });
    let rows = rows.collect_view();
    let rest = (!quiet.is_empty()).then(|| {
        let count = text::number(language(), quiet.len() as u64);
        view! {
            <tr class="cluster rest">
                <td colspan="8">
                    <a href=summary.clone()>{recount(&HistoryPhrase::QuietClusters { count })}</a>
                </td>
            </tr>
        }
    });
    view! {
        <tbody>
            <tr>
                <th scope="row">
                    <a href=if everything { summary.clone() } else { path.clone() }>
                        <TreeMark mark=Mark::of(&counts) />
                        <bdi>{datacenter.name}</bdi>
                    </a>
                </th>
                {cells(&path, None, counts, change)}
            </tr>
            {rows}
            {rest}
        </tbody>
    }
    .into_any()
}

/// Whether a row of its own is worth it.
fn needs_somebody(counts: &Counts) -> bool {
    !matches!(Mark::of(counts), Mark::Good | Mark::Empty)
}

fn address(path: &str, cluster: Option<ClusterId>, test: Option<Test>) -> String {
    let mut query = HostQuery::ALL;
    if let Some(cluster) = cluster {
        query = query.and(Test::Cluster(Pattern::new(&cluster.to_string())));
    }
    if let Some(test) = test {
        query = query.and(test);
    }
    state::address(path, &SecurityFilter { query, ..SecurityFilter::ALL }, None)
}

fn cells(
    path: &str,
    cluster: Option<ClusterId>,
    counts: Counts,
    change: CountChange,
) -> impl IntoView + use<> {
    let Counts { hosts, passed, failed, unknown, not_applicable, stale, red } = counts;
    let cell = |count: u32, change: Option<i64>, test: Option<Test>, sign: Option<Sign>| {
        let number = text::number(language(), count.into());
        let href = address(path, cluster, test);
        let sign = sign.filter(|_| count > 0).map(|sign| view! { <SignMark sign /> });
        let class = if count == 0 { "number none" } else { "number" };
        view! {
            <td class=class>
                <a href=href>{sign}{number}</a>
                {change.filter(|by| *by != 0).map(|by| view! { <By by /> })}
            </td>
        }
    };
    let counted = KINDS.map(|kind| {
        let (count, change) = match kind {
            Attestation::Failed => (failed, change.failed),
            Attestation::Unknown => (unknown, change.unknown),
            Attestation::NotApplicable => (not_applicable, change.not_applicable),
            Attestation::Passed => (passed, change.passed),
        };
        cell(count, Some(change), Some(Test::Attestation(kind)), Some(Sign::of(kind)))
    });
    view! {
        {cell(hosts, Some(change.hosts), None, None)}
        {counted.collect_view()}
        {cell(stale, None, Some(Test::Is(Marked::Stale)), None)}
        {cell(red, None, Some(Test::Alarm(AlarmIs::Red)), None)}
    }
}

/// `+3`, with what that means for who hovers or listens.
#[component]
fn By(by: i64) -> impl IntoView {
    let count = text::number(language(), by.unsigned_abs());
    let short = format!("{}{count}", if by > 0 { '+' } else { '\u{2212}' });
    let said = recount(&if by > 0 {
        HistoryPhrase::More { count }
    } else {
        HistoryPhrase::Fewer { count }
    });
    let title = said.clone();
    view! {
        <small class="by" title=title>
            <span aria-hidden="true">{short}</span>
            <span class="hidden">{said}</span>
        </small>
    }
}
