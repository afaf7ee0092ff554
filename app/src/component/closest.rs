//! The approved configuration that is closest to what a host booted, and what differs from it.

use leptos::prelude::*;
use trustboard_model::comparison::Difference;
use trustboard_model::configuration::ConfigurationRef;

use super::{Differences, tell, trust};
use crate::text::{Phrase, Trust};

/// A link to a configuration, by name and version.
#[component]
pub(crate) fn ConfigurationLink(configuration: ConfigurationRef) -> impl IntoView {
    let ConfigurationRef { id, name, version } = configuration;
    view! {
        <a href=format!("/configurations/{id}")>
            <bdi>{tell(&Phrase::NameVersion { name: &name, version })}</bdi>
        </a>
    }
}

/// Which one it is, and how much differs from it.
#[component]
pub(crate) fn Closest(
    configuration: ConfigurationRef,
    /// How many differences there are.
    count: u32,
) -> impl IntoView {
    view! {
        {trust(Trust::Closest)}" "
        <ConfigurationLink configuration />
        " · "
        <b>{tell(&Phrase::DifferencesCount { count })}</b>
    }
}

/// The differences that were kept, and whether there are more.
#[component]
pub(crate) fn FirstDifferences(
    differences: Vec<Difference>,
    /// How many there are.
    count: u32,
) -> impl IntoView {
    let shown = u32::try_from(differences.len()).unwrap_or(u32::MAX);
    view! {
        <Differences differences />
        {(shown < count).then(|| view! {
            <p class="dim">{tell(&Phrase::DifferencesFirst { count: shown })}</p>
        })}
    }
}
