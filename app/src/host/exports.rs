//! What can be taken away of a host: its evidence, and all that is known as CSV or JSON.

use leptos::prelude::*;
use trustboard_model::view::HostPage;

use crate::component::{history, trust};
use crate::text::{HistoryWord, Trust};

/// The links.
#[component]
pub(super) fn Exports(page: RwSignal<HostPage>) -> impl IntoView {
    let there = Memo::new(move |_| page.with(|page| page.report.is_some()));
    let host = page.with_untracked(|page| format!("/api/v1/hosts/{}", page.row.id));
    let evidence = format!("{host}/evidence");
    let export = |format: &str, word| {
        let href = format!("{host}/export?format={format}");
        view! { <a href=href download="" rel="external">{history(word)}</a> }
    };
    view! {
        <p class="exports">
            <Show when=move || there.get()>
                <a href=evidence.clone() download="" rel="external">{trust(Trust::Evidence)}</a>
                " · "
            </Show>
            {export("csv", HistoryWord::ExportCsv)}
            " · "
            {export("json", HistoryWord::ExportJson)}
        </p>
    }
    .into_any()
}
