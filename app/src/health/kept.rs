//! What the server keeps: how much of each kind, for how long, and what tidying took away.

use leptos::prelude::*;
use trustboard_model::time::Timestamp;
use trustboard_model::view::KeptHealth;

use crate::component::{Moment, language};
use crate::text::{self, KeptWord, kept_word};

/// The table.
#[component]
pub(super) fn Kept(kept: Vec<KeptHealth>, at: Option<Timestamp>) -> impl IntoView {
    let language = language();
    let word = move |word: KeptWord| kept_word(language, word);
    let rows: Vec<_> = kept.into_iter().map(row).collect();
    view! {
        <section class="kept" aria-labelledby="kept">
            <h2 id="kept">{word(KeptWord::Title)}</h2>
            <p class="dim">
                {word(KeptWord::Intro)}
                {at.map(|at| view! { " "{word(KeptWord::CountedAt)}" "<Moment at /> })}
            </p>
            <div class="wide" tabindex="0" role="group" aria-labelledby="kept">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{word(KeptWord::Kind)}</th>
                            <th scope="col">{word(KeptWord::KeptFor)}</th>
                            <th scope="col">{word(KeptWord::Rows)}</th>
                            <th scope="col">{word(KeptWord::Oldest)}</th>
                            <th scope="col">{word(KeptWord::Tidied)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(kept: KeptHealth) -> AnyView {
    let language = language();
    let KeptHealth { kind, days, rows, oldest, tidied_at, removed } = kept;
    let oldest = oldest.map_or_else(|| "–".into_any(), |at| view! { <Moment at /> }.into_any());
    let tidied = match tidied_at {
        Some(at) => view! { <Moment at />", "{text::kept_removed(language, removed)} }.into_any(),
        None if days.is_none() => "–".into_any(),
        None => kept_word(language, KeptWord::NotYet).into_any(),
    };
    view! {
        <tr>
            <th scope="row">{text::kept_kind(language, kind)}</th>
            <td>{text::kept_for(language, days)}</td>
            <td>{text::number(language, rows)}</td>
            <td>{oldest}</td>
            <td>{tidied}</td>
        </tr>
    }
    .into_any()
}
