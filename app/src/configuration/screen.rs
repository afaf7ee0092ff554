//! One version: its life, what it differs in from the version before, and what it measured.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use trustboard_model::configuration::ConfigurationState;
use trustboard_model::id::ConfigurationId;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{ConfigurationPage, Impact};

use super::about::About;
use super::api;
use super::events::Events;
use super::review::{Review, ReviewPanel};
use super::versions::Versions;
use crate::blank::Loading;
use crate::component::{
    ChangeOutcome, Differences, Loaded, StateBadge, answered, say, tell, trust,
};
use crate::failure::Failure;
use crate::frame::{Heading, follow};
use crate::text::{Phrase, Trust, Ui};

/// The screen.
#[component]
pub(crate) fn ConfigurationScreen() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let id = Memo::new(move |_| {
        let id = params.with(|params| params.get("configuration").unwrap_or_default());
        id.parse::<ConfigurationId>()
            .map_err(|_| Failure::from(Refusal::not_found("configuration")))
    });
    let review = Memo::new(move |_| query.with(Review::parse));
    let answer =
        Resource::new(move || id.get(), |id| async move { api::read_configuration(id?).await });
    let impact = Resource::new(
        move || (id.get(), review.get()),
        |(id, review)| async move {
            match review {
                Some(review) => api::read_configuration_impact(review.action(id?)).await.map(Some),
                None => Ok(None),
            }
        },
    );
    let (page, impact) = (Loaded::of(answer), Loaded::of(impact));
    // Only the tree: what is being typed here stays.
    follow(|| ());
    view! {
        <Loading loaded=page.arrived() />
        {answered(async move {
            page.arrive().await;
            impact.arrive().await;
            move || page.view(move |page| {
                view! { <Shown page review impact /> }.into_any()
            })
        })}
    }
    .into_any()
}

#[component]
fn Shown(
    page: ConfigurationPage,
    review: Memo<Option<Review>>,
    impact: Loaded<Option<Impact>>,
) -> impl IntoView {
    let may_prepare = page.role >= Some(Role::Operator);
    let may_decide = page.role >= Some(Role::Approver);
    let about = page.row.configuration.clone();
    let state = page.row.state;
    let title = tell(&Phrase::NameVersion { name: &about.name, version: about.version });
    let parents = vec![
        (say(Ui::AllDatacenters).to_owned(), "/".to_owned()),
        (trust(Trust::Configurations).to_owned(), "/configurations".to_owned()),
    ];
    let before = page.before.clone();
    let differences = page.differences.clone();
    let row = StoredValue::new(page.row.clone());
    let two = page.two_approvals;
    let panel = move || {
        review.get().filter(|review| may_decide && review.kind.is_offered(state)).map(|review| {
            let row = row.get_value();
            view! { <ReviewPanel row review two_approvals=two impact /> }
        })
    };
    view! {
        <Heading title parents><StateBadge state /></Heading>
        <ChangeOutcome />
        <div class="host configuration">
            <About row=page.row log=page.log may_decide two_approvals=two />
            {panel}
            {before.map(|before| {
                let heading = tell(&Phrase::ComparedWith { name: &before.name, version: before.version });
                view! {
                    <section class="card" id="difference">
                        <h2>{heading}</h2>
                        {if differences.is_empty() {
                            view! { <p class="dim">{trust(Trust::NoDifferences)}</p> }.into_any()
                        } else {
                            view! { <Differences differences /> }.into_any()
                        }}
                    </section>
                }
            })}
            <Events
                reference=page.reference
                offered=page.offered
                row=row.get_value()
                editable=may_prepare && state == ConfigurationState::Draft
            />
            <Versions versions=page.versions shown=about.id />
        </div>
    }
    .into_any()
}
