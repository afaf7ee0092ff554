//! The clusters that a configuration is for: a box for each of the inventory.

use leptos::prelude::*;
use trustboard_model::id::ClusterId;

use crate::component::{answered, trust};
use crate::frame::InventoryHandle;
use crate::text::Trust;

/// The boxes. They post as `clusters[]`.
#[component]
pub(crate) fn ClusterChoice(
    /// Those that are ticked.
    chosen: Vec<ClusterId>,
) -> impl IntoView {
    let inventory = use_context::<InventoryHandle>();
    let boxes = answered(async move {
        let inventory = match inventory {
            Some(InventoryHandle(inventory)) => inventory.await.ok(),
            None => None,
        };
        let datacenters = inventory.map(|inventory| inventory.datacenters).unwrap_or_default();
        let clusters = datacenters.into_iter().flat_map(|datacenter| {
            let place = datacenter.name;
            datacenter.clusters.into_iter().map(move |cluster| (place.clone(), cluster))
        });
        let boxes = clusters.map(|(datacenter, cluster)| {
            view! {
                <label class="check">
                    <input
                        type="checkbox"
                        name="clusters[]"
                        value=cluster.id.to_string()
                        checked=chosen.contains(&cluster.id)
                    />
                    <bdi>{format!("{} / {}", datacenter, cluster.name)}</bdi>
                </label>
            }
        });
        boxes.collect_view()
    });
    view! {
        <fieldset class="boxes">
            <legend>{trust(Trust::Clusters)}</legend>
            {boxes}
        </fieldset>
    }
    .into_any()
}
