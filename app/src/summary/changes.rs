//! What happened in a day, as numbers that lead to the hosts.

use leptos::prelude::*;
use trustboard_model::host_query::HostQuery;
use trustboard_model::view::{Changes, Scope, SecurityFilter};

use crate::component::{history, language};
use crate::security::state;
use crate::text::{self, HistoryWord};

/// The numbers.
#[component]
pub(super) fn ChangesList(changes: Changes, scope: Scope) -> impl IntoView {
    let Changes { newly_failed, recovered, enrolled, alarms_raised, alarms_reset } = changes;
    let lines = [
        (HistoryWord::NewlyFailed, newly_failed, Some("attestation:failed since:<1d")),
        (HistoryWord::Recovered, recovered, Some("attestation:passed since:<1d")),
        (HistoryWord::Enrolled, enrolled, None),
        (HistoryWord::AlarmsRaised, alarms_raised, Some("alarm:red")),
        (HistoryWord::AlarmsReset, alarms_reset, None),
    ];
    let lines = lines.map(|(word, count, query)| {
        let number = text::number(language(), count);
        let query: Option<HostQuery> = query.and_then(|query| query.parse().ok());
        let number = match query.filter(|_| count > 0) {
            None => view! { <span>{number}</span> }.into_any(),
            Some(query) => {
                let filter = SecurityFilter { query, ..SecurityFilter::ALL };
                let href = state::address(&state::path_of(scope), &filter, None);
                view! { <a href=href>{number}</a> }.into_any()
            }
        };
        let class = if count == 0 { "none" } else { "" };
        view! { <div class=class><dt>{history(word)}</dt><dd class="number">{number}</dd></div> }
    });
    view! { <dl class="changes">{lines.collect_view()}</dl> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_links_are_queries() {
        for query in ["attestation:failed since:<1d", "attestation:passed since:<1d", "alarm:red"] {
            assert!(query.parse::<HostQuery>().is_ok(), "{query}");
        }
    }
}
