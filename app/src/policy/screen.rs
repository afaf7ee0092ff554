//! The screen: the policy in force as a form; what the form asks for, reviewed; the exceptions.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use trustboard_model::id::ClusterId;
use trustboard_model::policy::{Policy, Profile};
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{Impact, PolicyAction, PolicyPage};

use super::api;
use super::exceptions::Exceptions;
use super::fields::{self, Fields};
use super::form::PolicyForm;
use super::review::ReviewView;
use crate::blank::Loading;
use crate::component::{ChangeOutcome, Clock, Loaded, answered, say, tell};
use crate::failure::Failure;
use crate::frame::{Heading, SessionHandle, follow};
use crate::text::{Phrase, Ui};

/// What the address asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// The policy in force.
    InForce,
    /// One of the profiles in the form, nothing saved.
    Profile(Policy),
    /// These fields in the form again.
    Edit(Fields),
    /// These fields reviewed; the version that was seen.
    Review { seen: u32, fields: Fields },
}

impl Step {
    fn parse(query: &ParamsMap) -> Self {
        if let Some(profile) = query.get("profile").and_then(|code| Profile::from_code(&code)) {
            return Self::Profile(profile.policy());
        }
        let step = query.get("step");
        let seen = query.get("seen").and_then(|seen| seen.parse().ok());
        let fields = query.clone().into_iter().map(|(name, value)| (name.into_owned(), value));
        let fields = fields.filter(|(name, _)| name != "step" && name != "seen").collect();
        match (step.as_deref(), seen) {
            (Some("review"), Some(seen)) => Self::Review { seen, fields },
            (Some("edit"), _) => Self::Edit(fields),
            _ => Self::InForce,
        }
    }
}

/// The page of a cluster's policy.
#[component]
pub(crate) fn PolicyScreen() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let cluster = Memo::new(move |_| {
        let id = params.with(|params| params.get("cluster").unwrap_or_default());
        id.parse::<ClusterId>().map_err(|_| Failure::from(Refusal::not_found("cluster")))
    });
    let step = Memo::new(move |_| query.with(Step::parse));
    let answer = Resource::new(
        move || cluster.get(),
        |cluster| async move { api::read_policy(cluster?).await },
    );
    let impact = Resource::new(
        move || (cluster.get(), step.get()),
        |(cluster, step)| async move {
            let Step::Review { seen, fields } = step else { return Ok(None) };
            let policy = Box::new(fields::parse(&fields)?);
            let action = PolicyAction::Set { cluster: cluster?, seen, policy };
            api::read_policy_impact(action).await.map(Some)
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
            move || page.view(move |page| view! { <Shown page step impact /> }.into_any())
        })}
    }
    .into_any()
}

#[component]
fn Shown(page: PolicyPage, step: Memo<Step>, impact: Loaded<Option<Impact>>) -> impl IntoView {
    Clock::use_here().hear(page.now);
    let may_act = SessionHandle::use_here().may(Role::Approver, page.datacenter.id);
    let PolicyPage { cluster, datacenter, policy, exceptions, now: _ } = page;
    let security = format!("/datacenters/{}/security", datacenter.id);
    let parents = vec![
        (say(Ui::AllDatacenters).to_owned(), "/".to_owned()),
        (datacenter.name, security.clone()),
        (cluster.name.clone(), format!("{security}?cluster={}", cluster.id)),
    ];
    let title = tell(&Phrase::PolicyOf { cluster: &cluster.name });
    let in_force = StoredValue::new(policy);
    let id = cluster.id;
    let content = move || {
        let current = in_force.get_value();
        let version = current.version;
        match step.get() {
            Step::Review { fields, .. } if may_act => {
                view! { <ReviewView cluster=id current fields impact /> }.into_any()
            }
            Step::Profile(profile) if may_act => {
                let policy = Policy { version, ..profile };
                view! { <PolicyForm cluster=id policy may_act=true /> }.into_any()
            }
            Step::Edit(fields) if may_act => {
                let policy = Policy { version, ..fields::read(&fields).0 };
                view! { <PolicyForm cluster=id policy may_act=true /> }.into_any()
            }
            _ => view! { <PolicyForm cluster=id policy=current may_act /> }.into_any(),
        }
    };
    view! {
        <Heading title parents>""</Heading>
        <ChangeOutcome />
        <p class="dim">
            {in_force.with_value(|policy| tell(&Phrase::InForce {
                name: &policy.name,
                version: policy.version,
            }))}
        </p>
        <div class="host policy">
            {content}
            <Exceptions exceptions may_act />
        </div>
    }
    .into_any()
}
