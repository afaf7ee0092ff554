//! The screen: reads the page that the URL asks for, and says what is missing.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use trustboard_model::host_query::InvalidQuery;
use trustboard_model::id::HostId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{InvalidFilter, SecurityFilter};

use super::shown::Shown;
use crate::api;
use crate::blank::FailureView;
use crate::component::{Clock, answered};
use crate::datacenter::scope_of;
use crate::failure::Failure;
use crate::served::Phrases;

/// What the address asks for.
#[derive(Clone)]
pub(super) struct Asked {
    /// The filter as it is written.
    pub text: String,
    /// Why that means nothing, if it does not.
    pub wrong: Option<InvalidQuery>,
    /// The open row.
    pub open: Option<HostId>,
}

impl Asked {
    /// Whether there is no table, because the filter means nothing.
    pub fn blind(&self) -> bool {
        self.wrong.is_some()
    }
}

/// Monitor > Security of one datacenter, or of all that the operator sees.
#[component]
pub(crate) fn SecurityScreen() -> impl IntoView {
    let scope = use_params_map().with_untracked(scope_of);
    let query = use_query_map().get_untracked();
    let clock = Clock::use_here();
    let parsed = parse(&query);
    let asked = Asked {
        text: query.get("q").unwrap_or_default(),
        wrong: match &parsed {
            Err(InvalidFilter::Query(invalid)) => Some(invalid.clone()),
            _ => None,
        },
        open: query.get("open").and_then(|id| id.parse().ok()),
    };
    let filter = match parsed {
        Ok(filter) => Ok(filter),
        // What stands around the table is that of all hosts.
        Err(InvalidFilter::Query(_)) => Ok(SecurityFilter::ALL),
        Err(error) => {
            let (parameter, problem) = error.parts();
            Err(Failure::from(Refusal::invalid(parameter, problem)))
        }
    };
    let read = async move { api::read_security(scope?, filter?).await };
    view! {
        <Phrases />
        {answered(async move {
            match read.await {
                Ok(page) => {
                    clock.hear(page.now);
                    view! { <Shown page asked /> }.into_any()
                }
                Err(why) => view! { <FailureView why retry=|| () /> }.into_any(),
            }
        })}
    }
    .into_any()
}

fn parse(query: &ParamsMap) -> Result<SecurityFilter, InvalidFilter> {
    let pairs: Vec<(String, String)> =
        query.clone().into_iter().map(|(name, value)| (name.into_owned(), value)).collect();
    SecurityFilter::parse(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}
