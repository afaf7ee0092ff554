//! The clusters, each with the way to its policy.

use leptos::prelude::*;
use trustboard_model::view::{DatacenterNode, Inventory, Mark};

use crate::blank::{Blank, BlankView};
use crate::component::{Loaded, TreeMark, language, say, trust};
use crate::frame::{Heading, InventoryHandle, follow};
use crate::text::{self, Trust, Ui};

/// The screen.
#[component]
pub(crate) fn PoliciesScreen() -> impl IntoView {
    let Some(InventoryHandle(inventory)) = use_context() else { return ().into_any() };
    let inventory = Loaded::of(inventory);
    follow(|| ());
    let parents = vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())];
    view! {
        <Heading title=trust(Trust::Policies).to_owned() parents>""</Heading>
        <p class="dim">{trust(Trust::PoliciesIntro)}</p>
        {inventory.whole(|Inventory { datacenters }| {
                if datacenters.is_empty() {
                    view! { <BlankView blank=Blank::NoDatacenters /> }.into_any()
                } else {
                    view! { <Clusters datacenters /> }.into_any()
                }
            })}
    }
    .into_any()
}

#[component]
fn Clusters(datacenters: Vec<DatacenterNode>) -> impl IntoView {
    let rows = datacenters.into_iter().flat_map(|datacenter| {
        let place = datacenter.name;
        datacenter.clusters.into_iter().map(move |cluster| {
            view! {
                <tr>
                    <th scope="row">
                        <a href=format!("/clusters/{}/policy", cluster.id)>
                            <TreeMark mark=Mark::of(&cluster.counts) />
                            <bdi>{cluster.name}</bdi>
                        </a>
                    </th>
                    <td><bdi>{place.clone()}</bdi></td>
                    <td class="number">{text::number(language(), cluster.counts.hosts.into())}</td>
                </tr>
            }
        })
    });
    let rows: Vec<_> = rows.collect();
    view! {
        <div class="table-region" role="region" aria-label=trust(Trust::Policies) tabindex="0">
            <table class="overview">
                <thead>
                    <tr>
                        <th scope="col">{say(Ui::Cluster)}</th>
                        <th scope="col">{say(Ui::Datacenter)}</th>
                        <th scope="col" class="number">{say(Ui::Hosts)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
