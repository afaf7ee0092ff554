//! The inventory tree: datacenters and clusters, each with the mark of the worst host below it,
//! and the host whose page is open.

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};
use trustboard_model::host_query::{HostQuery, Pattern, Test};
use trustboard_model::id::{ClusterId, HostId};
use trustboard_model::view::{
    ClusterNode, Counts, DatacenterNode, Inventory, Mark, SecurityFilter,
};

use crate::blank::{FailureView, Loading};
use crate::component::{Sign, SignMark, TreeMark, answered, language, say};
use crate::failure::Failure;
use crate::frame::Navigation;
use crate::security::state;
use crate::text::{self, Ui};

/// The host whose page is open: it stands in the tree below its cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OpenHost {
    /// Its id.
    pub id: HostId,
    /// Its name.
    pub name: String,
    /// Its cluster.
    pub cluster: ClusterId,
    /// Its sign.
    pub sign: Sign,
}

/// The open host, in the context of every page.
#[derive(Clone, Copy)]
pub(crate) struct OpenHostHandle(pub RwSignal<Option<OpenHost>>);

/// The tree. On a narrow screen it is a sheet that the header's button opens.
#[component]
pub(crate) fn Tree(inventory: Resource<Result<Inventory, Failure>>) -> impl IntoView {
    let shown = RwSignal::new(None::<Result<Inventory, Failure>>);
    let show = move |answer: Result<Inventory, Failure>| {
        // A reading that failed leaves the tree that was there: the header says that the
        // connection is lost, and the page itself says what it could not read.
        let keep = answer.is_err() && shown.with_untracked(|shown| matches!(shown, Some(Ok(_))));
        if !keep && shown.with_untracked(|shown| shown.as_ref() != Some(&answer)) {
            shown.set(Some(answer));
        }
    };
    Effect::new(move |_| {
        if let Some(answer) = inventory.get() {
            show(answer);
        }
    });
    let location = use_location();
    let query = use_query_map();
    let open = use_context::<OpenHostHandle>();
    let here = Memo::new(move |_| Here {
        path: location.pathname.get(),
        cluster: query.with(|query| cluster_of(&query.get("q").unwrap_or_default())),
        host: open.and_then(|open| open.0.get()),
    });
    view! {
        <nav id="tree" class="tree" popover="auto" aria-label=say(Ui::Inventory)>
            <h2>{say(Ui::Inventory)}</h2>
            <Loading loaded=Signal::derive(move || shown.with(Option::is_some)) />
                {answered(async move {
                    show(inventory.await);
                    move || shown.get().map(|answer| match answer {
                        Ok(inventory) => view! { <Nodes inventory here=here.get() /> }.into_any(),
                        Err(why) => view! { <FailureView why retry=move || inventory.refetch() /> }.into_any(),
                    })
                })}
            <Navigation />
        </nav>
    }
    .into_any()
}

/// Where the reader is.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Here {
    path: String,
    /// The name of the cluster that the table shows; nothing for all.
    cluster: Option<String>,
    host: Option<OpenHost>,
}

/// The cluster that a query is about.
fn cluster_of(query: &str) -> Option<String> {
    match query.parse::<HostQuery>().ok()?.single("cluster")? {
        Test::Cluster(pattern) => Some(pattern.as_str().to_owned()),
        _ => None,
    }
}

/// The nodes.
#[component]
fn Nodes(inventory: Inventory, here: Here) -> impl IntoView {
    let all =
        inventory.datacenters.iter().fold(Counts::default(), |all, node| all.plus(node.counts));
    let datacenters = inventory
        .datacenters
        .into_iter()
        .map(|node| view! { <Datacenter node here=here.clone() /> })
        .collect_view();
    view! {
        <ul>
            <li>
                <Node
                    name=say(Ui::AllDatacenters).to_owned()
                    href="/".to_owned()
                    counts=all
                    current=here.path == "/"
                />
                <ul>{datacenters}</ul>
            </li>
        </ul>
    }
    .into_any()
}

#[component]
fn Datacenter(node: DatacenterNode, here: Here) -> impl IntoView {
    let path = format!("/datacenters/{}/security", node.id);
    let inside = here.path == path;
    let clusters = node.clusters.into_iter().map(|cluster| {
        let ClusterNode { id, name, counts } = cluster;
        let current = inside && here.cluster.as_ref() == Some(&name);
        let host = here.host.clone().filter(|host| host.cluster == id).map(|host| {
            view! {
                <ul>
                    <li>
                        <a class="node" href=format!("/hosts/{}", host.id) aria-current="page">
                            <SignMark sign=host.sign />
                            <bdi>{host.name}</bdi>
                        </a>
                    </li>
                </ul>
            }
        });
        let filter = SecurityFilter::only(Test::Cluster(Pattern::new(&name)));
        let href = state::address(&path, &filter, None);
        view! { <li><Node name href counts current />{host}</li> }
    });
    let clusters = clusters.collect_view();
    view! {
        <li>
            <Node name=node.name href=path counts=node.counts current=inside && here.cluster.is_none() />
            <ul>{clusters}</ul>
        </li>
    }
}

#[component]
fn Node(name: String, href: String, counts: Counts, current: bool) -> impl IntoView {
    view! {
        <a class="node" href=href aria-current=current.then_some("page")>
            <TreeMark mark=Mark::of(&counts) />
            <bdi>{name}</bdi>
            <span class="count">{text::number(language(), counts.hosts.into())}</span>
        </a>
    }
}
