//! The enrolment page of one cluster.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use trustboard_model::id::{ClusterId, DatacenterId};
use trustboard_model::refusal::Refusal;
use trustboard_model::view::Named;

use super::api::read_enrolment;
use super::tokens::Tokens;
use super::{Arrivals, NewTokenForm, TokenCommand};
use crate::component::{ChangeOutcome, Page, admin, say, tell_admin};
use crate::failure::Failure;
use crate::frame::{Heading, follow};
use crate::text::{AdminPhrase, AdminWord, Ui};

/// The screen.
#[component]
pub(crate) fn EnrolScreen() -> impl IntoView {
    let params = use_params_map();
    let cluster = Memo::new(move |_| {
        let id = params.with(|params| params.get("cluster").unwrap_or_default());
        id.parse::<ClusterId>().map_err(|_| Failure::from(Refusal::not_found("cluster")))
    });
    let answer = Resource::new(
        move || cluster.get(),
        |cluster| async move { read_enrolment(cluster?).await },
    );
    let page = Page::of(answer, |page| page.now);
    follow(move || page.read_again());
    let shown = move || page.content().get();
    // Parts that are made anew only when they change: what somebody types stays while hosts arrive.
    let place = Memo::new(move |_| shown().map(|page| (page.datacenter, page.cluster)));
    let tokens = Memo::new(move |_| shown().map(|page| page.tokens).unwrap_or_default());
    let arrivals = Memo::new(move |_| shown().map(|page| page.arrivals).unwrap_or_default());
    page.view(move || {
        view! {
            {move || place.get().map(|(datacenter, cluster)| {
                view! { <Heads datacenter cluster=cluster.clone() /> }
            })}
            {move || place.get().map(|(_, cluster)| {
                let then = format!("/clusters/{}/enrol", cluster.id);
                view! {
                    <section class="card" id="new-token">
                        <h2>{admin(AdminWord::NewTokenTitle)}</h2>
                        <p class="dim">{admin(AdminWord::StepHostHint)}</p>
                        <TokenCommand cluster=cluster.id />
                        <NewTokenForm cluster=cluster.id then />
                    </section>
                    <section class="card" id="arrivals">
                        <h2>{admin(AdminWord::ArrivalsTitle)}</h2>
                        <Arrivals arrivals />
                    </section>
                    <section class="card" id="tokens">
                        <h2>{admin(AdminWord::TokensTitle)}</h2>
                        <p class="dim">{admin(AdminWord::TokensHint)}</p>
                        <Tokens tokens />
                    </section>
                }
            })}
        }
        .into_any()
    })
}

#[component]
fn Heads(datacenter: Named<DatacenterId>, cluster: Named<ClusterId>) -> impl IntoView {
    let security = format!("/datacenters/{}/security", datacenter.id);
    let parents = vec![
        (say(Ui::AllDatacenters).to_owned(), "/".to_owned()),
        (datacenter.name, security.clone()),
        (cluster.name.clone(), format!("{security}?cluster={}", cluster.id)),
    ];
    let title = tell_admin(&AdminPhrase::EnrolIn { cluster: &cluster.name });
    view! {
        <Heading title parents>""</Heading>
        <ChangeOutcome />
    }
}
