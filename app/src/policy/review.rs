//! What the form asks for, before it is saved: each change, and what it would do to the hosts.
//! What is saved is what stands here, and nothing else.

use leptos::prelude::*;
use trustboard_model::id::ClusterId;
use trustboard_model::policy::Policy;
use trustboard_model::view::Impact;

use super::change::lines;
use super::fields::{self, Fields};
use crate::component::{ImpactPreview, Loaded, language, say, trust};
use crate::text::{self, Trust, Ui};

/// The review.
#[component]
pub(super) fn ReviewView(
    cluster: ClusterId,
    current: Policy,
    fields: Fields,
    impact: Loaded<Option<Impact>>,
) -> impl IntoView {
    let (policy, problems) = fields::read(&fields);
    let query =
        fields::to_query(&if problems.is_empty() { fields::to_fields(&policy) } else { fields });
    let page = format!("/clusters/{cluster}/policy");
    let seen = current.version.to_string();
    let back = format!("{page}?step=edit&{query}");
    let lines = if problems.is_empty() { lines(&current, &policy) } else { Vec::new() };
    let may_save = !lines.is_empty();
    let rows = lines.into_iter().map(|line| {
        view! {
            <tr>
                <th scope="row">{line.what}</th>
                <td><bdi>{line.from}</bdi></td>
                <td><bdi>{line.to}</bdi></td>
                <td><bdi>{line.why}</bdi></td>
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    let readable = problems.is_empty();
    let problems = problems.into_iter().map(|problem| {
        let words = text::refusal(language(), &problem);
        view! { <p class="outcome refused" role="alert">{words}</p> }
    });
    let problems: Vec<_> = problems.collect();
    let columns = [Trust::SettingColumn, Trust::FromColumn, Trust::ToColumn, Trust::WhyColumn];
    let table = if may_save {
        view! {
            <div class="table-region" role="region" aria-label=trust(Trust::ReviewPolicy) tabindex="0">
                <table class="policy-changes">
                    <thead>
                        <tr>{columns.map(|word| view! { <th scope="col">{trust(word)}</th> })}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    } else {
        ().into_any()
    };
    let preview = move || {
        let answer = impact.get().and_then(Result::transpose).filter(|_| may_save);
        answer.map(|answer| view! { <ImpactPreview answer /> })
    };
    view! {
        <section class="card review" id="review" tabindex="-1">
            <h2>{trust(Trust::ReviewPolicy)}</h2>
            {problems}
            {(readable && !may_save).then(|| view! { <p class="dim">{trust(Trust::NothingToSave)}</p> })}
            {table}
            {preview}
            <form method="post" action="/api/ui/set-policy" class="stack">
                <input type="hidden" name="cluster" value=cluster.to_string() />
                <input type="hidden" name="seen" value=seen />
                <input type="hidden" name="fields" value=query />
                <div class="buttons">
                    {may_save.then(|| view! {
                        <button type="submit" class="primary">{trust(Trust::SavePolicy)}</button>
                    })}
                    <a class="button" href=back>{trust(Trust::EditAgain)}</a>
                    <a class="button" href=page>{say(Ui::Cancel)}</a>
                </div>
            </form>
        </section>
    }
    .into_any()
}
