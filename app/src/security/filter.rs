//! The filter above the table: a form that works by itself, and without a press once the wasm is
//! there. What it asks stands in the URL.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use trustboard_model::host::Attestation;
use trustboard_model::view::{SecurityFilter, SecurityPage};

use super::state;
use crate::component::{language, say, tell};
use crate::keyboard::Key;
use crate::text::{self, Phrase, Ui};

/// The form.
#[component]
pub(super) fn FilterForm(page: RwSignal<SecurityPage>, path: Signal<String>) -> impl IntoView {
    let language = language();
    let filter = Memo::new(move |_| page.with(|page| page.filter.clone()));
    let clusters = Memo::new(move |_| page.with(|page| page.clusters.clone()));
    let words = RwSignal::new(filter.with_untracked(|filter| filter.words.clone()));
    Effect::new(move |_| words.set(filter.with(|filter| filter.words.clone())));
    let navigate = use_navigate();
    let go = move |change: &dyn Fn(SecurityFilter) -> SecurityFilter| {
        let asked = change(SecurityFilter { page: 1, ..filter.get_untracked() });
        let options = NavigateOptions { scroll: false, ..NavigateOptions::default() };
        navigate(&state::address(&path.get_untracked(), &asked, None), options);
    };
    let search = {
        let go = go.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            go(&|filter| SecurityFilter { words: words.get_untracked(), ..filter });
        }
    };
    let attestation = {
        let go = go.clone();
        move |event| {
            let chosen = Attestation::from_code(&event_target_value(&event));
            go(&|filter| SecurityFilter { attestation: chosen, ..filter });
        }
    };
    let cluster = {
        let go = go.clone();
        move |event| {
            let chosen = event_target_value(&event).parse().ok();
            go(&|filter| SecurityFilter { cluster: chosen, ..filter });
        }
    };
    let red = move |event| {
        let chosen = event_target_checked(&event);
        go(&|filter| SecurityFilter { red: chosen, ..filter });
    };
    let type_words = move |event| {
        let typed = event_target_value(&event);
        words.set((!typed.trim().is_empty()).then_some(typed));
    };
    let shown_words = move || filter.with(|filter| filter.words.clone().unwrap_or_default());
    view! {
        <form class="filter" method="get" action=move || path.get() on:submit=search role="search">
            <label class="search">
                <span class="hidden">{say(Ui::Search)}</span>
                <input
                    id="words"
                    data-key=Key::Search.strokes()
                    type="search"
                    name="q"
                    maxlength=SecurityFilter::MAX_WORDS.to_string()
                    placeholder=say(Ui::SearchHint)
                    value=shown_words()
                    prop:value=move || words.get().unwrap_or_default()
                    on:input=type_words
                    autocomplete="off"
                    spellcheck="false"
                />
                <kbd aria-hidden="true">"/"</kbd>
            </label>
            <label>
                <span>{say(Ui::Attestation)}</span>
                <select name="attestation" on:change=attestation>
                    <option value="" prop:selected=move || filter.with(|f| f.attestation.is_none())>{say(Ui::FilterAny)}</option>
                    {Attestation::ALL
                        .map(|kind| {
                            let chosen = move || filter.with(|f| f.attestation) == Some(kind);
                            view! {
                                <option value=kind.code() selected=chosen() prop:selected=chosen>
                                    {text::attestation(language, kind)}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </label>
            <label>
                <span>{say(Ui::Cluster)}</span>
                <select name="cluster" on:change=cluster>
                    <option value="" prop:selected=move || filter.with(|f| f.cluster.is_none())>{say(Ui::FilterAny)}</option>
                    {move || {
                        let chosen = filter.with(|filter| filter.cluster);
                        clusters
                            .get()
                            .into_iter()
                            .map(|cluster| view! {
                                <option value=cluster.id.to_string() selected=chosen == Some(cluster.id)
                                            prop:selected=chosen == Some(cluster.id)>
                                    {cluster.name}
                                </option>
                            })
                            .collect_view()
                    }}
                </select>
            </label>
            <label class="check">
                <input
                    type="checkbox"
                    name="alarm"
                    value="red"
                    checked=filter.with_untracked(|filter| filter.red)
                    prop:checked=move || filter.with(|filter| filter.red)
                    on:change=red
                />
                <span>{say(Ui::FilterRedOnly)}</span>
            </label>
            {move || filter.with(|filter| filter.reason).map(|reason| view! {
                <input type="hidden" name="reason" value=reason.code() />
                <span class="token">{text::reason_title(language, reason)}</span>
            })}
            {move || {
                let sort = filter.with(|filter| {
                    let only = SecurityFilter { sort: filter.sort, descending: filter.descending, ..SecurityFilter::ALL };
                    only.to_query().strip_prefix("sort=").map(str::to_owned)
                });
                sort.map(|sort| view! { <input type="hidden" name="sort" value=sort /> })
            }}
            <button type="submit" class="quiet">{say(Ui::Filter)}</button>
            {move || filter.with(SecurityFilter::is_narrow).then(|| view! {
                <a class="button quiet" href=move || path.get() data-noscroll="">{say(Ui::FilterClear)}</a>
            })}
            <p class="matches" role="status">
                {move || page.with(|page| {
                    if page.filter.is_narrow() {
                        tell(&Phrase::HostsMatchOf { count: page.total, all: page.counts.hosts })
                    } else {
                        tell(&Phrase::HostsMatch { count: page.total })
                    }
                })}
            </p>
        </form>
    }
    .into_any()
}
