//! Where a configuration is in its life: a shape, a word, and only then a colour.

use leptos::prelude::*;
use trustboard_model::configuration::ConfigurationState;

use super::language;
use super::mark::{Sign, SignMark};
use crate::text;

/// The badge.
#[component]
pub(crate) fn StateBadge(state: ConfigurationState) -> impl IntoView {
    let sign = match state {
        ConfigurationState::Draft => Sign::Unknown,
        ConfigurationState::AwaitingSecond => Sign::Warning,
        ConfigurationState::Approved => Sign::Good,
        ConfigurationState::Superseded | ConfigurationState::Retired => Sign::None,
    };
    view! {
        <span class=format!("badge {}", sign.tone()) data-state=state.code()>
            <SignMark sign />
            {text::configuration_state(language(), state)}
        </span>
    }
}
