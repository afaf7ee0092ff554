//! The Configuration tab of a datacenter: its clusters, and what holds in each.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use trustboard_model::id::DatacenterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::DatacenterSettings;

use super::NewCluster;
use super::api::read_settings;
use super::cluster::ClusterCard;
use super::datacenter::ThisDatacenter;
use crate::component::{ChangeOutcome, Clock, Loaded, admin, say};
use crate::datacenter::{DatacenterTabs, Tab};
use crate::failure::Failure;
use crate::frame::{Heading, SessionHandle, follow};
use crate::text::{AdminWord, Ui};

/// The screen.
#[component]
pub(crate) fn DatacenterConfigurationScreen() -> impl IntoView {
    let params = use_params_map();
    let datacenter = Memo::new(move |_| {
        let id = params.with(|params| params.get("datacenter").unwrap_or_default());
        id.parse::<DatacenterId>().map_err(|_| Failure::from(Refusal::not_found("datacenter")))
    });
    let answer = Resource::new(
        move || datacenter.get(),
        |datacenter| async move { read_settings(datacenter?).await },
    );
    let page = Loaded::of(answer);
    // Only the tree: what is being typed here stays.
    follow(|| ());
    page.whole(move |page| view! { <Shown page /> }.into_any())
}

#[component]
fn Shown(page: DatacenterSettings) -> impl IntoView {
    Clock::use_here().hear(page.now);
    let DatacenterSettings { datacenter, clusters, others, now: _ } = page;
    let session = SessionHandle::use_here();
    let may_arrange = session.may(Role::Administrator, datacenter.id);
    let parents = vec![(say(Ui::AllDatacenters).to_owned(), "/".to_owned())];
    let empty = clusters.is_empty();
    let id = datacenter.id;
    let cards = clusters.into_iter().map(|settings| {
        let others = others.clone();
        view! { <ClusterCard settings datacenter=datacenter.clone() others may_arrange /> }
    });
    let cards: Vec<_> = cards.collect();
    view! {
        <Heading title=datacenter.name.clone() parents>""</Heading>
        <DatacenterTabs datacenter=id tab=Tab::Configuration />
        <ChangeOutcome />
        <div class="arrangement">
            {empty.then(|| view! {
                <section class="blank" data-blank="empty">
                    <h2>{admin(AdminWord::NoClusters)}</h2>
                    <p>{admin(AdminWord::StepClusterHint)}</p>
                </section>
            })}
            {cards}
            {may_arrange.then(|| view! {
                <details class="card fold" id="new-cluster" open=empty>
                    <summary><h2>{admin(AdminWord::NewClusterTitle)}</h2></summary>
                    <NewCluster datacenter=id then=String::new() />
                </details>
                <ThisDatacenter datacenter empty />
            })}
        </div>
    }
    .into_any()
}
